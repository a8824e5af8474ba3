using NUnit.Framework;

namespace Lwm2m.Coap.Tests;

/// <summary>Signalling of RFC 8323 5.</summary>
[TestFixture]
internal sealed class StreamSignalTests
{
    private static string Text(string text) => Wire.Hex(System.Text.Encoding.ASCII.GetBytes(text));

    [Test]
    public void Base_values_hold_until_the_settings_come()
    {
        StreamBed bed = new(started: false);
        bed.Stream.Start(0);
        Assert.That(bed.Stream.HasPeerSettings, Is.False);
        Assert.That(bed.Stream.PeerMaxMessageBytes, Is.EqualTo(1152));
        Assert.That(bed.Stream.PeerTakesBlocks, Is.False);
        bed.PeerSends("00 e1");
        bed.Tells("settings 1152");
        Assert.That(bed.Stream.HasPeerSettings, Is.True);
    }

    [Test]
    public void Settings_add_up()
    {
        StreamBed bed = new();
        bed.PeerSends("30 e1 22 05 00");
        bed.Tells("settings 1280");
        bed.PeerSends("10 e1 40");
        bed.Tells("settings 1280 blocks");
        bed.PeerSends("00 e1");
        bed.Tells("settings 1280 blocks");
        bed.PeerSends("10 e1 20");
        bed.Tells("settings 0 blocks");
        Assert.That(bed.Written(), Is.Empty);
    }

    [TestCase("e1 00", TestName = "A_new_connection_begins_anew_after_half_a_header")]
    [TestCase("e1 00 00 01 05", TestName = "A_new_connection_begins_anew_after_half_a_body")]
    [TestCase("f1 00 00 00 00 01 05", TestName = "A_new_connection_begins_anew_while_skipping")]
    public void A_new_connection_begins_anew(string cut)
    {
        StreamBed bed = new();
        bed.PeerSends("40 e1 22 05 00 20");
        bed.PeerSends(cut);
        bed.Stream.Start(5);
        Assert.That(bed.Stream.PeerMaxMessageBytes, Is.EqualTo(1152));
        Assert.That(bed.Stream.PeerTakesBlocks, Is.False);
        bed.Told();
        bed.PeerSends("00 e1 01 01 09");
        Assert.That(bed.Told(), Is.EqualTo("settings 1152\nNON GET 0 t=09"));
    }

    [Test]
    public void Unknown_elective_options_are_passed_over()
    {
        StreamBed bed = new();
        bed.PeerSends("40 e1 61 07 40 40");
        bed.Tells("settings 1152");
        bed.PeerSends("11 e2 42 40");
        bed.Wrote("01 e3 42");
    }

    [TestCase("01 01 05", TestName = "Request_before_settings_aborts")]
    [TestCase("00 00", TestName = "Empty_before_settings_aborts")]
    [TestCase("01 e2 42", TestName = "Ping_before_settings_aborts")]
    [TestCase("ff ff ff ff ff 02", TestName = "Huge_request_before_settings_aborts")]
    public void Settings_come_first(string frame)
    {
        StreamBed bed = new(started: false);
        bed.Stream.Start(0);
        bed.Written();
        bed.PeerSends(frame);
        bed.Tells("failed ProtocolError");
        string written = bed.Written();
        Assert.That(written, Does.StartWith("d0"));
        Assert.That(written[4..8], Is.EqualTo("e5ff"));
    }

    [TestCase("10 e1 10", "d0 0b e5 21 01 ff", "Unknown critical option")]
    [TestCase("20 e1 d0 f4", "d0 0c e5 22 01 01 ff", "Unknown critical option")]
    [TestCase("60 e1 25 01 02 03 04 05", "d0 05 e5 21 02 ff", "Bad CSM option")]
    [TestCase("20 e1 41 00", "d0 05 e5 21 04 ff", "Bad CSM option")]
    public void Bad_options_of_settings_are_named(string frame, string head, string diagnostic)
    {
        StreamBed bed = new();
        bed.PeerSends(frame);
        bed.Tells("failed ProtocolError");
        string written = bed.Written();
        int length = (Frame.Hex(head).Length - 3) + diagnostic.Length;
        Assert.That(written, Is.EqualTo("d0" + (length - 13).ToString("x2") + Wire.Hex(Frame.Hex(head))[4..] + Text(diagnostic)));
    }

    [TestCase("10 e2 10")]
    [TestCase("10 e3 30")]
    [TestCase("10 e4 50")]
    public void Unknown_critical_options_of_other_signals_abort(string frame)
    {
        StreamBed bed = new();
        bed.PeerSends(frame);
        bed.Tells("failed ProtocolError");
        bed.Wrote("d0 0b e5 ff" + Text("Unknown critical option"));
    }

    [Test]
    public void Ping_is_answered_with_its_token()
    {
        StreamBed bed = new();
        bed.PeerSends("01 e2 42");
        bed.Wrote("01 e3 42");
        bed.PeerSends("00 e2");
        bed.Wrote("00 e3");
        bed.PeerSends("18 e2 0102030405060708 20");
        bed.Wrote("18 e3 0102030405060708 20");
        bed.TellsNothing();
    }

    [Test]
    public void Custody_is_echoed_behind_the_answers_of_what_came_before()
    {
        StreamBed bed = new();
        bed.Message = _ => bed.Sends("NON 2.05 0 t=09");
        bed.PeerSends("01 01 09 11 e2 42 20");
        bed.Wrote("01 45 09 11 e3 42 20");
    }

