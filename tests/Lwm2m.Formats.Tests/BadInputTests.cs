using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Formats.Tests;

/// <summary>What a peer can get wrong, format by format. Each must end in a status; none may throw or hang.</summary>
public partial class BadInputTests
{
    private readonly PayloadFormats _formats = new(new FormatLimits { MaxRecords = 64 });
    private readonly byte[] _buffer = new byte[65536];

    private static IEnumerable<int> MultiValueFormats => Sample.MultiValueFormats;

    [TestCaseSource(nameof(MultiValueFormats))]
    public void Payload_cut_anywhere_is_malformed_or_has_less_records(int contentFormat)
    {
        Item[] items = Vector.Get("tlv-device-instance").Items();
        PayloadWriter writer = _formats.Writer(contentFormat)!;
        writer.Begin(_buffer, 0, _buffer.Length, 3, 0, -1, -1);
        Item.Write(writer, items);
        byte[] whole = _buffer[..writer.Length];
        for (int length = 0; length < whole.Length; length++)
        {
            // The rest is what it was: a reader that goes too far would find it.
            FormatStatus status = ReadAll(contentFormat, whole, length, [3, 0, -1, -1], out int records);
            if (contentFormat == ContentFormat.Tlv)
                Assert.That(status == FormatStatus.Malformed || (status == FormatStatus.End && records < items.Length), $"{length}: {status}");
            else
                Assert.That(status, Is.EqualTo(FormatStatus.Malformed), $"{length}");
        }
        Assert.That(ReadAll(contentFormat, whole, whole.Length, [3, 0, -1, -1], out _), Is.EqualTo(FormatStatus.End));
    }

    [TestCase("c1012ac1012b", TestName = "Duplicate_resource_in_tlv")]
    [TestCase("c1022ac10101c1022b", TestName = "Duplicate_resource_out_of_order_in_tlv")]
    [TestCase("8606410001410002", TestName = "Duplicate_resource_instance_in_tlv")]
    [TestCase("8003c1032b", TestName = "Duplicate_of_empty_multiple_resource_in_tlv")]
    [TestCase("8307410001c10701", TestName = "Duplicate_of_multiple_resource_in_tlv")]
    public void Duplicate_ids_in_tlv_are_malformed(string hex) => AssertMalformed(ContentFormat.Tlv, Convert.FromHexString(hex), [3, 0, -1, -1]);

    [Test]
    public void Duplicate_object_instances_in_tlv_are_malformed()
    {
        AssertMalformed(ContentFormat.Tlv, Convert.FromHexString("0300c1012a0300c1022a"), [3, -1, -1, -1]);
        AssertMalformed(ContentFormat.Tlv, Convert.FromHexString("00010000" + "0001"), [3, -1, -1, -1]);
    }

    [TestCase(ContentFormat.SenmlJson, "[{\"n\":\"/3/0/1\",\"v\":1},{\"n\":\"/3/0/1\",\"v\":2}]")]
    [TestCase(ContentFormat.SenmlJson, "[{\"n\":\"/3/0/5\",\"v\":1},{\"n\":\"/3/0/1\",\"v\":2},{\"n\":\"/3/0/5\",\"v\":2}]")]
    [TestCase(ContentFormat.OmaJson, "{\"bn\":\"/3/0/\",\"e\":[{\"n\":\"1\",\"v\":1},{\"n\":\"0\",\"v\":2},{\"n\":\"1\",\"v\":2}]}")]
    public void Duplicate_names_in_json_are_malformed(int contentFormat, string json) =>
        AssertMalformed(contentFormat, Encoding.UTF8.GetBytes(json), [-1, -1, -1, -1]);

    [Test]
    public void Duplicate_paths_in_lwm2m_cbor_are_malformed_however_they_are_spelt() =>
        AssertMalformed(ContentFormat.Lwm2mCbor, Convert.FromHexString("a2" + "03a100a10001" + "8303000002"), [-1, -1, -1, -1]);

