using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>The cases over TCP, against a server of which every byte is written here.</summary>
public class TcpCases
{
    [Test]
    [CancelAfter(60_000)]
    public async Task Int_106_Registration_over_TCP(CancellationToken timeout)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new Lwm2mClient(new ClientOptions("abc") { HighestVersion = LwM2MVersion.V11 });
        client.AddServer("coap+tcp://127.0.0.1:" + ((IPEndPoint)listener.LocalEndpoint).Port);
        using var leave = new CancellationTokenSource();
        Task running = client.RunAsync(leave.Token);
        using (Socket server = await listener.AcceptSocketAsync(timeout))
        {
            // The client's CSM is its first message: Max-Message-Size 1500 and Block-Wise-Transfer (RFC 8323 5.3).
            Assert.That(await FrameAsync(server, timeout), Is.EqualTo("40E12205DC20"));
            await server.SendAsync(Convert.FromHexString("40E122048020"), timeout);

            byte[] register = Convert.FromHexString(await FrameAsync(server, timeout));
            var message = new CoapMessage();
            Assert.That(message.Parse(Datagram(register), 0, Datagram(register).Length), Is.EqualTo(CoapParseStatus.Ok));
            Assert.That(message.Code, Is.EqualTo(CoapCode.Post));
            var query = new List<string>();
            for (int index = 0; index < message.QueryCount; index++)
            {
                int at = message.Query(index, out int length);
                query.Add(System.Text.Encoding.UTF8.GetString(message.Buffer, at, length));
            }

            Assert.That(query, Is.EqualTo(new[] { "ep=abc", "lt=86400", "lwm2m=1.1", "b=T" }));

            // 2.01 with Location-Path rd/1 and the request's token.
            byte[] created = [(byte)(0x50 | message.TokenLength), CoapCode.Created,
                .. message.Buffer.AsSpan(message.TokenOffset, message.TokenLength).ToArray(), 0x82, (byte)'r', (byte)'d', 0x01, (byte)'1'];
            await server.SendAsync(created, timeout);
            while (client.Account(0).State != RegistrationState.Registered)
                await Task.Delay(10, timeout);
        }

        await leave.CancelAsync();
        await running.WaitAsync(timeout);
    }

    /// <summary>The next frame as it came; lengths up to 268 do here (RFC 8323 3.2).</summary>
    private static async Task<string> FrameAsync(Socket from, CancellationToken timeout)
    {
        byte[] head = await BytesAsync(from, 1, timeout);
        int length = head[0] >> 4;
        byte[] extended = length == 13 ? await BytesAsync(from, 1, timeout) : [];
        Assert.That(length, Is.LessThan(14), "longer than these cases need");
        byte[] rest = await BytesAsync(from, 1 + (head[0] & 15) + (length == 13 ? 13 + extended[0] : length), timeout);
        return Convert.ToHexString(head) + Convert.ToHexString(extended) + Convert.ToHexString(rest);
    }

    private static async Task<byte[]> BytesAsync(Socket from, int count, CancellationToken timeout)
    {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count;)
        {
            int got = await from.ReceiveAsync(bytes.AsMemory(at), timeout);
            Assert.That(got, Is.Positive, "the client closed the connection");
            at += got;
        }

        return bytes;
    }

    // Code, token, options and payload behind a header of RFC 7252.
    private static byte[] Datagram(byte[] frame)
    {
        int head = frame[0] >> 4 == 13 ? 2 : 1;
        return [(byte)(0x50 | (frame[0] & 15)), frame[head], 0, 0, .. frame[(head + 1)..]];
    }
}
