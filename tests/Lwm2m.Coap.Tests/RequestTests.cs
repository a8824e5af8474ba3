using System;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>Own requests: RFC 7252 5.2, 5.3, RFC 9175.</summary>
[TestFixture]
internal sealed class RequestTests
{
    private static Wire Get(Bed bed)
    {
        Assert.That(bed.Go(bed.Request(CoapCode.Get, "a")), Is.True);
        return bed.Sends("CON GET * t=* /a");
    }

    [Test]
    public void Register_is_as_short_as_its_content()
    {
        Bed bed = new();
        CoapRequest request = bed.Request(CoapCode.Post, "rd");
        request.ContentFormat = 40;
        request.AddQuery("ep", "abc");
        request.AddQuery("lt", 300);
        request.AddQuery("lwm2m=1.1");
        Bed.Body(request, "</0/0>,</1/0>,</3/0>,</3303/0>");
        Assert.That(bed.Go(request), Is.True);
        bed.Sends("CON POST * t=* /rd CF=40 ?ep=abc&lt=300&lwm2m=1.1 | </0/0>,</1/0>,</3/0>,</3303/0>");
        Assert.That(bed.LastRaw, Has.Length.LessThanOrEqualTo(70));
    }

    [Test]
    public void All_parts_of_a_request_stand_in_order()
    {
        Bed bed = new();
        CoapRequest request = bed.Request(CoapCode.Fetch);
        request.Confirmable = false;
        request.SetToken(new byte[] { 9, 1, 2, 3 }, 1, 3);
        request.ContentFormat = 110;
        request.Accept = 112;
        request.Observe = 0;
        request.Block2 = BlockOption.Encode(0, false, 2);
        request.AddOption(CoapOption.UriHost, "example.org");
        request.AddPath("dev");
        request.AddPath(3303);
        request.AddPath(Encoding.UTF8.GetBytes("xöx"), 1, 2);
        request.AddQuery("gt", -17);
        request.AddQuery("b", "ÜQ");
        request.AddOption(CoapOption.NoResponse, 2);
        Bed.Body(request, "[]");
        Assert.That(bed.Go(request), Is.True);
        bed.Sends("NON FETCH * t=010203 Host=example.org Observe=0 /dev/3303/ö CF=110 ?gt=-17&b=ÜQ Accept=112 Block2=0/0/64 NoResponse=2 | []");
    }

    [TestCase(0, "0")]
    [TestCase(-1, "-1")]
    [TestCase(long.MaxValue, "9223372036854775807")]
    [TestCase(long.MinValue, "-9223372036854775808")]
    public void Numbers_in_queries_are_decimal(long value, string text)
    {
        Bed bed = new();
        CoapRequest request = bed.Request(CoapCode.Get);
        request.AddQuery("v", value);
        bed.Go(request);
        bed.Sends("CON GET * t=* ?v=" + text);
    }

    [Test]
    public void Options_out_of_order_and_too_long_are_the_callers_mistake()
    {
        Bed bed = new(small: true);
        CoapRequest request = bed.Request(CoapCode.Get);
        request.AddQuery("a", 1);
        Assert.That(() => request.AddPath("b"), Throws.InvalidOperationException.With.Message.Contains("Option 11"));
        Assert.That(() => request.AddQuery("n", new string('x', 300)), Throws.InvalidOperationException.With.Message.Contains("MaxHeaderBytes"));
        Assert.That(() => request.PayloadLength = 1025, Throws.InstanceOf<ArgumentOutOfRangeException>());
        bed.Go(request);
        bed.Sends("CON GET * t=* ?a=1 Block2=0/0/512");
        Assert.That(() => bed.Go(request), Throws.InvalidOperationException);
    }

