using System;

namespace Lwm2m.Cellular;

/// <summary>
/// The dialogue with a modem (27.007, V.250): one command at a time, its answer lines and its final result, and between them
/// whatever the modem reports by itself. Bytes come in through <see cref="Received"/> and go out through an
/// <see cref="ISerialOutput"/>; <see cref="Poll"/> does what is due. Nothing is allocated after the start.
/// </summary>
/// <remarks>
/// After a command without a final result in time the engine looks for the modem: it escapes from a prompt, sends <c>AT</c> until
/// <c>OK</c> comes, and waits until all that is late has come, so that no late result is taken for that of the next command.
/// </remarks>
public sealed partial class AtEngine
{
    private const int Idle = 0;
    private const int InCommand = 1;
    private const int Searching = 2;

    /// <summary>How soon output that took nothing is offered again, where nobody calls before.</summary>
    private const int RetryWriteMs = 20;

    private const int FirstPingMs = 1000;
    private const int LongestPingMs = 5000;

    /// <summary>
    /// The line is silent for so long after the last result that was late: all of them have come. Longer where results are slow: one that came later
    /// would be taken for that of the next command.
    /// </summary>
    private const int SettleMs = 1000;

    private const int LongestSettleMs = 5000;

    // ESC leaves a prompt behind, also where the first letters of AT were taken as data.
    private static readonly byte[] Ping = { 0x1B, (byte)'A', (byte)'T', (byte)'\r' };

    private readonly ISerialOutput _output;
    private readonly AtLine _line;
    private readonly AtCommand _command;
    private readonly IAtUser[] _users;
    private int _userCount;
    private int _urgentCount;
    private int _nextUser;

    private int _state;
    private long _dueMs = long.MaxValue;
    private long _deadlineMs;

    // Searching: results that may still come, the pause between pings, and whether one was answered.
    private int _owed;
    private int _pingMs;
    private long _pingedMs;

    /// <summary>Makes an engine.</summary>
    /// <param name="output">Where it writes.</param>
    /// <param name="lineBytes">The longest line that is understood; data in it counts by its bytes, not by its digits.</param>
    /// <param name="commandBytes">The longest command, without data.</param>
    /// <param name="maxUsers">Room for as many users.</param>
    /// <param name="maxData">Room for as many kinds of line with data (<see cref="AddHexData"/>, <see cref="AddRawData"/>).</param>
    public AtEngine(ISerialOutput output, int lineBytes = 600, int commandBytes = 128, int maxUsers = 6, int maxData = 4)
    {
        _output = output;
        _line = new AtLine(lineBytes);
        _command = new AtCommand(commandBytes);
        _users = new IAtUser[maxUsers];
        _prefixes = new byte[maxData][];
        _commas = new byte[maxData];
        StartLine();
    }

    /// <summary>While set, only this user may write commands, as during the start-up of the modem.</summary>
    public IAtUser? Sole { get; set; }

    /// <summary>A modem of which nothing was heard for so long gets an AT before a command, whose first letters may be lost; in milliseconds, 0 for never.</summary>
    public int WakeAfterMs { get; set; }

    /// <summary>True while a command got no final result in time, and the modem has not answered since.</summary>
    public bool IsSearching => _state == Searching && !IsWaking;

    /// <summary>True while a command is in hand.</summary>
    public bool IsInCommand => _state == InCommand;

    /// <summary>When the last line came, of whatever kind.</summary>
    public long HeardMs { get; private set; }

    /// <summary>How often the engine lost and found the modem. What the modem was told may be gone since.</summary>
    public int Recoveries { get; private set; }

    /// <summary>Adds a user.</summary>
    /// <param name="user">Asked for commands in turn with the others.</param>
    /// <param name="isUrgent">Asked before all that are not.</param>
    /// <exception cref="ArgumentException">There are as many as the engine has room for.</exception>
    public void Add(IAtUser user, bool isUrgent = false)
    {
        if (_userCount == _users.Length)
            throw new ArgumentException("The AT engine has room for fewer users than were added.");
        int place = isUrgent ? _urgentCount++ : _userCount;
        for (int index = _userCount; index > place; index--)
            _users[index] = _users[index - 1];
        _users[place] = user;
        _userCount++;
        IsAsked = true;
    }

    /// <summary>A user has a command to write: it is asked at the next <see cref="Poll"/>. Called under the gate.</summary>
    public void Ask() => IsAsked = true;

    /// <summary>When <see cref="Poll"/> is due; <see cref="long.MaxValue"/> for not at all. In the past where a user asked.</summary>
    public long DueMs => IsAsked && _state == Idle ? 0 : _dueMs;

    /// <summary>Writes what the output takes, ends what takes too long, and begins the next command.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    /// <returns><see cref="DueMs"/>.</returns>
    public long Poll(long nowMs)
    {
        if (_state == InCommand)
            PollCommand(nowMs);
        if (_state == Searching && nowMs >= _dueMs)
            PollSearch(nowMs);
        if (_state == Idle && IsAsked)
            AskUsers(nowMs);
        return DueMs;
    }

