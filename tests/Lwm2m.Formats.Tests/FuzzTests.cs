using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Formats.Tests;

/// <summary>Each parser gets changed vectors, changed valid messages and random bytes: whatever comes, it ends in a status.</summary>
public class FuzzTests
{
    private const int Seed = 20260305;
    private const int Inputs = 200_000;
    private const int Room = 512;

    private readonly PayloadFormats _formats = new(new FormatLimits { MaxRecords = 64, MaxStringBytes = 64 });
    private readonly byte[] _into = new byte[1024];
    private readonly byte[] _written = new byte[2048];

    private static IEnumerable<int> Formats => Sample.AllFormats;

    [TestCaseSource(nameof(Formats))]
    public void Reader_ends_whatever_comes(int contentFormat)
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed + contentFormat);
        List<byte[]> corpus = Corpus(contentFormat);
        PayloadReader reader = _formats.Reader(contentFormat)!;
        int[] seen = new int[16];
        byte[] input = new byte[Room];
        byte[] original = new byte[Room];
        for (int n = 0; n < Inputs; n++)
        {
            if (n % 20 == 0)
                corpus[random.Next(corpus.Count)] = Valid(contentFormat, random);
            int length = Mutate(random, corpus, input);
            input.AsSpan().CopyTo(original);
            int[] request = Request(random, contentFormat);
            int offset = random.Next(length + 1);
            offset = random.Next(4) == 0 ? offset : 0;
            try
            {
                FormatStatus status = Read(reader, input, offset, length - offset, request);
                seen[(int)status]++;
            }
            catch (Exception e) when (e is not AssertionException)
            {
                Assert.Fail($"input {n} {Convert.ToHexString(input, offset, length - offset)} for {string.Join('/', request)}: {e}");
            }
            if (!input.AsSpan().SequenceEqual(original))
                Assert.Fail($"input {n} was changed");
        }
        // The inputs are neither all refused nor all taken.
        Assert.That(seen[(int)FormatStatus.End], Is.GreaterThan(Inputs / 100));
        if (contentFormat is not (ContentFormat.PlainText or ContentFormat.OctetStream))
            Assert.That(seen[(int)FormatStatus.Malformed], Is.GreaterThan(Inputs / 20));
    }

    [Test]
    public void Link_reader_ends_whatever_comes()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        List<byte[]> corpus = Vector.All.Where(v => v.Format == "CoRE link").Select(v => v.Bytes).ToList();
        LinkReader reader = new(_formats.Numbers);
        byte[] input = new byte[Room];
        int good = 0;
        for (int n = 0; n < Inputs; n++)
        {
            int length = Mutate(random, corpus, input);
            try
            {
                reader.Begin(input, 0, length, random.Next(2) == 0 ? "" : "/lwm2m");
                int links = 0;
                while (reader.Next() == FormatStatus.Ok)
                {
                    Assert.That(++links, Is.LessThanOrEqualTo(length));
                    Assert.That(reader.TargetOffset + reader.TargetLength, Is.LessThanOrEqualTo(length));
                    while (random.Next(4) != 0 && reader.NextAttribute() == FormatStatus.Ok)
                    {
                        Assert.That(reader.NameOffset + reader.NameLength, Is.LessThanOrEqualTo(length));
                        Assert.That(reader.ValueOffset + reader.ValueLength, Is.LessThanOrEqualTo(length));
                        reader.GetText(out _);
                        reader.GetInteger(out _);
                        reader.GetFloat(out _);
                        reader.NameIs("pmin");
                    }
                }
                if (reader.Next() == FormatStatus.End)
                    good++;
            }
            catch (Exception e) when (e is not AssertionException)
            {
                Assert.Fail($"input {n} {Encoding.Latin1.GetString(input, 0, length)}: {e}");
            }
        }
        Assert.That(good, Is.GreaterThan(Inputs / 100));
    }

    [Test]
    public void Number_parsers_end_whatever_comes()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        List<byte[]> corpus = new[] { "0", "-750", "18446744073709551615", "9223372036854775808", "0.00000000006667", "1e999", "4.9406564584124654e-324",
            "2.2250738585072011e-308", "1.7976931348623157e308", "9007199254740993.00000000000000000000001", new string('9', 400), "0." + new string('0', 350) + "1",
            "1" + new string('0', 300) + "e-300", "1e-999999999999", "-1.5E+10" }.Select(Encoding.ASCII.GetBytes).ToList();
        Numbers numbers = _formats.Numbers;
        byte[] input = new byte[Room];
        for (int n = 0; n < Inputs; n++)
        {
            int length = Mutate(random, corpus, input, "0123456789.eE+-");
            try
            {
                numbers.ParseFloat(input, 0, length, out _);
                Numbers.Parse(input, 0, length, out _);
                Numbers.ParseUnsigned(input, 0, length, out _);
            }
            catch (Exception e)
            {
                Assert.Fail($"input {n} {Encoding.Latin1.GetString(input, 0, length)}: {e}");
            }
        }
    }

    [Test]
    public void Reading_and_writing_allocate_nothing()
    {
        foreach (int contentFormat in Sample.AllFormats)
        {
            bool isSingle = contentFormat is ContentFormat.PlainText or ContentFormat.Cbor or ContentFormat.OctetStream;
            bool isOpaque = contentFormat == ContentFormat.OctetStream;
            byte[] opaque = [1, 2, 3];
            long before = 0;
            for (int n = 0; n < 200; n++)
            {
                if (n == 100)
                    before = GC.GetAllocatedBytesForCurrentThread();
                PayloadWriter writer = _formats.Writer(contentFormat)!;
                writer.Begin(_written, 0, _written.Length, 3, 0, isSingle ? 5 : -1, -1);
                for (int r = 0; r < (isSingle ? 1 : 8); r++)
                {
                    writer.Resource(isSingle ? 5 : r);
                    if (isOpaque || r == 1)
                        writer.Opaque(opaque, 0, 3);
                    else if (r == 2)
                        writer.String("Lightweight \"M2M\" Client");
                    else if (r == 3)
                        writer.ObjectLink(66, 0);
                    else
                        writer.Float(0.1 + 0.2 + r);
                }
                writer.End();
                PayloadReader reader = _formats.Reader(contentFormat)!;
                reader.Begin(_written, 0, writer.Length, 3, 0, isSingle ? 5 : -1, -1);
                while (reader.Next() == FormatStatus.Ok)
                {
                    reader.GetFloat(out _);
                    reader.GetUtf8(_into, 0, _into.Length, out _);
                    reader.GetOpaque(_into, 0, _into.Length, out _);
                    reader.GetObjectLink(out _, out _);
                }
            }
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, contentFormat.ToString());
        }
    }

    private FormatStatus Read(PayloadReader reader, byte[] input, int offset, int count, int[] request)
    {
        FormatStatus status = reader.Begin(input, offset, count, request[0], request[1], request[2], request[3]);
        int steps = 0;
        while (status == FormatStatus.Ok)
        {
            status = reader.Next();
            // A record takes a byte at least; a text may be empty.
            if (++steps > count + 2)
                Assert.Fail($"{steps} records out of {count} bytes");
            if (status is FormatStatus.WrongPath or FormatStatus.NotAPath)
                status = FormatStatus.Ok;
            else if (status != FormatStatus.Ok)
                break;
            Values(reader, steps & 63, offset + count);
        }
        if (reader.Next() != status)
            Assert.Fail($"{status} does not stay");
        return status;
    }

    /// <summary>Asks for the value as every type, with room that is too small, just right and more.</summary>
    private void Values(PayloadReader reader, int room, int end)
    {
        for (DataType type = DataType.None; type <= DataType.CoreLink; type++)
        {
            FormatStatus check = reader.Check(type);
            FormatStatus status = Item.ReadValue(reader, type, out _);
            if (check != status && status != FormatStatus.TooLong)
                Assert.Fail($"{type}: check says {check}, getter {status}");
            if (status == FormatStatus.Ok && reader.Kind != RecordKind.Value)
                Assert.Fail($"{type} out of {reader.Kind}");
        }
        _into.AsSpan().Fill(0xA5);
        FormatStatus text = reader.GetUtf8(_into, 1, 1 + room, out int length);
        if (length > room || (text != FormatStatus.Ok && length != 0))
            Assert.Fail($"{length} bytes of text in room for {room}, {text}");
        reader.GetOpaque(_into, 1, 1 + room, out length);
        if (length > room || _into.AsSpan(1 + room).IndexOfAnyExcept((byte)0xA5) >= 0)
            Assert.Fail("wrote too far");
        if (reader.PrefixLength > 0 && reader.PrefixOffset + reader.PrefixLength > end)
            Assert.Fail("prefix is outside");
    }

    private static List<byte[]> Corpus(int contentFormat)
    {
        List<byte[]> corpus = Vector.All.Where(v => v.ContentFormat == contentFormat || (v.ContentFormat == 322 && contentFormat == 112)).Select(v => v.Bytes).ToList();
        corpus.AddRange(Enumerable.Repeat(Array.Empty<byte>(), 16));
        return corpus;
    }

    private byte[] Valid(int contentFormat, Random random)
    {
        bool isSingle = contentFormat is ContentFormat.PlainText or ContentFormat.Cbor or ContentFormat.OctetStream;
        int level = contentFormat == ContentFormat.Tlv ? random.Next(1, 3) : random.Next(3);
        Item[] items = isSingle ? [new Item(3, 0, 1, -1, Sample.Value(random))] : Sample.Items(random, level, 6);
        PayloadWriter writer = _formats.Writer(contentFormat)!;
        writer.Begin(_written, 0, _written.Length, isSingle || level > 0 ? 3 : -1, isSingle || level > 1 ? 0 : -1, isSingle ? 1 : -1, -1);
        return Item.Write(writer, items) == FormatStatus.Ok ? _written[..writer.Length] : [];
    }

    private static int[] Request(Random random, int contentFormat)
    {
        int level = contentFormat is ContentFormat.PlainText or ContentFormat.Cbor or ContentFormat.OctetStream ? random.Next(3, 5) : random.Next(5);
        int[] request = [-1, -1, -1, -1];
        for (int i = 0; i < level; i++)
            request[i] = i == 0 ? 3 : random.Next(3);
        return request;
    }

    /// <summary>Fills the buffer from one entry or two, changed in up to eight places.</summary>
    private static int Mutate(Random random, List<byte[]> corpus, byte[] into, string? alphabet = null)
    {
        byte[] seed = corpus[random.Next(corpus.Count)];
        int length = Math.Min(seed.Length, into.Length - 64);
        seed.AsSpan(0, length).CopyTo(into);
        if (random.Next(50) == 0)
        {
            length = random.Next(64);
            random.NextBytes(into.AsSpan(0, length));
        }
        for (int changes = random.Next(9); changes > 0; changes--)
        {
            int at = random.Next(length + 1);
            switch (random.Next(8))
            {
                case 0 when at < length:
                    into[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < length:
                    into[at] = alphabet is null ? (byte)random.Next(256) : (byte)alphabet[random.Next(alphabet.Length)];
                    break;
                case 2 when at < length:
                    byte[] telling = [0, 1, 0x7F, 0x80, 0xFF, 0x18, 0x19, 0x1A, 0x1B, 0x5F, 0x7F, 0x9F, 0xBF, 0xF6, (byte)'"', (byte)'\\', (byte)'{', (byte)']', (byte)','];
                    into[at] = telling[random.Next(telling.Length)];
                    break;
                case 3:
                    length = at;
                    break;
                case 4 when length < into.Length - 1:
                    Array.Copy(into, at, into, at + 1, length - at);
                    into[at] = alphabet is null ? (byte)random.Next(256) : (byte)alphabet[random.Next(alphabet.Length)];
                    length++;
                    break;
                case 5 when at < length:
                    Array.Copy(into, at + 1, into, at, length - at - 1);
                    length--;
                    break;
                case 6:
                    int count = Math.Min(random.Next(16), Math.Min(length - at, into.Length - length));
                    if (count <= 0)
                        break;
                    Array.Copy(into, at, into, length, count);
                    length += count;
                    break;
                case 7:
                    byte[] other = corpus[random.Next(corpus.Count)];
                    int part = Math.Min(other.Length, into.Length - at);
                    int from = random.Next(other.Length + 1);
                    part = Math.Min(part, other.Length - from);
                    other.AsSpan(from, part).CopyTo(into.AsSpan(at));
                    length = Math.Max(length, at + part);
                    break;
            }
        }
        return length;
    }
}
