using System;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>RFC 7252 4: acknowledgement, retransmission, rejection.</summary>
[TestFixture]
internal sealed class MessageLayerTests
{
    [Test]
    public void Ping_is_answered_with_reset()
    {
        Bed bed = new();
        bed.PeerSends("CON - 4660");
        bed.Sends("RST - 4660");
        Assert.That(bed.Requests, Is.Zero);
    }

    [TestCase("NON - 1")]
    [TestCase("ACK - 1")]
    [TestCase("ACK GET 1 /3", TestName = "request in an ACK")]
    [TestCase("RST GET 1 /3", TestName = "request in a RST")]
    [TestCase("RST 2.05 1", TestName = "response in a RST")]
    [TestCase("ACK 2.05 1 t=aabbccdd", TestName = "piggybacked response to nothing")]
    public void Messages_that_mean_nothing_are_ignored(string text)
    {
        Bed bed = new();
        bed.PeerSends(text);
        bed.SendsNothing();
        bed.TellsNothing();
        Assert.That(bed.Requests, Is.Zero);
    }

    [TestCase("40017d34ff", TestName = "marker without payload")]
    [TestCase("4f017d34", TestName = "token length 15")]
    [TestCase("40017d34f0", TestName = "delta 15")]
    [TestCase("40207d34", TestName = "class 1")]
    [TestCase("40c07d34", TestName = "class 6")]
    [TestCase("40e17d34", TestName = "class 7")]
    [TestCase("40007d34aa", TestName = "ping with a payload")]
    public void Illegal_confirmable_gets_reset_and_the_other_types_nothing(string hex)
    {
        Bed bed = new();
        byte[] datagram = Convert.FromHexString(hex);
        bed.PeerSends(datagram);
        bed.Sends("RST - 32052");
        for (int type = 1; type < 4; type++)
        {
            datagram[0] = (byte)((datagram[0] & 0xCF) | (type << 4));
            bed.PeerSends(datagram);
            bed.SendsNothing();
        }
    }

    [TestCase("80017d34", TestName = "version 2")]
    [TestCase("00017d34", TestName = "version 0")]
    [TestCase("40017d", TestName = "three bytes")]
    [TestCase("", TestName = "nothing")]
    public void What_is_no_message_of_version_1_is_ignored(string hex)
    {
        Bed bed = new();
        bed.PeerSends(Convert.FromHexString(hex));
        bed.SendsNothing();
    }

