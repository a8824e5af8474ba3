using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>What goes out can be read again, and nothing that comes in throws or reads beyond its end.</summary>
[TestFixture]
internal sealed class SmsFuzzTests
{
    [Test]
    public void What_is_written_is_read_again()
    {
        Random random = Seeded(out int seed);
        for (int round = 0; round < 500; round++)
        {
            bool wide = random.Next(2) == 0;
            SmsOptions options = new() { WideReferences = wide, DestinationPort = random.Next(3) == 0 ? random.Next(65536) : -1, SourcePort = random.Next(65536) };
            int maxParts = 1 + random.Next(12);
            byte[] message = new byte[random.Next(maxParts * 127)];
            random.NextBytes(message);
            string sender = random.Next(2) == 0 ? "+" + random.Next(1, int.MaxValue) : "0" + random.Next(1000, int.MaxValue);
            Assert.That(Carry(random, options, maxParts, message, sender), Is.EqualTo(message), "seed " + seed + " round " + round);
        }
    }

    [Test]
    public void Nothing_that_comes_in_throws()
    {
        Random random = Seeded(out int seed);
        List<byte[]> corpus = new()
        {
            Convert.FromHexString("00440b912121550571f8000462111220510000160b05040b84c0020003420201010603c4af9a4402b60b"),
            Convert.FromHexString("07919471060040340406D041E11000F56211122051000003AABBCC"),
            Pdus.Part("+12125550178", 7, 2, 1, new byte[134]),
            Pdus.Part("0170123", 7, 2, 2, new byte[3]),
            Pdus.Deliver("5", new byte[] { 2, 0x70, 0 }, new byte[5]),
        };
        SmsPdu pdu = new();
        SmsAssembler assembler = new(2, 3, 1000);
        int taken = 0;
        for (int round = 0; round < 100_000; round++)
        {
            byte[] octets = Mutate(random, corpus[random.Next(corpus.Count)]);
            int offset = random.Next(3);
            byte[] buffer = new byte[offset + octets.Length];
            octets.CopyTo(buffer, offset);
            try
            {
                if (pdu.Read(buffer, offset, octets.Length) != SmsStatus.Ok)
                    continue;
                taken++;
                bool isWithin = pdu.DataLength >= 0 && pdu.DataOffset + pdu.DataLength <= buffer.Length && pdu.Part >= 1 && pdu.Part <= pdu.Parts;
                if (pdu.DestinationPort == WapPush.Port)
                    isWithin &= WapPush.HeaderLength(buffer, pdu.DataOffset, pdu.DataLength) <= pdu.DataLength;
                if (pdu.Parts > 1 && assembler.Add(buffer, pdu, round))
                    isWithin &= assembler.Length <= 3 * SmsAssembler.PartBytes;
                if (!isWithin)
                    Assert.Fail("seed " + seed + " round " + round + ": " + Convert.ToHexString(octets));
            }
            catch (Exception thrown) when (thrown is not AssertionException)
            {
                Assert.Fail("seed " + seed + " round " + round + ": " + Convert.ToHexString(octets) + " " + thrown);
            }
        }

        Assert.That(taken, Is.GreaterThan(1000));
    }

    // An SMS-SUBMIT becomes the SMS-DELIVER of it, as a service centre does; the parts arrive shuffled and partly twice.
    private static byte[]? Carry(Random random, SmsOptions options, int maxParts, byte[] message, string sender)
    {
        SmsSubmit submit = new(options);
        bool isLong = message.Length > submit.DataBytes(false);
        int room = submit.DataBytes(isLong);
        int parts = isLong ? (message.Length + room - 1) / room : 1;
        int reference = random.Next(65536);
        List<byte[]> delivered = new();
        for (int part = 1; part <= parts; part++)
        {
            byte[] data = message[((part - 1) * room)..Math.Min(message.Length, part * room)];
            byte[] pdu = Pdus.Submit(options, "+4917012345", data, reference, parts, part, out int tpdu);
            Assert.That(pdu, Has.Length.EqualTo(1 + tpdu));
            bool hasHeader = (pdu[1] & 0x40) != 0;
            byte[] userData = pdu[(3 + 2 + 5 + 2 + 1)..];
            int header = hasHeader ? 1 + userData[0] : 0;
            delivered.Add(Pdus.Deliver(sender, userData[..header], userData[header..]));
            if (random.Next(4) == 0)
                delivered.Add(delivered[^1]);
        }

        byte[][] shuffled = delivered.ToArray();
        random.Shuffle(shuffled);
        SmsPdu read = new();
        SmsAssembler assembler = new(2, maxParts + 1, 60_000);
        foreach (byte[] octets in shuffled)
        {
            Assert.That(read.Read(octets, 0, octets.Length), Is.EqualTo(SmsStatus.Ok));
            Assert.That(read.DestinationPort, Is.EqualTo(options.DestinationPort));
            if (read.Parts == 1)
                return octets[read.DataOffset..(read.DataOffset + read.DataLength)];
            if (assembler.Add(octets, read, 0))
                return assembler.Buffer[assembler.Offset..(assembler.Offset + assembler.Length)];
        }

        return null;
    }

    private static byte[] Mutate(Random random, byte[] from)
    {
        byte[] octets = (byte[])from.Clone();
        int mutations = random.Next(4);
        for (int i = 0; i < mutations && octets.Length > 0; i++)
        {
            int at = random.Next(octets.Length);
            switch (random.Next(4))
            {
                case 0:
                    octets[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    octets[at] = (byte)random.Next(256);
                    break;
                case 2:
                    octets = octets[..at];
                    break;
                default:
                    octets = [.. octets, .. new byte[random.Next(200)]];
                    break;
            }
        }

        return octets;
    }

    private static Random Seeded(out int seed)
    {
        seed = Environment.TickCount;
        TestContext.Out.WriteLine("seed " + seed);
        return new Random(seed);
    }
}
