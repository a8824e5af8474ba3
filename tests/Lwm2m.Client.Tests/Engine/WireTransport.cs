using System;
using System.Collections.Generic;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>A transport without a network: what the client sends is queued, links come up when the bed says so.</summary>
public sealed class WireTransport : ITransport
{
    public readonly Queue<(int Link, byte[] Datagram)> Sent;
    public readonly List<string> Opened;
    public readonly Queue<int> ToComeUp;
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

    /// <summary>What kind of bearer this is.</summary>
    public char Letter = 'U';
    public string[] Schemes = { "coap" };
    public bool Reliable;
    public int Pace;
    public int Repeats = -1;
    public int Largest = 1500;
    public bool IsOutOfBudget;

    public WireTransport()
        : this(null)
    {
    }

    /// <summary>Makes a transport; where a client has several, they write into the same lists.</summary>
    public WireTransport(WireTransport? beside)
    {
        Sent = beside?.Sent ?? new();
        Opened = beside?.Opened ?? new();
        ToComeUp = beside?.ToComeUp ?? new();
    }

    public char Binding => Letter;

    public bool IsReliable => Reliable;

    public IPump Source => throw new NotSupportedException();

    public int AckTimeoutMs => Pace;

    public int MaxRetransmit => Repeats;

    public bool TakesBlocks(int link) => true;

    public bool IsHeldBack(int link) => IsOutOfBudget;

    public bool CanOpen(int link, ServerUri uri) => Array.IndexOf(Schemes, uri.Scheme) >= 0;

    public void Open(int link, ServerUri uri, int localPort)
    {
        Opened.Add((Letter == 'U' ? "" : Letter + " ") + $"{link} {uri.Host}:{uri.Port} from {localPort}");
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

    public int MaxDatagramBytes(int link) => Largest;
}
