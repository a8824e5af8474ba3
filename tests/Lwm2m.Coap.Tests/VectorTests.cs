using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>Every coap-, block-, obs- and tcp- entry of the vectors.</summary>
[TestFixture]
internal sealed class VectorTests
{
    private static readonly string[] Types = { "CON", "NON", "ACK", "RST" };

    private static IEnumerable<TestCaseData> Vectors(string prefix)
    {
        string path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Vectors", "vectors.json");
        JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(path));
        foreach (JsonElement vector in vectors.RootElement.EnumerateArray())
        {
            string id = vector.GetProperty("id").GetString()!;
            if (id.StartsWith(prefix, StringComparison.Ordinal)) yield return new TestCaseData(vector).SetArgDisplayNames(id);
        }
    }

    private static bool MustFail(JsonElement vector) => vector.TryGetProperty("must_fail", out JsonElement fail) && fail.GetBoolean();

    [TestCaseSource(nameof(Vectors), new object[] { "coap-" })]
    public void Message(JsonElement vector)
    {
        byte[] bytes = Convert.FromHexString(vector.GetProperty("hex").GetString()!);
        CoapMessage message = new();
        CoapParseStatus status = message.Parse(bytes, 0, bytes.Length);
        if (MustFail(vector))
        {
            Assert.That(status, Is.EqualTo(CoapParseStatus.Malformed));
            return;
        }

        Assert.That(status, Is.EqualTo(CoapParseStatus.Ok));
        JsonElement meaning = vector.GetProperty("meaning");
        string[] code = meaning.GetProperty("code").GetString()!.Split('.');
        byte[] token = Convert.FromHexString(meaning.GetProperty("token").GetString()!);
        byte[] payload = Convert.FromHexString(meaning.GetProperty("payload").GetString()!);
        Assert.That(Types[(int)message.Type], Is.EqualTo(meaning.GetProperty("type").GetString()));
        Assert.That(message.Code, Is.EqualTo((int.Parse(code[0]) << 5) | int.Parse(code[1])));
        Assert.That(message.MessageId, Is.EqualTo(meaning.GetProperty("mid").GetInt32()));
        Assert.That(bytes[message.TokenOffset..(message.TokenOffset + message.TokenLength)], Is.EqualTo(token));
        Assert.That(Bed.BodyOf(message), Is.EqualTo(payload));

        CoapOptionReader options = new();
        options.Start(message);
        byte[] rewritten = new byte[bytes.Length];
        CoapWriter writer = new();
        writer.Begin(rewritten, 0, rewritten.Length);
        writer.Header(message.Type, message.Code, message.MessageId, token, 0, token.Length);
        foreach (JsonElement option in meaning.GetProperty("options").EnumerateArray())
        {
            byte[] value = Convert.FromHexString(option[1].GetString()!);
            Assert.That(options.Next(), Is.True);
            Assert.That(options.Number, Is.EqualTo(option[0].GetInt32()));
            Assert.That(bytes[options.Offset..(options.Offset + options.Length)], Is.EqualTo(value));
            writer.Option(options.Number, value, 0, value.Length);
        }

        Assert.That(options.Next(), Is.False);
        writer.Payload(payload, 0, payload.Length);
        Assert.That(writer.Overflowed, Is.False);
        Assert.That(rewritten, Is.EqualTo(bytes));
    }

    [TestCaseSource(nameof(Vectors), new object[] { "block-" })]
    public void Block(JsonElement vector)
    {
        byte[] bytes = Convert.FromHexString(vector.GetProperty("hex").GetString()!);
        int value = BlockOption.Decode(bytes, 0, bytes.Length);
        if (MustFail(vector))
        {
            Assert.That(value, Is.EqualTo(BlockOption.Invalid));
            return;
        }

        JsonElement meaning = vector.GetProperty("meaning");
        int num = meaning.GetProperty("num").GetInt32();
        bool more = meaning.GetProperty("m").GetInt32() == 1;
        int szx = meaning.GetProperty("szx").GetInt32();
        Assert.That(BlockOption.Num(value), Is.EqualTo(num));
        Assert.That(BlockOption.More(value), Is.EqualTo(more));
        Assert.That(BlockOption.Szx(value), Is.EqualTo(szx));
        Assert.That(BlockOption.Size(value), Is.EqualTo(meaning.GetProperty("size").GetInt32()));
        Assert.That(BlockOption.Encode(num, more, szx), Is.EqualTo(value));

        byte[] written = new byte[16];
        CoapWriter writer = new();
        writer.Begin(written, 0, written.Length);
        writer.UintOption(CoapOption.IfMatch, value);
        Assert.That(written[1..writer.Length], Is.EqualTo(bytes));
    }

    [TestCaseSource(nameof(Vectors), new object[] { "obs-" })]
    public void Freshness(JsonElement vector)
    {
        JsonElement meaning = vector.GetProperty("meaning");
        long apartMs = meaning.GetProperty("t2_minus_t1").GetInt64() * 1000;
        bool newer = ObserveSequence.IsNewer(meaning.GetProperty("v1").GetInt32(), 5000, meaning.GetProperty("v2").GetInt32(), 5000 + apartMs);
        Assert.That(newer, Is.EqualTo(meaning.GetProperty("v2_is_newer").GetBoolean()));
    }

    [TestCaseSource(nameof(Vectors), new object[] { "tcp-" })]
    public void Framed(JsonElement vector)
    {
        byte[] bytes = Convert.FromHexString(vector.GetProperty("hex").GetString()!);
        JsonElement meaning = vector.GetProperty("meaning");
        string[] code = meaning.GetProperty("code").GetString()!.Split('.');
        Wire wire = new()
        {
            Type = 1,
            Code = (int.Parse(code[0]) << 5) | int.Parse(code[1]),
            TokenBytes = Convert.FromHexString(meaning.GetProperty("token").GetString()!),
            Payload = Convert.FromHexString(meaning.GetProperty("payload").GetString()!),
        };
        foreach (JsonElement option in meaning.GetProperty("options").EnumerateArray())
            wire.Options.Add((option[0].GetInt32(), Convert.FromHexString(option[1].GetString()!)));
        byte[] datagram = wire.Encode();
        Assert.That(Frame.Of(datagram), Is.EqualTo(bytes), "the codec of the tests");

        StreamBed bed = new();
        Assert.That(bed.Stream.Send(datagram, 0, datagram.Length), Is.True);
        Assert.That(bed.Written(), Is.EqualTo(Wire.Hex(bytes)));
        bed.PeerSends(bytes);
        string told = bed.Told();
        string expected = wire.Code switch
        {
            CoapCode.Csm => wire.Options.Count > 0 ? "settings 1152 blocks" : "settings 1152",
            CoapCode.Ping => "",
            _ => wire.ToString(),
        };
        Assert.That(told, Is.EqualTo(expected));
    }

    [Test]
    public void All_vectors_of_this_layer_are_here()
    {
        Assert.That(Vectors("tcp-").Count(), Is.EqualTo(5));
        Assert.That(Vectors("coap-").Count(), Is.EqualTo(10));
        Assert.That(Vectors("block-").Count(), Is.EqualTo(8));
        Assert.That(Vectors("obs-").Count(), Is.EqualTo(8));
    }
}
