using System.Text;

namespace Lwm2m.Coap;

public sealed partial class ServerUri
{
    private static readonly string[] NoSegments = new string[0];

    /// <summary><c>tel:</c> with a number of at most 20 digits, which is what the address of a short message holds (3GPP 23.040
    /// 9.1.2.5); <c>-</c> and <c>.</c> may part them (RFC 3966 3), and count with them here. Null where it is none.</summary>
    private static ServerUri? ParseNumber(string text)
    {
        char[] chars = text.ToCharArray();
        int start = chars.Length > 4 && chars[4] == '+' ? 5 : 4;
        if (chars.Length <= start || chars.Length > start + 20 || !IsDigit(chars[start]))
            return null;
        string scheme = text.Substring(0, 4).ToLower();
        if (scheme != "tel:")
            return null;
        for (int i = start; i < chars.Length; i++)
            if (!IsDigit(chars[i]) && chars[i] != '-' && chars[i] != '.')
                return null;
        return new ServerUri(Telephone, text.Substring(4), false, false, 0, NoSegments);
    }

    /// <summary>Index after the host (brackets included), or -1 when there is no valid host.</summary>
    private static int EndOfHost(char[] chars, int start, out bool isLiteral, out bool isIPv6)
    {
        isLiteral = false;
        isIPv6 = start < chars.Length && chars[start] == '[';
        int end = start;
        if (isIPv6)
        {
            while (end < chars.Length && chars[end] != ']')
                end++;
            isLiteral = end < chars.Length && IsIPv6(chars, start + 1, end);
            return isLiteral ? end + 1 : -1;
        }
        bool numeric = true;
        for (; end < chars.Length && chars[end] != ':' && chars[end] != '/'; end++)
        {
            char c = chars[end];
            if (c == '.' || IsDigit(c))
                continue;
            numeric = false;
            if (!IsLetter(c) && c != '-' && c != '_')
                return -1;
        }
        if (end == start || end - start > MaxHostLength)
            return -1;
        isLiteral = numeric;
        return !numeric || IsIPv4(chars, start, end) ? end : -1;
    }

    /// <summary>Index after the port, or -1 when it is none. An empty port means the default one (RFC 3986 3.2.3).</summary>
    private static int EndOfPort(char[] chars, int start, ref int port)
    {
        if (start >= chars.Length || chars[start] != ':')
            return start;
        int value = 0;
        int end = start + 1;
        for (; end < chars.Length && chars[end] != '/'; end++)
        {
            if (!IsDigit(chars[end]))
                return -1;
            value = value * 10 + (chars[end] - '0');
            if (value > 65535)
                return -1;
        }
        if (end == start + 1)
            return end;
        port = value;
        return value == 0 ? -1 : end;
    }

    /// <summary>The decoded segments, or null when the path is malformed or a query or fragment follows.</summary>
    private static string[]? ParsePath(char[] chars, int start)
    {
        if (start >= chars.Length || start == chars.Length - 1 && chars[start] == '/')
            return NoSegments;
        if (chars[start] != '/')
            return null;
        int count = 0;
        for (int i = start; i < chars.Length; i++)
        {
            if (chars[i] == '/')
                count++;
            else if (chars[i] == '?' || chars[i] == '#' || chars[i] <= ' ' || chars[i] >= 0x7f)
                return null;
        }
        var segments = new string[count];
        int at = start + 1;
        for (int i = 0; i < count; i++)
        {
            int end = at;
            while (end < chars.Length && chars[end] != '/')
                end++;
            string? segment = DecodeSegment(chars, at, end);
            if (segment == null)
                return null;
            segments[i] = segment;
            at = end + 1;
        }
        return segments;
    }

    private static string? DecodeSegment(char[] chars, int start, int end)
    {
        var bytes = new byte[end - start];
        int count = 0;
        for (int i = start; i < end; i++)
        {
            int value = chars[i];
            if (value == '%')
            {
                if (i + 2 >= end || HexValue(chars[i + 1]) < 0 || HexValue(chars[i + 2]) < 0)
                    return null;
                value = HexValue(chars[i + 1]) << 4 | HexValue(chars[i + 2]);
                i += 2;
            }
            bytes[count++] = (byte)value;
        }
        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    /// <summary>Four numbers of 0..255. "1.2.3" and "300.1.1.1" are neither addresses nor names.</summary>
    private static bool IsIPv4(char[] chars, int start, int end)
    {
        int parts = 0;
        int i = start;
        while (i < end)
        {
            int value = 0;
            int digits = 0;
            for (; i < end && IsDigit(chars[i]); i++, digits++)
                value = value * 10 + (chars[i] - '0');
            if (digits == 0 || digits > 3 || value > 255)
                return false;
            parts++;
            if (i == end)
                return parts == 4;
            i++;
        }
        return false;
    }

    /// <summary>RFC 4291 2.2, with an optional zone (<c>fe80::1%eth0</c>, RFC 6874) and an embedded IPv4 address.</summary>
    private static bool IsIPv6(char[] chars, int start, int end)
    {
        int groups = 0;
        bool compressed = false;
        int i = start;
        if (i + 1 < end && chars[i] == ':' && chars[i + 1] == ':')
        {
            compressed = true;
            i += 2;
        }
        while (i < end && chars[i] != '%')
        {
            int groupStart = i;
            while (i < end && HexValue(chars[i]) >= 0)
                i++;
            if (i < end && chars[i] == '.')
            {
                groups += 2;
                i = end;
                if (!IsIPv4(chars, groupStart, end))
                    return false;
                break;
            }
            if (i == groupStart || i - groupStart > 4)
                return false;
            groups++;
            if (i == end || chars[i] == '%')
                break;
            if (chars[i] != ':' || i + 1 >= end)
                return false;
            i++;
            if (chars[i] != ':')
                continue;
            if (compressed)
                return false;
            compressed = true;
            i++;
        }
        if (i < end && i + 1 == end)
            return false;
        return compressed ? groups < 8 : groups == 8;
    }

    /// <summary>In a URI the <c>%</c> before a zone is written <c>%25</c> (RFC 6874 2); outside of one it is not.</summary>
    private static string IPv6Host(string text)
    {
        int zone = text.IndexOf('%');
        if (zone < 0 || zone + 3 >= text.Length || text.Substring(zone, 3) != "%25")
            return text;
        return string.Concat(text.Substring(0, zone + 1), text.Substring(zone + 3));
    }

    private static bool IsDigit(char c) => c >= '0' && c <= '9';

    private static bool IsLetter(char c) => c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';

    private static int HexValue(char c)
    {
        if (IsDigit(c))
            return c - '0';
        if (c >= 'a' && c <= 'f')
            return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
