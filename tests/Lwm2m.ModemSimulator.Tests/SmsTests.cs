using System;
using System.Collections.Generic;
using System.Linq;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>Short messages: PDUs, the dialogue, and the service centre.</summary>
public class SmsTests : ModemFixture
{
    private const string Coap = "4402B60B2161FB63B13101300138";
    private const string Submit = "0001000B912121550571F800040E" + Coap;
    private const string Deliver = "00040B912121550571F8000462111220510000";

    [Test]
    public void A_plain_message_is_sent()
    {
        Start();
        Dialogue("AT+CMGF=0", "OK");
        Raw("AT+CMGS=27\r", "\r\n> ");
        Raw(Submit + "\u001a", "\r\n+CMGS: 0\r\n\r\nOK\r\n");
        Assert.That(SmsServer.Got, Is.EqualTo(new[] { Coap }));
        Assert.That(SmsServer.Devices, Is.EqualTo(new[] { Number }));
        Assert.That(Modem.Traffic[Bearer.Sms, AirDirection.Up], Is.EqualTo(new TrafficCount(1, 14, 28)));
    }

    [Test]
    public void The_PDU_has_the_length_that_was_announced_and_can_be_aborted()
    {
        Start();
        Raw("AT+CMGS=26\r", "\r\n> ");
        Raw(Submit + "\u001a", "\r\n+CMS ERROR: 304\r\n");
        Raw("AT+CMGS=27\r", "\r\n> ");
        Raw("0001\u001b", "\r\nOK\r\n");
        Raw("AT+CMGS=27\r", "\r\n> ");
        Raw(Submit.Replace("0B91", "0B9X", StringComparison.Ordinal) + "\u001a", "\r\n+CMS ERROR: 304\r\n");
        Modem.HasCoverage = false;
        Raw("AT+CMGS=27\r", "\r\n> ");
        Raw(Submit + "\u001a", "\r\n+CMS ERROR: 331\r\n");
        Assert.That(SmsServer.Got, Is.Empty);
    }

    [Test]
    public void Parts_go_to_the_server_as_one_message()
    {
        Start();
        string first = "0041000B912121550571F800041005000342020100010203040506070809";
        string second = "0041000B912121550571F8000408050003420202AABB";
        Raw("AT+CMGS=29\r", "\r\n> ");
        Raw(first + "\u001a", "\r\n+CMGS: 0\r\n\r\nOK\r\n");
        Assert.That(SmsServer.Got, Is.Empty);
        Raw("AT+CMGS=21\r", "\r\n> ");
        Raw(second + "\u001a", "\r\n+CMGS: 1\r\n\r\nOK\r\n");
        Assert.That(SmsServer.Got, Is.EqualTo(new[] { "00010203040506070809AABB" }));
    }

    [Test]
    public void A_message_comes_directly()
    {
        Start();
        Dialogue("AT+CNMI=2,2,0,0,0", "OK");
        Network.SendTrigger(Number, Convert.FromHexString(Coap));
        Heard("+CMT: ,33\r\n" + Deliver + "0E" + Coap);
        Network.SendTrigger(Number, Convert.FromHexString(Coap), wapPush: true);
        Heard("+CMT: ,46\r\n" + Deliver.Replace("00040B", "00440B", StringComparison.Ordinal) + "1B0605040B84C002010603C4AF9A" + Coap);
        Assert.That(Network.WaitingShortMessages(Number), Is.Zero);
    }

    [Test]
    public void A_service_centre_stands_before_the_message()
    {
        Network.Options.ServiceCentre = "+491710760000";
        Start();
        Dialogue("AT+CNMI=2,2,0,0,0", "OK");
        Dialogue("AT+CSCA?", "+CSCA: \"+491710760000\",145", "OK");
        Network.SendTrigger(Number, Convert.FromHexString(Coap));
        Heard("+CMT: ,33\r\n07919471016700" + "00" + Deliver[2..] + "0E" + Coap);
    }

