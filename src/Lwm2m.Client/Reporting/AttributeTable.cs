using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// The attributes that servers attached by Write-Attributes, each server's apart, found by server and path in one step.
/// Columns instead of objects: a field costs 12 bytes on the board, a place in an array 4.
/// </summary>
internal sealed partial class AttributeTable
{
    private const int Periods = 5;
    private const int Thresholds = 3;
    private const int EdgeShift = 16;
    private const int ConShift = 17;
    private const long MaxPeriod = AttributeSet.MaxPeriod;

    private readonly byte[] _server;
    private readonly long[] _path;

    // Values of edge and con ride in the mask.
    private readonly int[] _mask;

    // Up to 2^32 - 1, in the 32 bits of an int.
    private readonly int[] _periods;
    private readonly double[] _thresholds;
    private readonly SlotIndex _index;
    private int _used;

    // Places with con=1, which are few or none.
    private int _confirmable;

    public AttributeTable(int capacity)
    {
        _server = new byte[capacity];
        _path = new long[capacity];
        _mask = new int[capacity];
        _periods = new int[capacity * Periods];
        _thresholds = new double[capacity * Thresholds];
        _index = new SlotIndex(capacity);
    }

    /// <summary>Places in use.</summary>
    public int Count => _used;

    /// <summary>
    /// Attaches and detaches; all or nothing. BadRequest: the whole would contradict itself; ServiceUnavailable: no room.
    /// The change becomes that whole.
    /// </summary>
    public Outcome Write(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId, AttributeSet change, DataType type)
    {
        long path = ObservedPath.Pack(objectId, instanceId, resourceId, resourceInstanceId);
        int slot = Find(server, path);
        if (slot >= 0)
            LoadMissing(slot, change);
        Outcome outcome = change.Validate(ObservedPath.Level(path), type);
        if (outcome != Outcome.Ok)
            return outcome;

        if (change.Mask == 0)
        {
            if (slot >= 0)
                Free(slot);
            return Outcome.Ok;
        }

        if (slot < 0)
            slot = Take(server, path);
        if (slot < 0)
            return Outcome.ServiceUnavailable;
        Store(slot, change);
        return Outcome.Ok;
    }

    /// <summary>What is attached at exactly this place.</summary>
    public void Attached(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId, AttributeSet into)
    {
        into.Clear();
        if (_used > 0)
            Inherit(server, ObservedPath.Pack(objectId, instanceId, resourceId, resourceInstanceId), into);
    }

    /// <summary>What is in force at this place: the lowest level that sets an attribute wins (Core 7.3.2). -1 for no default.</summary>
    public void Resolve(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId,
        long defaultPmin, long defaultPmax, int defaultCon, AttributeSet into)
    {
        into.Clear();
        if (_used > 0)
        {
            long path = ObservedPath.Pack(objectId, instanceId, resourceId, resourceInstanceId);
            Inherit(server, path, into);
            if (resourceInstanceId >= 0)
                Inherit(server, ObservedPath.ToResource(path), into);
            if (resourceId >= 0)
                Inherit(server, ObservedPath.ToInstance(path), into);
            if (instanceId >= 0)
                Inherit(server, ObservedPath.ToObject(path), into);
        }

        int missing = ~into.Mask;
        if (defaultPmin >= 0 && (missing & AttributeSet.MinimumPeriod) != 0)
        {
            into.Mask |= AttributeSet.MinimumPeriod;
            into.Pmin = defaultPmin;
        }

        if (defaultPmax >= 0 && (missing & AttributeSet.MaximumPeriod) != 0)
        {
            into.Mask |= AttributeSet.MaximumPeriod;
            into.Pmax = defaultPmax;
        }

        if (defaultCon >= 0 && (missing & AttributeSet.ConfirmableBit) != 0)
        {
            into.Mask |= AttributeSet.ConfirmableBit;
            into.Con = defaultCon;
        }
    }

    /// <summary>Whether con=1 is attached anywhere at a path or below it.</summary>
    public bool IsAnyConfirmable(int server, long path)
    {
        for (int slot = 0; slot < _mask.Length && _confirmable > 0; slot++)
            if (((_mask[slot] >> ConShift) & 1) != 0 && _server[slot] == server && ObservedPath.Level(_path[slot]) >= ObservedPath.Level(path)
                && ObservedPath.Overlap(_path[slot], path))
                return true;
        return false;
    }

    /// <summary>The object instance is gone, and what was attached to it and below. True where anything was.</summary>
    public bool RemoveInstance(int objectId, int instanceId)
    {
        int before = _used;
        for (int slot = 0; slot < _mask.Length && _used > 0; slot++)
            if (_mask[slot] != 0 && ObservedPath.IsWithin(_path[slot], objectId, instanceId))
                Free(slot);
        return _used != before;
    }