    [TestCaseSource(nameof(MultiValueFormats))]
    public void Duplicate_anywhere_in_any_order_is_found_and_nothing_else_is_taken_for_one(int contentFormat)
    {
        const int Seed = 20260303;
        TestContext.Out.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        for (int n = 0; n < 2_000; n++)
        {
            int count = random.Next(2, 40);
            int[] ids = Enumerable.Range(0, 60).OrderBy(_ => random.Next()).Take(count).ToArray();
            Assert.That(ReadAll(contentFormat, Flat(contentFormat, ids, out int length), length, [3, 0, -1, -1], out int records), Is.EqualTo(FormatStatus.End));
            Assert.That(records, Is.EqualTo(count));
            int copy = random.Next(1, count);
            ids[copy] = ids[random.Next(copy)];
            Assert.That(ReadAll(contentFormat, Flat(contentFormat, ids, out length), length, [3, 0, -1, -1], out records), Is.EqualTo(FormatStatus.Malformed));
            Assert.That(records, Is.EqualTo(copy));
        }
    }

    [TestCaseSource(nameof(MultiValueFormats))]
    public void More_records_than_the_limit_are_refused(int contentFormat)
    {
        Assert.That(ReadAll(contentFormat, Flat(contentFormat, Enumerable.Range(0, 64).ToArray(), out int length), length, [3, 0, -1, -1], out _), Is.EqualTo(FormatStatus.End));
        Assert.That(ReadAll(contentFormat, Flat(contentFormat, Enumerable.Range(0, 65).ToArray(), out length), length, [3, 0, -1, -1], out _), Is.EqualTo(FormatStatus.TooMany));
    }

