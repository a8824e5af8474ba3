using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Telephone numbers as the network compares them.</summary>
internal static class PhoneNumber
{
    /// <summary>Digits alone: without plus and without the prefix 00.</summary>
    public static string Normalise(string number)
    {
        string digits = number.Trim();
        if (digits.StartsWith('+'))
            return digits[1..];
        return digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
    }
}
