using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Formats;
using Lwm2m.Samples.Objects;
using Lwm2m.Transport;
using Lwm2m.Transport.Contract;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>Our client and our server over TCP and TLS.</summary>
[TestFixture(false)]
[TestFixture(true)]
public class StreamClientTests(bool isSecured) : ServerFixture
{
    private const string Text = "/26241/0/1";
    private readonly TestCa _ca = new();
    private readonly List<string> _seen = [];
    private X509Certificate2 _certificate = null!;
    private X509Certificate2 _own = null!;
    private CancellationTokenSource _leave = null!;
    private Task _running = Task.CompletedTask;
    private Temperature _temperature = null!;
    private TcpTransport? _transport;
    private Lwm2mClient _client = null!;

    private string Uri => (isSecured ? Server.TlsUri : Server.TcpUri)!;

    [SetUp]
    public void Prepare()
    {
        _leave = new CancellationTokenSource();
        _temperature = new Temperature(21.5);
        _seen.Clear();
    }

    [TearDown]
    public async Task LeaveAsync()
    {
        await _leave.CancelAsync();
        await _running;
        _leave.Dispose();
        _transport?.Dispose();
        _certificate.Dispose();
        _own.Dispose();
    }

    [OneTimeTearDown]
    public void ForgetCa() => _ca.Dispose();

    protected override void Configure(LocalServerOptions options)
    {
        _certificate = _ca.Issue(["127.0.0.1"]);
        _own = _ca.Issue([]);
        options.TcpPort = 0;
        options.TlsPort = 0;
        options.Certificate = _certificate;
        options.Trust = [X509CertificateLoader.LoadCertificate(_ca.Der)];
        options.Log = line =>
        {
            lock (_seen)
                _seen.Add(line);
        };
    }

    [Test]
    public async Task It_registers_with_binding_t_serves_and_says_good_bye()
    {
        Registration registration = await RunAsync();
        Assert.That(registration.Binding, Is.EqualTo("T"));
        Assert.That((await registration.ReadAsync("/3303/0/5700", ContentFormat.PlainText, Stop)).ToString(), Is.EqualTo("2.05 /3303/0/5700 = 21.5"));
        Assert.That((await registration.ReadAsync("/3/0/16", stop: Stop)).Value, Is.EqualTo("T"));
        await _leave.CancelAsync();
        await _running;
        Assert.That(await registration.Ended.WaitAsync(Stop), Is.EqualTo(RegistrationEnd.Deregistered));
    }

    [Test]
    public async Task Every_operation_gets_through()
    {
        Registration registration = await RunAsync();
        Task updated = registration.NextUpdateAsync(Stop);
        Assert.That((await registration.WriteAsync("/1/0/1", 4000, stop: Stop)).CodeText, Is.EqualTo("2.04"));
        await updated;
        Assert.That(registration.LifetimeSeconds, Is.EqualTo(4000));
        Assert.That((await registration.WriteAttributesAsync("/3303/0/5700", "pmin=1")).CodeText, Is.EqualTo("2.04"));
        Assert.That((await registration.DiscoverAsync("/3303/0/5700", stop: Stop)).Links[0]["pmin"], Is.EqualTo("1"));
        Assert.That((await registration.ExecuteAsync("/3303/0/5605", stop: Stop)).CodeText, Is.EqualTo("2.04"));
        Assert.That((await registration.DeleteAsync("/3/0", Stop)).CodeText, Is.EqualTo("4.05"));
        Assert.That((await registration.ReadAsync("/9999", stop: Stop)).CodeText, Is.EqualTo("4.04"));
        _client.Servers.Set(0, ServerResource.MuteSend, false);
        Assert.That(_client.Send(1, ["/3303/0/5700"], out _), Is.EqualTo(Outcome.Ok));
        await registration.NextSendAsync(Stop);
    }

    [Test]
    public async Task Values_are_notified_and_cancelled_by_request()
    {
        Registration registration = await RunAsync();
        Observation observation = await registration.ObserveAsync("/3303/0/5700", accept: ContentFormat.PlainText, stop: Stop);
        for (int i = 1; i <= 20; i++)
        {
            _temperature.Report(0, 30 + i);
            Assert.That((await observation.NextAsync(Stop)).Value, Is.EqualTo(30.0 + i));
        }
        Assert.That((await observation.CancelAsync(Stop)).Value, Is.EqualTo(50.0));
    }

    [Test]
    public async Task A_lost_connection_is_made_anew_and_its_observations_are_gone()
    {
        Registration registration = await RunAsync();
        Observation observation = await registration.ObserveAsync("/3303/0/5700", stop: Stop);
        Server.CutConnections();
        Assert.That(await registration.Ended.WaitAsync(Stop), Is.EqualTo(RegistrationEnd.Replaced));
        Assert.That(observation.IsActive, Is.False);
        Registration again = await Server.WaitForRegistrationAsync("abc", Stop);
        Assert.That((await again.ReadAsync("/3303/0/5700", stop: Stop)).Value, Is.EqualTo(21.5));
    }

