using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Formats;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>Our client and our server over real sockets.</summary>
public class ClientTests : ServerFixture
{
    private CancellationTokenSource _leave = null!;
    private Task _running = Task.CompletedTask;
    private Temperature _temperature = null!;
    private Lwm2mClient _client = null!;

    [SetUp]
    public void Prepare()
    {
        _leave = new CancellationTokenSource();
        _temperature = new Temperature(21.5);
    }

    [TearDown]
    public async Task LeaveAsync()
    {
        await _leave.CancelAsync();
        await _running;
        _leave.Dispose();
    }

    [Test]
    public async Task It_registers_serves_and_says_good_bye()
    {
        Registration registration = await RunAsync(Server.Uri);
        Assert.That(registration.Version, Is.EqualTo("1.2"));
        Assert.That(registration.LifetimeSeconds, Is.EqualTo(86400));
        Answer answer = await registration.ReadAsync("/3303/0/5700", ContentFormat.PlainText, Stop);
        Assert.That(answer.ToString(), Is.EqualTo("2.05 /3303/0/5700 = 21.5"));

        await _leave.CancelAsync();
        await _running;
        Assert.That(await registration.Ended.WaitAsync(Stop), Is.EqualTo(RegistrationEnd.Deregistered));
    }

    [TestCase(ContentFormat.Tlv)]
    [TestCase(ContentFormat.SenmlJson)]
    [TestCase(ContentFormat.SenmlCbor)]
    [TestCase(ContentFormat.Lwm2mCbor)]
    public async Task An_instance_reads_the_same_in_every_format(int format)
    {
        Registration registration = await RunAsync(Server.Uri);
        Answer answer = await registration.ReadAsync("/3303/0", format, Stop);
        Assert.That(answer.ContentFormat, Is.EqualTo(format));
        Assert.That(answer.DecodeStatus, Is.EqualTo(FormatStatus.End));
        Assert.That(answer["/3303/0/5700"], Is.EqualTo(21.5));
        Assert.That(answer["/3303/0/5701"], Is.EqualTo("Cel"));
    }

    [Test]
    public async Task Every_operation_gets_through()
    {
        Registration registration = await RunAsync(Server.Uri);
        Assert.That((await registration.WriteAsync("/1/0/1", 4000, stop: Stop)).CodeText, Is.EqualTo("2.04"));
        Assert.That((await registration.ReadAsync("/1/0/1", stop: Stop)).Value, Is.EqualTo(4000L));
        Assert.That((await registration.WriteAttributesAsync("/3303/0/5700", "pmin=1")).CodeText, Is.EqualTo("2.04"));
        Answer discovered = await registration.DiscoverAsync("/3303/0/5700", stop: Stop);
        Assert.That(discovered.Links[0]["pmin"], Is.EqualTo("1"));
        Assert.That((await registration.ExecuteAsync("/3303/0/5605", stop: Stop)).CodeText, Is.EqualTo("2.04"));
        Assert.That((await registration.DeleteAsync("/3/0", Stop)).CodeText, Is.EqualTo("4.05"));
        Assert.That((await registration.CreateAsync(3, stop: Stop)).CodeText, Is.EqualTo("4.05"));
        Assert.That((await registration.ReadAsync("/0", stop: Stop)).CodeText, Is.EqualTo("4.01"));
        Assert.That((await registration.ReadAsync("/9999", stop: Stop)).CodeText, Is.EqualTo("4.04"));
    }

    [Test]
    public async Task A_value_set_by_another_thread_is_notified()
    {
        Registration registration = await RunAsync(Server.Uri);
        Observation observation = await registration.ObserveAsync("/3303/0/5700", accept: ContentFormat.PlainText, stop: Stop);
        Assert.That(observation.IsActive, Is.True);
        for (int i = 1; i <= 20; i++)
        {
            _temperature.Report(0, 30 + i);
            Assert.That((await observation.NextAsync(Stop)).Value, Is.EqualTo(30.0 + i));
        }
        Answer last = await observation.CancelAsync(Stop);
        Assert.That(last.Value, Is.EqualTo(50.0));
    }

    [Test]
    public async Task Cancelling_by_reset_stops_notifications()
    {
        Registration registration = await RunAsync(Server.Uri);
        Observation observation = await registration.ObserveAsync("/3303/0/5700", stop: Stop);
        observation.Forget();
        _temperature.Report(0, 40);
        // The client that got the RST answers as before.
        Assert.That((await registration.ReadAsync("/3303/0/5700", stop: Stop)).Value, Is.EqualTo(40.0));
    }

    [Test]
    public async Task It_reads_the_lifetime_it_was_written_back_in_an_update()
    {
        Registration registration = await RunAsync(Server.Uri);
        Task updated = registration.NextUpdateAsync(Stop);
        await registration.WriteAsync("/1/0/1", 120, stop: Stop);
        await updated;
        Assert.That(registration.LifetimeSeconds, Is.EqualTo(120));
    }

