using System;
using System.Collections.Generic;

namespace Lwm2m.Coap.Tests;

/// <summary>Two endpoints over two streams, and a connection between them that cuts and joins what is written, on one clock, from one seed.</summary>
internal sealed class StreamPair
{
    private readonly SeededRandom _random;

    public StreamPair(int seed, int clientBytes, int serverBytes)
    {
        _random = new SeededRandom(seed);
        Client = new Host(this, seed + 1, clientBytes);
        Server = new Host(this, seed + 2, serverBytes);
        Client.Stream.Start(0);
        Server.Stream.Start(0);
    }

    public Host Client { get; }

    public Host Server { get; }

    public long Now { get; private set; }

    /// <summary>Carries bytes until none are left.</summary>
    public void Run()
    {
        while (Client.Out.Count + Server.Out.Count > 0)
        {
            Carry(Client, Server);
            Carry(Server, Client);
        }
    }

    public void Passes(long milliseconds)
    {
        Now += milliseconds;
        foreach (Host host in new[] { Client, Server })
        {
            host.Stream.Poll(Now);
            host.Endpoint.Poll(Now);
        }

        Run();
    }

    private void Carry(Host from, Host to)
    {
        int count = Math.Min(from.Out.Count, _random.Next(4) == 0 ? _random.Next(5) : _random.Next(3000));
        if (count == 0) return;
        byte[] piece = from.Out.GetRange(0, count).ToArray();
        from.Out.RemoveRange(0, count);
        to.Stream.Received(piece, 0, count, Now);
    }

    internal sealed class Host : ICoapOutput, ICoapHandler, ICoapStreamOutput, ICoapStreamHandler
    {
        private readonly StreamPair _pair;

        public Host(StreamPair pair, int seed, int maxMessageBytes)
        {
            _pair = pair;
            CoapLimits limits = new() { MaxMessageBytes = maxMessageBytes, MaxPayloadBytes = 200000 };
            Endpoint = new CoapEndpoint(limits, this, this, new SeededRandom(seed));
            Stream = new CoapStream(maxMessageBytes, this, this);
            Peer = Endpoint.AddPeer(0)!;
            Peer.IsReliable = true;
        }

        public CoapEndpoint Endpoint { get; }

        public CoapStream Stream { get; }

        public CoapPeer Peer { get; }

        /// <summary>Bytes on their way.</summary>
        public List<byte> Out { get; } = new();

        public Action<CoapMessage, CoapResponse>? Answer { get; set; }

        public int Asked { get; private set; }

        /// <summary>Messages that came, and their largest.</summary>
        public int Messages { get; private set; }

        public List<(int Code, byte[] Body)> Responses { get; } = new();

        public List<byte[]> Notifications { get; } = new();

        public List<CoapFailure> Failures { get; } = new();

        public List<CoapStreamFailure> StreamFailures { get; } = new();

        public bool Send(CoapPeer peer, byte[] buffer, int offset, int count) => Stream.Send(buffer, offset, count);

        public bool Write(byte[] buffer, int offset, int count)
        {
            Out.AddRange(buffer[offset..(offset + count)]);
            return true;
        }

        public void OnMessage(byte[] buffer, int offset, int count, long nowMs)
        {
            Messages++;
            Endpoint.Receive(Peer, buffer, offset, count, nowMs);
        }

        public void OnTooLarge(byte[] buffer, int offset, int count, long nowMs) => Endpoint.ReceiveTooLarge(Peer, buffer, offset, count, nowMs);

        public void OnSettings(long nowMs)
        {
            Peer.MaxMessageBytes = Stream.PeerMaxMessageBytes;
            Peer.TakesBlocks = Stream.PeerTakesBlocks;
        }

        public void OnRelease(int holdOffSeconds, long nowMs)
        {
        }

        public void OnFailed(CoapStreamFailure reason, long nowMs) => StreamFailures.Add(reason);

        public void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
        {
            Asked++;
            response.Code = CoapCode.Content;
            Answer?.Invoke(request, response);
        }

        public void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs) => Responses.Add((response.Code, Bed.BodyOf(response)));

        public void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs) => Failures.Add(reason);

        public void OnAcknowledged(CoapPeer peer, int context, long nowMs) => throw new InvalidOperationException("acknowledged");

        public void OnReset(CoapPeer peer, int messageId, long nowMs) => throw new InvalidOperationException("reset");

        public bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs)
        {
            Notifications.Add(Bed.BodyOf(message));
            return true;
        }

        public CoapRequest Request(int code)
        {
            CoapRequest request = Endpoint.BeginRequest(Peer)!;
            request.Code = code;
            request.AddPath("x");
            return request;
        }

        public bool Go(CoapRequest request) => Endpoint.SendRequest(request, 1, _pair.Now);
    }
}
