namespace Lwm2m.Formats;

/// <summary>
/// Numbers as text, in bytes, alike on both runtimes. Whole numbers need no state; floats are exact both ways, which for some takes
/// big integers: an instance holds the room for these, and serves one thread.
/// </summary>
public sealed partial class Numbers
{
    /// <summary>Writes a signed number in decimal.</summary>
    /// <param name="value">The number.</param>
    /// <param name="buffer">Where it is written.</param>
    /// <param name="offset">Index of the first character.</param>
    /// <param name="limit">Index after the last byte that may be written.</param>
    /// <returns>The number of characters, at most 20, or -1 when they do not fit.</returns>
    public static int Format(long value, byte[] buffer, int offset, int limit)
    {
        if (value >= 0)
            return FormatUnsigned((ulong)value, buffer, offset, limit);
        if (offset >= limit)
            return -1;
        buffer[offset] = (byte)'-';
        int count = FormatUnsigned(0UL - (ulong)value, buffer, offset + 1, limit);
        return count < 0 ? -1 : count + 1;
    }

    /// <summary>Writes an unsigned number in decimal.</summary>
    /// <param name="value">The number.</param>
    /// <param name="buffer">Where it is written.</param>
    /// <param name="offset">Index of the first digit.</param>
    /// <param name="limit">Index after the last byte that may be written.</param>
    /// <returns>The number of digits, at most 20, or -1 when they do not fit.</returns>
    public static int FormatUnsigned(ulong value, byte[] buffer, int offset, int limit)
    {
        if (value < 10 && offset < limit)
        {
            buffer[offset] = (byte)('0' + (int)value);
            return 1;
        }
        int count = Digits(value);
        if (count > limit - offset)
            return -1;
        int p = offset + count;
        // 32-bit division is several times faster than 64-bit division on the board.
        while (value > uint.MaxValue)
        {
            ulong rest = value / 10;
            buffer[--p] = (byte)('0' + (int)(value - (rest * 10)));
            value = rest;
        }
        uint low = (uint)value;
        do
        {
            uint rest = low / 10;
            buffer[--p] = (byte)('0' + (int)(low - (rest * 10)));
            low = rest;
        }
        while (low != 0);
        return count;
    }

    /// <summary>Number of decimal digits.</summary>
    /// <param name="value">The number.</param>
    /// <returns>1 to 20.</returns>
    public static int Digits(ulong value)
    {
        int count = 1;
        while (value >= 10000)
        {
            value /= 10000;
            count += 4;
        }
        if (value >= 1000)
            return count + 3;
        if (value >= 100)
            return count + 2;
        return value >= 10 ? count + 1 : count;
    }

    /// <summary>Reads a signed decimal number: an optional sign and digits, nothing else.</summary>
    /// <param name="buffer">Holds the text.</param>
    /// <param name="offset">Index of its first character.</param>
    /// <param name="count">Its length.</param>
    /// <param name="value">The number.</param>
    /// <returns>
    /// <see cref="FormatStatus.Ok"/>, <see cref="FormatStatus.Malformed"/>, or <see cref="FormatStatus.OutOfRange"/> over 64
    /// bits.
    /// </returns>
    public static FormatStatus Parse(byte[] buffer, int offset, int count, out long value)
    {
        value = 0;
        bool negative = count > 0 && buffer[offset] == '-';
        if (negative || (count > 0 && buffer[offset] == '+'))
        {
            offset++;
            count--;
        }
        FormatStatus status = ParseUnsigned(buffer, offset, count, out ulong magnitude);
        if (status != FormatStatus.Ok)
            return status;
        if (magnitude > (negative ? 0x8000000000000000UL : 0x7FFFFFFFFFFFFFFFUL))
            return FormatStatus.OutOfRange;
        value = negative ? (long)(0UL - magnitude) : (long)magnitude;
        return FormatStatus.Ok;
    }

    /// <summary>Reads an unsigned decimal number: digits, nothing else.</summary>
    /// <param name="buffer">Holds the text.</param>
    /// <param name="offset">Index of its first digit.</param>
    /// <param name="count">Its length.</param>
    /// <param name="value">The number.</param>
    /// <returns>
    /// <see cref="FormatStatus.Ok"/>, <see cref="FormatStatus.Malformed"/>, or <see cref="FormatStatus.OutOfRange"/> over 64
    /// bits.
    /// </returns>
    public static FormatStatus ParseUnsigned(byte[] buffer, int offset, int count, out ulong value)
    {
        ulong result = 0;
        value = 0;
        if (count <= 0)
            return FormatStatus.Malformed;
        bool tooBig = false;
        for (int end = offset + count; offset < end; offset++)
        {
            uint digit = (uint)(buffer[offset] - '0');
            if (digit > 9)
                return FormatStatus.Malformed;
            if (result > 1844674407370955161UL || (result == 1844674407370955161UL && digit > 5))
                tooBig = true;
            result = (result * 10) + digit;
        }
        if (tooBig)
            return FormatStatus.OutOfRange;
        value = result;
        return FormatStatus.Ok;
    }
}