    [Test]
    public async Task A_server_that_forgot_it_gets_a_new_registration()
    {
        Registration registration = await RunAsync(Server.Uri);
        Server.Forget(registration);
        // Nobody tells the client: its next Update finds out.
        _client.Update();
        Registration again = await Server.WaitForRegistrationAsync("abc", Stop);
        Assert.That(again, Is.Not.SameAs(registration));
        Assert.That((await again.ReadAsync("/3303/0/5700", stop: Stop)).Value, Is.EqualTo(21.5));
    }

    [Test]
    public async Task Lost_datagrams_are_made_up_for()
    {
        Server.Faults.DropReceived(2);
        Registration registration = await RunAsync(Server.Uri, o => o.AckTimeoutMs = 20);
        Server.Faults.DropSent(1);
        Assert.That((await registration.ReadAsync("/3303/0/5700", stop: Stop)).Value, Is.EqualTo(21.5));
    }

    [Test]
    public async Task A_server_that_comes_late_is_found()
    {
        int port;
        using (var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        }
        Start($"coap://127.0.0.1:{port}", o =>
        {
            o.AckTimeoutMs = 300;
            o.MaxRetransmit = 1;
            o.FirstRetrySeconds = 1;
        });
        await Task.Delay(200);
        await using LocalServer late = LocalServer.Start(new LocalServerOptions { Port = port });
        Registration registration = await late.WaitForRegistrationAsync("abc", Stop);
        Assert.That((await registration.ReadAsync("/3303/0/5700", stop: Stop)).Value, Is.EqualTo(21.5));
        await _leave.CancelAsync();
        await _running;
    }

    [Test]
    public async Task It_runs_over_ipv6_and_by_name()
    {
        await RunAsync("coap://localhost:" + Server.EndPoint.Port);
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        await _leave.CancelAsync();
        await _running;
        await using LocalServer six = LocalServer.Start(new LocalServerOptions { Address = IPAddress.IPv6Loopback, Port = 0 });
        _leave = new CancellationTokenSource();
        _temperature = new Temperature(1);
        Start(six.Uri, _ => { });
        Registration registration = await six.WaitForRegistrationAsync("abc", Stop);
        Assert.That(registration.Address.AddressFamily, Is.EqualTo(AddressFamily.InterNetworkV6));
        await _leave.CancelAsync();
        await _running;
    }

    [Test]
    public async Task It_may_run_again_after_a_run()
    {
        Registration first = await RunAsync(Server.Uri);
        for (int i = 0; i < 3; i++)
        {
            await _leave.CancelAsync();
            await _running;
            _leave.Dispose();
            _leave = new CancellationTokenSource();
            _running = _client.RunAsync(_leave.Token);
            Registration next = await Server.WaitForRegistrationAsync("abc", Stop);
            Assert.That(next.Location, Is.Not.EqualTo(first.Location));
        }
    }

    [Test]
    public async Task Running_twice_at_a_time_throws()
    {
        await RunAsync(Server.Uri);
        Assert.That(async () => await _client.RunAsync(_leave.Token), Throws.InvalidOperationException);
        Assert.That((await Server.Find("abc")!.ReadAsync("/3303/0/5700", stop: Stop)).Value, Is.EqualTo(21.5));
    }

    [Test]
    public async Task Two_servers_are_served_side_by_side()
    {
        await using LocalServer second = LocalServer.Start(new LocalServerOptions { Port = 0 });
        Make(Server.Uri, _ => { });
        _client.AddServer(second.Uri, 2);
        _running = _client.RunAsync(_leave.Token);
        Registration one = await Server.WaitForRegistrationAsync("abc", Stop);
        Registration two = await second.WaitForRegistrationAsync("abc", Stop);
        Answer[] answers = await Task.WhenAll(one.ReadAsync("/3303/0/5700", stop: Stop), two.ReadAsync("/3303/0/5700", stop: Stop));
        Assert.That(answers[0].Value, Is.EqualTo(21.5));
        Assert.That(answers[1].Value, Is.EqualTo(21.5));
        await _leave.CancelAsync();
        await _running;
        Assert.That(await two.Ended, Is.EqualTo(RegistrationEnd.Deregistered));
    }

    private async Task<Registration> RunAsync(string uri, Action<ClientOptions>? configure = null)
    {
        Start(uri, configure ?? (_ => { }));
        return await Server.WaitForRegistrationAsync("abc", Stop);
    }

    private void Start(string uri, Action<ClientOptions> configure)
    {
        Make(uri, configure);
        _running = _client.RunAsync(_leave.Token);
    }

    private void Make(string uri, Action<ClientOptions> configure)
    {
        var options = new ClientOptions("abc");
        configure(options);
        _client = new Lwm2mClient(options);
        _client.Add(_temperature);
        _client.AddServer(uri);
    }
}
