namespace Lwm2m.Formats;

/// <summary>Date and time of RFC 3339, as tag 0 of CBOR has it, to seconds since 1970.</summary>
internal static class IsoDate
{
    /// <summary>Reads "2013-03-21T20:04:00Z"; fractions of a second are cut, offsets such as "+02:00" counted.</summary>
    public static FormatStatus Parse(byte[] buffer, int offset, int count, out long unixSeconds)
    {
        unixSeconds = 0;
        int end = offset + count;
        if (count < 20 || buffer[offset + 4] != '-' || buffer[offset + 7] != '-' || (buffer[offset + 10] | 0x20) != 't'
            || buffer[offset + 13] != ':' || buffer[offset + 16] != ':')
            return FormatStatus.Malformed;
        int year = Field(buffer, offset, 4);
        int month = Field(buffer, offset + 5, 2);
        int day = Field(buffer, offset + 8, 2);
        int hour = Field(buffer, offset + 11, 2);
        int minute = Field(buffer, offset + 14, 2);
        int second = Field(buffer, offset + 17, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > DaysOf(year, month) || hour < 0 || hour > 23
            || minute < 0 || minute > 59 || second < 0 || second > 60)
            return FormatStatus.Malformed;

        int p = offset + 19;
        if (buffer[p] == '.')
        {
            int start = ++p;
            while (p < end && buffer[p] >= '0' && buffer[p] <= '9')
                p++;
            if (p == start)
                return FormatStatus.Malformed;
        }
        if (!Zone(buffer, p, end, out int zoneMinutes))
            return FormatStatus.Malformed;
        long days = DaysSince1970(year, month, day);
        unixSeconds = (((((days * 24) + hour) * 60) + minute - zoneMinutes) * 60) + second;
        return FormatStatus.Ok;
    }

    private static bool Zone(byte[] buffer, int p, int end, out int minutes)
    {
        minutes = 0;
        if (end - p == 1)
            return (buffer[p] | 0x20) == 'z';
        if (end - p != 6 || buffer[p + 3] != ':' || (buffer[p] != '+' && buffer[p] != '-'))
            return false;
        int hour = Field(buffer, p + 1, 2);
        int minute = Field(buffer, p + 4, 2);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
            return false;
        minutes = (hour * 60) + minute;
        if (buffer[p] == '-')
            minutes = -minutes;
        return true;
    }

    private static int Field(byte[] buffer, int p, int digits)
    {
        int value = 0;
        for (; digits > 0; digits--)
        {
            uint digit = (uint)(buffer[p++] - '0');
            if (digit > 9)
                return -1;
            value = (value * 10) + (int)digit;
        }
        return value;
    }

    private static int DaysOf(int year, int month)
    {
        if (month == 2)
            return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /// <summary>Years counted from March, so that the leap day is the last of its year.</summary>
    private static long DaysSince1970(int year, int month, int day)
    {
        if (month <= 2)
        {
            year--;
            month += 12;
        }
        year += 400;
        return (365L * year) + (year / 4) - (year / 100) + (year / 400) + ((153 * (month - 3)) + 2) / 5 + day - 1 - 719468 - 146097;
    }
}
