using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Lwm2m.Samples;
using Lwm2m.Transport.Contract;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>libcoap's coap-client registers at our server over TCP and TLS.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class LibcoapStreamClientTests
{
    private readonly bool _isSecured;
    private readonly TestCa _ca = new();
    private LocalServer _server = null!;

    public LibcoapStreamClientTests(bool isSecured) => _isSecured = isSecured;

    [SetUp]
    public void Start() => _server = LocalServer.Start(Options(_ca.Issue(["127.0.0.1"])));

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [OneTimeTearDown]
    public void ForgetCa() => _ca.Dispose();

    [TestCase(2)]
    [TestCase(200)]
    [TestCase(1000)]
    public void Register(int instances)
    {
        string links = string.Join(",", Enumerable.Range(0, instances).Select(i => $"</3303/{i}>"));
        string file = Content.File(System.Text.Encoding.UTF8.GetBytes(links));
        Run("/rd?ep=abc&lt=300&lwm2m=1.1&b=T", "-m", "post", "-t", "40", "-f", file);
        Registration registration = _server.Find("abc")!;
        Assert.That(registration, Is.Not.Null);
        Assert.That(registration.Binding, Is.EqualTo("T"));
        Assert.That(registration.Links, Has.Count.EqualTo(instances));
    }

    [Test]
    public void A_place_that_is_not_there() => Assert.That(Run("/nowhere"), Does.Contain("4.04"));

    [Test]
    public async Task A_client_without_trust_in_the_server_does_not_come_in()
    {
        if (!_isSecured) Assert.Pass("Nothing is checked without TLS.");
        using var other = new TestCa();
        await _server.DisposeAsync();
        _server = LocalServer.Start(Options(other.Issue(["127.0.0.1"])));
        Run("/rd?ep=abc&lt=300&lwm2m=1.1&b=T", "-m", "post", "-t", "40", "-e", "</3/0>");
        Assert.That(_server.Registrations, Is.Empty);
    }

    [Test]
    public async Task A_client_that_the_server_does_not_trust_does_not_come_in()
    {
        if (!_isSecured) Assert.Pass("Nothing is checked without TLS.");
        using var other = new TestCa();
        await _server.DisposeAsync();
        LocalServerOptions options = Options(_ca.Issue(["127.0.0.1"]));
        options.Trust = [X509CertificateLoader.LoadCertificate(other.Der)];
        _server = LocalServer.Start(options);
        Run("/rd?ep=abc&lt=300&lwm2m=1.1&b=T", "-m", "post", "-t", "40", "-e", "</3/0>");
        Assert.That(_server.Registrations, Is.Empty);
    }

    private static LocalServerOptions Options(X509Certificate2 certificate) =>
        new() { Port = 0, TcpPort = 0, TlsPort = 0, Certificate = certificate };

    /// <summary>Runs coap-client; returns what it complained about.</summary>
    private string Run(string path, params string[] arguments)
    {
        var all = new List<string>(arguments) { "-B", "10", "-o", Content.File(Array.Empty<byte>()) };
        if (_isSecured)
        {
            using X509Certificate2 own = _ca.Issue([]);
            all.AddRange(["-c", Content.File(TestCa.PemOf(own)), "-j", Content.File(TestCa.KeyPemOf(own)), "-R", Content.File(_ca.Pem)]);
        }
        all.Add((_isSecured ? _server.TlsUri : _server.TcpUri) + path);
        using PeerProgram client = PeerProgram.Libcoap("coap-client-openssl", all.ToArray());
        client.WaitForExit();
        TestContext.Out.WriteLine(client.Errors + client.Output);
        return client.Errors + client.Output;
    }
}
