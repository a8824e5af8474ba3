using System;
using System.Text;

namespace Lwm2m.Coap;

/// <summary>
/// Writes one message into a buffer, front to back: header, options in ascending order, payload. What does not fit sets
/// <see cref="Overflowed"/> and writes nothing more.
/// </summary>
public sealed class CoapWriter
{
    private byte[] _buffer = new byte[0];
    private int _start;
    private int _position;
    private int _end;
    private int _lastOption;
    private bool _overflowed;

    /// <summary>Index behind the last byte written.</summary>
    public int Position => _position;

    /// <summary>Bytes written since <see cref="Begin"/>.</summary>
    public int Length => _position - _start;

    /// <summary>True when something did not fit: the message is not to be used.</summary>
    public bool Overflowed => _overflowed;

    /// <summary>Starts a message in a part of a buffer.</summary>
    public void Begin(byte[] buffer, int offset, int count)
    {
        _buffer = buffer;
        _start = offset;
        _position = offset;
        _end = offset + count;
        _lastOption = 0;
        _overflowed = false;
    }

    /// <summary>Writes header and token.</summary>
    /// <param name="type">Message type.</param>
    /// <param name="code">Code, see <see cref="CoapCode"/>.</param>
    /// <param name="messageId">0..65535.</param>
    /// <param name="token">Buffer that holds the token.</param>
    /// <param name="tokenOffset">Where it begins there.</param>
    /// <param name="tokenLength">Its length, 0..8.</param>
    public void Header(CoapType type, int code, int messageId, byte[] token, int tokenOffset, int tokenLength)
    {
        if (tokenLength < 0 || tokenLength > CoapMessage.MaxTokenLength) throw new ArgumentOutOfRangeException(nameof(tokenLength));
        int position = _position;
        if (4 + tokenLength > _end - position)
        {
            _overflowed = true;
            return;
        }

        byte[] buffer = _buffer;
        buffer[position] = (byte)(0x40 | ((int)type << 4) | tokenLength);
        buffer[position + 1] = (byte)code;
        buffer[position + 2] = (byte)(messageId >> 8);
        buffer[position + 3] = (byte)messageId;
        position += 4;
        if (tokenLength > 0) Array.Copy(token, tokenOffset, buffer, position, tokenLength);
        _position = position + tokenLength;
    }

    /// <summary>
    /// Writes the header of a piggybacked response: message id and token are those of the request, so they are copied from it in one go.
    /// </summary>
    internal void AcknowledgementHeader(int code, byte[] request, int offset, int tokenLength)
    {
        int position = _position;
        byte[] buffer = _buffer;
        Array.Copy(request, offset, buffer, position, 4 + tokenLength);
        buffer[position] = (byte)(0x60 | tokenLength);
        buffer[position + 1] = (byte)code;
        _position = position + 4 + tokenLength;
    }

    /// <summary>Writes an empty message: a ping (CON), an ACK or a RST.</summary>
    public void Empty(CoapType type, int messageId) => Header(type, CoapCode.Empty, messageId, _buffer, 0, 0);

    /// <summary>Writes an opaque or string option.</summary>
    public void Option(int number, byte[] value, int offset, int length)
    {
        if (!OptionHeader(number, length)) return;
        Array.Copy(value, offset, _buffer, _position, length);
        _position += length;
    }

    /// <summary>Writes an option of length zero.</summary>
    public void EmptyOption(int number) => OptionHeader(number, 0);

    /// <summary>Writes a uint option in its shortest form; 0 has no bytes at all (RFC 7252 3.2).</summary>
    /// <param name="number">Option number.</param>
    /// <param name="value">0..4294967295.</param>
    public void UintOption(int number, long value)
    {
        uint bits = (uint)value;
        if (bits == 0)
        {
            OptionHeader(number, 0);
            return;
        }

        int length = bits < 0x100 ? 1 : bits < 0x10000 ? 2 : bits < 0x1000000 ? 3 : 4;
        if (!OptionHeader(number, length)) return;
        byte[] buffer = _buffer;
        int position = _position;
        _position = position + length;
        while (length > 1)
        {
            length--;
            buffer[position++] = (byte)(bits >> (length << 3));
        }

        buffer[position] = (byte)bits;
    }

    /// <summary>Writes a string option in UTF-8.</summary>
    public void StringOption(int number, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Option(number, bytes, 0, bytes.Length);
    }

    /// <summary>Writes marker and payload; nothing at all when the payload is empty.</summary>
    public void Payload(byte[] payload, int offset, int length)
    {
        if (length == 0) return;
        int position = _position;
        if (_overflowed || length >= _end - position)
        {
            _overflowed = true;
            return;
        }

        _buffer[position] = CoapMessage.PayloadMarker;
        Array.Copy(payload, offset, _buffer, position + 1, length);
        _position = position + 1 + length;
    }

    private bool OptionHeader(int number, int length)
    {
        int delta = number - _lastOption;
        if (delta < 0) throw new InvalidOperationException("Option " + number + " must come before option " + _lastOption + ".");
        int position = _position;
        // Five bytes is the longest option header.
        if (_overflowed || length > _end - position - 5 && !Fits(delta, length, position))
        {
            _overflowed = true;
            return false;
        }

        _lastOption = number;
        byte[] buffer = _buffer;
        if (delta < 13 && length < 13)
        {
            buffer[position] = (byte)((delta << 4) | length);
            _position = position + 1;
            return true;
        }

        int head = position++;
        int first = Nibble(delta) << 4;
        position = Extend(delta, position);
        first |= Nibble(length);
        position = Extend(length, position);
        buffer[head] = (byte)first;
        _position = position;
        return true;
    }

    private bool Fits(int delta, int length, int position)
    {
        int header = 1 + (delta < 13 ? 0 : delta < 269 ? 1 : 2) + (length < 13 ? 0 : length < 269 ? 1 : 2);
        return header + length <= _end - position;
    }

    private static int Nibble(int value) => value < 13 ? value : value < 269 ? 13 : 14;

    private int Extend(int value, int position)
    {
        if (value < 13) return position;
        if (value < 269)
        {
            _buffer[position] = (byte)(value - 13);
            return position + 1;
        }

        value -= 269;
        _buffer[position] = (byte)(value >> 8);
        _buffer[position + 1] = (byte)value;
        return position + 2;
    }
}
