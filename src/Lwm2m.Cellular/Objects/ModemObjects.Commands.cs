using System;
using Lwm2m.Client;
using Lwm2m.Transport;

namespace Lwm2m.Cellular;

// What servers set, as commands to the modem.
public sealed partial class ModemObjects
{
    // The answer to the Write that silences the radio goes out before: it may have to wait for the bearer.
    private const int FarewellMs = 10000;
    private const int OperatorsAgainMs = 600000;
    private const int MostTries = 3;

    // _operatorAt: the modem was told to choose by itself.
    private const int Automatic = int.MaxValue;
    private const int HighestContext = 30;

    private const int RadioOn = 0;
    private const int RadioLeaving = 1;
    private const int RadioOff = 2;

    private const int LowestEdrxMode = CellularResource.EdrxIuMode;
    private const int HighestEdrxMode = CellularResource.EdrxAGbMode;
    private const int AllEdrxModes = 15 << LowestEdrxMode;

    // Steps of a context: it is defined, its user is named, or it is released and forgotten.
    private const int Define = 0;
    private const int Authenticate = 1;
    private const int Release = 2;
    private const int Undefine = 3;

    private int _modes;
    private int _edrxModes;
    private int _radio;
    private int _radioTries;
    private long _radioDueMs = long.MaxValue;
    private long _silentUntilMs;
    private int _operatorAt;
    private long _operatorsDueMs = long.MaxValue;
    private int _contexts;
    private int _context = -1;
    private int _contextStep;
    private bool _isOldSpelling;

    /// <inheritdoc/>
    public long Poll(ILinkEvents events, long nowMs)
    {
        if (_radioDueMs == 0)
            PlanSilence(nowMs);
        if (nowMs >= _radioDueMs)
        {
            _radioDueMs = long.MaxValue;
            Want(Radio);
        }

        if (nowMs >= _operatorsDueMs)
        {
            _operatorsDueMs = long.MaxValue;
            Want(Operators);
        }

        return _radioDueMs < _operatorsDueMs ? _radioDueMs : _operatorsDueMs;
    }

    /// <inheritdoc/>
    public bool NextSetupCommand(AtCommand command, long nowMs) => _definesContexts && WriteContext(command);

    /// <inheritdoc/>
    public bool NextCommand(AtCommand command, long nowMs)
    {
        // The lowest bit first; an expression of few steps, since this is asked after each command of anyone.
        while (_pending != 0)
        {
            int what = _pending & -_pending;
            command.Tag = what;
            // What lasts for one command is told by then: a value that is set meanwhile asks anew.
            if (what != Edrx && what != Operators && what != Contexts)
                _pending &= ~what;
            if (WriteOf(what, command))
                return true;
            _pending &= ~what;
        }

        return false;
    }

    /// <inheritdoc/>
    public AtTake OnAnswer(int tag, AtLine line, long nowMs)
    {
        try
        {
            if (tag == AskActive)
                TakeActive(line);
            else if (tag == AskAddresses)
                TakeAddresses(line);
            else if (tag == AskRates)
                TakeRate(line);
        }
        catch (InvalidOperationException)
        {
            // An object has no room for one value more: it goes without.
        }

        return AtTake.Taken;
    }

    /// <inheritdoc/>
    public void OnResult(int tag, AtResult result, int error, long nowMs)
    {
        if (result == AtResult.Reset)
            return;
        switch (tag)
        {
            case Radio:
                AfterRadio(result == AtResult.Ok, nowMs);
                break;
            case Operators:
                AfterOperator(result == AtResult.Ok, nowMs);
                break;
            case Contexts:
                AfterContext(result == AtResult.Ok);
                break;
            case AskAddresses:
                EndAddresses(result == AtResult.Ok);
                break;
        }

        // One that is refused is not said twice: the objects tell what the network granted.
    }

    /// <inheritdoc/>
    public AtTake OnUnsolicited(AtLine line, long nowMs) => AtTake.NotMine;

    /// <inheritdoc/>
    public void OnModemReset(long nowMs)
    {
        _pending |= _wished;
        _edrxModes = AllEdrxModes;
        _operatorAt = 0;
        _context = -1;
        _addresses = null;
        _addressCount = 0;
        if (_definesContexts)
            MarkContexts();
        if (_radio != RadioOff)
            return;
        // It comes back with its radio on.
        _radio = RadioLeaving;
        _radioDueMs = nowMs + FarewellMs;
    }

