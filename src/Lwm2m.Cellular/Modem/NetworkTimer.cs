namespace Lwm2m.Cellular;

/// <summary>
/// The timers of power saving as networks write them: a unit in the upper three bits and a count of it in the lower five (24.008
/// 10.5.7.4 and 10.5.7.4a), in AT commands as text of eight bits.
/// </summary>
internal static class NetworkTimer
{
    // Seconds by unit: T3324 is a GPRS timer 2, T3412 extended a GPRS timer 3. 0 for a unit that means "off".
    private static readonly int[] ActiveUnits = { 2, 60, 360, 60, 60, 60, 60, 0 };
    private static readonly int[] UpdateUnits = { 600, 3600, 36000, 2, 30, 60, 1152000, 0 };

    // The units of T3412 extended from the finest to the coarsest.
    private static readonly byte[] FineUnits = { 3, 4, 5, 0, 1, 2, 6 };

    /// <summary>The octet of an active time, rounded up; the longest one for what is longer.</summary>
    public static int ActiveTime(int seconds)
    {
        for (int unit = 0; unit < 3; unit++)
        {
            int count = Count(seconds, ActiveUnits[unit]);
            if (count <= 31)
                return (unit << 5) | count;
        }

        return (2 << 5) | 31;
    }

    /// <summary>The octet of a periodic update, rounded up; the longest one for what is longer.</summary>
    public static int PeriodicUpdate(int seconds)
    {
        for (int index = 0; index < FineUnits.Length; index++)
        {
            int unit = FineUnits[index];
            int count = Count(seconds, UpdateUnits[unit]);
            if (count <= 31)
                return (unit << 5) | count;
        }

        return (6 << 5) | 31;
    }

    /// <summary>Seconds of an active time that stands in a line as bits; 0 for off, -1 where there is none.</summary>
    public static int ReadActiveTime(AtLine line, int index) => Seconds(ActiveUnits, ReadBits(line, index, 8));

    /// <summary>Seconds of a periodic update that stands in a line as bits; 0 for off, -1 where there is none.</summary>
    public static int ReadPeriodicUpdate(AtLine line, int index) => Seconds(UpdateUnits, ReadBits(line, index, 8));

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

    private static int Seconds(int[] units, int octet) => octet < 0 ? -1 : units[octet >> 5] * (octet & 31);

    private static int Count(int seconds, int unit) => seconds / unit + (seconds % unit == 0 ? 0 : 1);
}
