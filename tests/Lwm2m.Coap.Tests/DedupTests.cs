using System;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>RFC 7252 4.5: what came twice is answered twice and done once.</summary>
[TestFixture]
internal sealed class DedupTests
{
    private static void Count(Bed bed)
    {
        bed.Answer = (request, response) =>
        {
            if (request.Code != CoapCode.Get) response.Code = CoapCode.Changed;
            Bed.Body(response, "run " + bed.Requests);
        };
    }

    [TestCase("GET", "2.05")]
    [TestCase("PUT", "2.04")]
    [TestCase("POST", "2.04")]
    [TestCase("DELETE", "2.04")]
    [TestCase("FETCH", "2.04")]
    public void Repeated_confirmable_is_answered_with_the_same_bytes(string method, string code)
    {
        Bed bed = new();
        Count(bed);
        bed.PeerSends($"CON {method} 4660 t=aabb /3/0/1");
        bed.Sends($"ACK {code} 4660 t=aabb | run 1");
        byte[] first = bed.LastRaw;
        bed.Passes(246000);
        bed.PeerSends($"CON {method} 4660 t=aabb /3/0/1");
        bed.Sends($"ACK {code} 4660 t=aabb | run 1");
        Assert.That(bed.LastRaw, Is.EqualTo(first));
        Assert.That(bed.Requests, Is.EqualTo(1));
    }

    [Test]
    public void Repeated_non_confirmable_is_ignored()
    {
        Bed bed = new();
        bed.PeerSends("NON POST 4660 t=aabb /3/0/4");
        bed.Sends("NON 2.05 * t=aabb");
        bed.PeerSends("NON POST 4660 t=aabb /3/0/4");
        bed.SendsNothing();
        Assert.That(bed.Requests, Is.EqualTo(1));
    }

    [TestCase("CON", 247000)]
    [TestCase("NON", 145000)]
    public void A_message_id_is_remembered_for_its_lifetime(string type, int lifetimeMs)
    {
        Bed bed = new();
        bed.PeerSends(type + " POST 1 /a");
        bed.Passes(lifetimeMs - 1);
        bed.PeerSends(type + " POST 1 /a");
        Assert.That(bed.Requests, Is.EqualTo(1));
        bed.Passes(1);
        bed.PeerSends(type + " POST 1 /a");
        Assert.That(bed.Requests, Is.EqualTo(2));
    }

    [Test]
    public void The_same_message_id_of_another_peer_is_another_message()
    {
        Bed bed = new();
        CoapPeer other = bed.Endpoint.AddPeer(1)!;
        bed.PeerSends("CON POST 1 /a");
        bed.PeerSends("CON POST 1 /a", other);
        Assert.That(bed.Requests, Is.EqualTo(2));
    }

    [Test]
    public void Errors_are_remembered_as_well()
    {
        Bed bed = new();
        bed.PeerSends("CON GET 1 t=aa IfMatch=01 /a");
        bed.Sends("ACK 4.02 1 t=aa | option 1");
        bed.PeerSends("CON GET 1 t=aa IfMatch=01 /a");
        bed.Sends("ACK 4.02 1 t=aa | option 1");
    }

    [Test]
    public void A_flood_of_reads_pushes_out_no_write()
    {
        Bed bed = new(limits =>
        {
            limits.DedupEntries = 64;
            limits.DedupBytes = 4096;
        });
        Count(bed);
        bed.PeerSends("CON POST 1 t=aa /3/0/4");
        bed.Sends("ACK 2.04 1 t=aa | run 1");
        for (int i = 2; i <= 20001; i++)
        {
            bed.PeerSends($"CON GET {i} t=bb /3/0");
            bed.Sends($"ACK 2.05 {i} t=bb | run {i}");
        }

        bed.PeerSends("CON POST 1 t=aa /3/0/4");
        bed.Sends("ACK 2.04 1 t=aa | run 1");
        Assert.That(bed.Requests, Is.EqualTo(20001));
    }

