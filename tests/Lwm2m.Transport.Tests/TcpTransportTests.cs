using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Transport.Tests;

[CancelAfter(60_000)]
public class TcpTransportTests
{
    private static readonly byte[] Request = { 0x51, 0x02, 0, 0, 0xAA, 0xFF, 0x31 };
    private readonly RecordedEvents _events = new();
    private TcpTransport _transport = null!;
    private TcpPeer _peer = null!;

    [SetUp]
    public void SetUp()
    {
        _events.Lines.Clear();
        _events.EchoOn = null;
        _events.OnReceived = null;
        _transport = new TcpTransport(2);
        _peer = new TcpPeer();
    }

    [TearDown]
    public void TearDown()
    {
        _transport.Dispose();
        _peer.Dispose();
    }

    [Test]
    public void Its_business_is_tcp_with_and_without_tls()
    {
        Assert.That(_transport.CanOpen(0, Uri("coap+tcp://h")), Is.True);
        Assert.That(_transport.CanOpen(0, Uri("coaps+tcp://h")), Is.True);
        Assert.That(_transport.CanOpen(0, Uri("coap://h")), Is.False);
        Assert.That(_transport.CanOpen(0, Uri("coaps://h")), Is.False);
        Assert.That(_transport.Binding, Is.EqualTo('T'));
        Assert.That(_transport.IsReliable, Is.True);
    }

