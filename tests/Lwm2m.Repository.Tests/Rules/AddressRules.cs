using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lwm2m.Repository.Tests.Rules;

/// <summary>Tests and samples talk to this machine only.</summary>
public static partial class AddressRules
{
    public static IEnumerable<string> HardCodedAddresses(RepositoryFile file)
    {
        foreach (SyntaxToken token in file.Root.DescendantTokens().Where(IsText))
        {
            foreach (Match match in Candidate().Matches(token.ValueText))
            {
                string text = match.Groups["address"].Value;
                if (IPAddress.TryParse(text, out IPAddress? address) && !IsHarmless(address))
                    yield return file.At(token, $"{text}: use loopback, or in parser tests an address of the documentation ranges (RFC 5737, RFC 3849)");
            }
        }
    }

    /// <summary>Loopback, unspecified, no global unicast (2000::/3), or set aside for documentation: it reaches nobody far away.</summary>
    private static bool IsHarmless(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        byte[] b = address.GetAddressBytes();
        if (IPAddress.IsLoopback(address) || b.All(x => x == 0))
            return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return (b[0] & 0xe0) != 0x20 || (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && b[3] == 0xb8);
        return (b[0] == 192 && b[1] == 0 && b[2] == 2) || (b[0] == 198 && b[1] == 51 && b[2] == 100) || (b[0] == 203 && b[1] == 0 && b[2] == 113) || b.All(x => x == 255);
    }

    private static bool IsText(SyntaxToken token) =>
        token.RawKind is (int)SyntaxKind.StringLiteralToken or (int)SyntaxKind.InterpolatedStringTextToken or (int)SyntaxKind.Utf8StringLiteralToken
            or (int)SyntaxKind.SingleLineRawStringLiteralToken or (int)SyntaxKind.MultiLineRawStringLiteralToken;

    // Four numbers with dots, or what stands in square brackets with two colons at least. A fifth number makes it something else (an OID).
    [GeneratedRegex(@"(?<![\w.])(?<address>\d{1,3}(?:\.\d{1,3}){3})(?![\w]|\.\d)|\[(?<address>[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%\w]*)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Candidate();
}
