namespace Lwm2m.Coap;

public sealed partial class CoapMessage
{
    private const int HeaderLength = 4;
    internal const int PayloadMarker = 0xFF;

    // Slots 1..10 hold numbers, 11..15 places (offset << 8 | length), 16.. nothing but their bit.
    private const int ContentFormatSlot = 1;
    private const int AcceptSlot = 2;
    private const int ObserveSlot = 3;
    private const int Block1Slot = 4;
    private const int Block2Slot = 5;
    private const int Size1Slot = 6;
    private const int Size2Slot = 7;
    private const int MaxAgeSlot = 8;
    private const int NoResponseSlot = 9;
    private const int UriPortSlot = 10;
    private const int UriHostSlot = 11;
    private const int ETagSlot = 12;
    private const int EchoSlot = 13;
    private const int RequestTagSlot = 14;
    private const int SlotCount = 15;

    private const int ContentFormatBit = 1 << ContentFormatSlot;
    private const int AcceptBit = 1 << AcceptSlot;
    private const int ObserveBit = 1 << ObserveSlot;
    private const int Block1Bit = 1 << Block1Slot;
    private const int Block2Bit = 1 << Block2Slot;
    private const int Size1Bit = 1 << Size1Slot;
    private const int Size2Bit = 1 << Size2Slot;
    private const int MaxAgeBit = 1 << MaxAgeSlot;
    private const int NoResponseBit = 1 << NoResponseSlot;
    private const int UriPortBit = 1 << UriPortSlot;
    private const int UriHostBit = 1 << UriHostSlot;
    private const int ETagBit = 1 << ETagSlot;
    private const int EchoBit = 1 << EchoSlot;
    private const int RequestTagBit = 1 << RequestTagSlot;
    private const int ProxyUriBit = 1 << 16;
    private const int ProxySchemeBit = 1 << 17;

    /// <summary>Reads one datagram.</summary>
    public CoapParseStatus Parse(byte[] buffer, int offset, int count)
    {
        if (count < HeaderLength) return CoapParseStatus.TooShort;
        int first = buffer[offset];
        if (first >> 6 != 1) return CoapParseStatus.UnknownVersion;

        _buffer = buffer;
        _payloadBuffer = buffer;
        _seen = 0;
        _offset = offset;
        _length = count;
        _type = (CoapType)((first >> 4) & 3);
        int code = buffer[offset + 1];
        _code = code;
        _messageId = (buffer[offset + 2] << 8) | buffer[offset + 3];
        int tokenLength = first & 15;
        _tokenLength = tokenLength;
        _badOption = 0;
        _pathCount = 0;
        _queryCount = 0;
        _locationCount = 0;
        _payloadLength = 0;

        if (code == CoapCode.Empty)
        {
            // RFC 7252 4.1: nothing may follow the message id.
            _payloadOffset = offset + HeaderLength;
            return count == HeaderLength && tokenLength == 0 ? CoapParseStatus.Ok : CoapParseStatus.Malformed;
        }

        int codeClass = code >> 5;
        if (codeClass == 1 || codeClass >= 6) return CoapParseStatus.ReservedClass;
        if (tokenLength > MaxTokenLength || HeaderLength + tokenLength > count)
        {
            _tokenLength = 0;
            return CoapParseStatus.Malformed;
        }

        return ParseOptions(buffer, offset + HeaderLength + tokenLength, offset + count);
    }

