namespace Lwm2m.Cellular;

// What is said to the modem (27.005): how it is set up, messages acknowledged, the SIM emptied, and whose turn it is.
public sealed partial class SmsTransport
{
    private const int TagSetup = 1;
    private const int TagAcknowledge = 2;
    private const int TagMemory = 3;
    private const int TagList = 4;
    private const int TagRead = 5;
    private const int TagDelete = 6;
    private const int TagSend = 7;

    private const int StepFormat = 0;
    private const int StepPhase = 1;
    private const int StepDirect = 2;
    private const int StepNordic = 3;
    private const int StepStored = 4;
    private const int StepDone = 5;

    private const int SetupPauseMs = 5_000;
    private const int ListTimeoutMs = 60_000;

    // The network waits 17 s for an acknowledgement, by one vendor's manual; then the modem reports no more.
    private const int LateMs = 15_000;

    // Places on the SIM to be read or deleted: twice the index, and 1 more where it is still to be read.
    private const int MaxPlaces = 8;

    private readonly int[] _places = new int[MaxPlaces];
    private int _placeCount;
    private int _step;

    // The form of +CNMI that this modem takes.
    private int _form = StepDirect;
    private long _setupDueMs = long.MaxValue;
    private int _recoveries;

    // Where nothing comes for so long after something was sent, the report of it may have been lost. It was not acknowledged then, and the modem
    // has switched its reports off without a word.
    private const int SilenceMs = 45_000;

    private long _silenceDueMs = long.MaxValue;
    private bool _acknowledges;
    private int _owed;
    private long _arrivedMs;

    // The line that follows is a PDU reported by the modem, or one that was asked for.
    private bool _isPushed;
    private bool _isStored;

    private bool _isListDue;
    private bool _deletes = true;
    private int _memory;
    private int _wantedMemory;

    /// <inheritdoc/>
    public bool NextSetupCommand(AtCommand command, long nowMs)
    {
        _recoveries = _modem.Engine.Recoveries;
        return _step != StepDone && _setupDueMs == long.MaxValue && WriteSetup(command);
    }

    /// <inheritdoc/>
    public bool NextCommand(AtCommand command, long nowMs)
    {
        if (_recoveries != _modem.Engine.Recoveries)
        {
            // The modem was lost for a while, and what it reported then too.
            _recoveries = _modem.Engine.Recoveries;
            _step = StepFormat;
        }

        if (_owed > 0)
        {
            command.Tag = TagAcknowledge;
            command.Text(_form == StepNordic ? "AT+CNMA=1" : "AT+CNMA");
            return true;
        }

        if (_step != StepDone)
            return _setupDueMs == long.MaxValue && WriteSetup(command);
        return WriteStorage(command) || WritePart(command);
    }

    /// <inheritdoc/>
    public AtTake OnAnswer(int tag, AtLine line, long nowMs)
    {
        if (line.HasData)
        {
            if (_isStored)
                TakePdu(line, nowMs);
            _isStored = false;
            return AtTake.Taken;
        }

        if (tag == TagList)
            return TakeListed(line);
        if (tag != TagRead)
            return AtTake.Taken;
        _isStored = true;
        return AtTake.TakenWithHexNext;
    }

    /// <inheritdoc/>
    public void OnResult(int tag, AtResult result, int error, long nowMs)
    {
        switch (tag)
        {
            case TagSetup:
                OnSetup(result, nowMs);
                break;
            case TagAcknowledge:
                OnAcknowledged(result, nowMs);
                break;
            case TagMemory:
                _memory = _wantedMemory;
                break;
            case TagRead when result == AtResult.Ok:
                _places[0] &= ~1;
                break;
            case TagRead:
                // It stays where it is until the next listing.
                RemovePlace();
                break;
            case TagDelete:
                // What cannot be deleted would be listed for ever.
                _deletes &= result == AtResult.Ok;
                RemovePlace();
                break;
            case TagSend:
                OnSent(result, error, nowMs);
                break;
        }
    }

    /// <inheritdoc/>
    public AtTake OnUnsolicited(AtLine line, long nowMs)
    {
        if (_isPushed)
        {
            _isPushed = false;
            if (line.HasData)
            {
                TakePdu(line, nowMs);
                return AtTake.Taken;
            }
        }

        // A status report, +CDS, is acknowledged like a message.
        bool isMessage = line.StartsWith("+CMT:");
        if (isMessage || line.StartsWith("+CDS:"))
        {
            _isPushed = true;
            if (_acknowledges)
            {
                _owed++;
                _arrivedMs = nowMs;
                _modem.Engine.Ask();
            }

            return AtTake.TakenWithHexNext;
        }

        if (!line.StartsWith("+CMTI:"))
            return AtTake.NotMine;
        TakeStored(line);
        return AtTake.Taken;
    }

