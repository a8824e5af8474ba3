using System;
using Lwm2m.Samples.ModemSimulator;
using NUnit.Framework;

namespace Lwm2m.ModemSimulator.Tests;

/// <summary>What every modem understands.</summary>
public class GenericTests : ModemFixture
{
    [Test]
    public void Start_up_as_every_host_does_it()
    {
        Start(echo: true);
        Raw("AT\r", "AT\r\r\nOK\r\n");
        Raw("ATE0\r", "ATE0\r\r\nOK\r\n");
        Dialogue("AT+CMEE=1", "OK");
        Dialogue("AT+CFUN=1", "OK");
        Dialogue("AT+CPIN?", "+CPIN: READY", "OK");
        Dialogue("AT+CEREG=2", "OK");
        Dialogue("AT+CEREG?", "+CEREG: 2,1,\"1A2B\",\"00C0FFEE\",9", "OK");
        Dialogue("AT+CGSN=1", "+CGSN: \"350457790000018\"", "OK");
        Dialogue("AT+CGSN", "350457790000018", "OK");
        Dialogue("AT+CIMI", "262011234567890", "OK");
        Dialogue("AT+CNUM", "+CNUM: ,\"+491701234567\",145", "OK");
        Dialogue("AT+CSQ", "+CSQ: 19,99", "OK");
        Dialogue("AT+CESQ", "+CESQ: 99,99,255,255,20,46", "OK");
        Dialogue("AT+COPS?", "+COPS: 0,2,\"26201\",9", "OK");
        Dialogue("AT+CGATT?", "+CGATT: 1", "OK");
    }

    [Test]
    public void Errors_have_the_words_that_were_asked_for()
    {
        Start();
        Dialogue("AT+NONSENSE", "ERROR");
        Dialogue("AT+CMEE=1", "OK");
        Dialogue("AT+NONSENSE", "+CME ERROR: 4");
        Dialogue("AT+CEREG=6", "+CME ERROR: 50");
        Dialogue("AT+CMEE=2", "OK");
        Dialogue("AT+CEREG=6", "+CME ERROR: incorrect parameters");
        Dialogue("AT+CMGR=1", "+CMS ERROR: invalid memory index");
        Dialogue("AT?", "ERROR");
    }

    [Test]
    public void Commands_stand_in_a_row_and_stop_at_the_first_error()
    {
        Start();
        Dialogue("AT+CMEE=1;+CMEE?", "+CMEE: 1", "OK");
        Dialogue("ATE0V1+CEREG=1;+CEREG=9;+CMEE=0", "+CME ERROR: 50");
        Dialogue("AT+CMEE?", "+CMEE: 1", "OK");
        Raw("A/", "\r\n+CMEE: 1\r\n\r\nOK\r\n");
        Raw("nonsense\r\n", "");
        Raw("\u0000~AT\r", "\r\nOK\r\n");
        Raw("ATX\b\r", "\r\nOK\r\n");
    }

    [Test]
    public void Short_results_are_numbers()
    {
        Start();
        Raw("ATV0\r", "0\r");
        Raw("AT+CSQ\r", "+CSQ: 19,99\r\n0\r");
        Raw("AT+NONSENSE\r", "4\r");
    }

    [Test]
    public void A_line_that_is_too_long_is_an_error_and_not_more()
    {
        Start();
        Raw("AT+CSODCP=1,9999,\"" + new string('0', 20_000) + "\"\r", "\r\nERROR\r\n");
        Dialogue("AT", "OK");
    }

    [Test]
    public void A_locked_SIM_registers_after_its_PIN()
    {
        Start(set: o => o.Pin = "1234");
        Dialogue("AT+CMEE=1", "OK");
        Dialogue("AT+CPIN?", "+CPIN: SIM PIN", "OK");
        Dialogue("AT+CEREG=1", "OK");
        Dialogue("AT+CEREG?", "+CEREG: 1,0", "OK");
        Dialogue("AT+CIMI", "+CME ERROR: 11");
        Dialogue("AT+CPIN=\"0000\"", "+CME ERROR: 16");
        Dialogue("AT+CPIN=\"1234\"", "OK", "+CEREG: 2", "+CEREG: 1");
        Dialogue("AT+CPIN?", "+CPIN: READY", "OK");
    }

    [Test]
    public void Three_wrong_PINs_lock_the_SIM()
    {
        Start(set: o => o.Pin = "1234");
        for (int i = 0; i < 3; i++)
            Dialogue("AT+CPIN=\"0000\"", "ERROR");
        Dialogue("AT+CPIN?", "+CPIN: SIM PUK", "OK");
        Dialogue("AT+CPIN=\"1234\"", "ERROR");
        Assert.That(Modem.Sim, Is.EqualTo(SimState.PukRequired));
    }

