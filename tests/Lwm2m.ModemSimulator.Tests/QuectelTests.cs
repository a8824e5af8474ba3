using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>BC66, BC660K, BG95 and BG96.</summary>
public class QuectelTests : SocketFixture
{
    [Test]
    public void Bc66_sends_in_one_line_and_pushes()
    {
        Start("bc66");
        Dialogue($"AT+QIOPEN=0,0,\"UDP\",\"203.0.113.5\",{Port}", "OK", "+QIOPEN: 0,0");
        Dialogue("AT+QISEND=0,10,0123456789", "SEND OK");
        Assert.That(ServerGot(), Is.EqualTo(Convert.ToHexString("0123456789"u8)));
        Answer("abcdefghij");
        Heard("+QIURC: \"recv\",0,10,\"abcdefghij\"");
        Dialogue("AT+QICLOSE=0", "OK");
        Dialogue("AT+QISEND=0,1,A", "ERROR");
        Dialogue($"AT+CGDCONT=1,\"Non-IP\",\"{Apn}\"", "ERROR");
        Dialogue($"AT+CGDCONT=1,\"NONIP\",\"{Apn}\"", "OK");
    }

    [Test]
    public void Bc660_has_its_own_way_to_the_attach_context()
    {
        Start("bc660");
        Dialogue($"AT+CGDCONT=0,\"Non-IP\",\"{Apn}\"", "ERROR");
        Dialogue($"AT+QCGDEFCONT=\"NONIP\",\"{Apn}\"", "ERROR");
        Dialogue("AT+CFUN=0", "OK");
        Dialogue($"AT+QCGDEFCONT=\"Non-IP\",\"{Apn}\"", "OK");
        Dialogue("AT+QCGDEFCONT?", $"+QCGDEFCONT: \"Non-IP\",\"{Apn}\"", "OK");
        Dialogue("AT+CFUN=1", "OK");
        Dialogue("AT+CRTDCP=1", "OK");
        Dialogue("AT+CSODCP=?", "+CSODCP: (0-10),(950),(0-2),(0,1)", "OK");
        Dialogue("AT+CSODCP=0,4,40010001", "ERROR");
        Dialogue("AT+CSODCP=0,4,\"40010001\"", "OK");
        Dialogue($"AT+CSODCP=0,951,\"{new string('0', 1902)}\"", "ERROR");
        NonIpServer.Answer([0x60, 0x45, 0x00, 0x01]);
        Heard("+CRTDCP: 0,4,\"60450001\"");
        Assert.That(NonIpServer.Got, Is.EqualTo(new[] { "40010001" }));
    }

    [Test]
    public void Bc660_on_the_user_plane_reports_otherwise()
    {
        Start("bc660", o => o.UsesUserPlane = true);
        Dialogue($"AT+CGDCONT=1,\"Non-IP\",\"{Apn}\"", "OK");
        Dialogue("AT+CGACT=1,1", "OK");
        Network.SendNonIp(Number, Apn, [0xaa, 0xbb]);
        Heard("+RECVNONIP: 1,2,AABB");
    }

    [Test]
    public void Bc660_speaks_hexadecimal_both_ways()
    {
        Start("bc660");
        Dialogue("AT+QICFG=\"dataformat\",1,1", "OK");
        Dialogue("AT+QICFG=\"dataformat\"", "+QICFG: \"dataformat\",1,1", "OK");
        Dialogue("AT+QICFG=\"showlength\",1", "OK");
        Dialogue($"AT+QIOPEN=0,1,\"UDP\",\"server.example\",{Port},0,1", "OK", "+QIOPEN: 1,0");
        Dialogue("AT+QISEND=1,4,40010001", "SEND OK");
        Assert.That(ServerGot(), Is.EqualTo("40010001"));
        Answer(0x60, 0x45, 0x00, 0x01);
        Heard("+QIURC: \"recv\",1,4,60450001");
        Assert.That(Modem.Traffic[Bearer.Udp, AirDirection.Up], Is.EqualTo(new TrafficCount(1, 4, 28)));
    }

