using System;
using System.Collections.Generic;

namespace Lwm2m.Coap.Tests;

/// <summary>Frames of RFC 8323 and back, by a codec that shares nothing with the library.</summary>
internal static class Frame
{
    /// <summary>The frame around a message in words (its type and message id mean nothing).</summary>
    public static byte[] Of(string text) => Of(Wire.Datagram(text));

    public static byte[] Of(byte[] datagram)
    {
        int tokenLength = datagram[0] & 15;
        long length = datagram.Length - 4 - tokenLength;
        List<byte> frame = new(Header(length, tokenLength)) { datagram[1] };
        frame.AddRange(datagram[4..]);
        return frame.ToArray();
    }

    /// <summary>The bytes before the code.</summary>
    public static byte[] Header(long length, int tokenLength)
    {
        if (length < 13) return new[] { (byte)((length << 4) | (long)tokenLength) };
        if (length < 269) return new[] { (byte)(0xD0 | tokenLength), (byte)(length - 13) };
        if (length < 65805) return new[] { (byte)(0xE0 | tokenLength), (byte)((length - 269) >> 8), (byte)(length - 269) };
        uint rest = (uint)(length - 65805);
        return new[] { (byte)(0xF0 | tokenLength), (byte)(rest >> 24), (byte)(rest >> 16), (byte)(rest >> 8), (byte)rest };
    }

    /// <summary>Takes one frame off the front; null when there is none that is whole. As a datagram of type NON with message id 0.</summary>
    public static byte[]? TakeDatagram(List<byte> stream)
    {
        if (stream.Count < 2) return null;
        int nibble = stream[0] >> 4;
        int tokenLength = stream[0] & 15;
        int extended = nibble < 13 ? 0 : 1 << (nibble - 13);
        if (stream.Count < 2 + extended) return null;
        long length = 0;
        for (int i = 1; i <= extended; i++) length = (length << 8) | stream[i];
        length += nibble switch { < 13 => nibble, 13 => 13, 14 => 269, _ => 65805 };
        int head = 2 + extended;
        long whole = head + tokenLength + length;
        if (stream.Count < whole) return null;
        byte[] datagram = new byte[4 + tokenLength + length];
        datagram[0] = (byte)(0x50 | tokenLength);
        datagram[1] = stream[head - 1];
        stream.CopyTo(head, datagram, 4, datagram.Length - 4);
        stream.RemoveRange(0, (int)whole);
        return datagram;
    }

    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
