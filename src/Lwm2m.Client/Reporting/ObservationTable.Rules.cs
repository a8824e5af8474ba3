namespace Lwm2m.Client;

// When a notification is due (Core 7.3.2, Transport's examples):
//   owed = the value condition holds (any of gt, lt, st, edge), or without one the value changed, or pmax is over;
//   sent = owed and pmin is over.
// The answer to Observe and each notification start both periods anew and set the value that the next one is compared with.
// RFC 7641 4.5.1 would space NON notifications by 3 s where no round trip is known; LwM2M gives that pacing to pmin, which the
// server sets, so nothing is held back here.
internal sealed partial class ObservationTable
{
    private const int Periods = 4;
    private const int Thresholds = 3;

    // At least one notification a day is confirmable, so that a forgotten observation ends (RFC 7641 4.5).
    private const long DayMs = 86_400_000;

    private const long AtOnce = long.MinValue;

    /// <summary>
    /// Something changed: marks every observation that the path touches. Levels that are -1 mean all below. A report without
    /// a difference costs nothing on the air: a single value that equals the last one sent is not sent again.
    /// </summary>
    public void Changed(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        if (_used == 0)
            return;
        long path = ObservedPath.Pack(objectId, instanceId, resourceId, resourceInstanceId);
        if (instanceId < 0 || resourceId < 0)
        {
            MarkOverlapping(path);
            return;
        }

        Mark(ObservedPath.Pack(objectId, -1, -1, -1));
        Mark(ObservedPath.Pack(objectId, instanceId, -1, -1));
        Mark(ObservedPath.Pack(objectId, instanceId, resourceId, -1));
        if (resourceInstanceId >= 0)
            Mark(path);
        else
            MarkResourceInstances(path);
    }

    /// <summary>Attributes were attached or defaults changed: what they govern is judged anew at once. -1 levels mean all.</summary>
    public void AttributesChanged(int server, long path)
    {
        for (int slot = 0; slot < _flags.Length && _used > 0; slot++)
        {
            if (_flags[slot] == 0 || _server[slot] != server || (_flags[slot] & OwnAttributes) != 0 || !ObservedPath.Overlap(path, _path[slot]))
                continue;
            Resolve(slot);
            Schedule(slot);
        }
    }

    /// <summary>A server can take the next notification again: its exchange is over, or it is registered. -1 for all.</summary>
    public void Ready(int server)
    {
        if (_blocked == 0)
            return;
        for (int slot = 0; slot < _flags.Length; slot++)
        {
            if ((_flags[slot] & Blocked) == 0 || (server >= 0 && _server[slot] != server))
                continue;
            _flags[slot] &= unchecked((byte)~Blocked);
            _blocked--;
            _timers.Set(slot, AtOnce);
        }
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
        int mask = _mask[slot];
        int at = slot * Periods;
        bool watched = (mask & AttributeSet.MaximumEvaluation) != 0 && nowMs - _lastJudgedMs[slot] >= _periods[at + 3] * 1000L;
        bool early = (mask & AttributeSet.MinimumEvaluation) != 0 && nowMs - _lastJudgedMs[slot] < _periods[at + 2] * 1000L;
        if (((_flags[slot] & Dirty) != 0 && !early) || watched)
        {
            _flags[slot] &= unchecked((byte)~Dirty);
            _lastJudgedMs[slot] = nowMs;
            if (IsCondition(slot))
                _flags[slot] |= Owed;
        }

        if (MaximumMs(slot) > 0 && nowMs - _lastSentMs[slot] >= MaximumMs(slot))
            _flags[slot] |= Owed;
        if ((_flags[slot] & Owed) != 0 && nowMs - _lastSentMs[slot] >= MinimumMs(slot))
            Send(slot, nowMs);
        else
            Schedule(slot);
    }

    private void Send(int slot, long nowMs)
    {
        bool confirmable = (_mask[slot] & AttributeSet.ConfirmableBit) != 0 && (_mask[slot] & ConBit) != 0;
        if (nowMs - _lastConfirmableMs[slot] >= DayMs)
            confirmable = true;
        switch (_host.Notify(slot, confirmable, nowMs))
        {
            case NotifyResult.Sent:
                _flags[slot] &= unchecked((byte)~(Owed | Dirty));
                _lastSentMs[slot] = nowMs;
                _lastJudgedMs[slot] = nowMs;
                if (confirmable)
                    _lastConfirmableMs[slot] = nowMs;
                Remember(slot);
                Schedule(slot);
                break;
            case NotifyResult.Busy:
            case NotifyResult.Offline:
                _flags[slot] |= Blocked;
                _blocked++;
                break;
            default:
                Remove(slot);
                break;
        }
    }