    private bool WriteOf(int what, AtCommand command)
    {
        switch (what)
        {
            case Psm:
                return WritePsm(command);
            case Edrx:
                return WriteEdrx(command);
            case Radio:
                command.TimeoutMs = 30000;
                command.Text(_radio == RadioLeaving ? "AT+CFUN=4" : "AT+CFUN=1");
                return true;
            case Operators:
                return WriteOperator(command);
            case ServiceCentre:
                return WriteServiceCentre(command);
            case Contexts:
                return _definesContexts && WriteContext(command);
            case AskActive:
                return Profiles != null && Ask(command, "AT+CGACT?", "+CGACT:");
            case AskAddresses:
                return Ask(command, "AT+CGPADDR", "+CGPADDR:");
            default:
                return Profiles != null && Ask(command, "AT+CGAPNRC", "+CGAPNRC:");
        }
    }

    private bool WriteServiceCentre(AtCommand command)
    {
        Cellular!.GetString(0, CellularResource.SmscAddress, out string centre);
        if (centre.Length == 0)
            return false;
        command.Text("AT+CSCA=");
        command.Quoted(centre);
        return true;
    }

    private bool WritePsm(AtCommand command)
    {
        if ((_modes & CellularObject.Psm) == 0)
        {
            command.Text("AT+CPSMS=0");
            return true;
        }

        command.Text("AT+CPSMS=1,,,");
        if (Cellular!.GetInteger(0, CellularResource.PsmTimer, out long update) == Outcome.Ok)
            NetworkTimer.Write(command, NetworkTimer.PeriodicUpdate((int)update));
        command.Character(',');
        if (Cellular.GetInteger(0, CellularResource.ActiveTimer, out long active) == Outcome.Ok)
            NetworkTimer.Write(command, NetworkTimer.ActiveTime((int)active));
        return true;
    }

    // One command for each kind of network that has a value. The resources 7 to 10 are the access technologies 3, 4, 5 and 2 of +CEDRXS.
    private bool WriteEdrx(AtCommand command)
    {
        if ((_modes & CellularObject.Edrx) == 0)
        {
            _edrxModes = 0;
            _pending &= ~Edrx;
            command.Text("AT+CEDRXS=0");
            return true;
        }

        for (int mode = LowestEdrxMode; mode <= HighestEdrxMode; mode++)
        {
            if ((_edrxModes & 1 << mode) == 0)
                continue;
            _edrxModes &= ~(1 << mode);
            int octet = Cellular!.EdrxOf(mode);
            if (octet < 0)
                continue;
            if (_edrxModes == 0)
                _pending &= ~Edrx;
            command.Text("AT+CEDRXS=2,");
            command.Number(mode == CellularResource.EdrxAGbMode ? 2 : mode - LowestEdrxMode + 3);
            command.Character(',');
            NetworkTimer.WriteBits(command, octet & 15, 4);
            return true;
        }

        return false;
    }

    private void PlanSilence(long nowMs)
    {
        _radioDueMs = long.MaxValue;
        long minutes = 0;
        if (Cellular != null)
            Cellular.GetInteger(0, CellularResource.DisableRadioPeriod, out minutes);
        if (minutes == 0)
        {
            // Switching on what is on does no harm.
            _radio = RadioOff;
            _radioDueMs = nowMs;
            return;
        }

        _radioTries = 0;
        _silentUntilMs = nowMs + minutes * 60000;
        _radioDueMs = _radio == RadioOff ? _silentUntilMs : nowMs + FarewellMs;
    }

    private void AfterRadio(bool isOk, long nowMs)
    {
        bool wasLeaving = _radio == RadioLeaving;
        if (!isOk && (!wasLeaving || ++_radioTries < MostTries))
        {
            _radioDueMs = nowMs + FarewellMs;
            return;
        }

        if (wasLeaving && isOk)
        {
            _radio = RadioOff;
            _radioDueMs = _silentUntilMs;
            return;
        }

        // It is on again, or cannot be switched off at all.
        _radio = RadioOn;
        Cellular?.RadioEnabled();
    }

    // Operators one by one; manual selection is the only way to name one (27.007 7.3).
    private bool WriteOperator(AtCommand command)
    {
        command.TimeoutMs = 180000;
        string operators = Selection!.Operators;
        int length = operators.Length;
        int start = _operatorAt;
        while (start < length && operators[start] == ' ')
            start++;
        if (start >= length)
        {
            _operatorAt = Automatic;
            command.Text("AT+COPS=0");
            return true;
        }

        int end = start;
        while (end < length && operators[end] != ',')
            end++;
        _operatorAt = end + 1;
        command.Text("AT+COPS=1,2,");
        command.Quoted(operators.Substring(start, end - start));
        int access = BearerSelectionObject.AccessTechnologyOf(Selection.PreferredBearer);
        if (access < 0)
            return true;
        command.Character(',');
        command.Number(access);
        return true;
    }

