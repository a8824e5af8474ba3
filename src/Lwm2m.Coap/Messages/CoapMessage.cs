using System;

namespace Lwm2m.Coap;

/// <summary>
/// A checked view over one received message. <see cref="Parse"/> reads it in one pass, copies nothing and is used again for the next
/// message; every position it gives is an index into <see cref="Buffer"/>, which must stay untouched while the view is in use.
/// After <see cref="CoapParseStatus.TooShort"/> and <see cref="CoapParseStatus.UnknownVersion"/> no property means anything.
/// </summary>
public sealed partial class CoapMessage
{
    /// <summary>Path, query and location segments that one message may have in all; with more of them it is refused.</summary>
    public const int MaxSegments = 16;

    /// <summary>What <see cref="PathNumber"/> gives for every number above it: larger than any id.</summary>
    public const int LargestPathNumber = 99999;

    /// <summary>What <see cref="PathNumber"/> gives for a segment that is no number.</summary>
    public const int NotANumber = -1;

    /// <summary>What <see cref="PathNumber"/> gives for an empty segment.</summary>
    public const int EmptySegment = -2;

    /// <summary>Largest token (RFC 7252 3).</summary>
    public const int MaxTokenLength = 8;

    // Values and places of options live in a table with one bit each in _seen, so that a message starts clean with a single store.
    private readonly int[] _values = new int[SlotCount];
    private readonly int[] _segments = new int[MaxSegments];
    private byte[] _buffer = new byte[0];
    private byte[] _payloadBuffer = new byte[0];
    private int _seen;
    private int _offset;
    private int _length;
    private CoapType _type;
    private int _code;
    private int _messageId;
    private int _tokenLength;
    private int _badOption;
    private int _pathCount;
    private int _queryCount;
    private int _locationCount;
    private int _payloadOffset;
    private int _payloadLength;

    /// <summary>The buffer that was parsed.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Where the message begins in <see cref="Buffer"/>.</summary>
    public int Offset => _offset;

    /// <summary>Length of the whole message in bytes.</summary>
    public int Length => _length;

    /// <summary>Message type.</summary>
    public CoapType Type => _type;

    /// <summary>Code as in the header: see <see cref="CoapCode"/>.</summary>
    public int Code => _code;

    /// <summary>Message id, 0..65535.</summary>
    public int MessageId => _messageId;

    /// <summary>Where the token begins.</summary>
    public int TokenOffset => _offset + HeaderLength;

    /// <summary>Length of the token, 0..8.</summary>
    public int TokenLength => _tokenLength;

    /// <summary>
    /// Number of the first critical option that is unknown, malformed, repeated without leave or beyond <see cref="MaxSegments"/>; 0 when there
    /// is none (RFC 7252 5.4). Also a Location-Path beyond the limit, since half a location is worth nothing.
    /// </summary>
    public int BadOption => _badOption;

    /// <summary>Content-Format, -1 when absent.</summary>
    public int ContentFormat => (_seen & ContentFormatBit) == 0 ? -1 : _values[ContentFormatSlot];

    /// <summary>Accept, -1 when absent.</summary>
    public int Accept => (_seen & AcceptBit) == 0 ? -1 : _values[AcceptSlot];

    /// <summary>Observe, -1 when absent: 0 register and 1 deregister in a request, the sequence number in a notification.</summary>
    public int Observe => (_seen & ObserveBit) == 0 ? -1 : _values[ObserveSlot];

    /// <summary>Value of Block1, -1 when absent: see <see cref="BlockOption"/>. May hold the reserved size 7.</summary>
    public int Block1 => (_seen & Block1Bit) == 0 ? -1 : _values[Block1Slot];

    /// <summary>Value of Block2, -1 when absent: see <see cref="BlockOption"/>. May hold the reserved size 7.</summary>
    public int Block2 => (_seen & Block2Bit) == 0 ? -1 : _values[Block2Slot];

    /// <summary>Size1 in bytes, -1 when absent.</summary>
    public long Size1 => (_seen & Size1Bit) == 0 ? -1 : (uint)_values[Size1Slot];

