using System;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>Requests of the peer: RFC 7252 5.2, 5.4, 5.10, RFC 7967.</summary>
[TestFixture]
internal sealed class ResponseTests
{
    [Test]
    public void Confirmable_request_is_answered_in_its_acknowledgement()
    {
        Bed bed = new();
        bed.Answer = (request, response) =>
        {
            Assert.That(Bed.Path(request), Is.EqualTo("/3/0/0"));
            response.ContentFormat = 0;
            Bed.Body(response, "Acme");
        };
        bed.PeerSends("CON GET 4660 t=0102030405060708 /3/0/0");
        bed.Sends("ACK 2.05 4660 t=0102030405060708 CF=0 | Acme");
        bed.SendsNothing();
    }

    [Test]
    public void Non_confirmable_request_is_answered_non_confirmable_with_an_own_message_id()
    {
        Bed bed = new();
        bed.PeerSends("NON GET 4660 t=01 /3");
        int first = bed.Sends("NON 2.05 * t=01").Mid;
        bed.PeerSends("NON GET 4661 t=02 /3");
        Assert.That(bed.Sends("NON 2.05 * t=02").Mid, Is.EqualTo((first + 1) & 0xFFFF));
    }

    [Test]
    public void All_parts_of_a_response_stand_in_order()
    {
        Bed bed = new();
        bed.Answer = (_, response) =>
        {
            response.Code = CoapCode.Created;
            response.ObserveSequence = 1;
            response.MaxAgeSeconds = 0;
            response.ContentFormat = 11542;
            response.AddLocationPath("rd");
            response.AddLocationPath(65535);
            response.AddOption(CoapOption.LocationQuery, "a=b");
            response.AddOption(CoapOption.Echo, new byte[] { 9, 8, 7 }, 1, 2);
            response.AddOption(CoapOption.NoResponse, 0L);
            Bed.Body(response, "x");
        };
        bed.PeerSends("CON POST 1 t=aa /rd");
        bed.Sends("ACK 2.01 1 t=aa Observe=1 Loc=/rd/65535 CF=11542 MaxAge=0 LocQuery=a=b Echo=0807 NoResponse=0 | x");
    }

    [Test]
    public void Default_max_age_is_left_out()
    {
        Bed bed = new() { Answer = (_, response) => response.MaxAgeSeconds = 60 };
        bed.PeerSends("CON GET 1 /a");
        bed.Sends("ACK 2.05 1");
    }

    [Test]
    public void An_owner_that_sets_no_code_answers_internal_server_error()
    {
        Bed bed = new() { Answer = (_, response) => Assert.That(response.Code, Is.EqualTo(CoapCode.Content)) };
        CoapResponse? seen = null;
        bed.Answer = (_, response) => seen = response;
        bed.PeerSends("CON GET 1 /a");
        bed.Sends("ACK 2.05 1");
        seen = bed.Endpoint.BeginNotification(bed.Peer);
        Assert.That(seen!.Code, Is.EqualTo(CoapCode.Content));
        Assert.That(seen.ContentFormat, Is.EqualTo(-1));
        Assert.That(seen.PayloadLength, Is.Zero);
    }

    [Test]
    public void Diagnostic_text_has_no_content_format_and_is_cut_to_the_block_size()
    {
        Bed bed = new(limits => limits.BlockSize = 32);
        bed.Answer = (_, response) =>
        {
            response.Code = CoapCode.BadRequest;
            response.ContentFormat = 42;
            response.Diagnostic("0123456789012345678901234567890123456789");
        };
        bed.PeerSends("CON PUT 1 /a | x");
        bed.Sends("ACK 4.00 1 | 01234567890123456789012345678901");
    }

    [TestCase("CON GET 1 t=aa IfMatch=00 /3", 1)]
    [TestCase("CON GET 1 t=aa IfNoneMatch= /3", 5)]
    [TestCase("CON GET 1 t=aa Host=a Host=b /3", 3)]
    [TestCase("CON GET 1 t=aa /3 #2049=", 2049)]
    public void Unknown_critical_option_gets_bad_option(string text, int number)
    {
        Bed bed = new();
        bed.PeerSends(text);
        bed.Sends($"ACK 4.02 1 t=aa | option {number}");
        bed.PeerSends(text.Replace("CON", "NON", StringComparison.Ordinal).Replace(" 1 ", " 2 ", StringComparison.Ordinal));
        bed.SendsNothing();
        Assert.That(bed.Requests, Is.Zero);
    }

