using System;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.NonIp;

public class NonIpTransportTests
{
    private const string Get = "40010001";
    private const string Ack = "60450001";
    private const string Note = "504500026101FF31";

    [Test]
    public void A_link_is_defined_before_the_attach_and_asked_about_once_it_is_open()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed);
        bed.On("AT+CSODCP=?", "+CSODCP: (0-10),(512),(0-2),(0,1)", "OK");
        bed.On("AT+CGCONTRDP=1", "+CGCONTRDP: 1,5,\"lwm2m.nidd\",,,,,,,,,,,,500", "OK");
        bed.On("AT+CGAPNRC=1", "+CGAPNRC: 1,0,2,16", "OK");
        bed.Open(transport, "coap+nidd://lwm2m.nidd");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[]
        {
            "AT+CGDCONT=1,\"Non-IP\",\"lwm2m.nidd\"", "AT+CRTDCP=1", "AT+CGACT=1,1", "AT+CSODCP=?", "AT+CGCONTRDP=1", "AT+CGAPNRC=1",
        }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0" }));
        Assert.That(transport.MaxDatagramBytes(0), Is.EqualTo(500));
        Assert.That(transport.LocalPort(0), Is.Zero);
    }

    [Test]
    public void Messages_go_out_and_come_in()
    {
        BearerBed bed = Up(out NonIpTransport transport);
        Assert.That(bed.Send(transport, Get), Is.True);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+CSODCP=1,4,\"40010001\"" }));
        bed.SayLines("+CRTDCP: 1,4,\"60450001\"", "+CRTDCP: 1,4,60450001", "+CRTDCP: 1,4,\"60450002\",1,2");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "in 0 60450001", "in 0 60450001", "in 0 60450002" }));
    }

    [Test]
    public void Messages_are_counted_once_they_are_gone_or_there()
    {
        BearerBed bed = Up(out NonIpTransport transport);
        var traffic = new RecordingTraffic();
        transport.Traffic = traffic;
        bed.On("AT+CSODCP=1,4,\"40010001\"", "ERROR");
        bed.Send(transport, Get);
        Assert.That(traffic.Heard, Is.Empty, "not taken yet");
        bed.Forget("AT+CSODCP=1,4,\"40010001\"");
        bed.Advance(1000);
        bed.SayLines("+CRTDCP: 1,7,\"504500026101FF31\"", "+CRTDCP: 1,4,\"60450001\"", "+CRTDCP: 9,4,\"60450001\"");
        Assert.That(traffic.Heard, Is.EqualTo(new[] { "sent N 4", "received N 4" }));
    }

    [Test]
    public void The_other_spelling_is_tried_where_one_is_refused()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed);
        bed.On("AT+CGDCONT=1,\"Non-IP\",\"a\"", "ERROR");
        bed.Open(transport, "coap+nidd://a");
        Assert.That(bed.TakeSent()[..2], Is.EqualTo(new[] { "AT+CGDCONT=1,\"Non-IP\",\"a\"", "AT+CGDCONT=1,\"NONIP\",\"a\"" }));
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void Each_server_has_a_context_of_its_own_and_two_on_one_are_refused()
    {
        BearerBed bed = Up(out NonIpTransport transport);
        bed.Open(transport, "coap+nidd://b", 1);
        Assert.That(bed.TakeSent(), Does.Contain("AT+CGDCONT=2,\"Non-IP\",\"b\"").And.Contain("AT+CGACT=1,2"));
        bed.Send(transport, Get, 1);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+CSODCP=2,4,\"40010001\"" }));
        bed.SayLines("+CRTDCP: 2,4,\"60450001\"");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 1", "in 1 60450001" }));
        bed.Open(transport, "coap+nidd://a", 1);
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 1 Refused" }));
        Assert.That(transport.Send(1, new byte[4], 0, 4), Is.False);
        bed.Open(transport, "coap+nidd://c", 1);
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 1" }));
    }

    [Test]
    public void An_IP_server_is_reached_by_the_default_access_point_which_is_defined_from_the_start()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed, new NonIpOptions { Apn = "iot" });
        bed.Run();
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+CGDCONT=1,\"Non-IP\",\"iot\"" }));
        Assert.That(transport.CanOpen(0, ServerUri.TryParse("coap://server.example")!), Is.True);
        Assert.That(transport.CanOpen(0, ServerUri.TryParse("coaps://server.example")!), Is.False);
        bed.Open(transport, "coap://server.example");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0" }));
        Assert.That(Make(new BearerBed()).CanOpen(0, ServerUri.TryParse("coap://server.example")!), Is.False);
    }

    [Test]
    public void A_question_that_is_answered_OK_alone_or_refused_changes_nothing()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed);
        bed.On("AT+CSODCP=?", "OK").On("AT+CGCONTRDP=1", "ERROR").On("AT+CGAPNRC=1", "+CME ERROR: 4").On("AT+CGACT=1,1", "ERROR");
        bed.Open(transport, "coap+nidd://a");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0" }));
        Assert.That(transport.MaxDatagramBytes(0), Is.EqualTo(1358));
        Assert.That(transport.IsHeldBack(0), Is.False);
    }

    [Test]
    public void Release_assistance_says_what_follows()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed, new NonIpOptions { ReleaseAssistance = true });
        bed.Open(transport, "coap+nidd://a");
        bed.TakeSent();
        bed.Send(transport, Get);
        bed.Send(transport, Note);
        bed.SayLines("+CRTDCP: 1,4,\"60450001\"");
        bed.Send(transport, "504500036101FF31");
        bed.SayLines("+CRTDCP: 1,4,\"40010009\"");
        bed.Send(transport, "504500046101FF31");
        bed.Send(transport, "60450009");
        Assert.That(bed.TakeSent(), Is.EqualTo(new[]
        {
            // A CON: one answer is expected. While it is, nothing is known of what follows a NON.
            "AT+CSODCP=1,4,\"40010001\",2", "AT+CSODCP=1,8,\"504500026101FF31\"", "AT+CSODCP=1,8,\"504500036101FF31\",1",
            // A request of the server wants its answer first.
            "AT+CSODCP=1,8,\"504500046101FF31\"", "AT+CSODCP=1,4,\"60450009\",1",
        }));
    }

    [Test]
    public void A_modem_without_release_assistance_or_exceptions_hears_nothing_of_them()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed, new NonIpOptions { ReleaseAssistance = true, IsException = true });
        bed.On("AT+CSODCP=?", "+CSODCP: (0-10),(1358),(0),(0)", "OK");
        bed.Open(transport, "coap+nidd://a");
        bed.TakeSent();
        bed.Send(transport, Get);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+CSODCP=1,4,\"40010001\"" }));
    }

    [Test]
    public void Exception_data_is_marked()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed, new NonIpOptions { IsException = true });
        bed.Open(transport, "coap+nidd://a");
        bed.TakeSent();
        bed.Send(transport, Get);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+CSODCP=1,4,\"40010001\",0,1" }));
    }

    [Test]
    public void Answers_pass_requests_and_notifications_and_a_full_queue_takes_nothing()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed, new NonIpOptions { MaxMessageBytes = 64, QueueBytes = 68 });
        bed.Open(transport, "coap+nidd://a");
        bed.TakeSent();
        bed.SetRegistration(2);
        Assert.That(bed.Send(transport, Get), Is.True);
        // A notification has an Observe option and is no answer.
        Assert.That(bed.Send(transport, "50450002" + "6105" + "FF31"), Is.True);
        Assert.That(bed.Send(transport, Ack), Is.True);
        Assert.That(bed.Send(transport, "70000007"), Is.True);
        Assert.That(bed.Send(transport, "40010005" + new string('0', 80)), Is.False);
        Assert.That(bed.TakeSent(), Is.Empty);
        bed.SetRegistration(1);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[]
        {
            "AT+CSODCP=1,4,\"60450001\"", "AT+CSODCP=1,4,\"70000007\"", "AT+CSODCP=1,4,\"40010001\"", "AT+CSODCP=1,8,\"504500026105FF31\"",
        }));
        Assert.That(bed.TakeEvents(), Does.Contain("recovered"));
    }

    [Test]
    public void Without_a_network_a_message_waits_once_however_often_CoAP_repeats_it()
    {
        BearerBed bed = Up(out NonIpTransport transport);
        bed.SetRegistration(2);
        for (int index = 0; index < 5; index++)
            Assert.That(bed.Send(transport, Get), Is.True);
        Assert.That(transport.QueuedBytes, Is.EqualTo(8));
        bed.SetRegistration(5);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+CSODCP=1,4,\"40010001\"" }));
    }

    [Test]
    public void After_a_long_time_without_a_network_nothing_old_is_sent()
    {
        BearerBed bed = Up(out NonIpTransport transport);
        bed.SetRegistration(2);
        bed.Send(transport, Get);
        bed.Advance(3_600_000);
        bed.TakeSent();
        bed.SetRegistration(1);
        Assert.That(bed.TakeSent(), Is.Empty);
        Assert.That(bed.TakeEvents(), Does.Contain("recovered").And.Not.Contain("down 0 Unreachable"));
        Assert.That(bed.Send(transport, Get), Is.True);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[] { "AT+CSODCP=1,4,\"40010001\"" }));
    }

    [Test]
    public void A_refused_message_is_repeated_and_then_its_context_brought_back()
    {
        BearerBed bed = Up(out NonIpTransport transport);
        bed.On("AT+CSODCP=1,4,\"40010001\"", "ERROR").On("AT+CSODCP=1,4,\"40010001\"", "ERROR").On("AT+CSODCP=1,4,\"40010001\"", "+CME ERROR: 100");
        bed.On("AT+CSODCP=1,4,\"40010001\"", "OK");
        bed.Send(transport, Get);
        Assert.That(bed.TakeSent(), Has.Length.EqualTo(1));
        bed.Advance(1000);
        Assert.That(bed.TakeSent(), Has.Length.EqualTo(1));
        bed.Advance(2000);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[]
        {
            "AT+CSODCP=1,4,\"40010001\"", "AT+CGATT=0", "AT+CGATT=1", "AT+CGACT=1,1", "AT+CSODCP=?", "AT+CGCONTRDP=1", "AT+CGAPNRC=1", "AT+CSODCP=1,4,\"40010001\"",
        }));
        Assert.That(bed.TakeEvents(), Is.Empty);
    }

    [Test]
    public void A_link_is_down_when_its_context_cannot_be_brought_back()
    {
        BearerBed bed = Up(out NonIpTransport transport);
        bed.On("AT+CSODCP=1,4,\"40010001\"", "ERROR");
        bed.Send(transport, Get);
        bed.Advance(60_000);
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "down 0 Unreachable" }));
        Assert.That(transport.QueuedBytes, Is.Zero);
        Assert.That(transport.Send(0, new byte[4], 0, 4), Is.False);
        bed.Open(transport, "coap+nidd://a");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void A_reset_of_the_modem_is_not_noticed_above()
    {
        BearerBed bed = Up(out NonIpTransport transport);
        bed.Modem.Engine.ResetUsers(bed.NowMs);
        Assert.That(bed.Send(transport, Get), Is.True);
        Assert.That(bed.TakeSent(), Is.EqualTo(new[]
        {
            "AT+CGDCONT=1,\"Non-IP\",\"a\"", "AT+CRTDCP=1", "AT+CGACT=1,1", "AT+CSODCP=?", "AT+CGCONTRDP=1", "AT+CGAPNRC=1", "AT+CSODCP=1,4,\"40010001\"",
        }));
        Assert.That(bed.TakeEvents(), Is.Empty);
    }

    [TestCase("+CRTDCP: 1,4,\"6045000\"")]
    [TestCase("+CRTDCP: 1,4,\"6045000G\"")]
    [TestCase("+CRTDCP: x,4,\"60450001\"")]
    [TestCase("+CRTDCP: 1")]
    [TestCase("+CRTDCP:")]
    [TestCase("+CRTDCP: 1,,")]
    [TestCase("+CRTDCP: 1,9,\"60450001\"")]
    [TestCase("+CRTDCP: 99999999999999999999,4,\"60450001\"")]
    public void A_broken_report_is_passed_over(string line)
    {
        BearerBed bed = Up(out NonIpTransport transport);
        bed.SayLines(line);
        bed.SayLines("+CRTDCP: 1,4,\"60450001\"");
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "in 0 60450001" }));
    }

    [Test]
    public void What_comes_for_a_context_without_a_link_may_be_a_trigger()
    {
        BearerBed bed = Up(out NonIpTransport transport);
        RecordingTriggers triggers = new();
        transport.Triggers = triggers;
        bed.SayLines("+CRTDCP: 3,4,\"60450001\"");
        transport.Close(0);
        bed.SayLines("+CRTDCP: 1,4,\"60450002\"");
        Assert.That(triggers.Heard, Is.EqualTo(new[] { "60450001", "60450002" }));
        Assert.That(bed.TakeEvents(), Is.Empty);
    }

    [Test]
    public void A_message_over_the_limit_is_not_taken()
    {
        BearerBed bed = Up(out NonIpTransport transport);
        Assert.That(transport.Send(0, new byte[2000], 0, 1359), Is.False);
        Assert.That(transport.Send(1, new byte[4], 0, 4), Is.False);
    }

    [Test]
    public void The_operators_quota_holds_back_and_its_end_is_told()
    {
        BearerBed bed = new();
        NonIpTransport transport = Make(bed);
        bed.On("AT+CGAPNRC=1", "+CGAPNRC: 1,0,1,4", "OK");
        bed.Open(transport, "coap+nidd://a");
        for (int index = 1; index <= 3; index++)
        {
            Assert.That(transport.IsHeldBack(0), Is.False);
            bed.Send(transport, "4001000" + index);
        }

        Assert.That(transport.IsHeldBack(0), Is.True);
        // Answers go all the same.
        Assert.That(bed.Send(transport, Ack), Is.True);
        Assert.That(bed.Send(transport, "60450002"), Is.True);
        bed.TakeEvents();
        bed.Advance(59_999);
        Assert.That(bed.TakeEvents(), Is.Empty);
        bed.Advance(1);
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "recovered" }));
        Assert.That(transport.IsHeldBack(0), Is.False);
    }

    private static BearerBed Up(out NonIpTransport transport)
    {
        BearerBed bed = new();
        transport = Make(bed);
        bed.Open(transport, "coap+nidd://a");
        bed.TakeSent();
        Assert.That(bed.TakeEvents(), Is.EqualTo(new[] { "up 0" }));
        return bed;
    }

    private static NonIpTransport Make(BearerBed bed, NonIpOptions? options = null) => new(bed.Modem, options ?? new NonIpOptions());
}
