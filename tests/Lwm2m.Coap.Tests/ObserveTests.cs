using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>Notifications: RFC 7641.</summary>
[TestFixture]
internal sealed class ObserveTests
{
    private static readonly byte[] Token = { 0, 1, 2, 3, 4, 0 };

    private static int Notify(Bed bed, bool confirmable, string body, int sequence = 2)
    {
        CoapResponse notification = bed.Endpoint.BeginNotification(bed.Peer)!;
        notification.ObserveSequence = sequence;
        notification.ContentFormat = 0;
        Bed.Body(notification, body);
        return bed.Endpoint.SendNotification(notification, Token, 1, 4, confirmable, 3, bed.Now);
    }

    [Test]
    public void Notification_of_one_float_takes_fifteen_bytes()
    {
        Bed bed = new();
        Notify(bed, false, "42");
        bed.Sends("NON 2.05 * t=01020304 Observe=2 CF=0 | 42");
        Assert.That(bed.LastRaw, Has.Length.LessThanOrEqualTo(15));
    }

    [Test]
    public void Confirmable_notification_is_retransmitted_until_it_is_acknowledged()
    {
        Bed bed = new();
        int mid = Notify(bed, true, "1");
        bed.Sends($"CON 2.05 {mid} t=01020304 Observe=2 CF=0 | 1");
        bed.PassesUntilDue();
        bed.Sends($"CON 2.05 {mid} t=01020304 Observe=2 CF=0 | 1");
        Assert.That(Notify(bed, true, "2"), Is.EqualTo(-1));
        bed.PeerSends($"ACK - {mid}");
        bed.Tells("acknowledged 3");
        Assert.That(Notify(bed, true, "2"), Is.EqualTo((mid + 1) & 0xFFFF));
    }

    [Test]
    public void Confirmable_notification_that_nobody_acknowledges_fails()
    {
        Bed bed = new();
        Notify(bed, true, "1");
        for (int i = 0; i < 5; i++) bed.PassesUntilDue();
        bed.Tells("failure 3 Timeout");
    }

    [Test]
    public void Reset_of_a_confirmable_notification_is_a_failure_of_its_context()
    {
        Bed bed = new();
        int mid = Notify(bed, true, "1");
        bed.PeerSends($"RST - {mid}");
        bed.Tells("failure 3 Reset");
    }

    [Test]
    public void Reset_of_a_non_confirmable_notification_is_told_with_its_message_id()
    {
        Bed bed = new();
        int mid = Notify(bed, false, "1");
        bed.PeerSends($"RST - {mid}");
        bed.Tells($"reset {mid}");
    }

    [Test]
    public void Non_confirmable_notifications_need_not_wait()
    {
        Bed bed = new();
        Notify(bed, true, "1");
        bed.Sends("CON 2.05 * t=01020304 Observe=2 CF=0 | 1");
        Assert.That(Notify(bed, false, "2", 3), Is.GreaterThanOrEqualTo(0));
        bed.Sends("NON 2.05 * t=01020304 Observe=3 CF=0 | 2");
    }

    [Test]
    public void Error_notification_has_no_sequence_number()
    {
        Bed bed = new();
        CoapResponse notification = bed.Endpoint.BeginNotification(bed.Peer)!;
        notification.Code = CoapCode.NotFound;
        bed.Endpoint.SendNotification(notification, Token, 1, 4, true, 3, bed.Now);
        bed.Sends("CON 4.04 * t=01020304");
    }

    [Test]
    public void Sequence_counts_from_one_in_24_bits()
    {
        Assert.That(ObserveSequence.First, Is.EqualTo(1));
        Assert.That(ObserveSequence.Next(1), Is.EqualTo(2));
        Assert.That(ObserveSequence.Next(0xFFFFFF), Is.Zero);
        Assert.That(ObserveSequence.IsNewer(0xFFFFFF, 0, 0, 0), Is.True);
    }

    [Test]
    public void The_window_of_freshness_is_exactly_128_seconds()
    {
        Assert.That(ObserveSequence.IsNewer(5, 1000, 4, 129000), Is.False);
        Assert.That(ObserveSequence.IsNewer(5, 1000, 4, 129001), Is.True);
    }

    [Test]
    public void The_owner_sees_registration_and_the_response_carries_the_first_number()
    {
        Bed bed = new();
        bed.Answer = (request, response) =>
        {
            Assert.That(request.Observe, Is.Zero);
            response.ObserveSequence = ObserveSequence.First;
            Bed.Body(response, "21.5");
        };
        bed.PeerSends("CON GET 1 t=01020304 Observe=0 /3303/0/5700");
        bed.Sends("ACK 2.05 1 t=01020304 Observe=1 | 21.5");
    }

