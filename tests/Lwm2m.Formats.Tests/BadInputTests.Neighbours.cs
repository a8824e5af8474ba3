using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Formats.Tests;

// What lies next to bad input: unusual payloads that are read, records that are told apart, misuse by the caller.
public partial class BadInputTests
{
    [Test]
    public void Slash_may_be_escaped_in_the_names_of_json()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("[ { \"bn\" : \"\\/3\\/0\\/\" , \"n\" : \"1\\/2\" , \"v\" : 1 } ] ");
        PayloadReader reader = _formats.Reader(ContentFormat.SenmlJson)!;
        reader.Begin(bytes, 0, bytes.Length, -1, -1, -1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That((reader.ObjectId, reader.InstanceId, reader.ResourceId, reader.ResourceInstanceId), Is.EqualTo((3, 0, 1, 2)));
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));
    }

    [Test]
    public void Base_name_and_name_are_joined_as_text()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("[{\"bn\":\"/3/0/1\",\"n\":\"3\",\"v\":1},{\"n\":\"4\",\"v\":1},{\"v\":1},{\"n\":\"/2\",\"v\":1},{\"bn\":\"\",\"n\":\"/1/0/1\",\"v\":2}]");
        PayloadReader reader = _formats.Reader(ContentFormat.SenmlJson)!;
        reader.Begin(bytes, 0, bytes.Length, -1, -1, -1, -1);
        foreach ((int o, int r, int ri) in new[] { (3, 13, -1), (3, 14, -1), (3, 1, -1), (3, 1, 2), (1, 1, -1) })
        {
            Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
            Assert.That((reader.ObjectId, reader.ResourceId, reader.ResourceInstanceId), Is.EqualTo((o, r, ri)));
        }
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));
    }

    [TestCaseSource(nameof(MultiValueFormats))]
    public void Records_outside_of_the_request_are_told_and_can_be_passed_over(int contentFormat)
    {
        PayloadWriter writer = _formats.Writer(contentFormat)!;
        writer.Begin(_buffer, 0, _buffer.Length, 3, -1, -1, -1);
        Item.Write(writer, [Item.At("/3/0/1", 1L), Item.At("/3/1/1", 2L), Item.At("/3/1/2/0", 3L)]);
        PayloadReader reader = _formats.Reader(contentFormat)!;
        reader.Begin(_buffer, 0, writer.Length, 3, 1, -1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.WrongPath));
        Assert.That(reader.InstanceId, Is.Zero);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That((reader.InstanceId, reader.ResourceId, reader.ResourceInstanceId), Is.EqualTo((1, 2, 0)));
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));
    }

    [Test]
    public void Tlv_tells_how_a_resource_instance_came()
    {
        // 3/0/6/1 as instance in its resource, bare, as resource of the one id or the other: peers send all four.
        foreach ((string hex, bool fromMultiple) in new[] { ("8306410105", true), ("410105", false), ("c10105", false), ("c10605", false) })
        {
            byte[] bytes = Convert.FromHexString(hex);
            PayloadReader reader = _formats.Reader(ContentFormat.Tlv)!;
            reader.Begin(bytes, 0, bytes.Length, 3, 0, 6, 1);
            Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok), hex);
            Assert.That((reader.ResourceId, reader.ResourceInstanceId, reader.FromMultiple), Is.EqualTo((6, 1, fromMultiple)), hex);
            Assert.That(reader.GetInteger(out long value), Is.EqualTo(FormatStatus.Ok));
            Assert.That(value, Is.EqualTo(5));
            Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));
        }
    }

    [Test]
    public void Create_without_an_id_leaves_the_instance_open()
    {
        byte[] tlv = Convert.FromHexString("c1012a");
        PayloadReader reader = _formats.Reader(ContentFormat.Tlv)!;
        reader.Begin(tlv, 0, tlv.Length, 16, -1, -1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That((reader.ObjectId, reader.InstanceId, reader.ResourceId), Is.EqualTo((16, -1, 1)));

        foreach ((int contentFormat, string hex) in new[] { (ContentFormat.Tlv, "c1012a"), (ContentFormat.Lwm2mCbor, "a110a119ffffa101182a") })
        {
            PayloadWriter writer = _formats.Writer(contentFormat)!;
            writer.Begin(_buffer, 0, _buffer.Length, 16, -1, -1, -1);
            writer.Instance(16, -1);
            writer.Resource(1);
            writer.Integer(42);
            Assert.That(writer.End(), Is.EqualTo(FormatStatus.Ok));
            Assert.That(Convert.ToHexStringLower(_buffer, 0, writer.Length), Is.EqualTo(hex));
        }
    }

    [Test]
    public void Writer_refuses_what_its_caller_may_not_say()
    {
        foreach (int contentFormat in Sample.MultiValueFormats)
        {
            PayloadWriter writer = _formats.Writer(contentFormat)!;
            AssertWrong(FormatStatus.WrongPath, writer, w => { w.Instance(3, 0); w.Integer(1); });
            AssertWrong(FormatStatus.WrongPath, writer, w => { w.Instance(3, 0); w.Resource(1); w.Integer(1); w.Integer(1); });
            AssertWrong(FormatStatus.WrongPath, writer, w => w.Instance(4, 0));
            AssertWrong(FormatStatus.WrongPath, writer, w => { w.Instance(3, 0); w.ResourceInstance(1); });
            AssertWrong(FormatStatus.OutOfRange, writer, w => { w.Instance(3, 0); w.Resource(65535); });
            AssertWrong(FormatStatus.OutOfRange, writer, w => w.Instance(3, 65535));
            AssertWrong(FormatStatus.OutOfRange, writer, w => { w.Instance(3, 0); w.Multiple(1); w.ResourceInstance(-5); });
        }
        foreach (int contentFormat in new[] { ContentFormat.PlainText, ContentFormat.Cbor, ContentFormat.OctetStream })
        {
            AssertWrong(FormatStatus.Unsupported, _formats.Writer(contentFormat)!, w => w.Instance(3, 0));
            Assert.That(_formats.Reader(contentFormat)!.Begin(_buffer, 0, 1, 3, 0, -1, -1), Is.EqualTo(FormatStatus.Unsupported));
        }
        _formats.Writer(ContentFormat.Tlv)!.Begin(_buffer, 0, 100, -1, -1, -1, -1);
        Assert.That(_formats.Writer(ContentFormat.Tlv)!.End(), Is.EqualTo(FormatStatus.Unsupported));
    }

    [Test]
    public void Formats_are_found_by_number_and_drafts_are_only_read()
    {
        foreach (int contentFormat in Sample.AllFormats)
        {
            Assert.That(_formats.Reader(contentFormat)!.ContentFormat, Is.EqualTo(contentFormat));
            Assert.That(_formats.Writer(contentFormat)!.ContentFormat, Is.EqualTo(contentFormat));
        }
        Assert.That(_formats.Reader(ContentFormat.LegacyTlv), Is.SameAs(_formats.Reader(ContentFormat.Tlv)));
        Assert.That(_formats.Reader(ContentFormat.LegacyText), Is.SameAs(_formats.Reader(ContentFormat.PlainText)));
        Assert.That(_formats.Reader(ContentFormat.LegacyJson), Is.SameAs(_formats.Reader(ContentFormat.OmaJson)));
        Assert.That(_formats.Reader(ContentFormat.LegacyOpaque), Is.SameAs(_formats.Reader(ContentFormat.OctetStream)));
        foreach (int draft in new[] { 1541, 1542, 1543, 1544, 41, 12345, -1 })
            Assert.That(_formats.Writer(draft), Is.Null);
        foreach (int unknown in new[] { 41, 12345, -1, ContentFormat.LinkFormat })
            Assert.That(_formats.Reader(unknown), Is.Null);
    }

    [TestCase("c074323031332d30332d32315432303a30343a30305a", 1363896240)]
    [TestCase("c1f9bc00", -1)]
    [TestCase("c1fb41d452d9e07e6666", 1363896193)]
    [TestCase("1a5182428f", 1367491215)]
    [TestCase("3863", -100)]
    public void Time_is_read_in_all_its_cbor_forms(string hex, long seconds)
    {
        byte[] bytes = Convert.FromHexString(hex);
        PayloadReader reader = _formats.Reader(ContentFormat.Cbor)!;
        reader.Begin(bytes, 0, bytes.Length, 3, 0, 13, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(reader.GetTime(out long value), Is.EqualTo(FormatStatus.Ok));
        Assert.That(value, Is.EqualTo(seconds));
    }

    [TestCase("1970-01-01T00:00:00Z")]
    [TestCase("2000-02-29T23:59:59+02:00")]
    [TestCase("2100-03-01T00:00:00.25-11:30")]
    [TestCase("0001-01-01T00:00:00Z")]
    [TestCase("9999-12-31T23:59:59Z")]
    [TestCase("1969-12-31t23:59:58.999z")]
    public void Dates_are_what_dotnet_makes_of_them(string date)
    {
        byte[] bytes = [0xC0, 0x78, (byte)date.Length, .. Encoding.ASCII.GetBytes(date)];
        PayloadReader reader = _formats.Reader(ContentFormat.Cbor)!;
        reader.Begin(bytes, 0, bytes.Length, 3, 0, 13, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(reader.GetTime(out long value), Is.EqualTo(FormatStatus.Ok));
        DateTimeOffset expected = DateTimeOffset.Parse(date, CultureInfo.InvariantCulture);
        Assert.That(value, Is.EqualTo(expected.ToUnixTimeSeconds()));
    }

    [TestCase("2013-13-21T20:04:00Z")]
    [TestCase("2013-02-29T20:04:00Z")]
    [TestCase("2013-03-21T24:04:00Z")]
    [TestCase("2013-03-21 20:04:00Z")]
    [TestCase("2013-03-21T20:04:00")]
    [TestCase("2013-03-21T20:04:00.Z")]
    [TestCase("2013-03-21T20:04:00+2:00")]
    [TestCase("20130321T200400Z")]
    [TestCase("")]
    public void Dates_that_are_none_are_malformed(string date)
    {
        byte[] bytes = [0xC0, 0x78, (byte)date.Length, .. Encoding.ASCII.GetBytes(date)];
        PayloadReader reader = _formats.Reader(ContentFormat.Cbor)!;
        reader.Begin(bytes, 0, bytes.Length, 3, 0, 13, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(reader.GetTime(out _), Is.EqualTo(FormatStatus.Malformed));
    }

    [Test]
    public void Text_over_the_limit_makes_no_string_but_can_be_copied()
    {
        PayloadFormats small = new(new FormatLimits { MaxStringBytes = 10 });
        byte[] bytes = Encoding.UTF8.GetBytes("12345678901");
        PayloadReader reader = small.Reader(ContentFormat.PlainText)!;
        reader.Begin(bytes, 0, bytes.Length, 3, 0, 1, -1);
        reader.Next();
        Assert.That(reader.GetString(out string? text), Is.EqualTo(FormatStatus.TooLong));
        Assert.That(text, Is.Null);
        Assert.That(reader.GetUtf8(_buffer, 0, 10, out _), Is.EqualTo(FormatStatus.TooLong));
        Assert.That(reader.GetUtf8(_buffer, 0, 11, out int length), Is.EqualTo(FormatStatus.Ok));
        Assert.That(length, Is.EqualTo(11));
    }

    [Test]
    public void Any_order_is_read_and_one_made_to_cost_the_most_is_given_up()
    {
        PayloadFormats large = new(new FormatLimits { MaxRecords = 4096 });
        const int Seed = 20260304;
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        int[] anyOrder = Enumerable.Range(0, 4000).OrderBy(_ => random.Next()).ToArray();
        Assert.That(Read(large, anyOrder), Is.EqualTo((FormatStatus.End, 4000)));

        // Paths that all set the bit of the first: the multiplication that spreads them is no secret.
        int[] sameBit = Enumerable.Range(0, 65000 * 40).Where(i => Bit(i) == Bit(0)).Take(200).OrderDescending().ToArray();
        (FormatStatus status, int records) = Read(large, sameBit);
        Assert.That(status, Is.EqualTo(FormatStatus.TooMany));
        Assert.That(records, Is.LessThan(100));

        static int Bit(int i) => (int)((Packed(i) * 0x9E3779B97F4A7C15UL) >> 40) & ((4096 << 3) - 1);

        static ulong Packed(int i) => (4UL << 48) | ((ulong)((i / 65000) + 1) << 32) | ((ulong)((i % 65000) + 1) << 16);

        static (FormatStatus Status, int Records) Read(PayloadFormats formats, int[] paths)
        {
            byte[] bytes = Encoding.ASCII.GetBytes("[" + string.Join(',', paths.Select(i => $"{{\"n\":\"/3/{i / 65000}/{i % 65000}\",\"v\":1}}")) + "]");
            PayloadReader reader = formats.Reader(ContentFormat.SenmlJson)!;
            reader.Begin(bytes, 0, bytes.Length, 3, -1, -1, -1);
            int records = 0;
            FormatStatus status;
            while ((status = reader.Next()) == FormatStatus.Ok)
                records++;
            return (status, records);
        }
    }
}
