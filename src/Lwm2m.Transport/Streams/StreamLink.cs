using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// One link over a connection that is reliable and in order: TCP, TLS, or the socket of a modem. Stands between the connection, which its owner
/// makes and closes, and the engine: bytes come in by <see cref="Received"/>, messages go on to <see cref="ILinkEvents"/>. Made once for a link
/// and used for each of its connections. Owns no socket, clock or thread; all calls come under the engine's gate.
/// </summary>
public sealed class StreamLink : ICoapStreamHandler
{
    /// <summary>How long the peer's CSM is waited for before the link is up without, on base values (RFC 8323 5.3), in milliseconds.</summary>
    public const int SettingsTimeoutMs = 2000;

    /// <summary>How long a connection that the peer released may go on for answers that are still to come, in milliseconds.</summary>
    public const int LeaveMs = 1000;

    // A peer can ask for half a year (RFC 8323 5.5); a device that is not heard of for more than a day is taken to be lost.
    private const int LongestHoldOffSeconds = 86_400;

    private const int Down = 0;
    private const int Greeting = 1;
    private const int Up = 2;
    private const int Leaving = 3;

    private readonly int _number;
    private readonly CoapStream _stream;
    private ILinkEvents? _events;
    private int _state;
    private long _streamDueMs;

    // Greeting: when the CSM is waited for no more. Leaving: when the connection ends, and when that is told.
    private long _waitMs;
    private long _tellMs;

    /// <summary>Makes a link, which is down.</summary>
    /// <param name="number">Number of the link, as in <see cref="ITransport.Open"/>.</param>
    /// <param name="maxMessageBytes">Our Max-Message-Size: <see cref="CoapEndpoint.MaxMessageBytes"/> of the engine's endpoint.</param>
    /// <param name="output">Takes bytes to the connection.</param>
    public StreamLink(int number, int maxMessageBytes, ICoapStreamOutput output)
    {
        _number = number;
        _stream = new CoapStream(maxMessageBytes, output, this);
    }

    /// <summary>See <see cref="CoapStream.KeepAliveMs"/>.</summary>
    public int KeepAliveMs
    {
        get => _stream.KeepAliveMs;
        set => _stream.KeepAliveMs = value;
    }

    /// <summary>True from <see cref="ILinkEvents.LinkUp"/> on, as long as messages can go.</summary>
    public bool IsUp => _state == Up;

    /// <summary>True while the connection is needed. When that ends its owner closes it, once what was written has gone out.</summary>
    public bool IsOpen => _stream.IsOpen;

    /// <summary>True where there is nothing to do: <see cref="ILinkEvents.LinkDown"/> was told, or <see cref="Close"/> called.</summary>
    public bool IsDown => _state == Down;

    /// <summary>Largest message for the peer, in bytes of its datagram form.</summary>
    public int MaxDatagramBytes => _stream.PeerMaxMessageBytes;

    /// <summary>True when the peer takes messages in blocks.</summary>
    public bool TakesBlocks => _stream.PeerTakesBlocks;

    /// <summary>When <see cref="Poll"/> is due, in the clock of its argument; as of the last call that had the time.</summary>
    public long DueMs
    {
        get
        {
            if (_state == Down)
                return long.MaxValue;
            long due = _streamDueMs;
            if (_state == Greeting && _waitMs < due)
                due = _waitMs;
            if (_state == Leaving)
                due = _stream.IsOpen ? _waitMs : _tellMs;
            return due;
        }
    }

    /// <summary>The connection is there: our CSM goes out. <see cref="ILinkEvents.LinkUp"/> follows when the peer's has come.</summary>
    /// <param name="events">Who is told.</param>
    /// <param name="nowMs">Monotonic time.</param>
    public void Connected(ILinkEvents events, long nowMs)
    {
        _events = events;
        _state = Greeting;
        _waitMs = nowMs + SettingsTimeoutMs;
        _stream.Start(nowMs);
        _streamDueMs = nowMs;
    }

