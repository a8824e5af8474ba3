using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Formats;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>Our client with nothing but the account of a bootstrap server, and our server, over real sockets.</summary>
public class BootstrappedClientTests : ServerFixture
{
    private CancellationTokenSource _leave = null!;
    private Task _running = Task.CompletedTask;
    private Lwm2mClient _client = null!;

    [SetUp]
    public void Prepare() => _leave = new CancellationTokenSource();

    [TearDown]
    public async Task LeaveAsync()
    {
        await _leave.CancelAsync();
        await _running;
        _leave.Dispose();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task It_is_given_its_server_and_registers_there(bool pack)
    {
        BootstrapPlan plan = BootstrapPlan.For(new BootstrapAccount(Server.Uri));
        plan.OffersPack = pack;
        Server.Provision("abc", plan);
        BootstrapSession session = await RunAsync();
        Assert.That(session.IsPack, Is.EqualTo(pack));
        Assert.That(await session.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Succeeded), Steps(session));
        Registration registration = await Server.WaitForRegistrationAsync("abc", Stop);
        Assert.That(registration.LifetimeSeconds, Is.EqualTo(86400));
        Assert.That((await registration.ReadAsync("/3303/0/5700", stop: Stop)).Value, Is.EqualTo(21.5));
        Assert.That((await registration.ReadAsync("/1/0/0", stop: Stop)).Value, Is.EqualTo(1L));
    }