    [Test]
    public void Unanswered_confirmable_is_sent_five_times_with_the_same_bytes_at_doubling_intervals()
    {
        Bed bed = new();
        Assert.That(bed.Go(bed.Request(CoapCode.Get, 3, 0)), Is.True);
        bed.Sends("CON GET * t=* /3/0");
        byte[] first = bed.LastRaw;

        long interval = 0;
        long total = 0;
        for (int i = 0; i < 4; i++)
        {
            long before = bed.Now;
            bed.PassesUntilDue();
            Assert.That(bed.SendsRaw(), Is.EqualTo(first));
            bed.SendsNothing();
            long passed = bed.Now - before;
            if (i == 0) Assert.That(passed, Is.InRange(2000, 3000));
            else Assert.That(passed, Is.EqualTo(interval * 2));
            interval = passed;
            total += passed;
        }

        bed.TellsNothing();
        bed.PassesUntilDue();
        bed.SendsNothing();
        bed.Tells("failure 7 Timeout");
        Assert.That(bed.Now, Is.EqualTo(total + interval * 2));
        Assert.That(bed.Endpoint.Poll(bed.Now), Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void Who_wants_to_know_is_told_what_went_and_came()
    {
        Bed bed = new();
        CoapCounters counters = new();
        bed.Peer.Counters = counters;
        bed.Go(bed.Request(CoapCode.Get, "a"));
        int length = bed.SendsRaw().Length;
        bed.PassesUntilDue();
        bed.PassesUntilDue();
        bed.PeerSends("CON - 1");

        Assert.That(counters.MessagesSent, Is.EqualTo(4));
        Assert.That(counters.MessagesRetransmitted, Is.EqualTo(2));
        Assert.That(counters.BytesSent, Is.EqualTo(3 * length + 4));
        Assert.That(counters.MessagesReceived, Is.EqualTo(1));
        Assert.That(counters.BytesReceived, Is.EqualTo(4));
    }

    [Test]
    public void The_first_interval_is_spread_over_the_whole_random_factor()
    {
        long least = long.MaxValue;
        long most = 0;
        for (int seed = 0; seed < 2000; seed++)
        {
            Bed bed = new(seed: seed);
            bed.Go(bed.Request(CoapCode.Get));
            long due = bed.Endpoint.Poll(0);
            if (due < least) least = due;
            if (due > most) most = due;
        }

        Assert.That(least, Is.InRange(2000, 2010));
        Assert.That(most, Is.InRange(2990, 3000));
    }

    [Test]
    public void Timing_can_be_set_for_one_peer()
    {
        Bed bed = new(limits => limits.AckRandomFactorPercent = 100);
        bed.Peer.AckTimeoutMs = 300000;
        bed.Peer.MaxRetransmit = 0;
        bed.Go(bed.Request(CoapCode.Get));
        bed.Sends("CON GET * t=*");
        Assert.That(bed.Passes(299999), Is.EqualTo(300000));
        bed.SendsNothing();
        bed.Passes(1);
        bed.SendsNothing();
        bed.Tells("failure 7 Timeout");
    }

    [Test]
    public void Reset_ends_a_request()
    {
        Bed bed = new();
        bed.Go(bed.Request(CoapCode.Get));
        Wire request = bed.Sends("CON GET * t=*");
        bed.PeerSends($"RST - {request.Mid}");
        bed.Tells("failure 7 Reset");
        Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.True);
        bed.Passes(100000);
        bed.SendsNothing();
        bed.TellsNothing();
    }

    [Test]
    public void Reset_with_another_message_id_ends_nothing()
    {
        Bed bed = new();
        bed.Go(bed.Request(CoapCode.Get));
        Wire request = bed.Sends("CON GET * t=*");
        bed.PeerSends($"RST - {request.Mid ^ 1}");
        bed.Tells($"reset {request.Mid ^ 1}");
        Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.False);
    }

