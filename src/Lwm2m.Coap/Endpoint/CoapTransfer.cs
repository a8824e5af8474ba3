namespace Lwm2m.Coap;

/// <summary>One place for a body that goes block by block.</summary>
internal sealed class CoapTransfer
{
    /// <summary>Not in use.</summary>
    internal const int Free = 0;

    /// <summary>A peer's request comes in by Block1.</summary>
    internal const int Receiving = 1;

    /// <summary>Snapshot of an answer that a peer fetches by Block2.</summary>
    internal const int Serving = 2;

    /// <summary>The body of an own request goes out by Block1.</summary>
    internal const int Sending = 3;

    /// <summary>The response to an own request comes in by Block2.</summary>
    internal const int Fetching = 4;

    /// <summary>Handed to the handler, who reads it.</summary>
    internal const int InUse = 5;

    internal readonly byte[] Body;
    internal int Kind;
    internal CoapPeer? Peer;
    internal int Key;
    internal int Length;
    internal int Code;
    internal int ContentFormat;
    internal int ETag;
    internal long LastUsedMs;

    /// <summary>Observe of the first block of a response.</summary>
    internal int Observe;

    /// <summary>How often it was begun anew.</summary>
    internal int Restarts;

    internal CoapTransfer(int capacity)
    {
        Body = new byte[capacity];
    }

    /// <summary>Takes the place for a transfer of a peer.</summary>
    internal void Begin(int kind, CoapPeer peer, long nowMs)
    {
        Kind = kind;
        Peer = peer;
        LastUsedMs = nowMs;
        Restarts = 0;
    }

    internal void Release()
    {
        Kind = Free;
        Peer = null;
    }
}
