using Lwm2m.Transport;

namespace Lwm2m.Cellular;

// The commands: which is next, what stands for its words, and what follows from its result.
public abstract partial class ModemTransport
{
    private const int SendTimeoutMs = 30_000;

    /// <summary>Activating a context takes up to 150 s with some makers, opening a connection 60 s.</summary>
    private const int OpenTimeoutMs = 150_000;

    private const int MostSendFailures = 3;
    private const int FirstSendPauseMs = 1000;

    /// <summary>So long after a message without an answer the modem is asked whether there is something to read.</summary>
    private const int LookMs = 5000;

    /// <summary>So often it is asked when nothing happens: a server that repeats its request for 93 s (RFC 7252 4.8.2) is heard.</summary>
    private protected const int IdleLookMs = 60_000;

    /// <inheritdoc/>
    public bool NextSetupCommand(AtCommand command, long nowMs)
    {
        NowMs = nowMs;
        return WriteDefine(command);
    }

    /// <inheritdoc/>
    public bool NextCommand(AtCommand command, long nowMs)
    {
        NowMs = nowMs;
        WatchNetwork(nowMs);
        bool isRegistered = Modem.IsRegistered;
        bool isWanted = false;
        for (int index = 0; index < _links.Length; index++)
        {
            ModemLink? link = _links[index];
            // Who brings a context back leaves the network for it.
            if (link == null || !isRegistered && link.State != ModemLink.Recovering)
                continue;
            if (NextOf(link, command))
                return true;
            isWanted |= link.State == ModemLink.Wanted;
        }

        if (isWanted)
        {
            if (WriteDefine(command))
                return true;
            if (_preparing != 0 && Write(command, ModemKey.Prepare, null, ref _preparing))
                return true;
            _preparing = 0;
            for (int index = 0; index < _links.Length; index++)
                if (_links[index] != null && _links[index]!.State == ModemLink.Wanted && StartOpening(_links[index]!, command))
                    return true;
        }

        return isRegistered && NextToSend(command, nowMs);
    }

    /// <inheritdoc/>
    public void OnResult(int tag, AtResult result, int error, long nowMs)
    {
        NowMs = nowMs;
        int key = _key;
        ModemLink? link = _current;
        bool hasFailed = result != AtResult.Ok;
        _key = -1;
        _current = null;
        switch (key)
        {
            case ModemKey.Define:
                Defined(Next(DefinePlace, hasFailed));
                return;
            case ModemKey.Prepare:
                _preparing = Next(_preparing, hasFailed);
                if (_preparing < 0)
                    FailWanted();
                return;
            case ModemKey.Send:
                Sent(link!, result);
                return;
            case ModemKey.Peek:
            case ModemKey.Read:
                // Where the answer said nothing, there is nothing.
                if (hasFailed || !_hasAnswered)
                    link!.Unread = 0;
                return;
            case ModemKey.Open when link!.State == ModemLink.Opening:
                link.Place = Next(link.Place, hasFailed);
                if (link.Place < 0 || _openError != 0)
                    Fail(link, LinkFailure.Unreachable);
                else if (link.Place == 0)
                    CommandsOpened(link);
                return;
            case ModemKey.Recover when link!.State == ModemLink.Recovering:
                link.Place = Next(link.Place, hasFailed);
                if (link.Place <= 0)
                    link.State = ModemLink.Wanted;
                return;
            case ModemKey.Ask when link!.State == ModemLink.Asking:
                link.Place = Next(link.Place, hasFailed);
                if (link.Place <= 0)
                    Opened(link);
                return;
            case ModemKey.Close when link!.State == ModemLink.Closing:
                link.Place = Next(link.Place, hasFailed);
                if (link.Place <= 0)
                    HasClosed(link);
                return;
        }
    }

