using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// What an object consists of: its id, its version, its resources with their types, operations and ranges.
/// Made once at start; nothing of it may change after its object was added to a client.
/// </summary>
public sealed class ObjectDefinition
{
    private int[] _words;

    // Open addressing over ids: position plus one, 0 where free. Null where position equals id, as in the objects 0, 1 and 3.
    private ushort[]? _index;

    // Pairs of smallest and largest value; a resource's word holds the number of its pair.
    private long[]? _ranges;

    /// <summary>Defines an object that can have several instances.</summary>
    /// <param name="objectId">Object id, 0..65534.</param>
    /// <param name="version">Version of the object, "major.minor". It is announced as <c>ver</c> where the enabler asks for it.</param>
    /// <param name="resources">Its resources in ascending order of their ids, made by <see cref="Resource"/>.</param>
    /// <exception cref="ArgumentException">An id is out of range, doubled or out of order, or the version is no version.</exception>
    public ObjectDefinition(int objectId, string version, params int[] resources)
    {
        if (objectId < 0 || objectId > Resource.MaxId)
            throw new ArgumentException("Object id " + objectId + " is not in 0..65534.", nameof(objectId));
        CheckVersion(objectId, version);
        for (int position = 0; position < resources.Length; position++)
        {
            int id = Resource.Id(resources[position]);
            if (resources[position] < 0 || id > Resource.MaxId)
                throw new ArgumentException("/" + objectId + ": entry " + position + " is no resource made by Resource.", nameof(resources));
            if (position > 0 && id <= Resource.Id(resources[position - 1]))
                throw new ArgumentException("/" + objectId + ": resource " + id + " is doubled or not in ascending order.", nameof(resources));
        }

        ObjectId = objectId;
        Version = version;
        _words = resources;
        MakeIndex();
    }

    /// <summary>Defines an object that has one instance at most, with id 0, such as Device (/3).</summary>
    /// <param name="objectId">Object id, 0..65534.</param>
    /// <param name="version">Version of the object, "major.minor".</param>
    /// <param name="resources">Its resources in ascending order of their ids, made by <see cref="Resource"/>.</param>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static ObjectDefinition Single(int objectId, string version, params int[] resources) =>
        new ObjectDefinition(objectId, version, resources) { IsSingle = true, MaxInstances = 1 };

    /// <summary>Object id.</summary>
    public int ObjectId { get; }

    /// <summary>Version of the object, "major.minor".</summary>
    public string Version { get; }

    /// <summary>True when there is one instance at most and its id is 0: servers cannot create or delete it (4.05).</summary>
    public bool IsSingle { get; private set; }

    /// <summary>The largest number of instances, default 16. One more is answered 5.03.</summary>
    public int MaxInstances { get; set; } = 16;

    /// <summary>The largest number of bytes of a String, Opaque or Corelnk value that has no range of its own, default 512.</summary>
    public int MaxStringBytes { get; set; } = 512;

    /// <summary>Number of resources.</summary>
    public int Count => _words.Length;

    /// <summary>The resource at a position, 0 to <see cref="Count"/> - 1, in ascending order of ids.</summary>
    public int At(int position) => _words[position];

    /// <summary>The resource with an id, or <see cref="Resource.NotDefined"/> (-1).</summary>
    public int Find(int resourceId)
    {
        int position = Position(resourceId);
        return position < 0 ? Resource.NotDefined : _words[position];
    }

    /// <summary>The position of the resource with an id, or -1.</summary>
    public int Position(int resourceId)
    {
        ushort[]? index = _index;
        if (index == null)
            return resourceId < _words.Length ? resourceId : -1;

        int mask = index.Length - 1;
        int place = resourceId & mask;
        int entry;
        while ((entry = index[place]) != 0)
        {
            if ((_words[entry - 1] & 0xFFFF) == resourceId)
                return entry - 1;
            place = (place + 1) & mask;
        }

        return -1;
    }

    /// <summary>Limits a resource: the value of a number, the length in bytes of a String, Opaque or Corelnk.</summary>
    /// <param name="resourceId">The resource.</param>
    /// <param name="min">Smallest value or length.</param>
    /// <param name="max">Largest value or length.</param>
    /// <returns>This definition.</returns>
    /// <exception cref="ArgumentException">The resource is not defined, has no range to limit, or min exceeds max.</exception>
    public ObjectDefinition WithRange(int resourceId, long min, long max)
    {
        int position = PositionOf(resourceId);
        DataType type = Resource.Type(_words[position]);
        if (type == DataType.None || type == DataType.Boolean || type == DataType.ObjectLink || min > max)
            throw new ArgumentException("/" + ObjectId + ": resource " + resourceId + " cannot have the range " + min + ".." + max + ".");
        _words[position] = Resource.WithRange(_words[position], RangeNumber(resourceId, min, max));
        return this;
    }

