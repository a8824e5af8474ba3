using System;

namespace Lwm2m.Client;

/// <summary>
/// The values of a <see cref="StoredObject"/> in flat arrays of a fixed number of places: found by hash in one step, kept in order
/// of their resource instances. A resource with instances has one place for itself, its head, and one for each instance. Places
/// are numbered from 1; 0 is none. Not thread-safe.
/// </summary>
internal sealed class ValueTable
{
    /// <summary>The resource instance of a single resource, and of the head of one with instances.</summary>
    public const int NoInstance = -1;

    private const int TextsAtATime = 2;
    private static readonly byte[]?[] NoTexts = new byte[0][];
    private static readonly ushort[] NoFreeTexts = new ushort[0];

    // Object instance in the high, resource in the low half.
    private readonly int[] _keys;

    // Resource instance plus one in the high half, next place of the same bucket or of the free list in the low half.
    private readonly int[] _links;

    // Next instance of the same resource, ascending. In a head: the first one.
    private readonly ushort[] _order;

    // The number of a place, or where its text is, counted from 1; in a head the last instance in the low half and how many there
    // are in the high half.
    private readonly long[] _numbers;
    private readonly ushort[] _buckets;

    // Texts have places of their own, since most values are numbers and a reference costs the board 12 bytes. They grow with the
    // first texts that are stored, which need memory of their own at that time, and never beyond the number of values.
    private byte[]?[] _texts = NoTexts;
    private ushort[] _freeTexts = NoFreeTexts;
    private int _freeText;
    private int _free;
    private int _freeCount;

    public ValueTable(int capacity)
    {
        int size = 4;
        while (size < capacity)
            size *= 2;
        _buckets = new ushort[size];
        _keys = new int[capacity];
        _links = new int[capacity];
        _order = new ushort[capacity];
        _numbers = new long[capacity];
        for (int place = 1; place < capacity; place++)
            _links[place - 1] = place + 1;
        _free = capacity == 0 ? 0 : 1;
        _freeCount = capacity;
    }

    /// <summary>Places that are not in use.</summary>
    public int FreeCount => _freeCount;

    /// <summary>The place of a single resource or a head (<see cref="NoInstance"/>) or a resource instance; 0 when there is none.</summary>
    public int Find(int instance, int resource, int resourceInstance)
    {
        int key = instance << 16 | resource;
        int id = resourceInstance + 1;
        int place = _buckets[(resource ^ instance * 5 ^ id * 11) & (_buckets.Length - 1)];
        while (place != 0)
        {
            int link = _links[place - 1];
            if (_keys[place - 1] == key && (link >> 16 & 0xFFFF) == id)
                return place;
            place = link & 0xFFFF;
        }

        return 0;
    }

    /// <summary>Takes a place for a single resource or a head. The caller has made sure that it is not there.</summary>
    /// <returns>The place, or 0 when the table is full.</returns>
    public int Add(int instance, int resource) => Take(instance, resource, NoInstance);

    /// <summary>Takes a place for an instance of a resource and puts it in order. The caller has made sure that it is not there.</summary>
    /// <returns>The place, or 0 when the table is full.</returns>
    public int AddInstance(int head, int resourceInstance)
    {
        int place = Take(_keys[head - 1] >> 16 & 0xFFFF, _keys[head - 1] & 0xFFFF, resourceInstance);
        if (place == 0)
            return 0;

        // Nearly always behind the last one: then nothing is searched.
        int last = LastOf(head);
        int before = last != 0 && InstanceOf(last) < resourceInstance ? last : Before(head, resourceInstance);
        _order[place - 1] = _order[before - 1];
        _order[before - 1] = (ushort)place;
        if (_order[place - 1] == 0)
            last = place;
        SetHead(head, last, CountOf(head) + 1);
        return place;
    }

    /// <summary>Frees a single resource, or a head with all its instances.</summary>
    public void Remove(int place, bool isHead, bool isText)
    {
        if (isHead)
            Empty(place, isText);
        Release(place, isText && !isHead);
    }

    /// <summary>Frees all instances of a resource; the head stays.</summary>
    public void Empty(int head, bool isText)
    {
        int place = _order[head - 1];
        while (place != 0)
        {
            int next = _order[place - 1];
            Release(place, isText);
            place = next;
        }

        _order[head - 1] = 0;
        SetHead(head, 0, 0);
    }

