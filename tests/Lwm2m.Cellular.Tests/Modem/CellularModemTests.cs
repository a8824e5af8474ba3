using System.Linq;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests;

/// <summary>Transcripts of the modem machine.</summary>
[TestFixture]
internal sealed class CellularModemTests
{
    private ModemBed _bed = null!;

    [SetUp]
    public void Start() => _bed = new ModemBed();

    [Test]
    public void Modem_that_is_registered_already_is_asked_and_ready()
    {
        _bed.ExpectStart().ExpectAttach().ExpectStatus();

        _bed.Run();

        _bed.Modem.AssertDone();
        CellularModem modem = _bed.Machine;
        Assert.That(States(), Is.EqualTo(new[] { "Searching", "Preparing", "Unlocking", "SettingUp", "Attaching", "Ready" }));
        Assert.That(modem.IsRegistered);
        Assert.That((modem.TrackingArea, modem.CellId, modem.AccessTechnology), Is.EqualTo((0x1A2B, 0x01C0FFEE, 9)));
        Assert.That((modem.GrantedActiveTimeSeconds, modem.GrantedPeriodicUpdateSeconds), Is.EqualTo((10, 10800)));
        Assert.That((modem.RsrpDbm, modem.RsrqTenthDb), Is.EqualTo((-91, -100)));
        Assert.That((modem.Imei, modem.Imsi, modem.Iccid), Is.EqualTo(("490154203237518", "262011234567890", "8949011234567890123")));
        Assert.That((modem.MobileCountryCode, modem.MobileNetworkCode), Is.EqualTo((262, 1)));
    }

