using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>Trouble on demand, and the same trouble from the same seed.</summary>
public class FaultTests : ModemFixture
{
    [Test]
    public void Unsolicited_lines_are_lost()
    {
        Start();
        Dialogue("AT+CEREG=1;+CSCON=1", "OK");
        Modem.Faults.LoseNextUrc("+CEREG: 2");
        Modem.HasCoverage = false;
        Heard("+CSCON: 0");
        Modem.Faults.UrcLoss = 1;
        Modem.HasCoverage = true;
        Heard();
        Assert.That(Modem.Faults.LostUrcs, Is.EqualTo(3));
        Dialogue("AT+CEREG?", "+CEREG: 1,1", "OK");
    }

    [Test]
    public void A_reset_comes_in_the_middle_of_a_command()
    {
        Start("bg96");
        Modem.Faults.ResetInNext("+CMGS");
        Dialogue("AT+CSQ", "+CSQ: 19,99", "OK");
        Dialogue("AT+CMGS=27");
        Dialogue("AT");
        Wait(2);
        Heard("RDY");
        Raw("AT\r", "AT\r\r\nOK\r\n");
    }

    [Test]
    public void A_reset_cuts_an_answer_off()
    {
        Start();
        Modem.Faults.ResetInNext("+CGDCONT", 4);
        Raw("AT+CGDCONT=1,\"Non-IP\",\"lwm2m.nidd\"\r", "\r\nOK");
        Dialogue("AT");
        Wait(2);
        Send("ATE0\r");
        Said();
        Dialogue("AT+CGDCONT?", "+CGDCONT: 1,\"Non-IP\",\"lwm2m.nidd\",\"\",0,0", "OK");
    }

    [Test]
    public void A_reset_gives_a_message_back_to_the_network()
    {
        Start();
        Dialogue("AT+CSMS=1", "+CSMS: 1,1,1", "OK");
        Dialogue("AT+CNMI=2,2,0,0,0", "OK");
        Network.SendTrigger(Number, [1]);
        Heard("+CMT: ,20\r\n00040B912121550571F80004621112205100000101");
        Modem.Reset();
        Assert.That(Network.WaitingShortMessages(Number), Is.EqualTo(1));
        Wait(62);
        Assert.That(Network.WaitingShortMessages(Number), Is.Zero, "stored, as the settings are those of a start");
    }

    [Test]
    public void Echo_flips()
    {
        Start();
        Modem.Faults.EchoFlip = 1;
        Raw("AT\r", "\r\nOK\r\n");
        Raw("AT\r", "AT\r\r\nOK\r\n");
        Raw("AT\r", "\r\nOK\r\n");
        Modem.Faults.Clear();
        Modem.FlipEcho();
        Raw("AT\r", "\r\nOK\r\n");
    }

    [Test]
    public void Lines_come_in_pieces()
    {
        Start();
        var pieces = new List<int>();
        Modem.Output += data => pieces.Add(data.Length);
        Modem.Faults.ChunkBytes = 3;
        Modem.Faults.ChunkDelay = TimeSpan.FromMilliseconds(10);
        Dialogue("AT+CSQ");
        Wait(1);
        Heard("+CSQ: 19,99", "OK");
        Assert.That(pieces, Has.Count.GreaterThan(6).And.All.InRange(1, 3));
    }

    [Test]
    public void A_serial_line_takes_its_time()
    {
        Start(set: o => o.Baud = 9600, echo: true);
        Send("ATE0\r");
        Wait(1);
        Said();
        Send("AT\r");
        Wait(0.003);
        Heard();
        Wait(0.006);
        Heard();
        Wait(0.0004);
        Heard("OK");
    }

    [Test]
    public void Garbage_comes_before_lines()
    {
        Start();
        Modem.Faults.Garbage = 1;
        Send("AT\r");
        string said = Said();
        Assert.That(said, Does.EndWith("\r\nOK\r\n"));
        Assert.That(said.Length, Is.InRange(7, 10));
    }

    [Test]
    public void A_dead_modem_says_nothing()
    {
        Start();
        Modem.Faults.IsSilent = true;
        Dialogue("AT");
        Modem.Faults.IsSilent = false;
        Dialogue("AT", "OK");
    }

    [Test]
    public void Final_results_are_held_back_and_what_is_typed_meanwhile_waits()
    {
        Start();
        Modem.Faults.FinalDelay = TimeSpan.FromSeconds(5);
        Dialogue("AT+CSQ", "+CSQ: 19,99");
        Dialogue("AT+CIMI");
        Wait(5);
        Heard("OK", "262011234567890");
        Wait(5);
        Heard("OK");
    }

    [Test]
    public void Unsolicited_lines_wait_for_the_final_result_unless_told_otherwise([Values] bool between)
    {
        Start();
        Dialogue("AT+CEREG=1", "OK");
        Modem.Faults.FinalDelay = TimeSpan.FromSeconds(1);
        Modem.Faults.UrcsBetweenLines = between;
        Dialogue("AT+CSQ", "+CSQ: 19,99");
        Modem.HasCoverage = false;
        Heard(between ? ["+CEREG: 2"] : []);
        Wait(1);
        Heard(between ? ["OK"] : ["OK", "+CEREG: 2"]);
        if (!between)
            return;
        Modem.Faults.UrcRepetition = 1;
        Dialogue("AT+CIMI", "262011234567890", "+CEREG: 2");
        Wait(1);
        Heard("OK");
    }

