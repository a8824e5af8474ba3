using System;
using Lwm2m.Client;
using Lwm2m.Client.Tests.Engine;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Objects;

/// <summary>A client, a scripted modem, and what joins them.</summary>
internal sealed class ModemObjectsTests
{
    private ModemBed _modem = null!;
    private Bed _bed = null!;
    private ModemObjects _objects = null!;

    private void Join(Action<Lwm2mClient>? before = null)
    {
        _modem = new ModemBed();
        _bed = new Bed(options => options.WallClock = new FixedWallClock(), client =>
        {
            before?.Invoke(client);
            client.Add(new DeviceObject());
            _objects = new ModemObjects(client, _modem.Machine);
        }).Registered();
    }

    private void Start(string active = "+CGACT: 1,1", string addresses = "+CGPADDR: 1,\"192.0.2.7\"", string rates = "+CGAPNRC: 1")
    {
        _modem.ExpectStart().ExpectAttach();
        ScriptedModem script = _modem.Modem;
        // The machine and the objects take turns.
        script.On("AT+CESQ", "+CESQ: 99,99,255,255,20,50", "OK").On("AT+CGACT?", active, "OK");
        script.On("AT+CGSN=1", "+CGSN: \"490154203237518\"", "OK").On("AT+CGPADDR", addresses, "OK");
        script.On("AT+CIMI", "262011234567890", "OK").On("AT+CGAPNRC", rates, "OK");
        script.On("AT+CCID", "+CCID: 8949011234567890123", "OK").On("AT+COPS=3,2", "OK").On("AT+COPS?", "+COPS: 0,2,\"26201\",9", "OK");
        _modem.Run();
        script.AssertDone();
        Assert.That(_modem.Machine.State, Is.EqualTo(ModemState.Ready));
    }

    private string Ask(string line)
    {
        string answer = _bed.Ask(line);
        _modem.Run();
        _modem.Modem.AssertDone();
        return answer;
    }

    [Test]
    public void What_the_modem_tells_is_in_the_objects()
    {
        Join(client => client.Add(Profile(ApnProfileObject.IPv4)));
        Start(rates: "+CGAPNRC: 1,0,2,100");
        Assert.That(_bed.Ask("CON GET /4/0 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:"
            + "c10007" + "8301" + "410007" + "c102a5" + "c103f6"
            + "88040c" + "480009" + "3139322e302e322e37"
            + "8607" + "4400" + "6c776d32"
            + "c408" + "01c0ffee" + "c10901" + "c20a0106" + "c20c1a2b"));
        Assert.That(_bed.Ask("CON GET /10/0/4"), Is.EqualTo("ACK 2.05 cf=0 \"10800\""));
        Assert.That(_bed.Ask("CON GET /10/0/5"), Is.EqualTo("ACK 2.05 cf=0 \"10\""));
        Assert.That(_bed.Ask("CON GET /10/0/13"), Is.EqualTo("ACK 2.05 cf=0 \"1\""));
        Assert.That(_bed.Ask("CON GET /10/0/11 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:" + "860b" + "4400" + "000b0000"));
        Assert.That(_bed.Ask("CON GET /11/0/25"), Is.EqualTo("ACK 2.05 cf=0 \"100\""));
        Assert.That(_bed.Ask("CON GET /11/0/27"), Is.EqualTo("ACK 2.05 cf=0 \"2\""));
        Assert.That(_bed.Ask("CON GET /11/0/15/0"), Is.EqualTo("ACK 2.05 cf=0 \"192.0.2.7\""));
        Assert.That(_bed.Ask("CON GET /11/0/9/0 accept=0"), Is.EqualTo("ACK 2.05 cf=0 \"1700000000\""));
    }

    [Test]
    public void A_change_of_the_signal_is_notified()
    {
        Join();
        Start();
        Assert.That(_bed.Ask("CON GET /4/0/2 observe=0 token=77"), Does.EndWith("\"-91\""));
        _modem.Modem.On("AT+CESQ", "+CESQ: 99,99,255,255,20,40", "OK");
        _modem.Machine.RequestSignal();
        _modem.Run();
        _bed.AdvanceSeconds(1);
        Assert.That(_bed.Next(), Does.StartWith("NON 2.05 observe=").And.EndsWith("\"-101\""));
    }