    [Test]
    public void Registration_is_asked_for_at_growing_pauses_until_it_is_there()
    {
        _bed.ExpectStart();
        _bed.Modem.On("AT+CEREG=4", "ERROR").On("AT+CEREG=2", "OK").On("AT+CSCON=1", "ERROR").On("AT+CFUN=1", "OK");
        for (int i = 0; i < 4; i++)
            _bed.Modem.On("AT+CEREG?", "+CEREG: 2,2", "OK");

        _bed.Advance(2000 + 4000 + 8000 + 1000);

        _bed.Modem.AssertDone();
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Attaching));
        _bed.ExpectStatus();
        // A report is as good as an answer; the modem is asked all the same.
        _bed.Modem.On("AT+CEREG?", "+CEREG: 2,5,\"0001\",\"00000002\",7", "OK");
        _bed.SayLines("+CEREG: 5,\"0001\",\"00000002\",7");
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Ready));
    }

    [Test]
    public void Network_that_is_not_found_is_told_once_within_30_seconds()
    {
        _bed.ExpectStart();
        _bed.Modem.On("AT+CEREG=4", "OK").On("AT+CSCON=1", "OK").On("AT+CFUN=1", "OK");
        for (int i = 0; i < 20; i++)
            _bed.Modem.On("AT+CEREG?", "+CEREG: 4,2", "OK");

        _bed.Advance(29000);
        Assert.That(Failures(), Is.EqualTo(new[] { "NoNetwork" }));
        _bed.Advance(600000);
        Assert.That(Failures(), Is.EqualTo(new[] { "NoNetwork" }));
    }

    [Test]
    public void Refused_registration_is_told_and_asked_for_again()
    {
        _bed.ExpectStart();
        _bed.Modem.On("AT+CEREG=4", "OK").On("AT+CSCON=1", "OK").On("AT+CFUN=1", "OK").On("AT+CEREG?", "+CEREG: 4,3,,,,0,15", "OK");
        _bed.Modem.On("AT+CEREG?", "+CEREG: 4,1", "OK");
        _bed.ExpectStatus();

        _bed.Advance(3000);

        Assert.That(Failures(), Is.EqualTo(new[] { "RegistrationDenied" }));
        Assert.That(_bed.Machine.RegistrationRejectCause, Is.EqualTo(15));
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Ready));
    }

    [Test]
    public void Sim_that_wants_its_pin_gets_it_once()
    {
        _bed = new ModemBed(new ModemOptions { Pin = "1234", SignalPeriodSeconds = 0 });
        _bed.Modem.On("AT", "OK").On("ATE0", "OK").On("AT+CMEE=1", "OK").On("AT+CPIN?", "+CPIN: SIM PIN", "OK").On("AT+CPIN=\"1234\"", "+CME ERROR: 16");
        // The second round asks, and does not try again.
        _bed.Modem.On("ATE0", "OK").On("AT+CMEE=1", "OK").On("AT+CPIN?", "+CPIN: SIM PIN", "OK");

        _bed.Advance(8000);

        Assert.That(Failures(), Is.EqualTo(new[] { "SimPin" }));
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Waiting));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Pin_opens_the_sim()
    {
        _bed = new ModemBed(new ModemOptions { Pin = "1234", SignalPeriodSeconds = 0 });
        _bed.Modem.On("AT", "OK").On("ATE0", "OK").On("AT+CMEE=1", "OK").On("AT+CPIN?", "+CPIN: SIM PIN", "OK").On("AT+CPIN=\"1234\"", "OK");
        _bed.Modem.On("AT+CPIN?", "+CME ERROR: 14").On("AT+CPIN?", "+CPIN: READY", "OK");
        _bed.ExpectAttach().ExpectStatus();

        _bed.Advance(3000);

        Assert.That(Failures(), Is.Empty);
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Ready));
    }

    [Test]
    public void Sim_that_wants_a_pin_that_nobody_knows_is_told()
    {
        _bed.Modem.On("AT", "OK").On("ATE0", "OK").On("AT+CMEE=1", "OK").On("AT+CPIN?", "+CPIN: SIM PIN", "OK");

        _bed.Run();

        Assert.That(Failures(), Is.EqualTo(new[] { "SimPin" }));
    }

    [Test]
    public void Missing_port_and_silent_modem_are_told_within_30_seconds()
    {
        _bed.Port.Lose();
        _bed.Advance(20000);
        Assert.That(Failures(), Is.EqualTo(new[] { "PortMissing" }));

        _bed.Port.Open();
        for (int i = 0; i < 7; i++)
            _bed.Modem.OnBytes(i % 2 == 0 ? "AT\r" : "\x1B" + "AT\r", "");
        _bed.Advance(25000);

        Assert.That(Failures(), Is.EqualTo(new[] { "PortMissing", "ModemSilent" }));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Modem_that_starts_anew_is_started_anew()
    {
        StartUp();
        // While it boots it writes more than one line that could mean a start.
        _bed.ExpectStart().ExpectAttach();
        _bed.Modem.On("AT+CESQ", "OK").On("AT+COPS=3,2", "OK").On("AT+COPS?", "OK");

        _bed.SayLines("RDY", "+CFUN: 1", "+CPIN: READY");

        _bed.Modem.AssertDone();
        Assert.That(States().Take(1), Is.EqualTo(new[] { "Searching" }));
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Ready));
    }

    [Test]
    public void Echo_that_comes_back_is_switched_off_and_the_settings_looked_after()
    {
        StartUp();
        _bed.Modem.OnBytes("AT+CESQ\r", "AT+CESQ\r\r\n+CESQ: 99,99,255,255,20,50\r\n\r\nOK\r\n").OnBytes("ATE0\r", "ATE0\r\r\nOK\r\n");
        _bed.Modem.On("AT+CEREG?", "+CEREG: 4,1", "OK");

        _bed.Machine.RequestSignal();
        _bed.Run();

        _bed.Modem.AssertDone();
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Ready));
        Assert.That(States(), Is.Empty);
    }

    [Test]
    public void Echo_that_cannot_be_switched_off_is_lived_with()
    {
        StartUp();
        _bed.Modem.OnBytes("AT+CESQ\r", "AT+CESQ\r\r\n+CESQ: 99,99,255,255,20,50\r\n\r\nOK\r\n").OnBytes("ATE0\r", "ATE0\r\r\nERROR\r\n");
        _bed.Modem.OnBytes("AT+CEREG?\r", "AT+CEREG?\r\r\n+CEREG: 4,1\r\n\r\nOK\r\n");
        _bed.Modem.OnBytes("AT+CESQ\r", "AT+CESQ\r\r\n+CESQ: 99,99,255,255,20,51\r\n\r\nOK\r\n");

        _bed.Machine.RequestSignal();
        _bed.Run();
        _bed.Machine.RequestSignal();
        _bed.Run();

        _bed.Modem.AssertDone();
        Assert.That(_bed.Machine.RsrpDbm, Is.EqualTo(-90));
    }

    [Test]
    public void Echo_that_stays_in_spite_of_OK_is_lived_with()
    {
        StartUp();
        _bed.Modem.OnBytes("AT+CESQ\r", "AT+CESQ\r\r\n+CESQ: 99,99,255,255,20,50\r\n\r\nOK\r\n").OnBytes("ATE0\r", "ATE0\r\r\nOK\r\n");
        _bed.Modem.OnBytes("AT+CEREG?\r", "AT+CEREG?\r\r\n+CEREG: 4,1\r\n\r\nOK\r\n");

        _bed.Machine.RequestSignal();
        _bed.Run();

        _bed.Modem.AssertDone();
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Ready));
    }

    [Test]
    public void Modem_that_forgot_its_settings_without_a_word_is_started_anew()
    {
        StartUp();
        _bed.Modem.OnBytes("AT+CESQ\r", "").On("AT", "OK").On("AT+CEREG?", "+CEREG: 0,1", "OK");
        // Its answer says that it is there: no AT is needed.
        _bed.Modem.On("ATE0", "OK").On("AT+CMEE=1", "OK").On("AT+CPIN?", "+CPIN: READY", "OK");
        _bed.ExpectAttach();
        _bed.Modem.On("AT+CESQ", "OK").On("AT+COPS=3,2", "OK").On("AT+COPS?", "OK");

        _bed.Machine.RequestSignal();
        _bed.Advance(20000);

        _bed.Modem.AssertDone();
        Assert.That(States(), Does.Contain("Searching"));
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Ready));
    }

    [Test]
    public void Lost_registration_is_sought_again()
    {
        StartUp();
        _bed.Modem.On("AT+CEREG?", "+CEREG: 4,2", "OK");
        _bed.SayLines("+CEREG: 2", "+CSCON: 1");
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Attaching));
        Assert.That(_bed.Machine.IsConnected);

        _bed.Modem.On("AT+CESQ", "OK").On("AT+COPS=3,2", "OK").On("AT+COPS?", "OK");
        _bed.SayLines("+CEREG: 1,\"1A2B\",\"01C0FFEE\",9");

        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Ready));
        Assert.That(_bed.Heard, Does.Contain("recovered"));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Services_are_set_up_in_their_order_before_the_modem_attaches()
    {
        RecordingService first = new("AT+CGDCONT=1,\"Non-IP\",\"a\"");
        RecordingService second = new("AT+CMGF=0", "AT+CSMS=1");
        _bed.Machine.Add(first);
        _bed.Machine.Add(second, isUrgent: true);
        _bed.ExpectStart();
        _bed.Modem.On("AT+CGDCONT=1,\"Non-IP\",\"a\"", "ERROR").On("AT+CMGF=0", "OK").On("AT+CSMS=1", "+CSMS: 1,1,1", "OK");
        _bed.ExpectAttach().ExpectStatus();

        _bed.Run();

        _bed.Modem.AssertDone();
        Assert.That(first.Heard, Is.EqualTo(new[] { "result Error" }));
        Assert.That(second.Heard, Is.EqualTo(new[] { "result Ok", "result Ok" }));
    }

    [Test]
    public void Power_saving_is_asked_for_as_the_options_say()
    {
        _bed = new ModemBed(new ModemOptions { ActiveTimeSeconds = 20, PeriodicUpdateSeconds = 86400, EdrxCode = 5, EdrxAccess = 5, SignalPeriodSeconds = 0 });
        _bed.ExpectStart();
        _bed.Modem.On("AT+CEREG=4", "OK").On("AT+CSCON=1", "OK");
        _bed.Modem.On("AT+CPSMS=1,,,\"00111000\",\"00001010\"", "OK").On("AT+CEDRXS=2,5,\"0101\"", "OK");
        _bed.Modem.On("AT+CFUN=1", "OK").On("AT+CEREG?", "+CEREG: 4,1", "OK");
        _bed.ExpectStatus();

        _bed.Run();
        _bed.SayLines("+CEDRXP: 5,\"0101\",\"1001\",\"0011\"");

        _bed.Modem.AssertDone();
        Assert.That(_bed.Machine.GrantedEdrxCode, Is.EqualTo(9));
    }

    [Test]
    public void Port_that_goes_away_takes_all_settings_with_it()
    {
        StartUp();
        _bed.Port.Lose();
        _bed.Run();
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Closed));
        Assert.That(_bed.Machine.IsRegistered, Is.False);

        _bed.ExpectStart().ExpectAttach();
        _bed.Modem.On("AT+CESQ", "OK").On("AT+COPS=3,2", "OK").On("AT+COPS?", "OK");
        _bed.Port.Open();
        _bed.Run();

        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Ready));
        _bed.Modem.AssertDone();
    }

    private void StartUp()
    {
        _bed.ExpectStart().ExpectAttach().ExpectStatus();
        _bed.Run();
        Assert.That(_bed.Machine.State, Is.EqualTo(ModemState.Ready));
        _bed.Heard.Clear();
    }

    private string[] States() => [.. _bed.Heard.Where(h => h.StartsWith("state ", System.StringComparison.Ordinal)).Select(h => h[6..])];

    private string[] Failures() => [.. _bed.Heard.Where(h => h.StartsWith("failure ", System.StringComparison.Ordinal)).Select(h => h[8..])];
}