    /// <summary>Ends a command in hand with <see cref="AtResult.Reset"/>, tells all users that the modem started anew, and looks for it.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    public void ResetUsers(long nowMs)
    {
        int owed = 0;
        if (_state == InCommand)
        {
            // Where the modem is taken for a new one although it is not, the result comes all the same.
            owed = _command.IsLineWritten ? 1 : 0;
            Finish(AtResult.Reset, 0, nowMs);
        }

        for (int index = 0; index < _userCount; index++)
            _users[index].OnModemReset(nowMs);
        Search(nowMs, owed);
    }

    /// <summary>The port was opened anew: what was half read or written is gone, and the modem is looked for.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    public void Reopen(long nowMs)
    {
        StartLine();
        _follower = null;
        if (_state == InCommand)
            Finish(AtResult.Reset, 0, nowMs);
        Search(nowMs, 0);
    }

    private void AskUsers(long nowMs)
    {
        if (WakeAfterMs > 0 && nowMs - HeardMs >= WakeAfterMs)
        {
            Search(nowMs, 0);
            IsWaking = true;
            PollSearch(nowMs);
            return;
        }

        IsAsked = false;
        _command.Clear();
        if (Sole != null)
        {
            TryUser(Sole, nowMs);
            return;
        }

        for (int index = 0; index < _urgentCount; index++)
            if (TryUser(_users[index], nowMs))
                return;
        int others = _userCount - _urgentCount;
        for (int index = 0; index < others; index++)
        {
            int user = _urgentCount + (_nextUser + index) % others;
            if (!TryUser(_users[user], nowMs))
                continue;
            _nextUser = user - _urgentCount + 1;
            return;
        }
    }

    private bool TryUser(IAtUser user, long nowMs)
    {
        if (!user.NextCommand(_command, nowMs))
        {
            // It may have begun one and thought better of it.
            _command.Clear();
            return false;
        }

        _command.Owner ??= user;
        _command.End();
        _state = InCommand;
        if (_command.IsBroken)
            Finish(AtResult.NotSent, 0, nowMs);
        else
            Write(nowMs);
        return true;
    }

    /// <summary>Writes what can go; a modem that takes bytes is given its time from the last one on.</summary>
    private void Write(long nowMs)
    {
        int before = _command.Written;
        bool isDone = _command.WriteTo(_output);
        if (isDone || _command.Written != before)
            _deadlineMs = nowMs + _command.TimeoutMs;
        _dueMs = isDone || _deadlineMs < nowMs + RetryWriteMs ? _deadlineMs : nowMs + RetryWriteMs;
    }

    private void PollCommand(long nowMs)
    {
        if (!_command.IsWritten && !_command.WaitsForPrompt)
            Write(nowMs);
        else
            _dueMs = _deadlineMs;
        if (nowMs < _deadlineMs)
            return;
        Finish(AtResult.TimedOut, 0, nowMs);
        Search(nowMs, 1);
    }

    private void Search(long nowMs, int owed)
    {
        _state = Searching;
        _owed = owed;
        _pingMs = FirstPingMs;
        WasEscaped = false;
        IsFound = false;
        IsWaking = false;
        _dueMs = nowMs;
    }

    private void PollSearch(long nowMs)
    {
        if (IsFound)
        {
            _state = Idle;
            _dueMs = long.MaxValue;
            IsAsked = true;
            HeardMs = nowMs;
            if (!IsWaking)
                Recoveries++;
            return;
        }

        if (_mode == InRaw)
            // Bytes got lost: what comes next is none of the data.
            StartLine();
        // The escape is a needless character where no prompt can be, so it waits until a plain AT was of no use; and a modem that takes it for a
        // letter of the command, instead of what comes before AT (V.250 5.2.1), understands every other one.
        bool isEscaped = !WasEscaped && (_command.PromptCharacter != 0 || _pingMs > FirstPingMs);
        WasEscaped = isEscaped;
        int skipped = isEscaped ? 0 : 1;
        if (_output.Write(Ping, skipped, Ping.Length - skipped) == Ping.Length - skipped)
            _owed++;
        _pingedMs = nowMs;
        if (IsWaking && _pingMs > 2 * FirstPingMs)
            // It was not asleep, it is lost.
            IsWaking = false;
        _dueMs = nowMs + _pingMs;
        _pingMs = _pingMs * 2 > LongestPingMs ? LongestPingMs : _pingMs * 2;
    }

    /// <summary>A final result while the modem is looked for: of a ping, or a late one.</summary>
    private void TakeSearchResult(bool isOk, long nowMs)
    {
        _owed--;
        IsFound |= isOk;
        if (IsFound)
            _dueMs = _owed <= 0 ? nowMs : nowMs + SettleTimeMs(nowMs);
    }

    private int SettleTimeMs(long nowMs)
    {
        long slow = 2 * (nowMs - _pingedMs);
        if (slow < SettleMs)
            return SettleMs;
        return slow > LongestSettleMs ? LongestSettleMs : (int)slow;
    }

    /// <summary>Ends the command in hand. The owner may not use the engine's command from within.</summary>
    private void Finish(AtResult result, int error, long nowMs)
    {
        IAtUser owner = _command.Owner!;
        int tag = _command.Tag;
        _command.Release();
        _state = Idle;
        _dueMs = long.MaxValue;
        IsAsked = true;
        owner.OnResult(tag, result, error, nowMs);
    }
}
