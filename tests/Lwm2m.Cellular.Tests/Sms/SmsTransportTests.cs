using System;
using System.Collections.Generic;
using System.Linq;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>The dialogue with the modem, line by line.</summary>
[TestFixture]
internal sealed class SmsTransportTests
{
    private const string Server = SmsBed.Server;
    private const string Trigger = "4402B60B2161FB63B13101300138";

    [Test]
    public void Reports_are_switched_on_and_the_sim_is_read_before_the_link_is_up()
    {
        SmsBed bed = new();
        bed.Sms.Open(0, ServerUri.TryParse("tel:" + Server)!, 0);
        bed.Advance(5000);
        Assert.That(bed.Port.Notes(), Is.EqualTo(new[] { "AT+CMGF=0", "AT+CSMS=1", "AT+CNMI=2,2,0,0,0", "AT+CMGL=4" }));
        Assert.That(bed.Log.TakeLinks(), Is.EqualTo(new[] { "up 0" }));
    }

    [Test]
    public void A_message_goes_out_as_in_the_specification()
    {
        SmsBed bed = new SmsBed().Up();
        Assert.That(bed.Send(Trigger), Is.True);
        bed.Advance();
        Assert.That(bed.Port.Notes(), Is.EqualTo(new[] { "AT+CMGS=27", "0001000B912121550571F800040E" + Trigger }));
        Assert.That(bed.Sms.SentCount, Is.EqualTo(1));
    }

    [Test]
    public void The_dialogue_is_that_of_the_specification_byte_by_byte()
    {
        SmsBed bed = new SmsBed().Up();
        bed.Port.Written.Clear();
        bed.Send(Trigger);
        bed.Advance();
        bed.Deliver(Convert.FromHexString("00040B912121550571F80004621112205100000460440102"));
        Assert.That(bed.Port.Written.ToString(), Is.EqualTo("AT+CMGS=27\r0001000B912121550571F800040E" + Trigger + "\x1A" + "AT+CNMA\r"));
        Assert.That(bed.Log.Take(), Is.EqualTo(new[] { "0: 60440102" }));
    }

    [Test]
    public void A_message_comes_in_and_is_acknowledged()
    {
        SmsBed bed = new SmsBed().Up();
        bed.Deliver(Pdus.Deliver(Server, [], Convert.FromHexString("60450001")));
        Assert.That(bed.Log.Take(), Is.EqualTo(new[] { "0: 60450001" }));
        Assert.That(bed.Port.Notes(), Is.EqualTo(new[] { "AT+CNMA" }));
        Assert.That(bed.Sms.ReceivedCount, Is.EqualTo(1));
    }

    [Test]
    public void A_long_message_goes_out_in_parts_and_each_message_has_a_number_of_its_own()
    {
        SmsBed bed = new SmsBed().Up();
        byte[] message = Enumerable.Range(0, 300).Select(i => (byte)i).ToArray();
        bed.Sms.Send(0, message, 0, 300);
        bed.Sms.Send(0, message, 0, 141);
        bed.Advance();
        string[] notes = bed.Port.Notes();
        Assert.That(notes, Has.Length.EqualTo(10));
        Assert.That(notes[0], Is.EqualTo("AT+CMGS=153"));
        Assert.That(notes[1], Is.EqualTo("0041000B912121550571F800048C0500030003 01".Replace(" ", "", StringComparison.Ordinal) + Convert.ToHexString(message, 0, 134)));
        Assert.That(notes[3], Is.EqualTo("0041000B912121550571F800048C050003000302" + Convert.ToHexString(message, 134, 134)));
        Assert.That(notes[5], Is.EqualTo("0041000B912121550571F8000426050003000303" + Convert.ToHexString(message, 268, 32)));
        Assert.That(notes[7], Does.StartWith("0041000B912121550571F800048C050003010201"));
        Assert.That(notes[9], Does.StartWith("0041000B912121550571F800040D050003010202"));
    }

    [Test]
    public void What_140_bytes_hold_goes_whole()
    {
        SmsBed bed = new SmsBed().Up();
        Assert.That(bed.Send(new string('A', 280)), Is.True);
        bed.Advance();
        Assert.That(bed.Port.Notes()[1], Is.EqualTo("0001000B912121550571F800048C" + new string('A', 280)));
    }

