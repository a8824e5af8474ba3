using Lwm2m.Transport;

namespace Lwm2m.Cellular;

// The lines of the modem: answers, and what it reports by itself. What comes as an answer with one modem is a report with another, so both go the same way.
public abstract partial class ModemTransport
{
    /// <inheritdoc/>
    public AtTake OnAnswer(int tag, AtLine line, long nowMs)
    {
        AtTake take = Take(line, nowMs);
        // Other users may know what it is.
        return take;
    }

    /// <inheritdoc/>
    public AtTake OnUnsolicited(AtLine line, long nowMs) => Take(line, nowMs);

    /// <summary>A message for a context of ours whose link is not open.</summary>
    private protected virtual bool TakeStray(byte[] buffer, int offset, int count, long nowMs) => false;

    /// <summary>What an answer to a question about a link said.</summary>
    private protected virtual void Told(ModemLink link, int key, int[] values)
    {
    }

    /// <summary>An answer that the profile's lines cannot describe.</summary>
    private protected virtual void ToldRanges(ModemLink link, AtLine line)
    {
    }

    /// <summary>A message came in over a link that is up.</summary>
    private protected virtual void Deliver(ModemLink link, byte[] buffer, int offset, int count, long nowMs) =>
        Modem.Events?.Received(link.Index, buffer, offset, count, nowMs);

    private AtTake Take(AtLine line, long nowMs)
    {
        NowMs = nowMs;
        if (_isFollowed)
        {
            _isFollowed = false;
            ModemLink? follower = _follower;
            _follower = null;
            if (line.HasData && line.DataOffset == 0)
            {
                Received(follower, line, nowMs);
                return AtTake.Taken;
            }
        }

        if (_key >= 0 && _current != null)
        {
            AtTake take = TakeAnswer(_current, line, nowMs);
            if (take != AtTake.NotMine)
                return take;
        }

        for (int key = ModemKey.Push; key <= ModemKey.PushOther; key++)
        {
            int match = Dialogue.Compare(key, line, _values);
            if (match == ModemDialogue.NoMatch)
                continue;
            ModemLink? link = Find();
            // Another transport of this modem has sockets, too.
            if (link == null && !IsOurContext)
                return AtTake.NotMine;
            return TakeData(link, line, match, nowMs);
        }

        return TakeReport(line);
    }

    private AtTake TakeAnswer(ModemLink link, AtLine line, long nowMs)
    {
        switch (_key)
        {
            case ModemKey.Open:
                if (Dialogue.Compare(ModemKey.OpenAnswer, line, _values) == ModemDialogue.NoMatch)
                    return AtTake.NotMine;
                if (_values[ModemWord.Id] >= 0)
                    link.Id = _values[ModemWord.Id];
                _openError = _values[ModemWord.Error];
                if (_openError == 0)
                    link.Flags |= ModemLink.HasSocket;
                return AtTake.Taken;
            case ModemKey.Peek:
                if (Dialogue.Compare(ModemKey.PeekAnswer, line, _values) == ModemDialogue.NoMatch)
                    return AtTake.NotMine;
                _hasAnswered = true;
                link.Unread = _values[ModemWord.Left];
                return AtTake.Taken;
            case ModemKey.Read:
            {
                int match = Dialogue.Compare(ModemKey.ReadAnswer, line, _values);
                if (match == ModemDialogue.NoMatch)
                    return AtTake.NotMine;
                _hasAnswered = true;
                TakeUnread(link);
                return TakeData(link, line, match, nowMs);
            }

            case ModemKey.Ask:
                return TakeTold(link, line);
            default:
                return AtTake.NotMine;
        }
    }

    /// <summary>How much is left to read after an answer.</summary>
    private void TakeUnread(ModemLink link)
    {
        int length = _values[ModemWord.Length];
        if (length <= 0)
            link.Unread = 0;
        else if (Dialogue.HasWord(ModemKey.ReadAnswer, ModemWord.Left))
            link.Unread = _values[ModemWord.Left];
        else if (Dialogue.Has(ModemKey.Peek))
            link.Unread = ModemLink.UnknownBytes;
        else if (link.Unread != ModemLink.UnknownBytes)
            link.Unread = link.Unread > length ? link.Unread - length : 0;
    }