    /// <inheritdoc/>
    public void OnModemReset(long nowMs)
    {
        NowMs = nowMs;
        _follower = null;
        _isFollowed = false;
        _preparing = Dialogue.Start(ModemKey.Prepare);
        ForgetDefined();
        for (int index = 0; index < _links.Length; index++)
        {
            ModemLink? link = _links[index];
            if (link == null)
                continue;
            link.Flags &= ~ModemLink.HasSocket;
            link.Unread = 0;
            link.DueMs = long.MaxValue;
            if (link.State == ModemLink.Closed || link.State == ModemLink.Wanted)
                continue;
            if (link.State == ModemLink.Draining)
                Drop(link);
            if (link.State == ModemLink.Closing || link.State == ModemLink.Draining)
                HasClosed(link);
            else if (SurvivesReset)
                link.State = ModemLink.Wanted;
            else
                Fail(link, LinkFailure.Closed);
        }
    }

    void IModemWords.WriteWord(AtCommand command, int word)
    {
        ModemLink? link = _current;
        switch (word)
        {
            case ModemWord.Apn:
                command.Text(Apn(link));
                return;
            case ModemWord.Cid:
                command.Number(link == null ? DefinedCid : link.Cid);
                return;
        }

        if (link == null)
            return;
        switch (word)
        {
            case ModemWord.Id:
                command.Number(link.Id);
                return;
            case ModemWord.Host:
                command.Text(link.Host);
                return;
            case ModemWord.Port:
                command.Number(link.Port);
                return;
            case ModemWord.LocalPort:
                command.Number(link.LocalPort);
                return;
            case ModemWord.Length:
                command.Number(HeadLength);
                return;
            case ModemWord.Digits:
                command.Number(2 * HeadLength);
                return;
            case ModemWord.Most:
                command.Number(link.Unread < MaxMessageBytes ? link.Unread : MaxMessageBytes);
                return;
            case ModemWord.Hex:
                command.Hex(_queue, RecordHead, HeadLength);
                return;
            case ModemWord.Raw:
                command.Raw(_queue, RecordHead, HeadLength);
                return;
            case ModemWord.Release:
                command.Number(Release(link, _queue, RecordHead, HeadLength));
                return;
            case ModemWord.Kind:
                command.Number(Kind);
                return;
            case ModemWord.CommaRelease:
            {
                int release = Release(link, _queue, RecordHead, HeadLength);
                if (release == 0 && Kind == 0)
                    return;
                command.Character(',');
                command.Number(release);
                return;
            }

            case ModemWord.CommaKind:
                if (Kind == 0)
                    return;
                command.Character(',');
                command.Number(Kind);
                return;
        }
    }

    /// <summary>True where links outlive the modem's start: the contexts are made again, and the engine hears nothing of it.</summary>
    private protected virtual bool SurvivesReset => false;

    /// <summary>The access point name that a command wants; empty where none is set.</summary>
    private protected abstract string Apn(ModemLink? link);

    /// <summary>Release assistance for a message that is about to go: 0 nothing known, 1 nothing follows, 2 one answer follows.</summary>
    private protected virtual int Release(ModemLink link, byte[] buffer, int offset, int count) => 0;

    /// <summary>Kind of data: 0 regular, 1 exception.</summary>
    private protected virtual int Kind => 0;

    /// <summary>The context that is being defined.</summary>
    private protected virtual int DefinedCid => 0;

    /// <summary>The place of the next command that defines a context; 0 when all are defined.</summary>
    private protected virtual int NextDefine() => 0;

    /// <summary>A command that defines a context is over.</summary>
    /// <param name="next">The place of the next one, 0 when it was the last one, -1 when it failed.</param>
    private protected virtual void Defined(int next)
    {
    }

    /// <summary>The modem knows no contexts any more.</summary>
    private protected virtual void ForgetDefined()
    {
    }

