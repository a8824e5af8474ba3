using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>nRF91 with Nordic's serial modem.</summary>
public class NordicTests : SocketFixture
{
    [Test]
    public void Packet_sockets_carry_non_IP_data()
    {
        Start("nrf91");
        Dialogue("AT+CSODCP=?", "ERROR");
        Dialogue("AT#XSOCKET=1,3,0,1", "ERROR");
        Dialogue($"AT+CGDCONT=1,\"Non-IP\",\"{Apn}\"", "OK");
        Dialogue("AT+CGACT=1,1", "OK");
        Dialogue("AT#XSOCKET=1,3,0,1", "#XSOCKET: 4,3,0", "OK");
        Dialogue("AT#XSEND=4,1,0,\"40010001\"", "#XSEND: 4,0,4", "OK");
        Assert.That(NonIpServer.Got, Is.EqualTo(new[] { "40010001" }));
        NonIpServer.Answer([0x60, 0x45]);
        Dialogue("AT#XRECV=4,1,0,10", "#XRECV: 4,1,2\r\n6045", "OK");
        Dialogue("AT#XRECV=4,1,64,0", "ERROR");
        Dialogue("AT#XRECV=4,1,0,10");
        NonIpServer.Answer([0x60, 0x46]);
        Heard("#XRECV: 4,1,2\r\n6046", "OK");
        Dialogue("AT#XRECV=4,1,0,10");
        Wait(10);
        Heard("ERROR");
        Dialogue("AT#XRECVCFG=,1,1", "OK");
        NonIpServer.Answer([0x60, 0x47]);
        Heard("#XRECV: 4,1,2\r\n6047");
        Dialogue("AT#XCLOSE=4", "#XCLOSE: 4,0", "OK");
    }

    [Test]
    public void Datagrams_go_in_hexadecimal_with_a_report()
    {
        Start("nrf91");
        Dialogue("AT#XSOCKET=1,2,0", "#XSOCKET: 0,2,17", "OK");
        Dialogue($"AT#XSENDTO=0,1,8192,\"203.0.113.5\",{Port},\"40010001\"", "#XSENDTO: 0,0,4", "OK", "#XSENDNTF: 0,0,4");
        Assert.That(ServerGot(), Is.EqualTo("40010001"));
        Dialogue("AT#XAPOLL=,1,1", "OK");
        Answer(0x60, 0x45);
        Heard("#XAPOLL: 0,1");
        Dialogue("AT#XRECVFROM=0,1,0,5", $"#XRECVFROM: 0,1,2,\"203.0.113.5\",{Port}\r\n6045", "OK");
        Dialogue("AT#XRECVCFG=,1,1", "OK");
        Answer(0x60, 0x46);
        Heard($"#XRECVFROM: 0,1,2,\"203.0.113.5\",{Port}\r\n6046");
    }

    [Test]
    public void The_earlier_application_has_no_handles()
    {
        Start("nrf91");
        Dialogue("AT#XSOCKET=1,2,0", "#XSOCKET: 0,2,17", "OK");
        Dialogue($"AT#XSENDTO=\"203.0.113.5\",{Port},\"hello\"", "#XSENDTO: 5", "OK");
        Assert.That(ServerGot(), Is.EqualTo("68656C6C6F"));
        Answer("world");
        Send("AT#XRECVFROM=10\r");
        Heard($"#XRECVFROM: 5,\"203.0.113.5\",{Port}\r\nworld", "OK");
        Dialogue("AT#XSOCKET=0", "#XSOCKET: 0,\"closed\"", "OK");
    }

    [Test]
    public void Messages_want_a_client_and_an_acknowledgement()
    {
        Start("nrf91");
        Network.SendTrigger(Number, [1]);
        Assert.That(Network.WaitingShortMessages(Number), Is.EqualTo(1), "nobody took it");
        Dialogue("AT+CNMI=3,2,0,1", "OK");
        Wait(60);
        Heard("+CMT: ,20\r\n00040B912121550571F80004621112205100000101");
        Dialogue("AT+CNMA=1", "OK");
        Assert.That(Network.WaitingShortMessages(Number), Is.Zero);
        Dialogue("AT+CGAPNRC=1", "ERROR");
    }
}
