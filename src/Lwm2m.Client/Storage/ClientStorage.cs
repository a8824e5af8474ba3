using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// What a client with a storage knows beside what is in the records: which instances servers created, deleted or wrote to, and which
/// registrations outlived a restart. Only such a client has one.
/// </summary>
internal class ClientStorage
{
    /// <summary>A server created the instance.</summary>
    public const int Created = 1;

    /// <summary>A server deleted an instance that the application had.</summary>
    public const int Deleted = 2;

    /// <summary>A server wrote to an instance that the application has.</summary>
    public const int Written = 3;

    /// <summary>Nothing was loaded yet.</summary>
    public const int New = 0;

    /// <summary>The objects are loaded; registrations and observations follow at the first Poll.</summary>
    public const int Objects = 1;

    /// <summary>All is loaded.</summary>
    public const int Loaded = 2;

    // Columns of _registrations.
    private const int Columns = 5;
    private const int PortColumn = 0;
    private const int EndColumn = 1;
    private const int SinceColumn = 2;
    private const int HashColumn = 3;
    private const int LivesColumn = 4;

    public readonly IStorage Storage;
    public readonly SealedRecord Stream;

    /// <summary>How far loading is: <see cref="New"/>, <see cref="Objects"/>, <see cref="Loaded"/>.</summary>
    public int Stage;

    /// <summary>Records that could not be written, and when that is tried again.</summary>
    public int Overdue;
    public long RetryMs;

    // Kind, object and instance of each marked one: 16 bits each. It grows with what servers create and write to for the first time.
    private long[] _marks = new long[0];
    private readonly long[] _registrations;

    public ClientStorage(IStorage storage, int bufferBytes, int servers)
    {
        Storage = storage;
        Stream = new SealedRecord(storage, bufferBytes);
        _registrations = new long[servers * Columns];
    }

    /// <summary>Number of marked instances.</summary>
    public int MarkCount => _marks.Length;

    public int KindAt(int index) => (int)(_marks[index] >> 32);

    public int ObjectAt(int index) => (int)(_marks[index] >> 16) & 0xFFFF;

    public int InstanceAt(int index) => (int)_marks[index] & 0xFFFF;

    /// <summary>The kind of mark that an instance has, or 0.</summary>
    public int Marked(int objectId, int instanceId)
    {
        int index = Find(objectId, instanceId);
        return index < 0 ? 0 : KindAt(index);
    }

    /// <summary>Marks an instance; 0 takes its mark away.</summary>
    public void Mark(int objectId, int instanceId, int kind)
    {
        int index = Find(objectId, instanceId);
        if (kind == 0)
        {
            if (index >= 0)
                Remove(index);
            return;
        }

        if (index < 0)
        {
            index = _marks.Length;
            long[] grown = new long[index + 1];
            Array.Copy(_marks, 0, grown, 0, index);
            _marks = grown;
        }

        _marks[index] = (long)kind << 32 | (long)objectId << 16 | (uint)instanceId;
    }

    /// <summary>Takes all marks away.</summary>
    public void Unmark() => _marks = new long[0];

    /// <summary>The local port of a registration.</summary>
    public int Port(int index) => (int)_registrations[index * Columns + PortColumn];

    /// <summary>When its lifetime is over by the wall clock, in milliseconds; 0 for never.</summary>
    public long EndMs(int index) => _registrations[index * Columns + EndColumn];

    /// <summary>When that was noted, by the same clock: one that shows an earlier time now is not to be trusted.</summary>
    public long SinceMs(int index) => _registrations[index * Columns + SinceColumn];

    /// <summary>A hash over what the server was told.</summary>
    public int Hash(int index) => (int)_registrations[index * Columns + HashColumn];

    public void SetRegistration(int index, int port, long endMs, long sinceMs, int hash)
    {
        int at = index * Columns;
        _registrations[at + PortColumn] = port;
        _registrations[at + EndColumn] = endMs;
        _registrations[at + SinceColumn] = sinceMs;
        _registrations[at + HashColumn] = hash;
    }

    /// <summary>Whether the registration is from before a restart and not confirmed since.</summary>
    public bool IsInherited(int index) => _registrations[index * Columns + LivesColumn] != 0;

    public void SetInherited(int index, bool isInherited) => _registrations[index * Columns + LivesColumn] = isInherited ? 1 : 0;

    private int Find(int objectId, int instanceId)
    {
        int wanted = objectId << 16 | instanceId;
        for (int index = 0; index < _marks.Length; index++)
            if ((int)_marks[index] == wanted)
                return index;
        return -1;
    }

    private void Remove(int index)
    {
        long[] rest = new long[_marks.Length - 1];
        Array.Copy(_marks, 0, rest, 0, index);
        Array.Copy(_marks, index + 1, rest, index, rest.Length - index);
        _marks = rest;
    }
}
