namespace Lwm2m.Cellular;

/// <summary>The commands of the machine: which one is next in each state, and what its result means.</summary>
public sealed partial class CellularModem
{
    private const int FirstSeekMs = 2000;
    private const int LongestSeekMs = 60000;

    /// <summary>A command that gets no answer so often is passed over.</summary>
    private const int MostTries = 3;

    // Tags.
    private const int EchoOff = 1;
    private const int NumberErrors = 2;
    private const int Init = 3;
    private const int AskSim = 4;
    private const int EnterPin = 5;
    private const int RadioOff = 6;
    private const int ReportRegistration = 7;
    private const int Optional = 8;
    private const int RadioOn = 9;
    private const int AskRegistration = 10;
    private const int Verify = 11;
    private const int AskSignal = 12;
    private const int AskOldSignal = 13;
    private const int AskImei = 14;
    private const int AskImsi = 15;
    private const int AskIccid = 16;
    private const int AskOperator = 17;

    // Steps of Attaching; the last one is repeated.
    private const int CeregStep = 0;
    private const int CsconStep = 1;
    private const int PsmStep = 2;
    private const int EdrxStep = 3;
    private const int RadioStep = 4;
    private const int AttachStep = 5;
    private const int SimStep = 6;
    private const int SeekStep = 7;

    // Steps of Ready.
    private const int IdentityStep = 8;

    private int _step;
    private int _tries;

    /// <summary>How much +CEREG tells: 4 with the timers that the network granted, 2 with the cell, 1 without; 0 where the modem has none of them.</summary>
    private int _ceregMode;

    private int _seekPauseMs;
    private int _recoveries;

    /// <inheritdoc/>
    public bool NextCommand(AtCommand command, long nowMs)
    {
        if (IsEchoNew && State > ModemState.Preparing)
            return Write(command, EchoOff, "ATE0");
        if (Engine.Recoveries != _recoveries && State > ModemState.SettingUp)
        {
            if (_ceregMode > 0 && (State != ModemState.Attaching || _step > CeregStep))
                return WriteQuery(command, Verify, "AT+CEREG?", "+CEREG:");
            _recoveries = Engine.Recoveries;
        }

        switch (State)
        {
            case ModemState.Preparing:
                return NextPreparing(command, nowMs);
            case ModemState.Unlocking:
                return NextUnlocking(command);
            case ModemState.SettingUp:
                return NextSettingUp(command, nowMs);
            case ModemState.Attaching:
                return NextAttaching(command, nowMs);
            case ModemState.Ready:
                Release();
                return NextReady(command);
            default:
                return false;
        }
    }

    /// <summary>Asks the modem for its signal soon; the listener hears when it is another one.</summary>
    public void RequestSignal()
    {
        IsSignalWanted = true;
        Engine.Ask();
    }

    /// <inheritdoc/>
    public void OnResult(int tag, AtResult result, int error, long nowMs)
    {
        if (result == AtResult.Reset)
            return;
        if (result == AtResult.TimedOut && ++_tries < MostTries)
            // The engine finds the modem again, and the same step has its turn anew.
            return;
        _tries = 0;
        bool isOk = result == AtResult.Ok;
        switch (tag)
        {
            case EchoOff:
                Engine.EchoSeen = false;
                EchoStays = !isOk;
                IsEchoTried = isOk;
                if (State == ModemState.Preparing)
                    _step++;
                else
                    // Perhaps it has forgotten more than that.
                    _recoveries = -1;
                break;
            case AskSim:
                AfterSim(result, error, nowMs);
                break;
            case EnterPin:
                if (!isOk)
                    FailSim(ModemFailure.SimPin, AtError.Name(result, error), nowMs);
                break;
            case ReportRegistration:
                if (isOk || _ceregMode == 0)
                    _step++;
                else
                    _ceregMode = _ceregMode == 4 ? 2 : _ceregMode - 1;
                break;
            case RadioOn:
                if (isOk)
                    _step++;
                else
                {
                    Tell(ModemFailure.CommandRefused, _options.RadioOnCommand + ": " + AtError.Name(result, error), nowMs);
                    Happen(ModemEvent.Failed, nowMs);
                }

                break;
            case AskRegistration:
            case Verify:
                EchoStays |= IsEchoTried && Engine.EchoSeen;
                IsEchoTried = false;
                _recoveries = Engine.Recoveries;
                break;
            case AskSignal:
                // 27.007 has +CESQ since release 10; older modems know +CSQ only.
                HasOldSignalOnly = !isOk;
                IsSignalWanted = !isOk;
                break;
            case AskOldSignal:
                break;
            default:
                // One that was in hand when the network went away says nothing about the search for it.
                if (State != ModemState.Attaching || _step != SeekStep)
                    _step++;
                break;
        }
    }