    [Test]
    public void Large_notification_carries_block_0_and_the_rest_comes_from_its_snapshot()
    {
        Bed bed = new(limits => limits.BlockSize = 64);
        int key = 0;
        byte from = 0;
        bed.Answer = (request, response) =>
        {
            Assert.That(request.Observe, Is.EqualTo(request.Block2 > 0 ? -1 : 0));
            key = request.CacheKey();
            response.ObserveSequence = request.Observe == 0 ? 1 : -1;
            Bed.Body(response, "small");
        };
        bed.PeerSends("CON GET 1 t=01020304 Observe=0 /3/0");
        bed.Sends("ACK 2.05 1 t=01020304 Observe=1 | small");

        CoapResponse notification = bed.Endpoint.BeginNotification(bed.Peer)!;
        notification.ObserveSequence = 2;
        notification.ContentFormat = 11542;
        notification.CacheKey = key;
        Bed.Body(notification, Wire.Pattern(150, from));
        bed.Endpoint.SendNotification(notification, Token, 1, 4, true, 3, bed.Now);
        Wire first = bed.Sends("CON 2.05 * t=01020304 ETag=* Observe=2 CF=11542 Block2=0/1/64 Size2=150 | 64@0");
        string tag = Wire.Hex(first.Options.Find(o => o.Number == CoapOption.ETag).Value);
        bed.PeerSends($"ACK - {first.Mid}");
        bed.Tells("acknowledged 3");

        bed.PeerSends("CON GET 2 t=ee /3/0 Block2=1/0/64");
        bed.Sends($"ACK 2.05 2 t=ee ETag={tag} CF=11542 Block2=1/1/64 | 64@64");
        bed.PeerSends("CON GET 3 t=ef /3/0 Block2=2/0/64");
        bed.Sends($"ACK 2.05 3 t=ef ETag={tag} CF=11542 Block2=2/0/64 | 22@128");
        Assert.That(bed.Requests, Is.EqualTo(1));
    }

    [Test]
    public void Without_a_key_the_owner_is_asked_for_the_later_blocks_and_the_etag_tells_if_it_is_the_same()
    {
        Bed bed = new(limits => limits.BlockSize = 64);
        byte[] content = Wire.Pattern(150);
        bed.Answer = (_, response) => Bed.Body(response, content);
        CoapResponse notification = bed.Endpoint.BeginNotification(bed.Peer)!;
        Bed.Body(notification, content);
        bed.Endpoint.SendNotification(notification, Token, 1, 4, false, 3, bed.Now);
        Wire first = bed.Sends("NON 2.05 * t=01020304 ETag=* Block2=0/1/64 Size2=150 | 64@0");
        string tag = Wire.Hex(first.Options.Find(o => o.Number == CoapOption.ETag).Value);
        bed.PeerSends("CON GET 2 t=ee /3/0 Block2=1/0/64");
        bed.Sends($"ACK 2.05 2 t=ee ETag={tag} Block2=1/1/64 | 64@64");
        Assert.That(bed.Requests, Is.EqualTo(1));
    }

    [Test]
    public void Without_a_key_the_rest_never_comes_from_an_older_snapshot()
    {
        Bed bed = new(limits => limits.BlockSize = 64);
        byte[] content = Wire.Pattern(150);
        bed.Answer = (_, response) => Bed.Body(response, content);
        bed.PeerSends("CON GET 1 t=01020304 Observe=0 /3/0");
        bed.Sends("ACK 2.05 1 t=01020304 ETag=* Block2=0/1/64 Size2=150 | 64@0");
        content = Wire.Pattern(150, 1000);
        CoapResponse notification = bed.Endpoint.BeginNotification(bed.Peer)!;
        Bed.Body(notification, content);
        bed.Endpoint.SendNotification(notification, Token, 1, 4, false, 3, bed.Now);
        Wire first = bed.Sends("NON 2.05 * t=01020304 ETag=* Block2=0/1/64 Size2=150 | 64@1000");
        string tag = Wire.Hex(first.Options.Find(o => o.Number == CoapOption.ETag).Value);
        bed.PeerSends("CON GET 2 t=ee /3/0 Block2=1/0/64");
        bed.Sends($"ACK 2.05 2 t=ee ETag={tag} Block2=1/1/64 | 64@1064");
    }
}
