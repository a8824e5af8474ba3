namespace Lwm2m.Formats;

/// <summary>
/// Big natural numbers: three of them in one array, each a count of limbs and 32-bit limbs, lowest first. What is kept is enough for floats of
/// everyday size, about 1e-20 to 1e40. The first one beyond, or with so many digits, makes room for all there are: the longest number is
/// 10^343 or 2^1076 and a few bits more.
/// </summary>
public sealed partial class Numbers
{
    private const int EverydaySize = 9;
    private const int LargestSize = 40;

    private uint[] _big = new uint[3 * EverydaySize];

    // Places of one of the three: its count and its limbs.
    private int _bigSize = EverydaySize;

    /// <summary>Makes room for three numbers of so many bits; what they were is lost.</summary>
    private void RoomForBig(int bits)
    {
        // The count, and a limb above the highest one, which a shift clears.
        if (bits <= (_bigSize - 2) * 32)
            return;
        _bigSize = LargestSize;
        _big = new uint[3 * LargestSize];
    }

    private void SetBig(int n, ulong value)
    {
        _big[n + 1] = (uint)value;
        _big[n + 2] = (uint)(value >> 32);
        _big[n] = value > uint.MaxValue ? 2U : value > 0 ? 1U : 0U;
    }

    private void MultiplyBig(int n, uint factor)
    {
        uint[] big = _big;
        int end = n + (int)big[n];
        ulong carry = 0;
        for (int i = n + 1; i <= end; i++)
        {
            carry += (ulong)big[i] * factor;
            big[i] = (uint)carry;
            carry >>= 32;
        }
        if (carry == 0)
            return;
        big[end + 1] = (uint)carry;
        big[n]++;
    }

    private void MultiplyBigByPowerOfTen(int n, int power)
    {
        for (; power >= 9; power -= 9)
            MultiplyBig(n, 1000000000);
        uint rest = 1;
        for (; power > 0; power--)
            rest *= 10;
        if (rest != 1)
            MultiplyBig(n, rest);
    }

    private void ShiftBig(int n, int bits)
    {
        uint[] big = _big;
        int count = (int)big[n];
        if (count == 0 || bits == 0)
            return;
        int limbs = bits >> 5;
        int rest = bits & 31;
        uint above = 0;
        int top = n + count + limbs + 1;
        for (int i = n + count; i > n; i--)
        {
            uint limb = big[i];
            big[i + limbs + 1] = rest == 0 ? above : above | (limb >> (32 - rest));
            above = limb << rest;
        }
        big[n + limbs + 1] = above;
        for (int i = n + limbs; i > n; i--)
            big[i] = 0;
        big[n] = (uint)(count + limbs + (big[top] != 0 ? 1 : 0));
    }

    private int CompareBig(int a, int b)
    {
        uint[] big = _big;
        if (big[a] != big[b])
            return big[a] < big[b] ? -1 : 1;
        for (int i = (int)big[a]; i > 0; i--)
        {
            if (big[a + i] != big[b + i])
                return big[a + i] < big[b + i] ? -1 : 1;
        }
        return 0;
    }

    /// <summary>Compares a + b, or a + 2b, with c.</summary>
    private int CompareBigSum(int a, int b, bool twice, int c)
    {
        uint[] big = _big;
        int count = (int)big[a];
        if (big[b] > count)
            count = (int)big[b];
        if (big[c] > count)
            count = (int)big[c];
        long carry = 0;
        uint differs = 0;
        for (int i = 1; i <= count; i++)
        {
            if (i <= big[a])
                carry += big[a + i];
            if (i <= big[b])
                carry += twice ? 2 * (long)big[b + i] : big[b + i];
            if (i <= big[c])
                carry -= big[c + i];
            differs |= (uint)carry;
            carry >>= 32;
        }
        if (carry != 0)
            return carry < 0 ? -1 : 1;
        return differs != 0 ? 1 : 0;
    }

    /// <summary>a -= b; b is not greater than a.</summary>
    private void SubtractBig(int a, int b)
    {
        uint[] big = _big;
        int count = (int)big[a];
        int countB = (int)big[b];
        long carry = 0;
        for (int i = 1; i <= count; i++)
        {
            carry += big[a + i];
            if (i <= countB)
                carry -= big[b + i];
            big[a + i] = (uint)carry;
            carry >>= 32;
        }
        while (count > 0 && big[a + count] == 0)
            count--;
        big[a] = (uint)count;
    }

    /// <summary>a /= b where the quotient is at most 9: gives it and leaves the remainder in a.</summary>
    private int DivideBig(int a, int b)
    {
        int quotient = 0;
        while (CompareBig(a, b) >= 0)
        {
            SubtractBig(a, b);
            quotient++;
        }
        return quotient;
    }

    private int BitsOfBig(int n)
    {
        int count = (int)_big[n];
        if (count == 0)
            return 0;
        int bits = (count - 1) * 32;
        for (uint top = _big[n + count]; top != 0; top >>= 1)
            bits++;
        return bits;
    }
}
