using System;
using System.Security.Cryptography;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

/// <summary>Unpredictable message ids and tokens.</summary>
internal sealed class SystemRandom : IRandom
{
    public int Next()
    {
        Span<byte> bytes = stackalloc byte[4];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToInt32(bytes);
    }

    public void Fill(byte[] buffer, int offset, int count) => RandomNumberGenerator.Fill(buffer.AsSpan(offset, count));
}