    /// <inheritdoc/>
    public void OnModemReset(long nowMs)
    {
        _step = StepFormat;
        _setupDueMs = long.MaxValue;
        _silenceDueMs = long.MaxValue;
        _owed = 0;
        _placeCount = 0;
        _memory = 0;
        _isPushed = false;
        _isStored = false;
    }

    private bool WriteSetup(AtCommand command)
    {
        command.Tag = TagSetup;
        switch (_step)
        {
            case StepFormat:
                command.Text("AT+CMGF=0");
                break;
            case StepPhase:
                command.Text("AT+CSMS=1");
                command.Expect("+CSMS:");
                break;
            case StepDirect:
                command.Text("AT+CNMI=2,2,0,0,0");
                break;
            case StepNordic:
                command.Text("AT+CNMI=3,2,0,1");
                break;
            default:
                command.Text("AT+CNMI=2,1,0,0,0");
                break;
        }

        return true;
    }

    private void OnSetup(AtResult result, long nowMs)
    {
        if (result == AtResult.TimedOut || result == AtResult.Reset)
        {
            _setupDueMs = nowMs + SetupPauseMs;
            return;
        }

        bool isOk = result == AtResult.Ok;
        if (_step == StepPhase)
            _acknowledges = isOk;
        if (_step < StepDirect || (!isOk && _step < StepStored))
        {
            // A modem that knows nothing but PDUs may refuse +CMGF, and one without phase 2+ refuses +CSMS.
            _step++;
            return;
        }

        if (!isOk)
        {
            // The SIM may be busy for the first seconds.
            _step = StepFormat;
            _setupDueMs = nowMs + SetupPauseMs;
            return;
        }

        // Where only this form works the modem wants each message acknowledged, +CSMS or not.
        _acknowledges |= _step == StepNordic;
        _form = _step;
        _step = StepDone;
        _isListDue = true;
        _deletes = true;
        _hasNews = true;
    }

    private void OnAcknowledged(AtResult result, long nowMs)
    {
        if (_owed > 0)
            _owed--;
        // Too late, the modem has switched its reports off (27.005 3.4.4).
        if (_step == StepDone && (result != AtResult.Ok || nowMs - _arrivedMs > LateMs))
            _step = _form;
    }

    private bool WriteStorage(AtCommand command)
    {
        if (_placeCount > 0)
        {
            int place = _places[0];
            bool isUnread = (place & 1) != 0;
            if (isUnread && _memory != _wantedMemory)
            {
                command.Tag = TagMemory;
                command.Text("AT+CPMS=\"");
                command.Character((char)(_wantedMemory >> 8));
                command.Character((char)(_wantedMemory & 0xFF));
                command.Character('"');
                command.Expect("+CPMS:");
                return true;
            }

            command.Tag = isUnread ? TagRead : TagDelete;
            command.Text(isUnread ? "AT+CMGR=" : "AT+CMGD=");
            command.Number(place >> 1);
            if (isUnread)
                command.Expect("+CMGR:");
            return true;
        }

        if (!_isListDue || !_deletes)
            return false;
        _isListDue = false;
        command.Tag = TagList;
        command.Text("AT+CMGL=4");
        command.Expect("+CMGL:");
        command.TimeoutMs = ListTimeoutMs;
        return true;
    }

    // +CMGL: index, state, ... Of the states 0 and 1 are messages that came in, the others are to be sent or were.
    private AtTake TakeListed(AtLine line)
    {
        if (line.TryNumber(0, out long index) && line.TryNumber(1, out long state) && state <= 1)
        {
            // The rest of them is for the next listing.
            _isStored = AddPlace((int)index << 1);
            _isListDue |= !_isStored;
        }

        return AtTake.TakenWithHexNext;
    }

    // +CMTI: "SM", index
    private void TakeStored(AtLine line)
    {
        if (!line.TryText(0, out int offset, out int length) || length != 2 || !line.TryNumber(1, out long index))
            return;
        _wantedMemory = line.Buffer[offset] << 8 | line.Buffer[offset + 1];
        if (!AddPlace((int)index << 1 | 1))
            _isListDue = true;
        _modem.Engine.Ask();
    }

    private bool AddPlace(int place)
    {
        if (_placeCount == MaxPlaces)
            return false;
        _places[_placeCount++] = place;
        return true;
    }

    private void RemovePlace()
    {
        if (_placeCount == 0)
            return;
        _placeCount--;
        for (int i = 0; i < _placeCount; i++)
            _places[i] = _places[i + 1];
    }
}