    /// <summary>Bytes of the connection came in, in whatever pieces.</summary>
    /// <param name="events">Who is told. It may close the link, or open it anew, while it is.</param>
    /// <param name="buffer">Holds the bytes; not kept.</param>
    /// <param name="offset">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="nowMs">Monotonic time.</param>
    public void Received(ILinkEvents events, byte[] buffer, int offset, int count, long nowMs)
    {
        _events = events;
        _stream.Received(buffer, offset, count, nowMs);
        _streamDueMs = nowMs;
    }

    /// <summary>The connection ended.</summary>
    /// <param name="events">Who is told.</param>
    /// <param name="reason">Why.</param>
    /// <param name="nowMs">Monotonic time.</param>
    public void Lost(ILinkEvents events, LinkFailure reason, long nowMs)
    {
        _events = events;
        if (_state == Down)
            return;
        _stream.Stop();
        if (_state == Leaving && nowMs < _tellMs)
            return;
        _state = Down;
        events.LinkDown(_number, reason, nowMs);
    }

    /// <summary>Sends a message; see <see cref="ITransport.Send"/>.</summary>
    /// <param name="buffer">Holds it; its header is written over and put back.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length.</param>
    /// <returns>False when it was dropped.</returns>
    public bool Send(byte[] buffer, int offset, int count)
    {
        if (_state != Up && !(_state == Leaving && buffer[offset + 1] >= 0x20))
            return false;
        return _stream.Send(buffer, offset, count);
    }

    /// <summary>Ends the link without an event; a peer that listens is sent a Release.</summary>
    public void Close()
    {
        if (_state == Up)
            _stream.Release();
        _stream.Stop();
        _state = Down;
    }

    /// <summary>Does what is due.</summary>
    /// <param name="events">Who is told.</param>
    /// <param name="nowMs">Monotonic time.</param>
    public void Poll(ILinkEvents events, long nowMs)
    {
        if (_state == Down)
            return;
        _events = events;
        if (_state == Greeting && nowMs >= _waitMs)
            ComeUp(nowMs);
        _streamDueMs = _stream.Poll(nowMs);
        if (_state != Leaving)
            return;
        if (nowMs >= _waitMs)
            _stream.Stop();
        if (!_stream.IsOpen && nowMs >= _tellMs)
            TellDown(LinkFailure.Closed, nowMs);
    }

    void ICoapStreamHandler.OnMessage(byte[] buffer, int offset, int count, long nowMs) => _events!.Received(_number, buffer, offset, count, nowMs);

    void ICoapStreamHandler.OnTooLarge(byte[] buffer, int offset, int count, long nowMs) =>
        _events!.ReceivedTooLarge(_number, buffer, offset, count, nowMs);

    // A CSM that comes later than the link was up, or a further one, changes what is sent from then on; the engine asks with the next link.
    void ICoapStreamHandler.OnSettings(long nowMs)
    {
        if (_state == Greeting)
            ComeUp(nowMs);
    }

    void ICoapStreamHandler.OnRelease(int holdOffSeconds, long nowMs)
    {
        if (_state == Leaving)
            return;
        _state = Leaving;
        _waitMs = nowMs + LeaveMs;
        _tellMs = nowMs + 1000L * (holdOffSeconds < LongestHoldOffSeconds ? holdOffSeconds : LongestHoldOffSeconds);
    }

    void ICoapStreamHandler.OnFailed(CoapStreamFailure reason, long nowMs) =>
        TellDown(reason == CoapStreamFailure.ProtocolError || reason == CoapStreamFailure.CutMessage ? LinkFailure.Other : LinkFailure.Closed, nowMs);

    private void ComeUp(long nowMs)
    {
        _state = Up;
        _events!.LinkUp(_number, nowMs);
    }

    private void TellDown(LinkFailure reason, long nowMs)
    {
        _state = Down;
        _events!.LinkDown(_number, reason, nowMs);
    }
}
