using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lwm2m.Cellular;
using Lwm2m.Client;
using Lwm2m.Transport;

namespace Lwm2m.Samples.DemoClient;

/// <summary>The ways to the servers that the command line asks for.</summary>
internal sealed class Transports : IDisposable
{
    // What stands before the data in a line of the modem.
    private const int LineOverhead = 80;

    // Short messages, non-IP data, two kinds of sockets, and the objects.
    private const int Services = 5;

    private const int IPContext = 5;

    private readonly List<IDisposable> _owned = [];

    /// <summary>Makes them, and gives them to the client.</summary>
    /// <param name="client">The client, with its accounts.</param>
    /// <param name="settings">The command line.</param>
    /// <param name="links">One link for each server, and one for the bootstrap server.</param>
    /// <param name="maxMessageBytes">Largest message of the client.</param>
    /// <param name="log">Hears what keeps the modem from working.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A certificate or key cannot be read.</exception>
    public Transports(Lwm2mClient client, DemoSettings settings, int links, int maxMessageBytes, EventLog log)
    {
        // A bootstrap server, or what is stored, may name servers of any kind.
        bool isOpen = settings.BootstrapUri != null || settings.StorageFolder != null;
        string letters = settings.Bearer.Binding ?? new string(settings.Servers.Select(s => s.Binding).ToArray());
        bool wantsUdp = isOpen || letters.Contains('U', StringComparison.Ordinal);
        bool wantsTcp = isOpen || letters.Contains('T', StringComparison.Ordinal);
        ModemProfile? profile = settings.Bearer.Modem == null ? null : ModemProfile.Find(settings.Bearer.Modem.Profile)!;
        ConnectivityStatisticsObject? statistics = null;
        if (profile != null)
        {
            bool wantsSms = isOpen || settings.Bearer.SmsNumber != null || letters.Contains('S', StringComparison.Ordinal);
            bool wantsNonIp = isOpen || letters.Contains('N', StringComparison.Ordinal);
            statistics = UseModem(client, settings.Bearer, profile, links, maxMessageBytes, (wantsUdp, wantsTcp, wantsSms, wantsNonIp), log);
        }

        // The generic commands of 27.007 have no sockets: then this machine's own are used.
        if (wantsUdp && profile?.Has("udp") != true)
            Use(client, new UdpTransport(links), statistics);
        if (wantsTcp && (profile?.Has("tcp") != true || settings.Servers.Any(s => s.Uri.StartsWith("coaps+tcp", StringComparison.OrdinalIgnoreCase))))
            Use(client, new TcpTransport(links, TlsOf(settings.Bearer), maxMessageBytes), statistics);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable owned in _owned)
            owned.Dispose();
    }

    private static ConnectivityStatisticsObject? UseModem(Lwm2mClient client, BearerSettings bearer, ModemProfile profile, int links, int maxMessageBytes,
        (bool Udp, bool Tcp, bool Sms, bool NonIp) wants, EventLog log)
    {
        ModemArgument port = bearer.Modem!;
        var options = new ModemOptions
        {
            LineBytes = maxMessageBytes + LineOverhead,
            MaxServices = Services,
            MaxData = 2 * Services,
            InitCommands = profile.SetupCommands,
            // A context without IP is defined before the modem attaches with it.
            RadioOffCommand = wants.NonIp ? "AT+CFUN=0" : null,
        };
        var modem = new CellularModem(SerialPump.For(port.SerialServer == null ? $"{port.Port}@{port.Baud}" : port.Port), options) { Listener = new ModemEvents(log) };
        var objects = new ModemObjects(client, modem);
        if (wants.Sms)
        {
            client.UseTransport(new SmsTransport(modem, new SmsOptions { Links = links, ServiceCentre = bearer.ServiceCentre ?? "" })
            {
                Client = client,
                Traffic = objects.Statistics,
            });
        }

        if (wants.NonIp)
        {
            client.UseTransport(new NonIpTransport(modem, new NonIpOptions { Profile = profile, Apn = bearer.Apn, MaxLinks = links })
            {
                Triggers = new ClientTriggers(client),
                Traffic = objects.Statistics,
            });
        }

        foreach ((char binding, string section, bool isWanted) in new[] { ('U', "udp", wants.Udp), ('T', "tcp", wants.Tcp) })
        {
            if (isWanted && profile.Has(section))
            {
                client.UseTransport(new ModemSocketTransport(modem, new ModemSocketOptions
                {
                    Profile = profile,
                    Binding = binding,
                    Apn = bearer.Apn,
                    MaxLinks = links,
                    // Context 1 and those behind it are without IP then.
                    Cid = wants.NonIp ? IPContext : 1,
                })
                {
                    Traffic = objects.Statistics,
                });
            }
        }

        return objects.Statistics;
    }

    private static TlsOptions TlsOf(BearerSettings bearer)
    {
        string? keyFile = bearer.KeyFile ?? bearer.CertificateFile;
        return new TlsOptions
        {
            Trust = bearer.TrustFile == null ? null : File.ReadAllBytes(bearer.TrustFile),
            Certificate = bearer.CertificateFile == null ? null : File.ReadAllBytes(bearer.CertificateFile),
            Key = keyFile == null ? null : File.ReadAllBytes(keyFile),
        };
    }

    private void Use<T>(Lwm2mClient client, T transport, ConnectivityStatisticsObject? statistics)
        where T : ITransport, IDisposable
    {
        _owned.Add(transport);
        client.UseTransport(statistics == null ? transport : CountedTransport.Around(transport, statistics));
    }
}
