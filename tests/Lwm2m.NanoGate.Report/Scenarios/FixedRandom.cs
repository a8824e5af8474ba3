using Lwm2m.Coap;

namespace Lwm2m.NanoGate.Report.Scenarios;

/// <summary>The same numbers in every run, so that steps are the same too.</summary>
internal sealed class FixedRandom : IRandom
{
    private uint _state = 2463534242;

    public int Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)_state;
    }

    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++)
            buffer[offset + i] = (byte)Next();
    }
}