    [Test]
    public void Unknown_elective_options_host_and_port_are_no_obstacle()
    {
        Bed bed = new();
        bed.PeerSends("CON GET 1 t=aa Host=example Port=5683 /3 Hop=16 #2048=ffff");
        bed.Sends("ACK 2.05 1 t=aa");
    }

    [TestCase("ProxyUri=coap://elsewhere/")]
    [TestCase("ProxyScheme=coap")]
    public void Proxying_is_not_supported(string option)
    {
        Bed bed = new();
        bed.PeerSends("CON GET 1 t=aa " + option);
        bed.Sends("ACK 5.05 1 t=aa");
        Assert.That(bed.Requests, Is.Zero);
    }

    [TestCase(2, "2.04", false)]
    [TestCase(2, "4.04", true)]
    [TestCase(2, "5.00", true)]
    [TestCase(8, "2.04", true)]
    [TestCase(8, "4.04", false)]
    [TestCase(16, "5.00", false)]
    [TestCase(16, "4.04", true)]
    [TestCase(26, "5.00", false)]
    [TestCase(0, "4.04", true)]
    public void No_response_is_honoured(int mask, string code, bool answered)
    {
        Bed bed = new();
        bed.Answer = (_, response) => response.Code = Wire.Parse("ACK " + code + " 1").Code;
        bed.PeerSends($"NON PUT 1 t=aa /a NoResponse={mask}");
        if (answered) bed.Sends($"NON {code} * t=aa");
        bed.SendsNothing();
        bed.PeerSends($"CON PUT 2 t=aa /a NoResponse={mask}");
        bed.Sends(answered ? $"ACK {code} 2 t=aa" : "ACK - 2");
        bed.PeerSends($"CON PUT 2 t=aa /a NoResponse={mask}");
        bed.Sends(answered ? $"ACK {code} 2 t=aa" : "ACK - 2");
        Assert.That(bed.Requests, Is.EqualTo(2));
    }

    [Test]
    public void Deferred_response_follows_the_empty_acknowledgement()
    {
        Bed bed = new();
        int deferral = -1;
        bed.Answer = (_, response) => deferral = response.Defer();
        bed.PeerSends("CON GET 4660 t=aabb /3");
        bed.Sends("ACK - 4660");
        bed.PeerSends("CON GET 4660 t=aabb /3");
        bed.Sends("ACK - 4660");
        Assert.That(bed.Requests, Is.EqualTo(1));

        Assert.That(bed.Endpoint.IsDeferred(deferral), Is.True);
        CoapResponse later = bed.Endpoint.BeginDeferred(deferral)!;
        later.Code = CoapCode.Content;
        Bed.Body(later, "late");
        Assert.That(bed.Endpoint.SendDeferred(later, 5, bed.Now), Is.True);
        Wire response = bed.Sends("CON 2.05 * t=aabb | late");
        Assert.That(bed.Endpoint.IsDeferred(deferral), Is.False);
        Assert.That(bed.Endpoint.BeginDeferred(deferral), Is.Null);

        bed.PassesUntilDue();
        bed.Sends($"CON 2.05 {response.Mid} t=aabb | late");
        bed.PeerSends($"ACK - {response.Mid}");
        bed.Tells("acknowledged 5");
        bed.Passes(100000);
        bed.SendsNothing();
    }

    [Test]
    public void Deferred_response_to_a_non_confirmable_is_non_confirmable()
    {
        Bed bed = new();
        int deferral = -1;
        bed.Answer = (_, response) => deferral = response.Defer();
        bed.PeerSends("NON GET 4660 t=aabb /3");
        bed.SendsNothing();
        CoapResponse later = bed.Endpoint.BeginDeferred(deferral)!;
        later.Code = CoapCode.Content;
        bed.Endpoint.SendDeferred(later, 5, bed.Now);
        bed.Sends("NON 2.05 * t=aabb");
        bed.TellsNothing();
    }