    /// <inheritdoc/>
    public void OnModemReset(long nowMs)
    {
        _step = 0;
        EchoStays = false;
    }

    private bool IsEchoNew => Engine.EchoSeen && !EchoStays;

    private bool NextPreparing(AtCommand command, long nowMs)
    {
        _recoveries = Engine.Recoveries;
        if (_step == 0)
            return Write(command, EchoOff, "ATE0");
        if (_step == 1)
            return Write(command, NumberErrors, "AT+CMEE=1");
        string[]? init = _options.InitCommands;
        if (init != null && _step - 2 < init.Length)
            return Write(command, Init, init[_step - 2]);
        Happen(ModemEvent.Done, nowMs);
        return NextUnlocking(command);
    }

    private bool NextUnlocking(AtCommand command)
    {
        if (IsPinWanted)
            return WritePin(command);
        // A busy SIM is asked again after a while.
        return _dueMs == long.MaxValue && WriteQuery(command, AskSim, "AT+CPIN?", "+CPIN:");
    }

    private bool WritePin(AtCommand command)
    {
        IsPinWanted = false;
        IsPinUsed = true;
        command.Tag = EnterPin;
        command.TimeoutMs = 20000;
        command.Text("AT+CPIN=");
        command.Quoted(_options.Pin!);
        return true;
    }

    private bool NextSettingUp(AtCommand command, long nowMs)
    {
        if (_step == 0)
        {
            if (_options.RadioOffCommand != null)
            {
                command.TimeoutMs = 30000;
                return Write(command, RadioOff, _options.RadioOffCommand);
            }

            _step++;
        }

        for (; _step <= _serviceCount; _step++)
        {
            IModemService service = _services[_step - 1];
            if (!service.NextSetupCommand(command, nowMs))
                continue;
            command.Owner = service;
            return true;
        }

        _ceregMode = 4;
        Happen(ModemEvent.Done, nowMs);
        return NextAttaching(command, nowMs);
    }

    private bool NextAttaching(AtCommand command, long nowMs)
    {
        if (IsPinWanted)
            return WritePin(command);
        if (_step == SimStep && _dueMs != long.MaxValue)
            return false;
        for (; _step < SeekStep; _step++)
            if (WriteAttachStep(command))
                return true;
        Release();
        if (!IsSeekDue)
            return false;
        IsSeekDue = false;
        _dueMs = nowMs + _seekPauseMs;
        _seekPauseMs = _seekPauseMs * 2 > LongestSeekMs ? LongestSeekMs : _seekPauseMs * 2;
        return WriteQuery(command, AskRegistration, "AT+CEREG?", "+CEREG:");
    }

    private bool WriteAttachStep(AtCommand command)
    {
        switch (_step)
        {
            case CeregStep:
                _seekPauseMs = FirstSeekMs;
                IsSeekDue = true;
                command.Tag = ReportRegistration;
                command.Text("AT+CEREG=");
                command.Number(_ceregMode);
                return true;
            case CsconStep:
                return Write(command, Optional, "AT+CSCON=1");
            case PsmStep:
                return WritePowerSaving(command);
            case EdrxStep:
                return WriteEdrx(command);
            case RadioStep:
                command.TimeoutMs = 30000;
                return Write(command, RadioOn, _options.RadioOnCommand);
            case AttachStep:
                command.TimeoutMs = 60000;
                return _options.AttachCommand != null && Write(command, Optional, _options.AttachCommand);
            default:
                return IsSimAsked && WriteQuery(command, AskSim, "AT+CPIN?", "+CPIN:");
        }
    }

    private bool NextReady(AtCommand command)
    {
        if (IsSignalWanted && !HasOldSignalOnly)
        {
            IsSignalWanted = false;
            return WriteQuery(command, AskSignal, "AT+CESQ", "+CESQ:");
        }

        if (IsSignalWanted)
        {
            IsSignalWanted = false;
            return WriteQuery(command, AskOldSignal, "AT+CSQ", "+CSQ:");
        }

        if (IsSeekDue)
        {
            // A report may have got lost.
            IsSeekDue = false;
            return WriteQuery(command, AskRegistration, "AT+CEREG?", "+CEREG:");
        }

        for (; _step < IdentityStep + 6; _step++)
            if (WriteIdentityStep(command))
                return true;
        return false;
    }

