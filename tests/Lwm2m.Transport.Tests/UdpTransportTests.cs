using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Transport.Tests;

public class UdpTransportTests
{
    private readonly RecordedEvents _events = new();
    private UdpTransport _transport = null!;
    private Socket? _server;

    [SetUp]
    public void SetUp()
    {
        _events.Lines.Clear();
        _events.EchoOn = null;
        _events.OnReceived = null;
        _transport = new UdpTransport(2);
    }

    [TearDown]
    public void TearDown()
    {
        _transport.Dispose();
        _server?.Dispose();
        _server = null;
    }

    [Test]
    public void Only_plain_coap_is_its_business()
    {
        Assert.That(_transport.CanOpen(0, Uri("coap://h")), Is.True);
        Assert.That(_transport.CanOpen(0, Uri("coaps://h")), Is.False);
        Assert.That(_transport.CanOpen(0, Uri("coap+tcp://h")), Is.False);
        Assert.That(_transport.CanOpen(0, Uri("coaps+tcp://h")), Is.False);
        Assert.That(_transport.Binding, Is.EqualTo('U'));
        Assert.That(_transport.IsReliable, Is.False);
    }

    [Test]
    public void Open_reports_nothing_before_the_pump_runs()
    {
        Open(0, Listen(IPAddress.Loopback));
        Assert.That(_events.Lines, Is.Empty);
        Assert.That(_transport.Send(0, new byte[1], 0, 1), Is.False);
        _transport.Pump(_events, 0);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void Datagrams_go_both_ways_over_ipv4() => EchoOver(IPAddress.Loopback);

    [Test]
    public void Datagrams_go_both_ways_over_ipv6()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        EchoOver(IPAddress.IPv6Loopback);
    }

