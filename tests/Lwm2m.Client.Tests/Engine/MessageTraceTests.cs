using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>The readable trace: one line for each message, and no secrets.</summary>
public class MessageTraceTests
{
    private static readonly byte[] Token = { 0x0A, 0x0B };

    private static List<string> Traced(Action<Bed> act)
    {
        var lines = new List<string>();
        var bed = new Bed(o => o.Trace = new MessageTrace(lines.Add), lifetime: 0);
        act(bed);
        return lines;
    }

    private static string Line(string message, bool isOutgoing = false)
    {
        var lines = new List<string>();
        byte[] datagram = Trace.Build(message, 7, Token);
        new MessageTrace(lines.Add).Message(null, isOutgoing, datagram, 0, datagram.Length, 5);
        return lines.Single();
    }

    [Test]
    public void Registration_and_a_read_are_a_line_for_each_message()
    {
        List<string> lines = Traced(bed =>
        {
            bed.Registered();
            bed.AdvanceSeconds(1.5);
            bed.Ask("CON GET /3/0/16 mid=99 token=0a0b accept=0");
        });
        Assert.That(lines[0], Does.Match("^0\\.000 1 -> CON POST /rd\\?ep=abc&lt=0&lwm2m=1\\.1&b=U cf=40 mid=[0-9]+ token=[0-9a-f]{8} len=13 \"</1/0>,</3/0>\"$"));
        Assert.That(lines[1], Does.Match("^0\\.000 1 <- ACK 2\\.01 location=/rd/5a3f mid=[0-9]+ token=[0-9a-f]{8}$"));
        Assert.That(lines.Skip(2), Is.EqualTo(new[]
        {
            "1.500 1 <- CON GET /3/0/16 accept=0 mid=99 token=0a0b",
            "1.500 1 -> ACK 2.05 cf=0 mid=99 token=0a0b len=1 \"U\""
        }));
    }

    [TestCase("CON GET /3 observe=0 block2=38", "CON GET /3 observe=0 block2=2/0/1024 mid=7 token=0a0b")]
    [TestCase("CON PUT /3/0 cf=11542 hex:0102030405060708090a0b0c0d0e0f1011 block1=9", "CON PUT /3/0 block1=0/1/32 cf=11542 mid=7 token=0a0b len=17 TLV 0102030405060708090a0b0c0d0e0f10...")]
    [TestCase("ACK 4.04 \"no such\"", "ACK 4.04 mid=7 token=0a0b len=7 \"no such\"")]
    [TestCase("CON POST /dp cf=112 hex:80", "CON POST /dp cf=112 mid=7 token=0a0b len=1 SenML-CBOR 80")]
    public void Options_and_payloads_are_named(string message, string line) => Assert.That(Line(message), Is.EqualTo("0.000 bs <- " + line));

    [Test]
    public void Long_texts_are_cut_and_what_breaks_a_line_is_told_by_its_code()
    {
        Assert.That(Line("CON PUT /3/0/15 cf=0 hex:610a62"), Does.EndWith("len=3 \"a\\u000ab\""));
        Assert.That(Line("CON PUT /3/0/15 cf=0 \"" + new string('x', 100) + "\""), Does.EndWith("len=100 \"" + new string('x', 60) + "...\""));
    }

    [TestCase("CON PUT /0/1 cf=11542 hex:C8050353454352")]
    [TestCase("CON PUT /0/1/5 cf=0 \"SECRET\"")]
    [TestCase("CON PUT /21/0 cf=110 \"SECRET\"")]
    [TestCase("CON PUT / cf=112 \"SECRET\"")]
    [TestCase("ACK 2.05 cf=112 \"SECRET\"")]
    public void Keys_are_never_shown(string message)
    {
        string line = Line(message);
        Assert.That(line, Does.EndWith("(hidden)"));
        Assert.That(line, Does.Not.Contain("SEC").And.Not.Contain("534543"));
    }

    [Test]
    public void What_is_no_message_is_said_to_be_none()
    {
        var lines = new List<string>();
        var trace = new MessageTrace(lines.Add);
        trace.Message(null, false, new byte[] { 1, 2 }, 0, 2, 0);
        Assert.That(lines.Single(), Does.StartWith("0.000 bs <- no CoAP message (").And.EndsWith("2 bytes"));
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++)
        {
            var noise = new byte[random.Next(40)];
            random.NextBytes(noise);
            if (noise.Length > 0)
                noise[0] = (byte)(0x40 | (noise[0] & 0x3F));
            trace.Message(null, false, noise, 0, noise.Length, round);
        }

        Assert.That(lines, Has.Count.EqualTo(20_001).And.All.Not.Contains("\n"));
    }
}
