using System;
using System.Net;
using System.Net.Security;
using System.Threading.Tasks;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>What all connections of a <see cref="TcpTransport"/> have in common.</summary>
internal sealed class TcpSettings
{
    private readonly TlsClient _tls;

    public TcpSettings(TlsOptions? tls, int connectTimeoutMs, int inBytes, int outBytes, Func<string, Task<IPAddress[]>> resolve, Action wake)
    {
        _tls = new TlsClient(tls ?? new TlsOptions());
        ConnectTimeoutMs = connectTimeoutMs;
        InBytes = inBytes;
        OutBytes = outBytes;
        Resolve = resolve;
        Wake = wake;
    }

    public int ConnectTimeoutMs { get; }

    public int InBytes { get; }

    public int OutBytes { get; }

    public Func<string, Task<IPAddress[]>> Resolve { get; }

    /// <summary>Tells the runner that a connection has news.</summary>
    public Action Wake { get; }

    public SslClientAuthenticationOptions TlsFor(ServerUri uri) => _tls.OptionsFor(uri);
}
