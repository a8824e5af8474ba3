using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Lwm2m.Formats.Tests;

/// <summary>Every entry of vectors.json that is a payload, read and, where there is one way to write it, written.</summary>
public class VectorTests
{
    private static readonly string[] s_payloadFormats =
        ["TLV", "LwM2M CBOR", "SenML CBOR", "SenML-ETCH CBOR", "SenML JSON", "OMA JSON"];

    /// <summary>Entries that say the same in more bytes or in another order than ours, and why.</summary>
    private static readonly Dictionary<string, string> s_notAsWeWrite = new()
    {
        ["lcbor-3-0-0-nested"] = "nested form",
        ["lcbor-create-unassigned"] = "key of two ids where we nest",
        ["lcbor-indefinite"] = "indefinite lengths",
        ["lcbor-mixed-levels"] = "array keys inside an inner map",
        ["lcbor-prefix"] = "gateway prefix",
        ["scbor-257"] = "root as base name",
        ["scbor-base-middle"] = "base time changes; a half that is not followed by a time",
        ["scbor-indefinite"] = "indefinite lengths",
        ["scbor-base-value"] = "base value",
        ["scbor-float16"] = "base name after the value",
        ["etch-delete"] = "name where we have a base name",
        ["scbor-rfc8428"] = "names are no LwM2M paths",
        ["scbor-decimal-u64"] = "decimal fraction",
        ["json-base-middle"] = "exponent",
        ["json-hist"] = "object as base name",
        ["json-send"] = "no base name",
        ["json-vd"] = "no base name",
        ["json-int-exact"] = "escapes that need not be",
        ["omajson-hist"] = "entries without names",
    };

    private readonly PayloadFormats _formats = new(new FormatLimits());
    private readonly byte[] _buffer = new byte[2048];

    private static IEnumerable<string> Ids(Func<Vector, bool> wanted) => Vector.All.Where(wanted).Select(v => v.Id);

    private static IEnumerable<string> Payloads => Ids(v => s_payloadFormats.Contains(v.Format) && !v.MustFail && !IsHeader(v));

    private static IEnumerable<string> Written => Payloads.Where(id => !s_notAsWeWrite.ContainsKey(id));

    private static IEnumerable<string> Failing => Ids(v => v.MustFail && v.Format is not ("CoRE link" or "CoAP" or "OSCORE")
        && (s_payloadFormats.Contains(v.Format) || v.Format is "CBOR" or "text"));

    private static IEnumerable<string> Headers => Ids(IsHeader);

    private static IEnumerable<string> CborItems => Ids(v => v.Format == "CBOR" && !v.MustFail);

    private static IEnumerable<string> Texts => Ids(v => v.Format == "text" && !v.MustFail);

    private static IEnumerable<string> Links => Ids(v => v.Format == "CoRE link" && !v.MustFail);

    private static IEnumerable<string> FailingLinks => Ids(v => v.Format == "CoRE link" && v.MustFail);

