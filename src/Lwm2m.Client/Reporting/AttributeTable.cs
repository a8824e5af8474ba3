using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// The attributes that servers attached by Write-Attributes, each server's apart, found by server and path in one step.
/// Columns instead of objects: a field costs 12 bytes on the board, a place in an array 4.
/// </summary>
internal sealed class AttributeTable
{
    private const int Periods = 5;
    private const int Thresholds = 3;
    private const long MaxPeriod = AttributeSet.MaxPeriod;

    private readonly byte[] _server;
    private readonly long[] _path;

    // Values of edge and con ride in the mask.
    private readonly int[] _mask;

    // Up to 2^32 - 1, in the 32 bits of an int.
    private readonly int[] _periods;
    private readonly double[] _thresholds;
    private readonly SlotIndex _index;
    private readonly AttributeSet _merged = new AttributeSet();
    private readonly AttributeSet _level = new AttributeSet();
    private int _used;

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

    /// <summary>Attaches and detaches; all or nothing. BadRequest: the whole would contradict itself; ServiceUnavailable: no room.</summary>
    public Outcome Write(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId, AttributeSet change, DataType type)
    {
        long path = ObservedPath.Pack(objectId, instanceId, resourceId, resourceInstanceId);
        int slot = Find(server, path);
        _merged.Clear();
        if (slot >= 0)
            Load(slot, _merged);
        _merged.Merge(change);
        int level = ObservedPath.Level(path);
        Outcome outcome = change.Validate(level, type);
        if (outcome == Outcome.Ok)
            outcome = _merged.Validate(level, type);
        if (outcome != Outcome.Ok)
            return outcome;

        if (_merged.Mask == 0)
        {
            if (slot >= 0)
                Free(slot);
            return Outcome.Ok;
        }

        if (slot < 0)
            slot = Take(server, path);
        if (slot < 0)
            return Outcome.ServiceUnavailable;
        Store(slot, _merged);
        return Outcome.Ok;
    }

    /// <summary>What is attached at exactly this place.</summary>
    public void Attached(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId, AttributeSet into)
    {
        into.Clear();
        int slot = _used == 0 ? -1 : Find(server, ObservedPath.Pack(objectId, instanceId, resourceId, resourceInstanceId));
        if (slot >= 0)
            Load(slot, into);
    }

    /// <summary>What is in force at this place: the lowest level that sets an attribute wins (Core 7.3.2). -1 for no default.</summary>
    public void Resolve(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId,
        long defaultPmin, long defaultPmax, int defaultCon, AttributeSet into)
    {
        Attached(server, objectId, instanceId, resourceId, resourceInstanceId, into);
        if (_used > 0)
        {
            if (resourceInstanceId >= 0)
                InheritFrom(server, objectId, instanceId, resourceId, into);
            if (resourceId >= 0)
                InheritFrom(server, objectId, instanceId, -1, into);
            if (instanceId >= 0)
                InheritFrom(server, objectId, -1, -1, into);
        }

        _level.Clear();
        if (defaultPmin >= 0)
        {
            _level.Mask |= AttributeSet.MinimumPeriod;
            _level.Pmin = defaultPmin;
        }

        if (defaultPmax >= 0)
        {
            _level.Mask |= AttributeSet.MaximumPeriod;
            _level.Pmax = defaultPmax;
        }

        if (defaultCon >= 0)
        {
            _level.Mask |= AttributeSet.ConfirmableBit;
            _level.Con = defaultCon;
        }

        into.InheritMissing(_level);
    }

    /// <summary>The object instance is gone, and what was attached to it and below.</summary>
    public void RemoveInstance(int objectId, int instanceId)
    {
        for (int slot = 0; slot < _mask.Length && _used > 0; slot++)
            if (_mask[slot] != 0 && ObservedPath.IsWithin(_path[slot], objectId, instanceId))
                Free(slot);
    }

    /// <summary>The server account is gone.</summary>
    public void RemoveServer(int server)
    {
        for (int slot = 0; slot < _mask.Length && _used > 0; slot++)
            if (_mask[slot] != 0 && _server[slot] == server)
                Free(slot);
    }

    private void InheritFrom(int server, int objectId, int instanceId, int resourceId, AttributeSet into)
    {
        int slot = Find(server, ObservedPath.Pack(objectId, instanceId, resourceId, -1));
        if (slot < 0)
            return;
        _level.Clear();
        Load(slot, _level);
        into.InheritMissing(_level);
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
        _mask[slot] = 0;
        _used--;
    }

    private void Load(int slot, AttributeSet into)
    {
        into.Mask = _mask[slot];
        int at = slot * Periods;
        into.Pmin = _periods[at] & MaxPeriod;
        into.Pmax = _periods[at + 1] & MaxPeriod;
        into.Epmin = _periods[at + 2] & MaxPeriod;
        into.Epmax = _periods[at + 3] & MaxPeriod;
        into.Hqmax = _periods[at + 4] & MaxPeriod;
        into.Edge = (_mask[slot] >> 16) & 1;
        into.Con = (_mask[slot] >> 17) & 1;
        into.Mask &= 0xFFFF;
        at = slot * Thresholds;
        into.Gt = _thresholds[at];
        into.Lt = _thresholds[at + 1];
        into.St = _thresholds[at + 2];
    }

    private void Store(int slot, AttributeSet from)
    {
        int edge = (from.Mask & AttributeSet.EdgeBit) != 0 ? from.Edge << 16 : 0;
        int con = (from.Mask & AttributeSet.ConfirmableBit) != 0 ? from.Con << 17 : 0;
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
