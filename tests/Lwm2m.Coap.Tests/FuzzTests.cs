using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>Whatever comes in: no exception, no hang, no growth, and the endpoint still works.</summary>
[TestFixture]
internal sealed class FuzzTests
{
    private const int Inputs = 250000;

    private static readonly string[] Seeds =
    {
        "CON GET 1 t=01020304 /3/0/0 Accept=112",
        "CON GET 2 t=01020304 Observe=0 /3303/0/5700 ?pmin=10&pmax=60&gt=23.5",
        "CON PUT 3 t=0102 /1/0/1 CF=0 | 300",
        "CON POST 4 t=0102030405060708 /3/0/4",
        "CON POST 5 t=01 Loc=/rd/1 /rd CF=40 ?ep=abc&lt=300&lwm2m=1.1&b=U | </0/0>,</1/0>,</3/0>",
        "CON PUT 6 t=01 /5/0/0 CF=42 Block1=0/1/64 Size1=150 RTag=aa | 64@0",
        "CON PUT 7 t=01 /5/0/0 CF=42 Block1=1/1/64 RTag=aa | 64@64",
        "CON PUT 8 t=01 /5/0/0 CF=42 Block1=2/0/64 RTag=aa | 22@128",
        "CON GET 9 t=01 /big Block2=0/0/64 Size2=0",
        "CON GET 10 t=01 /big Block2=1/0/64",
        "CON FETCH 11 t=01 / CF=320 Accept=112 Block2=2/0/64 | [1]",
        "CON DELETE 12 t=01 /16/1 NoResponse=2",
        "CON GET 13 Host=example.org Port=5683 ProxyUri=coap://a ProxyScheme=coap IfMatch=01 IfNoneMatch= Oscore=09 Hop=1 #19=06 #21= #31=06 #65535=",
        "ACK 2.05 14 t=01020304 ETag=01 Observe=5 CF=110 MaxAge=1 Block2=0/1/16 Block1=0/1/16 Size2=100 Size1=100 Echo=0102 | 16@0",
        "ACK 4.01 15 t=01020304 Echo=01020304050607080910",
        "ACK 2.31 16 t=01020304 Block1=0/1/32",
        "ACK 4.13 17 t=01020304 Block1=0/1/16 Size1=100",
        "ACK 4.08 18 t=01020304",
        "CON 2.05 19 t=01020304 Observe=7 | late",
        "ACK - 20", "RST - 21", "CON - 22", "NON - 23",
    };

    private static List<byte[]> Corpus()
    {
        List<byte[]> corpus = new();
        foreach (string seed in Seeds) corpus.Add(Wire.Datagram(seed));
        string path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Vectors", "vectors.json");
        foreach (JsonElement vector in JsonDocument.Parse(File.ReadAllText(path)).RootElement.EnumerateArray())
        {
            string id = vector.GetProperty("id").GetString()!;
            if (id.StartsWith("coap-", StringComparison.Ordinal)) corpus.Add(Convert.FromHexString(vector.GetProperty("hex").GetString()!));
        }

        return corpus;
    }

