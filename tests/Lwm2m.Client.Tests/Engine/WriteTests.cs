using System.Linq;
using NUnit.Framework;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Engine;

public class WriteTests
{
    private static Bed Server() => new Bed().Registered();

    [Test]
    public void Write_text_creates_absent_optional_resources()
    {
        Bed bed = Server();
        Assert.That(bed.Ask("CON GET /1/0/2"), Is.EqualTo("ACK 4.04"));
        Assert.That(bed.Ask("CON PUT /1/0/2 cf=0 \"101\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Ask("CON PUT /1/0/3 cf=0 \"1010\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Ask("CON PUT /1/0/5 cf=0 \"2000\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Ask("CON GET /1/0/2 accept=0"), Is.EqualTo("ACK 2.05 cf=0 \"101\""));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "written /1/0/2", "written /1/0/3", "written /1/0/5" }));
    }

    [Test]
    public void Partial_and_replacing_writes_in_tlv()
    {
        Bed bed = Server();
        Assert.That(bed.Ask("CON POST /1/0 cf=11542 hex:C10265C20303F2C20507D0C10601C10755"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f?b=U"));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Ask("CON GET /1/0/5 accept=0"), Is.EqualTo("ACK 2.05 cf=0 \"2000\""));
        bed.All();
        // Replace: the optional periods that are not named go away, lifetime is mandatory and stays.
        Assert.That(bed.Ask("CON PUT /1/0 cf=11542 hex:C10600"), Is.EqualTo("ACK 2.04"));
        bed.All();
        Assert.That(bed.Ask("CON GET /1/0/2"), Is.EqualTo("ACK 4.04"));
        Assert.That(bed.Ask("CON GET /1/0/1"), Is.EqualTo("ACK 2.05 cf=0 \"300\""));
        Assert.That(bed.Ask("CON GET /1/0/6"), Is.EqualTo("ACK 2.05 cf=0 \"0\""));
    }

    [Test]
    public void One_message_writes_two_resources_and_the_update_follows()
    {
        Bed bed = Server();
        Assert.That(bed.Ask("CON POST /1/0 cf=112 hex:82A3212F"), Does.StartWith("ACK 4.00"));
        Assert.That(bed.Ask("CON POST /1/0 cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"1\",\"v\":61},{\"n\":\"6\",\"vb\":true}]\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "written /1/0/1", "written /1/0/6" }));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f?lt=61"));
    }

    [Test]
    public void A_replaced_lifetime_is_told_in_an_update()
    {
        Bed bed = Server();
        Assert.That(bed.Ask("CON PUT /1/0/1 cf=112 hex:81A22166 "), Does.StartWith("ACK 4.00"));
        Assert.That(bed.Ask("CON PUT /1/0/1 cf=0 \"63\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f?lt=63"));
    }

    [TestCase("PUT /1/0/1 \"60\"", "4.00", TestName = "Content-Format missing")]
    [TestCase("PUT /1/0/1 cf=9999 \"60\"", "4.15", TestName = "Content-Format unknown")]
    [TestCase("PUT /1/0/1 cf=42 \"60\"", "4.15", TestName = "Opaque on an integer")]
    [TestCase("PUT /1/0 cf=0 \"60\"", "4.15", TestName = "Text on an instance")]
    [TestCase("PUT /1/0/1 cf=0 \"abc\"", "4.00", TestName = "Text is no number")]
    [TestCase("PUT /1/0/1 cf=0 \"1e999\"", "4.00", TestName = "Number out of range")]
    [TestCase("PUT /1/0/1 cf=0 \"99999999999999999999\"", "4.00", TestName = "Integer over 64 bits")]
    [TestCase("PUT /1/0/6 cf=0 \"true\"", "4.00", TestName = "Text Boolean is 0 or 1")]
    [TestCase("PUT /1/0/1 cf=60 hex:6161", "4.00", TestName = "CBOR text for an integer")]
    [TestCase("PUT /1/0/1 cf=11542 hex:C10265", "4.00", TestName = "TLV of another resource")]
    [TestCase("POST /1/0 cf=11542 hex:C1013CC1013D", "4.00", TestName = "TLV with a duplicate id")]
    [TestCase("POST /1/0 cf=110 \"[{\"v\":1}]\"", "4.00", TestName = "SenML without a name")]
    [TestCase("POST /1/0 cf=110 \"[{\"n\":\"/1/0/1\"}]\"", "4.00", TestName = "SenML without a value")]
    [TestCase("POST /1/0 cf=110 \"[{\"n\":\"/3/0/14\",\"vs\":\"x\"}]\"", "4.00", TestName = "SenML leaves the path")]
    [TestCase("PUT /1 cf=11542 hex:0800", "4.05", TestName = "Write at object level")]
    [TestCase("PUT /1/5/1 cf=0 \"60\"", "4.04", TestName = "Unknown instance")]
    [TestCase("PUT /1/0/99 cf=0 \"60\"", "4.04", TestName = "Unknown resource")]
    [TestCase("PUT /1/0/8 cf=0 \"60\"", "4.05", TestName = "Write on an executable")]
    [TestCase("POST /1/0/1 cf=0 \"60\"", "4.05", TestName = "Execute on a value")]
    [TestCase("PUT /1/0/1/0 cf=0 \"60\"", "4.05", TestName = "Instance of a single resource")]
    public void What_is_wrong_is_refused_and_changes_nothing(string request, string code)
    {
        Bed bed = Server();
        string before = bed.Ask("CON GET /1/0 accept=110");
        Assert.That(bed.Ask("CON " + request), Does.StartWith("ACK " + code));
        Assert.That(bed.Ask("CON GET /1/0 accept=110"), Is.EqualTo(before));
        Assert.That(bed.Events.Lines, Is.Empty);
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void A_write_of_several_values_is_all_or_nothing()
    {
        Bed bed = Server();
        Assert.That(bed.Ask("CON POST /1/0 cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"1\",\"v\":61},{\"n\":\"6\",\"vs\":\"no\"}]\""), Does.StartWith("ACK 4.00"));
        Assert.That(bed.Ask("CON GET /1/0/1"), Is.EqualTo("ACK 2.05 cf=0 \"300\""));
    }

    [Test]
    public void Unknown_optional_resources_in_a_payload_are_passed_over()
    {
        Bed bed = Server();
        Assert.That(bed.Ask("CON POST /1/0 cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"1\",\"v\":61},{\"n\":\"9999\",\"v\":1}]\""), Is.EqualTo("ACK 2.04"));
    }

    [Test]
    public void A_repeated_write_is_answered_with_the_same_bytes_and_not_run_twice()
    {
        Bed bed = Server();
        Assert.That(bed.Ask("CON POST /1/0/8 mid=7"), Is.EqualTo("ACK 2.04"));
        byte[] first = bed.LastDatagram;
        bed.All();
        bed.Server("CON POST /1/0/8 mid=7");
        bed.Next();
        Assert.That(bed.LastDatagram, Is.EqualTo(first));
        Assert.That(bed.Events.Lines.Count(l => l == "executed /1/0/8"), Is.EqualTo(1));
    }

    [TestCase("", "2.04")]
    [TestCase("cf=0 \"0\"", "2.04")]
    [TestCase("cf=0 \"0='U'\"", "2.04")]
    [TestCase("cf=0 \"0,1,2\"", "2.04")]
    [TestCase("cf=0 \"0,0\"", "4.00")]
    [TestCase("cf=0 \"x\"", "4.00")]
    [TestCase("cf=60 hex:01", "4.15")]
    public void Arguments_of_execute(string payload, string code)
    {
        Assert.That(Server().Ask("CON POST /1/0/8 " + payload), Does.StartWith("ACK " + code));
    }

    [TestCase("cf=60 hex:f97e00", TestName = "CBOR NaN")]
    [TestCase("cf=60 hex:f97c00", TestName = "CBOR infinity")]
    [TestCase("cf=11542 hex:C4007FC00000", TestName = "TLV NaN")]
    [TestCase("cf=0 \"NaN\"", TestName = "Text NaN")]
    [TestCase("cf=0 \"-1e999\"", TestName = "Text infinity")]
    public void A_float_is_a_finite_number(string payload)
    {
        var dial = new StoredObject(new ObjectDefinition(30002, "1.0", Resource.ReadWrite(0, DataType.Float)));
        dial.AddInstance(0);
        dial.Set(0, 0, 1.5);
        Bed bed = new Bed(setUp: c => c.Add(dial)).Registered();
        Assert.That(bed.Ask("CON PUT /30002/0/0 " + payload), Does.StartWith("ACK 4.00"));
        Assert.That(bed.Ask("CON GET /30002/0/0"), Is.EqualTo("ACK 2.05 cf=0 \"1.5\""));
    }
}
