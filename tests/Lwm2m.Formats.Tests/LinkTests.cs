using System.Collections.Generic;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Formats.Tests;

public class LinkTests
{
    private readonly PayloadFormats _formats = new(new FormatLimits());
    private readonly byte[] _buffer = new byte[256];

    [Test]
    public void Spaces_around_separators_are_let_pass()
    {
        Assert.That(Read(" </1/0> ; ver = 1.1 ;rt=\"a b\" , </3/0>\n", ""), Is.EqualTo("1/0[ver=1.1,rt=a b] 3/0[]"));
    }

    [Test]
    public void Attributes_without_value_and_with_empty_value_are_read() =>
        Assert.That(Read("</1/0>;obs;ct=;rt=\"\"", ""), Is.EqualTo("1/0[obs=,ct=,rt=]"));

    [Test]
    public void Empty_list_has_no_links() => Assert.That(Read("", ""), Is.EqualTo(""));

    [Test]
    public void Targets_that_are_no_paths_are_links_all_the_same()
    {
        Assert.That(Read("</rd>,<coap://[::1]/3>,</70000>,</1/2/3/4/5>,</>,<>", ""), Is.EqualTo("?[] ?[] ?[] ?[] /[] ?[]"));
    }

    [Test]
    public void Alternate_path_stands_before_every_path()
    {
        Assert.That(Read("</lwm2m>;rt=\"oma.lwm2m\",</lwm2m/1/0>,</1/0>,</lwm2mx>", "/lwm2m"), Is.EqualTo("/[rt=oma.lwm2m] 1/0[] ?[] ?[]"));
    }

    [TestCase("x")]
    [TestCase("</1>x")]
    [TestCase("</1>,,</2>")]
    [TestCase("</1>,")]
    [TestCase(",</1>")]
    [TestCase("</1")]
    [TestCase("</1>;")]
    [TestCase("</1>;;a")]
    [TestCase("</1>;=1")]
    [TestCase("</1>;a=\"")]
    [TestCase("</1>;a=\"\\")]
    [TestCase("</1>;a=\"x\"y")]
    [TestCase("</1></2>")]
    public void Bad_list_is_malformed(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        LinkReader reader = new(_formats.Numbers);
        reader.Begin(bytes, 0, bytes.Length, "");
        FormatStatus status;
        do
            status = reader.Next();
        while (status == FormatStatus.Ok);
        Assert.That(status, Is.EqualTo(FormatStatus.Malformed));
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.Malformed));
        Assert.That(reader.NextAttribute(), Is.EqualTo(FormatStatus.Malformed));
    }

    [Test]
    public void Attributes_are_read_as_numbers()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("</3303/0/5700>;gt=42.25;pmin=10;lt=\"-1e3\";x=1e999;y=z");
        LinkReader reader = new(_formats.Numbers);
        reader.Begin(bytes, 0, bytes.Length, "");
        reader.Next();
        reader.NextAttribute();
        Assert.That(reader.GetFloat(out double gt), Is.EqualTo(FormatStatus.Ok));
        Assert.That(gt, Is.EqualTo(42.25));
        Assert.That(reader.GetInteger(out _), Is.EqualTo(FormatStatus.Malformed));
        reader.NextAttribute();
        Assert.That(reader.GetInteger(out long pmin), Is.EqualTo(FormatStatus.Ok));
        Assert.That(pmin, Is.EqualTo(10));
        reader.NextAttribute();
        reader.GetFloat(out double lt);
        Assert.That(lt, Is.EqualTo(-1000));
        reader.NextAttribute();
        Assert.That(reader.GetFloat(out _), Is.EqualTo(FormatStatus.OutOfRange));
        reader.NextAttribute();
        Assert.That(reader.GetFloat(out _), Is.EqualTo(FormatStatus.Malformed));
        Assert.That(reader.NextAttribute(), Is.EqualTo(FormatStatus.End));
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));
    }

    [Test]
    public void List_is_written_with_attributes_of_every_kind_and_fits_exactly_or_not_at_all()
    {
        const string Expected = "</>;ct=110,</3/0>;ver=1.1;pmin=10;gt=42.2,</3/0/6/1>;uri=\"a\\\"b\\\\c\"";
        FormatStatus status = Write(_buffer.Length);
        Assert.That(status, Is.EqualTo(FormatStatus.Ok));
        Assert.That(Encoding.UTF8.GetString(_buffer, 0, _formats.Links.Length), Is.EqualTo(Expected));
        Assert.That(Write(Expected.Length), Is.EqualTo(FormatStatus.Ok));
        for (int room = 0; room < Expected.Length; room++)
        {
            _buffer[room] = 0xA5;
            Assert.That(Write(room), Is.EqualTo(FormatStatus.BufferFull), $"room {room}");
            Assert.That(_buffer[room], Is.EqualTo(0xA5));
        }
    }

    [Test]
    public void Root_of_an_alternate_path_is_written_without_a_slash_at_its_end()
    {
        LinkWriter links = _formats.Links;
        links.Begin(_buffer, 0, _buffer.Length, "/lwm2m");
        links.Link(-1, -1, -1, -1);
        links.Link(5, -1, -1, -1);
        Assert.That(links.End(), Is.EqualTo(FormatStatus.Ok));
        Assert.That(Encoding.UTF8.GetString(_buffer, 0, links.Length), Is.EqualTo("</lwm2m>,</lwm2m/5>"));
    }

    private FormatStatus Write(int room)
    {
        LinkWriter links = _formats.Links;
        links.Begin(_buffer, 0, room, "");
        links.Link(-1, -1, -1, -1);
        links.Attribute("ct", 110);
        links.Link(3, 0, -1, -1);
        links.AttributeToken("ver", "1.1");
        links.Attribute("pmin", 10);
        links.AttributeFloat("gt", 42.2);
        links.Link(3, 0, 6, 1);
        links.AttributeText("uri", "a\"b\\c");
        return links.End();
    }

    private string Read(string text, string root)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        LinkReader reader = new(_formats.Numbers);
        reader.Begin(bytes, 0, bytes.Length, root);
        List<string> links = [];
        while (reader.Next() == FormatStatus.Ok)
        {
            string path = !reader.IsPath ? "?" : reader.ObjectId < 0 ? "/" : $"{reader.ObjectId}" + (reader.InstanceId < 0 ? "" : $"/{reader.InstanceId}");
            List<string> attributes = [];
            while (reader.NextAttribute() == FormatStatus.Ok)
            {
                Assert.That(reader.GetText(out string? value), Is.EqualTo(FormatStatus.Ok));
                attributes.Add(Encoding.UTF8.GetString(bytes, reader.NameOffset, reader.NameLength) + "=" + value);
            }
            links.Add($"{path}[{string.Join(',', attributes)}]");
        }
        Assert.That(reader.Next(), Is.EqualTo(FormatStatus.End));
        return string.Join(' ', links);
    }
}