    /// <summary>Frees one instance of a resource.</summary>
    public void RemoveInstance(int head, int place, bool isText)
    {
        int before = Before(head, InstanceOf(place));
        int next = _order[place - 1];
        _order[before - 1] = (ushort)next;
        int last = LastOf(head);
        if (last == place)
            last = before == head ? 0 : before;
        SetHead(head, last, CountOf(head) - 1);
        Release(place, isText);
    }

    /// <summary>The first instance of a resource, or the next one after a place; 0 at the end.</summary>
    public int Next(int place) => _order[place - 1];

    /// <summary>The resource instance at a place.</summary>
    public int InstanceOf(int place) => (_links[place - 1] >> 16 & 0xFFFF) - 1;

    /// <summary>Number of instances under a head.</summary>
    public int CountOf(int head) => (int)(_numbers[head - 1] >> 16);

    /// <summary>The highest instance under a head, or 0.</summary>
    public int LastOf(int head) => (int)_numbers[head - 1] & 0xFFFF;

    public long Number(int place) => _numbers[place - 1];

    public void SetNumber(int place, long number) => _numbers[place - 1] = number;

    /// <summary>The text or opaque value at a place; null when none was set.</summary>
    public byte[]? Bytes(int place)
    {
        int text = (int)_numbers[place - 1];
        return text == 0 ? null : _texts[text - 1];
    }

    public void SetBytes(int place, byte[] bytes)
    {
        int text = (int)_numbers[place - 1];
        if (text == 0)
        {
            if (_freeText == 0)
                GrowTexts();
            text = _freeText;
            _freeText = _freeTexts[text - 1];
            _numbers[place - 1] = text;
        }

        _texts[text - 1] = bytes;
    }

    private void GrowTexts()
    {
        int used = _texts.Length;
        byte[]?[] texts = new byte[used + TextsAtATime][];
        ushort[] free = new ushort[texts.Length];
        Array.Copy(_texts, 0, texts, 0, used);
        Array.Copy(_freeTexts, 0, free, 0, used);
        for (int text = used + 1; text < texts.Length; text++)
            free[text - 1] = (ushort)(text + 1);
        _texts = texts;
        _freeTexts = free;
        _freeText = used + 1;
    }

    private int Take(int instance, int resource, int resourceInstance)
    {
        int place = _free;
        if (place == 0)
            return 0;
        _free = _links[place - 1];
        _freeCount--;
        int id = resourceInstance + 1;
        int bucket = (resource ^ instance * 5 ^ id * 11) & (_buckets.Length - 1);
        _keys[place - 1] = instance << 16 | resource;
        _links[place - 1] = id << 16 | _buckets[bucket];
        _buckets[bucket] = (ushort)place;
        _order[place - 1] = 0;
        _numbers[place - 1] = 0;
        return place;
    }

    private void Release(int place, bool isText)
    {
        int key = _keys[place - 1];
        int link = _links[place - 1];
        int bucket = ((key & 0xFFFF) ^ (key >> 16 & 0xFFFF) * 5 ^ (link >> 16 & 0xFFFF) * 11) & (_buckets.Length - 1);
        int next = link & 0xFFFF;
        int before = _buckets[bucket];
        if (before == place)
            _buckets[bucket] = (ushort)next;
        else
        {
            while ((_links[before - 1] & 0xFFFF) != place)
                before = _links[before - 1] & 0xFFFF;
            _links[before - 1] = _links[before - 1] & ~0xFFFF | next;
        }

        if (isText && _numbers[place - 1] != 0)
        {
            int text = (int)_numbers[place - 1];
            _texts[text - 1] = null;
            _freeTexts[text - 1] = (ushort)_freeText;
            _freeText = text;
        }

        _links[place - 1] = _free;
        _free = place;
        _freeCount++;
    }

    // The place in a head's order behind which an instance goes or lies: the head itself for the first one.
    private int Before(int head, int resourceInstance)
    {
        int before = head;
        int place = _order[head - 1];
        while (place != 0 && InstanceOf(place) < resourceInstance)
        {
            before = place;
            place = _order[place - 1];
        }

        return before;
    }

    private void SetHead(int head, int last, int count) => _numbers[head - 1] = (long)count << 16 | (uint)last;
}
