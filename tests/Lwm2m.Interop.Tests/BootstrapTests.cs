using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Client;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>
/// Our client with nothing but a bootstrap account: a bootstrap server on npm's coap provisions it, and it registers at npm's
/// lwm2m-node-lib, which knows nothing of bootstrap.
/// </summary>
[TestFixture("tlv")]
[TestFixture("senml-json")]
[TestFixture("senml-cbor")]
internal sealed class BootstrapTests(string format)
{
    private Lwm2mNodeServer _server = null!;

    [SetUp]
    public void Start() => _server = Lwm2mNodeServer.Start("text/plain");

    [TearDown]
    public void Stop() => _server.Dispose();

    [Test]
    public async Task Provisioned_client_registers_and_is_read()
    {
        using NodeBootstrapServer bootstrap = NodeBootstrapServer.Start(_server.Uri, "--format", format, "--ssid", "101", "--lifetime", "1234");
        await Run(bootstrap);
        Assert.That(bootstrap.Steps, Is.EqualTo(new[] { "GET / 2.05", "PUT /0 2.04", "PUT /1 2.04", "POST /bs 2.04" }), bootstrap.Output);
        Assert.That(bootstrap.Event("request").GetProperty("endpoint").GetString(), Is.EqualTo("demo"));
        Assert.That(_server.Event("register").GetRawText(), Does.Contain("\"endpoint\":\"demo\",\"lifetime\":\"1234\""));
    }

    [Test]
    public async Task Everything_may_be_deleted_first()
    {
        using NodeBootstrapServer bootstrap = NodeBootstrapServer.Start(_server.Uri, "--format", format, "--delete", "/", "--lifetime", "1234");
        await Run(bootstrap);
        Assert.That(bootstrap.Steps, Is.EqualTo(new[] { "DELETE / 2.02", "GET / 2.05", "PUT /0 2.04", "PUT /1 2.04", "POST /bs 2.04" }), bootstrap.Output);
    }

    private async Task Run(NodeBootstrapServer bootstrap)
    {
        var client = new Lwm2mClient(new ClientOptions("demo"));
        client.AddBootstrapServer(bootstrap.Uri);
        using var leave = new CancellationTokenSource();
        Task running = client.RunAsync(leave.Token);
        try
        {
            _server.Device = _server.Event("register").GetProperty("device").GetInt32();
            Assert.That(_server.Ask("read", "/1/0/1"), Is.EqualTo("1234"));
        }
        finally
        {
            await leave.CancelAsync();
            await running;
        }

        Assert.That(_server.Event("deregister").GetProperty("device").GetInt32(), Is.EqualTo(_server.Device));
    }
}
