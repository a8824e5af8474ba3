using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>Frames of RFC 8323 3.2: byte for byte, of all lengths, in all pieces.</summary>
[TestFixture]
internal sealed class StreamFrameTests
{
    private const int Large = 70000;

    // A conversation as one peer sends it, and what its other end must be told and answer.
    private static byte[] Recording()
    {
        List<byte> bytes = new();
        bytes.AddRange(Frame.Hex("40e122048020"));
        bytes.AddRange(Frame.Of("NON GET 0 t=0102 /3/0/0"));
        bytes.AddRange(Frame.Hex("0000"));
        bytes.AddRange(Frame.Hex("01e242"));
        bytes.AddRange(Frame.Of("NON 2.05 0 t=0102030405060708 CF=0 | 255@0"));
        bytes.AddRange(Frame.Of("NON PUT 0 t=aa /5/0/0 | 300@7"));
        bytes.AddRange(Frame.Of("NON PUT 0 t=bb /5/0/0 | 900@7"));
        bytes.AddRange(Frame.Of("NON 2.05 0 t=cc | 900@7"));
        bytes.AddRange(Frame.Hex("01e6 42"));
        bytes.AddRange(Frame.Of("NON DELETE 0"));
        bytes.AddRange(Frame.Hex("20e4 4105"));
        return bytes.ToArray();
    }

    private const string RecordingTold =
        "settings 1152 blocks\nNON GET 0 t=0102 /3/0/0\nNON 2.05 0 t=0102030405060708 CF=0 | 255@0\nNON PUT 0 t=aa /5/0/0 | 300@7\n" +
        "too large: NON 2.05 0 t=cc\nNON DELETE 0\nrelease 5";

    private const string RecordingWritten = "40e122020020" + "01e342" + "018dbb";

    [Test]
    public void Settings_are_the_first_bytes()
    {
        StreamBed bed = new(started: false);
        Assert.That(bed.Stream.IsOpen, Is.False);
        bed.Stream.Start(0);
        bed.Wrote("40 e1 22 04 80 20");
        Assert.That(bed.Stream.IsOpen, Is.True);
        Assert.That(bed.Sends("NON GET 0 t=01"), Is.True, "a request may follow at once");
        bed.Wrote("01 01 01");
    }

    [TestCase(64, "30e1 2140 20")]
    [TestCase(255, "30e1 21ff 20")]
    [TestCase(65536, "50e1 23010000 20")]
    public void Settings_name_the_size(int bytes, string frame)
    {
        StreamBed bed = new(bytes, false);
        bed.Stream.Start(0);
        bed.Wrote(frame);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(12)]
    [TestCase(13)]
    [TestCase(14)]
    [TestCase(268)]
    [TestCase(269)]
    [TestCase(270)]
    [TestCase(65804)]
    [TestCase(65805)]
    [TestCase(65806)]
    [TestCase(66000)]
    public void Lengths_go_out_and_come_in(int length)
    {
        StreamBed bed = new(Large);
        bed.PeerSends("40e1 23ffffff");
        bed.Tells("settings 16777213");
        for (int tokenLength = 0; tokenLength <= 8; tokenLength++)
        {
            byte[] datagram = new byte[4 + tokenLength + length];
            datagram[0] = (byte)(0x50 | tokenLength);
            datagram[1] = 0x45;
            if (length > 0) datagram[4 + tokenLength] = 0xFF;
            byte[] frame = Frame.Header(length, tokenLength).Append((byte)0x45).Concat(datagram.Skip(4)).ToArray();
            byte[] copy = datagram.Append((byte)7).Prepend((byte)7).ToArray();
            bool valid = length != 1;

            Assert.That(bed.Stream.Send(copy, 1, datagram.Length), Is.True);
            Assert.That(bed.Written(), Is.EqualTo(Wire.Hex(frame)));
            Assert.That(copy.AsSpan(1, datagram.Length).SequenceEqual(datagram), Is.True, "the caller's buffer is as it was");
            Assert.That(copy[0] + copy[^1], Is.EqualTo(14));
            if (!valid) continue;

            byte[]? got = null;
            bed.Message = bytes => got = bytes;
            bed.PeerSends(frame);
            Assert.That(got.AsSpan().SequenceEqual(datagram), Is.True);
        }
    }

    [Test]
    public void Any_pieces_mean_the_same()
    {
        byte[] recording = Recording();
        for (int size = 1; size <= recording.Length; size += size < 40 ? 1 : 31)
        {
            StreamBed bed = new(512, false);
            bed.Stream.Start(0);
            for (int at = 0; at < recording.Length; at += size) bed.PeerSends(recording[at..Math.Min(at + size, recording.Length)]);
            Assert.That(bed.Told(), Is.EqualTo(RecordingTold), "pieces of " + size);
            Assert.That(bed.Written(), Is.EqualTo(RecordingWritten), "pieces of " + size);
            Assert.That(bed.Stream.IsOpen, Is.True);
        }

        const int seed = 8323;
        TestContext.Out.WriteLine("seed " + seed);
        SeededRandom random = new(seed);
        for (int round = 0; round < 300; round++)
        {
            StreamBed bed = new(512, false);
            bed.Stream.Start(0);
            for (int at = 0; at < recording.Length;)
            {
                int size = Math.Min(random.Next(random.Next(2) == 0 ? 4 : 400), recording.Length - at);
                byte[] piece = new byte[size + 6];
                Array.Copy(recording, at, piece, 3, size);
                bed.Stream.Received(piece, 3, size, 0);
                at += size;
            }

            Assert.That(bed.Told(), Is.EqualTo(RecordingTold), "round " + round);
            Assert.That(bed.Written(), Is.EqualTo(RecordingWritten), "round " + round);
        }
    }

