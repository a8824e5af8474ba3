using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>DemoClient over TCP.</summary>
[Parallelizable(ParallelScope.All)]
public class DemoClientTcpTests
{
    private const string Endpoint = "demo-over-tcp";

    [Test]
    public async Task A_server_is_reached_over_tcp()
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0, TcpPort = 0 });
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--endpoint", Endpoint, "--server", server.TcpUri!, "--json");
        Registration device = await server.WaitForRegistrationAsync(Endpoint).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(device.Binding, Is.EqualTo("T"));
        Assert.That((await device.ReadAsync("/3/0/16")).Value, Is.EqualTo("T"));
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero, demo.Errors);
    }

    [Test]
    public async Task A_server_that_refuses_the_connection_is_told_and_tried_after_1_2_and_4_seconds()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--server", "coap+tcp://" + taken.LocalEndPoint, "--json");
        foreach (int pause in new[] { 1000, 2000, 4000 })
            await demo.LineAsync($$"""{"event":"registration-failed","ssid":1,"reason":"connection-refused","retryInMs":{{pause}}}""");
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero, demo.Errors);
    }
}
