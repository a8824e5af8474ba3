using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Docs.Air;

/// <summary>A bearer without a network: keeps what the client sends.</summary>
internal sealed class AirTransport(char letter) : ITransport
{
    public List<byte[]> Sent { get; } = [];

    public char Binding => letter;

    public bool IsReliable => letter == 'T';

    public IPump Source => throw new NotSupportedException("The clock of this page pumps nothing.");

    public int AckTimeoutMs => 0;

    public int MaxRetransmit => -1;

    public bool CanOpen(int link, ServerUri uri) => true;

    public void Open(int link, ServerUri uri, int localPort)
    {
    }

    public bool Send(int link, byte[] buffer, int offset, int count)
    {
        Sent.Add(buffer.AsSpan(offset, count).ToArray());
        return true;
    }

    public void Close(int link)
    {
    }

    public int LocalPort(int link) => 0;

    public int MaxDatagramBytes(int link) => 1280;

    public bool TakesBlocks(int link) => true;

    public bool IsHeldBack(int link) => false;
}
