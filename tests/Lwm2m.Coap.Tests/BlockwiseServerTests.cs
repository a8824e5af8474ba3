using System;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>RFC 7959 as a server: bodies that a peer sends (Block1) and fetches (Block2).</summary>
[TestFixture]
internal sealed class BlockwiseServerTests
{
    private static Bed Receiver(Action<CoapLimits>? configure = null, bool small = false)
    {
        Bed bed = new(configure, small: small);
        bed.Answer = (request, response) =>
        {
            response.Code = CoapCode.Changed;
            response.Diagnostic(Describe(request));
        };
        return bed;
    }

    private static string Describe(CoapMessage request)
    {
        byte[] body = Bed.BodyOf(request);
        bool pattern = body.AsSpan().SequenceEqual(Wire.Pattern(body.Length));
        return Bed.Path(request) + " " + body.Length + (pattern ? " good" : " bad") + " cf " + request.ContentFormat;
    }

    [Test]
    public void A_body_in_blocks_is_handed_over_once_and_whole()
    {
        Bed bed = Receiver();
        bed.PeerSends("CON PUT 1 t=01 /5/0/0 CF=42 Block1=0/1/64 Size1=150 | 64@0");
        bed.Sends("ACK 2.31 1 t=01 Block1=0/1/64");
        bed.PeerSends("CON PUT 2 t=02 /5/0/0 CF=42 Block1=1/1/64 | 64@64");
        bed.Sends("ACK 2.31 2 t=02 Block1=1/1/64");
        bed.PeerSends("CON PUT 3 t=03 /5/0/0 CF=42 Block1=2/0/64 | 22@128");
        bed.Sends("ACK 2.04 3 t=03 Block1=2/0/64 | /5/0/0 150 good cf 42");
        Assert.That(bed.Requests, Is.EqualTo(1));
    }

    [Test]
    public void A_repeated_block_is_answered_the_same_and_taken_once()
    {
        Bed bed = Receiver();
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/1/64 | 64@0");
        bed.Sends("ACK 2.31 1 t=01 Block1=0/1/64");
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/1/64 | 64@0");
        bed.Sends("ACK 2.31 1 t=01 Block1=0/1/64");
        bed.PeerSends("CON PUT 2 t=02 /a Block1=1/1/64 | 64@64");
        bed.Sends("ACK 2.31 2 t=02 Block1=1/1/64");
        // The same block in a new message, as a client sends it that gave up on the first.
        bed.PeerSends("CON PUT 3 t=03 /a Block1=1/1/64 | 64@64");
        bed.Sends("ACK 2.31 3 t=03 Block1=1/1/64");
        bed.PeerSends("CON PUT 4 t=04 /a Block1=2/0/64 | 1@128");
        bed.Sends("ACK 2.04 4 t=04 Block1=2/0/64 | /a 129 good cf -1");
        bed.PeerSends("CON PUT 4 t=04 /a Block1=2/0/64 | 1@128");
        bed.Sends("ACK 2.04 4 t=04 Block1=2/0/64 | /a 129 good cf -1");
        Assert.That(bed.Requests, Is.EqualTo(1));
    }

    [Test]
    public void A_single_block_needs_no_assembly()
    {
        Bed bed = Receiver();
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/0/64 | 10@0");
        bed.Sends("ACK 2.04 1 t=01 Block1=0/0/64 | /a 10 good cf -1");
    }

    [Test]
    public void Smaller_blocks_are_asked_for_and_taken()
    {
        Bed bed = Receiver(limits => limits.BlockSize = 32);
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/1/128 | 128@0");
        bed.Sends("ACK 2.31 1 t=01 Block1=0/1/32");
        bed.PeerSends("CON PUT 2 t=02 /a Block1=4/1/32 | 32@128");
        bed.Sends("ACK 2.31 2 t=02 Block1=4/1/32");
        bed.PeerSends("CON PUT 3 t=03 /a Block1=5/0/32 | 8@160");
        bed.Sends("ACK 2.04 3 t=03 Block1=5/0/32 | /a 168 good cf -1");
    }

