namespace Lwm2m.Cellular;

/// <summary>
/// The timers of power saving as networks write them: a unit in the upper three bits and a count of it in the lower five (24.008
/// 10.5.7.4 and 10.5.7.4a), in AT commands as text of eight bits.
/// </summary>
internal static class NetworkTimer
{
    /// <summary>The octet of an active time, rounded up; the longest one for what is longer.</summary>
    public static int ActiveTime(int seconds)
    {
        for (int unit = 0; unit < 3; unit++)
        {
            int count = Count(seconds, ActiveUnit(unit));
            if (count <= 31)
                return (unit << 5) | count;
        }

        return (2 << 5) | 31;
    }

    /// <summary>The octet of a periodic update, rounded up; the longest one for what is longer.</summary>
    public static int PeriodicUpdate(int seconds)
    {
        // The units from the finest to the coarsest are 3, 4, 5, 0, 1, 2, 6.
        for (int index = 0; index < 7; index++)
        {
            int unit = index == 6 ? 6 : (index + 3) % 6;
            int count = Count(seconds, UpdateUnit(unit));
            if (count <= 31)
                return (unit << 5) | count;
        }

        return (6 << 5) | 31;
    }

    /// <summary>Seconds of an active time that stands in a line as bits; 0 for off, -1 where there is none.</summary>
    public static int ReadActiveTime(AtLine line, int index)
    {
        int octet = ReadBits(line, index, 8);
        return octet < 0 ? -1 : ActiveUnit(octet >> 5) * (octet & 31);
    }

    /// <summary>Seconds of a periodic update that stands in a line as bits; 0 for off, -1 where there is none.</summary>
    public static int ReadPeriodicUpdate(AtLine line, int index)
    {
        int octet = ReadBits(line, index, 8);
        return octet < 0 ? -1 : UpdateUnit(octet >> 5) * (octet & 31);
    }

    /// <summary>Writes an octet as quoted bits.</summary>
    public static void Write(AtCommand command, int octet) => WriteBits(command, octet, 8);

    /// <summary>Writes quoted bits.</summary>
    public static void WriteBits(AtCommand command, int value, int bits)
    {
        command.Character('"');
        for (int bit = bits - 1; bit >= 0; bit--)
            command.Character(((value >> bit) & 1) == 0 ? '0' : '1');
        command.Character('"');
    }

    /// <summary>Reads bits; -1 where there are none, or more or fewer of them.</summary>
    public static int ReadBits(AtLine line, int index, int bits)
    {
        if (!line.TryText(index, out int offset, out int length) || length != bits)
            return -1;
        int value = 0;
        for (int end = offset + length; offset < end; offset++)
        {
            int bit = line.Buffer[offset] - '0';
            if (bit < 0 || bit > 1)
                return -1;
            value = (value << 1) | bit;
        }

        return value;
    }

    /// <summary>Seconds of a unit of T3324, a GPRS timer 2; 0 for the one that means "off". Others than these count as minutes.</summary>
    private static int ActiveUnit(int unit) => unit == 0 ? 2 : unit == 2 ? 360 : unit == 7 ? 0 : 60;

    /// <summary>Seconds of a unit of T3412 extended, a GPRS timer 3; 0 for the one that means "off".</summary>
    private static int UpdateUnit(int unit)
    {
        switch (unit)
        {
            case 0:
                return 600;
            case 1:
                return 3600;
            case 2:
                return 36000;
            case 3:
                return 2;
            case 4:
                return 30;
            case 5:
                return 60;
            case 6:
                return 1152000;
            default:
                return 0;
        }
    }

    private static int Count(int seconds, int unit) => seconds / unit + (seconds % unit == 0 ? 0 : 1);
}
