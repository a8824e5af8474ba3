using System;

namespace Lwm2m.Coap;

/// <summary>
/// CoAP over datagrams (RFC 7252) for client and server at once: reliability, deduplication, Observe (RFC 7641), block-wise transfer (RFC 7959),
/// Echo and Request-Tag (RFC 9175), No-Response (RFC 7967); and over connections (RFC 8323) behind a <see cref="CoapStream"/>, with peers that are
/// <see cref="CoapPeer.IsReliable"/>. Owns no socket, clock or thread: <see cref="Receive"/> takes datagrams,
/// <see cref="Poll"/> does what is due, <see cref="ICoapOutput"/> sends, <see cref="ICoapHandler"/> is told. Time is milliseconds of any
/// monotonic clock. All memory is allocated at the start and when a peer is added for the first time; nothing later. Not safe for several threads.
/// </summary>
public sealed partial class CoapEndpoint
{
    /// <summary>Room for the smallest block behind them.</summary>
    private const int SmallestMessageBytes = OutgoingMessage.OwnBytes + 16;

    private readonly ICoapOutput _output;
    private readonly ICoapHandler _handler;
    private readonly IRandom _random;
    private readonly CoapPeer?[] _peers;
    private readonly CoapTransfer[] _transfers;
    private readonly CoapDeferral[] _deferrals;
    private readonly DedupRing _readAnswers;
    private readonly DedupRing _otherAnswers;
    private readonly CoapMessage _message = new CoapMessage();
    private readonly CoapWriter _writer = new CoapWriter();
    private readonly OutgoingMessage _draft;
    private readonly CoapRequest _request;
    private readonly CoapResponse _response;

    // One message under construction at a time: room for its header, then its body.
    private readonly byte[] _work;
    private readonly int _bodyOffset;

    // What is needed of the limits later; they themselves are not kept, which on a board is 200 bytes.
    private readonly int _maxPayloadBytes;
    private readonly int _blockSize;
    private readonly int _ackTimeoutMs;
    private readonly int _ackSpreadPercent;
    private readonly int _maxRetransmit;
    private readonly int _responseTimeoutMs;
    private readonly int _transferTimeoutMs;
    private readonly int _maxRestarts;
    private readonly int _exchangeLifetimeSeconds;
    private readonly int _nonLifetimeSeconds;

    private int _outOffset;
    private int _outLength;
    private int _lastDedupKey;
    private int _lastDeferral;
    private int _lastRequestTag;

    // A message is being built, or a request handled: nothing else can be begun.
    private bool _busy;
    private bool _asking;
    private long _askedMs;
    private long _nextDueMs = long.MaxValue;

    /// <summary>Makes an endpoint and allocates everything it will ever need but the peers.</summary>
    /// <param name="limits">Bounds and timing; read now, changes later have no effect.</param>
    /// <param name="output">Sends datagrams.</param>
    /// <param name="handler">Is told what comes in.</param>
    /// <param name="random">Source of message ids, tokens and jitter.</param>
    public CoapEndpoint(CoapLimits limits, ICoapOutput output, ICoapHandler handler, IRandom random)
    {
        if (limits.BlockSize < 16) throw new ArgumentException("BlockSize must be at least 16.", nameof(limits));
        if (limits.MaxMessageBytes < SmallestMessageBytes) throw new ArgumentException("MaxMessageBytes must be at least 80.", nameof(limits));

        MaxMessageBytes = limits.MaxMessageBytes;
        _maxPayloadBytes = limits.MaxPayloadBytes;
        _blockSize = limits.BlockSize;
        _ackTimeoutMs = limits.AckTimeoutMs;
        _ackSpreadPercent = limits.AckRandomFactorPercent - 100;
        _maxRetransmit = limits.MaxRetransmit;
        _responseTimeoutMs = limits.ResponseTimeoutMs;
        _transferTimeoutMs = limits.TransferTimeoutMs;
        _maxRestarts = limits.MaxRestarts;
        _output = output;
        _handler = handler;
        _random = random;
        _peers = new CoapPeer?[limits.MaxPeers];
        _readAnswers = new DedupRing(limits.DedupEntries / 2, limits.DedupBytes / 2);
        _otherAnswers = new DedupRing(limits.DedupEntries / 2, limits.DedupBytes / 2);
        _lastRequestTag = random.Next();
        _exchangeLifetimeSeconds = (int)(limits.ExchangeLifetimeMs / 1000);
        _nonLifetimeSeconds = (int)(limits.NonLifetimeMs / 1000);

        _bodyOffset = OutgoingMessage.OwnBytes + limits.MaxHeaderBytes;
        _work = new byte[_bodyOffset + limits.MaxPayloadBytes];
        _draft = new OutgoingMessage(_work, _bodyOffset);
        _request = new CoapRequest(_draft);
        _response = new CoapResponse(this, _draft);

        _transfers = new CoapTransfer[limits.Transfers];
        for (int i = 0; i < _transfers.Length; i++) _transfers[i] = new CoapTransfer(limits.MaxPayloadBytes);
        _deferrals = new CoapDeferral[limits.MaxDeferred];
        for (int i = 0; i < _deferrals.Length; i++) _deferrals[i] = new CoapDeferral();
    }

    /// <summary>Largest message that is taken in or sent, in bytes: what a transport's buffer must hold.</summary>
    public int MaxMessageBytes { get; }

    /// <summary>EXCHANGE_LIFETIME (RFC 7252 4.8.2) with the limits of this endpoint, in milliseconds.</summary>
    public long ExchangeLifetimeMs => _exchangeLifetimeSeconds * 1000L;

