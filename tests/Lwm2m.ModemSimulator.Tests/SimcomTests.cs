using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>SIM7020 and SIM7080.</summary>
public class SimcomTests : SocketFixture
{
    [Test]
    public void Sim7020_counts_digits()
    {
        Start("sim7020");
        Dialogue("AT+CSOC=1,2,1", "+CSOC: 0", "OK");
        Dialogue($"AT+CSOCON=0,{Port},\"203.0.113.5\"", "OK");
        Dialogue("AT+CSOSEND=0,28,4402B60B2161FB63B13101300138", "OK");
        Assert.That(ServerGot(), Is.EqualTo("4402B60B2161FB63B13101300138"));
        Dialogue("AT+CSOSEND=0,0,\"text\"", "OK");
        Assert.That(ServerGot(), Is.EqualTo("74657874"));
        Dialogue("AT+CSOSEND=0,14,4402B60B2161FB63B13101300138", "ERROR");
        Answer("abcdefghijklmn");
        Heard("+CSONMI: 0,28,6162636465666768696A6B6C6D6E");
        Dialogue("AT+CSOCL=0", "OK");
        Dialogue("AT+CSOSEND=0,2,AA", "ERROR");
        AttachNonIp();
        Dialogue("AT+CSODCP=1,1,\"AA\"", "OK");
    }

    [Test]
    public void Sim7080_asks_for_data_and_keeps_what_comes()
    {
        Start("sim7080");
        Dialogue($"AT+CAOPEN=0,0,\"UDP\",\"203.0.113.5\",{Port}", "+CAOPEN: 0,1", "ERROR");
        Dialogue("AT+CNCFG=0,1,\"internet\"", "OK");
        Dialogue("AT+CNACT=0,1", "OK", "+APP PDP: 0,ACTIVE");
        Dialogue($"AT+CAOPEN=0,0,\"UDP\",\"203.0.113.5\",{Port}", "+CAOPEN: 0,0", "OK");
        Raw("AT+CASEND=0,4\r", "\r\n>");
        Raw("\x40\x01\r\x1a", "\r\nOK\r\n");
        Assert.That(ServerGot(), Is.EqualTo("40010D1A"));
        Answer("\r\nxy");
        Heard("+CADATAIND: 0");
        Dialogue("AT+CARECV=0,3", "+CARECV: 3,\r\nx", "OK", "+CADATAIND: 0");
        Dialogue("AT+CARECV=0,1460", "+CARECV: 1,y", "OK");
        Dialogue("AT+CARECV=0,1460", "+CARECV: 0", "OK");
        Dialogue("AT+CACLOSE=0", "OK");
    }
}
