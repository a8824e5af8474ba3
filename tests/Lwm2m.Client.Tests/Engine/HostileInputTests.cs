using System;
using System.Collections.Generic;
using System.Text;
using NUnit.Framework;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>Whatever comes in, the client answers or is silent: no exception, no changed value, no growth, and it still serves.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class HostileInputTests
{
    private const int Inputs = 200_000;

    private static readonly string[] Valid =
    {
        "CON GET /3/0/0 accept=0", "CON GET /3 accept=112", "CON GET /3/0 accept=11542", "NON GET /3/0/11/0", "CON GET /3/0 accept=40",
        "CON PUT /1/0/1 cf=0 \"300\"", "CON PUT /1/0/7 cf=0 \"U\"", "CON PUT /1/0/1 cf=60 hex:19012c",
        "CON POST /1/0 cf=11542 hex:C10265C20303F2C20507D0C10601C10755",
        "CON POST /1/0 cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"2\",\"v\":61},{\"n\":\"6\",\"vb\":true}]\"",
        "CON POST /1/0 cf=112 hex:82A3212F312F302F006132021865A200613604F5",
        "CON POST /1/0 cf=11544 hex:A1820100A202186506F5",
        "CON PUT /16/0 cf=110 \"[{\"n\":\"/16/0/0/0\",\"vs\":\"x\"}]\"",
        "CON POST /16 cf=11542 hex:8300410058", "CON DELETE /16/0", "CON DELETE /16/0/0/0",
        "CON POST /1/0/8 cf=0 \"0='U'\"", "CON PUT /3303/0/5700?pmin=10&pmax=60&gt=1.5&lt=-2&st=0.1",
        "CON GET /3303/0/5700 observe=0 accept=0", "CON GET /3303 observe=0 accept=112", "CON GET /3303/0/5700 observe=1",
        "CON PUT /1/0/1 cf=0 block1=8 \"0123456789abcdef\"", "CON GET /3/0 accept=110 block2=0", "CON FETCH / cf=112 hex:81a100662f332f302f30",
        "CON EMPTY", "RST EMPTY", "ACK 2.05 \"x\"", "CON 2.05 \"x\"",
    };

    private readonly StoredObject _sensor = new(new ObjectDefinition(3303, "1.0", Resource.ReadOnly(5700, DataType.Float, mandatory: true)));
    private readonly StoredObject _portfolio = new(new ObjectDefinition(16, "1.0",
        Resource.ReadWrite(0, DataType.String, multiple: true, mandatory: true)) { MaxInstances = 3 }) { AllowCreate = true };

    private Bed Make()
    {
        _sensor.AddInstance(0);
        _sensor.Set(0, 5700, 21.5);
        return new Bed(setUp: c =>
        {
            c.Add(_sensor);
            c.Add(_portfolio);
        }, lifetime: 0).Registered();
    }

    [Test]
    public void Mutated_requests_are_answered_or_ignored([Values(1, 20261121)] int seed)
    {
        TestContext.Out.WriteLine("seed " + seed);
        Bed bed = Make();
        bed.Wire.Counting = true;
        var random = new Random(seed);
        var corpus = new List<byte[]>();
        foreach (string line in Valid)
            corpus.Add(Trace.Build(line, 1, new byte[] { 1, 2 }));
        for (int input = 0; input < Inputs / 2; input++)
        {
            byte[] datagram = Mutate(corpus[random.Next(corpus.Count)], random);
            bed.Client.Received(0, datagram, 0, datagram.Length, bed.Now);
            if (input % 64 == 0)
                bed.Client.Poll(bed.Now);
        }

        foreach (string line in bed.Events.Lines)
            Assert.That(line, Does.Not.StartWith("threw"));
        // A mutation may be a legal Disable or a new lifetime; the client still stands.
        bed.Client.Restart();
        bed.Poll();
        bed.Wire.Counting = false;
        bed.Wire.Sent.Clear();
        bed.AdvanceSeconds(1);
        bed.Client.Restart();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Answer("ACK 2.01 location=rd/2");
        Assert.That(bed.Ask("CON GET /3303/0/5700 accept=0 mid=60000"), Is.EqualTo("ACK 2.05 cf=0 \"21.5\""));
    }

    [Test]
    public void Cbor_nested_a_thousand_deep_is_refused()
    {
        Bed bed = Make();
        foreach (string start in new[] { "81", "a1", "9f", "bf", "c1", "d9d9f7" })
        {
            string deep = new StringBuilder().Insert(0, start, 300).ToString();
            foreach (int format in new[] { 60, 112, 11544 })
                Assert.That(bed.Ask($"CON PUT /1/0/1 cf={format} hex:{deep}01"), Does.StartWith("ACK 4.00"), start + " " + format);
        }

        Assert.That(bed.Ask("CON GET /1/0/1 accept=0"), Is.EqualTo("ACK 2.05 cf=0 \"0\""));
    }

    [Test]
    public void Truncated_datagrams_of_every_length_are_survived()
    {
        Bed bed = Make();
        foreach (string line in Valid)
        {
            byte[] whole = Trace.Build(line, 9, new byte[] { 1 });
            for (int length = 0; length < whole.Length; length++)
                bed.Client.Received(0, whole, 0, length, bed.Now);
        }

        Assert.That(bed.Events.Lines, Has.None.StartsWith("threw"));
    }

    [Test]
    public void Twenty_thousand_requests_in_one_instant_are_all_served()
    {
        Bed bed = Make();
        bed.Wire.Counting = true;
        byte[] datagram = Trace.Build("CON GET /3303/0/5700 accept=0", 0, new byte[] { 1, 2, 3, 4 });
        int before = bed.Wire.Count;
        for (int request = 0; request < 20_000; request++)
        {
            datagram[2] = (byte)(request >> 8);
            datagram[3] = (byte)request;
            bed.Client.Received(0, datagram, 0, datagram.Length, bed.Now);
            Assert.That(bed.Wire.Last[1], Is.EqualTo(0x45));
        }

        Assert.That(bed.Wire.Count - before, Is.EqualTo(20_000));
    }

    private static byte[] Mutate(byte[] source, Random random)
    {
        byte[] datagram = (byte[])source.Clone();
        datagram[2] = (byte)random.Next(256);
        datagram[3] = (byte)random.Next(256);
        int changes = random.Next(4);
        for (int change = 0; change < changes && datagram.Length > 5; change++)
        {
            int at = random.Next(datagram.Length);
            switch (random.Next(5))
            {
                case 0:
                    datagram[at] = (byte)random.Next(256);
                    break;
                case 1:
                    datagram[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    Array.Resize(ref datagram, at + 1);
                    break;
                case 3:
                    int length = datagram.Length;
                    Array.Resize(ref datagram, length + random.Next(8));
                    for (int extra = length; extra < datagram.Length; extra++)
                        datagram[extra] = (byte)random.Next(256);
                    break;
                default:
                    int from = random.Next(datagram.Length);
                    int count = Math.Min(random.Next(6), datagram.Length - Math.Max(from, at));
                    Array.Copy(datagram, from, datagram, at, count);
                    break;
            }
        }

        return datagram;
    }
}