    [Test]
    public void Parts_that_come_in_any_order_are_one_message()
    {
        SmsBed bed = new SmsBed().Up();
        bed.Deliver(Pdus.Part(Server, 9, 3, 3, [5]));
        bed.Deliver(Pdus.Part(Server, 9, 3, 1, [1, 2]));
        bed.Deliver(Pdus.Part(Server, 9, 3, 1, [1, 2]));
        Assert.That(bed.Log.Take(), Is.Empty);
        bed.Deliver(Pdus.Part(Server, 9, 3, 2, [3, 4]));
        Assert.That(bed.Log.Take(), Is.EqualTo(new[] { "0: 0102030405" }));
        Assert.That(bed.Port.Notes(), Has.Length.EqualTo(4).And.All.EqualTo("AT+CNMA"));
    }

    [Test]
    public void Strangers_text_and_smartcards_are_acknowledged_and_dropped()
    {
        SmsBed bed = new SmsBed().Up();
        bed.Deliver(Pdus.Deliver("+12125550179", [], [0x40, 1, 0, 1]));
        bed.Deliver(Pdus.Deliver(Server, [], [0x40, 1, 0, 1], coding: 0));
        bed.Deliver(Pdus.Deliver(Server, [2, 0x70, 0], [0x40, 1, 0, 1], coding: 0xF6));
        bed.Deliver(Pdus.Deliver(Server, [6, 5, 4, 0x0B, 0x84, 0xC0, 2], [1, 6, 3, 0xC4, 0xAF, 0x9B, 0x40, 1, 0, 1]));
        bed.Port.Say("+CMT: ,20|00440B91zz");
        bed.Port.Say("+CDS: 25|0006");
        bed.Advance();
        Assert.That(bed.Log.Take(), Is.Empty);
        Assert.That(bed.Port.Notes(), Has.Length.EqualTo(6).And.All.EqualTo("AT+CNMA"));
    }

    [TestCase("0012125550178")]
    [TestCase("12125550178")]
    [TestCase("2125550178")]
    public void The_server_is_known_by_its_number_in_any_form(string sender)
    {
        SmsBed bed = new SmsBed().Up();
        bed.Deliver(Pdus.Deliver(sender, [], [0x40, 1, 0, 1]));
        Assert.That(bed.Log.Take(), Is.EqualTo(new[] { "0: 40010001" }));
    }

    [Test]
    public void Without_phase_2_plus_nothing_is_acknowledged()
    {
        SmsBed bed = new SmsBed(answer: said => said == "AT+CSMS=1" ? "ERROR" : null).Up();
        bed.Deliver(Pdus.Deliver(Server, [], [0x40, 1, 0, 1]));
        Assert.That(bed.Log.Take(), Is.EqualTo(new[] { "0: 40010001" }));
        Assert.That(bed.Port.Notes(), Is.Empty);
    }

    [Test]
    public void A_modem_with_another_form_of_reports_gets_that_one()
    {
        SmsBed bed = new(answer: said => said is "AT+CMGF=0" or "AT+CSMS=1" or "AT+CNMI=2,2,0,0,0" or "AT+CMGL=4" ? "ERROR" : null);
        bed.Sms.Open(0, ServerUri.TryParse("tel:" + Server)!, 0);
        bed.Advance(5000);
        Assert.That(bed.Port.Notes(), Is.EqualTo(new[] { "AT+CMGF=0", "AT+CSMS=1", "AT+CNMI=2,2,0,0,0", "AT+CNMI=3,2,0,1", "AT+CMGL=4" }));
        bed.Deliver(Pdus.Deliver(Server, [], [0x40, 1, 0, 1]));
        Assert.That(bed.Port.Notes(), Is.EqualTo(new[] { "AT+CNMA=1" }));
        Assert.That(bed.Log.TakeLinks(), Is.EqualTo(new[] { "up 0", "0: 40010001" }));
    }

