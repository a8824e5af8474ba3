using Lwm2m.Coap;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>Counts: message ids and tokens are known beforehand.</summary>
internal sealed class FixedRandom : IRandom
{
    private int _next;

    public int Next() => ++_next;

    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int index = 0; index < count; index++)
            buffer[offset + index] = (byte)++_next;
    }
}
