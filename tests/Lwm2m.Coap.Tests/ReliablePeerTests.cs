using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>A peer behind a connection: no message layer (RFC 8323 3), whole bodies, BERT (RFC 8323 6).</summary>
[TestFixture]
internal sealed class ReliablePeerTests
{
    private static Bed Reliable(int peerTakes = 1152, bool blocks = true, int own = 8192, int blockSize = 1024)
    {
        Bed bed = new(limits =>
        {
            limits.MaxMessageBytes = own;
            limits.BlockSize = blockSize;
        });
        bed.Peer.IsReliable = true;
        bed.Peer.MaxMessageBytes = peerTakes;
        bed.Peer.TakesBlocks = blocks;
        return bed;
    }

    private static void Answers(Bed bed, int bytes, int format = -1) => bed.Answer = (_, response) =>
    {
        response.ContentFormat = format;
        Bed.Body(response, Wire.Pattern(bytes));
    };

    [Test]
    public void Base_values_hold_at_first_and_again_after_a_reconnect()
    {
        Bed bed = new();
        Assert.That(bed.Peer.IsReliable, Is.False);
        Assert.That(bed.Peer.MaxMessageBytes, Is.EqualTo(1500));
        bed.Peer.IsReliable = true;
        Assert.That(bed.Peer.MaxMessageBytes, Is.EqualTo(1152));
        Assert.That(bed.Peer.TakesBlocks, Is.False);
        Assert.That(bed.Peer.TakesBert, Is.False);
        bed.Peer.TakesBlocks = true;
        bed.Peer.MaxMessageBytes = 1153;
        Assert.That(bed.Peer.TakesBert, Is.True);
        bed.Peer.IsReliable = true;
        Assert.That(bed.Peer.MaxMessageBytes, Is.EqualTo(1152));
        Assert.That(bed.Peer.TakesBlocks, Is.False);
        bed.Peer.IsReliable = false;
        Assert.That(bed.Peer.MaxMessageBytes, Is.EqualTo(1500));
    }

    [Test]
    public void Requests_are_answered_each_time()
    {
        Bed bed = Reliable();
        for (int i = 1; i <= 3; i++)
        {
            bed.PeerSends("NON GET 0 t=0a /3/0/0");
            bed.Sends("NON 2.05 * t=0a");
            Assert.That(bed.Requests, Is.EqualTo(i));
        }

        bed.PeerSends("NON PUT 0 t=0b /3 | a");
        bed.PeerSends("NON PUT 0 t=0c /3 | b");
        bed.Sends("NON 2.05 * t=0b");
        bed.Sends("NON 2.05 * t=0c");
        bed.SendsNothing();
    }

    [Test]
    public void Bad_critical_option_is_told()
    {
        Bed bed = Reliable();
        bed.PeerSends("NON GET 0 t=0a #9=01 /3");
        bed.Sends("NON 4.02 * t=0a | option 9");
        Assert.That(bed.Requests, Is.Zero);
    }

    [Test]
    public void Format_errors_and_strays_are_passed_over()
    {
        Bed bed = Reliable();
        bed.PeerSends(new byte[] { 0x50, 0x01, 0, 0, 0xFF });
        bed.PeerSends("NON - 0");
        bed.PeerSends("NON 2.05 0 t=77 | x");
        bed.Tells("unmatched 2.05 | x");
        bed.PeerSends("NON 2.05 0 t=77 | y");
        bed.Tells("unmatched 2.05 | y");
        bed.SendsNothing();
    }

    [Test]
    public void A_request_goes_once_and_times_out_once()
    {
        Bed bed = Reliable();
        bed.Go(bed.Request(CoapCode.Get, 3));
        bed.Sends("NON GET * t=* /3");
        bed.Passes(92999);
        bed.SendsNothing();
        bed.TellsNothing();
        bed.Passes(1);
        bed.Tells("failure 7 ResponseTimeout");
        bed.SendsNothing();
    }

    [Test]
    public void Responses_are_matched_by_token_alone()
    {
        Bed bed = Reliable();
        for (int i = 0; i < 3; i++)
        {
            bed.Go(bed.Request(CoapCode.Post, "rd"), i);
            Wire request = bed.Sends("NON POST * t=* /rd");
            bed.PeerSends("NON 2.04 0 t=" + request.Token);
            bed.Tells("response " + i + " 2.04");
        }

        bed.SendsNothing();
    }