    /// <summary>Options and payload: the part of a message that is the same over every transport (RFC 7252 3.1, RFC 8323 3.2).</summary>
    private CoapParseStatus ParseOptions(byte[] buffer, int position, int end)
    {
        int number = 0;
        int segments = 0;
        int paths = 0;
        while (position < end)
        {
            int length = buffer[position++];
            int delta = length >> 4;
            length &= 15;
            if (delta > 12 || length > 12)
            {
                if (delta == 15 || length == 15)
                {
                    if (delta != length) return CoapParseStatus.Malformed;
                    _pathCount = paths;
                    _payloadOffset = position;
                    _payloadLength = end - position;
                    return position == end || number > 0xFFFF ? CoapParseStatus.Malformed : CoapParseStatus.Ok;
                }

                if (delta == 13)
                {
                    if (position >= end) return CoapParseStatus.Malformed;
                    delta = buffer[position++] + 13;
                }
                else if (delta == 14)
                {
                    if (position + 1 >= end) return CoapParseStatus.Malformed;
                    delta = ((buffer[position] << 8) | buffer[position + 1]) + 269;
                    position += 2;
                    if (number + delta > 0xFFFF) return CoapParseStatus.Malformed;
                }

                if (length == 13)
                {
                    if (position >= end) return CoapParseStatus.Malformed;
                    length = buffer[position++] + 13;
                }
                else if (length == 14)
                {
                    if (position + 1 >= end) return CoapParseStatus.Malformed;
                    length = ((buffer[position] << 8) | buffer[position + 1]) + 269;
                    position += 2;
                }
            }

            number += delta;
            int next = position + length;
            if (next > end) return CoapParseStatus.Malformed;

            // By far the most frequent option, so it is not left to the switch.
            if (number == CoapOption.UriPath && segments < MaxSegments && length < 256)
            {
                int[] places = _segments;
                places[segments++] = (position << 8) | length;
                position = next;
                // Further ones have a header of one byte, without a delta, nearly always.
                while (position < end && segments < MaxSegments && (length = buffer[position]) < 13)
                {
                    position++;
                    next = position + length;
                    if (next > end) return CoapParseStatus.Malformed;
                    places[segments++] = (position << 8) | length;
                    position = next;
                }

                paths = segments - _locationCount;
                continue;
            }

            switch (number)
            {
                case CoapOption.UriQuery:
                    if (length > 255 || segments == MaxSegments)
                    {
                        Reject(number);
                        break;
                    }

                    _segments[segments++] = (position << 8) | length;
                    _queryCount++;
                    break;
                case CoapOption.LocationPath:
                    if (segments == MaxSegments) _badOption = number;
                    if (length > 255 || segments == MaxSegments) break;
                    _segments[segments++] = (position << 8) | length;
                    _locationCount++;
                    break;
                case CoapOption.Observe:
                    SetNumber(number, ObserveSlot, 3, position, length);
                    break;
                case CoapOption.UriPort:
                    SetNumber(number, UriPortSlot, 2, position, length);
                    break;
                case CoapOption.ContentFormat:
                    SetNumber(number, ContentFormatSlot, 2, position, length);
                    break;
                case CoapOption.MaxAge:
                    SetNumber(number, MaxAgeSlot, 4, position, length);
                    break;
                case CoapOption.Accept:
                    SetNumber(number, AcceptSlot, 2, position, length);
                    break;
                case CoapOption.Block2:
                    SetNumber(number, Block2Slot, 3, position, length);
                    break;
                case CoapOption.Block1:
                    SetNumber(number, Block1Slot, 3, position, length);
                    break;
                case CoapOption.Size2:
                    SetNumber(number, Size2Slot, 4, position, length);
                    break;
                case CoapOption.Size1:
                    SetNumber(number, Size1Slot, 4, position, length);
                    break;
                case CoapOption.NoResponse:
                    SetNumber(number, NoResponseSlot, 1, position, length);
                    break;
                case CoapOption.UriHost:
                    SetPlace(number, UriHostSlot, 1, 255, position, length);
                    break;
                case CoapOption.ETag:
                    SetPlace(number, ETagSlot, 1, 8, position, length);
                    break;
                case CoapOption.Echo:
                    SetPlace(number, EchoSlot, 1, 40, position, length);
                    break;
                case CoapOption.RequestTag:
                    SetPlace(number, RequestTagSlot, 0, 8, position, length);
                    break;
                case CoapOption.ProxyUri:
                    SetFlag(number, ProxyUriBit, 1034, length);
                    break;
                case CoapOption.ProxyScheme:
                    SetFlag(number, ProxySchemeBit, 255, length);
                    break;
                default:
                    Reject(number);
                    break;
            }

            position = next;
        }

        if (number > 0xFFFF) return CoapParseStatus.Malformed;
        _pathCount = paths;
        _payloadOffset = end;
        return CoapParseStatus.Ok;
    }

    /// <summary>RFC 7252 5.4.1, 5.4.3, 5.4.5: unknown, of illegal length or one too many are the same case, and matter for critical ones only.</summary>
    private void Reject(int number)
    {
        if ((number & 1) != 0 && BadOption == 0) _badOption = number;
    }

    private void SetNumber(int number, int slot, int maxLength, int position, int length)
    {
        int bit = 1 << slot;
        if (length > maxLength || (_seen & bit) != 0)
        {
            Reject(number);
            return;
        }

        _seen |= bit;
        int value = 0;
        int end = position + length;
        while (position < end) value = (value << 8) | _buffer[position++];
        _values[slot] = value;
    }

    private void SetPlace(int number, int slot, int minLength, int maxLength, int position, int length)
    {
        int bit = 1 << slot;
        if (length < minLength || length > maxLength || (_seen & bit) != 0)
        {
            Reject(number);
            return;
        }

        _seen |= bit;
        _values[slot] = (position << 8) | length;
    }

    private void SetFlag(int number, int bit, int maxLength, int length)
    {
        if (length < 1 || length > maxLength || (_seen & bit) != 0)
        {
            Reject(number);
            return;
        }

        _seen |= bit;
    }
}
