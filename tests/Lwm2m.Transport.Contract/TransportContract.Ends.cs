using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Lwm2m.Transport.Contract;

// How links end and begin anew, what happens where nothing more goes in, and what the tests are made of.
public abstract partial class TransportContract
{
    private const int HeadBytes = 7;
    private const int PatienceMs = 20_000;

    [Test]
    public void A_lost_link_is_told_once_takes_nothing_and_can_be_opened_again()
    {
        Up();
        if (!_bench.Lose())
            Assert.Pass("This bearer loses messages, not links.");
        Until(() => !_events.IsUp, "down");
        Settle();
        Assert.That(_events.Told, Is.EqualTo(new[] { "up", "down" }));
        Assert.That(Send(Message(1, 10)), Is.False);
        Settle();
        Reopen();
        Assert.That(_events.Told, Is.EqualTo(new[] { "up", "down", "up" }));
    }

    [Test]
    public void A_closed_link_is_silent_and_can_be_opened_again()
    {
        Up();
        Close();
        Assert.That(Send(Message(1, 10)), Is.False);
        Assert.That(_transport.LocalPort(Link), Is.Zero);
        Settle();
        Assert.That(_events.Told, Is.EqualTo(new[] { "up" }), "Close has no event");
        Reopen();
        Assert.That(_events.Told, Is.EqualTo(new[] { "up", "up" }));
    }

    [Test]
    public void Closing_a_closed_link_does_nothing()
    {
        Close();
        Up();
        Close();
        Close();
        Settle();
        Close();
        Assert.That(_events.Told, Is.EqualTo(new[] { "up" }));
        Reopen();
    }

    [Test]
    public void Opening_an_open_link_closes_it_first_without_a_word()
    {
        Up();
        Open();
        Assert.That(Send(Message(1, 10)), Is.False, "the old one is gone");
        Until(() => _events.Told.Count == 2, "up again");
        Settle();
        Assert.That(_events.Told, Is.EqualTo(new[] { "up", "up" }));
        Exchange(2);
    }

    [Test]
    public void A_link_that_is_closed_while_it_comes_up_stays_silent()
    {
        for (int i = 0; i < 5; i++)
        {
            Open();
            for (int turn = 0; turn < i; turn++)
                Turn();
            if (_events.IsUp)
                break;
            Close();
        }
        int told = _events.Told.Count;
        Close();
        Settle();
        Assert.That(_events.Told, Has.Count.EqualTo(told));
        Reopen();
    }

    [Test]
    public void Closed_in_mid_send_it_leaves_whole_messages_only()
    {
        Up();
        var sent = new List<byte[]>();
        for (int i = 0; i < 50; i++)
        {
            byte[] message = Message(i, 60);
            if (Send(message))
                sent.Add(message);
        }
        Close();
        Settle();
        while (Take() is { } message)
            Assert.That(sent, Has.Member(message));
        Reopen();
        Assert.That(_events.Told, Is.EqualTo(new[] { "up", "up" }));
    }

    [Test]
    public void Closed_while_a_message_is_told_it_tells_no_more()
    {
        Up();
        _events.OnReceived = (_, _, _) => _transport.Close(Link);
        for (int i = 0; i < 5; i++)
            PeerSends(Message(i, 10));
        Until(() => _events.Messages.Count > 0, "a message");
        Settle();
        Assert.That(_events.Messages, Has.Count.EqualTo(1));
        Assert.That(_events.Told, Is.EqualTo(new[] { "up" }));
    }

