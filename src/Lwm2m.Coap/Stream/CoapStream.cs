using System;

namespace Lwm2m.Coap;

/// <summary>
/// CoAP over a connection that is reliable and in order, such as TCP or TLS (RFC 8323), client and server alike: frames, and the signalling
/// between them. One for each connection. Bytes of any chunking go in by <see cref="Received"/> and whole messages come out by
/// <see cref="ICoapStreamHandler"/>, in the form of datagrams; so they go in by <see cref="Send"/>. Owns no socket, clock or thread. All
/// memory is allocated at the start. Not safe for several threads.
/// </summary>
public sealed partial class CoapStream
{
    /// <summary>Max-Message-Size until a CSM says otherwise (RFC 8323 5.3.1).</summary>
    public const int BaseMaxMessageBytes = 1152;

    /// <summary>Least that <see cref="MaxMessageBytes"/> can be.</summary>
    public const int LeastMaxMessageBytes = 64;

    private const int DatagramHeader = 4;
    private const int RewriteMs = 100;

    private readonly ICoapStreamOutput _output;
    private readonly ICoapStreamHandler _handler;
    private readonly byte[] _buffer;
    private readonly byte[] _signal = new byte[64];

    private bool _isOpen;
    private bool _isReleased;
    private bool _isCut;
    private long _heardMs;
    private long _pongDueMs = long.MaxValue;

    /// <summary>Makes a stream, with a buffer for one message.</summary>
    /// <param name="maxMessageBytes">
    /// Our Max-Message-Size, from <see cref="LeastMaxMessageBytes"/> on: <see cref="CoapEndpoint.MaxMessageBytes"/> of the endpoint behind it.
    /// </param>
    /// <param name="output">Takes the bytes to the connection.</param>
    /// <param name="handler">Is told what comes in.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxMessageBytes"/> is too small.</exception>
    public CoapStream(int maxMessageBytes, ICoapStreamOutput output, ICoapStreamHandler handler)
    {
        if (maxMessageBytes < LeastMaxMessageBytes) throw new ArgumentOutOfRangeException(nameof(maxMessageBytes));
        MaxMessageBytes = maxMessageBytes;
        _output = output;
        _handler = handler;
        // The shortest frame header has two bytes less than that of a datagram.
        _buffer = new byte[maxMessageBytes + 2];
    }

    /// <summary>Our Max-Message-Size: largest message that is taken in, in bytes of its frame.</summary>
    public int MaxMessageBytes { get; }

    /// <summary>
    /// Largest message that the peer takes, in bytes of its datagram form: for <see cref="CoapPeer.MaxMessageBytes"/>.
    /// <see cref="BaseMaxMessageBytes"/> until its CSM says otherwise.
    /// </summary>
    public int PeerMaxMessageBytes { get; private set; } = BaseMaxMessageBytes;

    /// <summary>True when the peer's CSM has Block-Wise-Transfer: for <see cref="CoapPeer.TakesBlocks"/>.</summary>
    public bool PeerTakesBlocks { get; private set; }

    /// <summary>True since the peer's CSM has come.</summary>
    public bool HasPeerSettings { get; private set; }

    /// <summary>True from <see cref="Start"/> on, until the stream fails or is stopped.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>
    /// After how long without a byte of the peer it is sent a Ping, in milliseconds; 0 for never. 30,000 at first, which most address
    /// translators let live; a device on battery will want more.
    /// </summary>
    public int KeepAliveMs { get; set; } = 30000;

    /// <summary>How long to wait for the Pong, or any other byte, before the connection fails, in milliseconds; 10,000 at first.</summary>
    public int PongTimeoutMs { get; set; } = 10000;

    /// <summary>Begins with a new connection: forgets everything of the one before and sends our CSM. Requests may follow at once.</summary>
    public void Start(long nowMs)
    {
        _isOpen = true;
        _isReleased = false;
        _isCut = false;
        _heardMs = nowMs;
        _pongDueMs = long.MaxValue;
        _headerBytes = 0;
        _hasCode = false;
        _unsent = 0;
        PeerMaxMessageBytes = BaseMaxMessageBytes;
        PeerTakesBlocks = false;
        HasPeerSettings = false;
        SendSettings();
    }

    /// <summary>The connection is closed: nothing more goes in or out until <see cref="Start"/>.</summary>
    public void Stop()
    {
        _isOpen = false;
        _isCut = false;
    }

    /// <summary>Sends a message.</summary>
    /// <param name="buffer">Holds it in the form of a datagram; type and message id mean nothing. Its header is written over and put back.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">Its length in bytes.</param>
    /// <returns>
    /// False when nothing was sent: not open, larger than the peer takes, a request after <see cref="Release"/>, or the output cannot take it now.
    /// </returns>
    public bool Send(byte[] buffer, int offset, int count)
    {
        if (!_isOpen || count > PeerMaxMessageBytes) return false;
        int code = buffer[offset + 1];
        // An acknowledgement has no place here.
        if (code == CoapCode.Empty) return true;
        if (_isReleased && code < 0x20) return false;
        return Flush() && WriteFrame(buffer, offset, count);
    }

