using System;
using System.Globalization;
using Lwm2m.Client;
using Lwm2m.Coap;

namespace Lwm2m.Samples.DemoClient;

/// <summary>One <c>--server URI[;ssid=N]</c>.</summary>
/// <param name="Uri">The server's address.</param>
/// <param name="ShortServerId">Its Short Server ID; 0 where the option names none.</param>
internal sealed record ServerArgument(string Uri, int ShortServerId)
{
    /// <summary>The largest Short Server ID; 65535 stands for the bootstrap server (Core, object 0).</summary>
    public const int MaxShortServerId = 65534;

    /// <summary>The letter of the binding that goes with the URI.</summary>
    public char Binding
    {
        get
        {
            ServerUri uri = ServerUri.TryParse(Uri)!;
            return uri.IsTcp ? 'T' : uri.IsSms ? 'S' : uri.IsNonIp ? 'N' : 'U';
        }
    }

    /// <summary>Reads the argument of one option.</summary>
    /// <param name="text">The argument.</param>
    /// <param name="error">Why it cannot be used.</param>
    /// <param name="option">Name of the option, for the error.</param>
    /// <returns>Null with the reason in <paramref name="error"/> when it cannot be used.</returns>
    public static ServerArgument? TryParse(string text, out string error, string option = "--server")
    {
        string[] parts = text.Split(';');
        string uri = parts[0].Trim();
        ServerUri? parsed = ServerUri.TryParse(uri);
        error = "";
        if (parsed == null)
            error = $"{option}: '{uri}' is no server URI such as coap://host:5683.";
        else if (parsed.IsSecure && !parsed.IsTcp)
            error = $"{option}: {parsed.Scheme} is not supported; what is: coap, coap+tcp, coaps+tcp, tel and coap+nidd.";
        if (error.Length > 0)
            return null;

        int shortServerId = 0;
        for (int index = 1; index < parts.Length; index++)
        {
            string part = parts[index].Trim();
            if (!part.StartsWith("ssid=", StringComparison.Ordinal))
                error = $"{option}: '{part}' is unknown; what may follow the URI is ;ssid=N.";
            else if (shortServerId != 0)
                error = $"{option}: '{text}' names more than one ssid.";
            else if (!int.TryParse(part.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out shortServerId)
                || shortServerId is < 1 or > MaxShortServerId)
                error = $"{option}: ssid '{part[5..]}' is not in 1..{MaxShortServerId}.";
            if (error.Length > 0)
                return null;
        }

        return new ServerArgument(uri, shortServerId);
    }
}