    [TestCase(ContentFormat.Tlv)]
    [TestCase(ContentFormat.SenmlJson)]
    [TestCase(ContentFormat.SenmlCbor)]
    [TestCase(ContentFormat.Lwm2mCbor)]
    public async Task Accounts_are_written_and_read_back_in_every_format(int format)
    {
        var account = new BootstrapAccount(Server.Uri, 101) { LifetimeSeconds = 1234 };
        Server.Provision("abc", new BootstrapPlan(
            BootstrapStep.Discover("/"),
            BootstrapStep.Write("/0/5", Security(5, account.ShortServerId), format),
            BootstrapStep.Write("/1/3", [new("/1/3/0", 101), new("/1/3/1", 1234), new("/1/3/6", true), new("/1/3/7", "U")], format),
            BootstrapStep.Read("/1", format),
            BootstrapStep.Discover("/0"),
            BootstrapStep.Finish()));
        BootstrapSession session = await RunAsync();
        Assert.That(await session.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Succeeded), Steps(session));
        Answer read = session.Results[3].Answer!;
        Assert.That((read.ContentFormat, read["/1/3/1"]), Is.EqualTo((format, (object)1234L)));
        LinkEntry link = session.Results[4].Answer!.Links.Single(l => l.Target == "/0/5");
        Assert.That((link["ssid"], link["uri"]), Is.EqualTo(("101", Server.Uri)));
        Assert.That((await Server.WaitForRegistrationAsync("abc", Stop)).LifetimeSeconds, Is.EqualTo(1234));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Two_accounts_make_two_registrations(bool pack)
    {
        await using LocalServer second = LocalServer.Start(new LocalServerOptions { Port = 0 });
        BootstrapPlan plan = BootstrapPlan.For(new BootstrapAccount(Server.Uri, 101), new BootstrapAccount(second.Uri, 102));
        plan.OffersPack = pack;
        Server.Provision("abc", plan);
        BootstrapSession session = await RunAsync();
        Assert.That(await session.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Succeeded), Steps(session));
        await Server.WaitForRegistrationAsync("abc", Stop);
        await second.WaitForRegistrationAsync("abc", Stop);
        await _leave.CancelAsync();
        await _running;
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Access_rules_hold_from_the_first_request_on(bool pack)
    {
        await using LocalServer second = LocalServer.Start(new LocalServerOptions { Port = 0 });
        BootstrapPlan plan = BootstrapPlan.For(
            [new BootstrapAccount(Server.Uri, 101), new BootstrapAccount(second.Uri, 102)],
            [
                new AccessRule(3303, 0, 101, new Dictionary<int, int> { [101] = 31 }),
                new AccessRule(3, 0, 101, new Dictionary<int, int> { [0] = 1 }),
            ]);
        plan.OffersPack = pack;
        Server.Provision("abc", plan);
        BootstrapSession session = await RunAsync();
        Assert.That(await session.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Succeeded), Steps(session));
        Registration one = await Server.WaitForRegistrationAsync("abc", Stop);
        Registration two = await second.WaitForRegistrationAsync("abc", Stop);
        Assert.That((await one.ReadAsync("/3303/0/5700", stop: Stop)).Value, Is.EqualTo(21.5));
        Assert.That((await two.ReadAsync("/3303/0/5700", stop: Stop)).CodeText, Is.EqualTo("4.01"));
        Assert.That((await two.ReadAsync("/3/0", stop: Stop)).CodeText, Is.EqualTo("2.05"));
        Assert.That((await two.ExecuteAsync("/3/0/4", stop: Stop)).CodeText, Is.EqualTo("4.01"));
        await _leave.CancelAsync();
        await _running;
    }

    [Test]
    public async Task A_finish_that_comes_too_early_gets_4_06_and_is_repaired()
    {
        Server.Faults.FinishEarly();
        BootstrapSession session = await RunAsync();
        Assert.That(await session.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Succeeded), Steps(session));
        Assert.That(session.Results.Where(r => r.Step.Operation == BootstrapOperation.Finish).Select(r => r.Answer!.CodeText), Is.EqualTo(new[] { "4.06", "2.04" }));
        await Server.WaitForRegistrationAsync("abc", Stop);
    }

    [Test]
    public async Task A_lost_write_leads_to_4_06()
    {
        Server.Provision("abc", new BootstrapPlan(BootstrapStep.Write("/1/0", [new("/1/0/0", 1)]), BootstrapStep.Delete("/"), BootstrapStep.Finish()));
        Server.Faults.LoseSteps();
        BootstrapSession session = await RunAsync();
        Assert.That(await session.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Failed));
        Assert.That(session.Results[^1].Answer!.Code, Is.EqualTo(CoapCode.NotAcceptable));
    }

    [Test]
    public async Task A_server_triggers_a_bootstrap_that_moves_it()
    {
        BootstrapSession first = await RunAsync();
        await first.Ended.WaitAsync(Stop);
        Registration registration = await Server.WaitForRegistrationAsync("abc", Stop);
        await using LocalServer next = LocalServer.Start(new LocalServerOptions { Port = 0 });
        Server.Provision("abc", new BootstrapAccount(next.Uri, 7) { LifetimeSeconds = 77 });
        Assert.That((await registration.TriggerBootstrapAsync(stop: Stop)).CodeText, Is.EqualTo("2.04"));
        BootstrapSession second = await Server.NextBootstrapAsync(Stop);
        Assert.That(await second.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Succeeded), Steps(second));
        Registration moved = await next.WaitForRegistrationAsync("abc", Stop);
        Assert.That(moved.LifetimeSeconds, Is.EqualTo(77));
        await _leave.CancelAsync();
        await _running;
    }

    private static List<ResourceRecord> Security(int instance, int shortServerId, string uri) =>
    [
        new(new Lwm2mPath(0, instance, 0), uri),
        new(new Lwm2mPath(0, instance, 1), false),
        new(new Lwm2mPath(0, instance, 2), 3),
        new(new Lwm2mPath(0, instance, 10), shortServerId),
    ];

    private List<ResourceRecord> Security(int instance, int shortServerId) => Security(instance, shortServerId, Server.Uri);

    private static string Steps(BootstrapSession session) => string.Join(Environment.NewLine, session.Results);

    private async Task<BootstrapSession> RunAsync()
    {
        _client = new Lwm2mClient(new ClientOptions("abc"));
        _client.Add(new Temperature(21.5));
        _client.AddBootstrapServer(Server.Uri);
        _running = _client.RunAsync(_leave.Token);
        return await Server.NextBootstrapAsync(Stop);
    }
}