    [Test]
    public void Missing_blocks_are_incomplete()
    {
        Bed bed = Receiver();
        bed.PeerSends("CON PUT 1 t=01 /a Block1=1/1/64 | 64@64");
        bed.Sends("ACK 4.08 1 t=01 Block1=1/1/64");
        bed.PeerSends("CON PUT 2 t=01 /a Block1=0/1/64 | 64@0");
        bed.Sends("ACK 2.31 2 t=01 Block1=0/1/64");
        bed.PeerSends("CON PUT 3 t=01 /a Block1=2/0/64 | 64@128");
        bed.Sends("ACK 4.08 3 t=01 Block1=2/0/64");
        Assert.That(bed.Requests, Is.Zero);
    }

    [Test]
    public void Block_0_starts_over()
    {
        Bed bed = Receiver();
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/1/64 | 64@7");
        bed.PeerSends("CON PUT 2 t=01 /a Block1=1/1/64 | 64@7");
        bed.PeerSends("CON PUT 3 t=01 /a Block1=0/1/32 | 32@0");
        bed.PeerSends("CON PUT 4 t=01 /a Block1=1/0/32 | 32@32");
        bed.Sends("ACK 2.31 1 t=01 Block1=0/1/64");
        bed.Sends("ACK 2.31 2 t=01 Block1=1/1/64");
        bed.Sends("ACK 2.31 3 t=01 Block1=0/1/32");
        bed.Sends("ACK 2.04 4 t=01 Block1=1/0/32 | /a 64 good cf -1");
    }

    [Test]
    public void A_content_format_that_changes_midway_is_incomplete()
    {
        Bed bed = Receiver();
        bed.PeerSends("CON PUT 1 t=01 /a CF=0 Block1=0/1/64 | 64@0");
        bed.Sends("ACK 2.31 1 t=01 Block1=0/1/64");
        bed.PeerSends("CON PUT 2 t=01 /a CF=42 Block1=1/0/64 | 64@64");
        bed.Sends("ACK 4.08 2 t=01 Block1=1/0/64");
    }

    [TestCase("Block1=0/1/64 | 63@0", TestName = "too short with more to come")]
    [TestCase("Block1=0/1/64 | 65@0", TestName = "too long with more to come")]
    [TestCase("Block1=0/0/16 | 17@0", TestName = "last block too long")]
    [TestCase("Block1=0/1/bert | 1024@0", TestName = "size 7 in Block1")]
    [TestCase("Block2=0/0/bert", TestName = "size 7 in Block2")]
    public void A_block_of_the_wrong_size_is_a_bad_request(string rest)
    {
        Bed bed = Receiver();
        bed.PeerSends("CON PUT 1 t=01 /a " + rest);
        Assert.That(bed.Sends(rest.Contains("bert", StringComparison.Ordinal) ? "ACK 4.00 1 t=01" : "ACK 4.00 1 t=01 " + rest.Split(" | ")[0]).Code, Is.EqualTo(CoapCode.BadRequest));
        Assert.That(bed.Requests, Is.Zero);
    }

    [Test]
    public void A_body_over_the_limit_is_refused_with_the_limit()
    {
        Bed bed = Receiver(small: true);
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/1/512 Size1=1025 | 512@0");
        bed.Sends("ACK 4.13 1 t=01 Block1=0/1/512 Size1=1024");
        bed.PeerSends("CON PUT 2 t=01 /a Block1=0/1/512 | 512@0");
        bed.Sends("ACK 2.31 2 t=01 Block1=0/1/512");
        bed.PeerSends("CON PUT 3 t=01 /a Block1=1/1/512 | 512@512");
        bed.Sends("ACK 2.31 3 t=01 Block1=1/1/512");
        bed.PeerSends("CON PUT 4 t=01 /a Block1=2/0/512 | 1@1024");
        bed.Sends("ACK 4.13 4 t=01 Block1=2/0/512 Size1=1024");
        bed.PeerSends("CON PUT 5 t=01 /a Block1=1048575/0/16 | 1@0");
        bed.Sends("ACK 4.08 5 t=01 Block1=1048575/0/16");
        Assert.That(bed.Requests, Is.Zero);
    }