    /// <summary>A link is open: the engine may be told.</summary>
    private protected virtual void Opened(ModemLink link)
    {
        link.State = ModemLink.Up;
        PlanLook(link, IdleLookMs);
        if (!link.Has(ModemLink.IsTold))
            link.Flags |= ModemLink.TellUp;
        Wake();
    }

    /// <summary>Place of the command that defines a context, and is next or in hand.</summary>
    private protected int DefinePlace { get; set; }

    // What the answers to the command in hand said.
    private bool _hasAnswered;
    private int _openError;

    private int Next(int place, bool hasFailed) => Dialogue.Next(place, hasFailed);

    private bool WriteDefine(AtCommand command)
    {
        int place = NextDefine();
        bool isWritten = place != 0 && Write(command, ModemKey.Define, null, ref place);
        DefinePlace = place;
        return isWritten;
    }

    /// <summary>Writes the command at a place, or the next one that can be written.</summary>
    /// <returns>False when there is none.</returns>
    private bool Write(AtCommand command, int key, ModemLink? link, ref int place)
    {
        _current = link;
        while (place > 0)
        {
            if ((Dialogue.Uses(place, ModemWord.Apn) || Dialogue.Uses(place, ModemWord.IfApn)) && Apn(link).Length == 0)
            {
                place = Dialogue.Next(place, false);
                continue;
            }

            _key = key;
            _hasAnswered = false;
            Dialogue.Write(command, place, this);
            Tune(command, key);
            return true;
        }

        _current = null;
        return false;
    }

    private void Tune(AtCommand command, int key)
    {
        command.Tag = key;
        switch (key)
        {
            case ModemKey.Send:
                command.TimeoutMs = SendTimeoutMs;
                if (Dialogue.Sent != null)
                    command.FinishOn(Dialogue.Sent, Dialogue.Unsent);
                break;
            case ModemKey.Open:
                command.TimeoutMs = OpenTimeoutMs;
                _openError = 0;
                // An answer without a name, as a mere number, can be told from nothing else.
                command.ExpectAny();
                break;
            case ModemKey.Read:
                if (Dialogue.HasWord(ModemKey.ReadAnswer, ModemWord.Raw))
                    command.ExpectRaw(_readName!, Dialogue.CommasBefore(ModemKey.ReadAnswer, ModemWord.Raw));
                else if (_readName != null)
                    command.ExpectHex(_readName, Dialogue.CommasBefore(ModemKey.ReadAnswer, ModemWord.Hex));
                else
                    command.ExpectAny();
                break;
            case ModemKey.Prepare:
            case ModemKey.Recover:
                command.TimeoutMs = OpenTimeoutMs;
                break;
        }
    }

    private bool NextOf(ModemLink link, AtCommand command)
    {
        int place = link.Place;
        switch (link.State)
        {
            case ModemLink.Closing:
                if (Write(command, ModemKey.Close, link, ref place))
                    break;
                HasClosed(link);
                return false;
            case ModemLink.Opening:
                if (Write(command, ModemKey.Open, link, ref place))
                    break;
                CommandsOpened(link);
                return false;
            case ModemLink.Recovering:
                if (Write(command, ModemKey.Recover, link, ref place))
                    break;
                link.State = ModemLink.Wanted;
                return false;
            case ModemLink.Asking:
                if (Write(command, ModemKey.Ask, link, ref place))
                    break;
                Opened(link);
                return false;
            case ModemLink.Up when link.Unread != 0:
            {
                // Answers to what is read must find room: over TCP nobody asks again.
                if (IsReliable && _queueEnd > _queue.Length / 2)
                    return false;
                bool isPeek = link.Unread == ModemLink.UnknownBytes && Dialogue.Has(ModemKey.Peek);
                int key = isPeek ? ModemKey.Peek : ModemKey.Read;
                place = Dialogue.Start(key);
                return Write(command, key, link, ref place);
            }

            default:
                return false;
        }

        link.Place = place;
        return true;
    }