    [Test]
    public void A_name_is_resolved_and_reached()
    {
        Open(0, "coap://localhost:" + Listen(IPAddress.Loopback).Port);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void An_unknown_name_brings_the_link_down_and_can_be_tried_again()
    {
        // "invalid" never exists (RFC 6761 6.4).
        Open(0, "coap://no-such-host.invalid");
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "down 0 NameNotFound" }));
        Open(0, "coap://no-such-host.invalid");
        Assert.That(_events.PumpUntil(_transport, 2)[1], Is.EqualTo("down 0 NameNotFound"));
        Open(0, Listen(IPAddress.Loopback));
        Assert.That(_events.PumpUntil(_transport, 3)[2], Is.EqualTo("up 0"));
    }

    [Test]
    public void The_answer_of_a_lookup_that_nobody_waits_for_any_more_is_forgotten()
    {
        Open(0, "coap://no-such-host.invalid");
        _transport.Pump(_events, 0);
        Open(0, Listen(IPAddress.Loopback));
        _events.PumpUntil(_transport, 1);
        Thread.Sleep(50);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void Each_open_asks_for_the_name_again_and_takes_the_next_address_until_one_is_heard_from()
    {
        IPAddress silent = IPAddress.Parse("127.0.0.2");
        IPEndPoint server = Listen(IPAddress.Loopback);
        int asked = 0;
        _transport.Dispose();
        _transport = new UdpTransport(2, _ =>
        {
            asked++;
            return Task.FromResult(new[] { silent, IPAddress.Loopback });
        });
        string uri = "coap://server.example:" + server.Port;

        Open(0, uri);
        _events.PumpUntil(_transport, 1);
        _transport.Send(0, new byte[] { 1 }, 0, 1);
        Open(0, uri);
        _events.PumpUntil(_transport, 2);
        _transport.Send(0, new byte[] { 2 }, 0, 1);
        Assert.That(ReceiveAndAnswer(), Is.EqualTo(2));
        _events.PumpUntil(_transport, 3);
        Open(0, uri);
        _events.PumpUntil(_transport, 4);
        _transport.Send(0, new byte[] { 3 }, 0, 1);
        Assert.That(_server!.Receive(new byte[1]), Is.EqualTo(1));
        Open(0, uri);
        _events.PumpUntil(_transport, 5);
        _transport.Send(0, new byte[] { 4 }, 0, 1);
        Open(0, uri);
        _events.PumpUntil(_transport, 6);
        _transport.Send(0, new byte[] { 5 }, 0, 1);
        Assert.That(ReceiveAndAnswer(), Is.EqualTo(5), "4 went to the silent address");
        Assert.That(asked, Is.EqualTo(5));
    }

    [Test]
    public void An_address_without_a_route_is_passed_over_at_once()
    {
        IPEndPoint server = Listen(IPAddress.Loopback);
        _transport.Dispose();
        // A link-local address without a zone leads nowhere.
        _transport = new UdpTransport(2, _ => Task.FromResult(new[] { IPAddress.Parse("fe80::1"), IPAddress.Loopback }));
        Open(0, "coap://server.example:" + server.Port);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "up 0" }));
        _transport.Send(0, new byte[] { 9 }, 0, 1);
        Assert.That(ReceiveAndAnswer(), Is.EqualTo(9));
    }

    [Test]
    public void No_route_at_all_brings_the_link_down()
    {
        Open(0, "coap://[fe80::1]");
        Assert.That(_events.PumpUntil(_transport, 1)[0], Is.EqualTo("down 0 Unreachable"));
    }

    [Test]
    public void Datagrams_of_strangers_do_not_come_in()
    {
        IPEndPoint server = Listen(IPAddress.Loopback);
        Open(0, server);
        _events.PumpUntil(_transport, 1);
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.SendTo(new byte[] { 1 }, new IPEndPoint(IPAddress.Loopback, _transport.LocalPort(0)));
        _server!.SendTo(new byte[] { 2 }, new IPEndPoint(IPAddress.Loopback, _transport.LocalPort(0)));
        Assert.That(_events.PumpUntil(_transport, 2), Is.EqualTo(new[] { "up 0", "in 0 02" }));
    }

    [Test]
    public void An_empty_datagram_comes_in_as_such()
    {
        Open(0, Listen(IPAddress.Loopback));
        _events.PumpUntil(_transport, 1);
        _server!.SendTo(Array.Empty<byte>(), new IPEndPoint(IPAddress.Loopback, _transport.LocalPort(0)));
        Assert.That(_events.PumpUntil(_transport, 2)[1], Is.EqualTo("in 0 "));
    }

    [Test]
    public void The_largest_datagram_comes_in_whole()
    {
        Open(0, Listen(IPAddress.Loopback));
        _events.PumpUntil(_transport, 1);
        _server!.SendTo(new byte[65507], new IPEndPoint(IPAddress.Loopback, _transport.LocalPort(0)));
        Assert.That(_events.PumpUntil(_transport, 2)[1], Has.Length.EqualTo("in 0 ".Length + 2 * 65507));
    }

    [Test]
    public void A_port_where_nobody_listens_keeps_the_link()
    {
        IPEndPoint server = Listen(IPAddress.Loopback);
        _server!.Dispose();
        Open(0, server);
        _events.PumpUntil(_transport, 1);
        for (int i = 0; i < 5; i++)
        {
            _transport.Send(0, new byte[] { 1 }, 0, 1);
            Thread.Sleep(5);
            _transport.Pump(_events, 0);
        }
        Assert.That(_events.Lines, Is.EqualTo(new[] { "up 0" }));

        // The server comes back on the same port: the very next datagram arrives, although the last one was refused.
        _transport.Send(0, new byte[] { 1 }, 0, 1);
        _server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        _server.Bind(server);
        Assert.That(_transport.Send(0, new byte[] { 7 }, 0, 1), Is.True);
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        var buffer = new byte[10];
        Assert.That(_server.ReceiveFrom(buffer, ref from), Is.EqualTo(1));
        Assert.That(buffer[0], Is.EqualTo(7));
        _server.SendTo(new byte[] { 8 }, from);
        Assert.That(_events.PumpUntil(_transport, 2), Is.EqualTo(new[] { "up 0", "in 0 08" }));
    }

    [Test]
    public void A_chosen_local_port_is_used_and_again_after_reopening()
    {
        IPEndPoint server = Listen(IPAddress.Loopback);
        int port = FreePort();
        for (int round = 1; round <= 3; round++)
        {
            _transport.Open(0, Uri("coap://127.0.0.1:" + server.Port), port);
            Assert.That(_events.PumpUntil(_transport, round)[round - 1], Is.EqualTo("up 0"));
            Assert.That(_transport.LocalPort(0), Is.EqualTo(port));
        }
    }

    [Test]
    public void A_local_port_that_is_taken_brings_the_link_down()
    {
        IPEndPoint server = Listen(IPAddress.Loopback);
        _transport.Open(0, Uri("coap://127.0.0.1:" + server.Port), server.Port);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "down 0 LocalPortInUse" }));
    }

    [Test]
    public void Reopening_takes_a_new_socket_and_reports_up_again()
    {
        IPEndPoint server = Listen(IPAddress.Loopback);
        Open(0, server);
        _events.PumpUntil(_transport, 1);
        int first = _transport.LocalPort(0);
        Open(0, server);
        Assert.That(_events.PumpUntil(_transport, 2), Is.EqualTo(new[] { "up 0", "up 0" }));
        Assert.That(_transport.LocalPort(0), Is.Not.EqualTo(first));
    }

    [Test]
    public void A_closed_link_sends_and_reports_nothing()
    {
        IPEndPoint server = Listen(IPAddress.Loopback);
        Open(0, server);
        _events.PumpUntil(_transport, 1);
        int port = _transport.LocalPort(0);
        _server!.SendTo(new byte[] { 2 }, new IPEndPoint(IPAddress.Loopback, port));
        _transport.Close(0);
        _transport.Close(0);
        Assert.That(_transport.Send(0, new byte[1], 0, 1), Is.False);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "up 0" }));
        Assert.That(_transport.LocalPort(0), Is.Zero);
    }

    [Test]
    public void A_link_may_be_closed_or_reopened_while_it_is_told_of_a_datagram()
    {
        IPEndPoint server = Listen(IPAddress.Loopback);
        Open(0, server);
        _events.PumpUntil(_transport, 1);
        var port = new IPEndPoint(IPAddress.Loopback, _transport.LocalPort(0));
        _events.OnReceived = link => _transport.Open(link, Uri("coap://127.0.0.1:" + server.Port), 0);
        _server!.SendTo(new byte[] { 1 }, port);
        _server.SendTo(new byte[] { 2 }, port);
        Assert.That(_events.PumpUntil(_transport, 3), Is.EqualTo(new[] { "up 0", "in 0 01", "up 0" }));
    }

    [Test]
    public void Links_have_each_their_own_peer()
    {
        IPEndPoint first = Listen(IPAddress.Loopback);
        Socket firstServer = _server!;
        IPEndPoint second = Listen(IPAddress.Loopback);
        using (firstServer)
        {
            Open(0, first);
            Open(1, second);
            _events.PumpUntil(_transport, 2);
            firstServer.SendTo(new byte[] { 0xa }, new IPEndPoint(IPAddress.Loopback, _transport.LocalPort(0)));
            _server!.SendTo(new byte[] { 0xb }, new IPEndPoint(IPAddress.Loopback, _transport.LocalPort(1)));
            Assert.That(_events.PumpUntil(_transport, 4), Is.EquivalentTo(new[] { "up 0", "up 1", "in 0 0A", "in 1 0B" }));
        }
    }

    [Test]
    public void A_flood_on_one_link_leaves_the_other_its_turn()
    {
        IPEndPoint first = Listen(IPAddress.Loopback);
        Socket firstServer = _server!;
        IPEndPoint second = Listen(IPAddress.Loopback);
        using (firstServer)
        {
            Open(0, first);
            Open(1, second);
            _events.PumpUntil(_transport, 2);
            for (int i = 0; i < 100; i++)
                firstServer.SendTo(new byte[] { 0xa }, new IPEndPoint(IPAddress.Loopback, _transport.LocalPort(0)));
            _server!.SendTo(new byte[] { 0xb }, new IPEndPoint(IPAddress.Loopback, _transport.LocalPort(1)));
            _events.Lines.Clear();
            Assert.That(_transport.Pump(_events, 0), Is.True, "there is more");
            Assert.That(_events.Lines, Has.Member("in 1 0B"));
            Assert.That(_events.Lines, Has.Count.LessThan(100));
            Assert.That(_events.PumpUntil(_transport, 101), Has.Length.EqualTo(101));
        }
    }

    [Test]
    public void A_multicast_or_broadcast_server_does_not_bring_the_process_down()
    {
        Open(0, "coap://255.255.255.255:5683");
        Assert.That(_events.PumpUntil(_transport, 1), Has.Length.EqualTo(1));
        _transport.Send(0, new byte[1], 0, 1);
    }

    [Test]
    public void Caller_mistakes_throw()
    {
        Assert.That(() => new UdpTransport(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => _transport.Open(0, Uri("coap://127.0.0.1"), -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => _transport.Open(0, Uri("coap://127.0.0.1"), 65536), Throws.InstanceOf<ArgumentOutOfRangeException>());
        _transport.Dispose();
        Assert.That(() => Open(0, "coap://127.0.0.1"), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void A_wait_ends_when_a_datagram_comes_when_it_is_woken_and_when_the_time_is_over()
    {
        Open(0, Listen(IPAddress.Loopback));
        _events.PumpUntil(_transport, 1);

        _transport.Wait(1);

        _transport.Wake();
        _transport.Wait(long.MaxValue);

        var waker = new Thread(() =>
        {
            Thread.Sleep(20);
            _transport.Wake();
        });
        waker.Start();
        _transport.Wait(long.MaxValue);
        waker.Join();

        _server!.SendTo(new byte[] { 2 }, new IPEndPoint(IPAddress.Loopback, _transport.LocalPort(0)));
        _transport.Wait(long.MaxValue);
        Assert.That(_events.PumpUntil(_transport, 2)[1], Is.EqualTo("in 0 02"));
    }

    [Test]
    public void No_wake_up_is_lost_between_threads()
    {
        const int Rounds = 20_000;
        int asked = 0;
        int seen = 0;
        var waker = new Thread(() =>
        {
            for (int i = 1; i <= Rounds; i++)
            {
                Volatile.Write(ref asked, i);
                _transport.Wake();
                while (Volatile.Read(ref seen) < i)
                    Thread.Yield();
            }
        });
        waker.Start();
        while (seen < Rounds)
        {
            // A lost wake-up would hang here.
            _transport.Wait(long.MaxValue);
            Volatile.Write(ref seen, Volatile.Read(ref asked));
        }
        waker.Join();
        Assert.That(seen, Is.EqualTo(Rounds));
    }

    [Test]
    public void A_datagram_in_and_out_allocates_nothing()
    {
        Open(0, Listen(IPAddress.Loopback));
        _events.PumpUntil(_transport, 1);
        var quiet = new QuietEngine { EchoOn = _transport };
        var target = new IPEndPoint(IPAddress.Loopback, _transport.LocalPort(0));
        _server!.Connect(target);
        var buffer = new byte[100];
        const int Warm = 1000;
        long before = 0;
        for (int i = 0; i < 3 * Warm; i++)
        {
            if (i == Warm)
                before = GC.GetAllocatedBytesForCurrentThread();
            _server.Send(buffer, 0, 26, SocketFlags.None);
            _transport.Wake();
            while (quiet.Received <= i)
            {
                if (!_transport.Pump(quiet, i))
                    _transport.Wait(1000);
            }
            _server.Receive(buffer, 0, 100, SocketFlags.None);
        }
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private void EchoOver(IPAddress loopback)
    {
        IPEndPoint server = Listen(loopback);
        Open(0, server);
        _events.PumpUntil(_transport, 1);
        _events.EchoOn = _transport;
        EndPoint client = new IPEndPoint(loopback, _transport.LocalPort(0));
        _server!.SendTo(new byte[] { 1, 2, 3 }, client);
        Assert.That(_events.PumpUntil(_transport, 2), Is.EqualTo(new[] { "up 0", "in 0 010203" }));
        var buffer = new byte[10];
        Assert.That(_server.ReceiveFrom(buffer, ref client), Is.EqualTo(3));
        Assert.That(buffer[..3], Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    private byte ReceiveAndAnswer()
    {
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        var buffer = new byte[1];
        _server!.ReceiveFrom(buffer, ref from);
        _server.SendTo(buffer, from);
        return buffer[0];
    }

    private IPEndPoint Listen(IPAddress address)
    {
        _server = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        _server.Bind(new IPEndPoint(address, 0));
        return (IPEndPoint)_server.LocalEndPoint!;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void Open(int link, IPEndPoint server) => Open(link, "coap://" + server);

    private void Open(int link, string uri) => _transport.Open(link, Uri(uri), 0);

    private static ServerUri Uri(string text) => ServerUri.TryParse(text)!;
}
