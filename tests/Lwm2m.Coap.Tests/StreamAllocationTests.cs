using System;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>After the start a connection allocates nothing, whatever happens on it.</summary>
[TestFixture]
internal sealed class StreamAllocationTests
{
    private const int Rounds = 2000;

    [Test]
    public void Exchanges_both_ways_allocate_nothing()
    {
        End client = new(1);
        End server = new(2);
        client.Other = server;
        server.Other = client;
        client.Stream.Start(0);
        server.Stream.Start(0);
        End.Run(client, server);

        byte[] token = { 1, 2, 3 };
        AllocatesNothing(round =>
        {
            CoapRequest request = client.Endpoint.BeginRequest(client.Peer)!;
            request.Code = round % 2 == 0 ? CoapCode.Get : CoapCode.Post;
            request.AddPath(3);
            request.PayloadLength = round % 2 == 0 ? 0 : round % 7 * 1000;
            server.BodyLength = round % 5 * 1000;
            client.Endpoint.SendRequest(request, 1, round);
            End.Run(client, server);

            CoapResponse notification = server.Endpoint.BeginNotification(server.Peer)!;
            notification.ObserveSequence = round;
            notification.PayloadLength = 10;
            server.Endpoint.SendNotification(notification, token, 0, 3, true, 1, round);
            server.Stream.Ping(round);
            client.Stream.Ping(round);
            End.Run(client, server);
            server.Stream.Poll(round);
            server.Endpoint.Poll(round);
        });
        Assert.That(client.Responses, Is.EqualTo(Rounds + 300));
        Assert.That(client.Notifications, Is.EqualTo(Rounds + 300));
    }

    [Test]
    public void Passing_over_what_is_too_large_and_beginning_anew_allocate_nothing()
    {
        End end = new(1);
        End other = new(2);
        end.Other = other;
        byte[] bytes = [.. Frame.Hex("00e1"), .. Frame.Of("NON PUT 0 t=01 /x | 9000@0"), .. Frame.Of("NON 2.05 0 t=01 | 9000@0"), .. Frame.Hex("0fe2")];
        int aborted = 0;
        AllocatesNothing(round =>
        {
            end.Stream.Start(round);
            end.Stream.Received(bytes, 0, bytes.Length, round);
            if (!end.Stream.IsOpen) aborted++;
            end.Drop();
        });
        Assert.That(aborted, Is.EqualTo(Rounds + 300));
    }

    private static void AllocatesNothing(Action<int> operation)
    {
        for (int i = 0; i < 300; i++) operation(i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 300; i < 300 + Rounds; i++) operation(i);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private sealed class End : ICoapOutput, ICoapHandler, ICoapStreamOutput, ICoapStreamHandler
    {
        private readonly byte[] _pipe = new byte[65536];
        private int _length;

        public End(int seed)
        {
            CoapLimits limits = new() { MaxMessageBytes = 2400, MaxPayloadBytes = 8192 };
            Endpoint = new CoapEndpoint(limits, this, this, new SeededRandom(seed));
            Stream = new CoapStream(limits.MaxMessageBytes, this, this);
            Peer = Endpoint.AddPeer(0)!;
            Peer.IsReliable = true;
        }

        public CoapEndpoint Endpoint { get; }

        public CoapStream Stream { get; }

        public CoapPeer Peer { get; }

        public End? Other { get; set; }

        public int BodyLength { get; set; }

        public int Responses { get; private set; }

        public int Notifications { get; private set; }

        public static void Run(End one, End other)
        {
            while (one._length + other._length > 0)
            {
                one.Carry(other);
                other.Carry(one);
            }
        }

        public void Drop() => _length = 0;

        public bool Send(CoapPeer peer, byte[] buffer, int offset, int count) => Stream.Send(buffer, offset, count);

        public bool Write(byte[] buffer, int offset, int count)
        {
            Array.Copy(buffer, offset, _pipe, _length, count);
            _length += count;
            return true;
        }

        public void OnMessage(byte[] buffer, int offset, int count, long nowMs) => Endpoint.Receive(Peer, buffer, offset, count, nowMs);

        public void OnTooLarge(byte[] buffer, int offset, int count, long nowMs) => Endpoint.ReceiveTooLarge(Peer, buffer, offset, count, nowMs);

        public void OnSettings(long nowMs)
        {
            Peer.MaxMessageBytes = Stream.PeerMaxMessageBytes;
            Peer.TakesBlocks = Stream.PeerTakesBlocks;
        }

        public void OnRelease(int holdOffSeconds, long nowMs)
        {
        }

        public void OnFailed(CoapStreamFailure reason, long nowMs)
        {
        }

        public void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
        {
            response.Code = CoapCode.Content;
            response.PayloadLength = BodyLength;
        }

        public void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs)
        {
            if (response.PayloadLength == Other!.BodyLength) Responses++;
        }

        public void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs)
        {
        }

        public void OnAcknowledged(CoapPeer peer, int context, long nowMs)
        {
        }

        public void OnReset(CoapPeer peer, int messageId, long nowMs)
        {
        }

        public bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs)
        {
            Notifications++;
            return true;
        }

        private void Carry(End to)
        {
            int count = _length < 700 ? _length : 700;
            to.Stream.Received(_pipe, 0, count, 0);
            _length -= count;
            Array.Copy(_pipe, count, _pipe, 0, _length);
        }
    }
}
