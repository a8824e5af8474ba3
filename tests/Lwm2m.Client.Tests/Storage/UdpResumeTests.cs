using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Transport;
using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Storage;

/// <summary>Real sockets and real files: a client that vanished comes back from the same port.</summary>
public class UdpResumeTests
{
    [Test]
    [CancelAfter(30_000)]
    public async Task A_client_that_vanished_updates_from_the_port_it_had(CancellationToken timeout)
    {
        string folder = Path.Combine(Path.GetTempPath(), "lwm2m-" + Guid.NewGuid().ToString("n"));
        try
        {
            using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            int port = ((IPEndPoint)server.Client.LocalEndPoint!).Port;
            (string first, int firstPort) = await RunAsync(server, port, folder, "ACK 2.01 location=rd/7", timeout);
            (string second, int secondPort) = await RunAsync(server, port, folder, "ACK 2.04", timeout);
            Assert.That(first, Does.StartWith("CON POST /rd?ep=resumer"));
            Assert.That(second, Is.EqualTo("CON POST /rd/7"));
            Assert.That(secondPort, Is.EqualTo(firstPort));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    // The client's first message, and where it came from. It is answered, and the client ends without a word.
    private static async Task<(string Message, int Port)> RunAsync(UdpClient server, int port, string folder, string answer, CancellationToken timeout)
    {
        using var transport = new UdpTransport(1);
        var client = new Lwm2mClient(new ClientOptions("resumer") { Storage = new FileStorage(new StorageFolder(folder)) });
        client.AddServer("coap://127.0.0.1:" + port);
        client.UseTransport(transport);
        client.Start();
        Task<UdpReceiveResult> receiving = server.ReceiveAsync(timeout).AsTask();
        while (!receiving.IsCompleted)
            Step(client, transport);
        UdpReceiveResult received = await receiving;
        var message = new CoapMessage();
        message.Parse(received.Buffer, 0, received.Buffer.Length);
        byte[] token = received.Buffer.AsSpan(message.TokenOffset, message.TokenLength).ToArray();
        await server.SendAsync(Trace.Build(answer, message.MessageId, token), received.RemoteEndPoint, timeout);
        while (client.Account(0).State != RegistrationState.Registered)
        {
            timeout.ThrowIfCancellationRequested();
            Step(client, transport);
        }

        return (Trace.Render(message, false), received.RemoteEndPoint.Port);
    }

    private static void Step(Lwm2mClient client, UdpTransport transport)
    {
        transport.Pump(client, Environment.TickCount64);
        client.Poll(Environment.TickCount64);
        transport.Wait(5);
    }
}
