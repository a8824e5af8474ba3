namespace Lwm2m.Formats;

/// <summary>
/// Base64 (RFC 4648 4 and 5). Written: the standard alphabet with padding for text and OMA JSON, the URL alphabet without padding for
/// SenML JSON. Read: both alphabets, padded or not, as peers mix them up.
/// </summary>
internal static class Base64
{
    public static int EncodedLength(int count, bool url) => url ? ((count * 4) + 2) / 3 : (count + 2) / 3 * 4;

    /// <summary>Writes all characters; the room was checked.</summary>
    public static void Encode(byte[] source, int offset, int count, byte[] into, int position, bool url)
    {
        int end = offset + count;
        while (end - offset >= 3)
        {
            int group = (source[offset] << 16) | (source[offset + 1] << 8) | source[offset + 2];
            offset += 3;
            into[position++] = Character(group >> 18, url);
            into[position++] = Character((group >> 12) & 63, url);
            into[position++] = Character((group >> 6) & 63, url);
            into[position++] = Character(group & 63, url);
        }
        if (offset == end)
            return;
        bool two = end - offset == 2;
        int last = (source[offset] << 16) | (two ? source[offset + 1] << 8 : 0);
        into[position++] = Character(last >> 18, url);
        into[position++] = Character((last >> 12) & 63, url);
        if (two)
            into[position++] = Character((last >> 6) & 63, url);
        if (url)
            return;
        if (!two)
            into[position++] = (byte)'=';
        into[position] = (byte)'=';
    }

    /// <summary>Reads text that may have "\/" of JSON in it. With <paramref name="into"/> null it only checks.</summary>
    /// <returns><see cref="FormatStatus.Ok"/>, <see cref="FormatStatus.Malformed"/> or <see cref="FormatStatus.TooLong"/>.</returns>
    public static FormatStatus Decode(byte[] source, int offset, int count, byte[]? into, int position, int limit, out int length)
    {
        int start = position;
        int end = offset + count;
        int group = 0;
        int bits = 0;
        length = 0;
        for (; offset < end; offset++)
        {
            int c = source[offset];
            if (c == '\\' && offset + 1 < end && source[offset + 1] == '/')
                continue;
            int value = Value(c);
            if (value < 0)
                break;
            group = (group << 6) | value;
            bits += 6;
            if (bits < 8)
                continue;
            bits -= 8;
            if (into != null)
            {
                if (position >= limit)
                    return FormatStatus.TooLong;
                into[position] = (byte)(group >> bits);
            }
            position++;
        }
        // One character left over is no byte; two leave 4 bits, three leave 2, which padding may fill up.
        int padding = end - offset;
        if (bits == 6 || (padding != 0 && padding != bits / 2))
            return FormatStatus.Malformed;
        for (; offset < end; offset++)
        {
            if (source[offset] != '=')
                return FormatStatus.Malformed;
        }
        length = position - start;
        return FormatStatus.Ok;
    }

    private static byte Character(int value, bool url)
    {
        if (value < 26)
            return (byte)('A' + value);
        if (value < 52)
            return (byte)('a' - 26 + value);
        if (value < 62)
            return (byte)('0' - 52 + value);
        if (value == 62)
            return (byte)(url ? '-' : '+');
        return (byte)(url ? '_' : '/');
    }

    private static int Value(int c)
    {
        if (c >= 'A' && c <= 'Z')
            return c - 'A';
        if (c >= 'a' && c <= 'z')
            return c - 'a' + 26;
        if (c >= '0' && c <= '9')
            return c - '0' + 52;
        if (c == '+' || c == '-')
            return 62;
        return c == '/' || c == '_' ? 63 : -1;
    }
}
