using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

[TestFixture]
internal sealed class WriterTests
{
    private readonly CoapWriter _writer = new();
    private readonly byte[] _buffer = new byte[2048];

    [Test]
    public void Every_option_of_the_field_can_be_written()
    {
        byte[] four = { 1, 2, 3, 4 };
        _writer.Begin(_buffer, 5, 200);
        _writer.Header(CoapType.Acknowledgement, CoapCode.Content, 0xABCD, four, 1, 2);
        _writer.Option(CoapOption.IfMatch, four, 0, 4);
        _writer.StringOption(CoapOption.UriHost, "hö.example");
        _writer.Option(CoapOption.ETag, four, 0, 2);
        _writer.EmptyOption(CoapOption.IfNoneMatch);
        _writer.UintOption(CoapOption.Observe, 0x123456);
        _writer.UintOption(CoapOption.UriPort, 5683);
        _writer.StringOption(CoapOption.LocationPath, "rd");
        _writer.Option(CoapOption.Oscore, four, 0, 0);
        _writer.StringOption(CoapOption.UriPath, "3");
        _writer.UintOption(CoapOption.ContentFormat, 0);
        _writer.UintOption(CoapOption.MaxAge, 0xFFFFFFFF);
        _writer.StringOption(CoapOption.UriQuery, "lt=300");
        _writer.UintOption(CoapOption.HopLimit, 16);
        _writer.UintOption(CoapOption.Accept, 112);
        _writer.UintOption(CoapOption.Block2, BlockOption.Encode(1, true, 2));
        _writer.UintOption(CoapOption.Block1, BlockOption.Encode(0, false, 6));
        _writer.UintOption(CoapOption.Size2, 100);
        _writer.UintOption(CoapOption.Size1, 70000);
        _writer.Option(CoapOption.Echo, four, 0, 4);
        _writer.UintOption(CoapOption.NoResponse, 26);
        _writer.Option(CoapOption.RequestTag, four, 3, 1);
        _writer.Payload(four, 0, 4);
        Assert.That(_writer.Overflowed, Is.False);

        Wire wire = Wire.Decode(_buffer[5..(5 + _writer.Length)]);
        Assert.That(
            wire.ToString(),
            Is.EqualTo("ACK 2.05 43981 t=0203 IfMatch=01020304 Host=hö.example ETag=0102 IfNoneMatch= Observe=1193046 Port=5683 Loc=/rd Oscore= /3 "
                + "CF=0 MaxAge=4294967295 ?lt=300 Hop=16 Accept=112 Block2=1/1/64 Block1=0/0/1024 Size2=100 Size1=70000 Echo=01020304 "
                + "NoResponse=26 RTag=04 | x01020304"));
    }

    [Test]
    public void Options_out_of_order_are_the_callers_mistake()
    {
        _writer.Begin(_buffer, 0, 100);
        _writer.EmptyOption(12);
        Assert.That(() => _writer.EmptyOption(11), Throws.InvalidOperationException.With.Message.Contains("Option 11"));
    }

    [Test]
    public void What_does_not_fit_is_not_written_and_nothing_after_it_either()
    {
        for (int room = 0; room < 30; room++)
        {
            Array.Fill(_buffer, (byte)0x55);
            _writer.Begin(_buffer, 10, room);
            _writer.Header(CoapType.Confirmable, CoapCode.Get, 1, _buffer, 0, 4);
            _writer.Option(11, _buffer, 0, 3);
            _writer.Option(300, _buffer, 0, 13);
            _writer.Payload(_buffer, 0, 1);
            Assert.That(_writer.Overflowed, Is.True);
            Assert.That(_buffer[(10 + room)..], Is.All.EqualTo(0x55));
        }

        _writer.Begin(_buffer, 10, 31);
        _writer.Header(CoapType.Confirmable, CoapCode.Get, 1, _buffer, 0, 4);
        _writer.Option(11, _buffer, 0, 3);
        _writer.Option(300, _buffer, 0, 13);
        _writer.Payload(_buffer, 0, 1);
        Assert.That(_writer.Overflowed, Is.False);
        Assert.That(_writer.Length, Is.EqualTo(31));
    }

    [Test]
    public void An_empty_payload_has_no_marker()
    {
        _writer.Begin(_buffer, 0, 10);
        _writer.Empty(CoapType.Reset, 0x1234);
        _writer.Payload(_buffer, 0, 0);
        Assert.That(_buffer[..4], Is.EqualTo(new byte[] { 0x70, 0, 0x12, 0x34 }));
        Assert.That(_writer.Length, Is.EqualTo(4));
    }

    [Test]
    public void What_is_written_is_read_back()
    {
        const int seed = 20260729;
        TestContext.Out.WriteLine("seed " + seed);
        SeededRandom random = new(seed);
        CoapMessage message = new();
        CoapOptionReader options = new();
        for (int round = 0; round < 20000; round++)
        {
            byte[] token = random.Bytes(random.Next(9));
            int[] numbers = Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(3) == 0 ? random.Next(65536) : random.Next(300)).Order().ToArray();
            byte[][] values = numbers.Select(_ => random.Bytes(random.Next(4) == 0 ? random.Next(400) : random.Next(14))).ToArray();
            byte[] payload = random.Bytes(random.Next(20));
            byte[] datagram = new byte[4096];
            _writer.Begin(datagram, 0, datagram.Length);
            _writer.Header(CoapType.NonConfirmable, CoapCode.Put, round & 0xFFFF, token, 0, token.Length);
            for (int i = 0; i < numbers.Length; i++) _writer.Option(numbers[i], values[i], 0, values[i].Length);
            _writer.Payload(payload, 0, payload.Length);

            Assert.That(message.Parse(datagram, 0, _writer.Length), Is.EqualTo(CoapParseStatus.Ok));
            options.Start(message);
            for (int i = 0; i < numbers.Length; i++)
            {
                Assert.That(options.Next(), Is.True);
                Assert.That(options.Number, Is.EqualTo(numbers[i]));
                Assert.That(datagram.AsSpan(options.Offset, options.Length).SequenceEqual(values[i]), Is.True);
            }

            Assert.That(options.Next(), Is.False);
            Assert.That(Bed.BodyOf(message), Is.EqualTo(payload));
            Assert.That(Wire.Decode(datagram[.._writer.Length]).Options.Select(o => o.Number), Is.EqualTo(numbers));
        }
    }

    [Test]
    public void Numbers_take_the_fewest_bytes_and_come_back()
    {
        Prop.ForAll<uint>(value =>
        {
            _writer.Begin(_buffer, 0, 16);
            _writer.Header(CoapType.Confirmable, CoapCode.Get, 1, _buffer, 0, 0);
            _writer.UintOption(CoapOption.Size1, value);
            int bytes = value == 0 ? 0 : value < 1 << 8 ? 1 : value < 1 << 16 ? 2 : value < 1 << 24 ? 3 : 4;
            CoapMessage message = new();
            return message.Parse(_buffer, 0, _writer.Length) == CoapParseStatus.Ok && message.Size1 == value && _writer.Length == 4 + 2 + bytes;
        }).QuickCheckThrowOnFailure();
    }
}
