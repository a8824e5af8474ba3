using System;
using System.IO;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Interop.Tests;

/// <summary>libcoap's coap-client asks, our endpoint answers.</summary>
[TestFixture]
internal sealed class LibcoapClientTests
{
    private UdpHost _host = null!;

    [SetUp]
    public void Start() => _host = new UdpHost();

    [TearDown]
    public void Stop() => _host.Dispose();

    /// <summary>Runs coap-client on a path; returns what it got.</summary>
    private byte[] Run(string path, params string[] arguments) => Run(out _, path, arguments);

    private byte[] Run(out string errors, string path, params string[] arguments)
    {
        string file = Content.File(Array.Empty<byte>());
        string[] all = new string[arguments.Length + 5];
        arguments.CopyTo(all, 0);
        new[] { "-B", "30", "-o", file, _host.Url + path }.CopyTo(all, arguments.Length);
        using PeerProgram client = PeerProgram.Libcoap("coap-client-notls", all);
        _host.RunUntilExit(client);
        errors = client.Errors;
        return File.ReadAllBytes(file);
    }

    [Test]
    public void Get()
    {
        _host.Store["/3/0/0"] = Encoding.UTF8.GetBytes("Acme");
        Assert.That(Encoding.UTF8.GetString(Run("/3/0/0")), Is.EqualTo("Acme"));
        Assert.That(_host.Requests, Is.EqualTo(new[] { "1 /3/0/0" }));
    }

    [Test]
    public void Get_non_confirmable()
    {
        _host.Store["/a"] = Encoding.UTF8.GetBytes("non");
        Assert.That(Encoding.UTF8.GetString(Run("/a", "-N")), Is.EqualTo("non"));
    }

    [Test]
    public void Get_of_what_is_not_there()
    {
        Run(out string errors, "/nowhere");
        Assert.That(errors, Does.Contain("4.04"));
    }

    [Test]
    public void Get_answered_by_a_separate_response()
    {
        _host.Store["/a"] = Encoding.UTF8.GetBytes("late");
        _host.LatenessMs = 300;
        Assert.That(Encoding.UTF8.GetString(Run("/a")), Is.EqualTo("late"));
        Assert.That(_host.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("16")]
    [TestCase("64")]
    [TestCase("1024")]
    [TestCase(null)]
    public void Get_of_a_large_body_in_blocks(string? size)
    {
        _host.Store["/large"] = Content.Pattern(5000);
        byte[] got = size == null ? Run("/large") : Run("/large", "-b", size);
        Assert.That(got, Is.EqualTo(Content.Pattern(5000)));
        Assert.That(_host.Requests, Has.Count.EqualTo(1), "all blocks from one snapshot");
    }

    [TestCase("put", "3 /a")]
    [TestCase("post", "2 /a")]
    public void Write(string method, string request)
    {
        byte[] answer = Run("/a", "-m", method, "-e", "value");
        Assert.That(Encoding.UTF8.GetString(_host.Store["/a"]), Is.EqualTo("value"));
        Assert.That(_host.Requests, Is.EqualTo(new[] { request }));
        if (method == "post") Assert.That(Encoding.UTF8.GetString(answer), Is.EqualTo("value"));
    }

    [TestCase("put", "16", 1000)]
    [TestCase("put", "64", 5000)]
    [TestCase("post", "1024", 5000)]
    [TestCase("put", null, 3000)]
    public void Write_of_a_large_body_in_blocks(string method, string? size, int length)
    {
        string file = Content.File(Content.Pattern(length));
        byte[] answer = size == null ? Run("/a", "-m", method, "-f", file) : Run("/a", "-m", method, "-b", size, "-f", file);
        Assert.That(_host.Store["/a"], Is.EqualTo(Content.Pattern(length)));
        Assert.That(_host.Requests, Has.Count.EqualTo(1));
        if (method == "post") Assert.That(answer, Is.EqualTo(Content.Pattern(length)));
    }

    [Test]
    public void Write_in_smaller_blocks_than_the_client_began_with()
    {
        _host.Dispose();
        _host = new UdpHost(limits => limits.BlockSize = 64);
        Run("/a", "-m", "put", "-b", "512", "-f", Content.File(Content.Pattern(2000)));
        Assert.That(_host.Store["/a"], Is.EqualTo(Content.Pattern(2000)));
    }

    [Test]
    public void Write_over_the_limit_is_refused()
    {
        _host.Dispose();
        _host = new UdpHost(limits => limits.MaxPayloadBytes = 2048);
        Run(out string errors, "/a", "-m", "put", "-f", Content.File(Content.Pattern(5000)));
        Assert.That(errors, Does.Contain("4.13"));
        Assert.That(_host.Store, Is.Empty);
    }

    [Test]
    public void Delete()
    {
        _host.Store["/a"] = new byte[1];
        Run("/a", "-m", "delete");
        Assert.That(_host.Store, Is.Empty);
    }

    [Test]
    public void Unknown_critical_option_is_refused()
    {
        _host.Store["/a"] = new byte[1];
        Run(out string errors, "/a", "-O", "2049,x");
        Assert.That(errors, Does.Contain("4.02"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Observe(bool confirmable)
    {
        _host.Store["/a"] = Encoding.UTF8.GetBytes("0;");
        string file = Content.File(Array.Empty<byte>());
        using PeerProgram client = PeerProgram.Libcoap("coap-client-notls", "-s", "3", "-o", file, _host.Url + "/a");
        _host.RunUntil(() => _host.Observation != null);
        for (int i = 1; i <= 5; i++)
        {
            int before = _host.Acknowledged;
            _host.Notify(confirmable, i + ";");
            if (confirmable) _host.RunUntil(() => _host.Acknowledged > before);
        }

        _host.RunUntilExit(client);
        Assert.That(File.ReadAllText(file), Does.StartWith("0;1;2;3;4;5;"));
        Assert.That(_host.Observation, Is.Null, "the client has deregistered");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Observe_of_a_large_body(bool keepsKeys)
    {
        _host.KeepsKeys = keepsKeys;
        _host.Store["/a"] = Encoding.UTF8.GetBytes(new string('0', 2000));
        string file = Content.File(Array.Empty<byte>());
        using PeerProgram client = PeerProgram.Libcoap("coap-client-notls", "-s", "3", "-o", file, _host.Url + "/a");
        _host.RunUntil(() => _host.Observation != null);
        _host.RunUntil(() => File.Exists(file) && new FileInfo(file).Length >= 2000);
        _host.Notify(true, new string('1', 2100));
        _host.RunUntilExit(client);
        bool whole = File.ReadAllText(file).StartsWith(new string('0', 2000) + new string('1', 2100), StringComparison.Ordinal);
        Assert.That(whole, Is.True);
        Assert.That(_host.Requests, Has.Count.EqualTo(keepsKeys ? 2 : 3), "the rest of the notification comes from its snapshot");
    }

    [Test]
    public void Lost_datagrams_are_made_good()
    {
        _host.Store["/large"] = Content.Pattern(300);
        byte[] got = Run("/large", "-b", "64", "-l", "2,4");
        Assert.That(got, Is.EqualTo(Content.Pattern(300)));
    }
}
