using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Registration, operator, signal and connection.</summary>
internal sealed class RegistrationFeature : ModemFeature
{
    private const string Area = "\"1A2B\",\"00C0FFEE\"";
    private int _eps, _gprs, _gsm, _connection;
    private int _operatorMode, _operatorFormat;

    public RegistrationFeature(SimulatedModem modem)
        : base(modem)
    {
        modem.On("+CEREG", e => Registration(e, ref _eps, 5, n => Status(n)));
        modem.On("+CGREG", e => Registration(e, ref _gprs, 2, _ => "0"));
        modem.On("+CREG", e => Registration(e, ref _gsm, 2, _ => "0"));
        modem.On("+CSCON", e => Registration(e, ref _connection, 1, _ => Modem.Radio.IsConnected ? "1" : "0"));
        modem.On("+CSQ", Quality);
        modem.On("+CESQ", ExtendedQuality);
        modem.On("+COPS", Operator);
        modem.On("+CGATT", Attach);
        modem.Radio.StateChanged += OnState;
        modem.Radio.ConnectionChanged += OnConnection;
    }

    /// <summary>The +CEREG line of this moment; null while it is not reported.</summary>
    public string? Current => _eps > 0 ? "+CEREG: " + Status(_eps) : null;

    public override void Reset()
    {
        _eps = _gprs = _gsm = _connection = 0;
        _operatorMode = _operatorFormat = 0;
        Modem.Radio.WantsAttach = true;
    }

    private static void Registration(AtExchange e, ref int level, int max, Func<int, string> status)
    {
        if (e.Form != AtForm.Read)
        {
            e.Setting(ref level, 0, max);
            return;
        }
        e.Line($"{e.Command.Name}: {level},{status(level)}");
        e.Ok();
    }

    // <stat>[,<tac>,<ci>,<AcT>[,<cause type>,<cause>[,<active time>,<periodic TAU>]]]
    private string Status(int level)
    {
        Radio radio = Modem.Radio;
        string state = radio.State.ToString();
        if (level < 2)
            return state;
        if (!radio.IsRegistered)
            return level is 3 or 5 && radio.State == 3 ? $"{state},,,,0,11" : state;
        string located = $"{state},{Area},{Modem.Profile.AccessTechnology}";
        return level >= 4 && Modem.Feature<PowerSavingFeature>().Granted is { } granted ? $"{located},,,\"{granted.Active}\",\"{granted.Periodic}\"" : located;
    }

    private void OnState()
    {
        if (Current is { } line)
            Modem.Urc(line);
    }

    private void OnConnection()
    {
        if (_connection == 1)
            Modem.Urc(Modem.Radio.IsConnected ? "+CSCON: 1" : "+CSCON: 0");
    }

    private void Quality(AtExchange e)
    {
        if (e.Form == AtForm.Test)
            e.Line("+CSQ: (0-31,99),(0-7,99)");
        else
            e.Line($"+CSQ: {(Modem.Radio.HasCoverage ? Math.Clamp((Modem.Options.RssiDbm + 113) / 2, 0, 31) : 99)},99");
        e.Ok();
    }

    private void ExtendedQuality(AtExchange e)
    {
        int rsrp = Math.Clamp(Modem.Options.RsrpDbm + 141, 0, 97);
        int rsrq = Math.Clamp((Modem.Options.RsrqDb + 20) * 2, 0, 34);
        if (e.Form == AtForm.Test)
            e.Line("+CESQ: (0-63,99),(0-7,99),(0-96,255),(0-49,255),(0-34,255),(0-97,255)");
        else
            e.Line(Modem.Radio.HasCoverage ? $"+CESQ: 99,99,255,255,{rsrq},{rsrp}" : "+CESQ: 99,99,255,255,255,255");
        e.Ok();
    }

    private void Operator(AtExchange e)
    {
        string name = Modem.Network.Options.Operator;
        int technology = Modem.Profile.AccessTechnology;
        switch (e.Form)
        {
            case AtForm.Read:
                e.Line(Modem.Radio.IsRegistered ? $"+COPS: {_operatorMode},2,\"{name}\",{technology}" : $"+COPS: {_operatorMode}");
                e.Ok();
                break;
            case AtForm.Test:
                e.Line($"+COPS: (2,\"Simulated\",\"Sim\",\"{name}\",{technology}),,(0-4),(0,2)");
                e.Ok();
                break;
            case AtForm.Set when e.Command.Number(0) == 3:
                _operatorFormat = e.Command.NumberOr(1, _operatorFormat);
                e.Ok();
                break;
            case AtForm.Set when e.Command.Number(0) is >= 0 and <= 4 and { } mode:
                _operatorMode = mode;
                // Only the one operator can be chosen; another one is searched in vain.
                Modem.Radio.WantsAttach = mode != 2 && (mode == 0 || e.Command.Text(2) == name);
                e.Ok();
                Modem.Radio.Evaluate();
                break;
            default:
                e.BadParameter();
                break;
        }
    }

    private void Attach(AtExchange e)
    {
        switch (e.Form)
        {
            case AtForm.Read:
                e.Line($"+CGATT: {(Modem.Radio.IsRegistered ? 1 : 0)}");
                e.Ok();
                break;
            case AtForm.Test:
                e.Line("+CGATT: (0,1)");
                e.Ok();
                break;
            case AtForm.Set when e.Command.Number(0) is (0 or 1) and { } value:
                Modem.Radio.WantsAttach = value == 1;
                e.Ok();
                Modem.Radio.Evaluate();
                break;
            default:
                e.BadParameter();
                break;
        }
    }
}
