using System.Text;

namespace Lwm2m.Cellular;

/// <summary>What the modem has told of itself and of the network.</summary>
public sealed partial class CellularModem
{
    private const int Registration = 0;
    private const int Access = 1;
    private const int Area = 2;
    private const int Cell = 3;
    private const int Rssi = 4;
    private const int Rsrp = 5;
    private const int Rsrq = 6;
    private const int Connected = 7;
    private const int ActiveTime = 8;
    private const int PeriodicUpdate = 9;
    private const int Edrx = 10;
    private const int CountryCode = 11;
    private const int NetworkCode = 12;
    private const int RejectCause = 13;

    /// <summary>A value that is not known.</summary>
    private const int Unknown = int.MinValue;

    // A field costs 12 bytes on the board, an element 4.
    private readonly int[] _status = new int[14];

    /// <summary>Registration with the network as <c>+CEREG</c> has it (27.007 10.1.22): 0 no, 1 home, 2 searching, 3 denied, 4 unknown, 5 roaming.</summary>
    public int RegistrationStatus => _status[Registration];

    /// <summary>True while the modem is registered, at home or roaming.</summary>
    public bool IsRegistered => _status[Registration] == 1 || _status[Registration] == 5;

    /// <summary>The access technology of 27.007 10.1.22: 7 for LTE and LTE-M, 9 for NB-IoT; <see cref="int.MinValue"/> while it is not known.</summary>
    public int AccessTechnology => _status[Access];

    /// <summary>Tracking area code; <see cref="int.MinValue"/> while it is not known.</summary>
    public int TrackingArea => _status[Area];

    /// <summary>Cell identity, 28 bits; <see cref="int.MinValue"/> while it is not known.</summary>
    public int CellId => _status[Cell];

    /// <summary>Received power in dBm; <see cref="int.MinValue"/> while it is not known.</summary>
    public int RssiDbm => _status[Rssi];

    /// <summary>Reference signal power in dBm; <see cref="int.MinValue"/> while it is not known.</summary>
    public int RsrpDbm => _status[Rsrp];

    /// <summary>Reference signal quality in tenths of dB; <see cref="int.MinValue"/> while it is not known.</summary>
    public int RsrqTenthDb => _status[Rsrq];

    /// <summary>True while there is a radio connection (<c>+CSCON: 1</c>).</summary>
    public bool IsConnected => _status[Connected] == 1;

    /// <summary>The active time (T3324) that the network granted, in seconds; 0 for none, <see cref="int.MinValue"/> while it is not known.</summary>
    public int GrantedActiveTimeSeconds => _status[ActiveTime];

    /// <summary>The periodic update (T3412 extended) that the network granted, in seconds; <see cref="int.MinValue"/> while it is not known.</summary>
    public int GrantedPeriodicUpdateSeconds => _status[PeriodicUpdate];

    /// <summary>The cycle of extended DRX that the network granted, as its code of 24.008 10.5.5.32; <see cref="int.MinValue"/> while it is not known.</summary>
    public int GrantedEdrxCode => _status[Edrx];

    /// <summary>Mobile country code of the network; <see cref="int.MinValue"/> while it is not known.</summary>
    public int MobileCountryCode => _status[CountryCode];

    /// <summary>Mobile network code of the network; <see cref="int.MinValue"/> while it is not known.</summary>
    public int MobileNetworkCode => _status[NetworkCode];

    /// <summary>Why the network refused the registration, an EMM cause of 24.301; <see cref="int.MinValue"/> while it is not known.</summary>
    public int RegistrationRejectCause => _status[RejectCause];

    /// <summary>Serial number of the modem; null while it is not known.</summary>
    public string? Imei { get; private set; }

    /// <summary>Subscriber identity of the SIM; null while it is not known.</summary>
    public string? Imsi { get; private set; }

    /// <summary>Serial number of the SIM; null while it is not known.</summary>
    public string? Iccid { get; private set; }

    /// <inheritdoc/>
    public AtTake OnAnswer(int tag, AtLine line, long nowMs)
    {
        switch (tag)
        {
            case AskSim:
                TakeSim(line, nowMs);
                return AtTake.Taken;
            case AskRegistration:
            case Verify:
                return TakeRegistrationAnswer(line, nowMs);
            case AskSignal:
                TakeSignal(line);
                return AtTake.Taken;
            case AskOldSignal:
                if (line.TryNumber(0, out long rssi))
                    Set(Rssi, rssi <= 31 ? (int)rssi * 2 - 113 : Unknown);
                return AtTake.Taken;
            case AskOperator:
                TakeOperator(line);
                return AtTake.Taken;
            default:
                return TakeIdentity(tag, line);
        }
    }

    /// <inheritdoc/>
    public AtTake OnUnsolicited(AtLine line, long nowMs)
    {
        byte first = line.Buffer[0];
        if (first == '+' && line.Length > 6)
        {
            if (line.StartsWith("+CEREG:"))
                TakeRegistration(line, 0, nowMs);
            else if (line.StartsWith("+CSCON:"))
            {
                if (line.TryNumber(0, out long mode))
                    Set(Connected, (int)mode);
            }
            else if (line.StartsWith("+CEDRXP:"))
                SetIfKnown(Edrx, NetworkTimer.ReadBits(line, 2, 4));
            else if (line.StartsWith("+CPIN:"))
                TakeSimReport(line, nowMs);
            else if (line.StartsWith("+CFUN:"))
                NoticeReset(ModemState.Ready, nowMs);
            else
                return AtTake.NotMine;
            return AtTake.Taken;
        }

        if (!line.Is("RDY") && !line.StartsWith("^SYSSTART") && !line.Is("APP RDY") && !line.Is("*ATREADY: 1"))
            return AtTake.NotMine;
        NoticeReset(ModemState.Preparing, nowMs);
        return AtTake.Taken;
    }

