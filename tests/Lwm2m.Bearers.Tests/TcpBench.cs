using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Samples;
using Lwm2m.Transport;
using Lwm2m.Transport.Contract;

namespace Lwm2m.Bearers.Tests;

/// <summary>Connections on loopback: TCP, or TLS with certificates made for the test.</summary>
public sealed class TcpBench : Bench
{
    private readonly TestCa? _ca;
    private readonly X509Certificate2? _certificate;
    private readonly TcpFront? _front;
    private readonly TcpTransport _transport;

    [SetsRequiredMembers]
    public TcpBench(bool isTls, bool isWrapped = false)
    {
        if (isTls)
        {
            _ca = new TestCa();
            _certificate = _ca.Issue(["127.0.0.1"]);
        }

        Server = LocalServer.Start(new LocalServerOptions
        {
            Port = 0,
            TcpPort = 0,
            TlsPort = isTls ? 0 : null,
            Certificate = _certificate,
            AwakeMs = ManagementSuite.ServerAwakeMs,
        });
        _front = isWrapped ? new TcpFront(Server.EndPoint, TlsOptions()) : null;
        _transport = new TcpTransport(tls: _ca == null ? null : new TlsOptions { Trust = _ca.Pem });
    }

    public override string Uri
    {
        get
        {
            if (_front != null)
                return (_ca == null ? "coap+tcp://" : "coaps+tcp://") + _front.EndPoint;
            return _ca == null ? Server.TcpUri! : Server.TlsUri!;
        }
    }

    public override char Binding => 'T';

    public static Task<Bench> MakeAsync(bool isTls, bool isWrapped = false) => Task.FromResult<Bench>(new TcpBench(isTls, isWrapped));

    public override void Configure(ClientOptions options)
    {
        if (_front != null)
            options.Sessions = new WrappedSessions();
    }

    public override void Connect(Lwm2mClient client) => client.UseTransport(_transport);

    public override Task LoseAsync()
    {
        Server.CutConnections();
        return Task.CompletedTask;
    }

    // Connections are all that there is to lose.
    public override Task RestoreAsync() => Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        _front?.Dispose();
        await base.DisposeAsync();
        _certificate?.Dispose();
        _ca?.Dispose();
    }

    private SslServerAuthenticationOptions? TlsOptions() => _certificate == null ? null : new SslServerAuthenticationOptions
    {
        ServerCertificate = _certificate,
        ApplicationProtocols = new List<SslApplicationProtocol> { new("coap") },
    };
}