    [Test]
    public void A_modem_that_only_stores_is_asked_for_what_it_stored()
    {
        string pdu = Convert.ToHexString(Pdus.Deliver(Server, [], [0x40, 1, 0, 1]));
        SmsBed bed = new SmsBed(answer: said => said switch
        {
            "AT+CNMI=2,2,0,0,0" or "AT+CNMI=3,2,0,1" => "+CMS ERROR: 303",
            "AT+CMGR=3" => "+CMGR: 0,,22|" + pdu + "|OK",
            "AT+CMGR=4" => "+CMS ERROR: 321",
            _ => null,
        }).Up();
        bed.Port.Say("+CMTI: \"ME\",3|+CMTI: \"ME\",4");
        bed.Advance();
        Assert.That(bed.Port.Notes(), Is.EqualTo(new[] { "AT+CPMS=\"ME\"", "AT+CMGR=3", "AT+CMGD=3", "AT+CMGR=4" }));
        Assert.That(bed.Log.Take(), Is.EqualTo(new[] { "0: 40010001" }));
    }

    [Test]
    public void What_lies_on_the_sim_is_read_and_deleted_a_few_at_a_time()
    {
        SortedDictionary<int, string> stored = new();
        for (int index = 1; index <= 10; index++)
            stored[index] = index + "," + (index == 4 ? 3 : 0) + ",,22|" + Convert.ToHexString(Pdus.Deliver(Server, [], [0x40, 1, 0, (byte)index]));
        string? Storage(string said)
        {
            if (said == "AT+CMGL=4")
                return string.Concat(stored.Values.Select(one => "+CMGL: " + one + "|")) + "OK";
            if (said.StartsWith("AT+CMGD=", StringComparison.Ordinal))
                stored.Remove(int.Parse(said[8..]));
            return null;
        }

        SmsBed bed = new(answer: Storage);
        bed.Sms.Open(0, ServerUri.TryParse("tel:" + Server)!, 0);
        bed.Advance(5000);
        bed.Log.Lines.Remove("up 0");
        Assert.That(stored.Keys, Is.EqualTo(new[] { 4 }), "what this device wrote itself stays");
        Assert.That(bed.Port.Notes().Count(note => note == "AT+CMGL=4"), Is.EqualTo(2));
    }

    [Test]
    public void A_full_sim_that_deletes_nothing_is_not_listed_again_and_again()
    {
        string pdu = Convert.ToHexString(Pdus.Deliver(Server, [], [0x40, 1, 0, 1]));
        string list = string.Concat(Enumerable.Range(1, 12).Select(index => "+CMGL: " + index + ",1,,22|" + pdu + "|")) + "OK";
        SmsBed bed = new(answer: said => said == "AT+CMGL=4" ? list : said.StartsWith("AT+CMGD", StringComparison.Ordinal) ? "+CMS ERROR: 320" : null);
        bed.Advance(60_000);
        Assert.That(bed.Port.Notes().Count(note => note == "AT+CMGL=4"), Is.EqualTo(1));
    }

    [Test]
    public void A_passing_error_is_tried_again_after_growing_pauses()
    {
        int failures = 3;
        SmsBed bed = new SmsBed(answer: said => said.StartsWith("0001", StringComparison.Ordinal) && failures-- > 0 ? "+CMS ERROR: 331" : null).Up();
        bed.Send(Trigger);
        bed.Advance(4999);
        Assert.That(bed.Port.Notes(), Has.Length.EqualTo(2));
        bed.Advance(1);
        Assert.That(bed.Port.Notes(), Has.Length.EqualTo(2));
        bed.Advance(9999);
        Assert.That(bed.Port.Notes(), Is.Empty);
        bed.Advance(1);
        Assert.That(bed.Port.Notes(), Has.Length.EqualTo(2));
        bed.Advance(20_000);
        Assert.That(bed.Port.Notes(), Has.Length.EqualTo(2));
        bed.Advance(1000_000);
        Assert.That(bed.Port.Notes(), Has.None.StartWith("AT+CMGS"));
        Assert.That(bed.Sms.SentCount, Is.EqualTo(1));
        Assert.That(bed.Sms.DroppedCount, Is.Zero);
    }

    [Test]
    public void After_a_bounded_number_of_repeats_the_message_is_dropped_and_the_next_one_goes()
    {
        SmsBed bed = new SmsBed(new SmsOptions { MaxRetries = 2 }, answer: said => said.EndsWith("AA", StringComparison.Ordinal) ? "+CMS ERROR: 38" : null).Up();
        bed.Send("AA");
        bed.Send("BB");
        bed.Advance(100_000);
        string[] pdus = bed.Port.Notes().Where(note => note[0] == '0').Select(pdu => pdu[^2..]).ToArray();
        Assert.That(pdus, Is.EqualTo(new[] { "AA", "AA", "AA", "BB" }));
        Assert.That(bed.Sms.DroppedCount, Is.EqualTo(1));
    }

