namespace Lwm2m.Client;

// Observations that outlive a restart.
internal sealed partial class ObservationTable
{
    // A client that was switched off may have sent so many notifications since the sequence was stored: it is stored again whenever
    // it passes a multiple. Four times as many are left out after a restart, so that the next one is fresh (RFC 7641 3.4).
    private const int SequenceStride = 1 << 16;

    public int Capacity => _flags.Length;

    public long Path(int slot) => _path[slot];

    public bool IsSingleValue(int slot) => (_flags[slot] & SingleValue) != 0;

    public bool HasOwn(int slot) => (_flags[slot] & OwnAttributes) != 0;

    /// <summary>The last value of the Observe option.</summary>
    public int LastSequence(int slot) => _words[slot * Words + Sequence];

    /// <summary>Whether a sequence is one that has to be stored.</summary>
    public static bool IsToStore(int sequence) => (sequence & (SequenceStride - 1)) == 0;

    /// <summary>The attributes that came with the Observe request; false where none did.</summary>
    public bool Own(int slot, AttributeSet into)
    {
        into.Clear();
        if ((_flags[slot] & OwnAttributes) == 0)
            return false;
        int at = slot * Words;
        int mask = _words[at + Mask];
        into.Mask = mask >> OwnShift & AttributeSet.All;
        into.Pmin = _words[at + Pmin] & AttributeSet.MaxPeriod;
        into.Pmax = _words[at + Pmax] & AttributeSet.MaxPeriod;
        into.Epmin = _words[at + Epmin] & AttributeSet.MaxPeriod;
        into.Epmax = _words[at + Epmax] & AttributeSet.MaxPeriod;
        into.Hqmax = _words[at + Queue] & AttributeSet.MaxPeriod;
        into.Edge = (mask & RisingBit) != 0 ? 1 : 0;
        into.Con = (mask & ConBit) != 0 ? 1 : 0;
        at = slot * Numbers;
        into.Gt = _numbers[at + Gt];
        into.Lt = _numbers[at + Lt];
        into.St = _numbers[at + St];
        return true;
    }

    /// <summary>The observation is from before a restart: its sequence jumps ahead, and its present value is owed, since nobody knows what
    /// was sent last.</summary>
    public void Inherit(int slot, int sequence)
    {
        _words[slot * Words + Sequence] = (sequence + 4 * SequenceStride) & 0xFFFFFF;
        _flags[slot] |= Owed;
        Schedule(slot);
    }
}
