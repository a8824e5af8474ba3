using System;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>RFC 7959 as a client: bodies that go out with a request (Block1) and come back with its response (Block2).</summary>
[TestFixture]
internal sealed class BlockwiseClientTests
{
    private static Bed Upload(int length, int blockSize = 64, Action<CoapLimits>? configure = null)
    {
        Bed bed = new(limits =>
        {
            limits.BlockSize = blockSize;
            configure?.Invoke(limits);
        });
        CoapRequest request = bed.Request(CoapCode.Post, "rd");
        request.ContentFormat = 40;
        request.AddQuery("ep", "abc");
        Bed.Body(request, Wire.Pattern(length));
        Assert.That(bed.Go(request), Is.True);
        return bed;
    }

    private static string RequestTag(Wire wire) => Wire.Hex(wire.Options.Find(o => o.Number == CoapOption.RequestTag).Value);

    [Test]
    public void A_large_body_goes_out_in_blocks_that_share_a_request_tag()
    {
        Bed bed = Upload(150);
        Wire first = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/64 Size1=150 RTag=* | 64@0");
        string tag = RequestTag(first);
        bed.PeerSends($"ACK 2.31 {first.Mid} t={first.Token} Block1=0/1/64");
        Wire second = bed.Sends($"CON POST * t=* /rd CF=40 ?ep=abc Block1=1/1/64 RTag={tag} | 64@64");
        bed.PeerSends($"ACK 2.31 {second.Mid} t={second.Token} Block1=1/1/64");
        Wire third = bed.Sends($"CON POST * t=* /rd CF=40 ?ep=abc Block1=2/0/64 RTag={tag} | 22@128");
        bed.TellsNothing();
        bed.PeerSends($"ACK 2.01 {third.Mid} t={third.Token} Loc=/rd/1 Block1=2/0/64");
        bed.Tells("response 7 2.01");
        bed.SendsNothing();

        CoapRequest again = bed.Request(CoapCode.Post, "rd");
        Bed.Body(again, Wire.Pattern(150));
        bed.Go(again);
        Assert.That(RequestTag(bed.Sends("CON POST * t=* /rd Block1=0/1/64 Size1=150 RTag=* | 64@0")), Is.Not.EqualTo(tag));
    }

    [Test]
    public void A_lost_block_is_retransmitted_with_the_same_bytes()
    {
        Bed bed = Upload(100);
        Wire first = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/64 Size1=100 RTag=* | 64@0");
        byte[] bytes = bed.LastRaw;
        bed.PassesUntilDue();
        Assert.That(bed.SendsRaw(), Is.EqualTo(bytes));
        bed.PeerSends($"ACK 2.31 {first.Mid} t={first.Token} Block1=0/1/64");
        bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=1/0/64 RTag=* | 36@64");
        for (int i = 0; i < 5; i++) bed.PassesUntilDue();
        bed.Tells("failure 7 Timeout");
    }

    [Test]
    public void The_server_may_ask_for_smaller_blocks_and_the_number_is_rescaled()
    {
        Bed bed = Upload(200, 128);
        Wire first = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/128 Size1=200 RTag=* | 128@0");
        bed.PeerSends($"ACK 2.31 {first.Mid} t={first.Token} Block1=0/1/32");
        Wire next = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=4/1/32 RTag=* | 32@128");
        bed.PeerSends($"ACK 2.31 {next.Mid} t={next.Token} Block1=4/1/32");
        next = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=5/1/32 RTag=* | 32@160");
        bed.PeerSends($"ACK 2.31 {next.Mid} t={next.Token} Block1=5/1/32");
        next = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=6/0/32 RTag=* | 8@192");
        bed.PeerSends($"ACK 2.04 {next.Mid} t={next.Token} Block1=6/0/32");
        bed.Tells("response 7 2.04");
    }

    [Test]
    public void Too_large_with_a_smaller_size_starts_over_in_that_size()
    {
        Bed bed = Upload(150, 128);
        Wire first = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/128 Size1=150 RTag=* | 128@0");
        bed.PeerSends($"ACK 4.13 {first.Mid} t={first.Token} Block1=0/1/64");
        bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/64 Size1=150 RTag=* | 64@0");
        bed.TellsNothing();
    }

