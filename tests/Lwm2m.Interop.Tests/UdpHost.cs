using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Lwm2m.Coap;
using Lwm2m.Coap.Tests;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>
/// Our endpoint on a loopback socket, driven by the thread of the test. As a server it has a store, whose resources can be observed; whoever
/// sends first becomes a peer.
/// </summary>
internal sealed class UdpHost : ICoapOutput, ICoapHandler, IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Dictionary<EndPoint, CoapPeer> _peers = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly byte[] _buffer = new byte[2048];

    public UdpHost(Action<CoapLimits>? configure = null)
    {
        CoapLimits limits = new();
        configure?.Invoke(limits);
        Endpoint = new CoapEndpoint(limits, this, this, new SeededRandom(Environment.TickCount));
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public CoapEndpoint Endpoint { get; }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public string Url => "coap://127.0.0.1:" + Port;

    public Dictionary<string, byte[]> Store { get; } = new();

    /// <summary>Code and body of each response that came, notifications included.</summary>
    public List<(int Code, byte[] Body, int Observe)> Responses { get; } = new();

    public List<CoapFailure> Failures { get; } = new();

    public List<string> Requests { get; } = new();

    public (CoapPeer Peer, byte[] Token, string Path, int Sequence, int Key)? Observation { get; private set; }

    public int Acknowledged { get; private set; }

    /// <summary>When set, requests are answered by a separate response, that many milliseconds late.</summary>
    public int LatenessMs { get; set; } = -1;

    private long Now => _clock.ElapsedMilliseconds;

    private (int Deferral, long DueMs, string Path)? _late;

    private byte[]? _observedToken;

    public CoapPeer Connect(int port)
    {
        CoapPeer peer = Endpoint.AddPeer(_peers.Count)!;
        IPEndPoint address = new(IPAddress.Loopback, port);
        peer.Tag = address;
        _peers.Add(address, peer);
        return peer;
    }

    public CoapRequest Request(CoapPeer peer, int code, string path, string? query = null)
    {
        CoapRequest request = Endpoint.BeginRequest(peer)!;
        request.Code = code;
        foreach (string segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries)) request.AddPath(segment);
        if (query != null) request.AddQuery(query);
        return request;
    }

    /// <summary>Sends a request and waits for its outcome.</summary>
    public (int Code, byte[] Body, int Observe) Ask(CoapRequest request, byte[]? body = null)
    {
        int before = Responses.Count + Failures.Count;
        if (body != null)
        {
            body.CopyTo(request.Payload, request.PayloadOffset);
            request.PayloadLength = body.Length;
        }

        if (request.Observe == 0) _observedToken = request.Token[..request.TokenLength];
        Assert.That(Endpoint.SendRequest(request, 1, Now), Is.True);
        RunUntil(() => Responses.Count + Failures.Count > before);
        Assert.That(Failures, Is.Empty);
        return Responses[^1];
    }

    /// <summary>When false, the endpoint is not told what a notification is about.</summary>
    public bool KeepsKeys { get; set; } = true;

    public void Notify(bool confirmable, string value)
    {
        (CoapPeer peer, byte[] token, string path, int sequence, int key) = Observation!.Value;
        Store[path] = Encoding.UTF8.GetBytes(value);
        CoapResponse notification = Endpoint.BeginNotification(peer)!;
        sequence = ObserveSequence.Next(sequence);
        notification.ObserveSequence = sequence;
        notification.CacheKey = KeepsKeys ? key : 0;
        Fill(notification, Store[path]);
        Assert.That(Endpoint.SendNotification(notification, token, 0, token.Length, confirmable, 1, Now), Is.GreaterThanOrEqualTo(0));
        Observation = (peer, token, path, sequence, key);
    }

    public void RunUntil(Func<bool> done)
    {
        Stopwatch patience = Stopwatch.StartNew();
        while (!done())
        {
            Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), "waited in vain; requests: " + string.Join(", ", Requests));
            Step();
        }
    }

    /// <summary>Serves until the program has ended.</summary>
    public void RunUntilExit(PeerProgram program)
    {
        RunUntil(() => program.HasExited);
        program.WaitForExit();
    }

    public bool Send(CoapPeer peer, byte[] buffer, int offset, int count)
    {
        _socket.SendTo(buffer, offset, count, SocketFlags.None, (EndPoint)peer.Tag!);
        return true;
    }

    public void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs)
    {
        string path = Path(request);
        Requests.Add(request.Code + " " + path);
        if (LatenessMs >= 0)
        {
            _late = (response.Defer(), nowMs + LatenessMs, path);
            return;
        }

        byte[] body = request.PayloadBuffer[request.PayloadOffset..(request.PayloadOffset + request.PayloadLength)];
        switch (request.Code)
        {
            case CoapCode.Put:
            case CoapCode.Post:
                response.Code = Store.ContainsKey(path) ? CoapCode.Changed : CoapCode.Created;
                Store[path] = body;
                if (request.Code == CoapCode.Post) Fill(response, body);
                return;
            case CoapCode.Delete:
                Store.Remove(path);
                response.Code = CoapCode.Deleted;
                return;
            default:
                Read(peer, request, response, path);
                return;
        }
    }

    public void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs) => Note(response);

    public void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs) => Failures.Add(reason);

    public void OnAcknowledged(CoapPeer peer, int context, long nowMs) => Acknowledged++;

    public void OnReset(CoapPeer peer, int messageId, long nowMs) => Observation = null;

    public bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs)
    {
        byte[] token = message.Buffer[message.TokenOffset..(message.TokenOffset + message.TokenLength)];
        if (_observedToken == null || !token.AsSpan().SequenceEqual(_observedToken)) return false;
        Note(message);
        return true;
    }

    public void Dispose() => _socket.Dispose();

    private void Read(CoapPeer peer, CoapMessage request, CoapResponse response, string path)
    {
        if (!Store.TryGetValue(path, out byte[]? content))
        {
            response.Code = CoapCode.NotFound;
            return;
        }

        response.Code = CoapCode.Content;
        Fill(response, content);
        if (request.Observe == 0)
        {
            byte[] token = request.Buffer[request.TokenOffset..(request.TokenOffset + request.TokenLength)];
            Observation = (peer, token, path, ObserveSequence.First, request.CacheKey());
            response.ObserveSequence = ObserveSequence.First;
        }
        else if (request.Observe == 1)
        {
            Observation = null;
        }
    }

    private static void Fill(CoapResponse response, byte[] body)
    {
        response.ContentFormat = 42;
        body.CopyTo(response.Payload, response.PayloadOffset);
        response.PayloadLength = body.Length;
    }

    private void Note(CoapMessage message) =>
        Responses.Add((message.Code, message.PayloadBuffer[message.PayloadOffset..(message.PayloadOffset + message.PayloadLength)], message.Observe));

    private static string Path(CoapMessage request)
    {
        StringBuilder path = new();
        for (int i = 0; i < request.PathCount; i++)
        {
            int at = request.PathSegment(i, out int length);
            path.Append('/').Append(Encoding.UTF8.GetString(request.Buffer, at, length));
        }

        return path.ToString();
    }

    private void Step()
    {
        Endpoint.Poll(Now);
        if (_late is { } late && late.DueMs <= Now)
        {
            _late = null;
            CoapResponse response = Endpoint.BeginDeferred(late.Deferral)!;
            response.Code = CoapCode.Content;
            Fill(response, Store[late.Path]);
            Assert.That(Endpoint.SendDeferred(response, 2, Now), Is.True);
        }

        if (!_socket.Poll(5000, SelectMode.SelectRead)) return;
        EndPoint from = new IPEndPoint(IPAddress.Loopback, 0);
        int count = _socket.ReceiveFrom(_buffer, ref from);
        if (!_peers.TryGetValue(from, out CoapPeer? peer)) peer = Connect(((IPEndPoint)from).Port);
        Endpoint.Receive(peer, _buffer, 0, count, Now);
    }
}