    private void ForgetStatus()
    {
        for (int index = 0; index < _status.Length; index++)
            _status[index] = Unknown;
        _status[Registration] = 0;
        _status[Connected] = 0;
        IsStatusNew = true;
    }

    private void Set(int what, int value)
    {
        if (_status[what] == value)
            return;
        _status[what] = value;
        IsStatusNew = true;
    }

    private void SetIfKnown(int what, int value) => Set(what, value < 0 ? Unknown : value);

    /// <summary>A report that modems write at their start; while one starts it is nothing new.</summary>
    private void NoticeReset(ModemState since, long nowMs)
    {
        if (State >= since)
            Happen(ModemEvent.ResetSeen, nowMs);
    }

    private void TakeSim(AtLine line, long nowMs)
    {
        if (!line.TryText(0, out int offset, out _))
            return;
        if (line.HasAt(offset, "READY"))
        {
            IsPinUsed = false;
            IsSimAsked = false;
            _told &= ~((1 << (int)ModemFailure.SimPin) | (1 << (int)ModemFailure.SimMissing) | (1 << (int)ModemFailure.SimBlocked));
            return;
        }

        if (line.HasAt(offset, "SIM PIN"))
            TakePinWanted(nowMs);
        else
            FailSim(ModemFailure.SimBlocked, "the SIM wants its PUK or another code", nowMs);
    }

    private void TakeSimReport(AtLine line, long nowMs)
    {
        if (State != ModemState.Ready || !line.TryText(0, out int offset, out _))
            return;
        if (line.HasAt(offset, "NOT"))
            Tell(ModemFailure.SimMissing, "the SIM was removed", nowMs);
        else
            NoticeReset(ModemState.Ready, nowMs);
    }

    /// <summary>The answer has the mode of reports in front, one digit without quotes; a report has the area there.</summary>
    private AtTake TakeRegistrationAnswer(AtLine line, long nowMs)
    {
        if (!line.TryText(1, out _, out int length) || length != 1 || line.IsQuoted(1) || !line.TryNumber(0, out long mode))
            return AtTake.NotMine;
        if (mode == 0 && _ceregMode > 0)
        {
            // It was told to report, and does not: it has forgotten.
            Happen(ModemEvent.ResetSeen, nowMs);
            return AtTake.Taken;
        }

        TakeRegistration(line, 1, nowMs);
        return AtTake.Taken;
    }

    private void TakeRegistration(AtLine line, int at, long nowMs)
    {
        if (!line.TryNumber(at, out long status))
            return;
        bool wasRegistered = IsRegistered;
        Set(Registration, (int)status);
        if (line.TryHexNumber(at + 1, out long area))
            Set(Area, (int)area);
        if (line.TryHexNumber(at + 2, out long cell))
            Set(Cell, (int)cell);
        if (line.TryNumber(at + 3, out long access))
            Set(Access, (int)access);
        if (line.TryNumber(at + 5, out long cause))
            Set(RejectCause, (int)cause);
        if (line.IsPresent(at + 6))
            SetIfKnown(ActiveTime, NetworkTimer.ReadActiveTime(line, at + 6));
        if (line.IsPresent(at + 7))
            SetIfKnown(PeriodicUpdate, NetworkTimer.ReadPeriodicUpdate(line, at + 7));

        if (IsRegistered)
        {
            if (State == ModemState.Attaching && _step == SeekStep)
                Happen(ModemEvent.Registered, nowMs);
            if (!wasRegistered)
                Events?.Recovered(nowMs);
            return;
        }

        if (status == 3)
            Tell(ModemFailure.RegistrationDenied, "the network refuses the registration", nowMs);
        Happen(ModemEvent.Unregistered, nowMs);
    }

    private void TakeSignal(AtLine line)
    {
        // +CESQ: rxlev, ber, rscp, ecno, rsrq, rsrp (27.007 8.69).
        if (line.TryNumber(4, out long rsrq))
            Set(Rsrq, rsrq <= 34 ? (int)rsrq * 5 - 200 : Unknown);
        if (line.TryNumber(5, out long rsrp))
            Set(Rsrp, rsrp <= 97 ? (int)rsrp - 141 : Unknown);
    }

    private void TakeOperator(AtLine line)
    {
        if (!line.TryText(2, out int offset, out int length) || length < 5)
            return;
        if (line.ReadNumber(offset, offset + 3, 10, out long country) && line.ReadNumber(offset + 3, offset + length, 10, out long network))
        {
            Set(CountryCode, (int)country);
            Set(NetworkCode, (int)network);
        }
    }

    /// <summary>Digits, in quotes or not, behind a name or not.</summary>
    private AtTake TakeIdentity(int tag, AtLine line)
    {
        if (tag < AskImei || tag > AskIccid || !line.TryText(0, out int offset, out int length) || length < 6 || length > 22)
            return AtTake.NotMine;
        for (int index = offset; index < offset + length; index++)
            if (AtLine.Digit(line.Buffer[index]) < 0)
                return AtTake.NotMine;
        string text = Encoding.UTF8.GetString(line.Buffer, offset, length);
        if (tag == AskImei)
            Imei = text;
        else if (tag == AskImsi)
            Imsi = text;
        else
            Iccid = text;
        IsStatusNew = true;
        return AtTake.Taken;
    }
}
