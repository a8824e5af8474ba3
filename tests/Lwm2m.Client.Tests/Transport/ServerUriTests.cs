using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Transport;

public class ServerUriTests
{
    [TestCase("coap://server.example", "coap", "server.example", 5683, false, false)]
    [TestCase("coap://server.example/", "coap", "server.example", 5683, false, false)]
    [TestCase("coaps://server.example", "coaps", "server.example", 5684, true, false)]
    [TestCase("coap+tcp://server.example", "coap+tcp", "server.example", 5683, false, true)]
    [TestCase("coaps+tcp://server.example", "coaps+tcp", "server.example", 5684, true, true)]
    [TestCase("CoAP://Server.Example:1", "coap", "Server.Example", 1, false, false)]
    [TestCase("coap://localhost:65535", "coap", "localhost", 65535, false, false)]
    [TestCase("coap://a_b-c.d:", "coap", "a_b-c.d", 5683, false, false)]
    [TestCase("coap://7.lab", "coap", "7.lab", 5683, false, false)]
    public void A_name_is_read_with_its_scheme_and_port(string text, string scheme, string host, int port, bool secure, bool tcp)
    {
        ServerUri uri = ServerUri.TryParse(text)!;
        Assert.That(uri, Is.Not.Null);
        Assert.That(uri.Scheme, Is.EqualTo(scheme));
        Assert.That(uri.Host, Is.EqualTo(host));
        Assert.That(uri.Port, Is.EqualTo(port));
        Assert.That(uri.IsSecure, Is.EqualTo(secure));
        Assert.That(uri.IsTcp, Is.EqualTo(tcp));
        Assert.That(uri.IsLiteral, Is.False);
        Assert.That(uri.PathSegments, Is.Empty);
    }

    [TestCase("coap://127.0.0.1", "127.0.0.1", 5683)]
    [TestCase("coap://255.255.255.255:7", "255.255.255.255", 7)]
    [TestCase("coap://[::1]", "::1", 5683)]
    [TestCase("coap://[::]:9", "::", 9)]
    [TestCase("coaps://[2001:db8::1]:5700", "2001:db8::1", 5700)]
    [TestCase("coap://[1:2:3:4:5:6:7:8]", "1:2:3:4:5:6:7:8", 5683)]
    [TestCase("coap://[1::]", "1::", 5683)]
    [TestCase("coap://[::ffff:192.0.2.1]", "::ffff:192.0.2.1", 5683)]
    [TestCase("coap://[fe80::1%25eth0]", "fe80::1%eth0", 5683)]
    [TestCase("coap://[fe80::1%eth0]", "fe80::1%eth0", 5683)]
    public void An_address_is_known_as_such(string text, string host, int port)
    {
        ServerUri uri = ServerUri.TryParse(text)!;
        Assert.That(uri, Is.Not.Null);
        Assert.That(uri.Host, Is.EqualTo(host));
        Assert.That(uri.Port, Is.EqualTo(port));
        Assert.That(uri.IsLiteral, Is.True);
    }

    [TestCase("coap://h/a", new[] { "a" })]
    [TestCase("coap://h:1/a/b%2Fc/", new[] { "a", "b/c", "" })]
    [TestCase("coap://[::1]/%C3%A9", new[] { "\u00e9" })]
    public void Path_segments_are_decoded(string text, string[] segments)
    {
        Assert.That(ServerUri.TryParse(text)!.PathSegments, Is.EqualTo(segments));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("coap")]
    [TestCase("coap:")]
    [TestCase("coap:/host")]
    [TestCase("coap://")]
    [TestCase("coap://:5683")]
    [TestCase("coap:///path")]
    [TestCase("http://host")]
    [TestCase("coaps+udp://host")]
    [TestCase("://host")]
    [TestCase(" coap://host")]
    [TestCase("coap://host ")]
    [TestCase("coap://ho st")]
    [TestCase("coap://h\u00f6st")]
    [TestCase("coap://user@host")]
    [TestCase("coap://host?query")]
    [TestCase("coap://host/?query")]
    [TestCase("coap://host/#fragment")]
    [TestCase("coap://host/%4")]
    [TestCase("coap://host/%zz")]
    [TestCase("coap://host:0")]
    [TestCase("coap://host:65536")]
    [TestCase("coap://host:99999999999999999999")]
    [TestCase("coap://host:-1")]
    [TestCase("coap://host:12a")]
    [TestCase("coap://1.2.3")]
    [TestCase("coap://1.2.3.4.5")]
    [TestCase("coap://1.2.3.256")]
    [TestCase("coap://1.2.3.")]
    [TestCase("coap://1234")]
    [TestCase("coap://[")]
    [TestCase("coap://[]")]
    [TestCase("coap://[::1")]
    [TestCase("coap://[:::]")]
    [TestCase("coap://[1]")]
    [TestCase("coap://[1:2:3:4:5:6:7]")]
    [TestCase("coap://[1:2:3:4:5:6:7:8:9]")]
    [TestCase("coap://[1:2:3:4:5:6:7:8::]")]
    [TestCase("coap://[1::2::3]")]
    [TestCase("coap://[12345::]")]
    [TestCase("coap://[::g]")]
    [TestCase("coap://[1:2:3:4:5:6:7:]")]
    [TestCase("coap://[:1]")]
    [TestCase("coap://[fe80::1%]")]
    [TestCase("coap://[::1.2.3]")]
    [TestCase("coap://[::1]x")]
    [TestCase("coap://::1")]
    public void What_is_no_server_uri_gives_null(string? text)
    {
        Assert.That(ServerUri.TryParse(text), Is.Null);
    }

    [Test]
    public void A_host_of_more_than_255_characters_gives_null()
    {
        Assert.That(ServerUri.TryParse("coap://" + new string('a', 255)), Is.Not.Null);
        Assert.That(ServerUri.TryParse("coap://" + new string('a', 256)), Is.Null);
    }

    [TestCase("coap://host", "coap://host:5683")]
    [TestCase("coaps://[::1]:7/a/b", "coaps://[::1]:7/a/b")]
    public void Its_text_has_the_port(string text, string whole)
    {
        Assert.That(ServerUri.TryParse(text)!.ToString(), Is.EqualTo(whole));
    }
}