    private static byte[] Next(SeededRandom random, List<byte[]> corpus)
    {
        if (random.Next(20) == 0)
        {
            byte[] noise = random.Bytes(random.Next(80));
            if (noise.Length > 0 && random.Next(2) == 0) noise[0] = (byte)(0x40 | (noise[0] & 0x3F));
            return noise;
        }

        byte[] bytes = (byte[])corpus[random.Next(corpus.Count)].Clone();
        int mutations = random.Next(4);
        for (int i = 0; i < mutations && bytes.Length > 0; i++)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next();
                    break;
                case 2:
                    bytes = bytes[..at];
                    break;
                case 3:
                    byte[] other = corpus[random.Next(corpus.Count)];
                    int from = random.Next(other.Length);
                    bytes = Join(bytes[..at], other[from..]);
                    break;
                case 4:
                    bytes = Join(bytes[..at], random.Bytes(random.Next(5)), bytes[at..]);
                    break;
                default:
                    bytes = Join(bytes[..at], bytes[Math.Min(bytes.Length, at + 1 + random.Next(3))..]);
                    break;
            }
        }

        return bytes;
    }

    private static byte[] Join(params byte[][] parts)
    {
        List<byte> all = new();
        foreach (byte[] part in parts) all.AddRange(part);
        return all.ToArray();
    }

    [Test]
    public void The_parser_stays_within_the_message()
    {
        const int seed = 20260730;
        TestContext.Out.WriteLine("seed " + seed);
        SeededRandom random = new(seed);
        List<byte[]> corpus = Corpus();
        CoapMessage message = new();
        CoapOptionReader options = new();
        int[] statuses = new int[5];
        for (int i = 0; i < Inputs; i++)
        {
            byte[] bytes = Next(random, corpus);
            // Exactly as long as the message, so that one byte too far is an exception.
            CoapParseStatus status = message.Parse(bytes, 0, bytes.Length);
            statuses[(int)status]++;
            if (status != CoapParseStatus.Ok) continue;

            int count = 0;
            options.Start(message);
            while (options.Next())
            {
                Within(bytes, options.Offset, options.Length);
                count += options.Number is 8 or 11 or 15 ? 1 : 0;
            }

            for (int j = 0; j < message.PathCount; j++) Within(bytes, message.PathSegment(j, out int length), length);
            for (int j = 0; j < message.QueryCount; j++) Within(bytes, message.Query(j, out int length), length);
            for (int j = 0; j < message.LocationCount; j++) Within(bytes, message.Location(j, out int length), length);
            int kept = message.PathCount + message.QueryCount + message.LocationCount;
            if (message.BadOption == 0) Assert.That(kept, Is.LessThanOrEqualTo(count));
            Within(bytes, message.PayloadOffset, message.PayloadLength);
            if (message.EchoLength >= 0) Within(bytes, message.EchoOffset, message.EchoLength);
            if (message.ETagLength >= 0) Within(bytes, message.ETagOffset, message.ETagLength);
            if (message.RequestTagLength >= 0) Within(bytes, message.RequestTagOffset, message.RequestTagLength);
            if (message.UriHostLength >= 0) Within(bytes, message.UriHostOffset, message.UriHostLength);
        }

        foreach (int reached in statuses) Assert.That(reached, Is.Positive);
        Assert.That(statuses[0], Is.GreaterThan(Inputs / 10));
    }

    private static void Within(byte[] bytes, int offset, int length) =>
        Assert.That(offset >= 0 && length >= 0 && offset + length <= bytes.Length, Is.True);

    [TestCase(true, 555)]
    [TestCase(false, 556)]
    public void The_endpoint_survives_anything_and_grows_by_nothing(bool board, int seed)
    {
        TestContext.Out.WriteLine("seed " + seed);
        SeededRandom random = new(seed);
        List<byte[]> corpus = Corpus();
        int answered = 0;
        int began = 0;
        int ended = 0;
        int requests = 0;
        int deferral = -1;
        Sink sink = new()
        {
            Request = (request, response) =>
            {
                requests++;
                response.Code = CoapCode.Content;
                response.PayloadLength = random.Next(4) == 0 ? response.PayloadCapacity : random.Next(100);
                if (random.Next(10) == 0) deferral = response.Defer();
                if (random.Next(10) == 0) response.AddLocationPath(request.PathCount);
            },
            Ended = () => ended++,
            Sent = (buffer, offset, count) =>
            {
                // What goes out is well-formed by our own book, and within the limit.
                answered++;
                CoapParseStatus status = new CoapMessage().Parse(buffer, offset, count);
                Assert.That(status, Is.EqualTo(CoapParseStatus.Ok));
                Assert.That(count, Is.LessThanOrEqualTo(board ? 640 : 1500));
            },
        };
        CoapLimits limits = board ? CoapLimits.ForBoard() : CoapLimits.ForHost();
        limits.MaxPayloadBytes = 1024;
        CoapEndpoint endpoint = new(limits, sink, sink, new SeededRandom(seed + 1));
        CoapPeer[] peers = { endpoint.AddPeer(0)!, endpoint.AddPeer(1)! };
        long now = 0;
        for (int i = 0; i < Inputs; i++)
        {
            CoapPeer peer = peers[random.Next(2)];
            byte[] bytes = Next(random, corpus);
            // Half of the answers are aimed at what is really out.
            if (bytes.Length >= 4 && endpoint.CanSend(peer) == false && random.Next(2) == 0) Aim(bytes, peer, random);
            endpoint.Receive(peer, bytes, 0, bytes.Length, now);
            if (random.Next(3) == 0) now += random.Next(4000);
            if (random.Next(5) == 0) endpoint.Poll(now);
            if (random.Next(10) == 0) began += Begin(endpoint, peer, random, now);
            if (random.Next(50) == 0 && endpoint.IsDeferred(deferral)) began += SendDeferred(endpoint, deferral, now);
            if (random.Next(5000) == 0) endpoint.ResetPeer(peer, now);
        }

        while (endpoint.Poll(now) < long.MaxValue) now = endpoint.Poll(now);
        Assert.That(endpoint.CanSend(peers[0]) && endpoint.CanSend(peers[1]), Is.True);
        Assert.That(ended, Is.EqualTo(began), "every exchange ends exactly once");
        Assert.That(requests, Is.GreaterThan(1000));
        Assert.That(answered, Is.GreaterThan(1000));

        // And it still works.
        requests = 0;
        byte[] last = Wire.Datagram("CON GET 77 t=77 /still/there");
        endpoint.ResetPeer(peers[0], now);
        endpoint.Receive(peers[0], last, 0, last.Length, now + 1);
        Assert.That(requests, Is.EqualTo(1));
    }

    private static void Aim(byte[] bytes, CoapPeer peer, SeededRandom random)
    {
        bytes[2] = (byte)(peer.OutMessageId >> 8);
        bytes[3] = (byte)peer.OutMessageId;
        int tokenLength = peer.Out[0] & 15;
        if (bytes.Length < 4 + tokenLength || (bytes[0] & 15) != tokenLength || random.Next(8) == 0) return;
        Array.Copy(peer.Out, 4, bytes, 4, tokenLength);
    }

    private static int Begin(CoapEndpoint endpoint, CoapPeer peer, SeededRandom random, long now)
    {
        if (random.Next(4) == 0)
        {
            CoapResponse notification = endpoint.BeginNotification(peer)!;
            notification.ObserveSequence = random.Next(1 << 24);
            notification.PayloadLength = random.Next(1024);
            bool confirmable = random.Next(2) == 0;
            int mid = endpoint.SendNotification(notification, new byte[8], 0, 8, confirmable, 1, now);
            return confirmable && mid >= 0 ? 1 : 0;
        }

        CoapRequest? request = endpoint.BeginRequest(peer);
        if (request == null) return 0;
        request.Code = 1 + random.Next(7);
        request.Confirmable = random.Next(4) != 0;
        request.StreamResponse = random.Next(4) == 0;
        request.SetToken(new byte[] { 1, 2, 3, 4 }, 0, 4);
        request.AddPath("a");
        request.PayloadLength = random.Next(2) == 0 ? 0 : random.Next(1024);
        return endpoint.SendRequest(request, 1, now) ? 1 : 0;
    }

    private static int SendDeferred(CoapEndpoint endpoint, int deferral, long now)
    {
        CoapResponse? response = endpoint.BeginDeferred(deferral);
        if (response == null) return 0;
        bool confirmable = response.Deferral!.Confirmable;
        response.PayloadLength = 30;
        response.Code = CoapCode.Content;
        int noResponse = response.Deferral!.NoResponse;
        bool silent = noResponse > 0 && (noResponse & 2) != 0;
        return endpoint.SendDeferred(response, 2, now) && confirmable && !silent ? 1 : 0;
    }

    private sealed class Sink : ICoapOutput, ICoapHandler
    {
        public Action<CoapMessage, CoapResponse> Request { get; init; } = (_, _) => { };

        public Action Ended { get; init; } = () => { };

        public Action<byte[], int, int> Sent { get; init; } = (_, _, _) => { };

        public bool Send(CoapPeer peer, byte[] buffer, int offset, int count)
        {
            Sent(buffer, offset, count);
            return true;
        }

        public void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs) => Request(request, response);

        public void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs)
        {
            // A stream goes on as long as the exchange is out.
            if (peer.State == CoapPeer.Idle) Ended();
        }

        public void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs) => Ended();

        public void OnAcknowledged(CoapPeer peer, int context, long nowMs) => Ended();

        public void OnReset(CoapPeer peer, int messageId, long nowMs)
        {
        }

        public bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs) => (message.MessageId & 1) == 0;
    }
}
