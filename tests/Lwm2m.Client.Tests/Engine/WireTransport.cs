using System;
using System.Collections.Generic;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>A transport without a network: what the client sends is queued, links come up when the bed says so.</summary>
public sealed class WireTransport : ITransport
{
    public readonly Queue<(int Link, byte[] Datagram)> Sent = new();
    public readonly List<string> Opened = new();
    public readonly Queue<int> ToComeUp = new();
    public bool ComesUp = true;

    /// <summary>Nothing is taken: the network is away, and the platform says so.</summary>
    public bool Refuses;

    /// <summary>Called before a datagram goes out.</summary>
    public Action? OnSend;

    /// <summary>For allocation tests, which must not queue: datagrams are counted, and the head of the last one is kept.</summary>
    public bool Counting;
    public int Count;
    public readonly byte[] Last = new byte[8];

    // Ports that the system would choose: never the same twice.
    private static int _nextPort = 40000;
    private readonly Dictionary<int, int> _localPorts = new();

    public char Binding => 'U';

    public bool IsReliable => false;

    public IPump Source => throw new NotSupportedException();

    public int AckTimeoutMs => 0;

    public int MaxRetransmit => -1;

    public bool TakesBlocks(int link) => true;

    public bool IsHeldBack(int link) => false;

    public bool CanOpen(int link, ServerUri uri) => uri.Scheme == "coap";

    public void Open(int link, ServerUri uri, int localPort)
    {
        Opened.Add($"{link} {uri.Host}:{uri.Port} from {localPort}");
        _localPorts[link] = localPort != 0 ? localPort : System.Threading.Interlocked.Increment(ref _nextPort);
        if (ComesUp)
            ToComeUp.Enqueue(link);
    }

    public bool Send(int link, byte[] buffer, int offset, int count)
    {
        if (Refuses)
            return false;
        OnSend?.Invoke();
        Count++;
        Array.Copy(buffer, offset, Last, 0, Math.Min(count, 8));
        if (!Counting)
            Sent.Enqueue((link, buffer.AsSpan(offset, count).ToArray()));
        return true;
    }

    public void Close(int link)
    {
    }

    public int LocalPort(int link) => _localPorts.TryGetValue(link, out int port) ? port : 0;

    public int MaxDatagramBytes(int link) => 1500;
}
