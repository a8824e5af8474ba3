using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lwm2m.Client;
using Lwm2m.Transport;

namespace Lwm2m.Samples.DemoClient;

/// <summary>The ways to the servers that the command line asks for.</summary>
internal sealed class Transports : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    /// <summary>Makes them, and gives them to the client.</summary>
    /// <param name="client">The client, with its accounts.</param>
    /// <param name="settings">The command line.</param>
    /// <param name="links">One link for each server, and one for the bootstrap server.</param>
    /// <param name="maxMessageBytes">Largest message of the client.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A certificate or key cannot be read.</exception>
    public Transports(Lwm2mClient client, DemoSettings settings, int links, int maxMessageBytes)
    {
        // A bootstrap server, or what is stored, may name servers of any kind.
        bool isOpen = settings.BootstrapUri != null || settings.StorageFolder != null;
        string letters = settings.Bearer.Binding ?? new string(settings.Servers.Select(s => s.Binding).ToArray());
        if (isOpen || letters.Contains('U', StringComparison.Ordinal))
            Use(client, new UdpTransport(links));
        if (isOpen || letters.Contains('T', StringComparison.Ordinal))
            Use(client, new TcpTransport(links, TlsOf(settings.Bearer), maxMessageBytes));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable owned in _owned)
            owned.Dispose();
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

    private void Use<T>(Lwm2mClient client, T transport)
        where T : ITransport, IDisposable
    {
        _owned.Add(transport);
        client.UseTransport(transport);
    }
}
