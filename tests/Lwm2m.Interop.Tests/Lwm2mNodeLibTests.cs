using System;
using System.Threading.Tasks;
using Lwm2m.Samples.Tests;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>DemoClient at npm's lwm2m-node-lib, a LwM2M 1.0 server, which takes whatever version it is offered.</summary>
[TestFixture("1.0", null)]
[TestFixture("1.0", "text/plain")]
[TestFixture("1.2", "text/plain")]
internal sealed class Lwm2mNodeLibTests(string version, string? accept)
{
    private const string Temperature = "/3303/0/5700";

    private Lwm2mNodeServer _server = null!;
    private SampleProcess _client = null!;

    [SetUp]
    public async Task Start()
    {
        _server = Lwm2mNodeServer.Start(accept);
        _client = SampleProcess.Start("DemoClient", "--endpoint", "demo", "--server", _server.Uri, "--lifetime", "300", "--lwm2m", version, "--json");
        await Registered(1);
    }

    [TearDown]
    public async Task Stop()
    {
        if (_client != null) await _client.DisposeAsync();
        _server?.Dispose();
    }

    [Test]
    public void Registers()
    {
        string register = _server.Event("register").GetRawText();
        Assert.That(register, Does.Contain($"\"endpoint\":\"demo\",\"lifetime\":\"300\",\"version\":\"{version}\",\"binding\":\"U\""));
        Assert.That(register, Does.Contain("</1/0>").And.Contain("</3/0>").And.Contain("</16>").And.Contain("</3303/0>"));
    }

    [Test]
    public async Task Replays_the_location_as_it_came_in_updates_and_deregistration()
    {
        _client.Type("update");
        await _client.LineAsync("""{"event":"updated","ssid":1}""");
        Assert.That(_server.Event("update").GetProperty("device").GetInt32(), Is.EqualTo(_server.Device));
        _client.Type("exit");
        await _client.LineAsync("""{"event":"deregistered","ssid":1}""");
        Assert.That(await _client.ExitAsync(), Is.Zero, _client.Errors);
        Assert.That(_server.Event("deregister").GetProperty("device").GetInt32(), Is.EqualTo(_server.Device));
        Assert.That(_server.Requests(), Is.EqualTo(new[] { "0.02 rd", "0.02 rd/1", "0.04 rd/1" }), "rd/1 is one option");
    }

    [Test]
    public void Is_read()
    {
        Assert.That(_server.Ask("read", "/3/0/0"), Is.EqualTo("Lwm2m.Client"));
        Assert.That(_server.Ask("read", Temperature), Is.EqualTo("21.5"));
        Assert.That(_server.Ask("read", "/1/0/1"), Is.EqualTo("300"));
        Assert.That(_server.Ask("read", "/3311/0/5850"), Is.EqualTo("0"));
        Assert.That(_server.Ask("read", "/3/0/99"), Is.EqualTo("4.04"));
        Assert.That(_server.Ask("read", "/3/0/4"), Is.EqualTo("4.05"));
    }

    [Test]
    public async Task Is_written()
    {
        Assert.That(_server.Ask("write", "/3311/0/5851", "17"), Is.Empty);
        await _client.LineAsync("""{"event":"written","ssid":1,"path":"/3311/0/5851","value":17}""");
        Assert.That(_server.Ask("read", "/3311/0/5851"), Is.EqualTo("17"));
        Assert.That(_server.Ask("write", "/3311/0/5851", "many"), Is.EqualTo("4.00"));
        Assert.That(_server.Ask("write", "/3/0/0", "mine"), Is.EqualTo("4.05"));
        Assert.That(_server.Ask("read", "/3311/0/5851"), Is.EqualTo("17"));
    }

    [Test]
    public async Task Written_lifetime_is_told_by_an_update()
    {
        Assert.That(_server.Ask("write", "/1/0/1", "600"), Is.Empty);
        Assert.That(_server.Event("update").GetProperty("lifetime").GetString(), Is.EqualTo("600"));
        await _client.LineAsync("""{"event":"updated","ssid":1}""");
    }

    [Test]
    public async Task Is_executed()
    {
        Assert.That(_server.Ask("execute", "/3442/0/0", ""), Is.Empty);
        await _client.LineAsync("""{"event":"executed","ssid":1,"path":"/3442/0/0","arguments":""}""");
        Assert.That(_server.Ask("execute", "/3442/0/0", "1,5='x'"), Is.Empty);
        await _client.LineAsync("""{"event":"executed","ssid":1,"path":"/3442/0/0","arguments":"1,5='x'"}""");
        Assert.That(_server.Ask("execute", "/3/0/0", ""), Is.EqualTo("4.05"));
    }

    [Test]
    public async Task Reboot_registers_anew()
    {
        Assert.That(_server.Ask("execute", "/3/0/4"), Is.Empty);
        await _client.LineAsync("""{"event":"rebooting","ssid":1}""");
        await Registered(2);
        Assert.That(_server.Ask("read", Temperature), Is.EqualTo("21.5"));
    }

    [Test]
    public void Is_discovered_and_takes_attributes()
    {
        Assert.That(_server.Ask("attributes", Temperature, new { pmin = 0, gt = 25 }), Is.Empty);
        Assert.That(_server.Ask("discover", "/3303/0"), Does.Contain("</3303/0>").And.Contain("</3303/0/5700>;pmin=0;gt=25"));
    }

    [Test]
    public async Task Is_observed_until_the_server_cancels()
    {
        // Otherwise changes within a second are told as one.
        Assert.That(_server.Ask("attributes", Temperature, new { pmin = 0 }), Is.Empty);
        Assert.That(_server.Ask("observe", Temperature), Is.EqualTo("21.5"));
        await _client.LineAsync("""{"event":"observe","ssid":1,"path":"/3303/0/5700"}""");
        _client.Type("set /3303/0/5700 22.5");
        _server.Event("notification");
        _client.Type("set /3303/0/5700 -0.125");
        _server.Event("notification", 2);

        // This server cancels at home: it tells the client nothing, and no Reset or acknowledgement of its reaches the client.
        Assert.That(_server.Ask("cancel", Temperature), Is.Empty);
        _client.Type("set /3303/0/5700 24");
        _client.Type("show /3303/0/5700");
        await _client.LineAsync("""{"event":"value","path":"/3303/0/5700","value":24}""");

        Assert.That(_server.Ask("observe", Temperature), Is.EqualTo("24"));
        _client.Type("set /3303/0/5700 25");
        _server.Event("notification", 3);
        Assert.That(_server.Notifications(), Is.EqualTo(new[] { "/3303/0/5700 22.5", "/3303/0/5700 -0.125", "/3303/0/5700 25" }));
    }

    private async Task Registered(int occurrence)
    {
        _server.Device = _server.Event("register", occurrence).GetProperty("device").GetInt32();
        await _client.LineAsync($$"""{"event":"registered","ssid":1,"location":"/rd/{{_server.Device}}"}""");
    }
}
