using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Coap.Tests;
using Lwm2m.Transport;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>Our endpoint over <see cref="TcpTransport"/>, as a client of one server, driven by the thread of the test.</summary>
internal sealed class TcpHost : ILinkEvents, ICoapOutput, ICoapHandler, IDisposable
{
    private readonly TcpTransport _transport;
    private readonly PumpSet _pumps;
    private readonly CoapEndpoint _endpoint;
    private readonly CoapPeer _peer;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private byte[]? _observedToken;

    /// <param name="tls">Whom to believe.</param>
    /// <param name="maxMessageBytes">Our Max-Message-Size.</param>
    public TcpHost(TlsOptions? tls = null, int maxMessageBytes = 1500)
    {
        // Every name is this machine.
        _transport = new TcpTransport(1, tls, maxMessageBytes, resolve: _ => Task.FromResult(new[] { IPAddress.Loopback }));
        _pumps = new PumpSet(_transport);
        _pumps.Attach(true);
        var limits = new CoapLimits { MaxMessageBytes = maxMessageBytes };
        _endpoint = new CoapEndpoint(limits, this, this, new SeededRandom(Environment.TickCount));
        _peer = _endpoint.AddPeer(0)!;
    }

    public bool? IsUp { get; private set; }

    public LinkFailure Failure { get; private set; }

    public int Downs { get; private set; }

    public List<(int Code, byte[] Body, int Observe)> Responses { get; } = new();

    public List<CoapFailure> Failures { get; } = new();

    private long Now => _clock.ElapsedMilliseconds;

    /// <summary>Opens the link, again and again while nobody listens there: the server may still be starting.</summary>
    /// <returns>Whether it is up.</returns>
    public bool Connect(string uri)
    {
        Stopwatch patience = Stopwatch.StartNew();
        do
        {
            IsUp = null;
            _transport.Open(0, ServerUri.TryParse(uri)!, 0);
            RunUntil(() => IsUp != null);
        }
        while (IsUp == false && Failure == LinkFailure.Refused && patience.Elapsed < TimeSpan.FromSeconds(20));
        return IsUp == true;
    }

    public void Close() => _transport.Close(0);

    public CoapRequest Request(int code, string path, string? query = null)
    {
        CoapRequest request = _endpoint.BeginRequest(_peer)!;
        request.Code = code;
        foreach (string segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries)) request.AddPath(segment);
        if (query != null) request.AddQuery(query);
        return request;
    }

    public (int Code, byte[] Body, int Observe) Ask(int code, string path, byte[]? body = null, string? query = null) => Ask(Request(code, path, query), body);

    public (int Code, byte[] Body, int Observe) Ask(CoapRequest request, byte[]? body = null)
    {
        int before = Responses.Count + Failures.Count;
        if (body != null)
        {
            body.CopyTo(request.Payload, request.PayloadOffset);
            request.PayloadLength = body.Length;
        }

        if (request.Observe == 0) _observedToken = request.Token[..request.TokenLength];
        Assert.That(_endpoint.SendRequest(request, 1, Now), Is.True);
        RunUntil(() => Responses.Count + Failures.Count > before);
        Assert.That(Failures, Is.Empty);
        return Responses[^1];
    }

    public void RunUntil(Func<bool> done)
    {
        Stopwatch patience = Stopwatch.StartNew();
        while (!done())
        {
            Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), "waited in vain");
            bool more = _pumps.Pump(this, Now);
            _endpoint.Poll(Now);
            if (!more) _pumps.Wait(10);
        }
    }

    public bool Send(CoapPeer peer, byte[] buffer, int offset, int count) => _transport.Send(0, buffer, offset, count);

    public void LinkUp(int link, long nowMs)
    {
        IsUp = true;
        _endpoint.SetBearer(_peer, true, _transport.TakesBlocks(0), _transport.MaxDatagramBytes(0), 0, -1);
    }

    public void LinkDown(int link, LinkFailure reason, long nowMs)
    {
        IsUp = false;
        Failure = reason;
        Downs++;
    }

    public void Received(int link, byte[] buffer, int offset, int count, long nowMs) => _endpoint.Receive(_peer, buffer, offset, count, nowMs);

    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs) => _endpoint.ReceiveTooLarge(_peer, buffer, offset, count, nowMs);

    public void Recovered(long nowMs)
    {
    }

    public long Poll(long nowMs) => long.MaxValue;

    public void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs) => response.Code = CoapCode.NotFound;

    public void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs) => Note(response);

    public void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs) => Failures.Add(reason);

    public void OnAcknowledged(CoapPeer peer, int context, long nowMs)
    {
    }

    public void OnReset(CoapPeer peer, int messageId, long nowMs)
    {
    }

    public bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs)
    {
        byte[] token = message.Buffer[message.TokenOffset..(message.TokenOffset + message.TokenLength)];
        if (_observedToken == null || !token.AsSpan().SequenceEqual(_observedToken)) return false;
        Note(message);
        return true;
    }

    public void Dispose()
    {
        _pumps.Attach(false);
        _transport.Dispose();
    }

    private void Note(CoapMessage message) =>
        Responses.Add((message.Code, message.PayloadBuffer[message.PayloadOffset..(message.PayloadOffset + message.PayloadLength)], message.Observe));
}
