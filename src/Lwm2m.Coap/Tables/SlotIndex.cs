using System;

namespace Lwm2m.Coap;

/// <summary>
/// A hash index over the slots of a table: chains in an array, so that finding takes no longer in a full table. One of the
/// indexes of a table also hands out its slots: those that are in no chain stand in a chain of their own.
/// </summary>
public sealed class SlotIndex
{
    // Fibonacci hashing.
    private const int Spread = -1640531535;

    private const int MaxSlots = short.MaxValue - 1;

    // The slot behind each one in its chain plus one, then the heads of the chains, then that of the free slots.
    private readonly short[] _chains;
    private readonly int _slots;

    /// <summary>Makes an index with all slots free.</summary>
    public SlotIndex(int slots)
    {
        if (slots < 0 || slots > MaxSlots)
            throw new ArgumentOutOfRangeException(nameof(slots), "A table has 0 to " + MaxSlots + " slots, not " + slots + ".");
        int size = 4;
        while (size < slots)
            size *= 2;
        _slots = slots;
        _chains = new short[slots + size + 1];
        for (int slot = slots - 1; slot >= 0; slot--)
            Give(slot);
    }

    /// <summary>A slot that is not in use, or -1; <see cref="Add"/> follows.</summary>
    public int Take()
    {
        int free = _chains.Length - 1;
        int slot = _chains[free] - 1;
        if (slot >= 0)
            _chains[free] = _chains[slot];
        return slot;
    }

    /// <summary>The slot is not in use any more; <see cref="Remove"/> went before.</summary>
    public void Give(int slot) => Push(_chains.Length - 1, slot);

    /// <summary>The first slot of the chain that holds this hash, or -1.</summary>
    public int First(int hash)
    {
        // Place(hash), without the call: every access check comes by here.
        short[] chains = _chains;
        int slots = _slots;
        return chains[slots + ((int)((uint)(hash * Spread) >> 16) & (chains.Length - slots - 2))] - 1;
    }

    /// <summary>The slot behind this one in its chain, or -1.</summary>
    public int Next(int slot) => _chains[slot] - 1;

    /// <summary>Enters a slot under a hash; several may stand under one.</summary>
    public void Add(int slot, int hash) => Push(Place(hash), slot);

    /// <summary>Takes a slot out from under the hash that it was entered with.</summary>
    public void Remove(int slot, int hash)
    {
        short[] chains = _chains;
        int place = Place(hash);
        while (chains[place] != slot + 1)
            place = chains[place] - 1;
        chains[place] = chains[slot];
    }

    private void Push(int place, int slot)
    {
        _chains[slot] = _chains[place];
        _chains[place] = (short)(slot + 1);
    }

    private int Place(int hash)
    {
        int mixed = hash * Spread;
        return _slots + ((int)((uint)mixed >> 16) & (_chains.Length - _slots - 2));
    }
}
