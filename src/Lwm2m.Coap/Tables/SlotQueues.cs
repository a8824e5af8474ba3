namespace Lwm2m.Coap;

/// <summary>
/// First-in first-out queues of the slots of a table, of which a slot is in one at most: rings in two arrays, each closed by a
/// place of its own behind those of the slots.
/// </summary>
public sealed class SlotQueues
{
    private readonly short[] _next;
    private readonly short[] _previous;
    private readonly int _slots;

    /// <summary>Makes empty queues.</summary>
    public SlotQueues(int slots, int queues)
    {
        _slots = slots;
        _next = new short[slots + queues];
        _previous = new short[slots + queues];
        for (int place = slots; place < slots + queues; place++)
            _next[place] = _previous[place] = (short)place;
    }

    /// <summary>The slot that waits longest, or -1.</summary>
    public int First(int queue)
    {
        int place = _next[_slots + queue];
        return place < _slots ? place : -1;
    }

    /// <summary>Puts a slot, which stands in no queue, behind all others.</summary>
    public void AddLast(int queue, int slot) => Insert(_previous[_slots + queue], slot);

    /// <summary>Puts a slot, which stands in no queue, before all others.</summary>
    public void AddFirst(int queue, int slot) => Insert(_slots + queue, slot);

    /// <summary>Takes a slot out of its queue; it must be in one.</summary>
    public void Remove(int slot)
    {
        _next[_previous[slot]] = _next[slot];
        _previous[_next[slot]] = _previous[slot];
    }

    private void Insert(int before, int slot)
    {
        int after = _next[before];
        _next[before] = (short)slot;
        _previous[slot] = (short)before;
        _next[slot] = (short)after;
        _previous[after] = (short)slot;
    }
}