    [Test]
    public void Transfers_are_told_apart_by_path_peer_and_request_tag()
    {
        Bed bed = Receiver(limits => limits.Transfers = 5);
        CoapPeer other = bed.Endpoint.AddPeer(1)!;
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/1/16 | 16@0");
        bed.PeerSends("CON PUT 2 t=01 /b Block1=0/1/16 | 16@1");
        bed.PeerSends("CON PUT 3 t=01 /a Block1=0/1/16 RTag= | 16@2");
        bed.PeerSends("CON PUT 4 t=01 /a Block1=0/1/16 RTag=07 | 16@3");
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/1/16 | 16@4", other);
        for (int i = 1; i <= 4; i++) bed.Sends($"ACK 2.31 {i} t=01 Block1=0/1/16");
        bed.Sends("ACK 2.31 1 t=01 Block1=0/1/16", other);
        bed.PeerSends("CON PUT 5 t=01 /a Block1=1/0/16 | 9@16");
        bed.Sends("ACK 2.04 5 t=01 Block1=1/0/16 | /a 25 good cf -1");
        bed.PeerSends("CON PUT 6 t=01 /a Block1=1/0/16 RTag= | 9@16");
        bed.Sends("ACK 2.04 6 t=01 Block1=1/0/16 | /a 25 bad cf -1");
    }

    [Test]
    public void A_half_open_transfer_stops_no_other_request_and_gives_way_the_oldest_first()
    {
        Bed bed = Receiver(limits => limits.Transfers = 2);
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/1/16 | 16@0");
        bed.Passes(1000);
        bed.PeerSends("CON PUT 2 t=01 /b Block1=0/1/16 | 16@0");
        bed.Passes(1000);
        bed.PeerSends("CON PUT 3 t=01 /a Block1=1/1/16 | 16@16");
        bed.PeerSends("CON PUT 4 t=01 /x | y");
        bed.PeerSends("CON PUT 5 t=01 /c Block1=0/1/16 | 16@0");
        bed.Sends("ACK 2.31 1 t=01 Block1=0/1/16");
        bed.Sends("ACK 2.31 2 t=01 Block1=0/1/16");
        bed.Sends("ACK 2.31 3 t=01 Block1=1/1/16");
        bed.Sends("ACK 2.04 4 t=01 | /x 1 bad cf -1");
        bed.Sends("ACK 2.31 5 t=01 Block1=0/1/16");
        bed.PeerSends("CON PUT 6 t=01 /b Block1=1/0/16 | 16@16");
        bed.Sends("ACK 4.08 6 t=01 Block1=1/0/16");
        bed.PeerSends("CON PUT 7 t=01 /a Block1=2/0/16 | 16@32");
        bed.Sends("ACK 2.04 7 t=01 Block1=2/0/16 | /a 48 good cf -1");
        bed.PeerSends("CON PUT 8 t=01 /c Block1=1/0/16 | 16@16");
        bed.Sends("ACK 2.04 8 t=01 Block1=1/0/16 | /c 32 good cf -1");
    }

    [Test]
    public void A_half_open_transfer_is_forgotten_after_its_time()
    {
        Bed bed = Receiver();
        bed.PeerSends("CON PUT 1 t=01 /a Block1=0/1/16 | 16@0");
        bed.Sends("ACK 2.31 1 t=01 Block1=0/1/16");
        bed.Passes(93000);
        bed.PeerSends("CON PUT 2 t=01 /a Block1=1/0/16 | 16@16");
        bed.Sends("ACK 4.08 2 t=01 Block1=1/0/16");
    }

