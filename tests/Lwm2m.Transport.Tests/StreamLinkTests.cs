using System;
using System.Collections.Generic;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Transport.Tests;

/// <summary>The link over a connection, without a connection: what goes out is hex, and time is a number.</summary>
public class StreamLinkTests : ICoapStreamOutput
{
    // CSM with Max-Message-Size 1152 and Block-Wise-Transfer (RFC 8323 5.3).
    private const string Settings = "40E122048020";
    private const string OurSettings = "40E12205DC20";

    private readonly RecordedEvents _events = new();
    private readonly List<string> _sent = new();
    private StreamLink _link = null!;
    private bool _isFull;

    [SetUp]
    public void SetUp()
    {
        _events.Lines.Clear();
        _events.OnReceived = null;
        _sent.Clear();
        _isFull = false;
        _link = new StreamLink(3, 1500, this);
    }

    bool ICoapStreamOutput.Write(byte[] buffer, int offset, int count)
    {
        if (_isFull)
            return false;
        _sent.Add(Convert.ToHexString(buffer, offset, count));
        return true;
    }

    [Test]
    public void Our_settings_go_first_and_the_link_is_up_with_those_of_the_peer()
    {
        _link.Connected(_events, 1000);
        Assert.That(_sent, Is.EqualTo(new[] { OurSettings }));
        Assert.That(_events.Lines, Is.Empty);
        Assert.That(_link.IsUp, Is.False);
        Assert.That(_link.Send(Hex("50450000"), 0, 4), Is.False, "not before LinkUp");
        In(Settings, 1001);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "up 3" }));
        Assert.That(_link.MaxDatagramBytes, Is.EqualTo(1152));
        Assert.That(_link.TakesBlocks, Is.True);
    }

    [Test]
    public void Without_the_peers_settings_the_link_is_up_after_two_seconds_on_base_values()
    {
        _link.Connected(_events, 1000);
        _link.Poll(_events, 1000);
        Assert.That(_link.DueMs, Is.EqualTo(3000));
        _link.Poll(_events, 2999);
        Assert.That(_events.Lines, Is.Empty);
        _link.Poll(_events, 3000);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "up 3" }));
        Assert.That(_link.MaxDatagramBytes, Is.EqualTo(1152));
        Assert.That(_link.TakesBlocks, Is.False);
        In(Settings, 9000);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "up 3" }), "told once");
        Assert.That(_link.TakesBlocks, Is.True);
    }

    [Test]
    public void Frames_come_in_as_datagrams_and_datagrams_go_out_as_frames()
    {
        Up();
        In("01" + "01" + "AA", 1);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "in 3 51010000AA" }));
        byte[] answer = Hex("51451234AAFF31");
        Assert.That(_link.Send(answer, 0, answer.Length), Is.True);
        Assert.That(_sent, Is.EqualTo(new[] { "2145AAFF31" }));
        Assert.That(answer, Is.EqualTo(Hex("51451234AAFF31")));
    }

    [Test]
    public void An_answer_that_is_too_long_is_told_by_its_head()
    {
        Up();
        // 1500 + 269 bytes of body, with a token of one byte.
        In("E1" + "05DC" + "45" + "AA" + new string('0', 2 * (1500 + 269)), 1);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "too large 3 51450000AA" }));
    }

    [Test]
    public void A_lost_connection_is_told_once()
    {
        Up();
        _link.Lost(_events, LinkFailure.Closed, 5);
        _link.Lost(_events, LinkFailure.Closed, 6);
        _link.Poll(_events, 100_000);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "down 3 Closed" }));
        Assert.That(_link.DueMs, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void A_connection_that_ends_before_it_was_up_is_told_too()
    {
        _link.Connected(_events, 0);
        _link.Lost(_events, LinkFailure.Closed, 1);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "down 3 Closed" }));
    }

    [Test]
    public void An_abort_of_the_peer_brings_the_link_down()
    {
        Up();
        In("00E5", 1);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "down 3 Closed" }));
        Assert.That(_link.IsOpen, Is.False);
    }

    [Test]
    public void Broken_rules_are_answered_with_an_abort_and_bring_the_link_down()
    {
        Up();
        In("0F", 1);
        Assert.That(_sent, Has.Count.EqualTo(1));
        Assert.That(_sent[0], Does.StartWith("D009E5FF"), "with the reason in words");
        Assert.That(_events.Lines, Is.EqualTo(new[] { "down 3 Other" }));
    }

    [Test]
    public void Silence_is_asked_and_then_told()
    {
        Up();
        long now = 0;
        while (_events.Lines.Count == 0 && now < 200_000)
        {
            _link.Poll(_events, now);
            Assert.That(_link.DueMs, Is.GreaterThan(now).Or.EqualTo(long.MaxValue));
            now = Math.Max(now + 1, _link.DueMs);
        }
        Assert.That(_sent, Is.EqualTo(new[] { "01E201" }));
        Assert.That(_events.Lines, Is.EqualTo(new[] { "down 3 Closed" }));
    }

    [Test]
    public void No_keep_alive_means_no_ping()
    {
        _link.KeepAliveMs = 0;
        Up();
        _link.Poll(_events, 10_000_000);
        Assert.That(_sent, Is.Empty);
        Assert.That(_link.DueMs, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void A_released_link_takes_answers_for_a_second_and_is_down_then()
    {
        Up();
        In("00E4", 1000);
        Assert.That(_link.IsUp, Is.False);
        Assert.That(_link.Send(Hex("50010000"), 0, 4), Is.False, "no request any more");
        Assert.That(_link.Send(Hex("50450000"), 0, 4), Is.True, "but an answer");
        In("0145AA", 1500);
        _link.Poll(_events, 1500);
        Assert.That(_link.DueMs, Is.EqualTo(2000));
        _link.Poll(_events, 1999);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "in 3 51450000AA" }));
        Assert.That(_link.IsOpen, Is.True);
        _link.Poll(_events, 2000);
        Assert.That(_link.IsOpen, Is.False, "the owner closes");
        Assert.That(_events.Lines, Is.EqualTo(new[] { "in 3 51450000AA", "down 3 Closed" }));
    }

    [Test]
    public void A_release_with_hold_off_is_told_when_that_is_over()
    {
        Up();
        // Hold-Off 60 s.
        In("20E4413C", 1000);
        _link.Lost(_events, LinkFailure.Closed, 1100);
        _link.Poll(_events, 60_999);
        Assert.That(_events.Lines, Is.Empty);
        Assert.That(_link.DueMs, Is.EqualTo(61_000));
        _link.Poll(_events, 61_000);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "down 3 Closed" }));
    }

    [Test]
    public void Half_a_year_of_hold_off_is_cut_to_a_day()
    {
        Up();
        In("40E443FFFFFF", 1000);
        _link.Poll(_events, 3000);
        Assert.That(_link.DueMs, Is.EqualTo(86_401_000));
    }

    [Test]
    public void Close_releases_and_tells_nothing()
    {
        Up();
        _link.Close();
        _link.Close();
        _link.Poll(_events, 100_000);
        In("00E5", 100_001);
        Assert.That(_sent, Is.EqualTo(new[] { "00E4" }));
        Assert.That(_events.Lines, Is.Empty);
        Assert.That(_link.Send(Hex("50450000"), 0, 4), Is.False);
    }

    [Test]
    public void Closed_while_it_is_told_of_a_message_it_tells_no_more()
    {
        Up();
        _events.OnReceived = _ => _link.Close();
        In("0101AA" + "0101BB", 1);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "in 3 51010000AA" }));
    }

    [Test]
    public void A_new_connection_knows_nothing_of_the_old_one()
    {
        Up();
        In("01", 1);
        _link.Lost(_events, LinkFailure.Closed, 2);
        _events.Lines.Clear();
        _link.Connected(_events, 3);
        Assert.That(_link.TakesBlocks, Is.False);
        In(Settings + "0101AA", 4);
        Assert.That(_events.Lines, Is.EqualTo(new[] { "up 3", "in 3 51010000AA" }));
    }

    [Test]
    public void What_the_output_does_not_take_is_refused_and_works_later()
    {
        Up();
        _isFull = true;
        Assert.That(_link.Send(Hex("50450000"), 0, 4), Is.False);
        _isFull = false;
        Assert.That(_link.Send(Hex("50450000"), 0, 4), Is.True);
        Assert.That(_sent, Is.EqualTo(new[] { "0045" }));
    }

    private void Up()
    {
        _link.Connected(_events, 0);
        In(Settings, 0);
        _events.Lines.Clear();
        _sent.Clear();
    }

    private void In(string hex, long now)
    {
        byte[] bytes = Hex(hex);
        _link.Received(_events, bytes, 0, bytes.Length, now);
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex);
}