    [Test]
    public async Task Large_bodies_go_both_ways_in_blocks_of_several_kilobytes()
    {
        Registration registration = await RunAsync(o =>
        {
            o.Limits.Coap.MaxMessageBytes = 4096;
            o.Limits.ValueScratchBytes = 10_000;
        });
        string text = string.Concat(Enumerable.Range(0, 3000).Select(i => (char)('a' + i % 26)));
        Assert.That((await registration.WriteAsync(Text, text + text + text, ContentFormat.PlainText, Stop)).CodeText, Is.EqualTo("2.04"));
        Assert.That((await registration.ReadAsync(Text, ContentFormat.PlainText, Stop)).Value, Is.EqualTo(text + text + text));
    }

    [Test]
    public async Task One_client_has_a_server_over_udp_and_one_over_a_connection()
    {
        await using LocalServer second = LocalServer.Start(new LocalServerOptions { Port = 0 });
        Make(_ => { });
        using var udp = new UdpTransport();
        _client.UseTransport(udp);
        _client.AddServer(second.Uri, 2);
        Registration stream = await RunAsync(_client);
        Registration datagrams = await second.WaitForRegistrationAsync("abc", Stop);
        // One thread waits for both: what comes over the one wakes it as what comes over the other.
        for (int i = 0; i < 50; i++)
        {
            Answer[] answers = await Task.WhenAll(stream.ReadAsync("/3303/0/5700", stop: Stop), datagrams.ReadAsync("/3303/0/5700", stop: Stop));
            Assert.That(answers.Select(a => a.Value), Has.All.EqualTo(21.5));
            Assert.That((await stream.ReadAsync("/3303/0/5700", stop: Stop)).Value, Is.EqualTo(21.5));
        }
        await _leave.CancelAsync();
        await _running;
    }

    [Test]
    public async Task Who_sleeps_is_asked_when_it_wakes()
    {
        Registration registration = await RunAsync(o => o.QueueMode = true);
        Assert.That(registration.QueueMode, Is.True);
        registration.TakeForAsleep();
        Task<Answer> reading = registration.ReadAsync("/3303/0/5700", stop: Stop);
        Assert.That(registration.Queued, Has.Count.EqualTo(1));
        _client.Update();
        Assert.That((await reading).Value, Is.EqualTo(21.5));
    }

    [Test]
    public async Task It_is_bootstrapped_over_the_same_bearer()
    {
        Server.Provision("abc", new BootstrapAccount(Uri) { Binding = "T" });
        Make(_ => { });
        _client.AddBootstrapServer(Uri);
        _running = _client.RunAsync(_leave.Token);
        BootstrapSession session = await Server.NextBootstrapAsync(Stop);
        Assert.That(await session.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Succeeded));
        Registration registration = await Server.WaitForRegistrationAsync("abc", Stop);
        Assert.That((await registration.ReadAsync("/3303/0/5700", stop: Stop)).Value, Is.EqualTo(21.5));
    }

    [Test]
    public async Task Who_has_no_certificate_or_the_wrong_trust_is_not_served()
    {
        if (!isSecured)
            Assert.Pass("Nothing is checked without TLS.");
        using var other = new TestCa();
        foreach (TlsOptions tls in new[] { new TlsOptions { Trust = _ca.Pem }, new TlsOptions { Trust = other.Pem } })
        {
            var failed = new TaskCompletionSource<RegistrationFailure>();
            Make(_ => { }, tls);
            _client.AddServer(Uri);
            _client.Listener = new FailureListener(failed);
            using var leave = new CancellationTokenSource();
            Task running = _client.RunAsync(leave.Token);
            Assert.That(await failed.Task.WaitAsync(Stop), Is.EqualTo(RegistrationFailure.SecurityFailed).Or.EqualTo(RegistrationFailure.LinkLost));
            await leave.CancelAsync();
            await running;
            _transport!.Dispose();
        }
        Assert.That(Server.Registrations, Is.Empty);
    }

    private async Task<Registration> RunAsync(Action<ClientOptions>? configure = null)
    {
        Make(configure ?? (_ => { }));
        return await RunAsync(_client);
    }

    private async Task<Registration> RunAsync(Lwm2mClient client)
    {
        client.AddServer(Uri, 1, 86400, "T");
        _running = client.RunAsync(_leave.Token);
        return await Server.WaitForRegistrationAsync("abc", Stop);
    }

    private void Make(Action<ClientOptions> configure, TlsOptions? tls = null)
    {
        var options = new ClientOptions("abc");
        configure(options);
        _client = new Lwm2mClient(options);
        _client.Add(_temperature);
        var text = new StoredObject(new ObjectDefinition(26241, "1.0", Resource.ReadWrite(1, DataType.String)) { MaxStringBytes = 10_000 }, 4);
        text.AddInstance(0);
        _client.Add(text);
        tls ??= new TlsOptions { Trust = _ca.Pem, Certificate = TestCa.PemOf(_own), Key = TestCa.KeyPemOf(_own) };
        _transport = new TcpTransport(options.Limits.Servers + 1, tls, options.Limits.Coap.MaxMessageBytes);
        _client.UseTransport(_transport);
    }

    private sealed class FailureListener(TaskCompletionSource<RegistrationFailure> failed) : ClientListener
    {
        public override void OnRegistrationFailed(ServerAccount server, long retryInMs) => failed.TrySetResult(server.LastFailure);
    }
}