    [TestCase("[{\"n\":\"/3/0/70000\",\"v\":1}]")]
    [TestCase("[{\"n\":\"/70000/0/1\",\"v\":1}]")]
    [TestCase("[{\"n\":\"/3/0/65535\",\"v\":1}]")]
    [TestCase("[{\"n\":\"/3/0/99999999999999999999\",\"v\":1}]")]
    [TestCase("[{\"n\":\"/3/0/-1\",\"v\":1}]")]
    [TestCase("[{\"n\":\"/3//1\",\"v\":1}]")]
    [TestCase("[{\"n\":\"3/0/1\",\"v\":1}]")]
    [TestCase("[{\"n\":\"/3/0/1/2/3\",\"v\":1}]")]
    [TestCase("[{\"n\":\"/3/0/ 1\",\"v\":1}]")]
    public void Names_that_are_no_paths_are_told(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        PayloadReader reader = _formats.Reader(ContentFormat.SenmlJson)!;
        reader.Begin(bytes, 0, bytes.Length, -1, -1, -1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.NotAPath));
        Assert.That(reader.ObjectId, Is.EqualTo(-1));
    }

    [TestCase("a1831900030011170000" + "01")]
    [TestCase("a1831a0001117000" + "0001")]
    [TestCase("a183030019ffff01")]
    [TestCase("a19bffffffffffffffff0301")]
    [TestCase("a1830300f601")]
    [TestCase("a103a100a1008101")]
    [TestCase("a1820300" + "01")]
    [TestCase("a10305")]
    [TestCase("a1840300060" + "1a1000" + "1")]
    [TestCase("bfff00")]
    [TestCase("80")]
    [TestCase("")]
    [TestCase("a2830300000" + "1")]
    [TestCase("a1830300007affffffff41")]
    [TestCase("a1830300005bffffffffffffffff41")]
    [TestCase("bbffffffffffffffff")]
    [TestCase("ba7fffffff")]
    public void Bad_lwm2m_cbor_is_malformed(string hex)
    {
        Assert.That(hex.Length % 2, Is.Zero);
        AssertMalformed(ContentFormat.Lwm2mCbor, Convert.FromHexString(hex), [-1, -1, -1, -1]);
    }

    [TestCase("81a10201", TestName = "Senml_without_a_name")]
    [TestCase("81a0", TestName = "Senml_record_that_is_empty")]
    [TestCase("81a2200b00622f33", TestName = "Senml_of_a_newer_version")]
    [TestCase("81a200622f330262", TestName = "Senml_with_text_as_number")]
    [TestCase("81a200622f330301", TestName = "Senml_with_number_as_text")]
    [TestCase("81a300622f3302010301", TestName = "Senml_with_two_values")]
    [TestCase("81a300622f3302010202", TestName = "Senml_with_a_value_twice")]
    [TestCase("81a200622f3300622f33", TestName = "Senml_with_a_name_twice")]
    [TestCase("9affffffff", TestName = "Senml_with_four_billion_records")]
    [TestCase("9bffffffffffffffff", TestName = "Senml_with_more_records_than_numbers")]
    [TestCase("9b7fffffffffffffff", TestName = "Senml_with_length_of_int64")]
    [TestCase("9a7fffffff", TestName = "Senml_with_length_of_int32")]
    [TestCase("81bbffffffffffffffff", TestName = "Senml_with_record_of_endless_pairs")]
    [TestCase("81a1007affffffff", TestName = "Senml_with_name_of_four_billion")]
    [TestCase("81a1007bffffffffffffffff", TestName = "Senml_with_name_of_64_bits")]
    [TestCase("9f", TestName = "Senml_open_array")]
    [TestCase("9fbf", TestName = "Senml_open_map")]
    [TestCase("9fff00", TestName = "Senml_with_bytes_after_the_end")]
    [TestCase("a0", TestName = "Senml_that_is_a_map")]
    [TestCase("81a200622f3303" + "5f4101ff", TestName = "Senml_with_bytes_as_text")]
    [TestCase("81a200622f330600", TestName = "Senml_with_time_but_no_end")]
    public void Bad_senml_cbor_is_malformed(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        if (hex.EndsWith("0600", StringComparison.Ordinal))
            bytes = bytes[..^1];
        AssertMalformed(ContentFormat.SenmlCbor, bytes, [-1, -1, -1, -1]);
    }

    [TestCase("")]
    [TestCase("[")]
    [TestCase("[]x")]
    [TestCase("[,]")]
    [TestCase("{}")]
    [TestCase("[{\"n\":\"/3\"},]")]
    [TestCase("[{\"n\":\"/3\"}{}]")]
    [TestCase("[{\"n\":\"/3\",}]")]
    [TestCase("[{\"n\"}]")]
    [TestCase("[{\"n\":}]")]
    [TestCase("[{\"n\":3}]")]
    [TestCase("[{\"n\":\"/3]")]
    [TestCase("[{\"n\":\"/3\\\"]")]
    [TestCase("[{\"n\":\"/3\",\"v\":\"1\"}]")]
    [TestCase("[{\"n\":\"/3\",\"v\":tru}]")]
    [TestCase("[{\"n\":\"/3\",\"vb\":1}]")]
    [TestCase("[{\"n\":\"/3\",\"vs\":1}]")]
    [TestCase("[{\"n\":\"/3\",\"t\":\"1\",\"v\":1}]")]
    [TestCase("[{\"n\":\"/3\",\"t\":1e999,\"v\":1}]")]
    [TestCase("[{\"n\":\"/3\",\"x_\":1,\"v\":1}]")]
    [TestCase("[{\"v\":1}]")]
    [TestCase("[{}]")]
    [TestCase("[{\"n\":\"\",\"v\":1}]")]
    [TestCase("[{\"n\":\"/3\",\"v\":1,\"vs\":\"x\"}]")]
    public void Bad_senml_json_is_malformed(string json) => AssertMalformed(ContentFormat.SenmlJson, Encoding.UTF8.GetBytes(json), [-1, -1, -1, -1]);

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("{\"bn\":\"/3/\"}")]
    [TestCase("{\"e\":{}}")]
    [TestCase("{\"e\":[{\"v\":1}]}")]
    [TestCase("{\"e\":[{\"n\":\"/3/0/1\",\"v\":1}]")]
    [TestCase("{\"e\":[{\"n\":\"/3/0/1\",\"v\":1}],}")]
    [TestCase("{\"e\":[{\"n\":\"/3/0/1\",\"v\":1}]}]")]
    [TestCase("{\"e\":[{\"n\":\"/3/0/1\",\"v\":1,\"sv\":\"1\"}]}")]
    [TestCase("{\"e\":[],\"e\":[]}")]
    [TestCase("{\"bt\":\"1\",\"e\":[]}")]
    public void Bad_oma_json_is_malformed(string json) => AssertMalformed(ContentFormat.OmaJson, Encoding.UTF8.GetBytes(json), [-1, -1, -1, -1]);

    [TestCase("")]
    [TestCase("1c")]
    [TestCase("1f")]
    [TestCase("3f")]
    [TestCase("ff")]
    [TestCase("18")]
    [TestCase("1bffffffffffffff")]
    [TestCase("61")]
    [TestCase("7b7fffffffffffffff41")]
    [TestCase("7bffffffffffffffff41")]
    [TestCase("5a7fffffff41")]
    [TestCase("7f")]
    [TestCase("7f6161")]
    [TestCase("7f7f6161ffff")]
    [TestCase("7f4161ff")]
    [TestCase("7f7bffffffffffffffff41ff")]
    [TestCase("80")]
    [TestCase("a0")]
    [TestCase("f0")]
    [TestCase("f7")]
    [TestCase("f818")]
    [TestCase("c1")]
    [TestCase("dfff")]
    [TestCase("c4820102" + "03")]
    [TestCase("c48101")]
    [TestCase("c482f901")]
    [TestCase("f5f5")]
    public void Bad_cbor_is_malformed(string hex) => AssertMalformed(ContentFormat.Cbor, Convert.FromHexString(hex), [3, 0, 1, -1]);

    [Test]
    public void Cbor_nested_1000_deep_is_refused()
    {
        foreach (byte open in new byte[] { 0x81, 0x9F, 0xA1, 0xBF, 0xC1, 0xD8 })
        {
            byte[] deep = Enumerable.Repeat(open, 1000).Append((byte)1).ToArray();
            foreach (int contentFormat in new[] { ContentFormat.Cbor, ContentFormat.SenmlCbor, ContentFormat.Lwm2mCbor })
            {
                int[] request = contentFormat == ContentFormat.Cbor ? [3, 0, 1, -1] : [-1, -1, -1, -1];
                Assert.That(ReadAll(contentFormat, deep, deep.Length, request, out _), Is.EqualTo(FormatStatus.Malformed).Or.EqualTo(FormatStatus.TooDeep));
            }
            // As the value of a label that is not known, where anything may stand.
            byte[] inside = [.. Convert.FromHexString("81a200622f331863"), .. deep];
            Assert.That(ReadAll(ContentFormat.SenmlCbor, inside, inside.Length, [-1, -1, -1, -1], out _), Is.EqualTo(FormatStatus.TooDeep));
        }
    }

    [Test]
    public void Json_nested_1000_deep_is_refused()
    {
        string open = string.Concat(Enumerable.Repeat("[", 1000));
        string maps = string.Concat(Enumerable.Repeat("{\"a\":", 1000));
        foreach (string deep in new[] { open, maps })
        {
            byte[] senml = Encoding.UTF8.GetBytes("[{\"n\":\"/3\",\"x\":" + deep);
            Assert.That(ReadAll(ContentFormat.SenmlJson, senml, senml.Length, [-1, -1, -1, -1], out _), Is.EqualTo(FormatStatus.TooDeep));
            byte[] oma = Encoding.UTF8.GetBytes("{\"x\":" + deep);
            Assert.That(ReadAll(ContentFormat.OmaJson, oma, oma.Length, [-1, -1, -1, -1], out _), Is.EqualTo(FormatStatus.TooDeep));
        }
    }

    [TestCase("c3ff0102")]
    [TestCase("f801ffffff01")]
    [TestCase("f8017fffff")]
    [TestCase("e8ffff0101")]
    [TestCase("c1ff01")]
    [TestCase("e0ffff")]
    [TestCase("410001")]
    [TestCase("83078101c1")]
    [TestCase("c1")]
    [TestCase("c101")]
    [TestCase("c8")]
    [TestCase("c801")]
    [TestCase("c80101")]
    [TestCase("c1012a0300c1022a")]
    public void Bad_tlv_is_malformed(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        // The id 255 of one byte is allowed.
        if (hex == "c1ff01" || hex == "c3ff0102")
            bytes = bytes[..^1];
        AssertMalformed(ContentFormat.Tlv, bytes, [3, 0, -1, -1]);
    }

    [TestCase("c100", DataType.Integer)]
    [TestCase("c000", DataType.Integer)]
    [TestCase("c300010203", DataType.Integer)]
    [TestCase("c80005" + "0102030405", DataType.Unsigned)]
    [TestCase("c20001" + "02", DataType.Float)]
    [TestCase("c1" + "0002", DataType.Boolean)]
    [TestCase("c2000001", DataType.Boolean)]
    [TestCase("c2000001", DataType.ObjectLink)]
    [TestCase("c200c080", DataType.String)]
    [TestCase("c300eda080", DataType.String)]
    [TestCase("c400f4908080", DataType.String)]
    [TestCase("c200c328", DataType.String)]
    [TestCase("c100" + "80", DataType.CoreLink)]
    public void Tlv_value_of_wrong_length_or_content_is_refused(string hex, DataType type)
    {
        byte[] bytes = Convert.FromHexString(hex == "c100" ? "c000" : hex);
        PayloadReader reader = _formats.Reader(ContentFormat.Tlv)!;
        reader.Begin(bytes, 0, bytes.Length, 3, 0, -1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(reader.Check(type), Is.EqualTo(FormatStatus.Malformed));
        Assert.That(Item.ReadValue(reader, type, out _), Is.EqualTo(FormatStatus.Malformed));
    }

    [TestCase("1e999", DataType.Float, FormatStatus.OutOfRange)]
    [TestCase("1e999", DataType.Integer, FormatStatus.Malformed)]
    [TestCase("-1", DataType.Unsigned, FormatStatus.Malformed)]
    [TestCase("18446744073709551616", DataType.Unsigned, FormatStatus.OutOfRange)]
    [TestCase("", DataType.Integer, FormatStatus.Malformed)]
    [TestCase("", DataType.Float, FormatStatus.Malformed)]
    [TestCase("", DataType.Boolean, FormatStatus.Malformed)]
    [TestCase("2", DataType.Boolean, FormatStatus.Malformed)]
    [TestCase("66", DataType.ObjectLink, FormatStatus.Malformed)]
    [TestCase("66:", DataType.ObjectLink, FormatStatus.Malformed)]
    [TestCase(" 66:0", DataType.ObjectLink, FormatStatus.Malformed)]
    [TestCase("66:0:1", DataType.ObjectLink, FormatStatus.Malformed)]
    [TestCase("66:65536", DataType.ObjectLink, FormatStatus.Malformed)]
    [TestCase("66:100000", DataType.ObjectLink, FormatStatus.Malformed)]
    [TestCase("A", DataType.Opaque, FormatStatus.Malformed)]
    [TestCase("AQ=", DataType.Opaque, FormatStatus.Malformed)]
    [TestCase("AQ===", DataType.Opaque, FormatStatus.Malformed)]
    [TestCase("A=QI", DataType.Opaque, FormatStatus.Malformed)]
    [TestCase("AQ I", DataType.Opaque, FormatStatus.Malformed)]
    public void Bad_text_is_refused(string text, DataType type, FormatStatus expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        PayloadReader reader = _formats.Reader(ContentFormat.PlainText)!;
        reader.Begin(bytes, 0, bytes.Length, 3, 0, 1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(reader.Check(type), Is.EqualTo(expected));
        Assert.That(Item.ReadValue(reader, type, out _), Is.EqualTo(expected));
    }

    [TestCase("FFFF:FFFF", 65535, 65535)]
    [TestCase("ffff:ffff", 65535, 65535)]
    [TestCase("0:65535", 0, 65535)]
    public void Link_to_nowhere_is_read_as_the_specification_spells_it(string text, int objectId, int instanceId)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        PayloadReader reader = _formats.Reader(ContentFormat.PlainText)!;
        reader.Begin(bytes, 0, bytes.Length, 3, 0, 1, -1);
        reader.Next();
        Assert.That(reader.GetObjectLink(out int o, out int i), Is.EqualTo(FormatStatus.Ok));
        Assert.That((o, i), Is.EqualTo((objectId, instanceId)));
    }

    [TestCase("AQIDBAU=", "0102030405")]
    [TestCase("AQIDBAU", "0102030405")]
    [TestCase("-_8", "FBFF")]
    [TestCase("+/8=", "FBFF")]
    [TestCase("", "")]
    public void Base64_is_read_in_both_alphabets_with_padding_or_without(string text, string hex)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($"[{{\"n\":\"/3/0/1\",\"vd\":\"{text.Replace("/", "\\/", StringComparison.Ordinal)}\"}}]");
        PayloadReader reader = _formats.Reader(ContentFormat.SenmlJson)!;
        reader.Begin(bytes, 0, bytes.Length, -1, -1, -1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(reader.GetOpaque(_buffer, 0, _buffer.Length, out int length), Is.EqualTo(FormatStatus.Ok));
        Assert.That(Convert.ToHexString(_buffer, 0, length), Is.EqualTo(hex));
    }

    [TestCase("\\u00")]
    [TestCase("\\uD800")]
    [TestCase("\\uDC00x")]
    [TestCase("\\uD800\\u0041")]
    [TestCase("\\x")]
    [TestCase("a\u0001b")]
    [TestCase("\\u12G4")]
    public void Text_of_json_with_a_bad_escape_is_malformed(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("[{\"n\":\"/3/0/1\",\"vs\":\"" + text + "\"}]");
        PayloadReader reader = _formats.Reader(ContentFormat.SenmlJson)!;
        reader.Begin(bytes, 0, bytes.Length, -1, -1, -1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(reader.GetString(out _), Is.EqualTo(FormatStatus.Malformed));
        Assert.That(reader.GetUtf8(_buffer, 0, _buffer.Length, out _), Is.EqualTo(FormatStatus.Malformed));
        Assert.That(reader.Check(DataType.String), Is.EqualTo(FormatStatus.Malformed));
    }

    private static void AssertWrong(FormatStatus expected, PayloadWriter writer, Action<PayloadWriter> calls)
    {
        writer.Begin(new byte[200], 0, 200, 3, -1, -1, -1);
        calls(writer);
        Assert.That(writer.End(), Is.EqualTo(expected));
        Assert.That(writer.Status, Is.EqualTo(expected));
    }

    /// <summary>A payload of /3/0/id = 1 for each id in the order given, put together by hand as no writer of ours would.</summary>
    private byte[] Flat(int contentFormat, int[] ids, out int length)
    {
        List<byte> bytes = [];
        switch (contentFormat)
        {
            case ContentFormat.Tlv:
                foreach (int id in ids)
                    bytes.AddRange(id > 255 ? [0xE1, (byte)(id >> 8), (byte)id, 1] : (byte[])[0xC1, (byte)id, 1]);
                break;
            case ContentFormat.SenmlCbor:
                bytes.Add(0x9F);
                foreach (int id in ids)
                {
                    byte[] name = Encoding.ASCII.GetBytes($"/3/0/{id}");
                    bytes.AddRange([0xA2, 0, (byte)(0x60 + name.Length), .. name, 2, 1]);
                }
                bytes.Add(0xFF);
                break;
            case ContentFormat.Lwm2mCbor:
                bytes.Add(0xBF);
                foreach (int id in ids)
                    bytes.AddRange([0x83, 3, 0, 0x19, (byte)(id >> 8), (byte)id, 1]);
                bytes.Add(0xFF);
                break;
            case ContentFormat.SenmlJson:
                bytes.AddRange(Encoding.ASCII.GetBytes("[" + string.Join(',', ids.Select(id => $"{{\"n\":\"/3/0/{id}\",\"v\":1}}")) + "]"));
                break;
            default:
                bytes.AddRange(Encoding.ASCII.GetBytes("{\"bn\":\"/3/0/\",\"e\":[" + string.Join(',', ids.Select(id => $"{{\"n\":\"{id}\",\"v\":1}}")) + "]}"));
                break;
        }
        length = bytes.Count;
        return [.. bytes];
    }

    private void AssertMalformed(int contentFormat, byte[] bytes, int[] request) =>
        Assert.That(ReadAll(contentFormat, bytes, bytes.Length, request, out _), Is.EqualTo(FormatStatus.Malformed));

    private FormatStatus ReadAll(int contentFormat, byte[] bytes, int length, int[] request, out int records)
    {
        records = 0;
        PayloadReader reader = _formats.Reader(contentFormat)!;
        FormatStatus status = reader.Begin(bytes, 0, length, request[0], request[1], request[2], request[3]);
        while (status == FormatStatus.Ok)
        {
            status = reader.Next();
            if (status == FormatStatus.Ok)
                records++;
            if (status is FormatStatus.WrongPath or FormatStatus.NotAPath)
                status = FormatStatus.Ok;
        }
        Assert.That(reader.Next(), Is.EqualTo(status));
        return status;
    }
}
