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
        if (resourceId < 0)
        {
            MarkOverlapping(path);
            return;
        }

        Mark(ObservedPath.Pack(objectId, -1, -1, -1));
        Mark(ObservedPath.Pack(objectId, instanceId, -1, -1));
        Mark(ObservedPath.Pack(objectId, instanceId, resourceId, -1));
        if (resourceInstanceId >= 0)
            Mark(path);
        else if (_instanceObservations > 0)
            MarkOverlapping(path);
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
        _flags[slot] = (byte)((_flags[slot] & ~Waiting) | Released);
        _timers.Set(slot, _lastSentMs[slot]);
    }

    /// <summary>Sends what is due; answers when the next one is, or <see cref="long.MaxValue"/>.</summary>
    public long Poll(long nowMs)
    {
        while (_timers.FirstDueMs <= nowMs)
        {
            int slot = _timers.FirstSlot;
            _timers.Stop(slot);
            Judge(slot, nowMs);
        }

        return _timers.FirstDueMs;
    }

    private void Judge(int slot, long nowMs)
    {
        long sinceJudged = nowMs - _lastJudgedMs[slot];
        bool dirty = (_flags[slot] & Dirty) != 0 && sinceJudged >= MinimumEvaluationMs(slot);
        long watch = MaximumEvaluationMs(slot);
        if (dirty || (watch > 0 && sinceJudged >= watch))
        {
            _lastJudgedMs[slot] = nowMs;
            if (IsCondition(slot))
                _flags[slot] |= Owed;
            _flags[slot] &= unchecked((byte)~Dirty);
        }

        long sinceSent = nowMs - _lastSentMs[slot];
        long maximum = MaximumMs(slot);
        if (maximum > 0 && sinceSent >= maximum)
            _flags[slot] |= Owed;
        if ((_flags[slot] & Owed) != 0 && sinceSent >= MinimumMs(slot))
        {
            Send(slot, nowMs);
            return;
        }

        bool released = (_flags[slot] & Released) != 0;
        _flags[slot] &= unchecked((byte)~Released);
        Schedule(slot);
        // It waits for its time now, not for the server: the next one may.
        if (released)
            Ready(_server[slot]);
    }

    private void Send(int slot, long nowMs)
    {
        int server = _server[slot];
        // With pmax there is a next one to come, and it would be too late for this day.
        bool confirmable = (_mask[slot] & ConBit) != 0 || nowMs - _lastConfirmableMs[slot] + MaximumMs(slot) >= DayMs;
        switch (_host.Notify(slot, confirmable, nowMs))
        {
            case NotifyResult.Sent:
                _flags[slot] &= unchecked((byte)~(Owed | Dirty | Released));
                _lastSentMs[slot] = nowMs;
                _lastJudgedMs[slot] = nowMs;
                if (confirmable)
                    _lastConfirmableMs[slot] = nowMs;
                Remember(slot);
                Schedule(slot);
                // A CON occupies the server until it is acknowledged (NSTART, RFC 7252 4.7).
                if (!confirmable)
                    Ready(server);
                break;
            case NotifyResult.Busy:
            case NotifyResult.Offline:
                Wait(slot);
                break;
            default:
                Remove(slot);
                Ready(server);
                break;
        }
    }

    private void Wait(int slot)
    {
        // Whose turn it was keeps its turn.
        if ((_flags[slot] & Released) != 0)
            _waiting.AddFirst(_server[slot], slot);
        else
            _waiting.AddLast(_server[slot], slot);
        _flags[slot] = (byte)((_flags[slot] & ~Released) | Waiting);
    }

    // The earliest moment at which something can come of this slot. For "at once" stands the time of the last notification: who was
    // not heard for the longest time comes first.
    private void Schedule(int slot)
    {
        int flags = _flags[slot];
        if ((flags & (Waiting | Released)) != 0)
            return;
        long lastSent = _lastSentMs[slot];
        long maximum = MaximumMs(slot);
        long due = maximum > 0 ? lastSent + maximum : long.MaxValue;
        if ((flags & Owed) != 0)
            due = Earlier(due, lastSent + MinimumMs(slot));
        if ((flags & Dirty) != 0)
        {
            long pause = MinimumEvaluationMs(slot);
            due = Earlier(due, pause > 0 ? _lastJudgedMs[slot] + pause : lastSent);
        }

        long watch = MaximumEvaluationMs(slot);
        if (watch > 0)
            due = Earlier(due, _lastJudgedMs[slot] + watch);
        _timers.Set(slot, due);
    }

    private static long Earlier(long left, long right) => left < right ? left : right;

    private bool IsCondition(int slot)
    {
        if (ResourceId(slot) < 0)
            return (_flags[slot] & Dirty) != 0;
        // What cannot be read any more is owed, too: the attempt tells the server why.
        if (!Read(slot, out double now, out int hash))
            return true;
        int mask = _mask[slot];
        if ((_flags[slot] & SingleValue) == 0 || (mask & AttributeSet.Conditions) == 0)
            return hash != _lastHash[slot];

        double last = _lastNumber[slot];
        if (double.IsNaN(now) || double.IsNaN(last))
            return double.IsNaN(now) != double.IsNaN(last);
        int at = slot * Thresholds;
        if ((mask & AttributeSet.Greater) != 0 && Crosses(last, now, _thresholds[at], true))
            return true;
        if ((mask & AttributeSet.Less) != 0 && Crosses(last, now, _thresholds[at + 1], false))
            return true;
        // Equal is no step, not even with st=0.
        if ((mask & AttributeSet.Step) != 0 && now != last && (now > last ? now - last : last - now) >= _thresholds[at + 2])
            return true;
        if ((mask & AttributeSet.EdgeBit) == 0)
            return false;
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
        if (ResourceId(slot) < 0 || !Read(slot, out double number, out int hash))
            return;
        _lastNumber[slot] = number;
        _lastHash[slot] = hash;
    }

    private bool Read(int slot, out double number, out int hash) =>
        _host.ReadValue(ObjectId(slot), InstanceId(slot), ResourceId(slot), ResourceInstanceId(slot), out number, out hash);

    private void Mark(long path)
    {
        int slot = _byPath.First(ObservedPath.Hash(0, path));
        for (; slot >= 0; slot = _byPath.Next(slot))
            if (_path[slot] == path)
                MarkSlot(slot);
    }

    private void MarkSlot(int slot)
    {
        if ((_flags[slot] & Dirty) != 0)
            return;
        _flags[slot] |= Dirty;
        Schedule(slot);
    }

    private void MarkOverlapping(long path)
    {
        for (int slot = FirstOf(path); slot >= 0; slot = _byObject.Next(slot))
            if (ObservedPath.Overlap(path, _path[slot]))
                MarkSlot(slot);
    }

    private int FirstOf(long path) => _byObject.First(ObservedPath.ObjectId(path));
}
