using System;

namespace Lwm2m.Client;

// An observation of several paths takes a slot for itself, its leader, and one for each path. The members are judged like any other
// observation, each by the attributes of its own path; but what one of them is owed its leader sends, with the values of all. The leader has
// the token and stands in the queue; it observes nothing itself.
internal sealed partial class ObservationTable
{
    private const int Leader = 2048;
    private const int Member = 4096;

    // In a row of _words: the next slot of the list plus one in the low half; in a member, the leader in the high half.
    private const int Group = 11;

    // What a path reads as that has no value at present.
    private const int AbsentHash = unchecked((int)0x9E3779B9);

    // In the place of a token's length: a member has none, and is found by nobody.
    private const int NoToken = 0x40;

    public bool IsComposite(int slot) => (_flags[slot] & Leader) != 0;

    public bool IsMember(int slot) => (_flags[slot] & Member) != 0;

    /// <summary>The first path's slot of a composite observation, or the one behind a path's slot; -1 at the end.</summary>
    public int NextMember(int slot) => (_words[slot * Words + Group] & 0xFFFF) - 1;

    /// <summary>Starts an observation of several paths, or replaces the one with this token. -1: the table has no room for all of them.</summary>
    /// <param name="server">Place of the server account.</param>
    /// <param name="buffer">Holds the token.</param>
    /// <param name="offset">First byte of the token.</param>
    /// <param name="length">Length of the token, 0 to 8.</param>
    /// <param name="paths">Packed paths.</param>
    /// <param name="count">How many.</param>
    /// <param name="singles">A bit for each path that names one value.</param>
    /// <param name="contentFormat">Format of the answer.</param>
    /// <param name="cacheKey">Cache key of the request.</param>
    /// <param name="own">Attributes of the request, or null.</param>
    /// <param name="nowMs">Now.</param>
    public int ObserveComposite(int server, byte[] buffer, int offset, int length, long[] paths, int count, long singles, int contentFormat,
        int cacheKey, AttributeSet? own, long nowMs)
    {
        int replaced = Find(server, buffer, offset, length);
        int sequence = replaced < 0 ? 0 : LastSequence(replaced);
        if (replaced >= 0)
            Remove(replaced);
        if (_flags.Length - _used <= count)
            return -1;
        _aheadPath = 0;
        int leader = Observe(server, buffer, offset, length, NoPath, false, contentFormat, cacheKey, own, nowMs);
        _words[leader * Words + Sequence] = sequence;
        _flags[leader] |= Leader;
        if (own == null)
        {
            // Not even the defaults: they govern its members.
            _inForce.Clear();
            Store(leader, _inForce);
        }

        _timers.Stop(leader);
        int last = leader;
        for (int index = 0; index < count; index++)
        {
            int slot = AddMember(leader, paths[index], (singles & (1L << index)) != 0, own, nowMs);
            _words[last * Words + Group] |= slot + 1;
            last = slot;
        }

        return leader;
    }

    private int AddMember(int leader, long path, bool singleValue, AttributeSet? own, long nowMs)
    {
        int slot = _byToken.Take();
        int server = Server(leader);
        _flags[slot] = (short)(Used | Member | (own != null ? OwnAttributes : 0) | (singleValue ? SingleValue : 0));
        _path[slot] = path;
        int at = slot * Words;
        _words[at + About] = server | NoToken << 8;
        _words[at + MessageId] = -1;
        _words[at + Group] = leader << 16;
        at = slot * Times;
        _times[at + LastSent] = nowMs;
        _times[at + LastJudged] = nowMs;
        _byToken.Add(slot, TokenHash(server, _tokens, 0, 0));
        _byPath.Add(slot, ObservedPath.Hash(0, path));
        _byInstance.Add(slot, ObservedPath.Hash(0, ObservedPath.ToInstance(path)));
        _used++;
        if ((path & 0xFFFF) != 0xFFFF)
            _instanceObservations++;
        if (own != null)
            StoreOwn(slot, own);
        else
            Resolve(slot);
        ReadMember(slot);
        Schedule(slot);
        return slot;
    }

    private int LeaderOf(int member) => (int)((uint)_words[member * Words + Group] >> 16);

    // What a member is owed its leader sends. The member's timer rests until then, or until the next change.
    private void Raise(int member, long nowMs)
    {
        int leader = LeaderOf(member);
        int flags = _flags[leader];
        _flags[leader] = (short)(flags | Owed);
        if ((flags & Waiting) != 0)
            // The server is away: who set pmax counts on a notification by now.
            _host.Keep(leader, nowMs);
        else if ((flags & Released) == 0)
            _timers.Set(leader, _times[leader * Times + LastSent]);
    }

    private void ReadMembers(int leader)
    {
        for (int slot = NextMember(leader); slot >= 0; slot = NextMember(slot))
            ReadMember(slot);
        _readSlot = -1;
    }

    private void ReadMember(int slot)
    {
        if (!Read(slot))
        {
            _readSlot = slot;
            _readNumber = double.NaN;
            _readHash = AbsentHash;
        }

        Remember(slot);
    }

    private void SentMembers(int leader, long nowMs)
    {
        for (int slot = NextMember(leader); slot >= 0; slot = NextMember(slot))
        {
            _flags[slot] &= ~(Owed | Dirty);
            int at = slot * Times;
            _times[at + LastSent] = nowMs;
            _times[at + LastJudged] = nowMs;
            Schedule(slot);
        }
    }

    // One member that is to be confirmed makes the whole confirmable; one whose pmax is over makes it overdue.
    private bool IsAnyMemberConfirmable(int leader)
    {
        for (int slot = NextMember(leader); slot >= 0; slot = NextMember(slot))
            if ((_words[slot * Words + Mask] & ConBit) != 0)
                return true;
        return false;
    }

    private bool IsAnyMemberOverdue(int leader, long nowMs)
    {
        for (int slot = NextMember(leader); slot >= 0; slot = NextMember(slot))
            if (IsOverdue(slot, nowMs))
                return true;
        return false;
    }

    private void RemoveMembers(int first)
    {
        while (first >= 0)
        {
            int next = NextMember(first);
            Remove(first, TokenHash(Server(first), _tokens, 0, 0));
            first = next;
        }
    }
}
