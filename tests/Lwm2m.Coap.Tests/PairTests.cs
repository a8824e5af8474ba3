using System;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>Both ends are ours: what one sends the other gets, whatever the network does.</summary>
[TestFixture]
internal sealed class PairTests
{
    private static int Pick(SeededRandom random, params int[] choices) => choices[random.Next(choices.Length)];

    [Test]
    public void Bodies_of_all_sizes_come_through_a_bad_network_whole_and_are_handled_once()
    {
        const int seed = 31337;
        TestContext.Out.WriteLine("seed " + seed);
        SeededRandom random = new(seed);
        int failures = 0;
        for (int round = 0; round < 600; round++)
        {
            int clientBlock = 16 << random.Next(7);
            int serverBlock = 16 << random.Next(7);
            Pair pair = new(random.Next(), limits =>
            {
                limits.BlockSize = clientBlock;
                clientBlock = serverBlock;
                limits.MaxPayloadBytes = 3000;
                limits.Transfers = 1;
            })
            {
                LossPercent = Pick(random, 0, 0, 10, 25),
                DuplicatePercent = Pick(random, 0, 20),
            };
            byte[] up = Wire.Pattern(random.Next(3) == 0 ? random.Next(20) : random.Next(3000), random.Next(1000));
            byte[] down = Wire.Pattern(random.Next(3) == 0 ? random.Next(20) : random.Next(3000), random.Next(1000));
            bool reads = random.Next(2) == 0;
            byte[] got = Array.Empty<byte>();
            pair.Server.Answer = (request, response) =>
            {
                got = Bed.BodyOf(request);
                Bed.Body(response, down);
            };

            CoapRequest message = pair.Client.Endpoint.BeginRequest(pair.Client.Peer)!;
            message.Code = reads ? CoapCode.Get : CoapCode.Post;
            message.AddPath("x");
            if (!reads) Bed.Body(message, up);
            Assert.That(pair.Client.Endpoint.SendRequest(message, 1, 0), Is.True);
            pair.RunUntil(() => pair.Client.Responses.Count + pair.Client.Failures.Count > 0);

            string what = $"round {round}: up {(reads ? 0 : up.Length)}, down {down.Length}";
            Assert.That(pair.Client.Responses.Count + pair.Client.Failures.Count, Is.EqualTo(1), what);
            if (pair.Client.Failures.Count > 0)
            {
                Assert.That(pair.LossPercent, Is.Positive, what + " " + pair.Client.Failures[0]);
                Assert.That(pair.Client.Failures[0], Is.EqualTo(CoapFailure.Timeout), what);
                failures++;
                continue;
            }

            Assert.That(pair.Client.Responses[0].Code, Is.EqualTo(CoapCode.Content), what);
            Assert.That(pair.Client.Responses[0].Body, Is.EqualTo(down), what);
            if (!reads) Assert.That(got, Is.EqualTo(up), what);
            if (!reads) Assert.That(pair.Server.Asked, Is.EqualTo(1), what);
        }

        TestContext.Out.WriteLine(failures + " timeouts");
        Assert.That(failures, Is.LessThan(120));
    }

    [Test]
    public void Notifications_and_deferred_responses_come_through_a_bad_network()
    {
        const int seed = 99;
        TestContext.Out.WriteLine("seed " + seed);
        for (int round = 0; round < 200; round++)
        {
            Pair pair = new(seed + round) { LossPercent = 20, DuplicatePercent = 20 };
            int deferral = -1;
            pair.Server.Answer = (_, response) => deferral = response.Defer();
            pair.Client.Endpoint.SendRequest(pair.Client.Endpoint.BeginRequest(pair.Client.Peer)!, 1, 0);
            pair.RunUntil(() => deferral >= 0 || pair.Client.Failures.Count > 0);
            if (deferral < 0) continue;
            CoapResponse later = pair.Server.Endpoint.BeginDeferred(deferral)!;
            later.Code = CoapCode.Content;
            Bed.Body(later, "late");
            Assert.That(pair.Server.Endpoint.SendDeferred(later, 2, pair.Now), Is.True);
            pair.RunUntil(() => false, 600000);
            Assert.That(pair.Server.Asked, Is.EqualTo(1));
            Assert.That(pair.Client.Responses.Count + pair.Client.Failures.Count, Is.EqualTo(1));
            Assert.That(pair.Server.Acknowledged + pair.Server.Failures.Count, Is.EqualTo(1));
        }
    }
}
