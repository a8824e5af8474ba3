using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Lwm2m.Coap;
using Lwm2m.Transport;
using Lwm2m.Transport.Contract;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>Our endpoint asks over TCP and TLS, libcoap's coap-server answers.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class LibcoapStreamServerTests
{
    private const string Name = "server.example";

    private readonly bool _isSecured;
    private readonly TestCa _ca = new();
    private PeerProgram? _server;
    private TcpHost _host = null!;

    public LibcoapStreamServerTests(bool isSecured) => _isSecured = isSecured;

    [TearDown]
    public void Stop()
    {
        _host?.Dispose();
        _server?.Dispose();
        _server = null;
    }

    [OneTimeTearDown]
    public void ForgetCa() => _ca.Dispose();

    [Test]
    public void Get()
    {
        Start();
        Assert.That(Encoding.UTF8.GetString(_host.Ask(CoapCode.Get, "/").Body), Does.Contain("libcoap"));
        Assert.That(_host.Ask(CoapCode.Get, "/nowhere").Code, Is.EqualTo(CoapCode.NotFound));
    }

    [TestCase(5)]
    [TestCase(1024)]
    [TestCase(5000)]
    public void Put_then_get_then_delete(int length)
    {
        Start();
        byte[] body = Content.Pattern(length);
        Assert.That(_host.Ask(CoapCode.Put, "/mine", body).Code, Is.EqualTo(CoapCode.Created));
        Assert.That(_host.Ask(CoapCode.Get, "/mine").Body, Is.EqualTo(body));
        Assert.That(_host.Ask(CoapCode.Delete, "/mine").Code, Is.EqualTo(CoapCode.Deleted));
    }

    [Test]
    public void Separate_response()
    {
        Start();
        (int code, byte[] body, _) = _host.Ask(CoapCode.Get, "/async", query: "1");
        Assert.That(code, Is.EqualTo(CoapCode.Content));
        Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo("done"));
    }

    [Test]
    public void Observe_and_cancel()
    {
        Start();
        CoapRequest request = _host.Request(CoapCode.Get, "/time");
        request.Observe = 0;
        byte[] token = request.Token[..request.TokenLength];
        Assert.That(_host.Ask(request).Observe, Is.GreaterThanOrEqualTo(0));
        int before = _host.Responses.Count;
        _host.RunUntil(() => _host.Responses.Count >= before + 2);
        CoapRequest cancel = _host.Request(CoapCode.Get, "/time");
        cancel.Observe = 1;
        cancel.SetToken(token, 0, token.Length);
        Assert.That(_host.Ask(cancel).Observe, Is.EqualTo(-1));
    }

    [Test]
    public void A_server_that_ends_brings_the_link_down_once()
    {
        Start();
        int before = _host.Downs;
        _server!.Dispose();
        _server = null;
        _host.RunUntil(() => _host.IsUp == false);
        Assert.That(_host.Downs, Is.EqualTo(before + 1));
    }

    [TestCase("wrong name")]
    [TestCase("expired")]
    [TestCase("untrusted")]
    public void A_certificate_with_a_flaw_ends_in_no_connection(string flaw)
    {
        if (!_isSecured) Assert.Pass("Nothing is checked without TLS.");
        using var other = new TestCa();
        X509Certificate2 certificate = flaw switch
        {
            "wrong name" => _ca.Issue(["other.example"]),
            "expired" => _ca.Issue([Name], -2, -1),
            _ => other.Issue([Name]),
        };
        Assert.That(Start(certificate), Is.False);
        Assert.That(_host.Failure, Is.EqualTo(LinkFailure.SecurityFailed));
        Assert.That(_host.Downs, Is.GreaterThan(0));
    }

    [Test]
    public void A_server_that_wants_a_certificate_gets_ours()
    {
        if (!_isSecured) Assert.Pass("Nothing is checked without TLS.");
        using X509Certificate2 own = _ca.Issue([]);
        Assert.That(Start(null, new TlsOptions { Trust = _ca.Pem, Certificate = TestCa.PemOf(own), Key = TestCa.KeyPemOf(own) }, true), Is.True);
        Assert.That(Encoding.UTF8.GetString(_host.Ask(CoapCode.Get, "/").Body), Does.Contain("libcoap"));
    }

    private void Start() => Assert.That(Start(null), Is.True);

    private bool Start(X509Certificate2? certificate, TlsOptions? tls = null, bool asksForOurs = false)
    {
        int port = Content.FreePorts();
        var arguments = new List<string> { "-A", "127.0.0.1", "-p", port.ToString(), "-d", "10" };
        if (_isSecured)
        {
            certificate ??= _ca.Issue([Name]);
            arguments.AddRange(["-c", Content.File(TestCa.PemOf(certificate)), "-j", Content.File(TestCa.KeyPemOf(certificate))]);
            arguments.AddRange(asksForOurs ? ["-R", Content.File(_ca.Pem)] : ["-n"]);
        }

        _server = PeerProgram.Libcoap("coap-server-openssl", arguments.ToArray());
        _host = new TcpHost(tls ?? new TlsOptions { Trust = _ca.Pem });
        return _host.Connect(_isSecured ? $"coaps+tcp://{Name}:{port + 1}" : $"coap+tcp://127.0.0.1:{port}");
    }
}
