using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Start, reset and end.</summary>
public sealed partial class SimulatedModem
{
    private bool _isOn;
    private IDisposable? _boot;

    /// <summary>A reset: deaf for the boot time, then all that a start forgets is forgotten.</summary>
    internal void Restart()
    {
        if (_isDisposed)
            return;
        Log("reset");
        Stop();
        _boot = Loop.After(Options.BootTime, () =>
        {
            Start();
            _isOn = true;
            foreach (string line in Profile.BootLines)
                Urc(line);
            Radio.Evaluate();
        });
    }

    private void Stop()
    {
        _isOn = false;
        _boot?.Dispose();
        ForgetInput();
        ForgetOutput();
        Radio.SwitchOff();
        Messages.Abandon();
    }

    private void Start()
    {
        Echo = true;
        IsVerbose = true;
        ErrorLevel = 0;
        Sim = !Options.HasSim ? SimState.Absent : Options.Pin != null ? SimState.PinRequired : SimState.Ready;
        Radio.Functionality = Options.InitialFunctionality;
        foreach (ModemFeature feature in _features)
            feature.Reset();
    }
}
