using System;
using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Hexadecimal digits as modems take them.</summary>
internal static class Hex
{
    public static bool Is(string text) => text.All(char.IsAsciiHexDigit);

    /// <summary>The octets; null when these are no hexadecimal digits, or an odd number of them.</summary>
    public static byte[]? Read(string text) => text.Length % 2 == 0 && Is(text) ? Convert.FromHexString(text) : null;

    public static string Write(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);
}