    [Test]
    public void A_lost_network_takes_cell_signal_and_connections_away()
    {
        Join(client => client.Add(Profile(ApnProfileObject.IPv4)));
        Start();
        _modem.Modem.On("AT+CEREG?", "+CEREG: 4,2", "OK");
        _modem.SayLines("+CEREG: 2");
        Assert.That(_bed.Ask("CON GET /4/0/2"), Is.EqualTo("ACK 2.05 cf=0 \"-141\""));
        Assert.That(_bed.Ask("CON GET /4/0/8"), Is.EqualTo("ACK 4.04"));
        Assert.That(_bed.Ask("CON GET /10/0/11 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:800b"));
        Assert.That(_bed.Ask("CON GET /11/0/12/0 accept=0"), Is.EqualTo("ACK 2.05 cf=0 \"1700000000\""));
    }

    [Test]
    public void Timers_of_power_saving_go_to_the_modem_in_one_command_and_the_granted_ones_come_back()
    {
        Join();
        Start();
        _modem.Modem.On("AT+CPSMS=1,,,\"00111000\",\"00100010\"", "OK");
        // 4: 86400, 5: 120
        Assert.That(Ask("CON POST /10/0 cf=11542 hex:c40400015180c10578"), Is.EqualTo("ACK 2.04"));
        _modem.SayLines("+CEREG: 1,\"1A2B\",\"01C0FFEE\",9,,,\"00000101\",\"00111000\"");
        Assert.That(_bed.Ask("CON GET /10/0/4"), Is.EqualTo("ACK 2.05 cf=0 \"86400\""));
        Assert.That(_bed.Ask("CON GET /10/0/5"), Is.EqualTo("ACK 2.05 cf=0 \"10\""), "the network's own");
        _modem.Modem.On("AT+CPSMS=0", "OK").On("AT+CEDRXS=0", "OK");
        Assert.That(Ask("CON PUT /10/0/13 cf=0 \"0\""), Is.EqualTo("ACK 2.04"));
    }

    [Test]
    public void Edrx_goes_to_the_modem_and_the_granted_cycle_comes_back()
    {
        Join();
        Start();
        _modem.Modem.On("AT+CEDRXS=2,5,\"0101\"", "OK");
        Assert.That(Ask("CON PUT /10/0/9 cf=42 hex:35"), Is.EqualTo("ACK 2.04"));
        _modem.SayLines("+CEDRXP: 5,\"0101\",\"1001\",\"0011\"");
        Assert.That(_bed.Ask("CON GET /10/0/9 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:c10939"));
        Assert.That(_bed.Ask("CON GET /10/0/13"), Is.EqualTo("ACK 2.05 cf=0 \"3\""));
        _modem.SayLines("+CEDRXP: 0");
        Assert.That(_bed.Ask("CON GET /10/0/13"), Is.EqualTo("ACK 2.05 cf=0 \"1\""));
    }

    [Test]
    public void A_server_silences_the_radio_for_its_minutes_after_it_had_its_answer()
    {
        Join();
        Start();
        Assert.That(Ask("CON PUT /10/0/1 cf=0 \"3\""), Is.EqualTo("ACK 2.04"), "and nothing goes to the modem yet");
        _modem.Advance(9_999);
        _modem.Modem.On("AT+CFUN=4", "OK");
        _modem.Advance(1);
        _modem.Modem.AssertDone();
        Assert.That(_objects.IsSilenced, Is.True);
        for (int ask = 0; ask < 20; ask++)
            _modem.Modem.On("AT+CEREG?", "+CEREG: 4,0", "OK");
        _modem.SayLines("+CEREG: 0");
        _modem.Advance(100_000);
        Assert.That(_modem.Heard, Has.No.Member("failure NoNetwork"), "who is silent finds no network");
        Assert.That(_bed.Ask("CON GET /10/0/1"), Is.EqualTo("ACK 2.05 cf=0 \"3\""));
    }

    [Test]
    public void The_radio_is_on_again_when_the_minutes_are_over()
    {
        Join();
        Start();
        Ask("CON PUT /10/0/1 cf=0 \"3\"");
        _modem.Modem.On("AT+CFUN=4", "OK");
        _modem.Advance(10_000);
        _modem.Advance(169_999);
        _modem.Modem.AssertDone();
        _modem.Modem.On("AT+CFUN=1", "OK");
        _modem.Advance(1);
        _modem.Modem.AssertDone();
        Assert.That(_objects.IsSilenced, Is.False);
        Assert.That(_bed.Ask("CON GET /10/0/1"), Is.EqualTo("ACK 2.05 cf=0 \"0\""));
    }