    [Test]
    public void Where_nothing_more_goes_in_send_says_so_and_what_was_taken_arrives()
    {
        Up();
        if (!_bench.Stall(true))
            Assert.Pass("This bearer drops what it cannot carry.");
        var sent = new List<byte[]>();
        byte[] message = Message(0, 400);
        int turns = 0;
        // What Send takes goes somewhere: to the kernel, to a modem. Somewhere it ends.
        while (sent.Count < 100_000 && turns < 20)
        {
            if (Send(message))
            {
                sent.Add(message);
                message = Message(sent.Count, 400);
                turns = 0;
                continue;
            }
            turns++;
            Turn();
        }
        Assert.That(turns, Is.EqualTo(20), "Send never refused");
        _bench.Stall(false);
        SendAtLast(message);
        sent.Add(message);
        Assert.That(TakeAll(sent.Count), Is.EqualTo(sent));
        Assert.That(_events.Told, Is.EqualTo(new[] { "up" }));
    }

    private static byte[] Message(int id, int payload)
    {
        // NON, POST, a token of two bytes, then a payload; without one there is no marker either (RFC 7252 3).
        var message = new byte[payload == 0 ? HeadBytes - 1 : HeadBytes + payload];
        message[0] = 0x52;
        message[1] = 0x02;
        message[4] = (byte)(id >> 8);
        message[5] = (byte)id;
        if (payload == 0)
            return message;
        message[6] = 0xFF;
        for (int i = 0; i < payload; i++)
            message[HeadBytes + i] = (byte)(id + i);
        return message;
    }

    private void Up()
    {
        Open();
        Until(() => _events.IsUp, "up");
        // Now the peer knows where to send to.
        Exchange(0x7777);
        _events.Messages.Clear();
    }

    private void Reopen()
    {
        int told = _events.Told.Count;
        Open();
        Until(() => _events.Told.Count > told && _events.IsUp, "up again");
        Settle();
        Exchange(0x1111);
    }

    /// <summary>A message there and one back.</summary>
    private void Exchange(int id)
    {
        byte[] message = Message(id, 12);
        SendAtLast(message);
        while (!TakeAll(1).Single().AsSpan().SequenceEqual(message))
        {
            // One of before.
        }
        _events.Messages.Clear();
        PeerSends(message);
        Until(() => _events.Messages.Count > 0, "the way back");
        Assert.That(_events.Messages.Single(), Is.EqualTo(message));
    }

    private void Open() => Call(() => _transport.Open(Link, _bench.Uri, 0));

    private void Close() => Call(() => _transport.Close(Link));

    private bool Send(byte[] message) => Call(() => _transport.Send(Link, message, 0, message.Length));

    private void SendAtLast(byte[] message) => Until(() => Send(message), "sent");

    private byte[]? Take() => _peerSession == null ? _bench.Take() : _peerSession.Take();

    private void PeerSends(byte[] message)
    {
        if (_peerSession == null)
            _bench.Send(message);
        else
            _peerSession.Send(message);
    }

    private List<byte[]> TakeAll(int count)
    {
        var all = new List<byte[]>();
        Until(() =>
        {
            while (all.Count < count && Take() is { } message)
                all.Add(message);
            return all.Count >= count;
        }, count + " messages at the peer");
        return all;
    }

    private T Call<T>(Func<T> verb)
    {
        _events.CallDepth++;
        try
        {
            return verb();
        }
        finally
        {
            _events.CallDepth--;
        }
    }

    private void Call(Action verb) => Call(() =>
    {
        verb();
        return true;
    });

    private void Turn()
    {
        bool more = _pumps.Pump(_upward, _bench.NowMs);
        _upward.Poll(_bench.NowMs);
        // The peer's end of a session lives from being asked; what it delivers stays there.
        _peerSession?.Handle();
        if (!more)
            _bench.Pass(_pumps);
    }

    private void Settle()
    {
        for (int i = 0; i < 10; i++)
            Turn();
    }

    private void Until(Func<bool> isSo, string what)
    {
        long end = Environment.TickCount64 + PatienceMs;
        while (!isSo())
        {
            if (Environment.TickCount64 > end)
                Assert.Fail($"Not {what} after {PatienceMs} ms; told: {string.Join(", ", _events.Told)}");
            Turn();
        }
    }
}
