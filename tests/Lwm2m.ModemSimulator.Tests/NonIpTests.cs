using System;
using System.Collections.Generic;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>Non-IP data over the control plane, and the network behind it.</summary>
public class NonIpTests : ModemFixture
{
    [Test]
    public void A_packet_goes_up_and_one_comes_down()
    {
        Start();
        Dialogue("AT+CEREG=1", "OK");
        Dialogue("AT+CFUN=0", "OK", "+CEREG: 0");
        Dialogue("AT+CGDCONT=1,\"Non-IP\",\"lwm2m.nidd\"", "OK");
        Dialogue("AT+CFUN=1", "OK", "+CEREG: 2", "+CEREG: 1");
        Dialogue("AT+CRTDCP=1", "OK");
        Dialogue("AT+CSODCP=1,4,\"40010001\"", "OK");
        Assert.That(NonIpServer.Got, Is.EqualTo(new[] { "40010001" }));
        NonIpServer.Answer([0x60, 0x45, 0x00, 0x01]);
        Heard("+CRTDCP: 1,4,\"60450001\"");
        Assert.That(Modem.Traffic[Bearer.NonIp, AirDirection.Up], Is.EqualTo(new TrafficCount(1, 4, 6)));
        Assert.That(Modem.Traffic.ToString(), Is.EqualTo("nidd up 1 message 4+6 bytes, nidd down 1 message 4+6 bytes"));
    }

    [Test]
    public void Limits_are_told()
    {
        Start();
        AttachNonIp();
        Dialogue("AT+CSODCP=?", "+CSODCP: (0-10),(1358),(0-2),(0,1)", "OK");
        Dialogue("AT+CGCONTRDP=1", "+CGCONTRDP: 1,5,\"lwm2m.nidd\",,,,,,,,,,,,1358", "OK");
        Dialogue("AT+CGPADDR=1", "+CGPADDR: 1", "OK");
        Dialogue("AT+CGAPNRC=1", "+CGAPNRC: 1", "OK");
        NonIp.Options.RateUnit = 2;
        NonIp.Options.MaxUplinkRate = 6;
        Dialogue("AT+CGAPNRC", "+CGAPNRC: 1,0,2,6", "OK");
    }

