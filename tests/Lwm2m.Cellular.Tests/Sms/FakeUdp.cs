using System;
using System.Collections.Generic;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>A second bearer beside short messages: what goes out is kept, what is to come in is put in.</summary>
internal sealed class FakeUdp : ITransport, IPump
{
    private int _opening = -1;

    public List<byte[]> Sent { get; } = [];

    public Queue<byte[]> Incoming { get; } = new();

    public char Binding => 'U';

    public bool IsReliable => false;

    public IPump Source => this;

    public int AckTimeoutMs => 0;

    public int MaxRetransmit => -1;

    public long DueMs => _opening >= 0 || Incoming.Count > 0 ? 0 : long.MaxValue;

    public bool CanOpen(int link, ServerUri uri) => uri.Scheme == "coap";

    public void Open(int link, ServerUri uri, int localPort) => _opening = link;

    public bool Send(int link, byte[] buffer, int offset, int count)
    {
        Sent.Add(buffer[offset..(offset + count)]);
        return true;
    }

    public void Close(int link)
    {
    }

    public int LocalPort(int link) => 0;

    public int MaxDatagramBytes(int link) => 1200;

    public bool TakesBlocks(int link) => true;

    public bool IsHeldBack(int link) => false;

    public void Attach(IWakeUp? runner)
    {
    }

    public bool Pump(ILinkEvents events, long nowMs)
    {
        if (_opening >= 0)
        {
            int link = _opening;
            _opening = -1;
            events.LinkUp(link, nowMs);
        }

        while (Incoming.TryDequeue(out byte[]? message))
            events.Received(0, message, 0, message.Length, nowMs);
        return false;
    }

    /// <summary>Takes the messages that went out.</summary>
    public byte[][] Take()
    {
        byte[][] sent = Sent.ToArray();
        Sent.Clear();
        return sent;
    }
}
