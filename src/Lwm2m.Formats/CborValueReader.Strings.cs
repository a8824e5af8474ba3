using System;

namespace Lwm2m.Formats;

// Byte and text strings, in one piece or in chunks (RFC 8949 3.2.3).
internal abstract partial class CborValueReader
{
    /// <summary>Passes over a string whose head was read, keeping where it is and how long all its chunks are.</summary>
    private bool SkipString(int first)
    {
        Input i = In;
        i.ValueOffset = i.Position;
        if ((first & 31) != CborItem.IndefiniteLength)
        {
            if ((ulong)i.Number > (ulong)(i.End - i.Position))
                return false;
            i.ValueLength = (int)i.Number;
            i.Position += i.ValueLength;
            return true;
        }
        int total = 0;
        while (true)
        {
            int chunk = Head();
            if (chunk == CborItem.Break)
                break;
            if (chunk < 0 || (chunk & CborItem.MajorMask) != (first & CborItem.MajorMask) || chunk == first
                || (ulong)i.Number > (ulong)(i.End - i.Position))
                return false;
            total += (int)i.Number;
            i.Position += (int)i.Number;
        }
        i.ValueLength = total;
        return true;
    }

    /// <summary>Where the chunk at a position has its content, -1 after the last. The chunks were checked when they were passed over.</summary>
    private int ChunkStart(int p, out int length)
    {
        byte[] buffer = In.Buffer;
        int first = buffer[p++];
        length = first & 31;
        if (first == CborItem.Break)
            return -1;
        if (length < 24)
            return p;
        int size = 1 << (length - 24);
        length = 0;
        for (; size > 0; size--)
            length = (length << 8) | buffer[p++];
        return p;
    }

    private FormatStatus Copy(byte[] into, int offset, int limit, out int length)
    {
        Input i = In;
        length = 0;
        if (i.ValueLength > limit - offset)
            return FormatStatus.TooLong;
        length = i.ValueLength;
        if (i.Flags == CborItem.TextChunks || i.Flags == CborItem.ByteChunks)
            CopyChunks(into, offset);
        else
            Array.Copy(i.Buffer, i.ValueOffset, into, offset, length);
        return FormatStatus.Ok;
    }

    private void CopyChunks(byte[] into, int offset)
    {
        for (int p = In.ValueOffset; ;)
        {
            int start = ChunkStart(p, out int length);
            if (start < 0)
                return;
            Array.Copy(In.Buffer, start, into, offset, length);
            offset += length;
            p = start + length;
        }
    }
}
