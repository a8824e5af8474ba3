using System;

namespace Lwm2m.Client;

/// <summary>
/// A hash index over the slots of a table: chains in two arrays, so that finding takes no longer in a full table. One of the
/// indexes of a table also hands out its slots: those that are in no chain stand in a chain of their own.
/// </summary>
internal sealed class SlotIndex
{
    private readonly short[] _heads;
    private readonly short[] _next;
    private int _free;

    public SlotIndex(int slots)
    {
        if (slots < 0 || slots > short.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(slots), "A table has 0 to 32767 slots, not " + slots + ".");
        int size = 4;
        while (size < slots)
            size *= 2;
        _heads = new short[size];
        _next = new short[slots];
        for (int slot = slots - 1; slot >= 0; slot--)
            Give(slot);
    }

    /// <summary>A slot that is not in use, or -1; <see cref="Add"/> follows.</summary>
    public int Take()
    {
        int slot = _free - 1;
        if (slot >= 0)
            _free = _next[slot];
        return slot;
    }

    /// <summary>The slot is not in use any more; <see cref="Remove"/> went before.</summary>
    public void Give(int slot)
    {
        _next[slot] = (short)_free;
        _free = slot + 1;
    }

    /// <summary>The first slot of the chain that holds this hash, or -1.</summary>
    public int First(int hash) => _heads[Place(hash)] - 1;

    /// <summary>The slot behind this one in its chain, or -1.</summary>
    public int Next(int slot) => _next[slot] - 1;

    public void Add(int slot, int hash)
    {
        int place = Place(hash);
        _next[slot] = _heads[place];
        _heads[place] = (short)(slot + 1);
    }

    public void Remove(int slot, int hash)
    {
        int place = Place(hash);
        int found = _heads[place] - 1;
        if (found == slot)
        {
            _heads[place] = _next[slot];
            return;
        }

        while (found >= 0)
        {
            int behind = _next[found] - 1;
            if (behind == slot)
            {
                _next[found] = _next[slot];
                return;
            }

            found = behind;
        }
    }

    private int Place(int hash)
    {
        int mixed = hash * -1640531535;
        return (int)((uint)mixed >> 16) & (_heads.Length - 1);
    }
}
