using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.Linq;
using System.Numerics;
using NUnit.Framework;

namespace Lwm2m.Formats.Tests;

/// <summary>Our CBOR against that of .NET, over generated input, both ways.</summary>
public class CborComparisonTests
{
    private const int Seed = 20260306;
    private readonly PayloadFormats _formats = new(new FormatLimits { MaxDepth = 16 });
    private readonly byte[] _buffer = new byte[8192];

    [Test]
    public void Values_are_written_as_canonical_cbor_of_dotnet()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        PayloadWriter writer = _formats.Writer(ContentFormat.Cbor)!;
        for (int n = 0; n < 100_000; n++)
        {
            object value = Sample.Value(random);
            writer.Begin(_buffer, 0, _buffer.Length, 3, 0, 1, -1);
            writer.Resource(1);
            Item.WriteValue(writer, value);
            Assert.That(writer.End(), Is.EqualTo(FormatStatus.Ok));
            // Ctap2 keeps the width of floats; canonical takes the smallest.
            CborWriter net = new(CborConformanceMode.Canonical);
            Write(net, value);
            byte[] expected = net.Encode();
            if (!_buffer.AsSpan(0, writer.Length).SequenceEqual(expected))
                Assert.Fail($"{Item.Text(value)}: {Convert.ToHexString(_buffer, 0, writer.Length)} instead of {Convert.ToHexString(expected)}");
        }
    }

    [Test]
    public void Random_items_of_dotnet_are_read_as_dotnet_reads_them()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        PayloadReader reader = _formats.Reader(ContentFormat.Cbor)!;
        int values = 0;
        for (int n = 0; n < 100_000; n++)
        {
            object value = Sample.Value(random);
            CborWriter net = new(CborConformanceMode.Lax);
            if (random.Next(4) == 0)
                WriteChunks(net, value, random);
            else
                Write(net, value);
            byte[] bytes = net.Encode();
            reader.Begin(bytes, 0, bytes.Length, 3, 0, 1, -1);
            FormatStatus status = reader.Next();
            Assert.That(status, Is.EqualTo(FormatStatus.Ok));
            Assert.That(Item.ReadValue(reader, Item.TypeOf(value), out object? back), Is.EqualTo(FormatStatus.Ok));
            Assert.That(Item.Same(back, value), $"{Item.Text(value)} came as {Item.Text(back)}");
            Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));
            values++;
        }
        Assert.That(values, Is.EqualTo(100_000));
    }

    [Test]
    public void Random_bytes_are_well_formed_to_us_when_they_are_to_dotnet()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        PayloadReader reader = _formats.Reader(ContentFormat.SenmlCbor)!;
        int good = 0;
        for (int n = 0; n < 200_000; n++)
        {
            // As the value of a label that nobody knows, where any item may stand.
            byte[] item = RandomItem(random);
            byte[] bytes = [0x81, 0xA2, 0x00, 0x64, (byte)'/', (byte)'3', (byte)'/', (byte)'0', 0x18, 0x63, .. item];
            reader.Begin(bytes, 0, bytes.Length, -1, -1, -1, -1);
            FormatStatus status = reader.Next();
            if (status == FormatStatus.Ok)
                status = reader.Next();
            bool net = IsWellFormed(item, out int depth);
            if (depth > 14)
                continue;
            good += net ? 1 : 0;
            if (net != (status == FormatStatus.End))
                Assert.Fail($"{Convert.ToHexString(item)}: {status}, .NET says {net}");
        }
        Assert.That(good, Is.GreaterThan(10_000));
    }

    [Test]
    public void Whole_numbers_are_the_nearest_doubles_where_a_float_is_asked_for()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        PayloadReader reader = _formats.Reader(ContentFormat.Cbor)!;
        for (int n = 0; n < 50_000; n++)
        {
            ulong argument = (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            if (n == 0)
                argument = ulong.MaxValue;
            if (n % 7 == 0)
                argument = (argument & 0xFFFFFFFFFFFFF800) | 0x400;
            foreach (bool negative in new[] { false, true })
            {
                CborWriter net = new();
                if (negative)
                    net.WriteCborNegativeIntegerRepresentation(argument);
                else
                    net.WriteUInt64(argument);
                byte[] bytes = net.Encode();
                BigInteger exact = negative ? -1 - (BigInteger)argument : argument;
                reader.Begin(bytes, 0, bytes.Length, 3, 0, 1, -1);
                Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
                Assert.That(reader.GetFloat(out double value), Is.EqualTo(FormatStatus.Ok));
                double expected = double.Parse(exact.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
                if (value != expected)
                    Assert.Fail($"{exact}: {value:R} instead of {expected:R}");
            }
        }
    }

    [Test]
    public void Decimal_fractions_are_what_dotnet_makes_of_them()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        PayloadReader reader = _formats.Reader(ContentFormat.Cbor)!;
        for (int n = 0; n < 50_000; n++)
        {
            long mantissa = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            int exponent = random.Next(-340, 310);
            CborWriter net = new(CborConformanceMode.Lax);
            net.WriteTag(CborTag.DecimalFraction);
            net.WriteStartArray(2);
            net.WriteInt32(exponent);
            net.WriteInt64(mantissa);
            net.WriteEndArray();
            byte[] bytes = net.Encode();
            double expected = double.Parse($"{mantissa}e{exponent}", System.Globalization.CultureInfo.InvariantCulture);
            reader.Begin(bytes, 0, bytes.Length, 3, 0, 1, -1);
            Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
            FormatStatus status = reader.GetFloat(out double value);
            if (double.IsInfinity(expected) ? status != FormatStatus.OutOfRange : status != FormatStatus.Ok || value != expected)
                Assert.Fail($"{mantissa}e{exponent}: {value:R}, {status}");
        }
    }

    [Test]
    public void Lwm2m_cbor_is_readable_to_dotnet_and_says_the_same()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        PayloadWriter writer = _formats.Writer(ContentFormat.Lwm2mCbor)!;
        for (int n = 0; n < 3_000; n++)
        {
            int level = random.Next(3);
            Item[] items = Sample.Items(random, level, n % 20 == 0 ? 100 : 10);
            writer.Begin(_buffer, 0, _buffer.Length, level > 0 ? 3 : -1, level > 1 ? 0 : -1, -1, -1);
            if (Item.Write(writer, items) == FormatStatus.BufferFull)
                continue;
            CborReader net = new(_buffer.AsMemory(0, writer.Length), CborConformanceMode.Lax);
            SortedDictionary<string, int> paths = [];
            Walk(net, "", paths);
            Assert.That(net.BytesRemaining, Is.Zero);
            Assert.That(paths.Keys, Is.EquivalentTo(items.Select(i => i.Path)));
        }
    }

    private static void Walk(CborReader net, string path, SortedDictionary<string, int> paths)
    {
        if (net.PeekState() != CborReaderState.StartMap)
        {
            paths.Add(path, 1);
            net.SkipValue();
            return;
        }
        net.ReadStartMap();
        while (net.PeekState() != CborReaderState.EndMap)
        {
            string key = path;
            if (net.PeekState() == CborReaderState.StartArray)
            {
                net.ReadStartArray();
                while (net.PeekState() != CborReaderState.EndArray)
                    key += "/" + net.ReadUInt32();
                net.ReadEndArray();
            }
            else
                key += "/" + net.ReadUInt32();
            Walk(net, key, paths);
        }
        net.ReadEndMap();
    }

    private static void Write(CborWriter net, object value)
    {
        switch (value)
        {
            case string s: net.WriteTextString(s); break;
            case CoreLink l: net.WriteTextString(l.Text); break;
            case ObjectLink l: net.WriteTextString($"{l.ObjectId}:{l.InstanceId}"); break;
            case long i: net.WriteInt64(i); break;
            case ulong u: net.WriteUInt64(u); break;
            case UnixTime t:
                net.WriteTag(CborTag.UnixTimeSeconds);
                net.WriteInt64(t.Seconds);
                break;
            case bool b: net.WriteBoolean(b); break;
            case byte[] b: net.WriteByteString(b); break;
            case double d:
                if ((double)(Half)d == d)
                    net.WriteHalf((Half)d);
                else if ((double)(float)d == d)
                    net.WriteSingle((float)d);
                else
                    net.WriteDouble(d);
                break;
            default: throw new ArgumentException(value.GetType().Name);
        }
    }

    private static void WriteChunks(CborWriter net, object value, Random random)
    {
        if (value is byte[] bytes)
        {
            net.WriteStartIndefiniteLengthByteString();
            for (int at = 0; at < bytes.Length;)
            {
                int count = random.Next(bytes.Length - at + 1);
                net.WriteByteString(bytes.AsSpan(at, count));
                at += count;
            }
            net.WriteEndIndefiniteLengthByteString();
            return;
        }
        string? text = value as string ?? (value as CoreLink)?.Text;
        if (text is null)
        {
            Write(net, value);
            return;
        }
        net.WriteStartIndefiniteLengthTextString();
        foreach (System.Text.Rune rune in text.EnumerateRunes())
            net.WriteTextString(rune.ToString());
        net.WriteEndIndefiniteLengthTextString();
    }

    /// <summary>Bytes that often are an item: heads with small arguments, some broken.</summary>
    private static byte[] RandomItem(Random random)
    {
        List<byte> bytes = [];
        Add(bytes, random, 0);
        if (random.Next(6) == 0 && bytes.Count > 0)
            bytes[random.Next(bytes.Count)] = (byte)random.Next(256);
        if (random.Next(10) == 0)
            bytes.RemoveAt(bytes.Count - 1);
        return [.. bytes];
    }

    private static void Add(List<byte> bytes, Random random, int depth)
    {
        int major = random.Next(depth > 5 ? 4 : 8);
        int argument = random.Next(4);
        switch (major)
        {
            case 2 or 3:
                if (random.Next(5) == 0)
                {
                    bytes.Add((byte)((major << 5) | 31));
                    for (int i = 0; i < argument; i++)
                        bytes.AddRange([(byte)((major << 5) | 1), (byte)'x']);
                    bytes.Add(0xFF);
                    break;
                }
                bytes.Add((byte)((major << 5) | argument));
                bytes.AddRange(Enumerable.Repeat((byte)'a', argument));
                break;
            case 4 or 5:
                bool open = random.Next(4) == 0;
                bytes.Add((byte)((major << 5) | (open ? 31 : argument)));
                for (int i = 0; i < argument * (major - 3); i++)
                {
                    // Keys that differ: .NET refuses the same key twice only in stricter modes, but keep them apart.
                    Add(bytes, random, depth + 1);
                }
                if (open)
                    bytes.Add(0xFF);
                break;
            case 6:
                bytes.Add((byte)(0xC0 | (6 + argument)));
                Add(bytes, random, depth + 1);
                break;
            case 7:
                byte[] simple = [0xF4, 0xF5, 0xF6, 0xF7, 0xE0, 0xF9, 0xFA, 0xFB];
                byte first = simple[random.Next(simple.Length)];
                bytes.Add(first);
                bytes.AddRange(new byte[first switch { 0xF9 => 2, 0xFA => 4, 0xFB => 8, _ => 0 }]);
                break;
            default:
                bytes.Add((byte)((major << 5) | (24 + argument)));
                bytes.AddRange(new byte[1 << argument]);
                break;
        }
    }

    private static bool IsWellFormed(byte[] item, out int depth)
    {
        depth = 0;
        try
        {
            CborReader net = new(item, CborConformanceMode.Lax);
            while (net.PeekState() != CborReaderState.Finished)
            {
                depth = Math.Max(depth, net.CurrentDepth);
                switch (net.PeekState())
                {
                    case CborReaderState.StartArray: net.ReadStartArray(); break;
                    case CborReaderState.EndArray: net.ReadEndArray(); break;
                    case CborReaderState.StartMap: net.ReadStartMap(); break;
                    case CborReaderState.EndMap: net.ReadEndMap(); break;
                    case CborReaderState.Tag: net.ReadTag(); depth++; break;
                    default: net.SkipValue(); break;
                }
            }
            return net.BytesRemaining == 0;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }
}
