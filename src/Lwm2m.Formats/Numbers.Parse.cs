using System;

namespace Lwm2m.Formats;

/// <summary>
/// Text to floats, rounded correctly (to nearest, ties to even). Up to 15 digits and powers of ten up to 22 are two exact doubles and
/// one operation; the rest is divided with big integers.
/// </summary>
public sealed partial class Numbers
{
    private const int MaxBits = 53;

    /// <summary>Reads a number: optional sign, digits, optional point with digits, optional exponent; nothing else.</summary>
    /// <param name="buffer">Holds the text.</param>
    /// <param name="offset">Index of its first character.</param>
    /// <param name="count">Its length.</param>
    /// <param name="value">The nearest double; one that is too small is 0.</param>
    /// <returns>
    /// <see cref="FormatStatus.Ok"/>, <see cref="FormatStatus.Malformed"/>, or <see cref="FormatStatus.OutOfRange"/> when it is
    /// too big.
    /// </returns>
    public FormatStatus ParseFloat(byte[] buffer, int offset, int count, out double value)
    {
        value = 0;
        int end = offset + count;
        int p = offset;
        bool negative = p < end && buffer[p] == '-';
        if (p < end && (negative || buffer[p] == '+'))
            p++;

        // The first 19 digits that count go into a number; of the others it matters where they are and whether all are zero.
        ulong digits = 0;
        int taken = 0;
        int exponent = 0;
        int first = -1;
        bool more = false;
        int point = -1;
        int start = p;
        for (; p < end; p++)
        {
            int c = buffer[p];
            if (c == '.' && point < 0)
            {
                if (p == start)
                    return FormatStatus.Malformed;
                point = p;
                continue;
            }
            uint digit = (uint)(c - '0');
            if (digit > 9)
                break;
            if (point >= 0)
                exponent--;
            if (digit == 0 && taken == 0)
                continue;
            if (first < 0)
                first = p;
            if (taken < 19)
            {
                digits = (digits * 10) + digit;
                taken++;
                continue;
            }
            more |= digit != 0;
            exponent++;
        }
        if (p == start || point == p - 1)
            return FormatStatus.Malformed;
        int mantissaEnd = p;
        if (p < end)
        {
            FormatStatus status = ParseExponent(buffer, p, end, out int given);
            if (status != FormatStatus.Ok)
                return status;
            exponent += given;
        }

        FormatStatus range = FromDecimal(digits, exponent, out value);
        if (range == FormatStatus.Ok && more)
            range = Refine(buffer, first, mantissaEnd, digits, taken + exponent, exponent, ref value);
        if (negative)
            value = -value;
        return range;
    }

    /// <summary>The double nearest to digits * 10^exponent.</summary>
    internal FormatStatus FromDecimal(ulong digits, int exponent, out double value)
    {
        value = 0;
        if (digits == 0)
            return FormatStatus.Ok;
        if (digits < 1UL << MaxBits && exponent >= -22 && exponent <= 22)
        {
            double power = 1;
            for (int i = exponent < 0 ? -exponent : exponent; i > 0; i--)
                power *= 10;
            value = exponent < 0 ? (long)digits / power : (long)digits * power;
            return FormatStatus.Ok;
        }
        if (exponent > 309)
            return FormatStatus.OutOfRange;
        if (exponent < -343)
            return FormatStatus.Ok;
        return Divide(digits, exponent, out value);
    }

    /// <summary>An exponent far outside of what a double has is enough of one: it is capped, not refused.</summary>
    private static FormatStatus ParseExponent(byte[] buffer, int p, int end, out int exponent)
    {
        exponent = 0;
        if ((buffer[p] | 0x20) != 'e')
            return FormatStatus.Malformed;
        p++;
        bool negative = p < end && buffer[p] == '-';
        if (p < end && (negative || buffer[p] == '+'))
            p++;
        if (p == end)
            return FormatStatus.Malformed;
        for (; p < end; p++)
        {
            uint digit = (uint)(buffer[p] - '0');
            if (digit > 9)
                return FormatStatus.Malformed;
            if (exponent < 100000000)
                exponent = (exponent * 10) + (int)digit;
        }
        if (negative)
            exponent = -exponent;
        return FormatStatus.Ok;
    }

