using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Benchmarks;

/// <summary>Takes in what the client sends, and keeps the head of the last datagram for the answer to it.</summary>
internal sealed class SilentTransport : ITransport
{
    public readonly byte[] Last = new byte[8];
    public int Count;
    public int Link = -1;

    public char Binding => 'U';

    public bool IsReliable => false;

    public IPump Source => throw new System.NotSupportedException();

    public int AckTimeoutMs => 0;

    public int MaxRetransmit => -1;

    public bool TakesBlocks(int link) => true;

    public bool IsHeldBack(int link) => false;

    public bool CanOpen(int link, ServerUri uri) => true;

    public void Open(int link, ServerUri uri, int localPort) => Link = link;

    public bool Send(int link, byte[] buffer, int offset, int count)
    {
        Count++;
        for (int index = 0; index < 8 && index < count; index++)
            Last[index] = buffer[offset + index];
        return true;
    }

    public void Close(int link)
    {
    }

    public int LocalPort(int link) => 0;

    public int MaxDatagramBytes(int link) => 1500;
}