    [Test]
    public void What_cannot_be_sent_is_an_error()
    {
        Start();
        Dialogue("AT+CMEE=1", "OK");
        Dialogue("AT+CSODCP=1,2,\"AABB\"", "+CME ERROR: 3");
        AttachNonIp();
        Dialogue("AT+CSODCP=1,3,\"AABB\"", "+CME ERROR: 50");
        Dialogue("AT+CSODCP=1,2,\"AABX\"", "+CME ERROR: 50");
        Dialogue("AT+CSODCP=2,2,\"AABB\"", "+CME ERROR: 3");
        Dialogue($"AT+CSODCP=1,1359,\"{new string('0', 2718)}\"", "+CME ERROR: 24");
        Dialogue($"AT+CSODCP=1,1358,\"{new string('0', 2716)}\"", "OK");
        Modem.HasCoverage = false;
        Dialogue("AT+CSODCP=1,2,\"AABB\"", "+CME ERROR: 30");
        Assert.That(NonIpServer.Got, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_definition_waits_for_the_next_activation()
    {
        Start();
        Dialogue("AT+CGDCONT=1,\"Non-IP\",\"lwm2m.nidd\"", "OK");
        Dialogue("AT+CSODCP=1,1,\"AA\"", "ERROR");
        Dialogue("AT+CGATT=0", "OK");
        Dialogue("AT+CGATT=1", "OK");
        Dialogue("AT+CSODCP=1,1,\"AA\"", "OK");
        Dialogue("AT+CGDCONT=2,\"Non-IP\",\"lwm2m.nidd\"", "OK");
        Dialogue("AT+CGACT=1,2", "OK");
        Dialogue("AT+CSODCP=2,1,\"BB\"", "OK");
        Dialogue("AT+CGDCONT=3,\"Non-IP\",\"nobody\"", "OK");
        Dialogue("AT+CGACT=1,3", "ERROR");
        Assert.That(NonIpServer.Got, Is.EqualTo(new[] { "AA", "BB" }));
    }

    [Test]
    public void What_comes_before_reporting_is_on_is_lost()
    {
        Start();
        AttachNonIp();
        Assert.That(Network.SendNonIp(Number, Apn, [1]), Is.True);
        Heard();
        Dialogue("AT+CRTDCP=1", "OK");
        Network.SendNonIp(Number, Apn, [2]);
        Heard("+CRTDCP: 1,1,\"02\"");
        Dialogue("AT+CRTDCP?", "+CRTDCP: 1", "OK");
    }

    [Test]
    public void The_network_drops_what_is_over_the_rate_and_tells_nobody()
    {
        NonIp.Options.RateUnit = 1;
        NonIp.Options.MaxUplinkRate = 2;
        Start();
        AttachNonIp();
        for (int i = 0; i < 3; i++)
            Dialogue("AT+CSODCP=1,1,\"AA\"", "OK");
        Assert.That(NonIpServer.Got, Has.Count.EqualTo(2));
        Assert.That(NonIp.OverRate, Is.EqualTo(1));
        NonIp.Options.AllowsExceptionReports = true;
        Dialogue("AT+CSODCP=1,1,\"BB\",0,1", "OK");
        Assert.That(NonIpServer.Got, Has.Count.EqualTo(3), "an exception report");
        Wait(60);
        Dialogue("AT+CSODCP=1,1,\"CC\"", "OK");
        Assert.That(NonIpServer.Got, Has.Count.EqualTo(4), "in the next minute");
    }

    [Test]
    public void The_MTU_holds_both_ways()
    {
        NonIp.Options.Mtu = 4;
        Start();
        AttachNonIp();
        Dialogue("AT+CRTDCP=1", "OK");
        Dialogue("AT+CSODCP=1,5,\"0000000000\"", "OK");
        Network.SendNonIp(Number, Apn, new byte[5]);
        Heard();
        Assert.That(NonIpServer.Got, Is.Empty);
        Assert.That(NonIp.OverMtu, Is.EqualTo(2));
    }

    [Test]
    public void Packets_wait_while_the_device_sleeps()
    {
        Start();
        AttachNonIp();
        Dialogue("AT+CRTDCP=1", "OK");
        Dialogue("AT+CPSMS=1,,,\"10100101\",\"00000101\"", "OK");
        Wait(20);
        Network.SendNonIp(Number, Apn, [1]);
        Heard();
        Dialogue("AT+CSODCP=1,1,\"AA\"", "OK", "+CRTDCP: 1,1,\"01\"");
    }

    [Test]
    public void A_device_that_was_away_is_the_same_to_the_server_and_gets_what_waited()
    {
        NonIp.Options.RateUnit = 2;
        NonIp.Options.MaxUplinkRate = 1;
        Start();
        Assert.That(Network.SendNonIp(Number, Apn, [1]), Is.False);
        AttachNonIp();
        Dialogue("AT+CRTDCP=1", "OK");
        Dialogue("AT+CSODCP=1,1,\"AA\"", "OK");
        Dialogue("AT+CFUN=4", "OK");
        NonIpServer.Answer([1]);
        NonIpServer.Answer([2]);
        Heard();
        Dialogue("AT+CFUN=1", "OK", "+CRTDCP: 1,1,\"01\"", "+CRTDCP: 1,1,\"02\"");
        Dialogue("AT+CSODCP=1,1,\"AA\"", "OK");
        Assert.That(NonIpServer.Devices, Has.Count.EqualTo(1));
        Assert.That(NonIp.OverRate, Is.EqualTo(1), "the rate is that of the device, not of the attach");
    }

    [Test]
    public void With_eDRX_packets_wait_for_the_next_occasion()
    {
        Start();
        AttachNonIp();
        Dialogue("AT+CRTDCP=1", "OK");
        Dialogue("AT+CEDRXS=1,5,\"0010\"", "OK");
        Wait(10);
        Network.SendNonIp(Number, Apn, [1]);
        Wait(20.4);
        Heard();
        Wait(0.1);
        Heard("+CRTDCP: 1,1,\"01\"");
    }

    [Test]
    public void Release_assistance_ends_the_connection()
    {
        Start();
        AttachNonIp();
        Dialogue("AT+CRTDCP=1;+CSCON=1", "OK");
        Dialogue("AT+CSODCP=1,1,\"AA\",1", "OK", "+CSCON: 0");
        Dialogue("AT+CSODCP=1,1,\"AA\",2", "OK", "+CSCON: 1");
        NonIpServer.Answer([1]);
        Heard("+CRTDCP: 1,1,\"01\"", "+CSCON: 0");
    }

    [Test]
    public void Sockets_reach_a_server_in_the_same_process_beside_it()
    {
        var server = new FakeServer();
        Network.AddUdpServer("203.0.113.9", 5683, server.Open);
        Start("sim7080");
        AttachNonIp();
        Dialogue("AT+CSODCP=1,1,\"AA\"", "OK");
        Dialogue("AT+CNCFG=0,1,\"internet\"", "OK");
        Dialogue("AT+CNACT=0,1", "OK", "+APP PDP: 0,ACTIVE");
        Dialogue("AT+CAOPEN=0,0,\"UDP\",\"203.0.113.9\",5683", "+CAOPEN: 0,0", "OK");
        Raw("AT+CASEND=0,1\r", "\r\n>");
        Raw("A", "\r\nOK\r\n");
        Assert.That(server.Got, Is.EqualTo(new[] { "41" }));
        server.Answer([0x42]);
        Heard("+CADATAIND: 0");
        Dialogue("AT+CARECV=0,10", "+CARECV: 1,B", "OK");
        Network.Options.UdpLoss = 1;
        server.Answer([0x42]);
        Heard();
    }

    [Test]
    public void Delay_and_loss_are_the_networks()
    {
        var seen = new List<string>();
        Network.NonIpPacket += (_, e) => seen.Add($"{e.Number} {e.Apn} {e.Direction} {Convert.ToHexString(e.Data)}");
        Network.Options.PacketDelay = TimeSpan.FromSeconds(2);
        Start();
        AttachNonIp();
        Dialogue("AT+CSODCP=1,1,\"AA\"", "OK");
        Assert.That(NonIpServer.Got, Is.Empty);
        Wait(2);
        Assert.That(NonIpServer.Got, Is.EqualTo(new[] { "AA" }));
        Network.Options.NonIpLoss = 1;
        Dialogue("AT+CSODCP=1,1,\"BB\"", "OK");
        Wait(2);
        Assert.That(NonIpServer.Got, Is.EqualTo(new[] { "AA" }), "lost silently");
        Assert.That(seen, Is.EqualTo(new[] { "491701234567 lwm2m.nidd Up AA", "491701234567 lwm2m.nidd Up BB" }));
    }
}