    [Test]
    public void Continue_is_never_unwanted()
    {
        Bed bed = Receiver();
        bed.PeerSends("NON PUT 1 t=01 /a Block1=0/1/16 NoResponse=26 | 16@0");
        bed.Sends("NON 2.31 * t=01 Block1=0/1/16");
        bed.PeerSends("NON PUT 2 t=01 /a Block1=1/0/16 NoResponse=26 | 16@16");
        bed.SendsNothing();
        Assert.That(bed.Requests, Is.EqualTo(1));
    }

    private static Bed Sender(byte[] content, Action<CoapLimits>? configure = null)
    {
        Bed bed = new(configure);
        bed.Answer = (request, response) =>
        {
            response.ContentFormat = 110;
            Bed.Body(response, content);
        };
        return bed;
    }

    private static string Tag(Wire wire) => Wire.Hex(wire.Options.Find(o => o.Number == CoapOption.ETag).Value);

    [Test]
    public void A_large_body_goes_out_block_by_block_from_one_snapshot()
    {
        byte[] content = Wire.Pattern(150);
        Bed bed = Sender(content, limits => limits.BlockSize = 64);
        bed.PeerSends("CON GET 1 t=01 /3 Accept=110");
        Wire first = bed.Sends("ACK 2.05 1 t=01 ETag=* CF=110 Block2=0/1/64 Size2=150 | 64@0");
        Array.Clear(content);
        bed.PeerSends("CON GET 2 t=02 /3 Accept=110 Block2=1/0/64");
        bed.Sends($"ACK 2.05 2 t=02 ETag={Tag(first)} CF=110 Block2=1/1/64 | 64@64");
        bed.PeerSends("CON GET 3 t=03 /3 Accept=110 Block2=2/0/64");
        bed.Sends($"ACK 2.05 3 t=03 ETag={Tag(first)} CF=110 Block2=2/0/64 | 22@128");
        bed.PeerSends("CON GET 4 t=04 /3 Accept=110 Block2=3/0/64");
        bed.Sends("ACK 4.00 4 t=04");
        Assert.That(bed.Requests, Is.EqualTo(1));
    }

    [Test]
    public void A_body_of_exactly_one_block_goes_out_whole()
    {
        Bed bed = Sender(Wire.Pattern(64), limits => limits.BlockSize = 64);
        bed.PeerSends("CON GET 1 t=01 /3");
        bed.Sends("ACK 2.05 1 t=01 CF=110 | 64@0");
        bed.PeerSends("CON GET 2 t=01 /3 Block2=0/0/64 Size2=0");
        bed.Sends("ACK 2.05 2 t=01 CF=110 Size2=64 | 64@0");
    }

    [Test]
    public void The_peer_may_ask_for_smaller_blocks_at_once_or_later()
    {
        Bed bed = Sender(Wire.Pattern(150), limits => limits.BlockSize = 64);
        bed.PeerSends("CON GET 1 t=01 /3 Block2=0/0/16");
        Wire first = bed.Sends("ACK 2.05 1 t=01 ETag=* CF=110 Block2=0/1/16 Size2=150 | 16@0");
        bed.PeerSends("CON GET 2 t=01 /3 Block2=0/0/1024");
        bed.Sends($"ACK 2.05 2 t=01 ETag={Tag(first)} CF=110 Block2=0/1/64 Size2=150 | 64@0");
        bed.PeerSends("CON GET 3 t=01 /3 Block2=2/0/32");
        bed.Sends($"ACK 2.05 3 t=01 ETag={Tag(first)} CF=110 Block2=2/1/32 | 32@64");
    }

    [Test]
    public void A_later_block_asked_for_in_a_larger_size_comes_in_ours_with_its_number()
    {
        Bed bed = Sender(Wire.Pattern(300), limits => limits.BlockSize = 64);
        bed.PeerSends("CON GET 1 t=01 /3 Block2=1/0/128");
        bed.Sends("ACK 2.05 1 t=01 ETag=* CF=110 Block2=2/1/64 | 64@128");
    }

