namespace Lwm2m.Formats;

/// <summary>
/// Narrower forms of a double, by its bits: the board has no conversion of float to bits that does not allocate. All are exact, or
/// say that they are not (IEEE 754).
/// </summary>
internal static class FloatBits
{
    /// <summary>Bits that are zero in every number that has a form of 32 bits.</summary>
    public const long BeyondSingle = (1L << 29) - 1;

    /// <summary>Bits that are zero in every number that has a form of 16 bits.</summary>
    public const long BeyondHalf = (1L << 42) - 1;

    private const long Fraction = 0xFFFFFFFFFFFFFL;

    /// <summary>Bits of the same number with 32 bits; false when it has none. A NaN keeps its upper bits.</summary>
    public static bool ToSingle(long bits, out int single)
    {
        bool exact = Narrow(bits, 8, 23, out int narrow);
        single = narrow;
        return exact;
    }

    /// <summary>Bits of the same number with 16 bits; false when it has none.</summary>
    public static bool ToHalf(long bits, out int half)
    {
        // Nearly all: what is normal there and has no bit too many.
        int exponent = ((int)(bits >> 52) & 0x7FF) - 1008;
        if ((uint)(exponent - 1) >= 30 || (bits & BeyondHalf) != 0)
            return Narrow(bits, 5, 10, out half);
        half = ((int)(bits >> 48) & 0x8000) | (exponent << 10) | ((int)(bits >> 42) & 0x3FF);
        return true;
    }

    public static long FromSingle(int single) => Widen((uint)single, 8, 23);

    public static long FromHalf(int half)
    {
        int exponent = (half >> 10) & 31;
        if ((uint)(exponent - 1) >= 30)
            return Widen((uint)half, 5, 10);
        return ((long)(half & 0x8000) << 48) | ((long)(exponent + 1008) << 52) | ((long)(half & 0x3FF) << 42);
    }

    private static bool Narrow(long bits, int exponentBits, int fractionBits, out int narrow)
    {
        int maxExponent = (1 << exponentBits) - 1;
        int exponent = (int)(bits >> 52) & 0x7FF;
        long fraction = bits & Fraction;
        int drop = 52 - fractionBits;
        narrow = (int)((bits >> 63) & 1) << (exponentBits + fractionBits);
        if (exponent == 0)
            return fraction == 0;
        if (exponent == 0x7FF)
            exponent = maxExponent;
        else
        {
            exponent += (maxExponent >> 1) - 1023;
            if (exponent >= maxExponent)
                return false;
            if (exponent <= 0)
            {
                // Subnormal there: the leading one becomes part of the fraction.
                fraction |= Fraction + 1;
                drop += 1 - exponent;
                if (drop > 52)
                    return false;
                exponent = 0;
            }
        }
        if ((fraction & ((1L << drop) - 1)) != 0)
            return false;
        narrow |= (exponent << fractionBits) | (int)(fraction >> drop);
        return true;
    }

    private static long Widen(uint bits, int exponentBits, int fractionBits)
    {
        int maxExponent = (1 << exponentBits) - 1;
        int exponent = (int)(bits >> fractionBits) & maxExponent;
        long fraction = bits & ((1L << fractionBits) - 1);
        long sign = (long)(bits >> (exponentBits + fractionBits)) << 63;
        if (exponent == maxExponent)
            exponent = 0x7FF;
        else if (exponent != 0)
            exponent += 1023 - (maxExponent >> 1);
        else
        {
            if (fraction == 0)
                return sign;
            exponent = 1024 - (maxExponent >> 1);
            while ((fraction & (1L << fractionBits)) == 0)
            {
                fraction <<= 1;
                exponent--;
            }
            fraction &= (1L << fractionBits) - 1;
        }
        return sign | ((long)exponent << 52) | (fraction << (52 - fractionBits));
    }
}
