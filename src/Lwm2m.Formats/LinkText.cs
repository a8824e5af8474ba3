namespace Lwm2m.Formats;

/// <summary>An object link as text: "66:0" (Core TS 1.2 Appendix C).</summary>
internal static class LinkText
{
    /// <summary>Reads two decimal ids; and FFFF:FFFF, which an example of the specification has for the link to nowhere.</summary>
    public static FormatStatus Parse(byte[] buffer, int offset, int count, out int objectId, out int instanceId)
    {
        objectId = instanceId = 0;
        int end = offset + count;
        int colon = offset;
        while (colon < end && buffer[colon] != ':')
            colon++;
        if (colon == end)
            return FormatStatus.Malformed;
        if (!Id(buffer, offset, colon, out int first) || !Id(buffer, colon + 1, end, out int second))
            return FormatStatus.Malformed;
        objectId = first;
        instanceId = second;
        return FormatStatus.Ok;
    }

    private static bool Id(byte[] buffer, int p, int end, out int id)
    {
        id = 0;
        int length = end - p;
        if (length < 1 || length > 5)
            return false;
        if (length == 4 && (buffer[p] | 0x20) == 'f')
        {
            id = 0xFFFF;
            for (; p < end; p++)
            {
                if ((buffer[p] | 0x20) != 'f')
                    return false;
            }
            return true;
        }
        for (; p < end; p++)
        {
            uint digit = (uint)(buffer[p] - '0');
            if (digit > 9)
                return false;
            id = (id * 10) + (int)digit;
        }
        return id <= 0xFFFF;
    }
}
