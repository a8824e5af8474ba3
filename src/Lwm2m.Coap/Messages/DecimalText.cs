namespace Lwm2m.Coap;

/// <summary>Integers as decimal digits, straight into a buffer.</summary>
internal static class DecimalText
{
    /// <summary>Longest text: sign and 19 digits.</summary>
    internal const int MaxLength = 20;

    internal static int Write(byte[] buffer, int offset, long value)
    {
        int at = offset;
        // The digits of a negative value are taken from it as it is, since long.MinValue has no positive counterpart.
        if (value < 0) buffer[at++] = (byte)'-';
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) digits++;
        int end = at + digits;
        for (int i = end - 1; i >= at; i--)
        {
            int digit = (int)(value % 10);
            buffer[i] = (byte)('0' + (digit < 0 ? -digit : digit));
            value /= 10;
        }

        return end - offset;
    }
}
