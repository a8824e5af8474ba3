using Lwm2m.Coap;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>A xorshift generator: the same seed gives the same message ids, tokens and jitter.</summary>
public sealed class SeededRandom : IRandom
{
    private uint _state;

    public SeededRandom(int seed) => _state = (uint)seed * 2654435769u | 1;

    public int Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state & 0x7FFFFFFF);
    }

    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int index = 0; index < count; index++)
            buffer[offset + index] = (byte)(Next() >> 7);
    }
}