    [Test]
    public void Commands_fail_on_demand()
    {
        Start();
        AttachNonIp();
        Modem.Faults.FailNext("+CSODCP", "+CME ERROR: 30");
        Modem.Faults.FailNext("+CMGS", "+CMS ERROR: 38");
        Dialogue("AT+CSODCP=1,1,\"AA\"", "+CME ERROR: 30");
        Dialogue("AT+CMGS=27", "+CMS ERROR: 38");
        Dialogue("AT+CSODCP=1,1,\"AA\"", "OK");
    }

    [Test]
    public void The_same_seed_makes_the_same_trouble()
    {
        string first = Troubled(7), second = Troubled(7), other = Troubled(8);
        Assert.That(second, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [Test]
    public void Nothing_that_is_typed_breaks_a_modem(
        [ValueSource(typeof(ModemProfiles), nameof(ModemProfiles.Names))] string profile, [Values] bool withTrouble)
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        Start(profile, o => o.Seed = seed);
        if (withTrouble)
        {
            Modem.Faults.UrcLoss = Modem.Faults.EchoFlip = Modem.Faults.Garbage = Modem.Faults.UrcRepetition = 0.1;
            Modem.Faults.ResetInCommand = 0.01;
            Modem.Faults.UrcsBetweenLines = true;
            Modem.Faults.ChunkBytes = 7;
            Modem.Faults.FinalDelay = TimeSpan.FromMilliseconds(20);
        }
        string[] names =
        [
            "+CFUN", "+CPIN", "+CEREG", "+CSCON", "+COPS", "+CGATT", "+CPSMS", "+CEDRXS", "+CEDRXRDP", "+UCPSMS", "+CGDCONT", "+CGACT", "+CGPADDR", "+CGCONTRDP",
            "+CGAPNRC", "+CSODCP", "+CRTDCP", "+CSMS", "+CNMI", "+CNMA", "+CMGS", "+CMGR", "+CMGL", "+CMGD", "+CPMS", "+CSCA", "+QIOPEN", "+QISEND", "+QIRD", "+QICFG",
            "+QICLOSE", "+QICSGP", "+QIACT", "+QIDEACT", "+QISENDEX", "+QCFGEXT", "+QNIDD", "+QCGDEFCONT", "+QSCLK", "+NSOCR", "+NSOST", "+NSORF", "+NSOCL", "+USOCR",
            "+USOST", "+USOWR", "+USORF", "+USORD", "+USOCL", "+UDCONF", "+CSOC", "+CSOCON", "+CSOSEND", "+CSOCL", "+CNCFG", "+CNACT", "+CAOPEN", "+CASEND", "+CARECV",
            "+CACLOSE", "#XSOCKET", "#XSEND", "#XSENDTO", "#XRECV", "#XRECVFROM", "#XAPOLL", "#XRECVCFG", "#XCLOSE", "#XCONNECT", "E", "V", "+CMEE",
        ];
        string[] values =
        [
            "", "0", "1", "2", "3", "4", "17", "-1", "99999999999", "140", "\"UDP\"", "DGRAM", "\"Non-IP\"", "\"NONIP\"", "\"lwm2m.nidd\"", "\"127.0.0.1\"", "\"AA\"", "AA",
            "\"nipd\"", "\"nipds\"", "\"nipdr\"", "\"dataformat\"", "\"0101\"", "\"00100001\"", "\"", "\u0000", "\"\"",
        ];
        for (int i = 0; i < 3000; i++)
        {
            var line = new StringBuilder("AT").Append(names[random.Next(names.Length)]).Append(random.Next(8) switch { 0 => "?", 1 => "=?", 2 => "", _ => "=" });
            line.AppendJoin(',', Enumerable.Range(0, random.Next(7)).Select(_ => values[random.Next(values.Length)]));
            Send(line + (random.Next(20) == 0 ? ";" : "\r"));
            if (random.Next(4) == 0)
                Send(random.Next(2) == 0 ? "\u001b" : "0001000B912121550571F800040E4402B60B2161FB63B13101300138\u001a");
            if (random.Next(10) == 0)
                Wait(random.Next(100));
            if (random.Next(50) == 0)
                Network.SendTrigger(Number, new byte[random.Next(300)], random.Next(2) == 0);
            if (random.Next(50) == 0)
                Network.SendNonIp(Number, Apn, new byte[random.Next(300)]);
        }
        Wait(100);
        Modem.Faults.Clear();
        Modem.Reset();
        Wait(5);
        Said();
        Send("ATE0V1\r");
        Assert.That(Said(), Does.EndWith("\r\nOK\r\n"));
    }

    private string Troubled(int seed)
    {
        Start(set: o =>
        {
            o.Seed = seed;
            o.Number = $"49170{seed:000}{Clock.NowMs % 1000:000}";
        });
        ModemFaults faults = Modem.Faults;
        faults.UrcLoss = faults.EchoFlip = faults.Garbage = 0.3;
        faults.ResetInCommand = 0.02;
        faults.ChunkBytes = 5;
        var said = new StringBuilder();
        for (int i = 0; i < 50; i++)
        {
            Send("AT+CEREG=1\r");
            Modem.HasCoverage = i % 2 == 0;
            Wait(1);
            said.Append(Said());
        }
        return said.ToString();
    }
}
