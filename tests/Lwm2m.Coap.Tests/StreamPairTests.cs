using System;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>Both ends are ours, over a connection: what one sends the other gets, whatever the pieces.</summary>
[TestFixture]
internal sealed class StreamPairTests
{
    private const int Seed = 83238323;

    [Test]
    public void Bodies_of_all_sizes_come_through()
    {
        TestContext.Out.WriteLine("seed " + Seed);
        SeededRandom random = new(Seed);
        int[] sizes = { 256, 600, 1152, 1153, 1500, 4096, 20000, 70000 };
        for (int round = 0; round < 200; round++)
        {
            StreamPair pair = new(random.Next(), sizes[random.Next(sizes.Length)], sizes[random.Next(sizes.Length)]);
            int largest = random.Next(8) == 0 ? 150000 : 6000;
            byte[] up = Wire.Pattern(random.Next(3) == 0 ? random.Next(300) : random.Next(largest), random.Next(1000));
            byte[] down = Wire.Pattern(random.Next(3) == 0 ? random.Next(300) : random.Next(largest), random.Next(1000));
            bool reads = random.Next(2) == 0;
            bool early = random.Next(3) == 0;
            byte[] got = Array.Empty<byte>();
            pair.Server.Answer = (request, response) =>
            {
                got = Bed.BodyOf(request);
                Bed.Body(response, down);
            };
            if (!early) pair.Run();
            string what = $"round {round}: up {(reads ? 0 : up.Length)}, down {down.Length}, client {pair.Client.Stream.MaxMessageBytes}, server {pair.Server.Stream.MaxMessageBytes}";

            CoapRequest message = pair.Client.Request(reads ? CoapCode.Get : CoapCode.Post);
            if (!reads) Bed.Body(message, early && up.Length > 100 ? up = up[..100] : up);
            Assert.That(pair.Client.Go(message), Is.True, what);
            pair.Run();
            Assert.That(pair.Client.Failures, Is.Empty, what);
            Assert.That(pair.Client.Responses, Has.Count.EqualTo(1), what);
            Assert.That(pair.Client.Responses[0].Code, Is.EqualTo(CoapCode.Content), what);
            Assert.That(pair.Client.Responses[0].Body, Is.EqualTo(down), what);
            if (!reads) Assert.That(got, Is.EqualTo(up), what);
            Assert.That(pair.Server.Asked, Is.EqualTo(1), what);
            Assert.That(pair.Client.StreamFailures.Count + pair.Server.StreamFailures.Count, Is.Zero, what);
        }
    }

    [TestCase(1152, 20)]
    [TestCase(4200, 5)]
    [TestCase(20000, 1)]
    public void BERT_saves_round_trips(int size, int messages)
    {
        StreamPair pair = new(1, size, size);
        pair.Run();
        pair.Server.Answer = (_, response) => Bed.Body(response, Wire.Pattern(19500));
        pair.Client.Go(pair.Client.Request(CoapCode.Get));
        pair.Run();
        Assert.That(pair.Client.Responses[0].Body, Is.EqualTo(Wire.Pattern(19500)));
        Assert.That(pair.Client.Messages, Is.EqualTo(messages));

        CoapRequest request = pair.Client.Request(CoapCode.Put);
        Bed.Body(request, Wire.Pattern(19500));
        pair.Server.Answer = null;
        pair.Client.Go(request);
        pair.Run();
        Assert.That(pair.Client.Messages, Is.EqualTo(2 * messages));
    }

    [Test]
    public void Notifications_deferrals_and_requests_cross()
    {
        TestContext.Out.WriteLine("seed " + Seed);
        SeededRandom random = new(Seed);
        for (int round = 0; round < 100; round++)
        {
            StreamPair pair = new(random.Next(), 1152, 4096);
            pair.Run();
            int deferral = -1;
            pair.Server.Answer = (_, response) => deferral = response.Defer();
            pair.Client.Go(pair.Client.Request(CoapCode.Post));
            int notifications = random.Next(5);
            for (int i = 0; i < notifications; i++)
            {
                CoapResponse notification = pair.Server.Endpoint.BeginNotification(pair.Server.Peer)!;
                notification.ObserveSequence = i;
                Bed.Body(notification, Wire.Pattern(30 + i));
                int id = pair.Server.Endpoint.SendNotification(notification, new byte[] { 9 }, 0, 1, true, 5, pair.Now);
                Assert.That(id, Is.Not.Negative);
            }

            pair.Client.Answer = (_, response) => Bed.Body(response, "back");
            pair.Server.Go(pair.Server.Request(CoapCode.Get));
            pair.Run();
            CoapResponse later = pair.Server.Endpoint.BeginDeferred(deferral)!;
            later.Code = CoapCode.Changed;
            Assert.That(pair.Server.Endpoint.SendDeferred(later, 6, pair.Now), Is.True);
            pair.Run();
            Assert.That(pair.Client.Responses, Has.Count.EqualTo(1));
            Assert.That(pair.Client.Notifications, Has.Count.EqualTo(notifications));
            for (int i = 0; i < notifications; i++) Assert.That(pair.Client.Notifications[i], Is.EqualTo(Wire.Pattern(30 + i)));
            Assert.That(pair.Server.Responses, Has.Count.EqualTo(1));
            Assert.That(pair.Server.Responses[0].Body, Is.EqualTo("back"u8.ToArray()));
        }
    }

    [Test]
    public void What_is_too_large_is_told_to_both_and_the_connection_lives()
    {
        StreamPair pair = new(3, 200, 200);
        pair.Run();
        // As if the settings had not been kept to.
        pair.Client.Stream.Received(Frame.Hex("30e12207d0"), 0, 5, 0);
        byte[] large = Wire.Datagram("NON PUT 0 t=0a /x | 900@0");
        Assert.That(pair.Client.Stream.Send(large, 0, large.Length), Is.True);
        pair.Run();
        Assert.That(pair.Server.Asked, Is.Zero);

        pair.Server.Stream.Received(Frame.Hex("30e12207d0"), 0, 5, 0);
        pair.Server.Answer = (request, response) =>
        {
            byte[] answer = Wire.Datagram("NON 2.05 0 t=" + Wire.Hex(request.Buffer[request.TokenOffset..(request.TokenOffset + request.TokenLength)]) + " | 900@0");
            pair.Server.Stream.Send(answer, 0, answer.Length);
            response.Ignored = true;
        };
        pair.Client.Go(pair.Client.Request(CoapCode.Get));
        pair.Run();
        Assert.That(pair.Client.Failures, Is.EqualTo(new[] { CoapFailure.TooLarge }));

        pair.Server.Answer = (_, response) => Bed.Body(response, "alive");
        pair.Client.Go(pair.Client.Request(CoapCode.Get));
        pair.Run();
        Assert.That(pair.Client.Responses, Has.Count.EqualTo(1));
        Assert.That(pair.Client.StreamFailures.Count + pair.Server.StreamFailures.Count, Is.Zero);
    }

    [Test]
    public void An_idle_connection_is_kept_alive_for_days()
    {
        StreamPair pair = new(4, 1152, 1152);
        pair.Run();
        for (int i = 0; i < 3 * 24 * 60; i++) pair.Passes(60000);
        Assert.That(pair.Client.Stream.IsOpen && pair.Server.Stream.IsOpen, Is.True);
    }
}