    [Test]
    public void Deferrals_are_limited_dropped_with_their_peer_and_given_up_in_the_end()
    {
        Bed bed = new(limits => limits.MaxDeferred = 2);
        int[] ids = new int[8];
        int count = 0;
        bed.Answer = (_, response) =>
        {
            ids[count] = response.Defer();
            Assert.That(response.Defer(), Is.EqualTo(ids[count]));
            count++;
        };
        bed.PeerSends("CON GET 1 t=01 /a");
        bed.PeerSends("CON GET 2 t=02 /a");
        bed.PeerSends("CON GET 3 t=03 /a");
        bed.Sends("ACK - 1");
        bed.Sends("ACK - 2");
        bed.Sends("ACK 2.05 3 t=03");
        Assert.That(ids[2], Is.EqualTo(-1));
        Assert.That(ids[0], Is.Not.EqualTo(ids[1]));

        bed.Endpoint.ResetPeer(bed.Peer, bed.Now);
        Assert.That(bed.Endpoint.IsDeferred(ids[0]), Is.False);
        bed.PeerSends("CON GET 4 t=04 /a");
        bed.PeerSends("CON GET 5 t=05 /a");
        bed.Passes(247000);
        bed.PeerSends("CON GET 6 t=06 /a");
        Assert.That(ids[5], Is.GreaterThanOrEqualTo(0));
        Assert.That(bed.Endpoint.IsDeferred(ids[3]), Is.False);
        Assert.That(bed.Endpoint.IsDeferred(ids[5]), Is.True);
    }

    [Test]
    public void Deferring_is_for_requests_only()
    {
        Bed bed = new();
        CoapResponse notification = bed.Endpoint.BeginNotification(bed.Peer)!;
        Assert.That(() => notification.Defer(), Throws.InvalidOperationException);
    }

    [Test]
    public void Nothing_can_be_begun_while_a_request_is_handled()
    {
        Bed bed = new();
        bed.Answer = (_, _) =>
        {
            Assert.That(bed.Endpoint.BeginRequest(bed.Peer), Is.Null);
            Assert.That(bed.Endpoint.BeginNotification(bed.Peer), Is.Null);
            Assert.That(bed.Endpoint.CanSend(bed.Peer), Is.False);
        };
        bed.PeerSends("CON GET 1 t=01 /a");
        Assert.That(bed.Requests, Is.EqualTo(1));
        Assert.That(bed.Endpoint.BeginRequest(bed.Peer), Is.Not.Null);
    }

    [Test]
    public void A_message_larger_than_the_limit_gets_too_large_and_never_runs()
    {
        Bed bed = new(small: true);
        bed.PeerSends("CON PUT 1 t=aa /5/0/0 Block1=0/1/1024 | 1024@0");
        bed.Sends("ACK 4.13 1 t=aa Block1=0/1/512 Size1=1024");
        byte[] cut = Wire.Datagram("CON PUT 2 t=aa /5/0/0 | 1024@0")[..641];
        bed.PeerSends(cut);
        bed.Sends("ACK 4.13 2 t=aa Block1=0/1/512 Size1=1024");
        bed.PeerSends(Wire.Datagram("CON 2.05 3 t=aa | 1024@0"));
        bed.Sends("RST - 3");
        bed.PeerSends(Wire.Datagram("NON 2.05 3 t=aa | 1024@0"));
        bed.SendsNothing();
        Assert.That(bed.Requests, Is.Zero);
    }

    [Test]
    public void Too_many_options_are_the_owners_mistake_and_say_so()
    {
        Bed bed = new(small: true);
        bed.Answer = (_, response) =>
        {
            for (int i = 0; i < 100; i++) response.AddLocationPath("0123456789");
        };
        Assert.That(() => bed.PeerSends("CON POST 1 /a"), Throws.InvalidOperationException.With.Message.Contains("MaxHeaderBytes"));
    }
}
