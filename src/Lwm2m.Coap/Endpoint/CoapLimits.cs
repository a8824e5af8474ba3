namespace Lwm2m.Coap;

/// <summary>
/// Everything that bounds a <see cref="CoapEndpoint"/>, and its timing. Read once, when the endpoint is made; all memory is allocated from it then.
/// </summary>
public sealed class CoapLimits
{
    /// <summary>NSTART (RFC 7252 4.7): outstanding exchanges with one peer. Each peer has the buffer for one.</summary>
    public const int Nstart = 1;

    /// <summary>
    /// Largest message sent or accepted, in bytes, header included. A transport should receive into one byte more than that, so that a
    /// datagram which was cut is seen to be too large.
    /// </summary>
    public int MaxMessageBytes { get; set; } = 1500;

    /// <summary>Largest options of a message to send, in bytes: path, query, location and the like.</summary>
    public int MaxHeaderBytes { get; set; } = 1024;

    /// <summary>Largest body, in bytes: of one message, or assembled from blocks.</summary>
    public int MaxPayloadBytes { get; set; } = 65536;

    /// <summary>Preferred block size in bytes: 16, 32, 64 ... 1024. Larger bodies go block by block.</summary>
    public int BlockSize { get; set; } = 1024;

    /// <summary>Peers at a time.</summary>
    public int MaxPeers { get; set; } = 16;

    /// <summary>Answers remembered for repeated messages; one half for answers to GET and FETCH, the other for the rest. Rounded down to a power of two.</summary>
    public int DedupEntries { get; set; } = 512;

    /// <summary>Bytes of such answers in all; halved and rounded like <see cref="DedupEntries"/>.</summary>
    public int DedupBytes { get; set; } = 65536;

    /// <summary>Block transfers at a time, in both directions and with all peers, each of <see cref="MaxPayloadBytes"/>.</summary>
    public int Transfers { get; set; } = 4;

    /// <summary>Requests at a time whose response is deferred.</summary>
    public int MaxDeferred { get; set; } = 8;

    /// <summary>ACK_TIMEOUT in milliseconds.</summary>
    public int AckTimeoutMs { get; set; } = 2000;

    /// <summary>ACK_RANDOM_FACTOR in percent, at least 100.</summary>
    public int AckRandomFactorPercent { get; set; } = 150;

    /// <summary>MAX_RETRANSMIT: a CON is sent once and this many times again.</summary>
    public int MaxRetransmit { get; set; } = 4;

    /// <summary>How long to wait for a response after the acknowledgement, or after a NON request, in milliseconds.</summary>
    public int ResponseTimeoutMs { get; set; } = 93000;

    /// <summary>A block transfer in which nothing happened for this long, in milliseconds, is forgotten.</summary>
    public int TransferTimeoutMs { get; set; } = 93000;

    /// <summary>How often one block transfer starts over before it is given up.</summary>
    public int MaxRestarts { get; set; } = 3;

    /// <summary>EXCHANGE_LIFETIME (RFC 7252 4.8.2): how long a CON's message id is remembered, in milliseconds.</summary>
    public long ExchangeLifetimeMs => MaxTransmitSpanMs + 2L * MaxLatencyMs + AckTimeoutMs;

    /// <summary>NON_LIFETIME (RFC 7252 4.8.2): how long a NON's message id is remembered, in milliseconds.</summary>
    public long NonLifetimeMs => MaxTransmitSpanMs + MaxLatencyMs;

    private const int MaxLatencyMs = 100000;

    private long MaxTransmitSpanMs => (long)AckTimeoutMs * ((1L << MaxRetransmit) - 1) * AckRandomFactorPercent / 100;

    /// <summary>Limits for a board with 60 kB of heap: about 5 kB of it.</summary>
    public static CoapLimits ForBoard()
    {
        CoapLimits limits = new CoapLimits();
        limits.MaxMessageBytes = 576;
        limits.MaxHeaderBytes = 128;
        limits.MaxPayloadBytes = 640;
        limits.BlockSize = 512;
        limits.MaxPeers = 2;
        limits.DedupEntries = 8;
        limits.DedupBytes = 320;
        limits.Transfers = 1;
        limits.MaxDeferred = 0;
        return limits;
    }

    /// <summary>Limits for a PC or gateway: about 400 kB.</summary>
    public static CoapLimits ForHost() => new CoapLimits();
}