    private bool StartOpening(ModemLink link, AtCommand command)
    {
        ChooseId(link);
        link.Place = Dialogue.Start(ModemKey.Open);
        link.State = ModemLink.Opening;
        return NextOf(link, command) || link.State == ModemLink.Asking && NextOf(link, command);
    }

    /// <summary>Gives the socket its number, where this device chooses it.</summary>
    private protected virtual void ChooseId(ModemLink link)
    {
    }

    private void CommandsOpened(ModemLink link)
    {
        link.Flags |= ModemLink.HasSocket;
        if (Dialogue.Has(ModemKey.Opened))
        {
            link.State = ModemLink.Awaiting;
            link.DueMs = NowMs + _openMs;
            Modem.PumpSoon();
        }
        else
            StartAsking(link);
    }

    private void StartAsking(ModemLink link)
    {
        link.DueMs = long.MaxValue;
        link.Flags |= ModemLink.HasSocket;
        link.Place = Dialogue.Start(ModemKey.Ask);
        link.State = ModemLink.Asking;
        if (link.Place == 0)
            Opened(link);
        else
            Modem.Engine.Ask();
    }

    private void HasClosed(ModemLink link)
    {
        link.State = link.Has(ModemLink.Reopens) ? ModemLink.Wanted : ModemLink.Closed;
        link.Flags &= ~(ModemLink.Reopens | ModemLink.HasSocket);
        Wake();
    }

    private void FailWanted()
    {
        _preparing = Dialogue.Start(ModemKey.Prepare);
        for (int index = 0; index < _links.Length; index++)
            if (_links[index] != null && _links[index]!.State == ModemLink.Wanted)
                Fail(_links[index]!, LinkFailure.Unreachable);
    }

    private bool NextToSend(AtCommand command, long nowMs)
    {
        if (_queueEnd == 0 || nowMs < _sendDueMs && _sendDueMs != long.MaxValue)
            return false;
        ModemLink link = _links[_queue[0]]!;
        if (link.State != ModemLink.Up && link.State != ModemLink.Draining)
            return false;
        _isHeadDropped = false;
        int place = Dialogue.Start(ModemKey.Send);
        return Write(command, ModemKey.Send, link, ref place);
    }

    private void Sent(ModemLink link, AtResult result)
    {
        if (_isHeadDropped || result == AtResult.Ok || result == AtResult.NotSent || link.State == ModemLink.Draining)
        {
            if (result == AtResult.Ok)
                Traffic?.Sent(Binding, HeadLength);
            Remove(0);
            if (link.State == ModemLink.Draining)
                Modem.PumpSoon();
            if (result != AtResult.Ok)
                return;
            _sendFailures = 0;
            link.Flags &= ~ModemLink.WasRecovered;
            if (link.DueMs > NowMs + LookMs)
                PlanLook(link, LookMs);
            return;
        }

        // A modem that starts anew says so besides.
        if (result == AtResult.Reset)
            return;
        if (IsReliable)
        {
            // How much of it went out nobody knows.
            Fail(link, LinkFailure.Closed);
            return;
        }

        if (++_sendFailures < MostSendFailures)
        {
            _sendDueMs = NowMs + (FirstSendPauseMs << (_sendFailures - 1));
            Modem.PumpSoon();
            return;
        }

        _sendFailures = 0;
        if (!Dialogue.Has(ModemKey.Recover) || link.Has(ModemLink.WasRecovered))
        {
            Fail(link, Dialogue.Has(ModemKey.Recover) ? LinkFailure.Unreachable : LinkFailure.Closed);
            return;
        }

        StartRecovering(link);
    }

    /// <summary>Has a context made anew; what waits for it stays.</summary>
    private protected void StartRecovering(ModemLink link)
    {
        link.Flags |= ModemLink.WasRecovered;
        link.Place = Dialogue.Start(ModemKey.Recover);
        link.State = ModemLink.Recovering;
        Modem.Engine.Ask();
    }
}