    private FormatStatus Divide(ulong digits, int exponent, out double value)
    {
        // Ten is less than 3 1/3 bits; both numbers are brought to the length of the longer one.
        RoomForBig(64 + ((exponent < 0 ? -exponent : exponent) * 10 / 3) + 8);
        const int n = 0;
        int d = _bigSize;
        SetBig(n, digits);
        SetBig(d, 1);
        if (exponent >= 0)
            MultiplyBigByPowerOfTen(n, exponent);
        else
            MultiplyBigByPowerOfTen(d, -exponent);

        // Scale by a power of two so that 1 <= n / d < 2: then the quotient's bits come one by one.
        int binary = BitsOfBig(n) - BitsOfBig(d);
        if (binary >= 0)
            ShiftBig(d, binary);
        else
            ShiftBig(n, -binary);
        if (CompareBig(n, d) < 0)
        {
            ShiftBig(n, 1);
            binary--;
        }

        // Subnormals have fewer bits.
        int bits = binary < -1022 ? MaxBits + binary + 1022 : MaxBits;
        long quotient = 0;
        value = 0;
        if (bits < 0)
            return FormatStatus.Ok;
        for (int i = 0; i < bits; i++)
        {
            quotient <<= 1;
            if (CompareBig(n, d) >= 0)
            {
                SubtractBig(n, d);
                quotient |= 1;
            }
            ShiftBig(n, 1);
        }
        // n / d is the rest in units of half the last bit, when seen against d: above, at or below one half.
        int half = CompareBig(n, d);
        if (half > 0 || (half == 0 && (quotient & 1) != 0))
            quotient++;
        value = Assemble(quotient, binary);
        return double.IsInfinity(value) ? FormatStatus.OutOfRange : FormatStatus.Ok;
    }

    /// <summary>A quotient of 53 bits (54 after rounding up), of value 1 to 2 times 2^binary.</summary>
    private static double Assemble(long quotient, int binary)
    {
        if (binary < -1022)
            return BitConverter.Int64BitsToDouble(quotient);
        // The leading bit adds one to the exponent; a carry out of the fraction adds another, as it must.
        long exponent = binary + 1022;
        if (exponent > 2045)
            return double.PositiveInfinity;
        return BitConverter.Int64BitsToDouble((exponent << 52) + quotient);
    }

    /// <summary>
    /// The digits after the 19th can matter when a value half way between two doubles lies between the number cut there and the next
    /// one. Then all digits are compared with those of the half-way value.
    /// </summary>
    private FormatStatus Refine(byte[] buffer, int first, int end, ulong digits, int point, int exponent, ref double value)
    {
        FormatStatus status = FromDecimal(digits + 1, exponent, out double above);
        if (status == FormatStatus.Ok && above == value)
            return FormatStatus.Ok;
        long bits = BitConverter.DoubleToInt64Bits(value);
        int order = CompareWithHalfWay(buffer, first, end, point, bits);
        if (order < 0 || (order == 0 && (bits & 1) == 0))
            return FormatStatus.Ok;
        value = BitConverter.Int64BitsToDouble(bits + 1);
        return double.IsInfinity(value) ? FormatStatus.OutOfRange : FormatStatus.Ok;
    }

    /// <summary>Compares the text with the value half way between a double and the next.</summary>
    private int CompareWithHalfWay(byte[] buffer, int first, int end, int point, long bits)
    {
        int binary = (int)(bits >> 52);
        ulong fraction = (ulong)bits & 0xFFFFFFFFFFFFFUL;
        if (binary == 0)
            binary = 1;
        else
            fraction |= 0x10000000000000UL;
        binary -= 1076;
        // The fraction, and factors of ten that bring the two to one length.
        RoomForBig((binary < 0 ? -binary : binary) + 128);
        const int r = 0;
        int s = _bigSize;
        SetBig(r, (fraction << 1) | 1);
        SetBig(s, 1);
        if (binary > 0)
            ShiftBig(r, binary);
        else
            ShiftBig(s, -binary);
        // Both as 0.ddd times 10^point.
        if (point >= 0)
            MultiplyBigByPowerOfTen(s, point);
        else
            MultiplyBigByPowerOfTen(r, -point);
        if (CompareBig(r, s) >= 0)
            return -1;
        for (int p = first; p < end; p++)
        {
            if (buffer[p] == '.')
                continue;
            MultiplyBig(r, 10);
            int digit = DivideBig(r, s);
            int given = buffer[p] - '0';
            if (given != digit)
                return given < digit ? -1 : 1;
        }
        return _big[r] == 0 ? 0 : -1;
    }
}