    [Test]
    public void Every_split_in_two_means_the_same()
    {
        byte[] recording = Recording();
        for (int at = 0; at <= recording.Length; at++)
        {
            StreamBed bed = new(512, false);
            bed.Stream.Start(0);
            bed.PeerSends(recording[..at]);
            bed.PeerSends(recording[at..]);
            Assert.That(bed.Told(), Is.EqualTo(RecordingTold), "split at " + at);
        }
    }

    [Test]
    public void Reserved_token_lengths_abort()
    {
        for (int length = 9; length < 16; length++)
        {
            StreamBed bed = new();
            bed.PeerSends(new byte[] { (byte)length, 0x45 });
            bed.Tells("failed ProtocolError");
            bed.Wrote("d0 09 e5 ff" + Wire.Hex("Reserved token length"u8.ToArray()));
        }
    }

    [TestCase("10 01 b2", TestName = "Option_beyond_the_end_aborts")]
    [TestCase("10 01 ff", TestName = "Marker_without_payload_aborts")]
    [TestCase("10 01 f0", TestName = "Option_delta_15_aborts")]
    [TestCase("10 01 0f", TestName = "Option_length_15_aborts")]
    [TestCase("20 01 d1 00", TestName = "Option_without_its_value_aborts")]
    [TestCase("60 45 e0 ff ff e0 ff ff", TestName = "Option_number_over_65535_aborts")]
    [TestCase("00 20", TestName = "Class_1_aborts")]
    [TestCase("00 c1", TestName = "Class_6_aborts")]
    public void Format_errors_abort(string frame)
    {
        StreamBed bed = new();
        bed.PeerSends(frame);
        bed.Tells("failed ProtocolError");
        bed.Wrote("d0 08 e5 ff" + Wire.Hex("Message format error"u8.ToArray()));
        bed.PeerSends("00 01");
        bed.TellsNothing();
        Assert.That(bed.Stream.IsOpen, Is.False);
        Assert.That(bed.Sends("NON GET 0"), Is.False);
    }

    [Test]
    public void Too_large_requests_are_answered_and_the_connection_lives()
    {
        StreamBed bed = new(100);
        byte[] request = Frame.Of("NON PUT 0 t=0102030405060708 /5/0/0 | 5000@0");
        bed.PeerSends(request);
        bed.TellsNothing();
        bed.Wrote("08 8d 0102030405060708");
        bed.PeerSends(Frame.Of("NON GET 0 t=01 /3"));
        bed.Tells("NON GET 0 t=01 /3");
    }

    [Test]
    public void Size_counts_the_whole_frame()
    {
        StreamBed bed = new(100);
        byte[] fits = Frame.Of("NON 2.05 0 t=01 | 95@0");
        Assert.That(fits, Has.Length.EqualTo(100));
        bed.PeerSends(fits);
        bed.Tells("NON 2.05 0 t=01 | 95@0");
        bed.PeerSends(Frame.Of("NON 2.05 0 t=01 | 96@0"));
        bed.Tells("too large: NON 2.05 0 t=01");
        bed.PeerSends(Frame.Of("NON 2.05 0 t=01 | 95@0"));
        bed.Tells("NON 2.05 0 t=01 | 95@0");
    }

    [Test]
    public void The_largest_length_there_is_is_skipped_by_counting()
    {
        StreamBed bed = new(100);
        bed.PeerSends("f1 ff ff ff ff 02 77");
        byte[] zeros = new byte[1 << 20];
        long left = 0xFFFFFFFFL + 65805;
        for (; left > zeros.Length; left -= zeros.Length) bed.PeerSends(zeros);
        bed.PeerSends(zeros[..(int)(left - 1)]);
        bed.TellsNothing();
        Assert.That(bed.Written(), Is.Empty);
        bed.PeerSends("00");
        bed.Wrote("01 8d 77");
        bed.PeerSends("01 01 05");
        bed.Tells("NON GET 0 t=05");
    }

    [Test]
    public void What_the_peer_cannot_take_is_not_sent()
    {
        StreamBed bed = new();
        Assert.That(bed.Sends("NON PUT 0 t=01 | 1147@0"), Is.False);
        Assert.That(bed.Written(), Is.Empty);
        Assert.That(bed.Sends("NON PUT 0 t=01 | 1146@0"), Is.True);
        bed.PeerSends("30e1 220200");
        bed.Told();
        bed.Written();
        Assert.That(bed.Sends("NON PUT 0 t=01 | 507@0"), Is.False);
        Assert.That(bed.Sends("NON PUT 0 t=01 | 506@0"), Is.True);
        Assert.That(bed.Written().Length, Is.EqualTo(2 * 512));
    }

    [Test]
    public void Empty_messages_and_acknowledgements_do_not_go_out()
    {
        StreamBed bed = new();
        Assert.That(bed.Sends("ACK - 17"), Is.True);
        Assert.That(bed.Sends("RST - 17"), Is.True);
        Assert.That(bed.Written(), Is.Empty);
    }

    [Test]
    public void A_long_message_that_is_cut_ends_the_connection()
    {
        StreamBed bed = new(Large);
        bed.PeerSends("50e1 24ffffffff");
        bed.Tells("settings 2147483647");
        bed.Takes = 100;
        Assert.That(bed.Sends("NON PUT 0 t=01 | 65900@0"), Is.False);
        bed.TellsNothing();
        Assert.That(bed.Passes(0), Is.EqualTo(long.MaxValue));
        bed.Tells("failed CutMessage");
        bed.Passes(0);
        bed.TellsNothing();
    }

    [Test]
    public void A_buffer_too_small_is_refused() =>
        Assert.That(() => new CoapStream(63, null!, null!), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
