using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>SARA-N, R4 and R5.</summary>
public class UbloxTests : SocketFixture
{
    [Test]
    public void Sara_n_speaks_hexadecimal()
    {
        Start("sara-n");
        Dialogue("AT+NSOCR=DGRAM,17,0,1", "0", "OK");
        Dialogue($"AT+NSOST=0,203.0.113.5,{Port},4,40010001", "0,4", "OK");
        Assert.That(ServerGot(), Is.EqualTo("40010001"));
        Answer(0x60, 0x45, 0x00, 0x01);
        Heard("+NSONMI:0,4");
        Dialogue("AT+NSORF=0,3", $"0,203.0.113.5,{Port},3,604500,1", "OK");
        Dialogue("AT+NSORF=0,512", $"0,203.0.113.5,{Port},1,01,0", "OK");
        Dialogue("AT+NSORF=0,512", "OK");
        Dialogue("AT+NSOCL=0", "OK");
        Dialogue("AT+NSOCL=0", "ERROR");
    }

    [Test]
    public void Sara_r4_and_r5_speak_text_or_hexadecimal([Values("sara-r4", "sara-r5", "sara-n")] string profile)
    {
        Start(profile);
        Dialogue("AT+USOCR=17", "+USOCR: 0", "OK");
        Dialogue($"AT+USOST=0,\"203.0.113.5\",{Port},5,\"hello\"", "+USOST: 0,5", "OK");
        Assert.That(ServerGot(), Is.EqualTo("68656C6C6F"));
        Dialogue("AT+UDCONF=1,1", "OK");
        Dialogue($"AT+USOST=0,\"203.0.113.5\",{Port},4,\"40010001\"", "+USOST: 0,4", "OK");
        Assert.That(ServerGot(), Is.EqualTo("40010001"));
        Answer(0x60, 0x45, 0x00, 0x01);
        Heard("+UUSORF: 0,4");
        Dialogue("AT+USORF=0,4", $"+USORF: 0,\"203.0.113.5\",{Port},4,\"60450001\"", "OK");
        Dialogue("AT+USOCL=0", "OK");
    }

    [Test]
    public void Sara_r4_takes_raw_bytes_after_its_prompt()
    {
        Start("sara-r4");
        Dialogue("AT+USOCR=17", "+USOCR: 0", "OK");
        Raw($"AT+USOST=0,\"203.0.113.5\",{Port},2\r", "\r\n@");
        Raw("\r\"", "\r\n+USOST: 0,2\r\n\r\nOK\r\n");
        Assert.That(ServerGot(), Is.EqualTo("0D22"));
    }

    [Test]
    public void Sara_r4_carries_streams()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Start("sara-r4");
        Dialogue("AT+USOCR=6", "+USOCR: 0", "OK");
        Send($"AT+USOCO=0,\"127.0.0.1\",{((IPEndPoint)listener.LocalEndpoint).Port}\r");
        using TcpClient server = listener.AcceptTcpClient();
        Heard("OK");
        Dialogue("AT+USOWR=0,2,\"AB\"", "+USOWR: 0,2", "OK");
        byte[] got = new byte[2];
        server.GetStream().ReadExactly(got);
        server.GetStream().Write("cd"u8);
        Heard("+UUSORD: 0,2");
        Dialogue("AT+USORD=0,2", "+USORD: 0,2,\"cd\"", "OK");
        server.Close();
        Heard("+UUSOCL: 0");
    }

    [Test]
    public void Sara_r4_sends_non_IP_data_in_quotation_marks_and_in_its_spelling()
    {
        Start("sara-r4");
        Dialogue($"AT+CGDCONT=1,\"Non-IP\",\"{Apn}\"", "ERROR");
        AttachNonIp("NONIP");
        Dialogue("AT+CSODCP=?", "+CSODCP: (0-10),(512),(0-2),(0,1)", "OK");
        Dialogue("AT+CSODCP=1,3,AA11BB", "ERROR");
        Dialogue("AT+CSODCP=1,3,\"AA11BB\"", "OK");
        Dialogue($"AT+CSODCP=1,513,\"{new string('0', 1026)}\"", "ERROR");
        Assert.That(NonIpServer.Got, Is.EqualTo(new[] { "AA11BB" }));
    }

    [Test]
    public void Sara_r4_tells_what_power_saving_was_granted()
    {
        Start("sara-r4");
        Dialogue("AT+UCPSMS?", "+UCPSMS: 0", "OK");
        Dialogue("AT+CPSMS=1,,,\"10100101\",\"00000101\"", "OK");
        Dialogue("AT+UCPSMS?", "+UCPSMS: 1,,,\"10100101\",\"00000101\"", "OK");
    }
}
