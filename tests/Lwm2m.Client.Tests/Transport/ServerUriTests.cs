using Lwm2m.Coap;
using Lwm2m.Transport;
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

    [TestCase("tel:+491701234567", "+491701234567", "tel:+491701234567")]
    [TestCase("TEL:0170123", "0170123", "tel:0170123")]
    [TestCase("tel:+1-212-555.0178", "+1-212-555.0178", "tel:+1-212-555.0178")]
    [TestCase("tel:+12345678901234567890", "+12345678901234567890", "tel:+12345678901234567890")]
    public void A_number_is_reached_by_short_message(string text, string number, string whole)
    {
        ServerUri uri = ServerUri.TryParse(text)!;
        Assert.That(uri, Is.Not.Null);
        Assert.That(uri.IsSms, Is.True);
        Assert.That(uri.IsNonIp || uri.IsTcp || uri.IsSecure || uri.IsLiteral, Is.False);
        Assert.That(uri.Host, Is.EqualTo(number));
        Assert.That(uri.Port, Is.Zero);
        Assert.That(uri.PathSegments, Is.Empty);
        Assert.That(uri.ToString(), Is.EqualTo(whole));
    }

    [TestCase("coap+nidd://lwm2m.nidd", "lwm2m.nidd", false, "coap+nidd://lwm2m.nidd")]
    [TestCase("CoAPs+NIDD://iot-1.example/a", "iot-1.example", true, "coaps+nidd://iot-1.example/a")]
    public void An_access_point_is_reached_without_IP(string text, string apn, bool secure, string whole)
    {
        ServerUri uri = ServerUri.TryParse(text)!;
        Assert.That(uri, Is.Not.Null);
        Assert.That(uri.IsNonIp, Is.True);
        Assert.That(uri.IsSms || uri.IsTcp, Is.False);
        Assert.That(uri.IsSecure, Is.EqualTo(secure));
        Assert.That(uri.Host, Is.EqualTo(apn));
        Assert.That(uri.Port, Is.Zero);
        Assert.That(uri.ToString(), Is.EqualTo(whole));
    }

    [TestCase("coap://h", true)]
    [TestCase("coaps://h", false)]
    [TestCase("coap+tcp://h", false)]
    [TestCase("tel:+491701234567", false)]
    [TestCase("coap+nidd://h", false)]
    [TestCase("coaps+nidd://h", false)]
    public void Udp_reaches_coap_alone(string text, bool reaches)
    {
        using var udp = new UdpTransport(1);
        Assert.That(udp.CanOpen(0, ServerUri.TryParse(text)!), Is.EqualTo(reaches));
    }

    [TestCase("tel:")]
    [TestCase("tel:+")]
    [TestCase("tel:+-1")]
    [TestCase("tel:+123456789012345678901")]
    [TestCase("tel:+49a")]
    [TestCase("tel:++49")]
    [TestCase("tel: 49")]
    [TestCase("tel://49")]
    [TestCase("sms:+49170")]
    [TestCase("coap+nidd://")]
    [TestCase("coap+nidd://apn:")]
    [TestCase("coap+nidd://apn:5683")]
    [TestCase("nidd://apn")]
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
