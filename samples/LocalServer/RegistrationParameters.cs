using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

/// <summary>The query of a Register or Update (Core 6.2.1, 6.2.2).</summary>
internal sealed class RegistrationParameters
{
    private RegistrationParameters()
    {
    }

    public string? Endpoint { get; private set; }

    public long? LifetimeSeconds { get; private set; }

    public string? Version { get; private set; }

    public string? Binding { get; private set; }

    public bool QueueMode { get; private set; }

    public string? Sms { get; private set; }

    public string? ProfileId { get; private set; }

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Error { get; private set; }

    public static RegistrationParameters Read(CoapMessage request)
    {
        var parameters = new RegistrationParameters();
        var seen = new HashSet<string>();
        for (int i = 0; i < request.QueryCount; i++)
        {
            int offset = request.Query(i, out int length);
            string text = Encoding.UTF8.GetString(request.Buffer, offset, length);
            int equals = text.IndexOf('=');
            string name = equals < 0 ? text : text[..equals];
            string? error = seen.Add(name) ? parameters.Set(name, equals < 0 ? null : text[(equals + 1)..]) : $"{name} comes twice";
            parameters.Error ??= error;
        }
        return parameters;
    }

    private string? Set(string name, string? value)
    {
        if (name == "Q")
        {
            QueueMode = true;
            return value == null ? null : "Q has no value";
        }
        if (string.IsNullOrEmpty(value))
            return $"{name} has no value";
        switch (name)
        {
            case "ep":
                Endpoint = value;
                return null;
            case "lt":
                if (!uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds))
                    return "lt is no number of seconds";
                LifetimeSeconds = seconds;
                return null;
            case "lwm2m":
                Version = value;
                return null;
            case "b":
                Binding = value;
                return value.All(c => "UTSNMHQ".Contains(c)) ? null : "b has letters other than U, T, S, N, M, H and Q";
            case "sms":
                Sms = value;
                return null;
            case "pid":
                ProfileId = value;
                return null;
            default:
                // Strict on purpose: a client learns on the desk what a picky server does.
                return $"{name} is no parameter of a registration";
        }
    }
}
