namespace Lwm2m.Coap;

/// <summary>Walks over all options of a parsed message in order, known and unknown.</summary>
public sealed class CoapOptionReader
{
    private byte[] _buffer = new byte[0];
    private int _position;
    private int _end;

    /// <summary>Number of the current option.</summary>
    public int Number { get; private set; }

    /// <summary>Where its value begins.</summary>
    public int Offset { get; private set; }

    /// <summary>Length of its value.</summary>
    public int Length { get; private set; }

    /// <summary>Its value as a number (the low 32 bits of it).</summary>
    public long UintValue
    {
        get
        {
            uint value = 0;
            for (int i = 0; i < Length; i++) value = (value << 8) | _buffer[Offset + i];
            return value;
        }
    }

    /// <summary>Begins before the first option of a message.</summary>
    public void Start(CoapMessage message)
    {
        _buffer = message.Buffer;
        _position = message.TokenOffset + message.TokenLength;
        _end = message.Offset + message.Length;
        Number = 0;
        Offset = _position;
        Length = 0;
    }

    /// <summary>Goes to the next option; false when there is none.</summary>
    public bool Next()
    {
        int number = Number;
        int offset = Next(_buffer, _position, _end, ref number, out int length);
        if (offset < 0)
        {
            _position = _end;
            return false;
        }

        Number = number;
        Offset = offset;
        Length = length;
        _position = offset + length;
        return true;
    }

    /// <summary>The same without an object.</summary>
    /// <param name="buffer">Holds the message.</param>
    /// <param name="position">Where the option begins: behind the value of the one before it.</param>
    /// <param name="end">Where the message ends.</param>
    /// <param name="number">Number of the option before it, 0 before the first one; then of this one.</param>
    /// <param name="length">Length of its value.</param>
    /// <returns>Where its value begins; -1 when there is no further option.</returns>
    internal static int Next(byte[] buffer, int position, int end, ref int number, out int length)
    {
        length = 0;
        if (position >= end || buffer[position] == CoapMessage.PayloadMarker) return -1;
        int header = buffer[position++];
        int delta = Extended(header >> 4, buffer, ref position, end);
        length = Extended(header & 15, buffer, ref position, end);
        if (delta < 0 || length < 0 || length > end - position) return -1;
        number += delta;
        return position;
    }

    private static int Extended(int nibble, byte[] buffer, ref int position, int end)
    {
        if (nibble < 13) return nibble;
        if (nibble == 13) return position < end ? buffer[position++] + 13 : -1;
        if (nibble == 15 || position + 1 >= end) return -1;
        position += 2;
        return ((buffer[position - 2] << 8) | buffer[position - 1]) + 269;
    }
}
