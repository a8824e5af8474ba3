using System;
using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>
/// A modem: starts it, keeps it registered, knows its status, and is the pump of all bearers that run over it. Services take turns
/// on its AT engine. What goes wrong is told to the listener, and tried again for ever.
/// </summary>
public sealed partial class CellularModem : IPump, IAtUser
{
    /// <summary>Runs of bytes taken in by one call of <see cref="Pump"/>.</summary>
    private const int MostRuns = 8;

    private const int FirstPauseMs = 5000;
    private const int LongestPauseMs = 60000;

    private readonly IModemPort _port;
    private readonly ModemOptions _options;
    private readonly IModemService[] _services;
    private int _serviceCount;
    private int _openings;

    private long _dueMs = long.MaxValue;
    private long _pumpDueMs;
    private int _pauseMs = FirstPauseMs;

    // What is wrong since when, and which of it was told, one bit a reason.
    private int _trouble = -1;
    private long _troubleSinceMs;
    private int _told;

    /// <summary>Makes a modem; it starts with the first <see cref="Pump"/>.</summary>
    /// <param name="port">The way to it.</param>
    /// <param name="options">What it is told.</param>
    public CellularModem(IModemPort port, ModemOptions options)
    {
        _port = port;
        _options = options;
        _services = new IModemService[options.MaxServices];
        Engine = new AtEngine(port, options.LineBytes, options.CommandBytes, options.MaxServices + 1, options.MaxData)
        {
            Sole = this,
            WakeAfterMs = options.WakeAfterMs,
        };
        Engine.Add(this);
        ForgetStatus();
    }

    /// <summary>The dialogue with the modem.</summary>
    public AtEngine Engine { get; }

    /// <summary>Who is told of what happens during <see cref="Pump"/>; null outside of it.</summary>
    public ILinkEvents? Events { get; private set; }

    /// <summary>Hears what happens with the modem; null for nobody.</summary>
    public IModemListener? Listener { get; set; }

    /// <summary>Where the machine stands.</summary>
    public ModemState State { get; private set; }

    /// <summary>True while the modem answers commands, as far as anybody knows.</summary>
    public bool IsAnswering => State > ModemState.Searching && !Engine.IsSearching;

    /// <inheritdoc/>
    public long DueMs
    {
        get
        {
            long due = Engine.DueMs;
            if (_pumpDueMs < due)
                due = _pumpDueMs;
            return _dueMs < due ? _dueMs : due;
        }
    }

    /// <summary>Adds a service. Its set-up commands come after those of services that were added before.</summary>
    /// <param name="service">The service.</param>
    /// <param name="isUrgent">Asked for commands before all that are not, as one that acknowledges short messages.</param>
    /// <exception cref="ArgumentException">There are as many as <see cref="ModemOptions.MaxServices"/> says.</exception>
    public void Add(IModemService service, bool isUrgent = false)
    {
        Engine.Add(service, isUrgent);
        _services[_serviceCount++] = service;
    }

    /// <summary>Has <see cref="Pump"/> called soon, for a service that was asked to open or close a link. It asks its turn on the engine besides.</summary>
    public void PumpSoon() => _pumpDueMs = 0;

    /// <inheritdoc/>
    public void Attach(IWakeUp? runner) => _port.Attach(runner);

    /// <inheritdoc/>
    public bool Pump(ILinkEvents events, long nowMs)
    {
        Events = events;
        WatchPort(nowMs);
        bool isMore = TakeInput(nowMs);
        Engine.Poll(nowMs);
        PollMachine(nowMs);
        // A link that is told down may be opened by another service from within.
        _pumpDueMs = long.MaxValue;
        long due = long.MaxValue;
        for (int index = 0; index < _serviceCount; index++)
        {
            long one = _services[index].Poll(events, nowMs);
            if (one < due)
                due = one;
        }

        if (due < _pumpDueMs)
            _pumpDueMs = due;
        Engine.Poll(nowMs);
        WatchTrouble(nowMs);
        if (IsStatusNew)
        {
            IsStatusNew = false;
            Listener?.OnModemStatus(nowMs);
        }

        Events = null;
        return isMore;
    }

    private void WatchPort(long nowMs)
    {
        if (!_port.IsOpen)
        {
            Happen(ModemEvent.PortLost, nowMs);
            return;
        }

        if (_port.Openings == _openings)
            return;
        _openings = _port.Openings;
        Happen(ModemEvent.Opened, nowMs);
    }

    private bool TakeInput(long nowMs)
    {
        for (int run = 0; run < MostRuns; run++)
        {
            int count = _port.Peek(out int offset);
            if (count == 0)
                return false;
            Engine.Received(_port.Input, offset, count, nowMs);
            _port.Take(count);
        }

        return true;
    }

