using System;
using System.IO;
using System.Text.Json;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>The vectors of short messages, byte for byte.</summary>
[TestFixture]
internal sealed class SmsVectorTests
{
    [Test]
    public void Trigger_is_submitted()
    {
        JsonElement vector = Vector("sms-submit-trigger");
        JsonElement meaning = vector.GetProperty("meaning");
        byte[] data = Convert.FromHexString(meaning.GetProperty("ud").GetString()!);
        Check(vector, new SmsOptions(), data, 0, 1, 1);
    }

    [Test]
    public void First_of_two_parts_is_submitted()
    {
        JsonElement vector = Vector("sms-submit-concat");
        JsonElement meaning = vector.GetProperty("meaning");
        byte[] data = Convert.FromHexString(meaning.GetProperty("data").GetString()!);
        Check(vector, new SmsOptions(), data, meaning.GetProperty("concat").GetProperty("ref").GetInt32(), 2, 1);
    }

    [Test]
    public void Wap_push_is_submitted_with_its_ports()
    {
        byte[] userData = Convert.FromHexString(Vector("wap-push").GetProperty("hex").GetString()!);
        SmsOptions options = new() { DestinationPort = 2948, SourcePort = 49154 };
        byte[] pdu = Pdus.Submit(options, "+12125550178", userData[7..], 0, 1, 1, out int tpdu);
        Assert.That(Convert.ToHexString(pdu), Is.EqualTo("0041000B912121550571F800041B" + Convert.ToHexString(userData)));
        Assert.That(tpdu, Is.EqualTo(40));
    }

    [Test]
    public void Delivered_part_is_read()
    {
        JsonElement vector = Vector("sms-deliver-concat-port");
        JsonElement meaning = vector.GetProperty("meaning");
        byte[] pdu = Convert.FromHexString(vector.GetProperty("hex").GetString()!);
        SmsPdu read = new();
        Assert.That(read.Read(pdu, 0, pdu.Length), Is.EqualTo(SmsStatus.Ok));
        Assert.That(read.ProtocolId, Is.EqualTo(meaning.GetProperty("pid").GetInt32()));
        Assert.That(read.DataCoding, Is.EqualTo(meaning.GetProperty("dcs").GetInt32()));
        Assert.That(read.DestinationPort, Is.EqualTo(meaning.GetProperty("dest_port").GetInt32()));
        Assert.That(read.SourcePort, Is.EqualTo(meaning.GetProperty("orig_port").GetInt32()));
        Assert.That(read.Reference, Is.EqualTo(66));
        Assert.That(read.Parts, Is.EqualTo(2));
        Assert.That(read.Part, Is.EqualTo(1));
        Assert.That(Convert.ToHexString(pdu, read.TimeStampOffset, 7), Is.EqualTo("62111220510000"));
        Assert.That(Convert.ToHexString(pdu, read.DataOffset, read.DataLength).ToLowerInvariant(), Is.EqualTo(meaning.GetProperty("data").GetString()));
        byte[] sender = new byte[SmsAddress.MaxBytes];
        SmsAddress.Write(meaning.GetProperty("address").GetString()!, sender, 0);
        Assert.That(SmsAddress.AreEqual(pdu, read.SenderOffset, sender, 0), Is.True);
    }

    [Test]
    public void Wap_push_holds_the_trigger()
    {
        byte[] userData = Convert.FromHexString(Vector("wap-push").GetProperty("hex").GetString()!);
        byte[] pdu = Pdus.Deliver("+12125550178", userData[..7], userData[7..]);
        SmsPdu read = new();
        Assert.That(read.Read(pdu, 0, pdu.Length), Is.EqualTo(SmsStatus.Ok));
        Assert.That(read.DestinationPort, Is.EqualTo(WapPush.Port));
        int header = WapPush.HeaderLength(pdu, read.DataOffset, read.DataLength);
        Assert.That(header, Is.EqualTo(6));
        Assert.That(Convert.ToHexString(pdu, read.DataOffset + header, read.DataLength - header).ToLowerInvariant(),
            Is.EqualTo(Vector("coap-sms-trigger").GetProperty("hex").GetString()));
    }

    [TestCase("")]
    [TestCase("0106")]
    [TestCase("010704C4AF9A44")]
    [TestCase("010603C4AF9B44")]
    [TestCase("010603C4AF")]
    [TestCase("0106FFC4AF9A")]
    public void Another_push_is_none_for_the_client(string hex)
    {
        byte[] data = Convert.FromHexString(hex);
        Assert.That(WapPush.HeaderLength(data, 0, data.Length), Is.EqualTo(-1));
    }

    private static void Check(JsonElement vector, SmsOptions options, byte[] data, int reference, int parts, int part)
    {
        JsonElement meaning = vector.GetProperty("meaning");
        byte[] pdu = Pdus.Submit(options, meaning.GetProperty("address").GetString()!, data, reference, parts, part, out int tpdu);
        Assert.That(Convert.ToHexString(pdu).ToLowerInvariant(), Is.EqualTo(vector.GetProperty("hex").GetString()));
        Assert.That(tpdu, Is.EqualTo(meaning.GetProperty("cmgs").GetInt32()));
    }

    private static JsonElement Vector(string id)
    {
        string path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Vectors", "vectors.json");
        foreach (JsonElement vector in JsonDocument.Parse(File.ReadAllText(path)).RootElement.EnumerateArray())
            if (vector.GetProperty("id").GetString() == id)
                return vector;
        throw new ArgumentException("There is no vector " + id + ".");
    }
}