    [Test]
    public void Too_large_without_a_size_is_the_response()
    {
        Bed bed = Upload(150, 128);
        Wire first = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/128 Size1=150 RTag=* | 128@0");
        bed.PeerSends($"ACK 4.13 {first.Mid} t={first.Token} Size1=100");
        bed.Tells("response 7 4.13");
        bed.SendsNothing();
    }

    [Test]
    public void A_body_that_was_sent_whole_is_split_when_the_server_names_a_size()
    {
        Bed bed = new();
        CoapRequest request = bed.Request(CoapCode.Put, "a");
        Bed.Body(request, Wire.Pattern(100));
        bed.Go(request);
        Wire whole = bed.Sends("CON PUT * t=* /a | 100@0");
        bed.PeerSends($"ACK 4.13 {whole.Mid} t={whole.Token} Block1=0/1/64");
        Wire first = bed.Sends("CON PUT * t=* /a Block1=0/1/64 Size1=100 | 64@0");
        bed.PeerSends($"ACK 2.31 {first.Mid} t={first.Token} Block1=0/1/64");
        Wire second = bed.Sends("CON PUT * t=* /a Block1=1/0/64 | 36@64");
        bed.PeerSends($"ACK 2.04 {second.Mid} t={second.Token} Block1=1/0/64");
        bed.Tells("response 7 2.04");
    }

    [Test]
    public void Incomplete_starts_over_a_limited_number_of_times()
    {
        Bed bed = Upload(100);
        for (int i = 0; i < 4; i++)
        {
            Wire first = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/64 Size1=100 RTag=* | 64@0");
            bed.PeerSends($"ACK 2.31 {first.Mid} t={first.Token} Block1=0/1/64");
            Wire second = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=1/0/64 RTag=* | 36@64");
            bed.TellsNothing();
            bed.PeerSends($"ACK 4.08 {second.Mid} t={second.Token} Block1=1/0/64");
        }

        bed.SendsNothing();
        bed.Tells("response 7 4.08");
    }

    [TestCase("2.31", TestName = "Continue without Block1")]
    [TestCase("2.31 Block1=1/1/64", TestName = "Continue for another block")]
    [TestCase("2.31 Block1=0/1/bert", TestName = "Continue with size 7")]
    [TestCase("2.04", TestName = "success without Block1")]
    public void A_server_that_breaks_the_rules_of_block1_fails_as_such(string answer)
    {
        Bed bed = Upload(100);
        Wire first = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/64 Size1=100 RTag=* | 64@0");
        string[] parts = answer.Split(' ', 2);
        bed.PeerSends($"ACK {parts[0]} {first.Mid} t={first.Token} {(parts.Length > 1 ? parts[1] : "")}");
        bed.SendsNothing();
        bed.Tells("failure 7 BlockMismatch");
    }

    [Test]
    public void Continue_for_the_last_block_is_against_the_rules()
    {
        Bed bed = Upload(100);
        Wire first = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/64 Size1=100 RTag=* | 64@0");
        bed.PeerSends($"ACK 2.31 {first.Mid} t={first.Token} Block1=0/1/64");
        Wire second = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=1/0/64 RTag=* | 36@64");
        bed.PeerSends($"ACK 2.31 {second.Mid} t={second.Token} Block1=1/0/64");
        bed.Tells("failure 7 BlockMismatch");
    }

    [Test]
    public void A_server_that_applies_each_block_by_itself_gets_them_all()
    {
        Bed bed = Upload(100);
        Wire first = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/64 Size1=100 RTag=* | 64@0");
        bed.PeerSends($"ACK 2.04 {first.Mid} t={first.Token} Block1=0/0/64");
        bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=1/0/64 RTag=* | 36@64");
    }

    [Test]
    public void An_error_in_the_middle_is_the_response()
    {
        Bed bed = Upload(100);
        Wire first = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/64 Size1=100 RTag=* | 64@0");
        bed.PeerSends($"ACK 4.03 {first.Mid} t={first.Token}");
        bed.Tells("response 7 4.03");
        bed.SendsNothing();
    }

    [Test]
    public void Echo_challenge_to_the_first_block_repeats_that_block()
    {
        Bed bed = Upload(100);
        Wire first = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/64 Size1=100 RTag=* | 64@0");
        bed.PeerSends($"ACK 4.01 {first.Mid} t={first.Token} Echo=aabb");
        Wire again = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/64 Size1=100 Echo=aabb RTag=* | 64@0");
        bed.PeerSends($"ACK 2.31 {again.Mid} t={again.Token} Block1=0/1/64");
        bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=1/0/64 Echo=aabb RTag=* | 36@64");
    }