    [Test]
    public void Unknown_signals_are_passed_over()
    {
        StreamBed bed = new();
        bed.PeerSends("00 e0 00 e6 10 ff 10 10 e7 ff");
        bed.TellsNothing();
        Assert.That(bed.Written(), Is.Empty);
        Assert.That(bed.Stream.IsOpen, Is.True);
    }

    [Test]
    public void Abort_of_the_peer_fails_the_stream_without_an_answer()
    {
        StreamBed bed = new();
        bed.PeerSends("d0 00 e5 ff" + Text("goodbye now!"));
        bed.Tells("failed Aborted");
        Assert.That(bed.Written(), Is.Empty);
        Assert.That(bed.Stream.Ping(0), Is.False);
        Assert.That(bed.Stream.Release(), Is.False);
        Assert.That(bed.Passes(100000), Is.EqualTo(long.MaxValue));
        bed.TellsNothing();
    }

    [Test]
    public void Signal_over_the_size_aborts()
    {
        StreamBed bed = new(64);
        bed.PeerSends("d0 40 e2");
        bed.Tells("failed ProtocolError");
    }

    [TestCase("00 e4", 0)]
    [TestCase("20 e4 41 05", 5)]
    [TestCase("40 e4 43 01 51 80", 86400)]
    [TestCase("50 e4 22 61 62 21 0a", 10)]
    [TestCase("50 e4 44 01 02 03 04", 0)]
    public void Release_tells_the_hold_off(string frame, int seconds)
    {
        StreamBed bed = new();
        bed.PeerSends(frame);
        bed.Tells("release " + seconds);
        Assert.That(bed.Sends("NON 2.05 0 t=01"), Is.True, "what is pending may be answered");
    }

    [Test]
    public void After_our_release_only_answers_go_out()
    {
        StreamBed bed = new();
        Assert.That(bed.Stream.Release(), Is.True);
        bed.Wrote("00 e4");
        Assert.That(bed.Sends("NON GET 0 t=01"), Is.False);
        Assert.That(bed.Sends("NON 2.05 0 t=01"), Is.True);
        bed.Wrote("01 45 01");
    }

    [Test]
    public void A_silent_peer_is_asked_and_then_given_up()
    {
        StreamBed bed = new();
        Assert.That(bed.Passes(0), Is.EqualTo(30000));
        Assert.That(bed.Passes(29999), Is.EqualTo(30000));
        Assert.That(bed.Written(), Is.Empty);
        Assert.That(bed.Passes(1), Is.EqualTo(40000));
        bed.Wrote("01 e2 01");
        Assert.That(bed.Passes(9999), Is.EqualTo(40000));
        bed.TellsNothing();
        Assert.That(bed.Passes(1), Is.EqualTo(long.MaxValue));
        bed.Tells("failed NoPong");
        Assert.That(bed.Stream.IsOpen, Is.False);
    }

    [TestCase("01 e3 01")]
    [TestCase("00 00")]
    [TestCase("01 45 07")]
    [TestCase("01")]
    public void Any_byte_is_a_sign_of_life(string bytes)
    {
        StreamBed bed = new();
        bed.Passes(30000);
        bed.Passes(5000);
        bed.PeerSends(bytes);
        Assert.That(bed.Passes(0), Is.EqualTo(65000));
        bed.Told();
        bed.Written();
        Assert.That(bed.Passes(30000), Is.EqualTo(75000));
        bed.Wrote("01 e2 02");
        Assert.That(bed.Stream.IsOpen, Is.True);
    }

    [Test]
    public void Keep_alive_can_be_set_and_switched_off()
    {
        StreamBed bed = new();
        bed.Stream.KeepAliveMs = 1000;
        bed.Stream.PongTimeoutMs = 200;
        Assert.That(bed.Passes(1000), Is.EqualTo(1200));
        bed.PeerSends("00 e3");
        bed.Stream.KeepAliveMs = 0;
        Assert.That(bed.Passes(1000000), Is.EqualTo(long.MaxValue));
        bed.Wrote("01 e2 01");
        Assert.That(bed.Stream.Ping(bed.Now), Is.True);
        bed.Wrote("01 e2 02");
        Assert.That(bed.Passes(0), Is.EqualTo(bed.Now + 200));
        bed.Passes(200);
        bed.Tells("failed NoPong");
    }

    [Test]
    public void What_the_connection_cannot_take_waits()
    {
        StreamBed bed = new(started: false) { Takes = 0 };
        bed.Stream.Start(0);
        Assert.That(bed.Sends("NON GET 0 t=01"), Is.False, "nothing goes before the settings");
        Assert.That(bed.Passes(0), Is.EqualTo(100));
        bed.Takes = 100;
        Assert.That(bed.Sends("NON GET 0 t=01"), Is.True);
        bed.Wrote("40 e1 22 04 80 20 01 01 01");

        bed.PeerSends("00 e1");
        bed.Takes = 0;
        bed.PeerSends("01 e2 42 01 e2 43");
        Assert.That(bed.Sends("NON GET 0 t=02"), Is.False);
        Assert.That(bed.Passes(50), Is.EqualTo(150));
        bed.Takes = 100;
        Assert.That(bed.Passes(50), Is.EqualTo(30000));
        bed.Wrote("01 e3 42");
    }

    [Test]
    public void A_stopped_stream_hears_and_says_nothing()
    {
        StreamBed bed = new();
        bed.Stream.Stop();
        bed.PeerSends("01 01 01");
        Assert.That(bed.Sends("NON GET 0"), Is.False);
        Assert.That(bed.Passes(100000), Is.EqualTo(long.MaxValue));
        bed.TellsNothing();
    }
}
