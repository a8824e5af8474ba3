namespace Lwm2m.Coap;

/// <summary>What went to a peer and came from it, for the owner who wants to know and sets <see cref="CoapPeer.Counters"/>.</summary>
public sealed class CoapCounters
{
    /// <summary>Datagrams sent, retransmissions included.</summary>
    public int MessagesSent { get; internal set; }

    /// <summary>Datagrams received.</summary>
    public int MessagesReceived { get; internal set; }

    /// <summary>Datagrams sent again because no acknowledgement came.</summary>
    public int MessagesRetransmitted { get; internal set; }

    /// <summary>Bytes sent.</summary>
    public long BytesSent { get; internal set; }

    /// <summary>Bytes received.</summary>
    public long BytesReceived { get; internal set; }

    internal void CountSent(int bytes)
    {
        MessagesSent++;
        BytesSent += bytes;
    }

    internal void CountReceived(int bytes)
    {
        MessagesReceived++;
        BytesReceived += bytes;
    }
}