    [Test]
    public void Tokens_are_four_bytes_and_do_not_repeat()
    {
        Bed bed = new();
        System.Collections.Generic.HashSet<string> seen = new();
        for (int i = 0; i < 1000; i++)
        {
            Wire request = Get(bed);
            Assert.That(request.TokenBytes, Has.Length.EqualTo(4));
            Assert.That(seen.Add(request.Token), Is.True);
            bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token}");
            bed.Tells("response 7 2.05");
        }
    }

    [Test]
    public void Piggybacked_response_ends_the_exchange()
    {
        Bed bed = new();
        Wire request = Get(bed);
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} CF=0 | hi");
        bed.Tells("response 7 2.05 | hi");
        bed.SendsNothing();
        Assert.That(bed.Passes(300000), Is.EqualTo(long.MaxValue));
        bed.SendsNothing();
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} CF=0 | hi");
        bed.TellsNothing();
    }

    [TestCase("ACK 2.05 {1} t={0}", TestName = "message id of another request")]
    [TestCase("ACK 2.05 {2} t=00", TestName = "piggybacked with another token")]
    public void Piggybacked_response_must_match_in_message_id_and_token(string format)
    {
        Bed bed = new();
        Wire request = Get(bed);
        bed.PeerSends(string.Format(format, request.Token, request.Mid ^ 1, request.Mid));
        bed.TellsNothing();
        bed.SendsNothing();
        Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.False);
    }

    [TestCase("CON")]
    [TestCase("NON")]
    public void Separate_response_comes_after_the_empty_acknowledgement(string type)
    {
        Bed bed = new();
        Wire request = Get(bed);
        bed.PeerSends($"ACK - {request.Mid}");
        bed.Passes(50000);
        bed.SendsNothing();
        bed.PeerSends($"{type} 2.05 900 t={request.Token} | late");
        if (type == "CON") bed.Sends("ACK - 900");
        bed.Tells("response 7 2.05 | late");
        bed.PeerSends($"{type} 2.05 900 t={request.Token} | late");
        if (type == "CON") bed.Sends("ACK - 900");
        bed.SendsNothing();
        bed.TellsNothing();
    }

    [Test]
    public void Separate_response_may_overtake_the_acknowledgement()
    {
        Bed bed = new();
        Wire request = Get(bed);
        bed.PeerSends($"CON 2.05 900 t={request.Token} | early");
        bed.Sends("ACK - 900");
        bed.Tells("response 7 2.05 | early");
        bed.PeerSends($"ACK - {request.Mid}");
        bed.Passes(300000);
        bed.SendsNothing();
        bed.TellsNothing();
    }

    [Test]
    public void Response_that_never_follows_its_acknowledgement_has_a_failure_of_its_own()
    {
        Bed bed = new();
        Wire request = Get(bed);
        bed.PeerSends($"ACK - {request.Mid}");
        bed.Passes(92999);
        bed.TellsNothing();
        bed.Passes(1);
        bed.Tells("failure 7 ResponseTimeout");
        bed.SendsNothing();
        bed.PeerSends($"CON 2.05 901 t={request.Token}");
        bed.Tells("unmatched 2.05");
        bed.Sends("RST - 901");
    }

    [Test]
    public void Non_confirmable_request_is_sent_once_and_times_out()
    {
        Bed bed = new();
        CoapRequest request = bed.Request(CoapCode.Get);
        request.Confirmable = false;
        bed.Go(request);
        bed.Sends("NON GET * t=*");
        bed.PassesUntilDue();
        bed.SendsNothing();
        bed.Tells("failure 7 ResponseTimeout");
    }

    [Test]
    public void Non_confirmable_request_can_be_reset()
    {
        Bed bed = new();
        CoapRequest request = bed.Request(CoapCode.Get);
        request.Confirmable = false;
        bed.Go(request);
        bed.PeerSends($"RST - {bed.Sends("NON GET * t=*").Mid}");
        bed.Tells("failure 7 Reset");
    }

    [Test]
    public void Confirmable_response_with_an_unknown_token_is_rejected_each_time_it_comes()
    {
        Bed bed = new();
        bed.PeerSends("CON 2.05 55 t=0102 | x");
        bed.Tells("unmatched 2.05 | x");
        bed.Sends("RST - 55");
        bed.PeerSends("CON 2.05 55 t=0102 | x");
        bed.Sends("RST - 55");
        bed.TellsNothing();
        bed.PeerSends("NON 2.05 56 t=0102 | x");
        bed.Tells("unmatched 2.05 | x");
        bed.SendsNothing();
    }

    [Test]
    public void Confirmable_response_with_a_token_the_owner_knows_is_acknowledged_and_told_once()
    {
        Bed bed = new() { KnowsTokens = true };
        bed.PeerSends("CON 2.05 55 t=0102 Observe=4 | x");
        bed.Tells("unmatched 2.05 Observe=4 | x");
        bed.Sends("ACK - 55");
        bed.PeerSends("CON 2.05 55 t=0102 Observe=4 | x");
        bed.Sends("ACK - 55");
        bed.PeerSends("NON 2.05 57 t=0102 Observe=5 | y");
        bed.Tells("unmatched 2.05 Observe=5 | y");
        bed.PeerSends("NON 2.05 57 t=0102 Observe=5 | y");
        bed.TellsNothing();
        bed.SendsNothing();
    }

    [TestCase("ACK", null)]
    [TestCase("CON", "RST - 70")]
    [TestCase("NON", null)]
    public void Response_with_an_unknown_critical_option_is_rejected(string type, string? answer)
    {
        Bed bed = new();
        Wire request = Get(bed);
        bed.PeerSends($"{type} 2.05 {(type == "ACK" ? request.Mid : 70)} t={request.Token} #1001=00 | x");
        if (answer != null) bed.Sends(answer);
        bed.SendsNothing();
        bed.Tells("failure 7 BadResponse");
    }

    [Test]
    public void A_response_larger_than_the_limit_fails_as_such()
    {
        Bed bed = new(small: true);
        bed.Go(bed.Request(CoapCode.Post, "a"));
        Wire request = bed.Sends("CON POST * t=* /a");
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token} | 1000@0");
        bed.Tells("failure 7 TooLarge");
    }

    [Test]
    public void The_next_request_may_begin_in_the_callback_of_the_last()
    {
        Bed bed = new();
        bool again = true;
        bed.Response = _ =>
        {
            if (!again) return;
            again = false;
            bed.Go(bed.Request(CoapCode.Get, "b"), 8);
        };
        Wire request = Get(bed);
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token}");
        bed.Tells("response 7 2.05");
        request = bed.Sends("CON GET * t=* /b");
        bed.PeerSends($"ACK 2.05 {request.Mid} t={request.Token}");
        bed.Tells("response 8 2.05");

        bed.Failure = _ => bed.Go(bed.Request(CoapCode.Get, "c"), 9);
        Get(bed);
        Assert.That(bed.Endpoint.Cancel(bed.Peer, 6, 0), Is.False);
        Assert.That(bed.Endpoint.Cancel(bed.Peer, 7, 0), Is.True);
        bed.Tells("failure 7 Cancelled");
        bed.Sends("CON GET * t=* /c");
    }

    [Test]
    public void Echo_challenge_is_met_once_with_the_same_request()
    {
        Bed bed = new();
        CoapRequest request = bed.Request(CoapCode.Post, "rd");
        request.AddQuery("ep", "abc");
        request.Observe = 0;
        Bed.Body(request, "</>");
        bed.Go(request);
        Wire first = bed.Sends("CON POST * t=* Observe=0 /rd ?ep=abc | </>");
        bed.PeerSends($"ACK 4.01 {first.Mid} t={first.Token} Echo=00112233");
        Wire second = bed.Sends($"CON POST * t={first.Token} Observe=0 /rd ?ep=abc Echo=00112233 | </>");
        Assert.That(second.Mid, Is.EqualTo((first.Mid + 1) & 0xFFFF));
        bed.TellsNothing();
        bed.PeerSends($"ACK 4.01 {second.Mid} t={second.Token} Echo=44");
        bed.SendsNothing();
        bed.Tells("response 7 4.01");
    }

    [Test]
    public void Echo_of_a_separate_response_is_acknowledged_first()
    {
        Bed bed = new();
        Wire first = Get(bed);
        bed.PeerSends($"CON 4.01 77 t={first.Token} Echo=aa");
        bed.Sends("ACK - 77");
        Wire second = bed.Sends("CON GET * t=* /a Echo=aa");
        bed.PeerSends($"ACK 2.05 {second.Mid} t={second.Token} | ok");
        bed.Tells("response 7 2.05 | ok");
    }

    [Test]
    public void Unauthorized_without_echo_is_just_a_response()
    {
        Bed bed = new();
        Wire request = Get(bed);
        bed.PeerSends($"ACK 4.01 {request.Mid} t={request.Token}");
        bed.Tells("response 7 4.01");
    }

    [Test]
    public void A_request_whose_options_leave_no_room_is_not_sent()
    {
        Bed bed = new();
        bed.Peer.MaxMessageBytes = 140;
        CoapRequest request = bed.Request(CoapCode.Get);
        request.AddQuery("a", new string('x', 200));
        Assert.That(bed.Go(request), Is.False);
        Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.True);
        bed.SendsNothing();
        bed.TellsNothing();
    }
}
