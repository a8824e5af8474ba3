namespace Lwm2m.Client;

// When a notification is due (Core 7.3.2, Transport's examples):
//   owed = the value condition holds (any of gt, lt, st, edge), or without one the value changed, or pmax is over;
//   sent = owed and pmin is over.
// What became owed within pmin stays so, even if the value goes back: the present value is sent when pmin is over. The answer to
// Observe and each notification start both periods anew and set the value that the next one is compared with.
//
// A single value has conditions; a resource with instances counts every change; both are compared with what was sent last, so
// that a report without a difference is not sent. Of an object or object instance every report of a change counts, conditions and
// epmax are for the levels below it.
//
// RFC 7641 4.5.1 would space NON notifications by 3 s where no round trip is known; LwM2M gives that pacing to pmin, which the
// server sets, so nothing is held back here.
internal sealed partial class ObservationTable
{
    // At least one notification a day is confirmable, so that a forgotten observation ends (RFC 7641 4.5).
    private const long DayMs = 86_400_000;

    /// <summary>Something changed: marks every observation that the path touches. Levels that are -1 mean all below.</summary>
    public void Changed(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        if (_used == 0)
            return;
        long path = ObservedPath.Pack(objectId, instanceId, resourceId, resourceInstanceId);
        if (instanceId < 0)
        {
            for (int slot = 0; slot < _flags.Length; slot++)
                if (_flags[slot] != 0 && ObservedPath.Overlap(path, _path[slot]))
                    Mark(slot);
            return;
        }

        MarkObservers(ObservedPath.ToObject(path));
        if (resourceId < 0 || (resourceInstanceId < 0 && _instanceObservations > 0))
        {
            MarkInInstance(path);
            return;
        }

        MarkObservers(ObservedPath.ToInstance(path));
        MarkObservers(ObservedPath.ToResource(path));
        if (resourceInstanceId >= 0)
            MarkObservers(path);
    }

    /// <summary>
    /// A server can take the next notification again: its exchange is over, or it is registered. Those that waited go in their order,
    /// as many as it takes.
    /// </summary>
    public void Ready(int server)
    {
        int slot = _waiting.First(server);
        if (slot < 0)
            return;
        _waiting.Remove(slot);
        _flags[slot] = (short)((_flags[slot] & ~Waiting) | Released);
        _timers.Set(slot, _times[slot * Times + LastSent]);
    }

    /// <summary>Sends what is due; answers when the next one is, or <see cref="long.MaxValue"/>.</summary>
    public long Poll(long nowMs)
    {
        if (Cut != 0)
            TryAgain(nowMs);
        while (_timers.FirstDueMs <= nowMs)
        {
            int slot = _timers.FirstSlot;
            _timers.Stop(slot);
            Judge(slot, nowMs);
        }

        return Cut == 0 ? _timers.FirstDueMs : Earlier(_timers.FirstDueMs, NextTryMs());
    }

    /// <summary>Whether pmax is over: the server counts on a notification by now.</summary>
    public bool IsOverdue(int slot, long nowMs)
    {
        if (IsComposite(slot))
            return IsAnyMemberOverdue(slot, nowMs);
        long maximum = MaximumMs(slot);
        return maximum > 0 && nowMs - _times[slot * Times + LastSent] >= maximum;
    }