    private AtTake TakeTold(ModemLink link, AtLine line)
    {
        if (Dialogue.Compare(ModemKey.Ranges, line, _values) != ModemDialogue.NoMatch)
        {
            ToldRanges(link, line);
            return AtTake.Taken;
        }

        for (int key = ModemKey.Context; key <= ModemKey.Quota; key++)
        {
            if (Dialogue.Compare(key, line, _values) == ModemDialogue.NoMatch)
                continue;
            if (_values[ModemWord.Cid] == link.Cid)
                Told(link, key, _values);
            return AtTake.Taken;
        }

        return AtTake.NotMine;
    }

    private AtTake TakeData(ModemLink? link, AtLine line, int match, long nowMs)
    {
        int length = _values[ModemWord.Length];
        if (match == ModemDialogue.Match)
        {
            // Some count digits. What is shorter than it should be lost a piece on its way.
            if (length <= 0 || length == line.DataLength || length == 2 * line.DataLength)
                Received(link, line, nowMs);
            return AtTake.Taken;
        }

        if (match == ModemDialogue.MatchRawNext && length <= 0)
            return AtTake.Taken;
        _follower = link;
        _isFollowed = true;
        if (match == ModemDialogue.MatchHexNext)
            return AtTake.TakenWithHexNext;
        line.RawBytes = length;
        return AtTake.TakenWithRawNext;
    }

    private void Received(ModemLink? link, AtLine line, long nowMs)
    {
        int count = line.DataLength;
        // Broken digits, or more than there is room for: as if it were lost on its way.
        if (!line.HasData || count < 0)
            return;
        if (link == null || link.State != ModemLink.Up && !link.Has(ModemLink.IsTold))
        {
            TakeStray(line.Buffer, line.DataOffset, count, nowMs);
            return;
        }

        PlanLook(link, IdleLookMs);
        if (count > 0)
        {
            Traffic?.Received(Binding, count);
            Deliver(link, line.Buffer, line.DataOffset, count, nowMs);
        }
    }

    private AtTake TakeReport(AtLine line)
    {
        if (Dialogue.Compare(ModemKey.Notify, line, _values) != ModemDialogue.NoMatch)
        {
            ModemLink? link = Find();
            if (link == null)
                return AtTake.NotMine;
            int length = _values[ModemWord.Length];
            link.Unread = length > 0 ? length : ModemLink.UnknownBytes;
            PlanLook(link, IdleLookMs);
            Modem.Engine.Ask();
            return AtTake.Taken;
        }

        if (Dialogue.Compare(ModemKey.Opened, line, _values) != ModemDialogue.NoMatch)
        {
            ModemLink? link = Find();
            if (link == null || link.State != ModemLink.Opening && link.State != ModemLink.Awaiting)
                return AtTake.NotMine;
            if (_values[ModemWord.Error] != 0)
                Fail(link, LinkFailure.Unreachable);
            else
                StartAsking(link);
            return AtTake.Taken;
        }

        if (Dialogue.Compare(ModemKey.Closed, line, _values) != ModemDialogue.NoMatch)
        {
            ModemLink? link = Find();
            if (link == null)
                return AtTake.NotMine;
            if (_values[ModemWord.State] != 1 && link.State != ModemLink.Closing)
                Fail(link, LinkFailure.Closed);
            return AtTake.Taken;
        }

        return AtTake.NotMine;
    }

    private bool IsOurContext => _values[ModemWord.Cid] >= 0;

    /// <summary>The link that the numbers of a line mean.</summary>
    private ModemLink? Find()
    {
        int id = _values[ModemWord.Id];
        int cid = _values[ModemWord.Cid];
        for (int index = 0; index < _links.Length; index++)
        {
            ModemLink? link = _links[index];
            if (link == null || link.State == ModemLink.Closed || link.State == ModemLink.Wanted && !link.Has(ModemLink.IsTold))
                continue;
            if ((id < 0 || id == link.Id) && (cid < 0 || cid == link.Cid))
                return link;
        }

        return null;
    }
}
