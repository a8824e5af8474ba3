namespace Lwm2m.Client;

// The attributes in force, kept in the slot's row so that judging a change asks nobody.
internal sealed partial class ObservationTable
{
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
        if (ObservedPath.InstanceId(path) >= 0)
        {
            int found = _byInstance.First(ObservedPath.Hash(0, ObservedPath.ToInstance(path)));
            for (; found >= 0; found = _byInstance.Next(found))
                AttributesChanged(found, server, path);
            return;
        }

        for (int slot = 0; slot < _flags.Length; slot++)
            if (_flags[slot] != 0)
                AttributesChanged(slot, server, path);
    }

    private void AttributesChanged(int slot, int server, long path)
    {
        if (!ObservedPath.Overlap(path, _path[slot]) || Server(slot) != server || IsComposite(slot))
            return;
        if ((_flags[slot] & OwnAttributes) == 0)
            Resolve(slot);
        else if (path == ObservedPath.All)
            TakeDefaults(slot);
        else
            return;
        Schedule(slot);
    }

    private void Resolve(int slot)
    {
        _inForce.Clear();
        _host.Resolve(Server(slot), ObjectId(slot), InstanceId(slot), ResourceId(slot), ResourceInstanceId(slot), _inForce);
        Store(slot, _inForce);
    }

    // Attributes of the request stand in for all attached ones; what it does not name has the defaults of the Server object
    // ("in the absence of this parameter being included in an Observation", /1/x/2 and 3).
    private void StoreOwn(int slot, AttributeSet own)
    {
        Store(slot, own);
        _words[slot * Words + Mask] |= own.Mask << OwnShift;
        TakeDefaults(slot);
    }

    private void TakeDefaults(int slot)
    {
        _inForce.Clear();
        _host.Resolve(Server(slot), -1, -1, -1, -1, _inForce);
        int at = slot * Words;
        int mask = _words[at + Mask];
        int own = mask >> OwnShift;
        int given = _inForce.Mask;
        if ((own & AttributeSet.MinimumPeriod) == 0)
            _words[at + Pmin] = (given & AttributeSet.MinimumPeriod) != 0 ? (int)_inForce.Pmin : 0;
        if ((own & AttributeSet.MaximumPeriod) == 0)
            _words[at + Pmax] = (given & AttributeSet.MaximumPeriod) != 0 ? (int)_inForce.Pmax : 0;
        if ((own & AttributeSet.ConfirmableBit) == 0)
            _words[at + Mask] = (given & AttributeSet.ConfirmableBit) != 0 && _inForce.Con == 1 ? mask | ConBit : mask & ~ConBit;
    }

    // A period that is not set is 0, which means the same; so is hqmax.
    private void Store(int slot, AttributeSet from)
    {
        int mask = from.Mask;
        int at = slot * Words;
        _words[at + Pmin] = (mask & AttributeSet.MinimumPeriod) != 0 ? (int)from.Pmin : 0;
        _words[at + Pmax] = (mask & AttributeSet.MaximumPeriod) != 0 ? (int)from.Pmax : 0;
        _words[at + Epmin] = (mask & AttributeSet.MinimumEvaluation) != 0 ? (int)from.Epmin : 0;
        _words[at + Epmax] = (mask & AttributeSet.MaximumEvaluation) != 0 ? (int)from.Epmax : 0;
        _words[at + Queue] = (mask & AttributeSet.QueueBit) != 0 ? (int)from.Hqmax : 0;
        if ((mask & AttributeSet.EdgeBit) != 0 && from.Edge == 1)
            mask |= RisingBit;
        if ((mask & AttributeSet.ConfirmableBit) != 0 && from.Con == 1)
            mask |= ConBit;
        _words[at + Mask] = mask;
        if ((mask & AttributeSet.Conditions) == 0)
            return;
        at = slot * Numbers;
        _numbers[at + Gt] = from.Gt;
        _numbers[at + Lt] = from.Lt;
        _numbers[at + St] = from.St;
    }

    // Seconds go up to 2^32 - 1, in the 32 bits of an int.
    private long PeriodMs(int slot, int which) => (_words[slot * Words + which] & 0xFFFFFFFFL) * 1000;

    // 0 for none. A pmax of 0, and one below pmin, is ignored (Core 7.3.2); so is an epmax of 0, which nobody can meet.
    private long MaximumMs(int slot)
    {
        int at = slot * Words;
        long maximum = _words[at + Pmax] & 0xFFFFFFFFL;
        return maximum == 0 || maximum < (_words[at + Pmin] & 0xFFFFFFFFL) ? 0 : maximum * 1000;
    }
}