    [TestCaseSource(nameof(Payloads))]
    public void Payload_is_read(string id)
    {
        Vector vector = Vector.Get(id);
        Item[] expected = id == "scbor-rfc8428" ? NamesThatAreNoPaths(vector) : vector.Items();
        // The id that means "pick one" is an absent one to us, as in TLV.
        if (id == "lcbor-create-unassigned")
            expected = Array.ConvertAll(expected, item => item with { Instance = -1 });
        PayloadReader reader = _formats.Reader(vector.ContentFormat)!;
        (int o, int i) = RequestPath(vector, expected);
        Assert.That(reader.Begin(vector.Bytes, 0, vector.Bytes.Length, o, i, -1, -1), Is.EqualTo(FormatStatus.Ok));
        foreach (Item item in expected)
        {
            Assert.That(reader.Next(), Is.EqualTo(id == "scbor-rfc8428" ? FormatStatus.NotAPath : FormatStatus.Ok), item.ToString());
            Assert.That(Current(reader, item), Is.EqualTo(item.ToString()));
        }
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));
        if (id == "lcbor-prefix")
            Assert.That(Encoding.ASCII.GetString(vector.Bytes, reader.PrefixOffset, 4), Is.EqualTo("dev1"));
    }

    [TestCaseSource(nameof(Written))]
    public void Payload_is_written_byte_for_byte(string id)
    {
        Vector vector = Vector.Get(id);
        Item[] items = vector.Items();
        PayloadWriter writer = _formats.Writer(vector.ContentFormat)!;
        (int o, int i, int r, int ri) = WrittenFor(vector, items);
        // Joining a key with the one below it takes a byte more until it is done.
        int spare = id == "lcbor-composite" ? 1 : 0;
        writer.Begin(_buffer, 5, 5 + vector.Bytes.Length + spare, o, i, r, ri);
        Assert.That(Item.Write(writer, items), Is.EqualTo(FormatStatus.Ok));
        Assert.That(Convert.ToHexString(_buffer, 5, writer.Length), Is.EqualTo(Convert.ToHexString(vector.Bytes)));

        // One byte less is too little, at whatever byte that shows.
        for (int room = 0; room < vector.Bytes.Length; room++)
        {
            _buffer.AsSpan().Fill(0xA5);
            writer.Begin(_buffer, 5, 5 + room, o, i, r, ri);
            Assert.That(Item.Write(writer, items), Is.EqualTo(FormatStatus.BufferFull), $"room {room}");
            Assert.That(_buffer.AsSpan(5 + room, 64).IndexOfAnyExcept((byte)0xA5), Is.EqualTo(-1), $"room {room}");
        }
    }

    [Test]
    public void Device_instance_has_the_size_that_the_specification_shows()
    {
        Item[] items = Vector.Get("tlv-device-instance").Items();
        Assert.That(Size(ContentFormat.Tlv, items), Is.LessThanOrEqualTo(121));
        Assert.That(Size(ContentFormat.Lwm2mCbor, items), Is.LessThanOrEqualTo(118));
        Assert.That(Size(ContentFormat.SenmlCbor, items), Is.LessThanOrEqualTo(196));
    }

    [TestCaseSource(nameof(Headers))]
    public void Tlv_header_is_read_and_written(string id)
    {
        Vector vector = Vector.Get(id);
        int resource = vector.Meaning.GetProperty("id").GetInt32();
        int length = vector.Meaning.GetProperty("length").GetInt32();
        byte[] content = new byte[length];
        byte[] whole = new byte[length + 8];
        PayloadWriter writer = _formats.Writer(ContentFormat.Tlv)!;
        writer.Begin(whole, 0, whole.Length, 3, 0, -1, -1);
        writer.Resource(resource);
        writer.Opaque(content, 0, length);
        Assert.That(writer.End(), Is.EqualTo(FormatStatus.Ok));
        int header = writer.Length - length;
        Assert.That(Convert.ToHexString(whole, 0, header), Is.EqualTo(Convert.ToHexString(vector.Bytes, 0, header)));

        PayloadReader reader = _formats.Reader(ContentFormat.Tlv)!;
        reader.Begin(whole, 0, writer.Length, 3, 0, -1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That((reader.ResourceId, reader.ResourceInstanceId, reader.ValueLength), Is.EqualTo((resource, -1, length)));
        reader.Begin(whole, 0, writer.Length - 1, 3, 0, -1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Malformed));
    }

    [TestCaseSource(nameof(CborItems))]
    public void Cbor_item_is_read_and_written(string id)
    {
        Vector vector = Vector.Get(id);
        PayloadReader reader = _formats.Reader(ContentFormat.Cbor)!;
        reader.Begin(vector.Bytes, 0, vector.Bytes.Length, 3, 0, 1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        object? expected = id switch
        {
            "cbor-nan" => double.NaN,
            "cbor-time-tag0" => new UnixTime(1363896240),
            "cbor-time-tag1" => new UnixTime(1367491215),
            _ => vector.Value(vector.Meaning),
        };
        Assert.That(Item.ReadValue(reader, Item.TypeOf(expected), out object? value), Is.EqualTo(FormatStatus.Ok));
        Assert.That(Item.Text(value), Is.EqualTo(Item.Text(expected)));
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));

        // A decimal fraction, a date as text and text in chunks are said in another way.
        if (id is "cbor-decimal" or "cbor-time-tag0" or "cbor-indef-text")
            return;
        PayloadWriter writer = _formats.Writer(ContentFormat.Cbor)!;
        writer.Begin(_buffer, 0, vector.Bytes.Length, 3, 0, 1, -1);
        writer.Resource(1);
        if (id == "cbor-nan")
            writer.Float(BitConverter.Int64BitsToDouble(0x7FF8000000000000));
        else
            Item.WriteValue(writer, expected);
        Assert.That(writer.End(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(Convert.ToHexString(_buffer, 0, writer.Length), Is.EqualTo(Convert.ToHexString(vector.Bytes)));
    }

    [TestCaseSource(nameof(Texts))]
    public void Text_is_read_and_written(string id)
    {
        Vector vector = Vector.Get(id);
        object? expected = id == "text-time" ? new UnixTime(vector.Meaning.GetInt64()) : vector.Value(vector.Meaning);
        PayloadReader reader = _formats.Reader(ContentFormat.PlainText)!;
        reader.Begin(vector.Bytes, 0, vector.Bytes.Length, 3, 0, 1, -1);
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(Item.ReadValue(reader, Item.TypeOf(expected), out object? value), Is.EqualTo(FormatStatus.Ok));
        Assert.That(Item.Text(value), Is.EqualTo(Item.Text(expected)));
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));

        PayloadWriter writer = _formats.Writer(ContentFormat.PlainText)!;
        writer.Begin(_buffer, 0, _buffer.Length, 3, 0, 1, -1);
        writer.Resource(1);
        Item.WriteValue(writer, expected);
        Assert.That(writer.End(), Is.EqualTo(FormatStatus.Ok));
        string written = Encoding.UTF8.GetString(_buffer, 0, writer.Length);
        // Under 1e-7 an exponent is shorter than the zeros of the entry.
        Assert.That(written, Is.EqualTo(id == "text-float" ? "6.667e-11" : Encoding.UTF8.GetString(vector.Bytes)));
    }

    [TestCaseSource(nameof(Failing))]
    public void What_must_fail_fails(string id)
    {
        Vector vector = Vector.Get(id);
        PayloadReader reader = _formats.Reader(vector.ContentFormat)!;
        bool isSingle = vector.Format is "CBOR" or "text";
        bool isTlv = vector.Format == "TLV";
        DataType type = vector.Type switch
        {
            null => DataType.None,
            "Objlnk" => DataType.ObjectLink,
            string name => Enum.Parse<DataType>(name),
        };
        // A TLV of a single instance and one of many must both fail.
        foreach (int instance in isTlv ? [-1, 0] : new[] { isSingle ? 0 : -1 })
        {
            FormatStatus status = reader.Begin(vector.Bytes, 0, vector.Bytes.Length, isSingle || isTlv ? 3 : -1, instance, isSingle ? 1 : -1, -1);
            while (status == FormatStatus.Ok)
            {
                status = reader.Next();
                if (status != FormatStatus.Ok)
                    break;
                if (type != DataType.None)
                    status = reader.Check(type);
                else if (reader.Wire == WireKind.String)
                    status = reader.Check(DataType.String);
                // A Patch record needs a value; whether this is a Fetch or a Patch only the request tells.
                if (vector.Format == "SenML-ETCH CBOR" && reader.Kind == RecordKind.PathOnly)
                    status = FormatStatus.Malformed;
            }
            Assert.That(status, Is.Not.EqualTo(FormatStatus.Ok).And.Not.EqualTo(FormatStatus.End), $"instance {instance}");
        }
    }

    [TestCaseSource(nameof(Links))]
    public void Link_list_is_read_and_written(string id)
    {
        Vector vector = Vector.Get(id);
        string root = id == "link-4" ? "/lwm2m" : "";
        LinkReader reader = new(_formats.Numbers);
        LinkWriter writer = _formats.Links;
        reader.Begin(vector.Bytes, 0, vector.Bytes.Length, root);
        writer.Begin(_buffer, 0, vector.Bytes.Length, root);
        foreach (JsonElement link in vector.Meaning.EnumerateArray())
        {
            Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Ok));
            string target = link[0].GetString()!;
            Assert.That(Encoding.UTF8.GetString(vector.Bytes, reader.TargetOffset, reader.TargetLength), Is.EqualTo(target));
            Assert.That(reader.IsPath, Is.True);
            Item path = Item.At(target[root.Length..], null);
            Assert.That((reader.ObjectId, reader.InstanceId, reader.ResourceId, reader.ResourceInstanceId),
                Is.EqualTo((path.Object, path.Instance, path.Resource, path.ResourceInstance)));
            writer.Link(path.Object, path.Instance, path.Resource, path.ResourceInstance);
            foreach (JsonProperty attribute in link[1].EnumerateObject())
            {
                string value = attribute.Value.GetString()!;
                Assert.That(reader.NextAttribute(), Is.EqualTo(FormatStatus.Ok));
                Assert.That(reader.NameIs(attribute.Name), Is.True, attribute.Name);
                Assert.That(reader.GetText(out string? text), Is.EqualTo(FormatStatus.Ok));
                Assert.That(text, Is.EqualTo(value));
                if (reader.IsQuoted)
                    writer.AttributeText(attribute.Name, value);
                else if (reader.GetInteger(out long number) == FormatStatus.Ok)
                    writer.Attribute(attribute.Name, number);
                else
                    writer.AttributeToken(attribute.Name, value);
            }
            Assert.That(reader.NextAttribute(), Is.EqualTo(FormatStatus.End));
        }
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));
        Assert.That(writer.End(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(Encoding.UTF8.GetString(_buffer, 0, writer.Length), Is.EqualTo(Encoding.UTF8.GetString(vector.Bytes)));
    }

    [TestCaseSource(nameof(FailingLinks))]
    public void Link_list_that_must_fail_fails(string id)
    {
        Vector vector = Vector.Get(id);
        LinkReader reader = new(_formats.Numbers);
        reader.Begin(vector.Bytes, 0, vector.Bytes.Length, "");
        FormatStatus status;
        do
            status = reader.Next();
        while (status == FormatStatus.Ok);
        Assert.That(status, Is.EqualTo(FormatStatus.Malformed));
    }

    [Test]
    public void Every_entry_of_a_payload_format_is_covered()
    {
        string[] covered = [.. Payloads, .. Failing, .. Headers, .. CborItems, .. Texts, .. Links, .. FailingLinks];
        string[] ours = [.. Ids(v => v.Id.StartsWith("tlv-", StringComparison.Ordinal) || v.Format is "LwM2M CBOR" or "CBOR" or "text" or "CoRE link"
            || v.Format.StartsWith("SenML", StringComparison.Ordinal) || v.Format.EndsWith("JSON", StringComparison.Ordinal))];
        Assert.That(covered, Is.EquivalentTo(ours));
        Assert.That(ours, Has.Length.EqualTo(114));
    }

    private static bool IsHeader(Vector v) => v.Format == "TLV header" || v.Id is "tlv-hdr-8bit" or "tlv-hdr-16bit-id";

    /// <summary>The values and times of records whose names are of another world.</summary>
    private static Item[] NamesThatAreNoPaths(Vector vector) => vector.Meaning.GetProperty("resolved").EnumerateArray()
        .Select(r => new Item(-1, -1, -1, -1, vector.Value(r.GetProperty("v")), (long)Math.Round(r.GetProperty("t").GetDouble() * 1000))).ToArray();

    private static (int Object, int Instance) RequestPath(Vector vector, Item[] items)
    {
        if (vector.Format != "TLV")
            return (-1, -1);
        bool several = items.Any(i => i.Instance != items[0].Instance);
        return (items[0].Object, several ? -1 : items[0].Instance);
    }

    /// <summary>The path of the request that has the entry as its answer.</summary>
    private static (int Object, int Instance, int Resource, int ResourceInstance) WrittenFor(Vector vector, Item[] items)
    {
        Item first = items[0];
        return vector.Id switch
        {
            "tlv-device-object" or "tlv-acl" or "tlv-server-fixed" or "tlv-66-fixed" or "tlv-1630" or "lcbor-1" => (first.Object, -1, -1, -1),
            "lcbor-composite" or "scbor-readcomp" => (-1, -1, -1, -1),
            "lcbor-3-0-0" or "lcbor-3-0-6" or "scbor-opaque" or "etch-patch-mixed" => (first.Object, first.Instance, first.Resource, -1),
            "scbor-objlnk" => (first.Object, first.Instance, first.Resource, first.ResourceInstance),
            _ => (first.Object, first.Instance, -1, -1),
        };
    }

    private static string Current(PayloadReader reader, Item expected)
    {
        object? value = null;
        if (reader.Kind == RecordKind.EmptyMultiple)
            value = Item.EmptyMultiple;
        else if (reader.Kind == RecordKind.PathOnly)
            value = Item.PathOnly;
        else if (reader.Kind != RecordKind.Null)
        {
            FormatStatus status = Item.ReadValue(reader, Item.TypeOf(expected.Value), out value);
            if (status != FormatStatus.Ok)
                value = status;
            Assert.That(reader.Check(Item.TypeOf(expected.Value)), Is.EqualTo(status));
        }
        return new Item(reader.ObjectId, reader.InstanceId, reader.ResourceId, reader.ResourceInstanceId, value, reader.HasTime ? reader.TimeMs : null).ToString();
    }

    private int Size(int contentFormat, Item[] items)
    {
        PayloadWriter writer = _formats.Writer(contentFormat)!;
        writer.Begin(_buffer, 0, _buffer.Length, 3, 0, -1, -1);
        Assert.That(Item.Write(writer, items), Is.EqualTo(FormatStatus.Ok));
        return writer.Length;
    }
}
