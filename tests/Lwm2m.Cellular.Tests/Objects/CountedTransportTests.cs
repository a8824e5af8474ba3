using System.Collections.Generic;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Coap;
using Lwm2m.Transport;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Objects;

public class CountedTransportTests
{
    private sealed class Traffic : ITrafficListener
    {
        public List<string> Lines { get; } = [];

        public void Sent(char binding, int bytes) => Lines.Add($"sent {binding} {bytes}");

        public void Received(char binding, int bytes) => Lines.Add($"received {binding} {bytes}");
    }

    [Test]
    public void A_client_over_a_counted_UDP_transport_registers_and_every_datagram_is_counted()
    {
        using var peer = new System.Net.Sockets.UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        using var udp = new UdpTransport(1);
        var traffic = new Traffic();
        CountedTransport counted = CountedTransport.Around(udp, traffic);
        Assert.That(counted.Binding, Is.EqualTo('U'));
        Assert.That(counted.Source, Is.SameAs(counted).And.InstanceOf<IWaiter>(), "or the runner would not wake when a datagram comes");
        var events = new Events();
        counted.Open(0, ServerUri.TryParse("coap://127.0.0.1:" + ((System.Net.IPEndPoint)peer.Client.LocalEndPoint!).Port)!, 0);
        var waiter = (IWaiter)counted;
        while (!events.IsUp)
        {
            counted.Pump(events, 0);
            waiter.Wait(events.IsUp ? 0 : 100);
        }

        Assert.That(counted.Send(0, new byte[] { 1, 2, 3, 4 }, 1, 3), Is.True);
        System.Net.IPEndPoint from = null!;
        Assert.That(peer.Receive(ref from!), Is.EqualTo(new byte[] { 2, 3, 4 }));
        peer.Send(new byte[] { 9, 8 }, 2, from);
        while (events.Got == null)
        {
            waiter.Wait(100);
            counted.Pump(events, 0);
        }

        Assert.That(events.Got, Is.EqualTo(new byte[] { 9, 8 }));
        Assert.That(traffic.Lines, Is.EqualTo(new[] { "sent U 3", "received U 2" }));
        counted.Close(0);
        Assert.That(counted.Send(0, new byte[4], 0, 4), Is.False);
        Assert.That(traffic.Lines, Has.Count.EqualTo(2), "what was dropped is not counted");
    }

    private sealed class Events : ILinkEvents
    {
        public bool IsUp { get; private set; }

        public byte[]? Got { get; private set; }

        public void LinkUp(int link, long nowMs) => IsUp = true;

        public void LinkDown(int link, LinkFailure reason, long nowMs)
        {
        }

        public void Received(int link, byte[] buffer, int offset, int count, long nowMs) => Got = buffer[offset..(offset + count)];

        public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs)
        {
        }

        public void Recovered(long nowMs)
        {
        }

        public long Poll(long nowMs) => long.MaxValue;
    }
}
