using Lwm2m.Coap;

namespace Lwm2m.Docs.Air;

/// <summary>The same message ids and tokens in every run, so that the page is the same too.</summary>
internal sealed class AirRandom : IRandom
{
    private uint _state = 2463534242;

    public int Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state & 0x7FFFFFFF);
    }

    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++)
            buffer[offset + i] = (byte)Next();
    }
}