    /// <summary>Size2 in bytes, -1 when absent.</summary>
    public long Size2 => (_seen & Size2Bit) == 0 ? -1 : (uint)_values[Size2Slot];

    /// <summary>Max-Age in seconds, -1 when absent (which means 60).</summary>
    public long MaxAge => (_seen & MaxAgeBit) == 0 ? -1 : (uint)_values[MaxAgeSlot];

    /// <summary>No-Response, -1 when absent: bit 1 for 2.xx, 3 for 4.xx, 4 for 5.xx unwanted (RFC 7967).</summary>
    public int NoResponse => (_seen & NoResponseBit) == 0 ? -1 : _values[NoResponseSlot];

    /// <summary>Uri-Port, -1 when absent.</summary>
    public int UriPort => (_seen & UriPortBit) == 0 ? -1 : _values[UriPortSlot];

    /// <summary>Where Uri-Host begins; meaningless while <see cref="UriHostLength"/> is -1.</summary>
    public int UriHostOffset => (int)((uint)_values[UriHostSlot] >> 8);

    /// <summary>Length of Uri-Host, -1 when absent.</summary>
    public int UriHostLength => (_seen & UriHostBit) == 0 ? -1 : _values[UriHostSlot] & 0xFF;

    /// <summary>Where the (first) ETag begins; meaningless while <see cref="ETagLength"/> is -1.</summary>
    public int ETagOffset => (int)((uint)_values[ETagSlot] >> 8);

    /// <summary>Length of the (first) ETag, -1 when absent.</summary>
    public int ETagLength => (_seen & ETagBit) == 0 ? -1 : _values[ETagSlot] & 0xFF;

    /// <summary>Where Echo begins; meaningless while <see cref="EchoLength"/> is -1.</summary>
    public int EchoOffset => (int)((uint)_values[EchoSlot] >> 8);

    /// <summary>Length of Echo, -1 when absent.</summary>
    public int EchoLength => (_seen & EchoBit) == 0 ? -1 : _values[EchoSlot] & 0xFF;

    /// <summary>Where the (first) Request-Tag begins; meaningless while <see cref="RequestTagLength"/> is -1.</summary>
    public int RequestTagOffset => (int)((uint)_values[RequestTagSlot] >> 8);

    /// <summary>Length of the (first) Request-Tag, -1 when absent, which differs from 0 (RFC 9175 3.3).</summary>
    public int RequestTagLength => (_seen & RequestTagBit) == 0 ? -1 : _values[RequestTagSlot] & 0xFF;

    /// <summary>True when Proxy-Uri or Proxy-Scheme asks to forward the request (RFC 7252 5.10.2).</summary>
    public bool HasProxyOption => (_seen & (ProxyUriBit | ProxySchemeBit)) != 0;

    /// <summary>Number of Uri-Path segments.</summary>
    public int PathCount => _pathCount;

    /// <summary>Number of Uri-Query parameters.</summary>
    public int QueryCount => _queryCount;

    /// <summary>Number of Location-Path segments.</summary>
    public int LocationCount => _locationCount;

    /// <summary>The buffer that holds the body: <see cref="Buffer"/>, or that of the transfer when the body came in blocks.</summary>
    public byte[] PayloadBuffer => _payloadBuffer;

    /// <summary>Where the body begins in <see cref="PayloadBuffer"/>.</summary>
    public int PayloadOffset => _payloadOffset;

    /// <summary>Length of the body in bytes, 0 when there is none.</summary>
    public int PayloadLength => _payloadLength;

    /// <summary>A Uri-Path segment, UTF-8.</summary>
    /// <param name="index">0..<see cref="PathCount"/> - 1.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>Where it begins in <see cref="Buffer"/>.</returns>
    public int PathSegment(int index, out int length)
    {
        if ((uint)index >= (uint)_pathCount) throw new ArgumentOutOfRangeException(nameof(index));
        int segment = _segments[_locationCount + index];
        length = segment & 0xFF;
        return segment >> 8;
    }