    [Test]
    public void What_a_server_says_comes_in_parts_and_repetitions_come_not_at_all()
    {
        Start();
        Raw("AT+CMGS=27\r", "\r\n> ");
        Raw(Submit + "\u001a", "\r\n+CMGS: 0\r\n\r\nOK\r\n");
        Dialogue("AT+CNMI=2,2,0,0,0", "OK");
        byte[] answer = [.. Enumerable.Range(0, 141).Select(i => (byte)i)];
        SmsServer.Answer(answer);
        string hex = Convert.ToHexString(answer);
        string header = Deliver.Replace("00040B", "00440B", StringComparison.Ordinal);
        Heard(
            "+CMT: ,159\r\n" + header + "8C" + "0500030102" + "01" + hex[..268],
            "+CMT: ,32\r\n" + header + "0D" + "0500030102" + "02" + hex[268..]);
        SmsServer.Answer(answer);
        Heard();
        Assert.That(Modem.Traffic[Bearer.Sms, AirDirection.Down], Is.EqualTo(new TrafficCount(2, 141, 28 + 28 + 12)));
    }

    [Test]
    public void Each_message_waits_for_the_acknowledgement_of_the_one_before()
    {
        Start();
        Dialogue("AT+CSMS=1", "+CSMS: 1,1,1", "OK");
        Dialogue("AT+CNMI=2,2,0,0,0", "OK");
        Network.SendTrigger(Number, [1]);
        Network.SendTrigger(Number, [2]);
        Heard("+CMT: ,20\r\n" + Deliver + "0101");
        Dialogue("AT+CNMA", "OK", "+CMT: ,20\r\n" + Deliver + "0102");
        Dialogue("AT+CNMA=1", "OK");
        Dialogue("AT+CNMA", "+CMS ERROR: 340");
        Assert.That(Network.WaitingShortMessages(Number), Is.Zero);
    }

    [Test]
    public void A_message_that_is_not_acknowledged_switches_delivery_off_and_comes_again()
    {
        Start();
        Dialogue("AT+CSMS=1", "+CSMS: 1,1,1", "OK");
        Dialogue("AT+CNMI=2,2,0,0,0", "OK");
        Modem.Faults.LoseNextUrc("+CMT:");
        Network.SendTrigger(Number, [1]);
        Heard();
        Wait(16.9);
        Dialogue("AT+CNMI?", "+CNMI: 2,2,0,0,0", "OK");
        Wait(0.1);
        Dialogue("AT+CNMI?", "+CNMI: 2,0,0,0,0", "OK");
        Dialogue("AT+CNMI=2,2,0,0,0", "OK");
        Wait(60);
        Heard("+CMT: ,20\r\n" + Deliver + "0101");
        Dialogue("AT+CNMA=2", "OK");
        Assert.That(Network.WaitingShortMessages(Number), Is.EqualTo(1), "refused: it comes once more");
    }

    [Test]
    public void Messages_are_stored_listed_read_and_deleted()
    {
        Start();
        Dialogue("AT+CPMS=\"SM\",\"SM\",\"SM\"", "+CPMS: 0,20,0,20,0,20", "OK");
        Dialogue("AT+CNMI=2,1,0,0,0", "OK");
        Network.SendTrigger(Number, [1]);
        Heard("+CMTI: \"SM\",1");
        Dialogue("AT+CMGL=0", "+CMGL: 1,0,,20\r\n" + Deliver + "0101", "OK");
        Dialogue("AT+CMGL=0", "OK");
        Dialogue("AT+CMGR=1", "+CMGR: 1,,20\r\n" + Deliver + "0101", "OK");
        Dialogue("AT+CPMS?", "+CPMS: \"SM\",1,20,\"SM\",1,20,\"SM\",1,20", "OK");
        Dialogue("AT+CMGD=1", "OK");
        Dialogue("AT+CMGR=1", "+CMS ERROR: 321");
    }

    [Test]
    public void A_message_of_class_2_is_stored_although_others_come_directly()
    {
        Start();
        Dialogue("AT+CNMI=2,2,0,0,0", "OK");
        Network.Send(ShortMessage.OfData(ServerNumber, Number, [1]) with { DataCoding = 0xf6 });
        Heard("+CMTI: \"ME\",1");
    }

