namespace Lwm2m.Coap;

/// <summary>
/// The other end: one server account's address, one session. Holds the one message that awaits its acknowledgement (NSTART 1), its timer, and
/// the message ids of this pair of endpoints.
/// </summary>
public sealed class CoapPeer
{
    internal const int Idle = 0;

    /// <summary>A CON request is out, neither acknowledged nor answered.</summary>
    internal const int RequestUnacknowledged = 1;

    /// <summary>A request is out that was acknowledged or is NON; its response is awaited.</summary>
    internal const int ResponseAwaited = 2;

    /// <summary>A CON notification or separate response is out.</summary>
    internal const int AnswerUnacknowledged = 3;

    /// <summary>A ping is out.</summary>
    internal const int Pinging = 4;

    internal readonly byte[] Out;
    internal int OutLength;
    internal int OutMessageId;
    internal int State;
    internal int Context;
    internal int Exchange;
    internal long DueMs;
    internal int TimeoutMs;
    internal int Retransmissions;

    internal int Index;
    internal int DedupKey;
    internal int Szx;

    internal int Sent;
    internal int Received;
    internal int Retransmitted;
    internal long SentBytes;
    internal long ReceivedBytes;

    // The block transfer of the request that is out.
    internal CoapTransfer? Transfer;
    internal int BlockSzx;
    internal int BlockOffset;
    internal int BlockStart;
    internal int Restarts;
    internal int ETag;
    internal int FirstObserve;
    internal int FirstContentFormat;
    internal bool Streams;
    internal bool EchoSent;

    private readonly int _blockSize;
    private int _maxMessageBytes;
    private int _messageId;

    internal CoapPeer(int maxMessageBytes, int blockSize)
    {
        Out = new byte[maxMessageBytes];
        _blockSize = blockSize;
    }

    /// <summary>Number of the link that the owner sends to this peer by.</summary>
    public int Link { get; set; }

    /// <summary>Whatever the owner ties to the peer.</summary>
    public object? Tag { get; set; }

    /// <summary>
    /// Largest message to send to this peer, in bytes; at most (and at first) what it was added with. Decides the block size, too.
    /// </summary>
    public int MaxMessageBytes
    {
        get => _maxMessageBytes;
        set
        {
            _maxMessageBytes = value < Out.Length ? value : Out.Length;
            int room = _maxMessageBytes - HeaderAllowance;
            Szx = BlockOption.SzxFor(room < _blockSize ? room : _blockSize);
        }
    }

    /// <summary>ACK_TIMEOUT for this peer in milliseconds; at first that of the limits.</summary>
    public int AckTimeoutMs { get; set; }

    /// <summary>MAX_RETRANSMIT for this peer, 0 for none at all; at first that of the limits.</summary>
    public int MaxRetransmit { get; set; }

    /// <summary>Datagrams sent, retransmissions included.</summary>
    public int MessagesSent => Sent;

    /// <summary>Datagrams received.</summary>
    public int MessagesReceived => Received;

    /// <summary>Datagrams sent again because no acknowledgement came.</summary>
    public int MessagesRetransmitted => Retransmitted;

    /// <summary>Bytes sent.</summary>
    public long BytesSent => SentBytes;

    /// <summary>Bytes received.</summary>
    public long BytesReceived => ReceivedBytes;

    /// <summary>Header, token and the options of a response that carries a block.</summary>
    internal const int HeaderAllowance = 56;

    internal int NextMessageId()
    {
        _messageId = (_messageId + 1) & 0xFFFF;
        return _messageId;
    }

    internal void Start(int link, CoapLimits limits, int random)
    {
        Link = link;
        Tag = null;
        State = Idle;
        Transfer = null;
        MaxMessageBytes = Out.Length;
        AckTimeoutMs = limits.AckTimeoutMs;
        MaxRetransmit = limits.MaxRetransmit;
        Sent = 0;
        Received = 0;
        Retransmitted = 0;
        SentBytes = 0;
        ReceivedBytes = 0;
        _messageId = random & 0xFFFF;
    }
}
