namespace Lwm2m.Formats;

/// <summary>
/// The CRC-32 of Ethernet and zip (polynomial 0x04C11DB7, reflected). Without a table, which would stay on a board's heap: the
/// table's entries are sums of eight constants, and records are short.
/// </summary>
public static class Crc32
{
    /// <summary>The checksum of nothing, to start with.</summary>
    public const int Start = -1;

    /// <summary>What <see cref="Add"/> answers when the last four bytes were those of <see cref="Finish"/>, low byte first.</summary>
    public const int Intact = unchecked((int)0xDEBB20E3);

    /// <summary>Takes more bytes into a running checksum.</summary>
    public static int Add(int crc, byte[] buffer, int offset, int count)
    {
        uint sum = (uint)crc;
        int end = offset + count;
        for (int at = offset; at < end; at++)
        {
            uint low = (sum ^ buffer[at]) & 0xFF;
            sum >>= 8;
            if ((low & 1) != 0)
                sum ^= 0x77073096;
            if ((low & 2) != 0)
                sum ^= 0xEE0E612C;
            if ((low & 4) != 0)
                sum ^= 0x076DC419;
            if ((low & 8) != 0)
                sum ^= 0x0EDB8832;
            if ((low & 16) != 0)
                sum ^= 0x1DB71064;
            if ((low & 32) != 0)
                sum ^= 0x3B6E20C8;
            if ((low & 64) != 0)
                sum ^= 0x76DC4190;
            if ((low & 128) != 0)
                sum ^= 0xEDB88320;
        }

        return (int)sum;
    }

    /// <summary>The checksum of all bytes that were added.</summary>
    public static int Finish(int crc) => ~crc;
}
