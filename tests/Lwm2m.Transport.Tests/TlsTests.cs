using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Transport.Contract;
using NUnit.Framework;

namespace Lwm2m.Transport.Tests;

[CancelAfter(60_000)]
public class TlsTests
{
    private static readonly byte[] Request = { 0x51, 0x02, 0, 0, 0xAA, 0xFF, 0x31 };
    private readonly TestCa _ca = new();
    private readonly RecordedEvents _events = new();
    private TcpTransport? _transport;
    private TcpPeer? _peer;

    [SetUp]
    public void SetUp() => _events.Lines.Clear();

    [TearDown]
    public void TearDown()
    {
        _transport?.Dispose();
        _peer?.Dispose();
    }

    [OneTimeTearDown]
    public void TearDownCa() => _ca.Dispose();

    [Test]
    public void A_trusted_server_is_reached_by_name_and_told_which()
    {
        Assert.That(Connect("server.example", _ca.Issue(new[] { "server.example" })), Is.EqualTo("up 0"));
        Assert.That(_peer!.NegotiatedHost, Is.EqualTo("server.example"), "SNI");
        Assert.That(_peer.Protocol, Is.EqualTo("coap"), "ALPN (RFC 8323 8.2)");
        Assert.That(_transport!.Send(0, Request, 0, Request.Length), Is.True);
        Assert.That(_peer.Take(), Is.EqualTo(Request));
        _peer.Send(Request);
        Assert.That(_events.PumpUntil(_transport, 2)[1], Is.EqualTo("in 0 51020000AAFF31"));
    }

