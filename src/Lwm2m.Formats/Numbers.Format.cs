using System;

namespace Lwm2m.Formats;

/// <summary>
/// Floats as text: the shortest digits that read back the same, without exponent from 1e-7 up to 1e21. Most values of practice have
/// at most 15 digits and are found with a few divisions; the others by the exact algorithm of Steele and White ("How to print
/// floating-point numbers accurately", 1990).
/// </summary>
public sealed partial class Numbers
{
    /// <summary>Most characters that <see cref="FormatFloat"/> writes.</summary>
    public const int MaxFloatLength = 26;

    /// <summary>Writes a finite number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="buffer">Where it is written.</param>
    /// <param name="offset">Index of the first character.</param>
    /// <param name="limit">Index after the last byte that may be written.</param>
    /// <returns>The number of characters, or -1 when they do not fit or the number is infinite or NaN.</returns>
    public int FormatFloat(double value, byte[] buffer, int offset, int limit)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        if ((bits & 0x7FF0000000000000L) == 0x7FF0000000000000L)
            return -1;
        int sign = 0;
        if (bits < 0)
        {
            if (offset >= limit)
                return -1;
            buffer[offset++] = (byte)'-';
            value = -value;
            sign = 1;
        }
        if (!FewDigits(value, out ulong digits, out int exponent))
            Shortest(bits & 0x7FFFFFFFFFFFFFFFL, out digits, out exponent);
        int count = Layout(digits, exponent, buffer, offset, limit);
        return count < 0 ? -1 : sign + count;
    }

    /// <summary>
    /// Finds value = digits * 10^exponent with at most 15 digits. A quotient of two exact doubles is rounded correctly, so one that
    /// gives the value back is what a reader gives; and no two numbers of 15 digits are the same double.
    /// </summary>
    private static bool FewDigits(double value, out ulong digits, out int exponent)
    {
        digits = 0;
        exponent = 0;
        if (value >= 1e15)
            return false;
        double power = 1;
        for (int places = 0; places <= 22; places++)
        {
            double scaled = value * power;
            if (scaled >= 1e15)
                return false;
            digits = (ulong)(long)(scaled + 0.5);
            if ((long)digits / power == value)
            {
                exponent = -places;
                // Whole numbers may end in zeros, which are not digits to be kept.
                return true;
            }
            power *= 10;
        }
        return false;
    }

    private void Shortest(long bits, out ulong digits, out int exponent)
    {
        int binary = (int)(bits >> 52);
        ulong fraction = (ulong)bits & 0xFFFFFFFFFFFFFUL;
        if (binary == 0)
            binary = 1;
        else
            fraction |= 0x10000000000000UL;
        bool even = (fraction & 1) == 0;
        // The neighbour below a power of two is half as far away as the one above it.
        bool uneven = fraction == 0x10000000000000UL && binary > 1;
        binary -= 1075;

        // 53 bits of fraction, and some for shifts and for factors of ten.
        RoomForBig((binary < 0 ? -binary : binary) + 53 + 16);
        const int r = 0;
        int s = _bigSize;
        int m = 2 * s;
        // value = r / s, half the distance to the neighbour below = m / s, to the one above = m or 2m over s.
        int shift = uneven ? 2 : 1;
        SetBig(r, fraction);
        SetBig(s, 1);
        SetBig(m, 1);
        ShiftBig(r, shift + (binary > 0 ? binary : 0));
        ShiftBig(s, shift + (binary < 0 ? -binary : 0));
        ShiftBig(m, binary > 0 ? binary : 0);

        // log10(2) = 0.30103: a little low, so that the estimate is right or one too small.
        int length = Length(fraction);
        int scale = (((binary + length - 1) * 30103) - 1) / 100000;
        if (binary + length - 1 < 0)
            scale--;
        if (scale >= 0)
            MultiplyBigByPowerOfTen(s, scale);
        else
        {
            MultiplyBigByPowerOfTen(r, -scale);
            MultiplyBigByPowerOfTen(m, -scale);
        }
        // Make r / s < 1, the upper bound included, and the first digit the one before the point after times ten.
        while (Reaches(CompareBigSum(r, m, uneven, s), even))
        {
            MultiplyBig(s, 10);
            scale++;
        }

        digits = 0;
        exponent = scale;
        while (true)
        {
            MultiplyBig(r, 10);
            MultiplyBig(m, 10);
            int digit = DivideBig(r, s);
            exponent--;
            int low = CompareBig(r, m);
            bool canEnd = low < 0 || (low == 0 && even);
            bool canRoundUp = Reaches(CompareBigSum(r, m, uneven, s), even);
            if (canEnd || canRoundUp)
            {
                // Both: the nearer; of two that are as near the even one, as JavaScript and .NET do.
                int middle = CompareBigSum(r, r, false, s);
                if (canRoundUp && (!canEnd || middle > 0 || (middle == 0 && (digit & 1) != 0)))
                    digit++;
                digits = (digits * 10) + (uint)digit;
                return;
            }
            digits = (digits * 10) + (uint)digit;
        }
    }

    private static bool Reaches(int comparison, bool even) => even ? comparison >= 0 : comparison > 0;

    private static int Length(ulong value)
    {
        int bits = 0;
        for (; value > 0xFF; value >>= 8)
            bits += 8;
        for (; value > 0; value >>= 1)
            bits++;
        return bits;
    }

    /// <summary>Puts the point or the exponent where it belongs.</summary>
    private static int Layout(ulong digits, int exponent, byte[] buffer, int offset, int limit)
    {
        if (digits == 0)
        {
            if (offset >= limit)
                return -1;
            buffer[offset] = (byte)'0';
            return 1;
        }
        while (digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }
        int count = Digits(digits);
        int point = count + exponent;
        if (point > 21 || point < -6)
            return Scientific(digits, count, point - 1, buffer, offset, limit);

        int length = exponent >= 0 ? point : point > 0 ? count + 1 : 2 + count - point;
        if (length > limit - offset)
            return -1;
        if (exponent >= 0)
        {
            FormatUnsigned(digits, buffer, offset, limit);
            Zeros(buffer, offset + count, exponent);
        }
        else if (point <= 0)
        {
            Zeros(buffer, offset, 2 - point);
            buffer[offset + 1] = (byte)'.';
            FormatUnsigned(digits, buffer, offset + 2 - point, limit);
        }
        else
        {
            // One place to the right; then the whole part moves back.
            FormatUnsigned(digits, buffer, offset + 1, limit);
            Array.Copy(buffer, offset + 1, buffer, offset, point);
            buffer[offset + point] = (byte)'.';
        }
        return length;
    }

    private static int Scientific(ulong digits, int count, int exponent, byte[] buffer, int offset, int limit)
    {
        int magnitude = exponent < 0 ? -exponent : exponent;
        int mantissa = count == 1 ? 1 : count + 1;
        int length = mantissa + 2 + Digits((ulong)magnitude);
        if (length > limit - offset)
            return -1;
        if (count == 1)
            buffer[offset] = (byte)('0' + (int)digits);
        else
        {
            FormatUnsigned(digits, buffer, offset + 1, limit);
            buffer[offset] = buffer[offset + 1];
            buffer[offset + 1] = (byte)'.';
        }
        buffer[offset + mantissa] = (byte)'e';
        buffer[offset + mantissa + 1] = (byte)(exponent < 0 ? '-' : '+');
        FormatUnsigned((ulong)magnitude, buffer, offset + mantissa + 2, limit);
        return length;
    }

    private static void Zeros(byte[] buffer, int offset, int count)
    {
        for (int end = offset + count; offset < end; offset++)
            buffer[offset] = (byte)'0';
    }
}
