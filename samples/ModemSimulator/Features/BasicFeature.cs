using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>V.250, identity, SIM and functionality.</summary>
internal sealed class BasicFeature : ModemFeature
{
    private int _attempts = 3;

    public BasicFeature(SimulatedModem modem)
        : base(modem)
    {
        modem.On("E", e => Switch(e, on => modem.Echo = on));
        modem.On("V", e => Switch(e, on => modem.IsVerbose = on));
        modem.On("Q", e => e.Ok());
        modem.On("Z", e => e.Ok());
        modem.On("&F", e => e.Ok());
        modem.On("&W", e => e.Ok());
        modem.On("I", e => Say(e, modem.Profile.Manufacturer, modem.Profile.Model));
        modem.On("+CGMI", e => Say(e, modem.Profile.Manufacturer));
        modem.On("+CGMM", e => Say(e, modem.Profile.Model));
        modem.On("+CGMR", e => Say(e, "1.0.0"));
        modem.On("+CMEE", e => e.Setting(ref modem.ErrorLevel, 0, 2));
        modem.On("+CPIN", Pin);
        modem.On("+CFUN", Functionality);
        modem.On("+CGSN", SerialNumber);
        modem.On("+CIMI", e => WithSim(e, modem.Options.Imsi));
        modem.On(modem.Profile.IccidCommand, e => WithSim(e, $"{modem.Profile.IccidCommand}: {modem.Options.Iccid}"));
        modem.On("+CNUM", OwnNumber);
    }

    public static bool WorksWithoutPin(string command) =>
        command.Length == 1 || command[0] == '&' || command is "+CPIN" or "+CFUN" or "+CMEE" or "+CGMI" or "+CGMM" or "+CGMR" or "+CGSN" or "+CEREG" or "+CSQ" or "+CESQ";

    private static void Switch(AtExchange e, Action<bool> set)
    {
        if (e.Command.NumberOr(0, 0) is (0 or 1) and { } value)
        {
            set(value == 1);
            e.Ok();
            return;
        }
        e.Error();
    }

    private static void Say(AtExchange e, params string[] lines)
    {
        if (e.Form != AtForm.Test)
        {
            foreach (string line in lines)
                e.Line(line);
        }
        e.Ok();
    }

    private void WithSim(AtExchange e, string line)
    {
        if (Modem.Sim == SimState.Absent)
            e.Cme(CmeError.NoSim);
        else
            Say(e, line);
    }

    private void SerialNumber(AtExchange e)
    {
        if (e.Form == AtForm.Execute)
            Say(e, Modem.Options.Imei);
        else if (e.Form == AtForm.Set && e.Command.Number(0) == 0)
            Say(e, Modem.Options.Imei);
        else if (e.Form == AtForm.Set && e.Command.Number(0) == 1)
            Say(e, $"+CGSN: \"{Modem.Options.Imei}\"");
        else if (e.Form == AtForm.Test)
            e.Ok();
        else
            e.BadParameter();
    }

    private void OwnNumber(AtExchange e)
    {
        if (e.Form == AtForm.Execute && Modem.Options.TellsNumber)
            e.Line($"+CNUM: ,\"+{Modem.Number}\",145");
        e.Ok();
    }

    private void Pin(AtExchange e)
    {
        if (Modem.Sim == SimState.Absent)
        {
            e.Cme(CmeError.NoSim);
            return;
        }
        if (e.Form == AtForm.Read)
        {
            e.Line("+CPIN: " + Modem.Sim switch { SimState.Ready => "READY", SimState.PinRequired => "SIM PIN", _ => "SIM PUK" });
            e.Ok();
        }
        else if (e.Form == AtForm.Test)
        {
            e.Ok();
        }
        else if (e.Form != AtForm.Set || Modem.Sim == SimState.Ready)
        {
            e.Cme(CmeError.NotAllowed);
        }
        else if (Modem.Sim == SimState.PukRequired)
        {
            e.Cme(CmeError.SimPuk);
        }
        else if (e.Command.Text(0) != Modem.Options.Pin)
        {
            if (--_attempts == 0)
                Modem.Sim = SimState.PukRequired;
            e.Cme(CmeError.WrongPassword);
        }
        else
        {
            _attempts = 3;
            Modem.Sim = SimState.Ready;
            e.Ok();
            Modem.Radio.Evaluate();
        }
    }

    private void Functionality(AtExchange e)
    {
        switch (e.Form)
        {
            case AtForm.Read:
                e.Line($"+CFUN: {Modem.Radio.Functionality}");
                e.Ok();
                break;
            case AtForm.Test:
                e.Line("+CFUN: (0,1,4,15),(0,1)");
                e.Ok();
                break;
            case AtForm.Set when e.Command.Number(0) == 15 || (e.Command.Number(0) == 1 && e.Command.Number(1) == 1):
                e.Ok();
                // The OK leaves the modem before it goes down.
                Loop.After(TimeSpan.Zero, Modem.Restart);
                break;
            case AtForm.Set when e.Command.Number(0) is (0 or 1 or 4) and { } level && e.Command.NumberOr(1, 0) == 0:
                Modem.Radio.Functionality = level;
                e.Ok();
                Modem.Radio.Evaluate();
                break;
            default:
                e.BadParameter();
                break;
        }
    }
}