    [Test]
    public void Bc660_keeps_data_until_it_is_read()
    {
        Start("bc660", o => o.AnswersOkBeforeSendOk = true);
        Dialogue("AT+QICFG=\"dataformat\",1,1", "OK");
        Dialogue($"AT+QIOPEN=0,0,\"UDP\",\"127.0.0.1\",{Port},0,0", "OK", "+QIOPEN: 0,0");
        Dialogue("AT+QISEND=0,1,AA", "OK", "SEND OK");
        ServerGot();
        Answer(1, 2, 3);
        Heard("+QIURC: \"recv\",0");
        Dialogue("AT+QIRD=0,2", "+QIRD: 2\r\n0102", "OK");
        Dialogue("AT+QIRD=0,512", "+QIRD: 1\r\n03", "OK");
        Dialogue("AT+QIRD=0,512", "+QIRD: 0", "OK");
        Dialogue("AT+QIOPEN=0,0,\"UDP\",\"127.0.0.1\",5683", "OK", "+QIOPEN: 0,563");
        Dialogue("AT+QIOPEN=0,1,\"UDP\",\"198.51.100.7\",5683", "OK", "+QIOPEN: 1,565");
    }

    [Test]
    public void Bc660_asleep_loses_the_first_bytes()
    {
        Start("bc660");
        Dialogue("AT+QSCLK=1", "OK");
        Wait(5);
        Dialogue("AT", "OK");
        Wait(11);
        Raw("AT\r", "");
        Dialogue("AT", "OK");
    }

    [Test]
    public void Bg95_and_bg96_ask_for_data_and_keep_what_comes([Values("bg95", "bg96")] string profile)
    {
        Start(profile);
        Dialogue($"AT+QIOPEN=1,0,\"UDP\",\"203.0.113.5\",{Port},0,0", "OK", "+QIOPEN: 0,561");
        Dialogue("AT+QICSGP=1,1,\"internet\"", "OK");
        Dialogue("AT+QIACT=1", "OK");
        Dialogue("AT+QIACT?", "+QIACT: 1,1,1,\"192.0.2.2\"", "OK");
        Dialogue($"AT+QIOPEN=1,0,\"UDP\",\"203.0.113.5\",{Port},0,0", "OK", "+QIOPEN: 0,0");
        Raw("AT+QISEND=0,4\r", "\r\n> ");
        Raw("\x40\x01\r\x1a", "\r\nSEND OK\r\n");
        Assert.That(ServerGot(), Is.EqualTo("40010D1A"));
        Dialogue("AT+QISENDEX=0,\"40010002\"", "SEND OK");
        Assert.That(ServerGot(), Is.EqualTo("40010002"));
        Answer("\x60\x45\r\n");
        Heard("+QIURC: \"recv\",0");
        Dialogue("AT+QIRD=0,1500", "+QIRD: 4\r\n\x60\x45\r\n", "OK");
        Dialogue("AT+QIRD=0,1500", "+QIRD: 0", "OK");
        Dialogue("AT+QICLOSE=0", "OK");
    }

    [Test]
    public void Bg96_pushes()
    {
        Start("bg96");
        Dialogue("AT+QICSGP=1,1,\"internet\"", "OK");
        Dialogue("AT+QIACT=1", "OK");
        Dialogue($"AT+QIOPEN=1,2,\"UDP\",\"203.0.113.5\",{Port},0,1", "OK", "+QIOPEN: 2,0");
        Dialogue("AT+QISENDEX=2,\"AA\"", "SEND OK");
        ServerGot();
        Answer("\r\nOK\r\n");
        Heard("+QIURC: \"recv\",2,6\r\n\r\nOK\r\n");
    }

    [Test]
    public void Bg96_as_a_service_names_the_sender()
    {
        Start("bg96");
        Dialogue("AT+QICSGP=1,1,\"internet\"", "OK");
        Dialogue("AT+QIACT=1", "OK");
        Dialogue("AT+QIOPEN=1,2,\"UDP SERVICE\",\"127.0.0.1\",0,0,0", "OK", "+QIOPEN: 2,0");
        Raw($"AT+QISEND=2,1,\"203.0.113.5\",{Port}\r", "\r\n> ");
        Raw("A", "\r\nSEND OK\r\n");
        Assert.That(ServerGot(), Is.EqualTo("41"));
        Answer("xyz");
        Heard("+QIURC: \"recv\",2");
        Dialogue("AT+QIRD=2,1500", $"+QIRD: 3,\"203.0.113.5\",{Port}\r\nxyz", "OK");
    }

