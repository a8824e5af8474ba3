using System;
using System.Text;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Model;

public class ValueReaderTests
{
    private static readonly PayloadFormats Formats = new(new FormatLimits());

    private static readonly ObjectDefinition Definition = new ObjectDefinition(
        4000,
        "1.0",
        Resource.ReadWrite(0, DataType.Integer),
        Resource.ReadWrite(1, DataType.Unsigned),
        Resource.ReadWrite(2, DataType.Float),
        Resource.ReadWrite(3, DataType.Boolean),
        Resource.ReadWrite(4, DataType.String),
        Resource.ReadWrite(5, DataType.Opaque),
        Resource.ReadWrite(6, DataType.Time),
        Resource.ReadWrite(7, DataType.ObjectLink),
        Resource.ReadWrite(8, DataType.CoreLink),
        Resource.Executable(9),
        Resource.ReadWrite(10, DataType.Integer),
        Resource.ReadWrite(11, DataType.Unsigned),
        Resource.ReadWrite(12, DataType.Float),
        Resource.ReadWrite(13, DataType.String),
        Resource.ReadWrite(14, DataType.Opaque)) { MaxStringBytes = 300 }
        .WithRange(10, 0, 100)
        .WithRange(11, 5, 10)
        .WithRange(12, 0, 1)
        .WithRange(13, 2, 4)
        .WithRange(14, 6, 6);

    private static ValueReader On(int resource, string text, int format = ContentFormat.PlainText)
    {
        byte[] payload = format == ContentFormat.Tlv ? Convert.FromHexString(text) : Encoding.UTF8.GetBytes(text);
        PayloadReader source = Formats.Reader(format)!;
        source.Begin(payload, 0, payload.Length, 4000, 0, resource, -1);
        Assert.That(source.Next(), Is.EqualTo(FormatStatus.Ok));
        ValueReader reader = new();
        reader.Begin(source);
        return reader;
    }

    [TestCase(0, "-9223372036854775808", Outcome.Ok)]
    [TestCase(0, "9223372036854775808", Outcome.BadRequest)]
    [TestCase(0, "1.5", Outcome.BadRequest)]
    [TestCase(0, "x", Outcome.BadRequest)]
    [TestCase(1, "18446744073709551615", Outcome.Ok)]
    [TestCase(1, "-1", Outcome.BadRequest)]
    [TestCase(2, "21.5", Outcome.Ok)]
    [TestCase(2, "1e999", Outcome.BadRequest)]
    [TestCase(3, "1", Outcome.Ok)]
    [TestCase(3, "2", Outcome.BadRequest)]
    [TestCase(4, "", Outcome.Ok)]
    [TestCase(5, "AQID", Outcome.Ok)]
    [TestCase(5, "A*", Outcome.BadRequest)]
    [TestCase(6, "-1", Outcome.Ok)]
    [TestCase(7, "3:0", Outcome.Ok)]
    [TestCase(7, "65535:65535", Outcome.Ok)]
    [TestCase(7, "3", Outcome.BadRequest)]
    [TestCase(8, "</3/0>", Outcome.Ok)]
    [TestCase(9, "1", Outcome.MethodNotAllowed)]
    [TestCase(10, "0", Outcome.Ok)]
    [TestCase(10, "100", Outcome.Ok)]
    [TestCase(10, "101", Outcome.BadRequest)]
    [TestCase(10, "-1", Outcome.BadRequest)]
    [TestCase(11, "5", Outcome.Ok)]
    [TestCase(11, "4", Outcome.BadRequest)]
    [TestCase(11, "18446744073709551615", Outcome.BadRequest)]
    [TestCase(12, "1", Outcome.Ok)]
    [TestCase(12, "1.01", Outcome.BadRequest)]
    [TestCase(13, "ab", Outcome.Ok)]
    [TestCase(13, "abcd", Outcome.Ok)]
    [TestCase(13, "a", Outcome.BadRequest)]
    [TestCase(13, "abcde", Outcome.BadRequest)]
    [TestCase(14, "AAAAAAAA", Outcome.Ok)]
    [TestCase(14, "AAAA", Outcome.BadRequest)]
    public void Type_and_range_are_checked(int resource, string text, Outcome expected) =>
        Assert.That(On(resource, text).Check(Definition.Find(resource), Definition), Is.EqualTo(expected));