    // The earliest moment at which something can come of this slot.
    private void Schedule(int slot)
    {
        if ((_flags[slot] & Blocked) != 0)
            return;
        long due = long.MaxValue;
        int mask = _mask[slot];
        long maximum = MaximumMs(slot);
        if (maximum > 0)
            due = _lastSentMs[slot] + maximum;
        if ((_flags[slot] & Owed) != 0)
            due = Earlier(due, _lastSentMs[slot] + MinimumMs(slot));
        if ((_flags[slot] & Dirty) != 0)
            due = Earlier(due, (mask & AttributeSet.MinimumEvaluation) != 0 ? _lastJudgedMs[slot] + _periods[slot * Periods + 2] * 1000L : AtOnce);
        if ((mask & AttributeSet.MaximumEvaluation) != 0)
            due = Earlier(due, _lastJudgedMs[slot] + _periods[slot * Periods + 3] * 1000L);
        _timers.Set(slot, due);
    }

    private static long Earlier(long left, long right) => left < right ? left : right;

    private bool IsCondition(int slot)
    {
        if ((_flags[slot] & SingleValue) == 0)
            return true;
        int mask = _mask[slot];
        if ((mask & AttributeSet.Conditions) == 0)
            return Hash(slot) != _lastHash[slot];
        if (!Number(slot, out double now))
            return false;

        double last = _lastNumber[slot];
        int at = slot * Thresholds;
        if ((mask & AttributeSet.Greater) != 0 && Crosses(last, now, _thresholds[at], true))
            return true;
        if ((mask & AttributeSet.Less) != 0 && Crosses(last, now, _thresholds[at + 1], false))
            return true;
        if ((mask & AttributeSet.Step) != 0 && (now - last >= _thresholds[at + 2] || last - now >= _thresholds[at + 2]))
            return true;
        if ((mask & AttributeSet.EdgeBit) == 0)
            return false;
        bool rising = (mask & RisingBit) != 0;
        return rising ? last == 0 && now != 0 : last != 0 && now == 0;
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
        if ((_flags[slot] & SingleValue) == 0)
            return;
        if ((_mask[slot] & AttributeSet.Conditions) == 0)
            _lastHash[slot] = Hash(slot);
        else if (Number(slot, out double number))
            _lastNumber[slot] = number;
    }

    private int Hash(int slot) => _host.ReadHash(ObjectId(slot), InstanceId(slot), ResourceId(slot), ResourceInstanceId(slot));

    private bool Number(int slot, out double number) =>
        _host.ReadNumber(ObjectId(slot), InstanceId(slot), ResourceId(slot), ResourceInstanceId(slot), out number);

    private long MinimumMs(int slot) => (_mask[slot] & AttributeSet.MinimumPeriod) == 0 ? 0 : _periods[slot * Periods] * 1000L;

    // A pmax of 0, and one below pmin, is ignored (Core 7.3.2).
    private long MaximumMs(int slot)
    {
        if ((_mask[slot] & AttributeSet.MaximumPeriod) == 0)
            return 0;
        long maximum = _periods[slot * Periods + 1] * 1000L;
        return maximum < MinimumMs(slot) ? 0 : maximum;
    }

    private void Mark(long path)
    {
        int slot = _byPath.First(ObservedPath.Hash(0, path));
        for (; slot >= 0; slot = _byPath.Next(slot))
            if (_path[slot] == path)
                MarkSlot(slot);
    }

    private void MarkSlot(int slot)
    {
        _flags[slot] |= Dirty;
        Schedule(slot);
    }

    // The whole resource changed: its instances may be observed one by one, which is rare enough for a look at all slots.
    private void MarkResourceInstances(long path)
    {
        if (_instanceObservations == 0)
            return;
        MarkOverlapping(path);
    }

    private void MarkOverlapping(long path)
    {
        for (int slot = 0; slot < _flags.Length; slot++)
            if (_flags[slot] != 0 && ObservedPath.Overlap(path, _path[slot]))
                MarkSlot(slot);
    }
}