    [Test]
    public void When_the_snapshot_is_gone_the_owner_is_asked_again_and_the_etag_tells_what_changed()
    {
        byte[] content = Wire.Pattern(150);
        Bed bed = Sender(content, limits => limits.BlockSize = 64);
        bed.PeerSends("CON GET 1 t=01 /3");
        string before = Tag(bed.Sends("ACK 2.05 1 t=01 ETag=* CF=110 Block2=0/1/64 Size2=150 | 64@0"));
        bed.Passes(93000);
        bed.PeerSends("CON GET 2 t=01 /3 Block2=1/0/64");
        bed.Sends($"ACK 2.05 2 t=01 ETag={before} CF=110 Block2=1/1/64 | 64@64");
        Assert.That(bed.Requests, Is.EqualTo(2));

        bed.Passes(93000);
        content[149] ^= 1;
        bed.PeerSends("CON GET 3 t=01 /3 Block2=1/0/64");
        Wire changed = bed.Sends("ACK 2.05 3 t=01 ETag=* CF=110 Block2=1/1/64 | 64@64");
        Assert.That(Tag(changed), Is.Not.EqualTo(before));
        Assert.That(bed.Requests, Is.EqualTo(3));
    }

    [Test]
    public void A_new_read_takes_a_new_snapshot()
    {
        byte[] content = Wire.Pattern(150);
        Bed bed = Sender(content, limits => limits.BlockSize = 64);
        bed.PeerSends("CON GET 1 t=01 /3");
        bed.Sends("ACK 2.05 1 t=01 ETag=* CF=110 Block2=0/1/64 Size2=150 | 64@0");
        Wire.Pattern(150, 1000).CopyTo(content, 0);
        bed.PeerSends("CON GET 2 t=01 /3");
        Wire second = bed.Sends("ACK 2.05 2 t=01 ETag=* CF=110 Block2=0/1/64 Size2=150 | 64@1000");
        bed.PeerSends("CON GET 3 t=01 /3 Block2=1/0/64");
        bed.Sends($"ACK 2.05 3 t=01 ETag={Tag(second)} CF=110 Block2=1/1/64 | 64@1064");
    }

    [Test]
    public void The_later_blocks_of_a_write_are_never_got_by_running_it_again()
    {
        Bed bed = Sender(Wire.Pattern(150), limits => limits.BlockSize = 64);
        bed.PeerSends("CON POST 1 t=01 /3 | go");
        bed.Sends("ACK 2.05 1 t=01 ETag=* CF=110 Block2=0/1/64 Size2=150 | 64@0");
        bed.PeerSends("CON POST 2 t=01 /3 Block2=1/0/64");
        bed.Sends("ACK 2.05 2 t=01 ETag=* CF=110 Block2=1/1/64 | 64@64");
        bed.Passes(93000);
        bed.PeerSends("CON POST 3 t=01 /3 Block2=2/0/64");
        bed.Sends("ACK 4.08 3 t=01");
        Assert.That(bed.Requests, Is.EqualTo(1));
    }

    [Test]
    public void Fetch_repeats_its_body_with_each_block_and_is_found_by_it()
    {
        Bed bed = Sender(Wire.Pattern(150), limits => limits.BlockSize = 64);
        bed.PeerSends("CON FETCH 1 t=01 / CF=320 | one");
        bed.Sends("ACK 2.05 1 t=01 ETag=* CF=110 Block2=0/1/64 Size2=150 | 64@0");
        bed.PeerSends("CON FETCH 2 t=01 / CF=320 Block2=1/0/64 | one");
        bed.Sends("ACK 2.05 2 t=01 ETag=* CF=110 Block2=1/1/64 | 64@64");
        Assert.That(bed.Requests, Is.EqualTo(1));
        bed.PeerSends("CON FETCH 3 t=01 / CF=320 Block2=2/0/64 | two");
        bed.Sends("ACK 2.05 3 t=01 ETag=* CF=110 Block2=2/0/64 | 22@128");
        Assert.That(bed.Requests, Is.EqualTo(2));
    }

