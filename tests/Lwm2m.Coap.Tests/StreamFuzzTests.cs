using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>Whatever bytes a connection brings: no exception, no hang, no growth, and the stream works again on the next connection.</summary>
[TestFixture]
internal sealed class StreamFuzzTests
{
    private const int Inputs = 40000;

    private static readonly string[] Seeds =
    {
        "40e122048020", "00e1", "30e1220500", "10e140", "60e1250102030405", "10e110", "01e242", "11e24220", "00e2", "01e301", "00e4", "20e44105",
        "60e422616221ff", "00e5", "20e5210200", "0000", "0077", "00e6", "f1ffffffff0277", "0f45", "d00045ff000000000000000000000000",
    };

    private static List<byte[]> Corpus()
    {
        List<byte[]> corpus = new();
        foreach (string seed in Seeds) corpus.Add(Frame.Hex(seed.Length % 2 == 0 ? seed : seed + "0"));
        corpus.Add(Frame.Of("NON GET 0 t=01020304 /3/0/0 Accept=112"));
        corpus.Add(Frame.Of("NON PUT 0 t=01 /5/0/0 CF=42 Block1=0/1/bert | 1024@0"));
        corpus.Add(Frame.Of("NON PUT 0 t=01 /5/0/0 CF=42 Block1=1/0/bert | 900@1024"));
        corpus.Add(Frame.Of("NON PUT 0 t=01 /5/0/0 | 3000@0"));
        corpus.Add(Frame.Of("NON GET 0 t=01 /big Block2=0/0/bert"));
        corpus.Add(Frame.Of("NON GET 0 t=01 /big Block2=1/0/bert"));
        corpus.Add(Frame.Of("NON 2.05 0 t=01020304 ETag=01 Block2=0/1/bert | 1024@0"));
        corpus.Add(Frame.Of("NON 2.31 0 t=01020304 Block1=0/1/bert"));
        corpus.Add(Frame.Of("NON 4.13 0 t=01020304 Block1=0/0/bert Size1=10"));
        corpus.Add(Frame.Of("NON 2.05 0 t=01020304 | 3000@0"));
        return corpus;
    }

    private static byte[] Next(SeededRandom random, List<byte[]> corpus)
    {
        List<byte> bytes = new();
        if (random.Next(8) != 0) bytes.AddRange(corpus[random.Next(4)]);
        for (int i = random.Next(6); i >= 0; i--) bytes.AddRange(corpus[random.Next(corpus.Count)]);
        int mutations = random.Next(4);
        for (int i = 0; i < mutations && bytes.Count > 0; i++)
        {
            int at = random.Next(Math.Min(bytes.Count, random.Next(2) == 0 ? 12 : int.MaxValue));
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next();
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(4), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, random.Bytes(random.Next(4)));
                    break;
            }
        }

        return bytes.ToArray();
    }

    [Test]
    public void Mutated_streams_do_no_harm()
    {
        const int seed = 20261121;
        TestContext.Out.WriteLine("seed " + seed);
        SeededRandom random = new(seed);
        List<byte[]> corpus = Corpus();
        StreamPair pair = new(seed, 1500, 1500);
        pair.Server.Answer = (_, response) => Bed.Body(response, Wire.Pattern(5000));
        int aborted = 0;
        for (int input = 0; input < Inputs; input++)
        {
            StreamPair.Host server = pair.Server;
            server.Endpoint.ResetPeer(server.Peer, input);
            server.Peer.IsReliable = true;
            server.Stream.Start(input);
            server.Out.Clear();
            if (random.Next(3) == 0) server.Go(server.Request(random.Next(2) == 0 ? CoapCode.Get : CoapCode.Put));
            byte[] bytes = Next(random, corpus);
            for (int at = 0; at < bytes.Length;)
            {
                int size = Math.Min(1 + random.Next(random.Next(2) == 0 ? 5 : 2000), bytes.Length - at);
                byte[] piece = bytes[at..(at + size)];
                server.Stream.Received(piece, 0, size, input);
                if (!piece.AsSpan().SequenceEqual(bytes.AsSpan(at, size))) Assert.Fail("what was received stays as it was");
                at += size;
            }

            server.Stream.Poll(input);
            if (!server.Stream.IsOpen) aborted++;
            // What went out are frames, all of them whole.
            while (Frame.TakeDatagram(server.Out) is { } datagram) Wire.Decode(datagram);
            if (server.Out.Count > 0) Assert.Fail("input " + input);
        }

        TestContext.Out.WriteLine(aborted + " connections given up");
        Assert.That(aborted, Is.InRange(Inputs / 20, Inputs * 19 / 20), "both ways were gone");
        Works(pair);
    }

    private static void Works(StreamPair pair)
    {
        foreach (StreamPair.Host host in new[] { pair.Client, pair.Server })
        {
            host.Out.Clear();
            host.Endpoint.ResetPeer(host.Peer, Inputs);
            host.Peer.IsReliable = true;
        }

        pair.Client.Stream.Start(Inputs);
        pair.Server.Stream.Start(Inputs);
        pair.Run();
        pair.Client.Responses.Clear();
        Assert.That(pair.Client.Go(pair.Client.Request(CoapCode.Get)), Is.True);
        pair.Run();
        Assert.That(pair.Client.Responses, Has.Count.EqualTo(1));
        Assert.That(pair.Client.Responses[0].Body, Is.EqualTo(Wire.Pattern(5000)));
    }
}