    [Test]
    public void Blocks_of_a_peer_with_small_messages_are_small()
    {
        Bed bed = new();
        bed.Peer.MaxMessageBytes = 140;
        CoapRequest request = bed.Request(CoapCode.Post, "rd");
        Bed.Body(request, Wire.Pattern(100));
        bed.Go(request);
        bed.Sends("CON POST * t=* /rd Block1=0/1/64 Size1=100 RTag=* | 64@0");
        Assert.That(bed.LastRaw, Has.Length.LessThanOrEqualTo(140));
    }

    private static Wire Fetch(Bed bed, bool stream = false, int observe = -1)
    {
        CoapRequest request = bed.Request(CoapCode.Get, "a");
        request.StreamResponse = stream;
        request.Observe = observe;
        Assert.That(bed.Go(request), Is.True);
        return bed.Sends(observe == 0 ? "CON GET * t=* Observe=0 /a" : "CON GET * t=* /a");
    }

    [Test]
    public void A_response_in_blocks_is_handed_over_once_and_whole()
    {
        Bed bed = new();
        int format = -1;
        bed.Response = message => format = message.ContentFormat;
        Wire first = Fetch(bed);
        bed.PeerSends($"ACK 2.05 {first.Mid} t={first.Token} ETag=01 CF=40 Block2=0/1/64 Size2=150 | 64@0");
        Wire second = bed.Sends("CON GET * t=* /a Block2=1/0/64");
        Assert.That(second.Token, Is.Not.EqualTo(first.Token));
        bed.PeerSends($"ACK 2.05 {second.Mid} t={second.Token} ETag=01 Block2=1/1/64 | 64@64");
        Wire third = bed.Sends("CON GET * t=* /a Block2=2/0/64");
        bed.PeerSends($"ACK 2.05 {third.Mid} t={third.Token} ETag=01 Block2=2/0/64 | 22@128");
        bed.Tells("response 7 2.05 | 150@0");
        Assert.That(format, Is.EqualTo(40));
        bed.SendsNothing();
        Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.True);
    }

    [Test]
    public void A_board_asks_for_its_block_size_at_once()
    {
        Bed bed = new(small: true);
        bed.Go(bed.Request(CoapCode.Get, "a"));
        Wire first = bed.Sends("CON GET * t=* /a Block2=0/0/512");
        bed.PeerSends($"ACK 2.05 {first.Mid} t={first.Token} Block2=0/1/256 | 256@0");
        bed.Sends("CON GET * t=* /a Block2=1/0/256");
    }

    [Test]
    public void The_first_token_stays_that_of_the_observation()
    {
        Bed bed = new();
        Wire first = Fetch(bed, observe: 0);
        bed.PeerSends($"ACK 2.05 {first.Mid} t={first.Token} ETag=01 Observe=9 Block2=0/1/16 | 16@0");
        Wire second = bed.Sends("CON GET * t=* /a Block2=1/0/16");
        Assert.That(second.Token, Is.Not.EqualTo(first.Token));
        bed.PeerSends($"ACK 2.05 {second.Mid} t={second.Token} ETag=01 Block2=1/0/16 | 1@16");
        bed.Tells("response 7 2.05 Observe=9 | 17@0");
    }

    [Test]
    public void A_changed_etag_starts_over_a_limited_number_of_times()
    {
        Bed bed = new();
        Wire request = Fetch(bed);
        for (int i = 0; i < 4; i++)
        {
            bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} ETag=0{i} Block2=0/1/16 | 16@0");
            request = bed.Sends("CON GET * t=* /a Block2=1/0/16");
            bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} ETag=0{i + 1} Block2=1/0/16 | 1@16");
            if (i < 3) request = bed.Sends("CON GET * t=* /a Block2=0/0/16");
        }

        bed.SendsNothing();
        bed.Tells("failure 7 Changed");
    }

    [Test]
    public void Incomplete_in_the_middle_of_a_read_starts_over()
    {
        Bed bed = new();
        Wire request = Fetch(bed);
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} Block2=0/1/16 | 16@0");
        request = bed.Sends("CON GET * t=* /a Block2=1/0/16");
        bed.PeerSends($"ACK 4.08 {request.Mid} t={request.Token}");
        request = bed.Sends("CON GET * t=* /a Block2=0/0/16");
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} Block2=0/0/16 | 5@0");
        bed.Tells("response 7 2.05 | x" + Wire.Hex(Wire.Pattern(5)));
    }

    [TestCase("Block2=2/1/16 | 16@0", TestName = "another number")]
    [TestCase("Block2=1/1/16 | 15@0", TestName = "too short with more to come")]
    [TestCase("Block2=1/0/16 | 17@0", TestName = "too long")]
    [TestCase("Block2=0/1/16 | 16@0", TestName = "the same block again")]
    [TestCase("Block2=1/1/bert | 16@0", TestName = "size 7 in the response")]
    [TestCase(" | 16@0", TestName = "no Block2 in the middle")]
    public void A_server_that_breaks_the_rules_of_block2_fails_as_such(string rest)
    {
        Bed bed = new();
        Wire request = Fetch(bed);
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} Block2=0/1/16 | 16@0");
        request = bed.Sends("CON GET * t=* /a Block2=1/0/16");
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} {rest}");
        bed.SendsNothing();
        bed.Tells("failure 7 BlockMismatch");
    }

    [Test]
    public void An_error_in_the_middle_of_a_read_is_the_response()
    {
        Bed bed = new();
        Wire request = Fetch(bed);
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} Block2=0/1/16 | 16@0");
        request = bed.Sends("CON GET * t=* /a Block2=1/0/16");
        bed.PeerSends($"ACK 4.04 {request.Mid} t={request.Token}");
        bed.Tells("response 7 4.04");
    }

    [Test]
    public void Too_large_in_the_middle_of_a_read_splits_nothing_and_keeps_no_place()
    {
        Bed bed = new(limits => limits.Transfers = 1);
        for (int i = 0; i < 2; i++)
        {
            CoapRequest fetch = bed.Request(CoapCode.Fetch);
            Bed.Body(fetch, Wire.Pattern(100));
            bed.Go(fetch);
            Wire request = bed.Sends("CON FETCH * t=* | 100@0");
            bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} Block2=0/1/16 | 16@0");
            request = bed.Sends("CON FETCH * t=* Block2=1/0/16 | 100@0");
            bed.PeerSends($"ACK 4.13 {request.Mid} t={request.Token} Block1=0/1/16");
            bed.Tells("response 7 4.13");
            bed.SendsNothing();
        }
    }

    [Test]
    public void A_body_over_the_limit_fails_as_soon_as_it_is_known()
    {
        Bed bed = new(limits => limits.MaxPayloadBytes = 100);
        Wire request = Fetch(bed);
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} Block2=0/1/64 Size2=101 | 64@0");
        bed.Tells("failure 7 TooLarge");
        request = Fetch(bed);
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} Block2=0/1/64 | 64@0");
        request = bed.Sends("CON GET * t=* /a Block2=1/0/64");
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} Block2=1/1/64 | 64@64");
        bed.Tells("failure 7 TooLarge");
        bed.SendsNothing();
    }

    [Test]
    public void A_response_can_be_streamed_larger_than_any_buffer()
    {
        Bed bed = new(limits => limits.MaxPayloadBytes = 100);
        int place = 0;
        bed.Response = message => Assert.That(Bed.BodyOf(message), Is.EqualTo(Wire.Pattern(message.PayloadLength, 64 * place++)));
        Wire request = Fetch(bed, stream: true);
        for (int i = 0; i < 5; i++)
        {
            bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} ETag=aa Block2={i}/1/64 Size2=330 | 64@{i * 64}");
            bed.Tells($"response 7 2.05 | 64@{i * 64}");
            request = bed.Sends($"CON GET * t=* /a Block2={i + 1}/0/64");
        }

        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} ETag=aa Block2=5/0/64 | 16@320");
        bed.Tells("response 7 2.05 | 16@320");
        bed.SendsNothing();
        Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.True);
    }

    [Test]
    public void A_stream_can_be_resumed_cancelled_and_ends_when_the_content_changes()
    {
        Bed bed = new();
        CoapRequest resume = bed.Request(CoapCode.Get, "a");
        resume.StreamResponse = true;
        resume.Block2 = BlockOption.Encode(4, false, 2);
        bed.Go(resume);
        Wire request = bed.Sends("CON GET * t=* /a Block2=4/0/64");
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} ETag=aa Block2=4/1/64 | 64@256");
        bed.Tells("response 7 2.05 | 64@256");
        request = bed.Sends("CON GET * t=* /a Block2=5/0/64");
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} ETag=bb Block2=5/1/64 | 64@320");
        bed.Tells("failure 7 Changed");

        bed.Response = _ => bed.Endpoint.Cancel(bed.Peer, 7, bed.Now);
        request = Fetch(bed, stream: true);
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} ETag=aa Block2=0/1/64 | 64@0");
        bed.Tells("response 7 2.05 | 64@0");
        bed.Tells("failure 7 Cancelled");
        bed.SendsNothing();
    }

    [Test]
    public void Upload_then_download_in_one_exchange()
    {
        Bed bed = Upload(100);
        Wire request = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=0/1/64 Size1=100 RTag=* | 64@0");
        bed.PeerSends($"ACK 2.31 {request.Mid} t={request.Token} Block1=0/1/64");
        request = bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc Block1=1/0/64 RTag=* | 36@64");
        bed.PeerSends($"ACK 2.04 {request.Mid} t={request.Token} ETag=aa Block2=0/1/16 Block1=1/0/64 | 16@0");
        request = bed.Sends("CON POST * t=* /rd ?ep=abc Block2=1/0/16");
        bed.PeerSends($"ACK 2.04 {request.Mid} t={request.Token} ETag=aa Block2=1/0/16 | 9@16");
        bed.Tells("response 7 2.04 | 25@0");
    }

    [Test]
    public void Fetch_repeats_its_body_for_each_block()
    {
        Bed bed = new();
        CoapRequest fetch = bed.Request(CoapCode.Fetch);
        fetch.ContentFormat = 320;
        Bed.Body(fetch, "[1]");
        bed.Go(fetch);
        Wire request = bed.Sends("CON FETCH * t=* CF=320 | [1]");
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} Block2=0/1/16 | 16@0");
        bed.Sends("CON FETCH * t=* CF=320 Block2=1/0/16 | [1]");
    }

    [Test]
    public void A_peers_half_open_transfer_makes_room_for_an_own_one()
    {
        Bed bed = new(limits =>
        {
            limits.Transfers = 1;
            limits.BlockSize = 64;
        });
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/1/16 | 16@0");
        bed.Sends("ACK 2.31 1 t=01 Block1=0/1/16");
        CoapRequest request = bed.Request(CoapCode.Post, "rd");
        Bed.Body(request, Wire.Pattern(100));
        Assert.That(bed.Go(request), Is.True);
        bed.Sends("CON POST * t=* /rd Block1=0/1/64 Size1=100 RTag=* | 64@0");
        bed.PeerSends("CON PUT 2 t=01 /a Block1=1/0/16 | 16@16");
        bed.Sends("ACK 4.08 2 t=01 Block1=1/0/16");
    }

    [Test]
    public void An_own_transfer_gives_way_only_while_its_server_is_silent()
    {
        Bed bed = new(limits =>
        {
            limits.Transfers = 1;
            limits.BlockSize = 64;
        });
        CoapPeer other = bed.Endpoint.AddPeer(1)!;
        CoapRequest request = bed.Request(CoapCode.Post, "rd");
        Bed.Body(request, Wire.Pattern(100));
        bed.Go(request);
        bed.Sends("CON POST * t=* /rd Block1=0/1/64 Size1=100 RTag=* | 64@0");
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/1/16 | 16@0", other);
        bed.Sends("ACK 5.03 1 t=01 MaxAge=5 Block1=0/1/16", other);
        bed.TellsNothing();
        bed.PassesUntilDue();
        bed.SendsRaw();
        bed.PeerSends("CON PUT 2 t=01 /a Block1=0/1/16 | 16@0", other);
        bed.Sends("ACK 2.31 2 t=01 Block1=0/1/16", other);
        bed.Tells("failure 7 TransferDropped");
        Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.True);
    }

    [Test]
    public void Without_a_place_a_large_request_is_not_sent_and_a_large_response_fails_as_such()
    {
        Bed bed = new(limits => limits.Transfers = 0);
        CoapRequest request = bed.Request(CoapCode.Post, "rd");
        Bed.Body(request, Wire.Pattern(1100));
        Assert.That(bed.Go(request), Is.False);
        bed.SendsNothing();
        Wire get = Fetch(bed);
        bed.PeerSends($"ACK 2.05 {get.Mid} t={get.Token} Block2=0/1/16 | 16@0");
        bed.Tells("failure 7 NoTransfer");
    }
}