    [Test]
    public void Bg96_carries_streams()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Start("bg96");
        Dialogue("AT+QICSGP=1,1,\"internet\"", "OK");
        Dialogue("AT+QIACT=1", "OK");
        Dialogue($"AT+QIOPEN=1,0,\"TCP\",\"127.0.0.1\",{((IPEndPoint)listener.LocalEndpoint).Port},0,0", "OK");
        using TcpClient server = listener.AcceptTcpClient();
        Heard("+QIOPEN: 0,0");
        Dialogue("AT+QISENDEX=0,\"4142\"", "SEND OK");
        byte[] got = new byte[2];
        server.GetStream().ReadExactly(got);
        Assert.That(got, Is.EqualTo("AB"u8.ToArray()));
        server.GetStream().Write("cd"u8);
        Heard("+QIURC: \"recv\",0");
        server.Close();
        Heard("+QIURC: \"closed\",0");
        Dialogue("AT+QIRD=0,1500", "+QIRD: 2\r\ncd", "OK");
    }

    [Test]
    public void Bg96_opens_non_IP_by_its_configuration()
    {
        Start("bg96");
        Dialogue("AT+CSODCP=?", "ERROR");
        Dialogue("AT+CFUN=0", "OK");
        Dialogue($"AT+QCFGEXT=\"pdp_type\",1,\"Non-IP\",\"{Apn}\"", "OK");
        Dialogue("AT+CFUN=1", "OK");
        Dialogue($"AT+QCFGEXT=\"nipdcfg\",0,\"{Apn}\"", "OK");
        Dialogue("AT+QCFGEXT=\"nipd\",1", "OK", "+QIND: \"nipd\",\"open\",0");
        Dialogue("AT+QCFGEXT=\"nipds\",0,\"\x40\x01\x00\x01\",4", "OK");
        Assert.That(NonIpServer.Got, Is.EqualTo(new[] { "40010001" }));
        NonIpServer.Answer(Encoding.Latin1.GetBytes("`E\r\n"));
        Heard("+QIND: \"nipd\",\"recv\"");
        Dialogue("AT+QCFGEXT=\"nipdr\",0", "+QCFGEXT: \"nipdr\",4,0,4", "OK");
        Dialogue("AT+QCFGEXT=\"nipdr\",4", "+QCFGEXT: \"nipdr\",4,`E\r\n", "OK");
        Dialogue("AT+QCFGEXT=\"nipdr\",0", "+QCFGEXT: \"nipdr\",4,4,0", "OK");
        Dialogue("AT+QCFGEXT=\"nipds\",0,\"40010002\",4", "OK");
        NonIpServer.Answer([0x60, 0x45]);
        Heard("+QIND: \"nipd\",\"recv\"");
        Dialogue("AT+QCFGEXT=\"nipdr\",10", "+QCFGEXT: \"nipdr\",2,6045", "OK");
        Dialogue("AT+QCFGEXT=\"nipd\",0", "OK");
        Dialogue("AT+QCFGEXT=\"nipds\",0,\"41\",1", "ERROR");
    }

    [Test]
    public void Bg95_opens_non_IP_by_an_account()
    {
        Start("bg95");
        Dialogue($"AT+QNIDD=0,\"{Apn}\"", "OK");
        Dialogue("AT+QNIDD=1", "OK");
        Dialogue("AT+QNIDD=3,0,\"40010001\"", "OK");
        Assert.That(NonIpServer.Got, Is.EqualTo(new[] { "40010001" }));
        NonIpServer.Answer([0x60, 0x45]);
        Heard("+QNIDD:4,0,2");
        Dialogue("AT+QNIDD=6", "+QNIDD:6,2", "OK");
        Dialogue("AT+QNIDD=5,100", "+QNIDD:5,2,6045", "OK");
        Dialogue("AT+QNIDD=2", "OK");
        Dialogue("AT+QNIDD=3,0,\"40010001\"", "ERROR");
    }
}
