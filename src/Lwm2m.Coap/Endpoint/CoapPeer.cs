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
    internal int BlockOffset;
    internal int BlockStart;
    internal int ETag;

    // In one field, of which each costs 12 bytes on a board.
    private const int ReliableFlag = 1;
    private const int BlocksFlag = 2;
    private const int StreamsFlag = 4;
    private const int EchoSentFlag = 8;
    private const int PreferredSzxShift = 4;
    private const int BlockSzxShift = 8;
    private int _flags;

    private int _maxMessageBytes;
    private int _messageId;

    internal CoapPeer(int maxMessageBytes, int blockSize)
    {
        Out = new byte[maxMessageBytes];
        _flags = BlockOption.SzxFor(blockSize) << PreferredSzxShift;
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
            int fits = BlockOption.SzxFor(_maxMessageBytes - HeaderAllowance);
            int preferred = (_flags >> PreferredSzxShift) & 7;
            Szx = fits < preferred ? fits : preferred;
        }
    }

    /// <summary>
    /// True where what is sent arrives, once and in order, or else the link is lost (RFC 8323): <see cref="CoapStream"/> is between here and
    /// the connection. Then there is no message layer: all messages are NON, nothing is acknowledged, repeated or rejected, and message ids
    /// mean nothing; a CON notification is as good as acknowledged when it is sent, and nobody is told. False at first. Setting it to true, with each
    /// new connection, goes back to the base values: <see cref="CoapStream.BaseMaxMessageBytes"/> and no blocks.
    /// </summary>
    public bool IsReliable
    {
        get => (_flags & ReliableFlag) != 0;
        set
        {
            _flags &= 7 << PreferredSzxShift;
            SetFlag(ReliableFlag, value);
            MaxMessageBytes = value ? CoapStream.BaseMaxMessageBytes : Out.Length;
        }
    }

    /// <summary>
    /// For a reliable peer: it has announced Block-Wise-Transfer (RFC 8323 5.3.2). Without it no block goes to the peer but where it asks for
    /// one, and what does not fit <see cref="MaxMessageBytes"/> cannot be sent. Means nothing for others.
    /// </summary>
    public bool TakesBlocks
    {
        get => (_flags & BlocksFlag) != 0;
        set => SetFlag(BlocksFlag, value);
    }

    /// <summary>
    /// True where blocks are sent of several times 1024 bytes at once (RFC 8323 6): the peer is reliable and takes blocks, and its
    /// Max-Message-Size and the own buffers are over 1152.
    /// </summary>
    public bool TakesBert =>
        (_flags & (ReliableFlag | BlocksFlag)) == (ReliableFlag | BlocksFlag) && _maxMessageBytes > CoapStream.BaseMaxMessageBytes;

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

    /// <summary>Size exponent of the block that was sent last, or asked for.</summary>
    internal int BlockSzx
    {
        get => (_flags >> BlockSzxShift) & 7;
        set => _flags = (_flags & ~(7 << BlockSzxShift)) | (value << BlockSzxShift);
    }

    /// <summary>The blocks of the response to the request that is out go to the handler one by one.</summary>
    internal bool Streams
    {
        get => (_flags & StreamsFlag) != 0;
        set => SetFlag(StreamsFlag, value);
    }

    /// <summary>The request that is out has been repeated with an Echo.</summary>
    internal bool EchoSent
    {
        get => (_flags & EchoSentFlag) != 0;
        set => SetFlag(EchoSentFlag, value);
    }

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
        IsReliable = false;
        _messageId = random & 0xFFFF;
    }

    private void SetFlag(int flag, bool value) => _flags = value ? _flags | flag : _flags & ~flag;
}
