using System;
using System.Globalization;
using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Power saving mode and eDRX. The network grants what is asked for, unless it grants nothing.</summary>
internal sealed class PowerSavingFeature : ModemFeature
{
    // Seconds of a cycle by its four bits.
    private static readonly double[] s_cycles =
        [5.12, 10.24, 20.48, 40.96, 61.44, 81.92, 102.4, 122.88, 143.36, 163.84, 327.68, 655.36, 1310.72, 2621.44, 5242.88, 10485.76];

    private bool _isOn;
    private string _periodic = "00100001", _active = "00000101";
    private int _drxMode, _drxTechnology = 5;
    private string _drx = "";

    public PowerSavingFeature(SimulatedModem modem)
        : base(modem)
    {
        modem.On("+CPSMS", PowerSaving);
        modem.On("+CEDRXS", Drx);
        modem.On("+CEDRXRDP", ReadDrx);
        if (modem.Profile.Name is "sara-r4" or "sara-r5")
            modem.On("+UCPSMS", ReadGranted);
    }

    /// <summary>Granted timers in their bits; null without power saving mode.</summary>
    public (string Active, string Periodic)? Granted => Modem.Radio.ActiveTime != null && Modem.Radio.TrackingAreaTime != null ? (_active, _periodic) : null;

    public override void Reset()
    {
        // These two are kept by a modem when it is switched off; what was granted is asked for anew.
        Apply();
    }

    private void Apply()
    {
        bool grants = Modem.Network.Options.GrantsPowerSaving;
        Modem.Radio.ActiveTime = _isOn && grants ? PowerTimer.ReadActive(_active) : null;
        Modem.Radio.TrackingAreaTime = _isOn && grants ? PowerTimer.ReadPeriodic(_periodic) : null;
        Modem.Radio.PagingCycle = _drxMode is 1 or 2 && grants && _drx.Length == 4 ? TimeSpan.FromSeconds(s_cycles[Convert.ToInt32(_drx, 2)]) : null;
    }

    private void PowerSaving(AtExchange e)
    {
        switch (e.Form)
        {
            case AtForm.Read:
                e.Line($"+CPSMS: {(_isOn ? 1 : 0)},,,\"{_periodic}\",\"{_active}\"");
                e.Ok();
                return;
            case AtForm.Test:
                e.Line("+CPSMS: (0-2),,,(\"00000000\"-\"11111111\"),(\"00000000\"-\"11111111\")");
                e.Ok();
                return;
            case AtForm.Set when e.Command.Number(0) is (0 or 1 or 2) and { } mode && IsTimer(e, 3) && IsTimer(e, 4):
                _isOn = mode == 1;
                _periodic = e.Command.Has(3) ? e.Command.Text(3) : _periodic;
                _active = e.Command.Has(4) ? e.Command.Text(4) : _active;
                Apply();
                e.Ok();
                // What is asked for goes to the network with a tracking area update.
                if (Modem.Radio.Uplink() && Modem.Feature<RegistrationFeature>().Current is { } line)
                    Modem.Urc(line);
                return;
            default:
                e.BadParameter();
                return;
        }
    }

    private static bool IsTimer(AtExchange e, int index) => !e.Command.Has(index) || PowerTimer.IsValid(e.Command.Text(index));

    private void ReadGranted(AtExchange e)
    {
        e.Line(Granted is { } granted ? $"+UCPSMS: 1,,,\"{granted.Periodic}\",\"{granted.Active}\"" : "+UCPSMS: 0");
        e.Ok();
    }

    private void Drx(AtExchange e)
    {
        switch (e.Form)
        {
            case AtForm.Read:
                if (_drxMode != 0)
                    e.Line($"+CEDRXS: {_drxTechnology},\"{_drx}\"");
                e.Ok();
                return;
            case AtForm.Test:
                e.Line("+CEDRXS: (0-3),(4,5),(\"0000\"-\"1111\")");
                e.Ok();
                return;
            case AtForm.Set when e.Command.Number(0) is >= 0 and <= 3 and { } mode && e.Command.NumberOr(1, _drxTechnology) is 4 or 5 && IsCycle(e.Command.Text(2)):
                _drxMode = mode == 3 ? 0 : mode;
                _drxTechnology = e.Command.NumberOr(1, _drxTechnology);
                _drx = mode == 3 ? "" : e.Command.Has(2) ? e.Command.Text(2) : _drx.Length > 0 ? _drx : "0010";
                Apply();
                e.Ok();
                if (_drxMode == 2 && Modem.Radio.Uplink())
                    Modem.Urc($"+CEDRXP: {Reported()}");
                return;
            default:
                e.BadParameter();
                return;
        }
    }

    private static bool IsCycle(string bits) => bits.Length == 0 || (bits.Length == 4 && bits.All(c => c is '0' or '1'));

    private void ReadDrx(AtExchange e)
    {
        e.Line($"+CEDRXRDP: {(Modem.Radio.PagingCycle != null ? Reported() : "0")}");
        e.Ok();
    }

    // A paging window of 2.56 s (NB-IoT 0000, else 0001).
    private string Reported() => string.Create(CultureInfo.InvariantCulture, $"{_drxTechnology},\"{_drx}\",\"{_drx}\",\"{(_drxTechnology == 5 ? "0000" : "0001")}\"");
}