    [Test]
    public void Trust_may_be_der_or_one_of_several_in_pem()
    {
        using var other = new TestCa("Other");
        byte[] both = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(other.Pem) + "\n" + Encoding.UTF8.GetString(_ca.Pem));
        foreach (byte[] trust in new[] { _ca.Der, both })
        {
            _events.Lines.Clear();
            Assert.That(Connect("server.example", _ca.Issue(new[] { "server.example" }), new TlsOptions { Trust = trust }), Is.EqualTo("up 0"));
            TearDown();
        }
    }

    [Test]
    public void A_literal_address_is_compared_with_the_addresses_in_the_certificate()
    {
        Assert.That(Connect("127.0.0.1", _ca.Issue(new[] { "127.0.0.1" })), Is.EqualTo("up 0"));
        TearDown();
        _events.Lines.Clear();
        Assert.That(Connect("127.0.0.1", _ca.Issue(new[] { "127.0.0.2" })), Is.EqualTo("down 0 SecurityFailed"));
        TearDown();
        _events.Lines.Clear();
        Assert.That(Connect("127.0.0.1", _ca.Issue(new[] { "server.example" })), Is.EqualTo("down 0 SecurityFailed"));
    }

    [Test]
    public void Another_name_fails() =>
        Assert.That(Connect("server.example", _ca.Issue(new[] { "other.example" })), Is.EqualTo("down 0 SecurityFailed"));

    [Test]
    public void A_certificate_that_has_run_out_fails() =>
        Assert.That(Connect("server.example", _ca.Issue(new[] { "server.example" }, -2, -1)), Is.EqualTo("down 0 SecurityFailed"));

    [Test]
    public void A_certificate_whose_time_is_to_come_fails() =>
        Assert.That(Connect("server.example", _ca.Issue(new[] { "server.example" }, 1, 2)), Is.EqualTo("down 0 SecurityFailed"));

    [Test]
    public void A_client_certificate_is_no_server_certificate()
    {
        using X509Certificate2 client = _ca.Issue(Array.Empty<string>());
        Assert.That(Connect("lamp-1", client), Is.EqualTo("down 0 SecurityFailed"));
    }

    [Test]
    public void A_chain_to_somebody_else_fails()
    {
        using var other = new TestCa();
        Assert.That(Connect("server.example", other.Issue(new[] { "server.example" })), Is.EqualTo("down 0 SecurityFailed"));
    }

    [Test]
    public void Without_trust_of_its_own_the_systems_roots_decide() =>
        Assert.That(Connect("server.example", _ca.Issue(new[] { "server.example" }), new TlsOptions()), Is.EqualTo("down 0 SecurityFailed"));

    [Test]
    public void A_server_that_asks_for_our_certificate_gets_it()
    {
        using X509Certificate2 own = _ca.Issue(Array.Empty<string>());
        string? seen = null;
        var tls = new TlsOptions { Trust = _ca.Pem, Certificate = TestCa.PemOf(own), Key = TestCa.KeyPemOf(own) };
        Assert.That(Connect("server.example", _ca.Issue(new[] { "server.example" }), tls, c => (seen = c?.Subject) != null), Is.EqualTo("up 0"));
        Assert.That(seen, Is.EqualTo("CN=lamp-1"));

        TearDown();
        _events.Lines.Clear();
        tls = new TlsOptions { Trust = _ca.Der, Certificate = own.RawData, Key = own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKey() };
        Assert.That(Connect("server.example", _ca.Issue(new[] { "server.example" }), tls, c => c != null), Is.EqualTo("up 0"));
    }

    [Test]
    public void A_server_that_asks_for_our_certificate_in_vain_brings_the_link_down()
    {
        string told = Connect("server.example", _ca.Issue(new[] { "server.example" }), null, c => c != null);
        Assert.That(told, Is.EqualTo("down 0 SecurityFailed").Or.EqualTo("down 0 Closed"), "in TLS 1.3 some servers only hang up");
    }

    [Test]
    public void A_server_that_hangs_up_in_the_handshake_is_no_matter_of_certificates()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _transport = new TcpTransport(1);
        _transport.Open(0, ServerUri.TryParse("coaps+tcp://" + listener.LocalEndpoint)!, 0);
        Task<Socket> accepted = listener.AcceptSocketAsync();
        _events.PumpUntil(_transport, () => accepted.IsCompleted);
        accepted.Result.Dispose();
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "down 0 Closed" }));
    }

    [Test]
    public void A_server_that_is_silent_in_the_handshake_is_given_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _transport = new TcpTransport(1, connectTimeoutMs: 200);
        _transport.Open(0, ServerUri.TryParse("coaps+tcp://" + listener.LocalEndpoint)!, 0);
        Assert.That(_events.PumpUntil(_transport, 1), Is.EqualTo(new[] { "down 0 Closed" }));
    }

    [Test]
    public void A_server_without_tls_does_not_get_a_plain_word()
    {
        _peer = new TcpPeer();
        _transport = new TcpTransport(1, connectTimeoutMs: 500);
        _transport.Open(0, ServerUri.TryParse("coaps+tcp://" + _peer.EndPoint)!, 0);
        Assert.That(_events.PumpUntil(_transport, 1)[0], Does.StartWith("down 0"));
        Assert.That(_peer.Take(0), Is.Null);
    }

    [Test]
    public void A_message_in_and_out_over_tls_allocates_next_to_nothing()
    {
        Assert.That(Connect("server.example", _ca.Issue(new[] { "server.example" })), Is.EqualTo("up 0"));
        // Both ends are in this process, so this counts two SslStreams. None of it is ours.
        Assert.That(AllocationMeter.PerMessage(_transport!, _peer!, Request), Is.LessThan(1000));
    }

    [Test]
    public void What_cannot_be_read_throws()
    {
        using X509Certificate2 own = _ca.Issue(Array.Empty<string>());
        using X509Certificate2 another = _ca.Issue(Array.Empty<string>());
        Assert.That(() => new TcpTransport(1, new TlsOptions { Trust = new byte[] { 1, 2, 3 } }), Throws.InstanceOf<CryptographicException>());
        Assert.That(() => new TcpTransport(1, new TlsOptions { Trust = Encoding.UTF8.GetBytes("-----BEGIN NOTHING") }), Throws.InstanceOf<CryptographicException>());
        Assert.That(() => new TcpTransport(1, new TlsOptions { Certificate = own.RawData }), Throws.InstanceOf<CryptographicException>());
        Assert.That(
            () => new TcpTransport(1, new TlsOptions { Certificate = own.RawData, Key = TestCa.KeyPemOf(another) }),
            Throws.InstanceOf<ArgumentException>().Or.InstanceOf<CryptographicException>());
    }

    private string Connect(string host, X509Certificate2 certificate, TlsOptions? tls = null, Func<X509Certificate?, bool>? checksClient = null)
    {
        SslServerAuthenticationOptions options = TcpBench.ServerOptions(certificate);
        if (checksClient != null)
        {
            options.ClientCertificateRequired = true;
            options.RemoteCertificateValidationCallback = (_, shown, _, _) => checksClient(shown);
        }
        _peer = new TcpPeer(options);
        _transport = new TcpTransport(1, tls ?? new TlsOptions { Trust = _ca.Pem }, resolve: _ => Task.FromResult(new[] { IPAddress.Loopback }));
        _transport.Open(0, ServerUri.TryParse($"coaps+tcp://{host}:{_peer.EndPoint.Port}")!, 0);
        return _events.PumpUntil(_transport, 1)[0];
    }
}
