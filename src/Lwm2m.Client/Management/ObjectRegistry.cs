using System;

namespace Lwm2m.Client;

/// <summary>The objects of a client in ascending order of their ids, found by id in one step.</summary>
internal sealed class ObjectRegistry
{
    // Fibonacci hashing: a vendor's ids come in runs, which must not fill a run of places.
    private const int Spread = -1640531535;

    private Lwm2mObject[] _objects = new Lwm2mObject[0];

    // Open addressing: position in _objects plus one, 0 where free; at least half of the places stay free.
    private byte[] _index = new byte[4];

    public int Count => _objects.Length;

    public Lwm2mObject At(int position) => _objects[position];

    public Lwm2mObject? Find(int objectId)
    {
        int mask = _index.Length - 1;
        int place = ((objectId * Spread) >> 16) & mask;
        while (true)
        {
            int entry = _index[place];
            if (entry == 0)
                return null;
            Lwm2mObject candidate = _objects[entry - 1];
            if (candidate.Definition.ObjectId == objectId)
                return candidate;
            place = (place + 1) & mask;
        }
    }

    /// <summary>The position of an object that is there.</summary>
    public int Position(int objectId)
    {
        int low = 0;
        int high = _objects.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_objects[middle].Definition.ObjectId < objectId)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Adds an object, at start only.</summary>
    /// <exception cref="ArgumentException">The object is there already.</exception>
    public void Add(Lwm2mObject added)
    {
        int objectId = added.Definition.ObjectId;
        if (Find(objectId) != null)
            throw new ArgumentException("Object /" + objectId + " was added before.");
        if (_objects.Length == 255)
            throw new ArgumentException("Object /" + objectId + " is one too many: a client holds at most 255.");

        Lwm2mObject[] grown = new Lwm2mObject[_objects.Length + 1];
        int position = 0;
        while (position < _objects.Length && _objects[position].Definition.ObjectId < objectId)
            position++;
        Array.Copy(_objects, 0, grown, 0, position);
        grown[position] = added;
        Array.Copy(_objects, position, grown, position + 1, _objects.Length - position);
        _objects = grown;
        Index();
    }

    private void Index()
    {
        int size = 4;
        while (size < _objects.Length * 2)
            size *= 2;
        _index = new byte[size];
        for (int position = 0; position < _objects.Length; position++)
        {
            int objectId = _objects[position].Definition.ObjectId;
            int place = ((objectId * Spread) >> 16) & (size - 1);
            while (_index[place] != 0)
                place = (place + 1) & (size - 1);
            _index[place] = (byte)(position + 1);
        }
    }
}