    /// <summary>Asks whether the peer is there; it fails with <see cref="CoapStreamFailure.NoPong"/> when nothing comes.</summary>
    /// <returns>False when the stream is not open.</returns>
    public bool Ping(long nowMs)
    {
        if (!_isOpen) return false;
        if (_pongDueMs == long.MaxValue) _pongDueMs = nowMs + PongTimeoutMs;
        SendPing();
        return true;
    }

    /// <summary>Tells the peer that the connection is about to end (RFC 8323 5.5). From then on only responses can be sent.</summary>
    /// <returns>False when the stream is not open, or the output still cannot take the signal before this one.</returns>
    public bool Release()
    {
        if (!_isOpen) return false;
        if (!BeginSignal(CoapCode.Release)) return false;
        _isReleased = true;
        EndSignal(DatagramHeader);
        return true;
    }

    /// <summary>Does what is due: sends what the output could not take, and looks whether the peer is there.</summary>
    /// <returns>When to call again at the latest, in the clock of <paramref name="nowMs"/>; <see cref="long.MaxValue"/> when nothing is pending.</returns>
    public long Poll(long nowMs)
    {
        if (_isCut)
        {
            _isCut = false;
            _handler.OnFailed(CoapStreamFailure.CutMessage, nowMs);
        }

        if (!_isOpen) return long.MaxValue;
        bool flushed = Flush();
        if (_pongDueMs == long.MaxValue && KeepAliveMs > 0 && nowMs - _heardMs >= KeepAliveMs)
        {
            Ping(nowMs);
            flushed = Flush();
        }

        if (nowMs >= _pongDueMs)
        {
            Fail(CoapStreamFailure.NoPong, nowMs);
            return long.MaxValue;
        }

        long due = _pongDueMs;
        if (due == long.MaxValue && KeepAliveMs > 0) due = _heardMs + KeepAliveMs;
        return flushed || due < nowMs + RewriteMs ? due : nowMs + RewriteMs;
    }

    private void Fail(CoapStreamFailure reason, long nowMs)
    {
        _isOpen = false;
        _handler.OnFailed(reason, nowMs);
    }

    /// <summary>
    /// Writes the frame around a message: its header, which is no longer than that of a datagram, in place of that one. Only a body of 65,805
    /// bytes and more has a longer one, which goes ahead by itself.
    /// </summary>
    private bool WriteFrame(byte[] buffer, int offset, int count)
    {
        int first = buffer[offset];
        int code = buffer[offset + 1];
        int third = buffer[offset + 2];
        int fourth = buffer[offset + 3];
        int tokenLength = first & 15;
        int length = count - DatagramHeader - tokenLength;
        if (length >= FourByteBase) return WriteLongFrame(buffer, offset, count, tokenLength, length, code);

        int start;
        if (length < OneByteBase)
        {
            start = offset + 2;
            buffer[start] = (byte)((length << 4) | tokenLength);
        }
        else if (length < TwoByteBase)
        {
            start = offset + 1;
            buffer[start] = (byte)((OneByteNibble << 4) | tokenLength);
            buffer[start + 1] = (byte)(length - OneByteBase);
        }
        else
        {
            start = offset;
            buffer[start] = (byte)((TwoByteNibble << 4) | tokenLength);
            buffer[start + 1] = (byte)((length - TwoByteBase) >> 8);
            buffer[start + 2] = (byte)(length - TwoByteBase);
        }

        buffer[offset + 3] = (byte)code;
        bool written = _output.Write(buffer, start, count - (start - offset));
        buffer[offset] = (byte)first;
        buffer[offset + 1] = (byte)code;
        buffer[offset + 2] = (byte)third;
        buffer[offset + 3] = (byte)fourth;
        return written;
    }

    private bool WriteLongFrame(byte[] buffer, int offset, int count, int tokenLength, int length, int code)
    {
        int extended = length - FourByteBase;
        byte[] header = _signal;
        header[0] = (byte)((FourByteNibble << 4) | tokenLength);
        header[1] = (byte)(extended >> 24);
        header[2] = (byte)(extended >> 16);
        header[3] = (byte)(extended >> 8);
        header[4] = (byte)extended;
        header[5] = (byte)code;
        if (!_output.Write(header, 0, 6)) return false;
        if (_output.Write(buffer, offset + DatagramHeader, count - DatagramHeader)) return true;
        // The owner may be in the middle of something: it is told by Poll.
        _isOpen = false;
        _isCut = true;
        return false;
    }
}
