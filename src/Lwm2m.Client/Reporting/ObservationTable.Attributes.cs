namespace Lwm2m.Client;

// The attributes in force, kept in columns so that judging a change asks nobody.
internal sealed partial class ObservationTable
{
    // Values of edge and con ride in the mask.
    private const int RisingBit = 1 << 16;
    private const int ConBit = 1 << 17;

    private void Resolve(int slot)
    {
        _inForce.Clear();
        _host.Resolve(_server[slot], ObjectId(slot), InstanceId(slot), ResourceId(slot), ResourceInstanceId(slot), _inForce);
        Store(slot, _inForce);
    }

    private void Store(int slot, AttributeSet from)
    {
        int before = _mask[slot];
        int mask = from.Mask;
        if ((mask & AttributeSet.EdgeBit) != 0 && from.Edge == 1)
            mask |= RisingBit;
        if ((mask & AttributeSet.ConfirmableBit) != 0 && from.Con == 1)
            mask |= ConBit;
        _mask[slot] = mask;
        int at = slot * Periods;
        _periods[at] = from.Pmin;
        _periods[at + 1] = from.Pmax;
        _periods[at + 2] = from.Epmin;
        _periods[at + 3] = from.Epmax;
        at = slot * Thresholds;
        _thresholds[at] = from.Gt;
        _thresholds[at + 1] = from.Lt;
        _thresholds[at + 2] = from.St;
        // From now on the other kind of comparison: both start at the present value.
        if ((before & AttributeSet.Conditions) == 0 != ((mask & AttributeSet.Conditions) == 0))
            Remember(slot);
    }
}
