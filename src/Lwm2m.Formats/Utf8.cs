using System.Text;

namespace Lwm2m.Formats;

/// <summary>UTF-8 (RFC 3629). The board's decoder does not reject invalid sequences, so we do.</summary>
internal static class Utf8
{
    /// <summary>Encodes all of a text, or nothing.</summary>
    /// <returns>The number of bytes, or -1 when they do not fit.</returns>
    public static int Encode(string text, byte[] buffer, int position, int limit)
    {
        int room = limit - position;
        int length = text.Length;
        // A UTF-16 unit takes 3 bytes at most: counting exactly is needed near the end of a buffer only.
        if (room < 3 * length && room < Count(text))
            return -1;
        return Encoding.UTF8.GetBytes(text, 0, length, buffer, position);
    }

    public static bool IsValid(byte[] buffer, int offset, int count)
    {
        int end = offset + count;
        int i = offset;
        while (i < end)
        {
            int first = buffer[i++];
            if (first < 0x80)
                continue;
            int more;
            int lowest = 0x80;
            int highest = 0xBF;
            if (first >= 0xC2 && first <= 0xDF)
                more = 1;
            else if (first >= 0xE0 && first <= 0xEF)
            {
                more = 2;
                if (first == 0xE0)
                    lowest = 0xA0;
                else if (first == 0xED)
                    highest = 0x9F;
            }
            else if (first >= 0xF0 && first <= 0xF4)
            {
                more = 3;
                if (first == 0xF0)
                    lowest = 0x90;
                else if (first == 0xF4)
                    highest = 0x8F;
            }
            else
                return false;
            if (end - i < more || buffer[i] < lowest || buffer[i] > highest)
                return false;
            for (i++; more > 1; more--, i++)
            {
                if ((buffer[i] & 0xC0) != 0x80)
                    return false;
            }
        }
        return true;
    }

    private static int Count(string text)
    {
        int count = 0;
        int length = text.Length;
        for (int i = 0; i < length; i++)
        {
            char c = text[i];
            if (c < 0x80)
                count++;
            else if (c < 0x800)
                count += 2;
            else
            {
                count += 3;
                // A pair of surrogates takes 4 bytes together; a lone one becomes U+FFFD, 3 bytes.
                if (c >= 0xD800 && c < 0xDC00 && i + 1 < length && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000)
                {
                    count++;
                    i++;
                }
            }
        }
        return count;
    }
}