    [Test]
    public void A_modem_that_starts_anew_while_it_is_silenced_is_silenced_again_for_the_rest()
    {
        Join();
        Start();
        Ask("CON PUT /10/0/1 cf=0 \"3\"");
        _modem.Modem.On("AT+CFUN=4", "OK");
        _modem.Advance(10_000);
        _modem.ExpectStart().ExpectAttach();
        _modem.Modem.On("AT+CESQ", "OK").On("AT+CGACT?", "OK").On("AT+COPS=3,2", "OK").On("AT+CGPADDR", "OK").On("AT+COPS?", "OK").On("AT+CGAPNRC", "OK");
        _modem.SayLines("RDY");
        _modem.Modem.AssertDone();
        _modem.Modem.On("AT+CFUN=4", "OK");
        _modem.Advance(10_000);
        _modem.Modem.AssertDone();
        _modem.Advance(159_999);
        _modem.Modem.On("AT+CFUN=1", "OK");
        _modem.Advance(1);
        _modem.Modem.AssertDone();
    }

    [Test]
    public void An_object_without_room_goes_without_and_the_modem_goes_on()
    {
        Join(client =>
        {
            client.Add(new ConnectivityMonitoringObject(capacity: 5));
            client.Add(Profile(ApnProfileObject.IPv4, capacity: 4));
            client.Add(new CellularObject(capacity: 3));
        });
        Start(addresses: "+CGPADDR: 1,\"192.0.2.7\",\"192.0.2.8\"", rates: "+CGAPNRC: 1,0,2,100");
        Assert.That(_bed.Ask("CON GET /4/0/2"), Is.EqualTo("ACK 2.05 cf=0 \"-91\""));
        Assert.That(_bed.Ask("CON GET /11/0/25"), Is.EqualTo("ACK 4.04"));
    }

    [Test]
    public void Operators_are_tried_in_their_order_and_then_any()
    {
        Join();
        Start();
        _modem.Modem.On("AT+COPS=1,2,\"26201\",9", "+CME ERROR: 30").On("AT+COPS=1,2,\"26202\",9", "ERROR").On("AT+COPS=0", "OK");
        // 0: [14], 6: "26201, 26202"
        Assert.That(Ask("CON POST /13/0 cf=11542 hex:" + "8300" + "41000e" + "c8060c" + "32363230312c203236323032"), Is.EqualTo("ACK 2.04"));
        _modem.Modem.On("AT+COPS=1,2,\"26201\",9", "OK");
        Assert.That(Ask("CON PUT /13/0/7 cf=0 \"1\""), Is.EqualTo("ACK 2.04"));
        _modem.Modem.On("AT+COPS=0", "OK");
        Assert.That(Ask("CON PUT /13/0/6 cf=0"), Is.EqualTo("ACK 2.04"));
    }

    [Test]
    public void Where_only_some_operators_are_allowed_they_are_tried_again_later()
    {
        Join();
        Start();
        _objects.Selection!.AllowsOnlyOperators = true;
        _modem.Modem.On("AT+COPS=0", "OK").On("AT+COPS=1,2,\"26202\"", "ERROR");
        _modem.Run();
        Assert.That(Ask("CON PUT /13/0/6 cf=0 \"26202\""), Is.EqualTo("ACK 2.04"));
        _modem.Modem.On("AT+COPS=1,2,\"26202\"", "OK");
        _modem.Advance(600_000);
        _modem.Modem.AssertDone();
    }

    [Test]
    public void Enabled_profiles_are_defined_before_the_modem_attaches()
    {
        Join(client => client.Add(Profile(ApnProfileObject.NonIP)));
        _objects.DefinesContexts = true;
        int web = _objects.Profiles!.AddProfile("web", "net", ApnProfileObject.IPv4v6);
        _objects.Profiles.Set(web, ApnProfileResource.AuthenticationType, 1);
        _objects.Profiles.Set(web, ApnProfileResource.UserName, "u");
        _objects.Profiles.Set(web, ApnProfileResource.Secret, "pw");
        _modem.Modem.On("AT", "OK").On("ATE0", "OK").On("AT+CMEE=1", "OK").On("AT+CPIN?", "+CPIN: READY", "OK");
        _modem.Modem.On("AT+CGDCONT=1,\"Non-IP\",\"lwm2\"", "ERROR").On("AT+CGDCONT=1,\"NONIP\",\"lwm2\"", "OK");
        _modem.Modem.On("AT+CGDCONT=2,\"IPV4V6\",\"net\"", "OK").On("AT+CGAUTH=2,2,\"u\",\"pw\"", "OK");
        _modem.Modem.On("AT+CEREG=4", "OK").On("AT+CSCON=1", "OK").On("AT+CFUN=1", "OK").On("AT+CEREG?", "+CEREG: 4,2", "OK");
        _modem.Run();
        _modem.Modem.AssertDone();
    }

