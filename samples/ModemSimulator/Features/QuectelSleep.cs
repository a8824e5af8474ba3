using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>BC660K: with +QSCLK the serial line sleeps, and what wakes it up loses its first bytes.</summary>
internal sealed class QuectelSleep : ModemFeature
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(10);
    private const int LostBytes = 4;

    private int _mode, _release;
    private DateTimeOffset _lastByte;

    public QuectelSleep(SimulatedModem modem)
        : base(modem)
    {
        modem.On("+QSCLK", e => e.Setting(ref _mode, 0, 2));
        modem.On("+QNBIOTRAI", e => e.Setting(ref _release, 0, 2));
        modem.Waking = OnByte;
    }

    public override void Reset()
    {
        _mode = _release = 0;
        _lastByte = Loop.Now;
    }

    private int OnByte()
    {
        bool isAsleep = _mode > 0 && Loop.Now - _lastByte > s_idle;
        _lastByte = Loop.Now;
        if (isAsleep)
            Modem.Log("woken up: the first bytes are lost");
        return isAsleep ? LostBytes : 0;
    }
}