    /// <summary>Takes an optional resource out that this device does not support. Servers get 4.04 for it.</summary>
    /// <param name="resourceId">The resource.</param>
    /// <returns>This definition.</returns>
    /// <exception cref="ArgumentException">The resource is not defined, or is mandatory.</exception>
    public ObjectDefinition Without(int resourceId)
    {
        int position = PositionOf(resourceId);
        if (Resource.IsMandatory(_words[position]))
            throw new ArgumentException("/" + ObjectId + ": resource " + resourceId + " is mandatory.", nameof(resourceId));
        int[] rest = new int[_words.Length - 1];
        Array.Copy(_words, 0, rest, 0, position);
        Array.Copy(_words, position + 1, rest, position, rest.Length - position);
        _words = rest;
        MakeIndex();
        return this;
    }

    /// <summary>True when the resource is defined and the value within its range, or it has no range.</summary>
    /// <param name="resourceId">The resource.</param>
    /// <param name="value">A number, or the length in bytes of a String, Opaque or Corelnk.</param>
    public bool InRange(int resourceId, long value)
    {
        int word = Find(resourceId);
        return word >= 0 && InRangeOf(word, value);
    }

    /// <summary>True when the resource is defined and the value within its range, or it has no range. NaN is in no range.</summary>
    /// <param name="resourceId">The resource.</param>
    /// <param name="value">A number.</param>
    public bool InRange(int resourceId, double value)
    {
        int word = Find(resourceId);
        return word >= 0 && InRangeOf(word, value);
    }

    internal bool InRangeOf(int word, long value)
    {
        int range = Resource.Range(word);
        if (range == 0)
            return true;
        int at = range * 2 - 2;
        return value >= _ranges![at] && value <= _ranges[at + 1];
    }

    internal bool InRangeOf(int word, double value)
    {
        int range = Resource.Range(word);
        if (range == 0)
            return true;
        int at = range * 2 - 2;
        return value >= _ranges![at] && value <= _ranges[at + 1];
    }

    /// <summary>True when a String, Opaque or Corelnk of this length may be stored.</summary>
    internal bool IsLengthAllowed(int word, int length) =>
        Resource.Range(word) == 0 ? length <= MaxStringBytes : InRangeOf(word, (long)length);

    /// <summary>The longest String, Opaque or Corelnk that the resource may hold, in bytes.</summary>
    internal int MaxLengthOf(int word)
    {
        int range = Resource.Range(word);
        if (range == 0)
            return MaxStringBytes;
        long longest = _ranges![range * 2 - 1];
        return longest > int.MaxValue ? int.MaxValue : (int)longest;
    }

    private int PositionOf(int resourceId)
    {
        for (int position = 0; position < _words.Length; position++)
            if (Resource.Id(_words[position]) == resourceId)
                return position;
        throw new ArgumentException("/" + ObjectId + " has no resource " + resourceId + ".", nameof(resourceId));
    }

    private int RangeNumber(int resourceId, long min, long max)
    {
        int used = _ranges == null ? 0 : _ranges.Length / 2;
        for (int range = 0; range < used; range++)
            if (_ranges![range * 2] == min && _ranges[range * 2 + 1] == max)
                return range + 1;
        if (used == Resource.MaxRanges)
            throw new ArgumentException("/" + ObjectId + ": resource " + resourceId + " has the 64th different range; 63 are possible.");

        long[] grown = new long[used * 2 + 2];
        if (used > 0)
            Array.Copy(_ranges!, 0, grown, 0, used * 2);
        grown[used * 2] = min;
        grown[used * 2 + 1] = max;
        _ranges = grown;
        return used + 1;
    }

    private void MakeIndex()
    {
        _index = null;
        bool idsArePositions = true;
        for (int position = 0; position < _words.Length; position++)
            idsArePositions &= Resource.Id(_words[position]) == position;
        if (idsArePositions)
            return;

        int size = 4;
        while (size * 2 < _words.Length * 3)
            size *= 2;
        ushort[] index = new ushort[size];
        for (int position = 0; position < _words.Length; position++)
        {
            int place = Resource.Id(_words[position]) & (size - 1);
            while (index[place] != 0)
                place = (place + 1) & (size - 1);
            index[place] = (ushort)(position + 1);
        }

        _index = index;
    }

    // major "." minor, each of decimal digits (Core 7.2.2).
    private static void CheckVersion(int objectId, string version)
    {
        int dots = 0;
        int digits = 0;
        bool valid = version.Length <= 11;
        for (int at = 0; valid && at < version.Length; at++)
        {
            char letter = version[at];
            if (letter >= '0' && letter <= '9')
                digits++;
            else
            {
                valid = letter == '.' && digits > 0 && dots == 0;
                dots++;
                digits = 0;
            }
        }

        if (!valid || dots != 1 || digits == 0)
            throw new ArgumentException("/" + objectId + ": version '" + version + "' is not of the form major.minor.", nameof(version));
    }
}