    [Test]
    public void A_profile_that_a_server_disables_is_released()
    {
        Join(client => client.Add(Profile(ApnProfileObject.NonIP)));
        Start();
        _objects.DefinesContexts = true;
        _modem.Modem.On("AT+CGDCONT=1,\"Non-IP\",\"lwm2\"", "OK").On("AT+CGACT?", "OK").On("AT+CGPADDR", "OK").On("AT+CGAPNRC", "OK");
        _modem.Run();
        _modem.Modem.On("AT+CGACT=0,1", "OK").On("AT+CGDCONT=1", "OK").On("AT+CGACT?", "+CGACT: 1,0", "OK").On("AT+CGPADDR", "OK").On("AT+CGAPNRC", "OK");
        Assert.That(Ask("CON PUT /11/0/3 cf=0 \"0\""), Is.EqualTo("ACK 2.04"));
        Assert.That(_bed.Ask("CON GET /10/0/11 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:800b"));
        Assert.That(_bed.Ask("CON GET /4/0/4 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:8004"));
    }

    [Test]
    public void A_modem_that_starts_anew_is_told_again()
    {
        Join();
        Start();
        _modem.Modem.On("AT+CPSMS=1,,,\"00010010\",\"00000101\"", "OK");
        Ask("CON PUT /10/0/5 cf=0 \"10\"");
        _modem.ExpectStart().ExpectAttach();
        _modem.Modem.On("AT+CESQ", "+CESQ: 99,99,255,255,20,50", "OK").On("AT+CPSMS=1,,,\"00010010\",\"00000101\"", "OK");
        _modem.Modem.On("AT+COPS=3,2", "OK").On("AT+CGACT?", "OK").On("AT+COPS?", "+COPS: 0,2,\"26201\",9", "OK");
        _modem.Modem.On("AT+CGPADDR", "OK").On("AT+CGAPNRC", "OK");
        _modem.SayLines("RDY");
        _modem.Modem.AssertDone();
    }

    [Test]
    public void Objects_that_the_client_has_are_joined_and_others_can_be_left_out()
    {
        var monitoring = new ConnectivityMonitoringObject();
        var modem = new ModemBed();
        ModemObjects? objects = null;
        _ = new Bed(setUp: client =>
        {
            client.Add(monitoring);
            objects = new ModemObjects(client, modem.Machine, addsMissing: false);
        });
        Assert.That(objects!.Monitoring, Is.SameAs(monitoring));
        Assert.That(objects.Statistics, Is.Null);
        Assert.That(objects.Cellular, Is.Null);
        modem.ExpectStart().ExpectAttach();
        modem.Modem.On("AT+CESQ", "+CESQ: 99,99,255,255,20,50", "OK").On("AT+CGPADDR", "+CGPADDR: 1", "OK");
        modem.Modem.On("AT+CGSN=1", "+CGSN: \"490154203237518\"", "OK").On("AT+CIMI", "262011234567890", "OK").On("AT+CCID", "+CCID: 8949011234567890123", "OK");
        modem.Modem.On("AT+COPS=3,2", "OK").On("AT+COPS?", "+COPS: 0,2,\"26201\",9", "OK");
        modem.Run();
        modem.Modem.AssertDone();
        Assert.That(modem.Heard, Has.Member("state Ready").And.Member("status"), "who listened before still hears");
    }

    private static ApnProfileObject Profile(int pdnType, int capacity = 48)
    {
        var profiles = new ApnProfileObject(capacity: capacity);
        profiles.AddProfile("sensors", "lwm2", pdnType);
        return profiles;
    }

    private sealed class FixedWallClock : IWallClock
    {
        public long UnixMs => 1_700_000_000_000;
    }
}
