namespace Lwm2m.Client;

// The attributes in force, kept in columns so that judging a change asks nobody.
internal sealed partial class ObservationTable
{
    private const int Periods = 4;
    private const int Thresholds = 3;

    // Values of edge and con ride in the mask, and so does which attributes came with the request.
    private const int RisingBit = 1 << 16;
    private const int ConBit = 1 << 17;
    private const int OwnShift = 18;

    /// <summary>
    /// Attributes were attached or taken away: what they govern is judged anew at once. -1 levels mean all; a path of only such
    /// is the defaults of the Server object.
    /// </summary>
    public void AttributesChanged(int server, long path)
    {
        if (_used == 0)
            return;
        if (path == ObservedPath.All)
        {
            for (int slot = 0; slot < _flags.Length; slot++)
                if (_flags[slot] != 0 && _server[slot] == server)
                    ResolveAgain(slot);
            return;
        }

        for (int slot = FirstOf(path); slot >= 0; slot = _byObject.Next(slot))
            if (_server[slot] == server && (_flags[slot] & OwnAttributes) == 0 && ObservedPath.Overlap(path, _path[slot]))
                ResolveAgain(slot);
    }

    private void ResolveAgain(int slot)
    {
        if ((_flags[slot] & OwnAttributes) != 0)
            TakeDefaults(slot);
        else
            Resolve(slot);
        Schedule(slot);
    }

    private void Resolve(int slot)
    {
        _inForce.Clear();
        _host.Resolve(_server[slot], ObjectId(slot), InstanceId(slot), ResourceId(slot), ResourceInstanceId(slot), _inForce);
        Store(slot, _inForce);
    }

    // Attributes of the request stand in for all attached ones; what it does not name has the defaults of the Server object
    // ("in the absence of this parameter being included in an Observation", /1/x/2 and 3).
    private void StoreOwn(int slot, AttributeSet own)
    {
        Store(slot, own);
        _mask[slot] |= own.Mask << OwnShift;
        TakeDefaults(slot);
    }

    private void TakeDefaults(int slot)
    {
        _inForce.Clear();
        _host.Resolve(_server[slot], -1, -1, -1, -1, _inForce);
        int mask = _mask[slot];
        int missing = ~(mask >> OwnShift) & (AttributeSet.MinimumPeriod | AttributeSet.MaximumPeriod | AttributeSet.ConfirmableBit);
        int taken = missing & _inForce.Mask;
        mask = (mask & ~missing) | taken;
        int at = slot * Periods;
        if ((taken & AttributeSet.MinimumPeriod) != 0)
            _periods[at] = (int)_inForce.Pmin;
        if ((taken & AttributeSet.MaximumPeriod) != 0)
            _periods[at + 1] = (int)_inForce.Pmax;
        if ((missing & AttributeSet.ConfirmableBit) != 0)
            mask = (taken & AttributeSet.ConfirmableBit) != 0 && _inForce.Con == 1 ? mask | ConBit : mask & ~ConBit;
        _mask[slot] = mask;
    }

    private void Store(int slot, AttributeSet from)
    {
        int mask = from.Mask;
        if ((mask & AttributeSet.EdgeBit) != 0 && from.Edge == 1)
            mask |= RisingBit;
        if ((mask & AttributeSet.ConfirmableBit) != 0 && from.Con == 1)
            mask |= ConBit;
        _mask[slot] = mask;
        int at = slot * Periods;
        _periods[at] = (int)from.Pmin;
        _periods[at + 1] = (int)from.Pmax;
        _periods[at + 2] = (int)from.Epmin;
        _periods[at + 3] = (int)from.Epmax;
        at = slot * Thresholds;
        _thresholds[at] = from.Gt;
        _thresholds[at + 1] = from.Lt;
        _thresholds[at + 2] = from.St;
    }

    // Seconds go up to 2^32 - 1, in the 32 bits of an int.
    private long PeriodMs(int slot, int which) => (_periods[slot * Periods + which] & 0xFFFFFFFFL) * 1000;

    private long MinimumMs(int slot) => (_mask[slot] & AttributeSet.MinimumPeriod) == 0 ? 0 : PeriodMs(slot, 0);

    // 0 for none. A pmax of 0, and one below pmin, is ignored (Core 7.3.2).
    private long MaximumMs(int slot)
    {
        if ((_mask[slot] & AttributeSet.MaximumPeriod) == 0)
            return 0;
        long maximum = PeriodMs(slot, 1);
        return maximum < MinimumMs(slot) ? 0 : maximum;
    }

    private long MinimumEvaluationMs(int slot) => (_mask[slot] & AttributeSet.MinimumEvaluation) == 0 ? 0 : PeriodMs(slot, 2);

    // 0 for none: an epmax of 0 can be met by nobody and is ignored like a pmax of 0.
    private long MaximumEvaluationMs(int slot) => (_mask[slot] & AttributeSet.MaximumEvaluation) == 0 ? 0 : PeriodMs(slot, 3);
}
