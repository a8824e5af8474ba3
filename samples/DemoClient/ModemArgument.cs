using System;
using System.Globalization;
using System.Linq;

namespace Lwm2m.Samples.DemoClient;

/// <summary>One <c>--modem PORT[@BAUD][;profile=NAME]</c>.</summary>
/// <param name="Port">A serial device such as <c>/dev/ttyUSB2</c>, or <c>tcp:HOST:PORT</c> for a serial server.</param>
/// <param name="Baud">Bits a second; 115200 where the option names none.</param>
/// <param name="Profile">Name of the modem's profile.</param>
internal sealed record ModemArgument(string Port, int Baud, string Profile)
{
    /// <summary>The profiles by their names, in the order of the help.</summary>
    public static readonly string[] Profiles =
        ["generic", "bc66", "bc660", "bg95", "bg96", "sara-n", "sara-r4", "sara-r5", "sim7020", "sim7080", "nrf91"];

    private const int DefaultBaud = 115_200;
    private const string Tcp = "tcp:";

    /// <summary>Where <see cref="Port"/> is a serial server: its host and port; else null.</summary>
    public (string Host, int Port)? SerialServer
    {
        get
        {
            if (!Port.StartsWith(Tcp, StringComparison.Ordinal))
                return null;
            int colon = Port.LastIndexOf(':');
            return (Port[Tcp.Length..colon].Trim('[', ']'), int.Parse(Port.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Reads the argument of the option.</summary>
    /// <param name="text">The argument.</param>
    /// <param name="error">Why it cannot be used.</param>
    /// <returns>Null with the reason in <paramref name="error"/> when it cannot be used.</returns>
    public static ModemArgument? TryParse(string text, out string error)
    {
        string[] parts = text.Split(';');
        string profile = "generic";
        error = "";
        foreach (string part in parts.Skip(1).Select(p => p.Trim()))
        {
            if (!part.StartsWith("profile=", StringComparison.Ordinal))
                error = $"--modem: '{part}' is unknown; what may follow the port is ;profile=NAME.";
            else if (!Profiles.Contains(profile = part[8..]))
                error = $"--modem: there is no profile '{profile}', only {string.Join(", ", Profiles)}.";
            if (error.Length > 0)
                return null;
        }

        string port = parts[0].Trim();
        int baud = DefaultBaud;
        int at = port.LastIndexOf('@');
        if (at >= 0)
        {
            if (!int.TryParse(port.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out baud) || baud is < 1200 or > 4_000_000)
                error = $"--modem: '{port[(at + 1)..]}' is no baud rate, 1200 to 4000000.";
            port = port[..at];
        }

        if (port.Length == 0)
            error = "--modem: the port is empty.";
        else if (port.StartsWith(Tcp, StringComparison.Ordinal) && !IsSerialServer(port))
            error = $"--modem: '{port}' is no serial server such as tcp:127.0.0.1:4000.";
        return error.Length > 0 ? null : new ModemArgument(port, baud, profile);
    }

    private static bool IsSerialServer(string port)
    {
        int colon = port.LastIndexOf(':');
        return colon > Tcp.Length
            && int.TryParse(port.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 65535;
    }
}
