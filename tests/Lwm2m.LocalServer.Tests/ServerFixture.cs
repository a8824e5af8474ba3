using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>A server on a free port and a device made by hand.</summary>
[CancelAfter(30_000)]
public abstract class ServerFixture
{
    internal LocalServer Server { get; private set; } = null!;

    internal RawDevice Device { get; private set; } = null!;

    protected static CancellationToken Stop => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public void StartServer()
    {
        var options = new LocalServerOptions { Port = 0, MaxClients = 3 };
        Configure(options);
        Server = LocalServer.Start(options);
        Device = new RawDevice(Server);
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        Device.Dispose();
        await Server.DisposeAsync();
    }

    protected virtual void Configure(LocalServerOptions options)
    {
    }

    internal Task<Registration> RegisteredAsync(string links = "</1/0>,</3/0>", params string[] more)
    {
        Device.Register("abc", links, more);
        return Server.WaitForRegistrationAsync("abc", Stop);
    }
}