    [Test]
    public void A_full_store_lets_the_network_wait()
    {
        Start(set: o => o.StorageSize = 1);
        Network.SendTrigger(Number, [1]);
        Network.SendTrigger(Number, [2]);
        Assert.That(Network.WaitingShortMessages(Number), Is.EqualTo(1));
        Dialogue("AT+CMGD=1,4", "OK");
        Wait(60);
        Assert.That(Network.WaitingShortMessages(Number), Is.Zero);
    }

    [Test]
    public void Nothing_comes_between_the_prompt_and_the_end_of_the_PDU()
    {
        Start();
        Dialogue("AT+CNMI=2,2,0,0,0", "OK");
        Modem.Faults.UrcsBetweenLines = true;
        Raw("AT+CMGS=27\r", "\r\n> ");
        Network.SendTrigger(Number, [1]);
        Heard();
        Raw(Submit + "\u001a", "\r\n+CMGS: 0\r\n\r\n+CMT: ,20\r\n" + Deliver + "0101\r\n\r\nOK\r\n");
    }

    [Test]
    public void Messages_wait_for_a_device_that_is_away_or_asleep()
    {
        Start();
        Dialogue("AT+CNMI=2,2,0,0,0", "OK");
        Modem.HasCoverage = false;
        Network.SendTrigger(Number, [1]);
        Heard();
        Modem.HasCoverage = true;
        Heard("+CMT: ,20\r\n" + Deliver + "0101");
        Dialogue("AT+CPSMS=1,,,\"10100101\",\"00000101\"", "OK");
        Wait(20);
        Network.SendTrigger(Number, [2]);
        Heard();
        Wait(290);
        Assert.That(Said(), Does.EndWith("0102\r\n"), "with the periodic update");
    }

    [Test]
    public void Devices_reach_each_other()
    {
        SimulatedModem first = Start();
        var got = new List<string>();
        Network.ShortMessageDelivered += (_, e) => got.Add($"{e.Message.From} {e.Message.To} {Convert.ToHexString(e.Message.Payload)}");
        Start(set: o => o.Number = "491701234568");
        Raw("AT+CMGS=14\r", "\r\n> ");
        Raw("0001000C919471103254760004" + "01AA\u001a", "\r\n+CMGS: 0\r\n\r\nOK\r\n");
        Assert.That(got, Is.EqualTo(new[] { "+491701234568 +491701234567 AA" }));
        Assert.That(first.Traffic[Bearer.Sms, AirDirection.Down].Messages, Is.EqualTo(1));
    }

    [Test]
    public void Loss_duplication_and_reordering_come_from_the_seed()
    {
        Network.Options.SmsLoss = 0.3;
        Network.Options.SmsDuplication = 0.3;
        Network.Options.SmsReordering = 0.5;
        Start(set: o => o.StorageSize = 200);
        Modem.HasCoverage = false;
        for (int i = 0; i < 100; i++)
            Network.SendTrigger(Number, [(byte)i]);
        Modem.HasCoverage = true;
        Send("AT+CMGL=4\r");
        List<string> got = [.. Said().Split("\r\n").Where(l => l.StartsWith(Deliver, StringComparison.Ordinal)).Select(l => l[^2..])];
        Assert.That(Network.LostShortMessages, Is.InRange(15, 45));
        Assert.That(got, Has.Count.InRange(60, 130).And.Not.Ordered);
        Assert.That(got.Distinct().Count(), Is.EqualTo(100 - Network.LostShortMessages).And.LessThan(got.Count));
    }

    [Test]
    public void Text_is_packed()
    {
        Start();
        Dialogue("AT+CNMI=2,2,0,0,0", "OK");
        Network.SendText("+12125550178", Number, "hellohello");
        Heard("+CMT: ,28\r\n" + Deliver.Replace("F80004", "F80000", StringComparison.Ordinal) + "0AE8329BFD4697D9EC37");
    }
}
