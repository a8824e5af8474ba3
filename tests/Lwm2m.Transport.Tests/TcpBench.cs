using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Lwm2m.Coap;
using Lwm2m.Transport.Contract;

namespace Lwm2m.Transport.Tests;

/// <summary>TCP or TLS over loopback, in real time.</summary>
internal sealed class TcpBench : ITransportBench
{
    private readonly TcpPeer _peer;
    private readonly TcpTransport _transport;
    private readonly TestCa? _ca;
    private readonly X509Certificate2? _certificate;

    public TcpBench(bool isSecured)
    {
        if (isSecured)
        {
            _ca = new TestCa();
            _certificate = _ca.Issue(new[] { "127.0.0.1" });
        }
        _peer = new TcpPeer(_certificate == null ? null : ServerOptions(_certificate));
        _transport = new TcpTransport(1, _ca == null ? null : new TlsOptions { Trust = _ca.Pem });
        Uri = ServerUri.TryParse((isSecured ? "coaps+tcp://" : "coap+tcp://") + _peer.EndPoint)!;
    }

    public ITransport Transport => _transport;

    public ServerUri Uri { get; }

    public long NowMs => Environment.TickCount64;

    public static SslServerAuthenticationOptions ServerOptions(X509Certificate2 certificate) => new()
    {
        ServerCertificate = certificate,
        ApplicationProtocols = new List<SslApplicationProtocol> { new("coap") },
    };

    public void Pass(PumpSet pumps) => pumps.Wait(5);

    public byte[]? Take() => _peer.Take(0);

    public void Send(byte[] message) => _peer.Send(message);

    public bool Lose()
    {
        _peer.Cut();
        return true;
    }

    public bool Stall(bool isStalled)
    {
        _peer.IsStalled = isStalled;
        return true;
    }

    public void Dispose()
    {
        _transport.Dispose();
        _peer.Dispose();
        _certificate?.Dispose();
        _ca?.Dispose();
    }
}