    private void Judge(int slot, long nowMs)
    {
        _readSlot = -1;
        int flags = _flags[slot];
        if ((flags & (Stored | Released)) == (Stored | Released))
        {
            Deliver(slot, nowMs);
            return;
        }

        if ((flags & (Waiting | Stored | Released)) == Waiting)
        {
            // It waits, and now pmax is over.
            _host.Keep(slot, nowMs);
            return;
        }

        int at = slot * Times;
        long sinceJudged = nowMs - _times[at + LastJudged];
        long watch = PeriodMs(slot, Epmax);
        if (((flags & Dirty) != 0 && sinceJudged >= PeriodMs(slot, Epmin)) || (watch > 0 && sinceJudged >= watch))
        {
            _times[at + LastJudged] = nowMs;
            if (IsCondition(slot))
                flags |= Owed;
            flags &= ~Dirty;
        }

        long sinceSent = nowMs - _times[at + LastSent];
        long maximum = MaximumMs(slot);
        if (maximum > 0 && sinceSent >= maximum)
            flags |= Owed;
        if ((flags & Owed) != 0 && sinceSent >= PeriodMs(slot, Pmin))
        {
            _flags[slot] = (short)flags;
            Send(slot, maximum, nowMs);
            return;
        }

        _flags[slot] = (short)(flags & ~Released);
        Schedule(slot);
        // It waits for its time now, not for the server: the next one may.
        if ((flags & Released) != 0)
            Ready(Server(slot));
    }

    private void Send(int slot, long maximum, long nowMs)
    {
        int group = _flags[slot] & (Leader | Member);
        if (group == Member)
        {
            Raise(slot, nowMs);
            return;
        }

        // What was kept comes first.
        if ((_flags[slot] & Stored) != 0)
        {
            Deliver(slot, nowMs);
            return;
        }

        int server = Server(slot);
        int at = slot * Times;
        // With pmax there is a next one to come, and it would be too late for this day.
        bool confirmable = (_words[slot * Words + Mask] & ConBit) != 0 || (group != 0 && IsAnyMemberConfirmable(slot)) || nowMs - _times[at + LastConfirmable] + maximum >= DayMs;
        if (Cut != 0 && IsCut(server))
        {
            // What a server gets that may not be there has to be acknowledged.
            confirmable = true;
            if (IsPaused(server))
            {
                Away(slot, server, nowMs);
                return;
            }
        }

        // Before the notification reads it: a value that another thread sets between the two is sent twice, and not never.
        if (group != 0)
            ReadMembers(slot);
        else if (_readSlot != slot)
            Read(slot);
        switch (_host.Notify(slot, confirmable, nowMs))
        {
            case NotifyResult.Sent:
                _flags[slot] &= ~(Owed | Dirty | Released);
                _times[at + LastSent] = nowMs;
                _times[at + LastJudged] = nowMs;
                if (confirmable)
                    _times[at + LastConfirmable] = nowMs;
                Remember(slot);
                if (group != 0)
                    SentMembers(slot, nowMs);
                Schedule(slot);
                // A CON occupies the server until it is acknowledged (NSTART, RFC 7252 4.7).
                if (!confirmable)
                    Ready(server);
                break;
            case NotifyResult.Busy:
                Wait(slot, server);
                break;
            case NotifyResult.Offline:
                Away(slot, server, nowMs);
                break;
            case NotifyResult.Refused:
                Pause(server, nowMs);
                Away(slot, server, nowMs);
                break;
            default:
                Remove(slot);
                Ready(server);
                break;
        }
    }

    private void Wait(int slot, int server)
    {
        int flags = _flags[slot];
        // Whose turn it was keeps its turn.
        if ((flags & Released) != 0)
            _waiting.AddFirst(server, slot);
        else if ((flags & Waiting) == 0)
            _waiting.AddLast(server, slot);
        _flags[slot] = (short)((flags & ~Released) | Waiting);
    }

    // The earliest moment at which something can come of this slot. For "at once" stands the time of the last notification: who was
    // not heard for the longest time comes first.
    private void Schedule(int slot)
    {
        int flags = _flags[slot];
        // Of what waits for an absent server only those go on that are sampled meanwhile.
        if ((flags & Released) != 0 || (flags & (Waiting | Stored)) == Waiting)
            return;
        long lastSent = _times[slot * Times + LastSent];
        long lastJudged = _times[slot * Times + LastJudged];
        long maximum = MaximumMs(slot);
        long due = maximum > 0 ? lastSent + maximum : long.MaxValue;
        if ((flags & Owed) != 0)
            due = Earlier(due, lastSent + PeriodMs(slot, Pmin));
        if ((flags & Dirty) != 0)
        {
            long pause = PeriodMs(slot, Epmin);
            due = Earlier(due, pause > 0 ? lastJudged + pause : lastSent);
        }

        long watch = PeriodMs(slot, Epmax);
        if (watch > 0)
            due = Earlier(due, lastJudged + watch);
        _timers.Set(slot, due);
    }