    /// <summary>The server account is gone.</summary>
    public void RemoveServer(int server)
    {
        for (int slot = 0; slot < _mask.Length && _used > 0; slot++)
            if (_mask[slot] != 0 && _server[slot] == server)
                Free(slot);
    }

    /// <summary>The server account has another place from now on, where there was none.</summary>
    public void MoveServer(int from, int to)
    {
        for (int slot = 0; slot < _mask.Length && _used > 0; slot++)
        {
            if (_mask[slot] == 0 || _server[slot] != from)
                continue;
            _index.Remove(slot, ObservedPath.Hash(from, _path[slot]));
            _server[slot] = (byte)to;
            _index.Add(slot, ObservedPath.Hash(to, _path[slot]));
        }
    }

    private void Inherit(int server, long path, AttributeSet into)
    {
        int slot = Find(server, path);
        if (slot >= 0)
            LoadMissing(slot, into);
    }

    private int Find(int server, long path)
    {
        int slot = _index.First(ObservedPath.Hash(server, path));
        while (slot >= 0 && (_path[slot] != path || _server[slot] != server))
            slot = _index.Next(slot);
        return slot;
    }

    private int Take(int server, long path)
    {
        int slot = _index.Take();
        if (slot < 0)
            return -1;
        _server[slot] = (byte)server;
        _path[slot] = path;
        _index.Add(slot, ObservedPath.Hash(server, path));
        _used++;
        return slot;
    }

    private void Free(int slot)
    {
        _index.Remove(slot, ObservedPath.Hash(_server[slot], _path[slot]));
        _index.Give(slot);
        _confirmable -= (_mask[slot] >> ConShift) & 1;
        _mask[slot] = 0;
        _used--;
    }

    // What the set neither has nor unsets.
    private void LoadMissing(int slot, AttributeSet into)
    {
        int mask = _mask[slot];
        int which = mask & AttributeSet.All & ~(into.Mask | into.ClearMask);
        into.Mask |= which;
        int at = slot * Periods;
        if ((which & AttributeSet.MinimumPeriod) != 0)
            into.Pmin = _periods[at] & MaxPeriod;
        if ((which & AttributeSet.MaximumPeriod) != 0)
            into.Pmax = _periods[at + 1] & MaxPeriod;
        if (which > AttributeSet.MaximumPeriod + AttributeSet.MinimumPeriod)
            LoadRare(slot, mask, which, into);
    }

    private void LoadRare(int slot, int mask, int which, AttributeSet into)
    {
        int at = slot * Periods;
        if ((which & AttributeSet.MinimumEvaluation) != 0)
            into.Epmin = _periods[at + 2] & MaxPeriod;
        if ((which & AttributeSet.MaximumEvaluation) != 0)
            into.Epmax = _periods[at + 3] & MaxPeriod;
        if ((which & AttributeSet.QueueBit) != 0)
            into.Hqmax = _periods[at + 4] & MaxPeriod;
        if ((which & AttributeSet.EdgeBit) != 0)
            into.Edge = (mask >> EdgeShift) & 1;
        if ((which & AttributeSet.ConfirmableBit) != 0)
            into.Con = (mask >> ConShift) & 1;
        at = slot * Thresholds;
        if ((which & AttributeSet.Greater) != 0)
            into.Gt = _thresholds[at];
        if ((which & AttributeSet.Less) != 0)
            into.Lt = _thresholds[at + 1];
        if ((which & AttributeSet.Step) != 0)
            into.St = _thresholds[at + 2];
    }

    private void Store(int slot, AttributeSet from)
    {
        int edge = (from.Mask & AttributeSet.EdgeBit) != 0 ? from.Edge << EdgeShift : 0;
        int con = (from.Mask & AttributeSet.ConfirmableBit) != 0 ? from.Con << ConShift : 0;
        _confirmable += (con >> ConShift) - ((_mask[slot] >> ConShift) & 1);
        _mask[slot] = from.Mask | edge | con;
        int at = slot * Periods;
        _periods[at] = (int)from.Pmin;
        _periods[at + 1] = (int)from.Pmax;
        _periods[at + 2] = (int)from.Epmin;
        _periods[at + 3] = (int)from.Epmax;
        _periods[at + 4] = (int)from.Hqmax;
        at = slot * Thresholds;
        _thresholds[at] = from.Gt;
        _thresholds[at + 1] = from.Lt;
        _thresholds[at + 2] = from.St;
    }
}
