using System;

namespace Lwm2m.Coap;

// From bytes to messages (RFC 8323 3.2): a frame is collected behind room for the header of a datagram, whatever the pieces it comes in.
public sealed partial class CoapStream
{
    // The nibble of a length that goes on in 1, 2 or 4 bytes, and what those are added to.
    private const int OneByteNibble = 13;
    private const int TwoByteNibble = 14;
    private const int FourByteNibble = 15;
    private const int OneByteBase = 13;
    private const int TwoByteBase = 269;
    private const int FourByteBase = 65805;

    // The frame that is coming in: header bytes so far, 0 between frames; then what is still to come of token and body.
    private int _headerBytes;
    private int _first;
    private int _code;
    private bool _hasCode;
    private bool _isTooLarge;

    // Of a length up to 2^32 + 65,804.
    private long _left;
    private int _kept;
    private int _position;

    /// <summary>Takes bytes of the connection, in whatever pieces. Never throws on what a peer sent; the buffer is not kept.</summary>
    public void Received(byte[] buffer, int offset, int count, long nowMs)
    {
        if (count <= 0) return;
        _heardMs = nowMs;
        _pongDueMs = long.MaxValue;
        int end = offset + count;
        while (offset < end && _isOpen)
        {
            if (!_hasCode)
            {
                TakeHeader(buffer[offset++], nowMs);
                continue;
            }

            int length = end - offset;
            if (length > _left) length = (int)_left;
            int room = _kept - _position;
            if (room > length) room = length;
            if (room > 0)
            {
                Array.Copy(buffer, offset, _buffer, _position, room);
                _position += room;
            }

            offset += length;
            _left -= length;
            if (_left == 0) Complete(nowMs);
        }
    }

    private void TakeHeader(int value, long nowMs)
    {
        if (_headerBytes == 0)
        {
            _first = value;
            if ((value & 15) > CoapMessage.MaxTokenLength)
            {
                Abort("Reserved token length", NoBadOption, nowMs);
                return;
            }

            _headerBytes = 1;
            _left = 0;
            return;
        }

        int nibble = _first >> 4;
        int extended = nibble < OneByteNibble ? 0 : 1 << (nibble - OneByteNibble);
        if (_headerBytes <= extended)
        {
            _headerBytes++;
            _left = (_left << 8) | (uint)value;
            return;
        }

        _left += nibble < OneByteNibble ? nibble : nibble == OneByteNibble ? OneByteBase : nibble == TwoByteNibble ? TwoByteBase : FourByteBase;
        BeginBody(value, 2 + extended, nowMs);
    }

    private void BeginBody(int code, int header, long nowMs)
    {
        _headerBytes = 0;
        _code = code;
        if (!HasPeerSettings && code != CoapCode.Csm)
        {
            Abort("CSM must come first", NoBadOption, nowMs);
            return;
        }

        int tokenLength = _first & 15;
        _left += tokenLength;
        _isTooLarge = header + _left > MaxMessageBytes;
        if (_isTooLarge && CoapCode.Class(code) == SignalClass)
        {
            Abort("Signal is too large", NoBadOption, nowMs);
            return;
        }

        _hasCode = true;
        _position = DatagramHeader;
        // Of what is too large only the token is kept: it names the exchange.
        _kept = DatagramHeader + (_isTooLarge ? tokenLength : (int)_left);
        if (_left == 0) Complete(nowMs);
    }

    private void Complete(long nowMs)
    {
        _hasCode = false;
        int code = _code;
        if (code == CoapCode.Empty) return;

        byte[] buffer = _buffer;
        buffer[0] = (byte)(0x40 | ((int)CoapType.NonConfirmable << 4) | (_first & 15));
        buffer[1] = (byte)code;
        buffer[2] = 0;
        buffer[3] = 0;
        int codeClass = CoapCode.Class(code);
        if (_isTooLarge)
        {
            if (codeClass == 0) RefuseSize();
            else _handler.OnTooLarge(buffer, 0, _kept, nowMs);
            return;
        }

        if (codeClass == SignalClass)
        {
            ReceiveSignal(code, nowMs);
            return;
        }

        // What a datagram is answered RST for (RFC 7252 4.2) ends a connection.
        if (codeClass == 1 || codeClass == 6 || !IsWellFormed())
        {
            Abort("Message format error", NoBadOption, nowMs);
            return;
        }

        _handler.OnMessage(buffer, 0, _position, nowMs);
    }

    /// <summary>Options and payload keep to RFC 7252 3.1.</summary>
    private bool IsWellFormed()
    {
        byte[] buffer = _buffer;
        int end = _position;
        int position = DatagramHeader + (_first & 15);
        int number = 0;
        int value;
        while ((value = CoapOptionReader.Next(buffer, position, end, ref number, out int length)) >= 0) position = value + length;
        if (number > 0xFFFF) return false;
        return position == end || (buffer[position] == CoapMessage.PayloadMarker && position + 1 < end);
    }
}
