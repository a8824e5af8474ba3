using System.Text;

namespace Lwm2m.Cellular;

/// <summary>
/// Telephone numbers in the form of a short message (3GPP 23.040 9.1.2.5): the number of digits, the type of number, and the digits, two an
/// octet with the first one below. Two such addresses can be compared although one is international and the other national.
/// </summary>
public static class SmsAddress
{
    /// <summary>Most octets of an address: length, type, and 20 digits.</summary>
    public const int MaxBytes = 12;

    internal const int International = 0x91;
    internal const int Unknown = 0x81;
    internal const int Alphanumeric = 0xD0;

    // Bits 6 to 4 of the type.
    private const int TypeMask = 0x70;
    private const int MaxDigits = 20;

    // What is shorter is a short code of the operator, which means another one elsewhere.
    private const int FewestSubscriberDigits = 7;

    // Country codes have one to three digits (E.164).
    private const int MostCountryDigits = 3;

    /// <summary>Writes a number that people write: <c>+491701234567</c>, <c>00491701234567</c>, <c>0170 123-4567</c>; a name of letters
    /// and digits, which some gateways send under, is written as such.</summary>
    /// <param name="number">The number; spaces, <c>-</c>, <c>.</c>, <c>/</c> and brackets are passed over.</param>
    /// <param name="to">Where it is written: <see cref="MaxBytes"/> must be free.</param>
    /// <param name="at">Where it begins.</param>
    /// <returns>How many octets it takes; -1 where it is no number, or too long.</returns>
    public static int Write(string number, byte[] to, int at)
    {
        byte[] text = Encoding.UTF8.GetBytes(number);
        int digits = 0;
        int type = Unknown;
        for (int i = 0; i < text.Length; i++)
        {
            int c = text[i];
            if (c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')')
                continue;
            if (c == '+' && digits == 0 && type == Unknown)
            {
                type = International;
                continue;
            }

            if (c < '0' || c > '9')
                return WriteName(text, to, at);
            if (digits == MaxDigits)
                return -1;
            PutDigit(to, at + 2, digits++, c - '0');
            if (digits != 2 || type == International || to[at + 2] != 0)
                continue;
            type = International;
            digits = 0;
        }

        return digits == 0 ? -1 : Finish(to, at, digits, type);
    }

    /// <summary>The octets of an address that begins at an index.</summary>
    /// <param name="buffer">Holds it.</param>
    /// <param name="at">Index of its length.</param>
    public static int Length(byte[] buffer, int at) => 2 + (buffer[at] + 1) / 2;

    /// <summary>
    /// True when two addresses are one and the same subscriber. Where only one of them is international, the other must be its end, but for a
    /// leading zero, with at least seven digits.
    /// </summary>
    /// <param name="first">Holds an address.</param>
    /// <param name="firstAt">Where it begins.</param>
    /// <param name="second">Holds the other one.</param>
    /// <param name="secondAt">Where that begins.</param>
    public static bool AreEqual(byte[] first, int firstAt, byte[] second, int secondAt)
    {
        bool firstIsName = IsName(first, firstAt);
        if (firstIsName || IsName(second, secondAt))
            return firstIsName && IsName(second, secondAt) && first[firstAt] == second[secondAt]
                && EndsAlike(first, firstAt, second, secondAt, first[firstAt]);
        bool firstIsWhole = IsInternational(first, firstAt, out int firstDigits);
        bool secondIsWhole = IsInternational(second, secondAt, out int secondDigits);
        int fewer = firstDigits < secondDigits ? firstDigits : secondDigits;
        if (firstDigits != secondDigits)
        {
            if (firstIsWhole == secondIsWhole || fewer < FewestSubscriberDigits)
                return false;
            int more = firstIsWhole ? firstDigits - secondDigits : secondDigits - firstDigits;
            if (more < 0 || more > MostCountryDigits)
                return false;
        }

        return fewer > 0 && EndsAlike(first, firstAt, second, secondAt, fewer);
    }

    internal static int Digit(byte[] buffer, int at, int index)
    {
        int pair = buffer[at + 2 + index / 2];
        return (index & 1) == 0 ? pair & 15 : pair >> 4;
    }

    // Names are compared by the same nibbles: they are as many, and equal where the packed letters are.
    private static bool EndsAlike(byte[] first, int firstAt, byte[] second, int secondAt, int digits)
    {
        int firstIndex = first[firstAt] - digits;
        int secondIndex = second[secondAt] - digits;
        for (int i = 0; i < digits; i++)
            if (Digit(first, firstAt, firstIndex + i) != Digit(second, secondAt, secondIndex + i))
                return false;
        return true;
    }

    internal static bool IsName(byte[] buffer, int at) => (buffer[at + 1] & TypeMask) == (Alphanumeric & TypeMask);

    // The digits that count: without the prefix 00 of an international number, without the zeros before a national one.
    private static bool IsInternational(byte[] buffer, int at, out int digits)
    {
        int count = buffer[at];
        int zeros = 0;
        while (zeros < count && Digit(buffer, at, zeros) == 0)
            zeros++;
        digits = count - zeros;
        return zeros > 1 || (buffer[at + 1] & TypeMask) == (International & TypeMask);
    }

    private static void PutDigit(byte[] to, int at, int index, int digit)
    {
        int place = at + index / 2;
        to[place] = (byte)((index & 1) == 0 ? 0xF0 | digit : (to[place] & 15) | digit << 4);
    }

    private static int Finish(byte[] to, int at, int digits, int type)
    {
        to[at] = (byte)digits;
        to[at + 1] = (byte)type;
        return Length(to, at);
    }

    // Letters, digits and the space are the same in the GSM alphabet as in ASCII (3GPP 23.038 6.2.1); at most eleven fit.
    private static int WriteName(byte[] text, byte[] to, int at)
    {
        if (text.Length == 0 || text.Length > 11)
            return -1;
        int bits = 0;
        int held = 0;
        int place = at + 2;
        for (int i = 0; i < text.Length; i++)
        {
            int c = text[i];
            int letter = c | 0x20;
            if (c != ' ' && (c < '0' || c > '9') && (letter < 'a' || letter > 'z' || c >= 0x80))
                return -1;
            bits |= c << held;
            held += 7;
            for (; held >= 8; held -= 8, bits >>= 8)
                to[place++] = (byte)bits;
        }

        if (held > 0)
            to[place] = (byte)bits;
        return Finish(to, at, (text.Length * 7 + 3) / 4, Alphanumeric);
    }
}