    [TestCase("+CMS ERROR: 1")]
    [TestCase("+CMS ERROR: 304")]
    [TestCase("+CMS ERROR: 330")]
    [TestCase("+CME ERROR: 10")]
    public void An_error_that_lasts_drops_the_message_at_once(string error)
    {
        SmsBed bed = new SmsBed(answer: said => said.EndsWith("AA", StringComparison.Ordinal) ? error : null).Up();
        bed.Send("AA");
        bed.Advance(100_000);
        Assert.That(bed.Port.Notes(), Has.Length.EqualTo(2));
        Assert.That(bed.Sms.DroppedCount, Is.EqualTo(1));
    }

    [Test]
    public void A_part_without_a_result_is_not_sent_twice()
    {
        SmsBed bed = new SmsBed(answer: said => said.StartsWith("0041", StringComparison.Ordinal) && said.Contains("0301", StringComparison.Ordinal) ? "" : null).Up();
        bed.Sms.Send(0, new byte[300], 0, 300);
        bed.Advance(200_000);
        Assert.That(bed.Port.Notes().Count(note => note.StartsWith("0041", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [Test]
    public void A_full_queue_refuses_holds_back_and_tells_when_it_is_over()
    {
        SmsBed bed = new SmsBed(new SmsOptions { MaxParts = 1, QueueBytes = 300 }, answer: said => said.StartsWith("0001", StringComparison.Ordinal) ? "" : null).Up();
        Assert.That(bed.Sms.MaxDatagramBytes(0), Is.EqualTo(140));
        Assert.That(bed.Sms.IsHeldBack(0), Is.False);
        Assert.That(bed.Sms.Send(0, new byte[141], 0, 141), Is.False, "longer than a link carries");
        Assert.That(bed.Sms.Send(0, new byte[140], 0, 140), Is.True);
        Assert.That(bed.Sms.IsHeldBack(0), Is.False);
        Assert.That(bed.Sms.Send(0, new byte[140], 0, 140), Is.True);
        Assert.That(bed.Sms.IsHeldBack(0), Is.True);
        Assert.That(bed.Sms.Send(0, new byte[12], 0, 12), Is.False);
        bed.Advance();
        Assert.That(bed.Log.Take(), Is.Empty);
        bed.Port.Say("+CMGS: 1|OK");
        bed.Advance();
        Assert.That(bed.Log.Take(), Is.EqualTo(new[] { "recovered" }));
        Assert.That(bed.Sms.IsHeldBack(0), Is.False);
    }

    [Test]
    public void A_closed_link_takes_its_waiting_messages_along()
    {
        SmsBed bed = new SmsBed(answer: said => said.StartsWith("00", StringComparison.Ordinal) ? "" : null).Up();
        bed.Sms.Open(1, ServerUri.TryParse("tel:+491701234567")!, 0);
        bed.Advance();
        bed.Sms.Send(0, new byte[300], 0, 300);
        bed.Send("AA", 1);
        bed.Send("BB", 0);
        bed.Send("CC", 1);
        bed.Advance();
        bed.Sms.Close(0);
        for (int i = 0; i < 4; i++)
        {
            bed.Port.Say("+CMGS: 1|OK");
            bed.Advance();
        }

        string[] pdus = bed.Port.Notes().Where(note => note[0] == '0').Select(pdu => pdu[^2..]).ToArray();
        Assert.That(pdus, Is.EqualTo(new[] { "85", "AA", "CC" }).Or.EqualTo(new[] { "00", "AA", "CC" }));
        Assert.That(bed.Send("DD"), Is.False);
    }

    [Test]
    public void A_late_acknowledgement_switches_the_reports_on_again()
    {
        SmsBed bed = new SmsBed(answer: said => said == "AT+CNMA" ? "+CMS ERROR: 340" : null).Up();
        bed.Deliver(Pdus.Deliver(Server, [], [0x40, 1, 0, 1]));
        Assert.That(bed.Port.Notes(), Is.EqualTo(new[] { "AT+CNMA", "AT+CNMI=2,2,0,0,0", "AT+CMGL=4" }));
        SmsBed slow = new SmsBed(answer: said => said.StartsWith("0001", StringComparison.Ordinal) ? "" : null).Up();
        slow.Send(Trigger);
        slow.Advance();
        slow.Port.Notes();
        slow.Deliver(Pdus.Deliver(Server, [], [0x40, 1, 0, 1]));
        slow.Advance(20_000);
        Assert.That(slow.Log.Take(), Is.EqualTo(new[] { "0: 40010001" }));
        slow.Port.Say("+CMGS: 1|OK");
        slow.Advance();
        Assert.That(slow.Port.Notes(), Is.EqualTo(new[] { "AT+CNMA", "AT+CNMI=2,2,0,0,0", "AT+CMGL=4" }));
    }

    [Test]
    public void Silence_after_a_message_switches_the_reports_on_again_once()
    {
        SmsBed bed = new SmsBed().Up();
        bed.Send(Trigger);
        bed.Advance(44_000);
        Assert.That(bed.Port.Notes(), Has.Length.EqualTo(2));
        bed.Advance(1_000_000);
        Assert.That(bed.Port.Notes(), Is.EqualTo(new[] { "AT+CNMI=2,2,0,0,0", "AT+CMGL=4" }));
        bed.Send(Trigger);
        bed.Advance(10_000);
        bed.Deliver(Pdus.Deliver(Server, [], [0x60, 0x44, 0, 1]));
        bed.Advance(1_000_000);
        Assert.That(bed.Port.Notes(), Has.Length.EqualTo(3));
    }

    [Test]
    public void A_modem_that_started_anew_is_set_up_again_and_the_message_in_hand_goes_once_more()
    {
        SmsBed bed = new SmsBed(answer: said => said.StartsWith("0001", StringComparison.Ordinal) ? "" : null).Up();
        bed.Send(Trigger);
        bed.Advance();
        Assert.That(bed.Port.Notes(), Has.Length.EqualTo(2));
        bed.Port.Answer = _ => null;
        bed.Port.Openings++;
        bed.Advance(30_000);
        string[] notes = bed.Port.Notes();
        Assert.That(notes[..4], Is.EqualTo(new[] { "AT+CMGF=0", "AT+CSMS=1", "AT+CNMI=2,2,0,0,0", "AT+CMGL=4" }));
        Assert.That(notes[^1], Does.EndWith(Trigger));
        Assert.That(bed.Log.TakeLinks(), Is.Empty, "the link stays up");
    }

    [Test]
    public void What_cannot_be_dialled_is_down()
    {
        SmsBed bed = new();
        bed.Sms.Open(0, ServerUri.TryParse("coap://server.example")!, 0);
        bed.Advance(5000);
        Assert.That(bed.Log.TakeLinks(), Is.EqualTo(new[] { "down 0 NameNotFound" }));
        Assert.That(bed.Sms.CanOpen(0, ServerUri.TryParse("tel:+49170")!), Is.True);
        Assert.That(bed.Sms.CanOpen(0, ServerUri.TryParse("coap://server.example")!), Is.False);
        Assert.That(bed.Sms.CanOpen(0, ServerUri.TryParse("coap+nidd://apn")!), Is.False);
        Assert.That(bed.Sms.CanOpen(99, ServerUri.TryParse("tel:+49170")!), Is.False);
    }

    [Test]
    public void The_bearer_is_slow_and_nothing_is_repeated_on_it()
    {
        SmsTransport sms = new SmsBed().Sms;
        Assert.That(sms.Binding, Is.EqualTo('S'));
        Assert.That(sms.IsReliable, Is.False);
        Assert.That(sms.MaxRetransmit, Is.Zero);
        Assert.That(sms.AckTimeoutMs, Is.GreaterThanOrEqualTo(120_000));
        Assert.That(sms.MaxDatagramBytes(0), Is.EqualTo(10 * 134));
    }

    [TestCase("Links")]
    [TestCase("MaxParts")]
    [TestCase("Assemblies")]
    [TestCase("Validity")]
    public void A_limit_out_of_range_is_refused_by_name(string option)
    {
        SmsOptions options = new();
        typeof(SmsOptions).GetProperty(option)!.SetValue(options, option == "Validity" ? 256 : 0);
        Assert.That(() => new SmsBed(options), Throws.ArgumentException.With.Message.Contains("SmsOptions." + option));
    }
}
