using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Text in the default alphabet of 3GPP 23.038, as far as it is the same as ASCII.</summary>
internal static class SevenBitText
{
    /// <summary>Packed septets. What the alphabet has elsewhere or not at all becomes a question mark.</summary>
    public static byte[] Pack(string text)
    {
        byte[] septets = [.. text.Select(Septet)];
        byte[] packed = new byte[((septets.Length * 7) + 7) / 8];
        for (int i = 0; i < septets.Length; i++)
        {
            int bit = i * 7;
            packed[bit / 8] |= (byte)(septets[i] << (bit % 8));
            if (bit % 8 > 1)
                packed[(bit / 8) + 1] |= (byte)(septets[i] >> (8 - (bit % 8)));
        }
        return packed;
    }

    private static byte Septet(char c) => c switch
    {
        '@' => 0,
        '$' => 2,
        '_' => 17,
        '\n' or '\r' => (byte)c,
        >= ' ' and <= 'z' and not ('[' or '\\' or ']' or '^' or '`') => (byte)c,
        _ => (byte)'?',
    };
}
