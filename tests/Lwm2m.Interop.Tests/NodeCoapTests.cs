using System;
using System.Linq;
using System.Text;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>npm's coap as client and as server.</summary>
[TestFixture]
internal sealed class NodeCoapTests
{
    private UdpHost _host = null!;

    [SetUp]
    public void Start() => _host = new UdpHost();

    [TearDown]
    public void Stop() => _host.Dispose();

    /// <summary>Runs the client; returns code and body of each response.</summary>
    private (string Code, byte[] Body)[] Run(string method, string path, params string[] arguments)
    {
        string[] all = new string[arguments.Length + 2];
        all[0] = method;
        all[1] = _host.Url + path;
        arguments.CopyTo(all, 2);
        using PeerProgram client = PeerProgram.Node("coap-client.js", all);
        _host.RunUntilExit(client);
        Assert.That(client.Errors, Is.Empty);
        return client.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (line.Split(' ')[0], Convert.FromHexString(line.Split(' ')[1]))).ToArray();
    }

    [Test]
    public void Client_gets_puts_posts_and_deletes()
    {
        string file = Content.File(Encoding.UTF8.GetBytes("value"));
        Assert.That(Run("PUT", "/a", file)[0].Code, Is.EqualTo("2.01"));
        (string code, byte[] body) = Run("GET", "/a")[0];
        Assert.That(code, Is.EqualTo("2.05"));
        Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo("value"));
        (code, body) = Run("POST", "/a", file)[0];
        Assert.That(code, Is.EqualTo("2.04"));
        Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo("value"));
        Assert.That(Run("DELETE", "/a")[0].Code, Is.EqualTo("2.02"));
        Assert.That(Run("GET", "/a")[0].Code, Is.EqualTo("4.04"));
    }

    [Test]
    public void Client_gets_a_large_body_in_blocks()
    {
        _host.Store["/large"] = Content.Pattern(5000);
        Assert.That(Run("GET", "/large")[0].Body, Is.EqualTo(Content.Pattern(5000)));
        Assert.That(Run("GET", "/large", "--block", "64")[0].Body, Is.EqualTo(Content.Pattern(5000)));
    }

    [Test]
    public void Client_puts_a_large_body_in_blocks()
    {
        string file = Content.File(Content.Pattern(3000));
        Assert.That(Run("PUT", "/a", file, "--block", "256")[0].Code, Is.EqualTo("2.01"));
        Assert.That(_host.Store["/a"], Is.EqualTo(Content.Pattern(3000)));
    }

    [Test]
    public void Client_gets_a_separate_response()
    {
        _host.Store["/a"] = Encoding.UTF8.GetBytes("late");
        _host.LatenessMs = 300;
        Assert.That(Encoding.UTF8.GetString(Run("GET", "/a")[0].Body), Is.EqualTo("late"));
    }

    [Test]
    public void Client_observes()
    {
        _host.Store["/a"] = Encoding.UTF8.GetBytes("0");
        using PeerProgram client = PeerProgram.Node("coap-client.js", "GET", _host.Url + "/a", "--observe", "4");
        _host.RunUntil(() => _host.Observation != null);
        client.WaitForLine();
        for (int i = 1; i <= 3; i++)
        {
            int before = _host.Acknowledged;
            _host.Notify(true, i.ToString());
            _host.RunUntil(() => _host.Acknowledged > before);
        }

        _host.RunUntilExit(client);
        Assert.That(client.Output, Is.EqualTo("2.05 30\n2.05 31\n2.05 32\n2.05 33\n"));
    }

    [Test]
    public void Server_is_asked_for_everything()
    {
        using PeerProgram server = PeerProgram.Node("coap-server.js");
        CoapPeer peer = _host.Connect(int.Parse(server.WaitForLine()));
        Assert.That(_host.Ask(_host.Request(peer, CoapCode.Get, "/store/a")).Code, Is.EqualTo(CoapCode.NotFound));
        Assert.That(_host.Ask(_host.Request(peer, CoapCode.Put, "/store/a"), Content.Pattern(20)).Code, Is.EqualTo(CoapCode.Created));
        Assert.That(_host.Ask(_host.Request(peer, CoapCode.Get, "/store/a")).Body, Is.EqualTo(Content.Pattern(20)));
        Assert.That(_host.Ask(_host.Request(peer, CoapCode.Post, "/store/a"), Content.Pattern(30)).Body, Is.EqualTo(Content.Pattern(30)));
        Assert.That(_host.Ask(_host.Request(peer, CoapCode.Delete, "/store/a")).Code, Is.EqualTo(CoapCode.Deleted));
        Assert.That(Encoding.UTF8.GetString(_host.Ask(_host.Request(peer, CoapCode.Get, "/late")).Body), Is.EqualTo("late"));
    }

    [Test]
    public void Server_sends_and_takes_large_bodies_in_blocks()
    {
        using PeerProgram server = PeerProgram.Node("coap-server.js");
        CoapPeer peer = _host.Connect(int.Parse(server.WaitForLine()));
        Assert.That(_host.Ask(_host.Request(peer, CoapCode.Get, "/large", "n=5000")).Body, Is.EqualTo(Content.Pattern(5000)));
        Assert.That(_host.Ask(_host.Request(peer, CoapCode.Put, "/store/b"), Content.Pattern(3000)).Code, Is.EqualTo(CoapCode.Created));
        Assert.That(_host.Ask(_host.Request(peer, CoapCode.Get, "/store/b")).Body, Is.EqualTo(Content.Pattern(3000)));
    }

    [Test]
    public void Server_is_observed()
    {
        using PeerProgram server = PeerProgram.Node("coap-server.js");
        CoapPeer peer = _host.Connect(int.Parse(server.WaitForLine()));
        CoapRequest request = _host.Request(peer, CoapCode.Get, "/ticks");
        request.Observe = 0;
        Assert.That(_host.Ask(request).Observe, Is.GreaterThanOrEqualTo(0));
        _host.RunUntil(() => _host.Responses.Count >= 5);
        Assert.That(_host.Responses.Select(r => Encoding.UTF8.GetString(r.Body)).Take(5), Is.EqualTo(new[] { "1", "2", "3", "4", "5" }));
    }
}
