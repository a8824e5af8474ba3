using System;
using System.Text;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>Our endpoint asks, libcoap's coap-server answers.</summary>
[TestFixture]
internal sealed class LibcoapServerTests
{
    private UdpHost _host = null!;
    private PeerProgram? _server;
    private CoapPeer _peer = null!;

    [SetUp]
    public void Start()
    {
        int port = Content.FreePort();
        _server = PeerProgram.Libcoap("coap-server-notls", "-A", "127.0.0.1", "-p", port.ToString(), "-d", "10");
        Connect(port);
        // The first request may come before the server listens; its retransmission will not.
        Assert.That(Ask(CoapCode.Get, "/").Code, Is.EqualTo(CoapCode.Content));
    }

    [TearDown]
    public void Stop()
    {
        _server?.Dispose();
        _host?.Dispose();
    }

    private void Connect(int port)
    {
        _host = new UdpHost(limits => limits.AckTimeoutMs = 300);
        _peer = _host.Connect(port);
    }

    private (int Code, byte[] Body, int Observe) Ask(int code, string path, byte[]? body = null, string? query = null) =>
        _host.Ask(_host.Request(_peer, code, path, query), body);

    [Test]
    public void Get() => Assert.That(Encoding.UTF8.GetString(Ask(CoapCode.Get, "/").Body), Does.Contain("libcoap"));

    [Test]
    public void Get_of_what_is_not_there() => Assert.That(Ask(CoapCode.Get, "/nowhere").Code, Is.EqualTo(CoapCode.NotFound));

    [Test]
    public void Get_in_blocks_of_the_size_that_was_asked_for()
    {
        CoapRequest request = _host.Request(_peer, CoapCode.Get, "/.well-known/core");
        request.Block2 = BlockOption.Encode(0, false, 1);
        byte[] body = _host.Ask(request).Body;
        Assert.That(body, Has.Length.GreaterThan(64));
        Assert.That(Encoding.UTF8.GetString(body), Does.StartWith("</").And.Contain("</time>"));
    }

    [Test]
    public void Non_confirmable()
    {
        CoapRequest request = _host.Request(_peer, CoapCode.Get, "/");
        request.Confirmable = false;
        Assert.That(_host.Ask(request).Code, Is.EqualTo(CoapCode.Content));
    }

    [TestCase(5)]
    [TestCase(1024)]
    [TestCase(5000)]
    public void Put_then_get_then_delete(int length)
    {
        byte[] body = Content.Pattern(length);
        Assert.That(Ask(CoapCode.Put, "/mine", body).Code, Is.EqualTo(CoapCode.Created));
        Assert.That(Ask(CoapCode.Get, "/mine").Body, Is.EqualTo(body));
        Assert.That(Ask(CoapCode.Put, "/mine", body[1..]).Code, Is.EqualTo(CoapCode.Changed));
        Assert.That(Ask(CoapCode.Get, "/mine").Body, Is.EqualTo(body[1..]));
        Assert.That(Ask(CoapCode.Delete, "/mine").Code, Is.EqualTo(CoapCode.Deleted));
    }

    [Test]
    public void Separate_response()
    {
        (int code, byte[] body, _) = Ask(CoapCode.Get, "/async", query: "1");
        Assert.That(code, Is.EqualTo(CoapCode.Content));
        Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo("done"));
    }

    [Test]
    public void Observe_and_cancel()
    {
        CoapRequest request = _host.Request(_peer, CoapCode.Get, "/time");
        request.Observe = 0;
        byte[] token = request.Token[..request.TokenLength];
        int first = _host.Ask(request).Observe;
        Assert.That(first, Is.GreaterThanOrEqualTo(0));
        int before = _host.Responses.Count;
        _host.RunUntil(() => _host.Responses.Count >= before + 2);
        Assert.That(ObserveSequence.IsNewer(first, 0, _host.Responses[^1].Observe, 0), Is.True);

        CoapRequest cancel = _host.Request(_peer, CoapCode.Get, "/time");
        cancel.Observe = 1;
        cancel.SetToken(token, 0, token.Length);
        Assert.That(_host.Ask(cancel).Observe, Is.EqualTo(-1));
    }

    [Test]
    public void Ping()
    {
        Assert.That(_host.Endpoint.Ping(_peer, 9, 0), Is.True);
        _host.RunUntil(() => _host.Acknowledged == 1);
    }
}
