using System;
using System.Collections.Generic;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>
/// One endpoint, a clock that stands until it is moved, and a peer that the test plays: what it says goes in by <see cref="PeerSends"/>, what the
/// endpoint says is taken in order by <see cref="Sends"/>, what its owner is told by <see cref="Tells"/>.
/// </summary>
internal sealed class Bed : ICoapOutput, ICoapHandler
{
    private readonly Queue<(CoapPeer Peer, byte[] Datagram)> _sent = new();
    private readonly Queue<string> _told = new();

    public Bed(Action<CoapLimits>? configure = null, int seed = 1, bool small = false)
    {
        Limits = small ? SmallLimits() : CoapLimits.ForHost();
        configure?.Invoke(Limits);
        Endpoint = new CoapEndpoint(Limits, this, this, new SeededRandom(seed));
        Peer = Endpoint.AddPeer(0)!;
    }

    public CoapLimits Limits { get; }

    public CoapEndpoint Endpoint { get; }

    public CoapPeer Peer { get; }

    public long Now { get; private set; }

    public int Requests { get; private set; }

    /// <summary>What the owner does with a request; 2.05 with no body when not set.</summary>
    public Action<CoapMessage, CoapResponse>? Answer { get; set; }

    /// <summary>What the owner does with a response, besides noting it.</summary>
    public Action<CoapMessage>? Response { get; set; }

    public Action<CoapFailure>? Failure { get; set; }

    public bool KnowsTokens { get; set; }

    public byte[] LastRaw { get; private set; } = Array.Empty<byte>();

    public bool Send(CoapPeer peer, byte[] buffer, int offset, int count)
    {
        _sent.Enqueue((peer, buffer[offset..(offset + count)]));
        return true;
    }

    public void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
    {
        Requests++;
        response.Code = CoapCode.Content;
        Answer?.Invoke(request, response);
    }

    public void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs)
    {
        _told.Enqueue("response " + context + " " + Describe(response));
        Response?.Invoke(response);
    }

    public void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs)
    {
        _told.Enqueue("failure " + context + " " + reason);
        Failure?.Invoke(reason);
    }

    public void OnAcknowledged(CoapPeer peer, int context, long nowMs) => _told.Enqueue("acknowledged " + context);

    public void OnReset(CoapPeer peer, int messageId, long nowMs) => _told.Enqueue("reset " + messageId);

    public bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs)
    {
        _told.Enqueue("unmatched " + Describe(message));
        return KnowsTokens;
    }

    public void PeerSends(string text, CoapPeer? from = null) => PeerSends(Wire.Datagram(text), from);

    public void PeerSends(byte[] datagram, CoapPeer? from = null) => Endpoint.Receive(from ?? Peer, datagram, 0, datagram.Length, Now);

    /// <summary>The next datagram must be this one; returns it, so that the test can answer by its message id and token.</summary>
    public Wire Sends(string expected, CoapPeer? to = null)
    {
        Assert.That(_sent, Is.Not.Empty, "expected to be sent: " + expected);
        (CoapPeer peer, byte[] datagram) = _sent.Dequeue();
        LastRaw = datagram;
        Wire wire = Wire.Decode(datagram);
        Assert.That(wire.ToString(expected), Is.EqualTo(Wire.Canonical(expected)));
        Assert.That(peer, Is.SameAs(to ?? Peer));
        return wire;
    }

    public byte[] SendsRaw()
    {
        Assert.That(_sent, Is.Not.Empty);
        return _sent.Dequeue().Datagram;
    }

    public void SendsNothing()
    {
        if (_sent.Count > 0) Assert.Fail("sent: " + Wire.Decode(_sent.Dequeue().Datagram));
    }

    public void Tells(string expected)
    {
        Assert.That(_told, Is.Not.Empty, "expected to be told: " + expected);
        Assert.That(_told.Dequeue(), Is.EqualTo(expected));
    }

    public void TellsNothing()
    {
        if (_told.Count > 0) Assert.Fail("told: " + _told.Dequeue());
    }

    /// <summary>Moves the clock and lets the endpoint do what is due.</summary>
    public long Passes(long milliseconds)
    {
        Now += milliseconds;
        return Endpoint.Poll(Now);
    }

    /// <summary>Moves the clock to when the endpoint wants to be called next.</summary>
    public void PassesUntilDue()
    {
        long due = Endpoint.Poll(Now);
        Assert.That(due, Is.LessThan(long.MaxValue), "nothing is due");
        Now = due;
        Endpoint.Poll(Now);
    }

    public CoapRequest Request(int code, params object[] path)
    {
        CoapRequest request = Endpoint.BeginRequest(Peer)!;
        Assert.That(request, Is.Not.Null);
        request.Code = code;
        foreach (object segment in path)
        {
            if (segment is int number) request.AddPath(number);
            else request.AddPath((string)segment);
        }

        return request;
    }

    public bool Go(CoapRequest request, int context = 7) => Endpoint.SendRequest(request, context, Now);

    public static void Body(CoapOutgoing outgoing, byte[] body)
    {
        body.CopyTo(outgoing.Payload, outgoing.PayloadOffset);
        outgoing.PayloadLength = body.Length;
    }

    public static void Body(CoapOutgoing outgoing, string body) => Body(outgoing, Encoding.UTF8.GetBytes(body));

    public static byte[] BodyOf(CoapMessage message) =>
        message.PayloadBuffer[message.PayloadOffset..(message.PayloadOffset + message.PayloadLength)];

    public static string Path(CoapMessage message)
    {
        StringBuilder text = new();
        for (int i = 0; i < message.PathCount; i++)
        {
            int at = message.PathSegment(i, out int length);
            text.Append('/').Append(Encoding.UTF8.GetString(message.Buffer, at, length));
        }

        return text.ToString();
    }

    private static string Describe(CoapMessage message)
    {
        Wire body = new() { Code = message.Code, Payload = BodyOf(message) };
        string text = body.ToString();
        string code = text.Split(' ')[1];
        int bar = text.IndexOf(" | ", StringComparison.Ordinal);
        string observe = message.Observe >= 0 ? " Observe=" + message.Observe : "";
        return code + observe + (bar < 0 ? "" : text[bar..]);
    }

    // Of the size of a board's, and its own: what suits boards best may change.
    private static CoapLimits SmallLimits() => new()
    {
        MaxMessageBytes = 640,
        MaxHeaderBytes = 160,
        MaxPayloadBytes = 1024,
        BlockSize = 512,
        MaxPeers = 2,
        DedupEntries = 8,
        DedupBytes = 512,
        Transfers = 2,
        MaxDeferred = 1,
    };
}