    [Test]
    public void The_link_is_up_with_what_the_server_says_of_itself()
    {
        Open();
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "up 0" }));
        Assert.That(_transport.MaxDatagramBytes(0), Is.EqualTo(2000));
        Assert.That(_transport.TakesBlocks(0), Is.True);
        Assert.That(_transport.LocalPort(0), Is.Not.Zero);
    }

    [Test]
    public void Messages_go_both_ways_over_ipv4() => EchoOver(IPAddress.Loopback);

    [Test]
    public void Messages_go_both_ways_over_ipv6()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        EchoOver(IPAddress.IPv6Loopback);
    }

    [Test]
    public void A_server_that_says_nothing_is_up_after_two_seconds()
    {
        _peer.IsMute = true;
        Open();
        long started = Environment.TickCount64;
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "up 0" }));
        Assert.That(Environment.TickCount64 - started, Is.GreaterThanOrEqualTo(1900));
        Assert.That(_transport.MaxDatagramBytes(0), Is.EqualTo(1152));
    }

    [Test]
    public void A_port_where_nobody_listens_refuses()
    {
        string uri = "coap+tcp://" + _peer.EndPoint;
        _peer.Dispose();
        _transport.Open(0, Uri(uri), 0);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "down 0 Refused" }));
    }

    [Test]
    public void An_unknown_name_brings_the_link_down()
    {
        _transport.Open(0, Uri("coap+tcp://no-such-host.invalid"), 0);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "down 0 NameNotFound" }));
    }

    [Test]
    public void All_addresses_of_a_name_are_tried()
    {
        _transport.Dispose();
        // One without a route, one where nobody listens, and the server's.
        _transport = new TcpTransport(2, resolve: _ => Task.FromResult(new[] { IPAddress.Parse("fe80::1"), IPAddress.Parse("127.0.0.9"), IPAddress.Loopback }));
        _transport.Open(0, Uri("coap+tcp://server.example:" + _peer.EndPoint.Port), 0);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void A_resolver_that_throws_or_hangs_does_not_hold_the_runner()
    {
        var never = new TaskCompletionSource<IPAddress[]>();
        _transport.Dispose();
        _transport = new TcpTransport(2, resolve: name => name == "a.example" ? throw new InvalidOperationException() : never.Task);
        _transport.Open(0, Uri("coap+tcp://a.example"), 0);
        _transport.Open(1, Uri("coap+tcp://b.example"), 0);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "down 0 NameNotFound" }));
        _transport.Close(1);
    }

    [Test]
    public void A_server_that_closes_or_resets_brings_the_link_down_once()
    {
        Open();
        _events.PumpUntil(_transport, 1);
        _peer.Close();
        Assert.That(_events.PumpUntil(_transport, 2), Is.EqualTo(new[] { "up 0", "down 0 Closed" }));
        Open();
        _events.PumpUntil(_transport, 3);
        _peer.Cut();
        Assert.That(_events.PumpUntil(_transport, 4)[3], Is.EqualTo("down 0 Closed"));
        Thread.Sleep(20);
        Assert.That(_events.PumpUntil(_transport, 4), Has.Length.EqualTo(4));
    }

    [Test]
    public void What_came_before_the_end_is_taken_in_before_it()
    {
        Open();
        _events.PumpUntil(_transport, 1);
        _peer.Send(Request);
        _peer.Close();
        Assert.That(_events.PumpUntil(_transport, 3), Is.EqualTo(new[] { "up 0", "in 0 51020000AAFF31", "down 0 Closed" }));
    }

    [Test]
    public void What_was_sent_before_close_arrives_and_then_a_release()
    {
        Open();
        _events.PumpUntil(_transport, 1);
        // Unread input: a careless close would answer it with a reset that overtakes our bytes.
        _peer.Send(Request);
        Thread.Sleep(20);
        for (int i = 0; i < 5; i++)
            Assert.That(_transport.Send(0, Request, 0, Request.Length), Is.True);
        _transport.Close(0);
        for (int i = 0; i < 5; i++)
            Assert.That(_peer.Take(), Is.EqualTo(Request));
        Assert.That(SpinWait.SpinUntil(() => _peer.Releases == 1, 10_000), Is.True);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void A_connection_that_is_closed_while_it_is_made_leaves_nothing()
    {
        for (int i = 0; i < 20; i++)
        {
            Open();
            _transport.Source.Pump(_events, 0);
            if (i % 2 == 0)
                Thread.Sleep(1);
            _transport.Close(0);
        }
        Open();
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void A_chosen_local_port_is_used()
    {
        int port = FreePort();
        _transport.Open(0, Uri("coap+tcp://" + _peer.EndPoint), port);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "up 0" }));
        Assert.That(_transport.LocalPort(0), Is.EqualTo(port));
    }

    [Test]
    public void A_local_port_that_is_taken_brings_the_link_down()
    {
        _transport.Open(0, Uri("coap+tcp://" + _peer.EndPoint), _peer.EndPoint.Port);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "down 0 LocalPortInUse" }));
    }

    [Test]
    public void Who_floods_with_requests_and_reads_no_answers_is_not_listened_to_and_loses_none()
    {
        var large = new byte[1000];
        large[0] = 0x50;
        large[1] = 0x45;
        large[4] = 0xFF;
        int refused = 0;
        int answered = 0;
        Open();
        _events.PumpUntil(_transport, 1);
        _events.OnReceived = _ =>
        {
            answered++;
            if (!_transport.Send(0, large, 0, large.Length))
                refused++;
        };
        _peer.IsStalled = true;
        const int Requests = 20_000;
        var flood = new Thread(() =>
        {
            for (int i = 0; i < Requests; i++)
                _peer.Send(new byte[] { 0x54, 0x01, 0, 0, 1, 2, 3, 4, 0xB1, 0x33 });
        });
        flood.Start();
        for (int i = 0; i < 40; i++)
        {
            _transport.Source.Pump(_events, Environment.TickCount64);
            Thread.Sleep(5);
        }
        Assert.That(answered, Is.LessThan(Requests), "the answers stand still, and with them the requests");
        _peer.IsStalled = false;
        int arrived = 0;
        var counter = new Thread(() =>
        {
            while (arrived < Requests && _peer.Take() != null)
                arrived++;
        });
        counter.Start();
        _events.PumpUntil(_transport, () => answered == Requests);
        flood.Join();
        counter.Join();
        Assert.That(refused, Is.Zero);
        Assert.That(arrived, Is.EqualTo(Requests));
    }

    [Test]
    public void A_message_in_and_out_allocates_nothing()
    {
        Open();
        _events.PumpUntil(_transport, 1);
        Assert.That(AllocationMeter.PerMessage(_transport, _peer, Request), Is.Zero);
    }

    [Test]
    public void A_link_whose_address_is_the_same_survives_a_change_of_addresses()
    {
        Open();
        _events.PumpUntil(_transport, 1);
        _transport.CheckAddresses();
        _events.PumpUntil(_transport, 1);
        Assert.That(_transport.Send(0, Request, 0, Request.Length), Is.True);
        Assert.That(_peer.Take(), Is.EqualTo(Request));
        Assert.That(_events.Lines, Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void Caller_mistakes_throw()
    {
        Assert.That(() => new TcpTransport(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TcpTransport(1, connectTimeoutMs: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => _transport.Open(0, Uri("coap+tcp://127.0.0.1"), 65536), Throws.InstanceOf<ArgumentOutOfRangeException>());
        _transport.Dispose();
        Assert.That(() => Open(), Throws.InstanceOf<ObjectDisposedException>());
    }

    private void EchoOver(IPAddress loopback)
    {
        using var peer = new TcpPeer(address: loopback);
        _transport.Open(1, Uri("coap+tcp://" + peer.EndPoint), 0);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "up 1" }));
        Assert.That(_transport.Send(1, Request, 0, Request.Length), Is.True);
        Assert.That(peer.Take(), Is.EqualTo(Request));
        peer.Send(Request);
        Assert.That(_events.PumpUntil(_transport, 2)[1], Is.EqualTo("in 1 51020000AAFF31"));
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void Open() => _transport.Open(0, Uri("coap+tcp://" + _peer.EndPoint), 0);

    private static ServerUri Uri(string text) => ServerUri.TryParse(text)!;
}