    private bool WriteIdentityStep(AtCommand command)
    {
        switch (_step - IdentityStep)
        {
            case 0:
                return Imei == null && WriteQuery(command, AskImei, "AT+CGSN=1", "+CGSN:");
            case 1:
                // Modems before release 12 know no parameter, and answer digits alone.
                return Imei == null && WriteOpenQuery(command, AskImei, "AT+CGSN");
            case 2:
                return Imsi == null && WriteOpenQuery(command, AskImsi, "AT+CIMI");
            case 3:
                return Iccid == null && _options.IccidCommand != null && WriteOpenQuery(command, AskIccid, _options.IccidCommand);
            case 4:
                return Write(command, Optional, "AT+COPS=3,2");
            default:
                return WriteQuery(command, AskOperator, "AT+COPS?", "+COPS:");
        }
    }

    private bool WritePowerSaving(AtCommand command)
    {
        int active = _options.ActiveTimeSeconds;
        if (active < 0)
            return false;
        if (active == 0)
            return Write(command, Optional, "AT+CPSMS=0");
        command.Tag = Optional;
        command.Text("AT+CPSMS=1,,,");
        if (_options.PeriodicUpdateSeconds > 0)
            NetworkTimer.Write(command, NetworkTimer.PeriodicUpdate(_options.PeriodicUpdateSeconds));
        command.Character(',');
        NetworkTimer.Write(command, NetworkTimer.ActiveTime(active));
        return true;
    }

    private bool WriteEdrx(AtCommand command)
    {
        int code = _options.EdrxCode;
        if (code == -1)
            return false;
        if (code < 0)
            return Write(command, Optional, "AT+CEDRXS=0");
        command.Tag = Optional;
        command.Text("AT+CEDRXS=2,");
        command.Number(_options.EdrxAccess);
        command.Character(',');
        NetworkTimer.WriteBits(command, code, 4);
        return true;
    }

    /// <summary>Services may write, unless the machine has doubts.</summary>
    private void Release()
    {
        if (Engine.Sole == null)
            return;
        Engine.Sole = null;
        Engine.Ask();
    }

    private void AfterSim(AtResult result, int error, long nowMs)
    {
        bool isUnlocking = State == ModemState.Unlocking;
        if (result == AtResult.Ok)
        {
            if (IsPinWanted)
                return;
            if (isUnlocking)
                Happen(ModemEvent.Done, nowMs);
            else
                _step++;
            return;
        }

        bool isNumbered = result == AtResult.CmeError;
        if (isNumbered && error == AtError.SimBusy)
            _dueMs = nowMs + FirstSeekMs;
        else if (isNumbered && error == AtError.SimPin)
            TakePinWanted(nowMs);
        else if (isNumbered && (error == AtError.SimPuk || error == AtError.SimWrong))
            FailSim(ModemFailure.SimBlocked, AtError.Name(result, error), nowMs);
        else if (isNumbered && (error == AtError.SimMissing || error == AtError.SimFailure))
            FailSim(ModemFailure.SimMissing, AtError.Name(result, error), nowMs);
        else if (isUnlocking)
        {
            // Some modems read the SIM only with the radio on: asked again then.
            IsSimAsked = true;
            Happen(ModemEvent.Done, nowMs);
        }
        else
            _step++;
    }

    private void TakePinWanted(long nowMs)
    {
        // A PIN that was refused is not tried again: the SIM would be locked after the third time.
        if (_options.Pin == null || IsPinUsed)
            FailSim(ModemFailure.SimPin, IsPinUsed ? "the PIN was refused" : "the SIM wants its PIN", nowMs);
        else
            IsPinWanted = true;
    }

    private void FailSim(ModemFailure reason, string text, long nowMs)
    {
        Tell(reason, text, nowMs);
        Happen(ModemEvent.Failed, nowMs);
    }

    private static bool Write(AtCommand command, int tag, string text)
    {
        command.Tag = tag;
        command.Text(text);
        return true;
    }

    private static bool WriteOpenQuery(AtCommand command, int tag, string text)
    {
        command.ExpectAny();
        return Write(command, tag, text);
    }

    private static bool WriteQuery(AtCommand command, int tag, string text, string answer)
    {
        command.Expect(answer);
        return Write(command, tag, text);
    }
}