    private void PollMachine(long nowMs)
    {
        if (State == ModemState.Searching && !Engine.IsSearching)
            Happen(ModemEvent.Found, nowMs);
        if (State > ModemState.SettingUp && Engine.Sole == null && (IsEchoNew || Engine.Recoveries != _recoveries))
        {
            // Only the machine may write until it knows whether the modem still has its settings.
            Engine.Sole = this;
            Engine.Ask();
        }

        if (nowMs < _dueMs)
            return;
        _dueMs = long.MaxValue;
        IsSeekDue = true;
        if (State == ModemState.Ready)
        {
            PlanSignal(nowMs);
            IsSignalWanted = true;
        }

        Happen(ModemEvent.Due, nowMs);
        Engine.Ask();
    }

    private void PlanSignal(long nowMs)
    {
        if (_options.SignalPeriodSeconds > 0)
            _dueMs = nowMs + _options.SignalPeriodSeconds * 1000L;
    }

    private void Happen(ModemEvent happened, long nowMs)
    {
        ModemState before = State;
        ModemAction action = ModemTable.Action(before, happened);
        State = ModemTable.Next(before, happened);
        Do(action, nowMs);
        if (State != before)
            Listener?.OnModemState(State, nowMs);
    }

    private void Do(ModemAction action, long nowMs)
    {
        switch (action)
        {
            case ModemAction.Ignore:
                return;
            case ModemAction.Serve:
                _pauseMs = FirstPauseMs;
                _told = 0;
                _dueMs = long.MaxValue;
                IsSeekDue = false;
                PlanSignal(nowMs);
                IsSignalWanted = true;
                break;
            case ModemAction.SeekNetwork:
                _step = SeekStep;
                _seekPauseMs = FirstSeekMs;
                IsSeekDue = true;
                break;
            case ModemAction.Pause:
                _dueMs = nowMs + _pauseMs;
                _pauseMs = _pauseMs * 2 > LongestPauseMs ? LongestPauseMs : _pauseMs * 2;
                break;
            case ModemAction.Forget:
                Forget(nowMs);
                break;
            case ModemAction.Restart:
                Forget(nowMs);
                Look(nowMs);
                break;
            case ModemAction.Look:
                Look(nowMs);
                break;
            default:
                _step = 0;
                _tries = 0;
                _dueMs = long.MaxValue;
                IsPinWanted = false;
                break;
        }

        if (action != ModemAction.Serve && action != ModemAction.SeekNetwork)
            Engine.Sole = this;
        else
            _step = action == ModemAction.Serve ? IdentityStep : SeekStep;
        Engine.Ask();
    }

    private void Look(long nowMs)
    {
        _dueMs = long.MaxValue;
        Engine.Reopen(nowMs);
    }

    private void Forget(long nowMs)
    {
        _dueMs = long.MaxValue;
        Engine.Sole = this;
        ForgetStatus();
        Engine.ResetUsers(nowMs);
    }

    /// <summary>Tells what is wrong when it lasts, and once.</summary>
    private void WatchTrouble(long nowMs)
    {
        int trouble = -1;
        int patienceMs = 0;
        if (State == ModemState.Closed)
        {
            trouble = (int)ModemFailure.PortMissing;
            patienceMs = 3000;
        }
        else if (Engine.IsSearching)
        {
            trouble = (int)ModemFailure.ModemSilent;
            patienceMs = 20000;
        }
        else if (State == ModemState.Attaching && _step == SeekStep)
        {
            trouble = (int)ModemFailure.NoNetwork;
            patienceMs = 25000;
        }

        if (trouble != _trouble)
        {
            if (_trouble >= 0)
                _told &= ~(1 << _trouble);
            _trouble = trouble;
            _troubleSinceMs = nowMs;
        }

        if (trouble < 0 || (_told & (1 << trouble)) != 0)
            return;
        long tellMs = _troubleSinceMs + patienceMs;
        if (nowMs < tellMs)
        {
            if (tellMs < _pumpDueMs)
                _pumpDueMs = tellMs;
            return;
        }

        switch (trouble)
        {
            case (int)ModemFailure.PortMissing:
                Tell(ModemFailure.PortMissing, "the port cannot be opened", nowMs);
                break;
            case (int)ModemFailure.ModemSilent:
                Tell(ModemFailure.ModemSilent, "the modem gives no answer", nowMs);
                break;
            default:
                Tell(ModemFailure.NoNetwork, "no network is found", nowMs);
                break;
        }
    }

    private void Tell(ModemFailure reason, string text, long nowMs)
    {
        int bit = 1 << (int)reason;
        if ((_told & bit) != 0)
            return;
        _told |= bit;
        Listener?.OnModemFailure(reason, text, nowMs);
    }
}
