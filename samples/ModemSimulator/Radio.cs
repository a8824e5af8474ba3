using System;
using System.Collections.Generic;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Registration, connection and sleep of one device.</summary>
internal sealed class Radio(SimulatedModem modem)
{
    private readonly Queue<Action> _pages = new();
    private IDisposable? _registering, _inactivity, _sleep, _trackingArea, _paging;

    /// <summary>+CFUN: 0 minimum, 1 full, 4 flight mode.</summary>
    public int Functionality { get; set; } = 1;

    /// <summary>+CGATT, and +COPS=2 the other way.</summary>
    public bool WantsAttach { get; set; } = true;

    public bool HasCoverage { get; set; } = true;

    /// <summary>State of +CEREG: 0 not registered, 1 home, 2 searching, 3 denied, 5 roaming.</summary>
    public int State { get; private set; }

    public bool IsRegistered => State is 1 or 5;

    /// <summary>+CSCON.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Whether it is in power saving mode.</summary>
    public bool IsAsleep { get; private set; }

    /// <summary>Granted T3324; null: no power saving mode.</summary>
    public TimeSpan? ActiveTime { get; set; }

    /// <summary>Granted T3412 (extended).</summary>
    public TimeSpan? TrackingAreaTime { get; set; }

    /// <summary>Granted eDRX cycle; null: it always listens.</summary>
    public TimeSpan? PagingCycle { get; set; }

    public event Action? StateChanged;

    public event Action? ConnectionChanged;

    private SimulationLoop Loop => modem.Loop;

    /// <summary>Looks at what is wanted and what is there.</summary>
    public void Evaluate()
    {
        if (Functionality != 1 || !WantsAttach || modem.Sim != SimState.Ready)
        {
            Detach();
            return;
        }
        if (!HasCoverage)
        {
            Stop(ref _registering);
            Release();
            IsAsleep = false;
            Change(2);
            return;
        }
        if (IsRegistered || State == 3 || _registering != null)
            return;
        Change(2);
        _registering = Loop.After(modem.Network.Options.RegistrationDelay, () =>
        {
            _registering = null;
            if (modem.Options.IsDenied)
            {
                Change(3);
                return;
            }
            modem.Contexts.Attach();
            Change(modem.Options.IsRoaming ? 5 : 1);
            Connect();
        });
    }

    /// <summary>Without a word, as at a reset.</summary>
    public void SwitchOff()
    {
        StopAll();
        State = 0;
        IsConnected = IsAsleep = false;
        modem.OnDetached();
    }

    /// <summary>The device sends something: it wakes up and connects.</summary>
    /// <returns>False without a network.</returns>
    public bool Uplink()
    {
        if (!IsRegistered)
            return false;
        Connect();
        return true;
    }

    /// <summary>Releases the connection now, as release assistance asks.</summary>
    public void Release()
    {
        Stop(ref _inactivity);
        if (!IsConnected)
            return;
        IsConnected = false;
        ConnectionChanged?.Invoke();
        if (ActiveTime is { } active)
        {
            _sleep = Loop.After(active, () =>
            {
                _sleep = null;
                IsAsleep = true;
                modem.Log("asleep");
            });
        }
        if (TrackingAreaTime is { } period && ActiveTime != null)
        {
            Stop(ref _trackingArea);
            _trackingArea = Loop.After(period, Connect);
        }
    }

    /// <summary>Delivers as soon as the device listens.</summary>
    public void Page(Action deliver)
    {
        _pages.Enqueue(deliver);
        Deliver();
    }

    private void Connect()
    {
        if (!IsRegistered)
            return;
        Stop(ref _sleep);
        Stop(ref _trackingArea);
        Stop(ref _inactivity);
        IsAsleep = false;
        bool wasConnected = IsConnected;
        IsConnected = true;
        if (!wasConnected)
            ConnectionChanged?.Invoke();
        _inactivity = Loop.After(modem.Network.Options.InactivityTime, Release);
        if (!wasConnected)
            Loop.Post(Deliver);
    }

    private void Deliver()
    {
        if (!IsRegistered || IsAsleep || _pages.Count == 0)
            return;
        if (!IsConnected && PagingCycle is { } cycle)
        {
            _paging ??= Loop.After(cycle, () =>
            {
                _paging = null;
                if (IsRegistered && !IsAsleep && _pages.Count > 0)
                    Connect();
            });
            return;
        }
        while (_pages.TryDequeue(out Action? deliver))
        {
            Connect();
            deliver();
        }
    }

    private void Detach()
    {
        StopAll();
        bool wasRegistered = IsRegistered;
        if (IsConnected)
        {
            IsConnected = false;
            ConnectionChanged?.Invoke();
        }
        IsAsleep = false;
        Change(0);
        if (wasRegistered)
            modem.OnDetached();
    }

    private void Change(int state)
    {
        if (State == state)
            return;
        State = state;
        StateChanged?.Invoke();
        Loop.Post(Deliver);
    }

    private void StopAll()
    {
        Stop(ref _registering);
        Stop(ref _inactivity);
        Stop(ref _sleep);
        Stop(ref _trackingArea);
        Stop(ref _paging);
    }

    private static void Stop(ref IDisposable? timer)
    {
        timer?.Dispose();
        timer = null;
    }
}
