using System;
using System.Linq;
using System.Text;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>The bootstrap server on npm's coap alone, against an endpoint that stands for a client: what it sends, byte by byte.</summary>
[TestFixture]
internal sealed class NodeBootstrapServerTests
{
    private UdpHost _host = null!;

    [SetUp]
    public void Start()
    {
        _host = new UdpHost();
        // What is in the store is answered with 2.04 when it is written.
        foreach (string path in new[] { "/0", "/1", "/bs" }) _host.Store[path] = [];
        _host.Store[""] = Encoding.UTF8.GetBytes("</>;lwm2m=1.1,</0/0>,</3/0>");
    }

    [TearDown]
    public void Stop() => _host.Dispose();

    [Test]
    public void Provisions_in_tlv()
    {
        using NodeBootstrapServer server = NodeBootstrapServer.Start("coap://a", "--ssid", "101", "--delete", "/5", "--delete", "/6/0");
        Ask(server, "ep=demo");
        Assert.That(server.Steps, Is.EqualTo(new[] { "DELETE /5 2.02", "DELETE /6/0 2.02", "GET / 2.05", "PUT /0 2.04", "PUT /1 2.04", "POST /bs 2.04" }));
        Assert.That(server.Event("request").GetProperty("endpoint").GetString(), Is.EqualTo("demo"));
        Assert.That(server.Event("done").GetProperty("ok").GetBoolean(), Is.True);
        // An instance with the resources of each account, 1 of object 0 since the client has instance 0 already.
        Assert.That(Hex("/0"), Is.EqualTo("080114" + "C80008636F61703A2F2F61" + "C10100" + "C10203" + "C10A65"));
        Assert.That(Hex("/1"), Is.EqualTo("08000D" + "C10065" + "C201012C" + "C10601" + "C10755"));
    }

    [Test]
    public void Provisions_in_senml_json()
    {
        using NodeBootstrapServer server = NodeBootstrapServer.Start("coap://a", "--format", "senml-json", "--lifetime", "86400");
        Ask(server, "ep=demo");
        Assert.That(Encoding.UTF8.GetString(_host.Store["/0"]), Is.EqualTo("[{\"bn\":\"/0/1/\",\"n\":\"0\",\"vs\":\"coap://a\"},{\"n\":\"1\",\"vb\":false},{\"n\":\"2\",\"v\":3},{\"n\":\"10\",\"v\":1}]"));
        Assert.That(Encoding.UTF8.GetString(_host.Store["/1"]), Is.EqualTo("[{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":1},{\"n\":\"1\",\"v\":86400},{\"n\":\"6\",\"vb\":true},{\"n\":\"7\",\"vs\":\"U\"}]"));
    }

    [Test]
    public void Provisions_in_senml_cbor()
    {
        using NodeBootstrapServer server = NodeBootstrapServer.Start("coap://a", "--format", "senml-cbor", "--lifetime", "86400");
        Ask(server, "ep=demo&pct=112");
        Assert.That(server.Event("request").GetProperty("query").GetString(), Is.EqualTo("ep=demo&pct=112"));
        Assert.That(Hex("/0"), Is.EqualTo("84" + "A321652F302F312F00613003" + "68636F61703A2F2F61" + "A200613104F4" + "A20061320203" + "A2006231300201"));
        Assert.That(Hex("/1"), Is.EqualTo("84" + "A321652F312F302F0061300201" + "A2006131021A00015180" + "A200613604F5" + "A2006137036155"));
    }

    [Test]
    public void Stops_at_the_first_refusal()
    {
        _host.Store.Remove("");
        using NodeBootstrapServer server = NodeBootstrapServer.Start("coap://a");
        Ask(server, "ep=demo");
        Assert.That(server.Steps, Is.EqualTo(new[] { "GET / 4.04" }));
        Assert.That(server.Event("done").GetProperty("ok").GetBoolean(), Is.False);
    }

    [Test]
    public void Refuses_who_has_no_name()
    {
        using NodeBootstrapServer server = NodeBootstrapServer.Start("coap://a");
        Assert.That(Request(server, null).Code, Is.EqualTo(CoapCode.BadRequest));
        Assert.That(server.Steps, Is.Empty);
    }

    private string Hex(string path) => Convert.ToHexString(_host.Store[path]);

    private void Ask(NodeBootstrapServer server, string query)
    {
        Assert.That(Request(server, query).Code, Is.EqualTo(CoapCode.Changed));
        _host.RunUntil(() => server.HasEvent("done"));
        Assert.That(_host.Requests.Distinct().Count(), Is.EqualTo(_host.Requests.Count), "each step once");
    }

    private (int Code, byte[] Body, int Observe) Request(NodeBootstrapServer server, string? query)
    {
        CoapRequest request = _host.Request(_host.Connect(server.Port), CoapCode.Post, "/bs");
        foreach (string parameter in query?.Split('&') ?? []) request.AddQuery(parameter);
        return _host.Ask(request);
    }
}
