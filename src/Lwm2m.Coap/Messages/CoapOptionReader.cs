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

    /// <summary>After <see cref="Next"/> returned false: where the options end.</summary>
    internal int End => _position;

    /// <summary>Begins before the first option of a message.</summary>
    public void Start(CoapMessage message)
    {
        Start(message.Buffer, message.TokenOffset + message.TokenLength, message.Offset + message.Length);
    }

    /// <summary>Goes to the next option; false when there is none.</summary>
    public bool Next()
    {
        if (_position >= _end || _buffer[_position] == 0xFF) return false;
        int header = _buffer[_position++];
        int delta = Extended(header >> 4);
        int length = Extended(header & 15);
        if (delta < 0 || length < 0 || length > _end - _position)
        {
            _position = _end;
            return false;
        }

        Number += delta;
        Offset = _position;
        Length = length;
        _position += length;
        return true;
    }

    internal void Start(byte[] buffer, int position, int end)
    {
        _buffer = buffer;
        _position = position;
        _end = end;
        Number = 0;
        Offset = position;
        Length = 0;
    }

    private int Extended(int nibble)
    {
        if (nibble < 13) return nibble;
        if (nibble == 13) return _position < _end ? _buffer[_position++] + 13 : -1;
        if (nibble == 15 || _position + 1 >= _end) return -1;
        _position += 2;
        return ((_buffer[_position - 2] << 8) | _buffer[_position - 1]) + 269;
    }
}