    [Test]
    public void Twenty_thousand_writes_in_a_second_are_all_served_and_the_last_ones_remembered()
    {
        Bed bed = new(small: true);
        Count(bed);
        for (int i = 1; i <= 20000; i++)
        {
            bed.PeerSends($"CON PUT {i} t=bb /3/0");
            bed.Sends($"ACK 2.04 {i} t=bb | run {i}");
        }

        for (int i = 20000 - 3; i <= 20000; i++)
        {
            bed.PeerSends($"CON PUT {i} t=bb /3/0");
            bed.Sends($"ACK 2.04 {i} t=bb | run {i}");
        }

        Assert.That(bed.Requests, Is.EqualTo(20000));
        bed.PeerSends("CON PUT 19996 t=bb /3/0");
        bed.Sends("ACK 2.04 19996 t=bb | run 20001");
    }

    [Test]
    public void Message_ids_that_fall_together_in_the_index_are_kept_apart()
    {
        Bed bed = new(limits => limits.DedupEntries = 32);
        Count(bed);
        for (int i = 0; i < 16; i++)
        {
            bed.PeerSends($"CON PUT {i * 1024} /a");
            bed.Sends($"ACK 2.04 {i * 1024} | run {i + 1}");
        }

        for (int i = 0; i < 16; i++)
        {
            bed.PeerSends($"CON PUT {i * 1024} /a");
            bed.Sends($"ACK 2.04 {i * 1024} | run {i + 1}");
        }
    }

    [Test]
    public void An_answer_larger_than_the_ring_is_read_again_but_a_write_is_not_done_again()
    {
        Bed bed = new(limits => limits.DedupBytes = 512);
        bed.Answer = (_, response) => Bed.Body(response, Wire.Pattern(300));
        bed.PeerSends("CON GET 1 t=aa /a");
        bed.Sends("ACK 2.05 1 t=aa | 300@0");
        bed.PeerSends("CON GET 1 t=aa /a");
        bed.Sends("ACK 2.05 1 t=aa | 300@0");
        Assert.That(bed.Requests, Is.EqualTo(2));

        bed.PeerSends("CON POST 2 t=aa /a");
        bed.Sends("ACK 2.05 2 t=aa | 300@0");
        bed.PeerSends("CON POST 2 t=aa /a");
        bed.Sends("ACK 2.05 2 t=aa");
        Assert.That(bed.Requests, Is.EqualTo(3));
    }

    [Test]
    public void The_rings_agree_with_a_simple_model()
    {
        const int seed = 4711;
        TestContext.Out.WriteLine("seed " + seed);
        SeededRandom random = new(seed);
        DedupRing ring = new(8, 64);
        System.Collections.Generic.List<(int Key, byte[] Bytes, int Expiry)> model = new();
        for (int now = 0; now < 200000; now++)
        {
            int key = random.Next(40) * (random.Next(2) == 0 ? 1 : 0x10000);
            int found = model.FindLastIndex(e => e.Key == key);
            bool alive = found >= 0 && model[found].Expiry > now;
            int place = ring.Find(key, now);
            // The ring may forget earlier than the model (it wastes bytes at its end), never answer wrongly.
            if (place != DedupRing.NotFound)
            {
                Assert.That(alive, Is.True);
                Assert.That(ring.Bytes.AsSpan(ring.OffsetAt(place), ring.LengthAt(place)).ToArray(), Is.EqualTo(model[found].Bytes));
                continue;
            }

            if (alive) Assert.That(model.Count - found, Is.GreaterThan(3), "forgotten too early");
            byte[] bytes = random.Bytes(random.Next(14));
            int expiry = now + 1 + random.Next(30);
            Assert.That(ring.Add(key, expiry, bytes, 0, bytes.Length), Is.True);
            model.Add((key, bytes, expiry));
            if (model.Count > 8) model.RemoveAt(0);
        }

        Assert.That(ring.Add(1, 1000000, new byte[65], 0, 65), Is.False);
    }
}
