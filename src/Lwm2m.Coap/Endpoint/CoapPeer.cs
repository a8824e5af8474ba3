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

    /// <summary>Not one of the endpoint's peers any more.</summary>
    internal const int Removed = -1;

    internal readonly byte[] Out;
    internal int OutLength;
    internal int State;
    internal int Context;
    internal long DueMs;
    internal int TimeoutMs;
    internal int Retransmissions;

    internal int DedupKey;
    internal int Szx;

    // The block transfer of the request that is out.
    internal CoapTransfer? Transfer;
    internal int BlockSzx;
    internal int BlockOffset;
    internal int BlockStart;
    internal int ETag;
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

    /// <summary>Counts what is sent and received; null (at first) when nobody wants to know.</summary>
    public CoapCounters? Counters { get; set; }

    /// <summary>Header, token and the options of a response that carries a block.</summary>
    internal const int HeaderAllowance = 56;

    /// <summary>Message id of the message that is out, or was last.</summary>
    internal int OutMessageId => (Out[2] << 8) | Out[3];

    internal int NextMessageId()
    {
        _messageId = (_messageId + 1) & 0xFFFF;
        return _messageId;
    }

    internal void Start(int link, int random)
    {
        Link = link;
        Tag = null;
        Counters = null;
        State = Idle;
        Transfer = null;
        MaxMessageBytes = Out.Length;
        _messageId = random & 0xFFFF;
    }
}
