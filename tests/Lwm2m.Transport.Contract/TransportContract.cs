using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace Lwm2m.Transport.Contract;

/// <summary>
/// What every transport must keep to, by itself and under a secure session: docs/transports.md says it in words. A project with a transport
/// derives a fixture for each way it works, and hands it a bench.
/// </summary>
[CancelAfter(120_000)]
public abstract partial class TransportContract
{
    private const int Link = 0;

    private readonly bool _withSession;
    private ITransportBench _bench = null!;
    private WatchedEvents _events = null!;
    private ILinkEvents _upward = null!;
    private ITransport _transport = null!;
    private PumpSet _pumps = null!;
    private PeerSession? _peerSession;
    private TestSessions? _sessions;

    /// <param name="withSession">True to run all of it through <see cref="SessionLayer"/>, with a session around each message.</param>
    protected TransportContract(bool withSession) => _withSession = withSession;

    protected abstract ITransportBench MakeBench();

    [SetUp]
    public void SetUpBench()
    {
        _bench = MakeBench();
        _events = new WatchedEvents();
        _upward = _events;
        _transport = _bench.Transport;
        _peerSession = null;
        if (_withSession)
        {
            _sessions = new TestSessions();
            var layer = new SessionLayer(_events, _sessions, 1);
            _upward = layer;
            _transport = layer.Over(_bench.Transport);
            _peerSession = new PeerSession(_bench);
        }

        _pumps = new PumpSet(_transport);
        _pumps.Attach(true);
    }

    [TearDown]
    public void TearDownBench()
    {
        _pumps.Attach(false);
        _bench.Dispose();
        Assert.That(_events.Violations, Is.Empty);
    }

    [Test]
    public void An_opened_link_is_told_to_be_up_and_not_from_within_the_call()
    {
        Open();
        Assert.That(_events.Told, Is.Empty);
        Until(() => _events.IsUp, "up");
        Settle();
        Assert.That(_events.Told, Is.EqualTo(new[] { "up" }));
        Assert.That(_transport.MaxDatagramBytes(Link), Is.GreaterThan(40));
    }

    [Test]
    public void Nothing_can_be_sent_before_the_link_is_up()
    {
        Assert.That(Send(Message(1, 10)), Is.False);
        Open();
        Assert.That(Send(Message(1, 10)), Is.False);
    }

    [Test]
    public void Messages_keep_their_bounds_and_their_order()
    {
        Up();
        var sent = new List<byte[]>();
        for (int i = 0; i < 30; i++)
            sent.Add(Message(i, i * i % 90));
        foreach (byte[] message in sent)
            SendAtLast(message);
        Assert.That(TakeAll(sent.Count), Is.EqualTo(sent));
        foreach (byte[] message in sent)
            PeerSends(message);
        Until(() => _events.Messages.Count >= sent.Count, "all messages");
        Settle();
        Assert.That(_events.Messages, Is.EqualTo(sent));
    }

    [Test]
    public void The_largest_message_passes()
    {
        Up();
        byte[] largest = Message(7, _transport.MaxDatagramBytes(Link) - HeadBytes);
        SendAtLast(largest);
        Assert.That(TakeAll(1).Single(), Is.EqualTo(largest));
    }

    [Test]
    public void A_larger_one_is_refused_or_arrives_whole_and_breaks_nothing()
    {
        Up();
        byte[] larger = Message(7, _transport.MaxDatagramBytes(Link) - HeadBytes + 1);
        byte[] small = Message(8, 5);
        bool taken = Send(larger);
        SendAtLast(small);
        byte[] first = TakeAll(1).Single();
        if (taken && first.Length == larger.Length)
        {
            Assert.That(first, Is.EqualTo(larger));
            first = TakeAll(1).Single();
        }
        Assert.That(first, Is.EqualTo(small));
        Assert.That(_events.Told, Is.EqualTo(new[] { "up" }));
    }

    [Test]
    public void The_buffer_is_the_callers_again_when_send_returns()
    {
        Up();
        var expected = new List<byte[]>();
        var buffer = new byte[100];
        for (int i = 0; i < 10; i++)
        {
            byte[] message = Message(i, 30);
            expected.Add(message);
            message.CopyTo(buffer, 20);
            Until(() => Call(() => _transport.Send(Link, buffer, 20, message.Length)), "sent");
            Assert.That(buffer.AsSpan(20, message.Length).ToArray(), Is.EqualTo(message), "as it was");
            Array.Fill(buffer, (byte)0xEE);
        }
        Assert.That(TakeAll(expected.Count), Is.EqualTo(expected));
    }

    [Test]
    public void An_answer_can_be_sent_while_the_message_is_told()
    {
        Up();
        _events.OnReceived = (buffer, offset, count) => _transport.Send(Link, buffer, offset, count);
        byte[] message = Message(3, 20);
        PeerSends(message);
        Assert.That(TakeAll(1).Single(), Is.EqualTo(message));
    }

    [Test]
    public void A_wake_from_any_thread_ends_a_wait()
    {
        Up();
        Settle();
        for (int i = 0; i < 50; i++)
        {
            bool delayed = i % 2 == 0;
            var waker = new Thread(() =>
            {
                if (delayed)
                    Thread.Sleep(1);
                _pumps.Wake();
            });
            waker.Start();
            // One that is lost hangs here.
            _pumps.Wait(long.MaxValue);
            waker.Join();
        }
    }
}
