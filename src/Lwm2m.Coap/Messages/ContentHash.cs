using System;

namespace Lwm2m.Coap;

/// <summary>A 32-bit hash of bytes: tells changed content from unchanged (ETag) and one request from another. No defence against an attacker.</summary>
internal static class ContentHash
{
    internal const int Start = unchecked((int)2166136261);

    private const int Multiplier = unchecked((int)2654435761);

    internal static int Add(int hash, int value)
    {
        hash = (hash ^ value) * Multiplier;
        return hash ^ (int)((uint)hash >> 15);
    }

    /// <summary>Four bytes a step, since every step is dear on an interpreter; the length goes in too, so that parts cannot run together.</summary>
    internal static int Add(int hash, byte[] buffer, int offset, int length)
    {
        hash = Add(hash, length);
        int end = offset + length;
        while (offset + 4 <= end)
        {
            hash = Add(hash, BitConverter.ToInt32(buffer, offset));
            offset += 4;
        }

        while (offset < end) hash = Add(hash, buffer[offset++]);
        return hash;
    }
}
