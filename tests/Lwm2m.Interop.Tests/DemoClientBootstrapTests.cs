using System;
using System.Linq;
using System.Threading.Tasks;
using Lwm2m.Samples.Tests;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>
/// DemoClient with nothing but a bootstrap account: a bootstrap server on npm's coap provisions it, and it registers at npm's
/// lwm2m-node-lib, which knows nothing of bootstrap.
/// </summary>
[TestFixture("tlv")]
[TestFixture("senml-json")]
[TestFixture("senml-cbor")]
internal sealed class DemoClientBootstrapTests(string format)
{
    private Lwm2mNodeServer _server = null!;

    [SetUp]
    public void Start() => _server = Lwm2mNodeServer.Start("text/plain");

    [TearDown]
    public void Stop() => _server?.Dispose();

    [Test]
    public async Task Provisioned_client_registers_and_serves()
    {
        using NodeBootstrapServer bootstrap = NodeBootstrapServer.Start(_server.Uri, "--format", format, "--ssid", "101", "--lifetime", "1234");
        await using SampleProcess client = SampleProcess.Start("DemoClient", "--endpoint", "demo", "--bootstrap", bootstrap.Uri, "--json");
        await client.LineAsync(line => IsEvent(line, "bootstrapped"), "event bootstrapped");
        _server.Device = _server.Event("register").GetProperty("device").GetInt32();
        await client.LineAsync($$"""{"event":"registered","ssid":101,"location":"/rd/{{_server.Device}}"}""");

        Assert.That(bootstrap.Event("request").GetProperty("endpoint").GetString(), Is.EqualTo("demo"));
        Assert.That(bootstrap.Steps, Is.EqualTo(new[] { "GET / 2.05", "PUT /0 2.04", "PUT /1 2.04", "POST /bs 2.04" }), bootstrap.Output);
        Assert.That(_server.Event("register").GetRawText(), Does.Contain("\"endpoint\":\"demo\",\"lifetime\":\"1234\""));
        string[] order = client.Output.Where(line => IsEvent(line, "bootstrapped") || IsEvent(line, "registered")).ToArray();
        Assert.That(IsEvent(order[0], "bootstrapped"), Is.True, "it registers once it is bootstrapped");

        Assert.That(_server.Ask("read", "/1/0/1"), Is.EqualTo("1234"));
        Assert.That(_server.Ask("read", "/3303/0/5700"), Is.EqualTo("21.5"));
        client.Type("exit");
        Assert.That(await client.ExitAsync(), Is.Zero, client.Errors);
        Assert.That(_server.Event("deregister").GetProperty("device").GetInt32(), Is.EqualTo(_server.Device));
    }

    [Test]
    public async Task Everything_may_be_deleted_first()
    {
        using NodeBootstrapServer bootstrap = NodeBootstrapServer.Start(_server.Uri, "--format", format, "--delete", "/");
        await using SampleProcess client = SampleProcess.Start("DemoClient", "--endpoint", "demo", "--bootstrap", bootstrap.Uri, "--json");
        await client.LineAsync(line => IsEvent(line, "registered"), "event registered");
        Assert.That(bootstrap.Steps, Is.EqualTo(new[] { "DELETE / 2.02", "GET / 2.05", "PUT /0 2.04", "PUT /1 2.04", "POST /bs 2.04" }), bootstrap.Output);
        _server.Device = _server.Event("register").GetProperty("device").GetInt32();
        Assert.That(_server.Ask("read", "/3/0/0"), Is.EqualTo("Lwm2m.Client"));
    }

    private static bool IsEvent(string line, string name) => line.StartsWith($"{{\"event\":\"{name}\"", StringComparison.Ordinal);
}