    [Test]
    public void A_text_is_as_long_as_the_definition_allows()
    {
        int word = Definition.Find(4);
        Assert.That(On(4, new string('x', 300)).Check(word, Definition), Is.EqualTo(Outcome.Ok));
        Assert.That(On(4, new string('x', 301)).Check(word, Definition), Is.EqualTo(Outcome.RequestEntityTooLarge));
        Assert.That(On(4, new string('x', 60_000)).Check(word, Definition), Is.EqualTo(Outcome.RequestEntityTooLarge));
    }

    [Test]
    public void An_opaque_value_is_measured_in_bytes_and_not_in_base64()
    {
        int word = Definition.Find(5);
        Assert.That(On(5, Convert.ToBase64String(new byte[300])).Check(word, Definition), Is.EqualTo(Outcome.Ok));
        Assert.That(On(5, Convert.ToBase64String(new byte[301])).Check(word, Definition), Is.EqualTo(Outcome.RequestEntityTooLarge));
    }

    [Test]
    public void Invalid_utf8_is_refused() =>
        Assert.That(On(4, "C204C328", ContentFormat.Tlv).Check(Definition.Find(4), Definition), Is.EqualTo(Outcome.BadRequest));

    [Test]
    public void Each_type_is_taken_by_its_method()
    {
        Assert.That(On(0, "-7").GetInteger(out long integer), Is.EqualTo(Outcome.Ok));
        Assert.That(integer, Is.EqualTo(-7));
        Assert.That(On(1, "7").GetUnsigned(out ulong unsigned), Is.EqualTo(Outcome.Ok));
        Assert.That(unsigned, Is.EqualTo(7));
        Assert.That(On(2, "0.1").GetFloat(out double number), Is.EqualTo(Outcome.Ok));
        Assert.That(number, Is.EqualTo(0.1));
        Assert.That(On(3, "1").GetBoolean(out bool truth), Is.EqualTo(Outcome.Ok));
        Assert.That(truth, Is.True);
        Assert.That(On(4, "h\u00e9").GetString(out string text), Is.EqualTo(Outcome.Ok));
        Assert.That(text, Is.EqualTo("h\u00e9"));
        byte[] into = new byte[8];
        Assert.That(On(4, "h\u00e9").GetUtf8(into, 1, 8, out int length), Is.EqualTo(Outcome.Ok));
        Assert.That(Encoding.UTF8.GetString(into, 1, length), Is.EqualTo("h\u00e9"));
        Assert.That(On(5, "AQID").GetOpaque(into, 0, 8, out length), Is.EqualTo(Outcome.Ok));
        Assert.That(length, Is.EqualTo(3));
        Assert.That(On(6, "5").GetTime(out long time), Is.EqualTo(Outcome.Ok));
        Assert.That(time, Is.EqualTo(5));
        Assert.That(On(7, "3:1").GetObjectLink(out int linkedObject, out int linkedInstance), Is.EqualTo(Outcome.Ok));
        Assert.That((linkedObject, linkedInstance), Is.EqualTo((3, 1)));
        Assert.That(On(8, "</3>").GetCoreLink(out text), Is.EqualTo(Outcome.Ok));
        Assert.That(text, Is.EqualTo("</3>"));
        Assert.That(On(0, "1").ResourceInstance, Is.EqualTo(-1));
    }

    [Test]
    public void What_does_not_fit_the_handlers_buffer_is_too_large() =>
        Assert.That(On(4, "abcd").GetUtf8(new byte[3], 0, 3, out _), Is.EqualTo(Outcome.RequestEntityTooLarge));

    [Test]
    public void A_failed_text_is_empty_and_not_null()
    {
        Assert.That(On(4, "C204C328", ContentFormat.Tlv).GetString(out string text), Is.EqualTo(Outcome.BadRequest));
        Assert.That(text, Is.Empty);
    }
}
