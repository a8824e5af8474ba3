namespace Lwm2m.Coap;

/// <summary>One timer for each slot of a table, the earliest at hand: a binary heap in arrays.</summary>
public sealed class TimerHeap
{
    private readonly long[] _dueMs;
    private readonly short[] _heap;

    // Place of a slot in the heap plus one; 0 where its timer does not run.
    private readonly short[] _place;
    private int _count;

    /// <summary>Makes a heap in which no timer runs.</summary>
    public TimerHeap(int slots)
    {
        _dueMs = new long[slots];
        _heap = new short[slots];
        _place = new short[slots];
    }

    /// <summary>When the first timer runs out; <see cref="long.MaxValue"/> where none runs.</summary>
    public long FirstDueMs => _count == 0 ? long.MaxValue : _dueMs[_heap[0]];

    /// <summary>The slot of the first timer; only where one runs.</summary>
    public int FirstSlot => _heap[0];

    /// <summary>When the slot's timer runs out; <see cref="long.MaxValue"/> where it does not run.</summary>
    public long DueMs(int slot) => _place[slot] == 0 ? long.MaxValue : _dueMs[slot];

    /// <summary>Starts or moves the slot's timer; <see cref="long.MaxValue"/> stops it.</summary>
    public void Set(int slot, long dueMs)
    {
        if (dueMs == long.MaxValue)
        {
            Stop(slot);
            return;
        }

        int place = _place[slot] - 1;
        if (place < 0)
            place = _count++;
        _dueMs[slot] = dueMs;
        Put(slot, place);
        Up(place);
        Down(_place[slot] - 1);
    }

    /// <summary>Stops the timer of a slot, if it runs.</summary>
    public void Stop(int slot)
    {
        int place = _place[slot] - 1;
        if (place < 0)
            return;
        _place[slot] = 0;
        int last = _heap[--_count];
        if (last == slot)
            return;
        Put(last, place);
        Up(place);
        Down(_place[last] - 1);
    }

    private void Put(int slot, int place)
    {
        _heap[place] = (short)slot;
        _place[slot] = (short)(place + 1);
    }

    private void Up(int place)
    {
        int slot = _heap[place];
        long due = _dueMs[slot];
        while (place > 0)
        {
            int above = (place - 1) >> 1;
            int parent = _heap[above];
            if (_dueMs[parent] <= due)
                break;
            Put(parent, place);
            place = above;
        }

        Put(slot, place);
    }

    private void Down(int place)
    {
        int slot = _heap[place];
        long due = _dueMs[slot];
        while (true)
        {
            int below = place * 2 + 1;
            if (below >= _count)
                break;
            if (below + 1 < _count && _dueMs[_heap[below + 1]] < _dueMs[_heap[below]])
                below++;
            int child = _heap[below];
            if (_dueMs[child] >= due)
                break;
            Put(child, place);
            place = below;
        }

        Put(slot, place);
    }
}