    /// <summary>A Uri-Path segment as a decimal number.</summary>
    /// <param name="index">0..<see cref="PathCount"/> - 1.</param>
    /// <returns>
    /// The number, <see cref="LargestPathNumber"/> for all larger ones; <see cref="NotANumber"/> when there is anything but digits, or a leading zero;
    /// <see cref="EmptySegment"/> when there is nothing at all.
    /// </returns>
    public int PathNumber(int index)
    {
        if ((uint)index >= (uint)_pathCount) throw new ArgumentOutOfRangeException(nameof(index));
        int segment = _segments[_locationCount + index];
        int length = segment & 0xFF;
        if (length != 1) return length == 0 ? EmptySegment : Number(segment >> 8, length);
        int digit = _buffer[segment >> 8] - '0';
        return digit < 0 || digit > 9 ? NotANumber : digit;
    }

    /// <summary>A Uri-Query parameter, UTF-8.</summary>
    /// <param name="index">0..<see cref="QueryCount"/> - 1.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>Where it begins in <see cref="Buffer"/>.</returns>
    public int Query(int index, out int length)
    {
        if ((uint)index >= (uint)_queryCount) throw new ArgumentOutOfRangeException(nameof(index));
        int segment = _segments[_locationCount + _pathCount + index];
        length = segment & 0xFF;
        return segment >> 8;
    }

    /// <summary>A Location-Path segment, UTF-8.</summary>
    /// <param name="index">0..<see cref="LocationCount"/> - 1.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>Where it begins in <see cref="Buffer"/>.</returns>
    public int Location(int index, out int length)
    {
        if ((uint)index >= (uint)_locationCount) throw new ArgumentOutOfRangeException(nameof(index));
        int segment = _segments[index];
        length = segment & 0xFF;
        return segment >> 8;
    }

    /// <summary>
    /// Identifies what a request asks for: method, path, query, Accept and, for FETCH, the body (the cache key of RFC 7252 5.6 and RFC 8132
    /// 2.4). Kept with an observation it lets <see cref="CoapResponse.CacheKey"/> tie the later blocks of a large notification to it.
    /// </summary>
    public int CacheKey() => CacheKey(true);

    internal int CacheKey(bool withBody)
    {
        int hash = ContentHash.Start + _code;
        int segments = _locationCount + _pathCount + _queryCount;
        for (int i = _locationCount; i < segments; i++)
        {
            int segment = _segments[i];
            hash = ContentHash.Add(hash, _buffer, segment >> 8, segment & 0xFF);
        }

        hash = ContentHash.Add(hash, _pathCount);
        hash = ContentHash.Add(hash, Accept);
        // A body that came in blocks is not repeated when the blocks of its answer are fetched (RFC 7959 3.3).
        bool hasOwnBody = Code == CoapCode.Fetch && _payloadLength > 0 && _payloadBuffer == _buffer;
        return withBody && hasOwnBody ? ContentHash.Add(hash, _buffer, _payloadOffset, _payloadLength) : hash;
    }

    /// <summary>A request that asks for nothing but an answer, in one piece and to be sent: the usual case, told by one look.</summary>
    internal bool IsPlain => _badOption == 0
        && (_seen & (Block1Bit | Block2Bit | Size2Bit | NoResponseBit | ProxyUriBit | ProxySchemeBit)) == 0;

    internal void SetPayload(byte[] buffer, int offset, int length)
    {
        _payloadBuffer = buffer;
        _payloadOffset = offset;
        _payloadLength = length;
    }

    /// <summary>Only block 0 carries Observe to mean something (RFC 7959 3.4): the assembled whole takes it over from there.</summary>
    internal void SetObserve(int value)
    {
        if (value < 0)
        {
            _seen &= ~ObserveBit;
            return;
        }

        _seen |= ObserveBit;
        _values[ObserveSlot] = value;
    }

    internal void SetContentFormat(int value)
    {
        if (value < 0) return;
        _seen |= ContentFormatBit;
        _values[ContentFormatSlot] = value;
    }

    private int Number(int at, int length)
    {
        byte[] buffer = _buffer;
        int number = 0;
        // Numbers have one way to be written.
        if (buffer[at] == '0') return NotANumber;
        for (int end = at + length; at < end; at++)
        {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9) return NotANumber;
            number = number * 10 + digit;
            if (number > LargestPathNumber) number = LargestPathNumber;
        }

        return number;
    }
}