    [Test]
    public void Without_a_SIM_there_is_no_network()
    {
        Start(set: o => o.HasSim = false);
        Dialogue("AT+CMEE=1", "OK");
        Dialogue("AT+CPIN?", "+CME ERROR: 10");
        Dialogue("AT+CIMI", "+CME ERROR: 10");
        Assert.That(Modem.IsRegistered, Is.False);
    }

    [Test]
    public void Coverage_goes_and_comes_back()
    {
        Network.Options.RegistrationDelay = TimeSpan.FromSeconds(5);
        Start();
        Wait(5);
        Dialogue("AT+CEREG=1", "OK");
        Modem.LoseCoverage(TimeSpan.FromHours(1));
        Heard("+CEREG: 2");
        Dialogue("AT+CSQ", "+CSQ: 99,99", "OK");
        Wait(3600);
        Heard();
        Wait(5);
        Heard("+CEREG: 1");
    }

    [Test]
    public void A_reset_is_deaf_for_a_while_and_forgets_the_settings()
    {
        Start();
        Dialogue("AT+CMEE=1;+CEREG=1", "OK");
        Dialogue("AT+CFUN=15", "OK");
        Dialogue("AT");
        Wait(2);
        Heard();
        Raw("AT+CMEE?\r", "AT+CMEE?\r\r\n+CMEE: 0\r\n\r\nOK\r\n");
        Raw("AT+CEREG?\r", "AT+CEREG?\r\r\n+CEREG: 0,1\r\n\r\nOK\r\n");
    }

    [Test]
    public void A_modem_that_roams_and_one_that_is_denied_say_so()
    {
        Start(set: o => o.IsRoaming = true);
        Dialogue("AT+CEREG?", "+CEREG: 0,5", "OK");
        Start(set: o => { o.IsDenied = true; o.Number = "491701234568"; });
        Dialogue("AT+CEREG=3", "OK");
        Dialogue("AT+CEREG?", "+CEREG: 3,3,,,,0,11", "OK");
    }

    [Test]
    public void Connection_is_told_and_ends_by_itself()
    {
        Start();
        Dialogue("AT+CSCON=1", "OK");
        Dialogue("AT+CSCON?", "+CSCON: 1,1", "OK");
        Wait(10);
        Heard("+CSCON: 0");
        Dialogue("AT+CSCON?", "+CSCON: 1,0", "OK");
    }

    [Test]
    public void Power_saving_is_granted_and_read_from_CEREG()
    {
        Start();
        Dialogue("AT+CEREG=4", "OK");
        Dialogue("AT+CPSMS=1,,,\"10100101\",\"00000101\"", "OK", "+CEREG: 1,\"1A2B\",\"00C0FFEE\",9,,,\"00000101\",\"10100101\"");
        Dialogue("AT+CPSMS?", "+CPSMS: 1,,,\"10100101\",\"00000101\"", "OK");
        Wait(10 + 10);
        Assert.That(Modem.IsAsleep, Is.True, "10 s after the connection ended");
        Wait(300 - 10);
        Assert.That(Modem.IsAsleep, Is.False, "5 minutes after it: the periodic update");
    }

    [Test]
    public void Drx_is_granted_and_read()
    {
        Start();
        Dialogue("AT+CEDRXRDP", "+CEDRXRDP: 0", "OK");
        Dialogue("AT+CEDRXS=2,5,\"0010\"", "OK", "+CEDRXP: 5,\"0010\",\"0010\",\"0000\"");
        Dialogue("AT+CEDRXRDP", "+CEDRXRDP: 5,\"0010\",\"0010\",\"0000\"", "OK");
        Dialogue("AT+CEDRXS?", "+CEDRXS: 5,\"0010\"", "OK");
    }

    [Test]
    public void Contexts_are_defined_and_have_addresses()
    {
        Start();
        Dialogue("AT+CGDCONT=2,\"IP\",\"internet\"", "OK");
        Dialogue("AT+CGDCONT?", "+CGDCONT: 2,\"IP\",\"internet\",\"\",0,0", "OK");
        Dialogue("AT+CGACT=1,2", "OK");
        Dialogue("AT+CGACT?", "+CGACT: 1,1", "+CGACT: 2,1", "OK");
        Dialogue("AT+CGPADDR=2", "+CGPADDR: 2,\"192.0.2.3\"", "OK");
        Dialogue("AT+CGDCONT=2", "OK");
        Dialogue("AT+CGDCONT?", "OK");
    }

    [Test]
    public void A_profile_that_is_none_is_refused_with_the_names_of_all() =>
        Assert.That(() => Start("bg1"), Throws.ArgumentException.With.Message.Contains("bg1").And.Message.Contains("sim7080"));
}