    [Test]
    public void Upload_and_download_follow_each_other_in_one_exchange()
    {
        Bed bed = Sender(Wire.Pattern(100), limits => limits.BlockSize = 64);
        bed.PeerSends("CON FETCH 1 t=01 / CF=320 Block1=0/1/16 | 16@0");
        bed.Sends("ACK 2.31 1 t=01 Block1=0/1/16");
        bed.PeerSends("CON FETCH 2 t=02 / CF=320 Block2=0/0/64 Block1=1/0/16 | 5@16");
        Wire first = bed.Sends("ACK 2.05 2 t=02 ETag=* CF=110 Block2=0/1/64 Block1=1/0/16 Size2=100 | 64@0");
        bed.PeerSends("CON FETCH 3 t=03 / CF=320 Block2=1/0/64");
        bed.Sends($"ACK 2.05 3 t=03 ETag={Tag(first)} CF=110 Block2=1/0/64 | 36@64");
        Assert.That(bed.Requests, Is.EqualTo(1));
    }

    [Test]
    public void Without_a_place_for_the_snapshot_each_block_asks_the_owner()
    {
        Bed bed = Sender(Wire.Pattern(150), limits =>
        {
            limits.BlockSize = 64;
            limits.Transfers = 0;
        });
        bed.PeerSends("CON GET 1 t=01 /3");
        string tag = Tag(bed.Sends("ACK 2.05 1 t=01 ETag=* CF=110 Block2=0/1/64 Size2=150 | 64@0"));
        bed.PeerSends("CON GET 2 t=01 /3 Block2=2/0/64");
        bed.Sends($"ACK 2.05 2 t=01 ETag={tag} CF=110 Block2=2/0/64 | 22@128");
        Assert.That(bed.Requests, Is.EqualTo(2));
        bed.PeerSends("CON PUT 3 t=01 /3 Block1=0/1/16 | 16@0");
        bed.Sends("ACK 5.03 3 t=01 MaxAge=5 Block1=0/1/16");
    }

    [Test]
    public void A_peer_with_small_messages_gets_small_blocks()
    {
        Bed bed = Sender(Wire.Pattern(150));
        bed.Peer.MaxMessageBytes = 140;
        bed.PeerSends("CON GET 1 t=0102030405060708 /3");
        bed.Sends("ACK 2.05 1 t=0102030405060708 ETag=* CF=110 Block2=0/1/64 Size2=150 | 64@0");
        Assert.That(bed.LastRaw, Has.Length.LessThanOrEqualTo(140));
    }

    [Test]
    public void A_large_deferred_response_goes_out_in_blocks_too()
    {
        Bed bed = new(limits => limits.BlockSize = 64);
        int deferral = -1;
        bed.Answer = (_, response) => deferral = response.Defer();
        bed.PeerSends("CON GET 1 t=01 /3 Block2=0/0/32");
        bed.Sends("ACK - 1");
        CoapResponse later = bed.Endpoint.BeginDeferred(deferral)!;
        later.Code = CoapCode.Content;
        Bed.Body(later, Wire.Pattern(50));
        bed.Endpoint.SendDeferred(later, 1, bed.Now);
        Wire first = bed.Sends("CON 2.05 * t=01 ETag=* Block2=0/1/32 Size2=50 | 32@0");
        bed.PeerSends($"ACK - {first.Mid}");
        bed.PeerSends("CON GET 2 t=02 /3 Block2=1/0/32");
        bed.Sends($"ACK 2.05 2 t=02 ETag={Tag(first)} Block2=1/0/32 | 18@32");
        Assert.That(bed.Requests, Is.EqualTo(1));
    }
}