    private static long Earlier(long left, long right) => left < right ? left : right;

    private bool IsCondition(int slot)
    {
        if (ResourceId(slot) < 0)
            return (_flags[slot] & Dirty) != 0;
        // What cannot be read any more is owed, too: the attempt tells the server why.
        int row = slot * Words;
        if (!Read(slot))
            return !IsMember(slot) || _words[row + LastHash] != AbsentHash;
        int mask = _words[row + Mask];
        if ((_flags[slot] & SingleValue) == 0 || (mask & AttributeSet.Conditions) == 0)
            return _readHash != _words[row + LastHash];

        int at = slot * Numbers;
        double last = _numbers[at + LastNumber];
        double now = _readNumber;
        if (double.IsNaN(now) || double.IsNaN(last))
            return double.IsNaN(now) != double.IsNaN(last);
        if ((mask & AttributeSet.Greater) != 0 && Crosses(last, now, _numbers[at + Gt], true))
            return true;
        if ((mask & AttributeSet.Less) != 0 && Crosses(last, now, _numbers[at + Lt], false))
            return true;
        // Equal is no step, not even with st=0.
        if ((mask & AttributeSet.Step) != 0 && now != last && (now > last ? now - last : last - now) >= _numbers[at + St])
            return true;
        if ((mask & AttributeSet.EdgeBit) == 0)
            return false;
        // An edge lies between two looks at the value, whether or not the first of them was notified.
        _numbers[at + LastNumber] = now;
        return (mask & RisingBit) != 0 ? last == 0 && now != 0 : last != 0 && now == 0;
    }

    // The texts disagree on the direction: the Transport examples notify upward for gt and downward for lt only, which is the
    // default; an answer of the authors, and other clients, take every crossing.
    private bool Crosses(double last, double now, double threshold, bool upward)
    {
        bool up = last <= threshold && now > threshold;
        bool down = last >= threshold && now < threshold;
        return _bothWays ? up || down : upward ? up : down;
    }

    private void Remember(int slot)
    {
        if (_readSlot != slot)
            return;
        _numbers[slot * Numbers + LastNumber] = _readNumber;
        _words[slot * Words + LastHash] = _readHash;
    }

    private bool Read(int slot)
    {
        bool isRead = Read(_path[slot]);
        _readSlot = isRead ? slot : -1;
        return isRead;
    }

    // Above resources there is no value to compare: any change counts.
    private bool Read(long path) => ObservedPath.ResourceId(path) >= 0 && _host.ReadValue(ObservedPath.ObjectId(path),
        ObservedPath.InstanceId(path), ObservedPath.ResourceId(path), ObservedPath.ResourceInstanceId(path), out _readNumber, out _readHash);

    private void MarkObservers(long path)
    {
        int slot = _byPath.First(ObservedPath.Hash(0, path));
        for (; slot >= 0; slot = _byPath.Next(slot))
            if (_path[slot] == path)
                Mark(slot);
    }

    private void MarkInInstance(long path)
    {
        int slot = _byInstance.First(ObservedPath.Hash(0, ObservedPath.ToInstance(path)));
        for (; slot >= 0; slot = _byInstance.Next(slot))
            if (ObservedPath.Overlap(path, _path[slot]))
                Mark(slot);
    }

    private void Mark(int slot)
    {
        if ((_flags[slot] & (Dirty | Leader)) != 0)
            return;
        _flags[slot] |= Dirty;
        Schedule(slot);
    }
}