    [Test]
    public void One_exchange_with_a_peer_at_a_time_but_one_with_each()
    {
        Bed bed = new();
        CoapPeer other = bed.Endpoint.AddPeer(1)!;
        bed.Go(bed.Request(CoapCode.Get));
        Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.False);
        Assert.That(bed.Endpoint.BeginRequest(bed.Peer), Is.Null);
        Assert.That(bed.Endpoint.Ping(bed.Peer, 1, 0), Is.False);
        CoapResponse notification = bed.Endpoint.BeginNotification(bed.Peer)!;
        Assert.That(bed.Endpoint.SendNotification(notification, new byte[1], 0, 1, true, 1, 0), Is.EqualTo(-1));
        Assert.That(bed.Endpoint.CanSend(other), Is.True);
        Assert.That(bed.Endpoint.SendRequest(bed.Endpoint.BeginRequest(other)!, 8, 0), Is.True);
        bed.Sends("CON GET * t=*");
        bed.Sends("CON GET * t=*", other);
        bed.SendsNothing();
    }

    [Test]
    public void Our_ping_is_answered_by_reset()
    {
        Bed bed = new();
        Assert.That(bed.Endpoint.Ping(bed.Peer, 9, bed.Now), Is.True);
        Wire ping = bed.Sends("CON - *");
        bed.PeerSends($"RST - {ping.Mid}");
        bed.Tells("acknowledged 9");
        Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.True);
    }

    [Test]
    public void Our_ping_is_retransmitted_and_fails_in_the_end()
    {
        Bed bed = new();
        bed.Endpoint.Ping(bed.Peer, 9, bed.Now);
        for (int i = 0; i < 5; i++)
        {
            bed.Sends("CON - *");
            bed.PassesUntilDue();
        }

        bed.SendsNothing();
        bed.Tells("failure 9 Timeout");
    }

    [Test]
    public void Message_ids_count_on_from_a_random_start()
    {
        Bed bed = new(seed: 5);
        Bed other = new(seed: 6);
        int last = -1;
        for (int i = 0; i < 70000; i += 1000)
        {
            bed.Endpoint.Ping(bed.Peer, 0, 0);
            Wire ping = bed.Sends("CON - *");
            if (last >= 0) Assert.That(ping.Mid, Is.EqualTo((last + 1) & 0xFFFF));
            last = ping.Mid;
            bed.Endpoint.Cancel(bed.Peer, 0, 0);
            bed.Tells("failure 0 Cancelled");
        }

        other.Endpoint.Ping(other.Peer, 0, 0);
        Assert.That(other.Sends("CON - *").Mid, Is.Not.EqualTo(last));
    }

    [Test]
    public void Losing_the_link_fails_what_is_out_and_drops_what_was_remembered()
    {
        Bed bed = new();
        bed.PeerSends("CON POST 10 t=aa /1/0/8");
        bed.Sends("ACK 2.05 10 t=aa");
        bed.Go(bed.Request(CoapCode.Get));
        bed.Sends("CON GET * t=*");
        bed.Endpoint.ResetPeer(bed.Peer, bed.Now);
        bed.Tells("failure 7 LinkLost");
        bed.PeerSends("CON POST 10 t=aa /1/0/8");
        bed.Sends("ACK 2.05 10 t=aa");
        Assert.That(bed.Requests, Is.EqualTo(2));
        Assert.That(bed.Passes(1000000), Is.EqualTo(long.MaxValue));
        bed.SendsNothing();
    }

    [Test]
    public void Peers_are_limited_and_their_places_used_again()
    {
        Bed bed = new(limits => limits.MaxPeers = 2);
        CoapPeer second = bed.Endpoint.AddPeer(1)!;
        Assert.That(bed.Endpoint.AddPeer(2), Is.Null);
        second.Tag = "x";
        bed.Endpoint.Ping(second, 3, 0);
        bed.Sends("CON - *", second);
        bed.Endpoint.RemovePeer(second, 0);
        bed.Tells("failure 3 Cancelled");
        bed.PeerSends("CON - 1", second);
        bed.SendsNothing();
        CoapPeer third = bed.Endpoint.AddPeer(2)!;
        Assert.That(third.Tag, Is.Null);
        Assert.That(third.Link, Is.EqualTo(2));
        Assert.That(bed.Endpoint.CanSend(third), Is.True);
    }

    [Test]
    public void A_peer_can_be_added_with_a_small_buffer()
    {
        Bed bed = new();
        CoapPeer small = bed.Endpoint.AddPeer(1, 140)!;
        Assert.That(small.MaxMessageBytes, Is.EqualTo(140));
        small.MaxMessageBytes = 600;
        Assert.That(small.MaxMessageBytes, Is.EqualTo(140));
        bed.Answer = (_, response) =>
        {
            response.Code = CoapCode.Content;
            Bed.Body(response, Wire.Pattern(100));
        };
        bed.PeerSends("CON GET 1 t=01 /3", small);
        bed.Sends("ACK 2.05 1 t=01 ETag=* Block2=0/1/64 Size2=100 | 64@0", small);

        bed.Endpoint.RemovePeer(small, 0);
        CoapPeer large = bed.Endpoint.AddPeer(1)!;
        Assert.That(large.MaxMessageBytes, Is.EqualTo(bed.Endpoint.MaxMessageBytes));
        bed.Endpoint.RemovePeer(large, 0);
        Assert.That(bed.Endpoint.AddPeer(1), Is.SameAs(large));
    }

    [TestCase(79)]
    [TestCase(100_000)]
    public void A_peer_with_a_buffer_of_no_use_is_refused(int maxMessageBytes)
    {
        Assert.That(() => new Bed().Endpoint.AddPeer(1, maxMessageBytes), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void An_owner_that_throws_leaves_the_endpoint_working()
    {
        Bed bed = new() { Answer = (_, _) => throw new InvalidOperationException("mine") };
        Assert.That(() => bed.PeerSends("CON GET 1 /a"), Throws.InvalidOperationException);
        bed.Answer = null;
        bed.PeerSends("CON GET 2 /a");
        bed.Sends("ACK 2.05 2");
        Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.True);
    }
}
