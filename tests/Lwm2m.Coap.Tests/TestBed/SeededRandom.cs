using System;

namespace Lwm2m.Coap.Tests;

/// <summary>xorshift32: the same seed gives the same bytes on every machine.</summary>
internal sealed class SeededRandom : IRandom
{
    private uint _state;

    public SeededRandom(int seed) => _state = (uint)seed * 2654435761 + 1;

    public int Next()
    {
        if (_state == 0) _state = 1;
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)_state;
    }

    public int Next(int below) => (int)((uint)Next() % (uint)below);

    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++) buffer[offset + i] = (byte)(Next() >> 11);
    }

    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        Fill(bytes, 0, count);
        return bytes;
    }
}