    [Test]
    public void A_response_with_a_bad_option_fails_the_exchange()
    {
        Bed bed = Reliable();
        bed.Go(bed.Request(CoapCode.Get));
        bed.PeerSends("NON 2.05 0 #9=01 t=" + bed.Sends("NON GET * t=*").Token);
        bed.Tells("failure 7 BadResponse");
        bed.SendsNothing();
    }

    [Test]
    public void A_response_that_was_too_large_fails_its_exchange_only()
    {
        Bed bed = Reliable();
        bed.Go(bed.Request(CoapCode.Get));
        string token = bed.Sends("NON GET * t=*").Token;
        byte[] other = Wire.Datagram("NON 2.05 0 t=99");
        bed.Endpoint.ReceiveTooLarge(bed.Peer, other, 0, other.Length, 0);
        bed.TellsNothing();
        byte[] head = Wire.Datagram("NON 2.05 0 t=" + token);
        bed.Endpoint.ReceiveTooLarge(bed.Peer, head, 0, head.Length, 0);
        bed.Tells("failure 7 TooLarge");
        bed.SendsNothing();
        Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.True);
    }

    [Test]
    public void A_confirmable_notification_is_sent_at_once_and_not_awaited()
    {
        Bed bed = Reliable();
        bed.Go(bed.Request(CoapCode.Get));
        Wire request = bed.Sends("NON GET * t=*");
        for (int i = 0; i < 2; i++)
        {
            CoapResponse notification = bed.Endpoint.BeginNotification(bed.Peer)!;
            notification.ObserveSequence = 5 + i;
            Bed.Body(notification, "21.5");
            Assert.That(bed.Endpoint.SendNotification(notification, new byte[] { 0xAB }, 0, 1, true, 3, 0), Is.Not.Negative);
            bed.Sends("NON 2.05 * t=ab Observe=" + (5 + i) + " | 21.5");
        }

        bed.PeerSends("NON 2.05 0 t=" + request.Token);
        bed.Tells("response 7 2.05");
        Assert.That(bed.Passes(1000000), Is.EqualTo(long.MaxValue));
        bed.TellsNothing();
    }

    [Test]
    public void The_endpoint_does_not_ping()
    {
        Bed bed = Reliable();
        Assert.That(bed.Endpoint.Ping(bed.Peer, 1, 0), Is.False);
        bed.SendsNothing();
    }

    [Test]
    public void A_deferred_response_comes_as_a_message_of_its_own()
    {
        Bed bed = Reliable();
        int deferral = -1;
        bed.Answer = (_, response) => deferral = response.Defer();
        bed.PeerSends("NON POST 0 t=0102 /3/0/4");
        bed.SendsNothing();
        bed.Go(bed.Request(CoapCode.Get));
        bed.Sends("NON GET * t=*");
        CoapResponse later = bed.Endpoint.BeginDeferred(deferral)!;
        later.Code = CoapCode.Changed;
        Assert.That(bed.Endpoint.SendDeferred(later, 1, 0), Is.True);
        bed.Sends("NON 2.04 * t=0102");
        bed.TellsNothing();
    }

    [Test]
    public void An_echo_is_sent_back()
    {
        Bed bed = Reliable();
        bed.Go(bed.Request(CoapCode.Post, "rd"));
        bed.PeerSends("NON 4.01 0 Echo=0102 t=" + bed.Sends("NON POST * t=* /rd").Token);
        bed.PeerSends("NON 2.01 0 Loc=/rd/1 t=" + bed.Sends("NON POST * t=* /rd Echo=0102").Token);
        bed.Tells("response 7 2.01");
    }

    // Header 4, token 1, Content-Format 1 and marker 1 make 7.
    [TestCase(1152, 1145, true)]
    [TestCase(1152, 1146, false)]
    [TestCase(600, 593, true)]
    [TestCase(600, 594, false)]
    [TestCase(6000, 5993, true)]
    public void A_response_that_fits_goes_whole(int peerTakes, int bytes, bool whole)
    {
        Bed bed = Reliable(peerTakes);
        Answers(bed, bytes, 0);
        bed.PeerSends("NON GET 0 t=0a /x");
        if (whole) bed.Sends($"NON 2.05 * t=0a CF=0 | {bytes}@0");
        else bed.Sends($"NON 2.05 * t=0a ETag=* CF=0 Block2=0/1/{(peerTakes < 1100 ? 512 : 1024)} Size2={bytes} | {(peerTakes < 1100 ? 512 : 1024)}@0");
    }

    // Header 4, token 4, path 2 and marker 1 make 11.
    [TestCase(1152, 1141, true)]
    [TestCase(1152, 1142, false)]
    [TestCase(6000, 5989, true)]
    public void A_request_that_fits_goes_whole(int peerTakes, int bytes, bool whole)
    {
        Bed bed = Reliable(peerTakes);
        CoapRequest request = bed.Request(CoapCode.Put, "x");
        Bed.Body(request, Wire.Pattern(bytes));
        Assert.That(bed.Go(request), Is.True);
        bed.Sends(whole ? $"NON PUT * t=* /x | {bytes}@0" : $"NON PUT * t=* /x Block1=0/1/1024 Size1={bytes} | 1024@0");
    }

    [Test]
    public void Who_takes_no_blocks_gets_none()
    {
        Bed bed = Reliable(blocks: false);
        CoapRequest request = bed.Request(CoapCode.Put, "x");
        Bed.Body(request, Wire.Pattern(1142));
        Assert.That(bed.Go(request), Is.False);
        request = bed.Request(CoapCode.Put, "x");
        Bed.Body(request, Wire.Pattern(1141));
        Assert.That(bed.Go(request), Is.True);
        bed.Sends("NON PUT * t=* /x | 1141@0");

        Answers(bed, 1200);
        bed.PeerSends("NON GET 0 t=0a /x");
        bed.Sends("NON 5.00 * t=0a");
        bed.PeerSends("NON GET 0 t=0a /x Block2=0/0/64");
        bed.Sends("NON 2.05 * t=0a ETag=* Block2=0/1/64 Size2=1200 | 64@0");
    }

    [Test]
    public void Blocks_that_are_asked_for_are_sent()
    {
        Bed bed = Reliable(6000);
        Answers(bed, 100);
        bed.PeerSends("NON GET 0 t=0a /x Block2=0/0/64");
        bed.Sends("NON 2.05 * t=0a ETag=* Block2=0/1/64 Size2=100 | 64@0");
        bed.PeerSends("NON GET 0 t=0b /x Block2=1/0/64");
        bed.Sends("NON 2.05 * t=0b ETag=* Block2=1/0/64 | 36@64");
        bed.PeerSends("NON GET 0 t=0c /x Block2=0/0/bert");
        bed.Sends("NON 2.05 * t=0c | 100@0");
    }

    [Test]
    public void Responses_are_served_in_BERT()
    {
        Bed bed = Reliable(3300);
        Answers(bed, 8000);
        bed.PeerSends("NON GET 0 t=0a /x");
        bed.Sends("NON 2.05 * t=0a ETag=* Block2=0/1/bert Size2=8000 | 3072@0");
        bed.PeerSends("NON GET 0 t=0a /x Block2=3/0/bert");
        bed.Sends("NON 2.05 * t=0a ETag=* Block2=3/1/bert | 3072@3072");
        bed.PeerSends("NON GET 0 t=0a /x Block2=6/0/bert");
        bed.Sends("NON 2.05 * t=0a ETag=* Block2=6/0/bert | 1856@6144");
        Assert.That(bed.Requests, Is.EqualTo(1));
        bed.PeerSends("NON GET 0 t=0a /x Block2=7/0/1024");
        bed.Sends("NON 2.05 * t=0a ETag=* Block2=7/0/1024 | 832@7168");
        bed.PeerSends("NON GET 0 t=0a /x Block2=8/0/bert");
        bed.Sends("NON 4.00 * t=0a");
    }

    [TestCase(1152)]
    [TestCase(1153)]
    public void BERT_needs_more_than_the_base_size(int peerTakes)
    {
        Bed bed = Reliable(peerTakes);
        Answers(bed, 3000);
        bed.PeerSends("NON GET 0 t=0a /x Block2=0/0/bert");
        bed.Sends("NON 2.05 * t=0a ETag=* Block2=0/1/" + (peerTakes > 1152 ? "bert" : "1024") + " Size2=3000 | 1024@0");
    }

    [Test]
    public void Uploads_in_BERT_are_taken()
    {
        Bed bed = Reliable(6000);
        byte[] got = System.Array.Empty<byte>();
        bed.Answer = (request, response) =>
        {
            got = Bed.BodyOf(request);
            response.Code = CoapCode.Changed;
        };
        bed.PeerSends("NON PUT 0 t=0a /x Block1=0/1/bert | 2048@0");
        bed.Sends("NON 2.31 * t=0a Block1=0/1/bert");
        bed.PeerSends("NON PUT 0 t=0b /x Block1=2/1/bert | 4096@2048");
        bed.Sends("NON 2.31 * t=0b Block1=2/1/bert");
        bed.PeerSends("NON PUT 0 t=0c /x Block1=6/0/bert | 1500@6144");
        bed.Sends("NON 2.04 * t=0c Block1=6/0/bert");
        Assert.That(got, Is.EqualTo(Wire.Pattern(7644)));
    }

    [TestCase("NON PUT 0 t=0a /x Block1=0/1/bert | 1000@0")]
    [TestCase("NON PUT 0 t=0a /x Block1=0/1/bert")]
    [TestCase("NON PUT 0 t=0a /x Block1=0/1/bert | 2049@0")]
    [TestCase("NON PUT 0 t=0a /x Block1=0/1/1024 | 2048@0")]
    public void Blocks_of_a_wrong_length_are_refused(string message)
    {
        Bed bed = Reliable(6000);
        bed.PeerSends(message);
        Assert.That(Wire.Decode(bed.SendsRaw()).Code, Is.EqualTo(CoapCode.BadRequest));
        Assert.That(bed.Requests, Is.Zero);
    }

    [Test]
    public void The_largest_number_in_BERT_is_only_out_of_order()
    {
        Bed bed = Reliable(6000);
        bed.PeerSends("NON PUT 0 t=0a /x Block1=1048575/1/bert | 1024@0");
        bed.Sends("NON 4.08 * t=0a Block1=1048575/1/bert");
        Answers(bed, 3000);
        bed.PeerSends("NON GET 0 t=0a /x Block2=1048575/0/bert");
        bed.Sends("NON 4.00 * t=0a");
    }

    [Test]
    public void Own_uploads_go_in_BERT()
    {
        Bed bed = Reliable(3300);
        CoapRequest request = bed.Request(CoapCode.Put, "x");
        request.AddQuery("a=b");
        Bed.Body(request, Wire.Pattern(8000));
        Assert.That(bed.Go(request), Is.True);
        string token = bed.Sends("NON PUT * t=* /x ?a=b Block1=0/1/bert Size1=8000 | 3072@0").Token;
        bed.PeerSends($"NON 2.31 0 t={token} Block1=0/1/bert");
        token = bed.Sends("NON PUT * t=* /x ?a=b Block1=3/1/bert | 3072@3072").Token;
        bed.PeerSends($"NON 2.31 0 t={token} Block1=3/1/bert");
        token = bed.Sends("NON PUT * t=* /x ?a=b Block1=6/0/bert | 1856@6144").Token;
        bed.PeerSends($"NON 2.04 0 t={token} Block1=6/0/bert");
        bed.Tells("response 7 2.04");
    }

    [Test]
    public void An_upload_in_BERT_goes_on_in_the_smaller_blocks_that_the_peer_wants()
    {
        Bed bed = Reliable(3300);
        CoapRequest request = bed.Request(CoapCode.Put, "x");
        Bed.Body(request, Wire.Pattern(4000));
        bed.Go(request);
        bed.PeerSends($"NON 2.31 0 t={bed.Sends("NON PUT * t=* /x Block1=0/1/bert Size1=4000 | 3072@0").Token} Block1=0/1/512");
        bed.PeerSends($"NON 2.31 0 t={bed.Sends("NON PUT * t=* /x Block1=6/1/512 | 512@3072").Token} Block1=6/1/512");
        bed.PeerSends($"NON 2.04 0 t={bed.Sends("NON PUT * t=* /x Block1=7/0/512 | 416@3584").Token} Block1=7/0/512");
        bed.Tells("response 7 2.04");
    }

    [Test]
    public void Own_downloads_ask_for_BERT_and_go_on_in_it()
    {
        Bed bed = Reliable(6000);
        bed.Go(bed.Request(CoapCode.Get, "x"));
        string token = bed.Sends("NON GET * t=* /x Block2=0/0/bert").Token;
        bed.PeerSends($"NON 2.05 0 t={token} ETag=01 Block2=0/1/bert | 4096@0");
        token = bed.Sends("NON GET * t=* /x Block2=4/0/bert").Token;
        bed.PeerSends($"NON 2.05 0 t={token} ETag=01 Block2=4/1/bert | 1024@4096");
        token = bed.Sends("NON GET * t=* /x Block2=5/0/bert").Token;
        bed.PeerSends($"NON 2.05 0 t={token} ETag=01 Block2=5/0/bert | 3000@5120");
        bed.Tells("response 7 2.05 | 8120@0");
    }

    [Test]
    public void A_download_in_BERT_of_a_wrong_length_fails()
    {
        Bed bed = Reliable(6000);
        bed.Go(bed.Request(CoapCode.Get, "x"));
        bed.PeerSends($"NON 2.05 0 t={bed.Sends("NON GET * t=* /x Block2=0/0/bert").Token} Block2=0/1/bert | 4000@0");
        bed.Tells("failure 7 BlockMismatch");
    }

    [Test]
    public void No_blocks_are_asked_for_without_BERT()
    {
        Bed bed = Reliable(1152, blockSize: 256);
        bed.Go(bed.Request(CoapCode.Get, "x"));
        bed.Sends("NON GET * t=* /x");
    }

    [Test]
    public void A_refused_body_is_split_as_the_peer_asks()
    {
        Bed bed = Reliable(6000);
        CoapRequest request = bed.Request(CoapCode.Put, "x");
        Bed.Body(request, Wire.Pattern(3000));
        bed.Go(request);
        bed.PeerSends($"NON 4.13 0 t={bed.Sends("NON PUT * t=* /x | 3000@0").Token} Block1=0/0/bert");
        bed.Sends("NON PUT * t=* /x Block1=0/1/1024 Size1=3000 | 1024@0");
    }

    [Test]
    public void Over_datagrams_BERT_stays_an_error()
    {
        Bed bed = new(limits => limits.MaxMessageBytes = 8192);
        bed.Peer.TakesBlocks = true;
        Assert.That(bed.Peer.TakesBert, Is.False);
        bed.PeerSends("CON GET 1 t=0a /x Block2=0/0/bert");
        bed.Sends("ACK 4.00 1 t=0a");
        bed.PeerSends("CON PUT 2 t=0a /x Block1=0/1/bert | 1024@0");
        bed.Sends("ACK 4.00 2 t=0a");
        bed.Go(bed.Request(CoapCode.Get, "x"));
        Wire request = bed.Sends("CON GET * t=* /x");
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} Block2=0/1/bert | 1024@0");
        bed.Tells("failure 7 BlockMismatch");
    }

    [Test]
    public void A_large_notification_goes_whole_or_in_BERT()
    {
        Bed bed = Reliable(3300);
        CoapResponse notification = bed.Endpoint.BeginNotification(bed.Peer)!;
        Bed.Body(notification, Wire.Pattern(3200));
        bed.Endpoint.SendNotification(notification, new byte[] { 1 }, 0, 1, true, 0, 0);
        bed.Sends("NON 2.05 * t=01 | 3200@0");
        notification = bed.Endpoint.BeginNotification(bed.Peer)!;
        Bed.Body(notification, Wire.Pattern(5000));
        bed.Endpoint.SendNotification(notification, new byte[] { 1 }, 0, 1, false, 0, 0);
        bed.Sends("NON 2.05 * t=01 ETag=* Block2=0/1/bert Size2=5000 | 3072@0");
    }
}