    private void AfterOperator(bool isOk, long nowMs)
    {
        // Set anew while the modem was trying the old ones.
        if (_operatorAt == 0)
            return;
        // The next one, or after the last preferred one whatever there is.
        if (!isOk && _operatorAt != Automatic && (_operatorAt < Selection!.Operators.Length || !Selection.AllowsOnlyOperators))
            return;
        _pending &= ~Operators;
        _operatorAt = 0;
        if (!isOk)
            _operatorsDueMs = nowMs + OperatorsAgainMs;
    }

    private void MarkContexts()
    {
        for (int position = 0; Profiles != null && position < Profiles.InstanceCount; position++)
            ContextChanged(Profiles.InstanceAt(position));
    }

    private void ContextChanged(int instance)
    {
        // Contexts have small numbers in every modem.
        if (instance > HighestContext)
            return;
        _contexts |= 1 << instance;
        if (_definesContexts)
            Want(Contexts);
    }

    private bool WriteContext(AtCommand command)
    {
        if (_context < 0 && !NextContext())
            return false;
        command.Tag = Contexts;
        if (_contextStep == Release)
            command.Text("AT+CGACT=0,");
        else if (_contextStep == Authenticate)
            command.Text("AT+CGAUTH=");
        else
            command.Text("AT+CGDCONT=");
        command.Number(ApnProfileObject.ContextOf(_context));
        if (_contextStep == Define)
            WriteDefinition(command);
        else if (_contextStep == Authenticate)
            WriteUser(command);
        return true;
    }

    private bool NextContext()
    {
        if (_contexts == 0)
            return false;
        _context = 0;
        while ((_contexts & 1 << _context) == 0)
            _context++;
        // One that is set meanwhile is marked anew.
        _contexts &= ~(1 << _context);
        _contextStep = Profiles!.IsEnabled(_context) ? Define : Release;
        return true;
    }

    private void WriteDefinition(AtCommand command)
    {
        Profiles!.GetString(_context, ApnProfileResource.Apn, out string apn);
        command.Character(',');
        switch (PdnTypeOf(_context))
        {
            case ApnProfileObject.NonIP:
                // Two spellings are about: 27.007 has the first one.
                command.Quoted(_isOldSpelling ? "NONIP" : "Non-IP");
                break;
            case ApnProfileObject.IPv6:
                command.Quoted("IPV6");
                break;
            case ApnProfileObject.IPv4v6:
                command.Quoted("IPV4V6");
                break;
            default:
                command.Quoted("IP");
                break;
        }

        command.Character(',');
        command.Quoted(apn);
    }

    // +CGAUTH (27.007 10.1.31): 1 is PAP, 2 CHAP.
    private void WriteUser(AtCommand command)
    {
        Profiles!.GetInteger(_context, ApnProfileResource.AuthenticationType, out long type);
        Profiles.GetString(_context, ApnProfileResource.UserName, out string user);
        Profiles.GetString(_context, ApnProfileResource.Secret, out string secret);
        command.Text(type == 0 ? ",1," : ",2,");
        command.Quoted(user);
        command.Character(',');
        command.Quoted(secret);
    }

    private void AfterContext(bool isOk)
    {
        // The modem started anew meanwhile.
        if (_context < 0)
            return;
        if (_contextStep == Release)
        {
            // Refused where there is no connection, which is as good.
            _contextStep = Undefine;
            return;
        }

        if (_contextStep == Define && !isOk && !_isOldSpelling && PdnTypeOf(_context) == ApnProfileObject.NonIP)
        {
            _isOldSpelling = true;
            return;
        }

        if (_contextStep == Define && isOk && HasUser(_context))
        {
            _contextStep = Authenticate;
            return;
        }

        _context = -1;
        if (_contexts == 0 && _modem.State == ModemState.Ready)
            Want(Asking);
    }

    private int PdnTypeOf(int instance) =>
        Profiles!.GetInteger(instance, ApnProfileResource.PdnType, out long type) == Outcome.Ok ? (int)type : ApnProfileObject.IPv4;

    private bool HasUser(int instance) =>
        Profiles!.GetInteger(instance, ApnProfileResource.AuthenticationType, out long type) == Outcome.Ok
        && type != ApnProfileObject.NoAuthentication && Profiles.IsSet(instance, ApnProfileResource.UserName);

    private static bool Ask(AtCommand command, string text, string answer)
    {
        command.Expect(answer);
        command.Text(text);
        return true;
    }
}
