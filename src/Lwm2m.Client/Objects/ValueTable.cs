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

    // First the key of each place: object instance, resource and resource instance plus one, 16 bits each. Then the number of each place,
    // or where its text is, counted from 1; in a head the last instance in the low half and how many there are in the high half.
    private readonly long[] _cells;

    // First the heads of the hash chains, a power of two of them. Then for each place the next one in its chain or in the free list. Then for
    // each place the next instance of the same resource, ascending; in a head: the first one. Then for each text the next free one.
    private readonly ushort[] _chains;
    private readonly int _mask;

    // Texts have places of their own, since most values are numbers and a reference costs the board 12 bytes. They grow with the
    // first texts that are stored, which need memory of their own at that time, and never beyond the number of values.
    private byte[]?[]? _texts;
    private int _freeText;
    private int _free;
    private int _freeCount;

    public ValueTable(int capacity)
    {
        int buckets = 4;
        while (buckets * 2 <= capacity)
            buckets *= 2;
        _mask = buckets - 1;
        _cells = new long[2 * capacity];
        _chains = new ushort[buckets + 3 * capacity];
        for (int place = 1; place < capacity; place++)
            _chains[_mask + place] = (ushort)(place + 1);
        _free = capacity == 0 ? 0 : 1;
        _freeCount = capacity;
    }

    /// <summary>Places that are not in use.</summary>
    public int FreeCount => _freeCount;

    /// <summary>The place of a single resource or a head (<see cref="NoInstance"/>) or a resource instance; 0 when there is none.</summary>
    public int Find(int instance, int resource, int resourceInstance)
    {
        int id = resourceInstance + 1;
        // As Key does it, without a call.
        long key = (long)instance << 32 | (uint)(resource << 16 | id);
        ushort[] chains = _chains;
        int mask = _mask;
        int place = chains[(resource ^ instance * 5 ^ id * 11) & mask];
        while (place != 0 && _cells[place - 1] != key)
            place = chains[mask + place];
        return place;
    }

    /// <summary>Takes a place for a single resource or a head. The caller has made sure that it is not there.</summary>
    /// <returns>The place, or 0 when the table is full.</returns>
    public int Add(int instance, int resource) => Take(instance, resource, NoInstance);

    /// <summary>Takes a place for an instance of a resource and puts it in order. The caller has made sure that it is not there.</summary>
    /// <returns>The place, or 0 when the table is full.</returns>
    public int AddInstance(int head, int resourceInstance)
    {
        long key = _cells[head - 1];
        int place = Take((int)(key >> 32), (int)(key >> 16) & 0xFFFF, resourceInstance);
        if (place == 0)
            return 0;

        // Nearly always behind the last one: then nothing is searched.
        int last = LastOf(head);
        int before = last != 0 && InstanceOf(last) < resourceInstance ? last : Before(head, resourceInstance);
        int next = Next(before);
        SetNext(place, next);
        SetNext(before, place);
        if (next == 0)
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
        int place = Next(head);
        while (place != 0)
        {
            int next = Next(place);
            Release(place, isText);
            place = next;
        }

        SetNext(head, 0);
        SetHead(head, 0, 0);
    }

    /// <summary>Frees one instance of a resource.</summary>
    public void RemoveInstance(int head, int place, bool isText)
    {
        int before = Before(head, InstanceOf(place));
        SetNext(before, Next(place));
        int last = LastOf(head);
        if (last == place)
            last = before == head ? 0 : before;
        SetHead(head, last, CountOf(head) - 1);
        Release(place, isText);
    }

    /// <summary>The first instance of a resource, or the next one after a place; 0 at the end.</summary>
    public int Next(int place) => _chains[_mask + (_cells.Length >> 1) + place];

    /// <summary>The resource instance at a place.</summary>
    public int InstanceOf(int place) => (int)(_cells[place - 1] & 0xFFFF) - 1;

    /// <summary>Number of instances under a head.</summary>
    public int CountOf(int head) => (int)(Number(head) >> 16);

    /// <summary>The highest instance under a head, or 0.</summary>
    public int LastOf(int head) => (int)Number(head) & 0xFFFF;

    public long Number(int place) => _cells[(_cells.Length >> 1) + place - 1];

    public void SetNumber(int place, long number) => _cells[(_cells.Length >> 1) + place - 1] = number;

    /// <summary>The text or opaque value at a place; null when none was set.</summary>
    public byte[]? Bytes(int place)
    {
        int text = (int)Number(place);
        return text == 0 ? null : _texts![text - 1];
    }

    public void SetBytes(int place, byte[] bytes)
    {
        int text = (int)Number(place);
        if (text == 0)
        {
            if (_freeText == 0)
                GrowTexts();
            text = _freeText;
            _freeText = _chains[FreeTexts + text];
            SetNumber(place, text);
        }

        _texts![text - 1] = bytes;
    }

    /// <summary>A table of its own with the same values.</summary>
    public ValueTable Copy()
    {
        ValueTable copy = new ValueTable(_cells.Length >> 1);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Takes over the values of a table of the same size. Texts are copied too: they are changed in place.</summary>
    public void CopyFrom(ValueTable other)
    {
        Array.Copy(other._cells, 0, _cells, 0, _cells.Length);
        Array.Copy(other._chains, 0, _chains, 0, _chains.Length);
        _free = other._free;
        _freeCount = other._freeCount;
        _freeText = other._freeText;
        _texts = null;
        if (other._texts == null)
            return;
        _texts = new byte[other._texts.Length][];
        for (int text = 0; text < _texts.Length; text++)
        {
            byte[]? bytes = other._texts[text];
            if (bytes == null)
                continue;
            byte[] copied = new byte[bytes.Length];
            Array.Copy(bytes, 0, copied, 0, bytes.Length);
            _texts[text] = copied;
        }
    }

    // The last part of _chains, one before the place of the first text.
    private int FreeTexts => _mask + _cells.Length;

    private void GrowTexts()
    {
        int used = _texts == null ? 0 : _texts.Length;
        int grown = used + TextsAtATime;
        if (grown > _cells.Length >> 1)
            grown = _cells.Length >> 1;
        byte[]?[] texts = new byte[grown][];
        if (_texts != null)
            Array.Copy(_texts, 0, texts, 0, used);
        for (int text = used + 1; text < grown; text++)
            _chains[FreeTexts + text] = (ushort)(text + 1);
        _chains[FreeTexts + grown] = 0;
        _texts = texts;
        _freeText = used + 1;
    }

    private int Take(int instance, int resource, int resourceInstance)
    {
        int place = _free;
        if (place == 0)
            return 0;
        _free = _chains[_mask + place];
        _freeCount--;
        int id = resourceInstance + 1;
        int bucket = (resource ^ instance * 5 ^ id * 11) & _mask;
        _cells[place - 1] = Key(instance, resource, id);
        _chains[_mask + place] = _chains[bucket];
        _chains[bucket] = (ushort)place;
        SetNext(place, 0);
        SetNumber(place, 0);
        return place;
    }

    private void Release(int place, bool isText)
    {
        long key = _cells[place - 1];
        int before = ((int)(key >> 16) & 0xFFFF ^ (int)(key >> 32) * 5 ^ (int)(key & 0xFFFF) * 11) & _mask;
        while (_chains[before] != place)
            before = _mask + _chains[before];
        _chains[before] = _chains[_mask + place];

        if (isText && Number(place) != 0)
        {
            int text = (int)Number(place);
            _texts![text - 1] = null;
            _chains[FreeTexts + text] = (ushort)_freeText;
            _freeText = text;
        }

        _chains[_mask + place] = (ushort)_free;
        _free = place;
        _freeCount++;
    }

    // The place in a head's order behind which an instance goes or lies: the head itself for the first one.
    private int Before(int head, int resourceInstance)
    {
        int before = head;
        int place = Next(head);
        while (place != 0 && InstanceOf(place) < resourceInstance)
        {
            before = place;
            place = Next(place);
        }

        return before;
    }

    private void SetNext(int place, int next) => _chains[_mask + (_cells.Length >> 1) + place] = (ushort)next;

    private void SetHead(int head, int last, int count) => SetNumber(head, (long)count << 16 | (uint)last);

    private static long Key(int instance, int resource, int id) => (long)instance << 32 | (uint)(resource << 16 | id);
}