    /// <summary>Adds a peer; null when there are <see cref="CoapLimits.MaxPeers"/> already.</summary>
    /// <param name="link">Becomes <see cref="CoapPeer.Link"/>.</param>
    public CoapPeer? AddPeer(int link) => AddPeer(link, MaxMessageBytes);

    /// <summary>Adds a peer to which only small messages go, for less memory; null when there are <see cref="CoapLimits.MaxPeers"/> already.</summary>
    /// <param name="link">Becomes <see cref="CoapPeer.Link"/>.</param>
    /// <param name="maxMessageBytes">
    /// Largest message that can ever be sent to this peer, in bytes, 80 to <see cref="MaxMessageBytes"/>: what its buffer for retransmission
    /// holds. Larger bodies go in blocks that fit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxMessageBytes"/> is out of its range.</exception>
    public CoapPeer? AddPeer(int link, int maxMessageBytes)
    {
        if (maxMessageBytes < SmallestMessageBytes || maxMessageBytes > MaxMessageBytes) throw new ArgumentOutOfRangeException(nameof(maxMessageBytes));
        int place = -1;
        for (int i = 0; i < _peers.Length; i++)
        {
            CoapPeer? removed = _peers[i];
            if (removed != null && removed.State != CoapPeer.Removed) continue;
            // One that was used before is used again, unless its buffer has another size.
            if (place < 0 || (removed != null && removed.Out.Length == maxMessageBytes)) place = i;
        }

        if (place < 0) return null;
        CoapPeer? peer = _peers[place];
        if (peer == null || peer.Out.Length != maxMessageBytes) peer = new CoapPeer(maxMessageBytes, _blockSize);
        _peers[place] = peer;
        peer.Start(link, _random.Next());
        peer.AckTimeoutMs = _ackTimeoutMs;
        peer.MaxRetransmit = _maxRetransmit;
        peer.DedupKey = NextDedupKey();
        return peer;
    }

    /// <summary>Removes a peer; an exchange of its own that is out fails with <see cref="CoapFailure.Cancelled"/>.</summary>
    public void RemovePeer(CoapPeer peer, long nowMs)
    {
        if (peer.State == CoapPeer.Removed) return;
        peer.DedupKey = NextDedupKey();
        Forget(peer, CoapFailure.Cancelled, nowMs);
        peer.State = CoapPeer.Removed;
    }

    /// <summary>
    /// Begins anew with a peer, after a reconnect or a new DTLS handshake: the exchange that is out fails with
    /// <see cref="CoapFailure.LinkLost"/>; transfers and deferrals of the peer are dropped, and remembered answers, too, unless they are kept.
    /// </summary>
    /// <param name="peer">The peer.</param>
    /// <param name="nowMs">Time of the call.</param>
    /// <param name="keepsAnswers">True where address and port of both ends stay the same: what the peer repeats is a repetition still
    /// (RFC 7252 4.5). A new session has message ids of its own.</param>
    public void ResetPeer(CoapPeer peer, long nowMs, bool keepsAnswers = false)
    {
        if (peer.State == CoapPeer.Removed) return;
        if (!keepsAnswers) peer.DedupKey = NextDedupKey();
        Forget(peer, CoapFailure.LinkLost, nowMs);
    }

    /// <summary>True when no own exchange with the peer is out, so that a request, CON notification or ping can be sent (NSTART, RFC 7252 4.7).</summary>
    public bool CanSend(CoapPeer peer) => peer.State == CoapPeer.Idle && !_busy;

    /// <summary>
    /// Gives up the own exchange with that context, if it is still out: it fails with <see cref="CoapFailure.Cancelled"/> within this call.
    /// </summary>
    /// <returns>False when there is no such exchange.</returns>
    public bool Cancel(CoapPeer peer, int context, long nowMs)
    {
        if (peer.State <= CoapPeer.Idle || peer.Context != context) return false;
        Fail(peer, CoapFailure.Cancelled, nowMs);
        return true;
    }

    /// <summary>Does what is due by now: retransmissions and timeouts.</summary>
    /// <returns>When to call again at the latest, in the clock of <paramref name="nowMs"/>; <see cref="long.MaxValue"/> when nothing is pending.</returns>
    public long Poll(long nowMs)
    {
        if (nowMs < _nextDueMs) return _nextDueMs;

        // Callbacks may start timers of their own meanwhile; those lower _nextDueMs, too.
        _nextDueMs = long.MaxValue;
        for (int i = 0; i < _peers.Length; i++)
        {
            CoapPeer? peer = _peers[i];
            if (peer == null || peer.State <= CoapPeer.Idle) continue;
            if (peer.DueMs <= nowMs) Expire(peer, nowMs);
            if (peer.State > CoapPeer.Idle && peer.DueMs < _nextDueMs) _nextDueMs = peer.DueMs;
        }

        return _nextDueMs;
    }

    private void Forget(CoapPeer peer, CoapFailure reason, long nowMs)
    {
        for (int i = 0; i < _transfers.Length; i++)
        {
            CoapTransfer transfer = _transfers[i];
            if (transfer.Peer == peer && transfer.Kind <= CoapTransfer.Serving) transfer.Release();
        }

        for (int i = 0; i < _deferrals.Length; i++)
        {
            if (_deferrals[i].Peer == peer) _deferrals[i].Peer = null;
        }

        if (peer.State != CoapPeer.Idle) Fail(peer, reason, nowMs);
    }

    /// <summary>Upper half of the key under which answers are remembered: a new one makes a peer's old answers unreachable at once.</summary>
    private int NextDedupKey()
    {
        _lastDedupKey += 0x10000;
        return _lastDedupKey;
    }
}
