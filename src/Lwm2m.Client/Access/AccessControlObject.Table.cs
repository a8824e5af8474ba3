using System;
using Lwm2m.Coap;

namespace Lwm2m.Client;

// The entries as rows of ints, found by what they are about in one step, and for each of them and each server account the rights
// that follow from owner and list, so that a check looks at one byte.
public sealed partial class AccessControlObject
{
    // Object in the high half, object instance in the low one. Then: owner, and in the high half the first place of its list.
    private const int Row = 2;

    // A place of a list: Short Server ID in the high half, the next place (11 bits), the rights (5 bits). Places count from 1.
    private const int RightsMask = 31;
    private const int NextShift = 5;
    private const int MaxAcl = 2047;

    private readonly int[] _rows;
    private readonly int[] _acl;
    private readonly SlotIndex _byTarget;

    // By slot and place of the server account.
    private readonly byte[] _rights;
    private readonly ServerAccount[] _accounts;

    // The slot of each instance, in the order of their ids.
    private short[] _slotAt;
    private int _freeAcl;
    private int _freeAcls;

    /// <summary>Computes all rights anew, after accounts changed.</summary>
    internal void Recompute()
    {
        for (int position = 0; position < _slotAt.Length; position++)
            Compute(_slotAt[position]);
        HasChanged = true;
    }

    /// <summary>Whether a server account may do this.</summary>
    internal bool Allows(int account, int objectId, int instanceId, int right)
    {
        int target = objectId << 16 | instanceId;
        int slot = _byTarget.First(target);
        while (slot >= 0)
        {
            if (_rows[slot * Row] == target)
                return (_rights[slot * _accounts.Length + account] & right) != 0;
            slot = _byTarget.Next(slot);
        }

        return objectId == ObjectIds.AccessControl && MayManage(account, instanceId, right);
    }

    /// <summary>The server is gone: so are its rights, and what it owned goes to the server with the most of Write and Delete, or
    /// to the bootstrap server where nobody has any (Core 6.1.7.2: Delete of a Server account).</summary>
    internal void RemoveServer(int shortServerId)
    {
        for (int position = 0; position < _slotAt.Length; position++)
        {
            int slot = _slotAt[position];
            bool changed = DropAcl(slot, shortServerId);
            if (OwnerAt(slot) == shortServerId)
            {
                SetOwner(slot, Heir(slot));
                changed = true;
            }

            if (changed)
            {
                HasChanged = true;
                Changed(InstanceAt(position));
            }
        }
    }

    /// <summary>Whether an entry is about an object instance that this server alone can reach.</summary>
    internal bool IsOnlyFor(int shortServerId, int position, out int objectId, out int instanceId)
    {
        int slot = _slotAt[position];
        int target = TargetAt(slot);
        objectId = target >> 16 & 0xFFFF;
        instanceId = target & 0xFFFF;
        int owner = OwnerAt(slot);
        bool reaches = owner == shortServerId;
        if (target == NoTarget || instanceId == ObjectLevel || (!reaches && owner != BootstrapOnly))
            return false;
        for (int place = FirstAcl(slot); place != 0; place = NextAcl(place))
        {
            if (ServerAt(place) == shortServerId)
                reaches = true;
            else if ((_acl[place - 1] & RightsMask) != 0)
                return false;
        }

        return reaches;
    }

    // Entries can be read by all servers and changed by their owner alone; entries of whole objects, and which entries there are,
    // are the bootstrap server's business (Core 8.1).
    private bool MayManage(int account, int instance, int right)
    {
        int position = PositionOf(instance);
        if (position < 0)
            return false;
        if (right == (int)AccessRights.Read)
            return true;
        int slot = _slotAt[position];
        return right == (int)AccessRights.Write && OwnerAt(slot) == _accounts[account].ShortServerId && (TargetAt(slot) & 0xFFFF) != ObjectLevel;
    }

    private int Heir(int slot)
    {
        int heir = BootstrapOnly;
        int most = 0;
        for (int place = FirstAcl(slot); place != 0; place = NextAcl(place))
        {
            int rights = _acl[place - 1];
            int count = ((rights & (int)AccessRights.Write) != 0 ? 1 : 0) + ((rights & (int)AccessRights.Delete) != 0 ? 1 : 0);
            if (count <= most || ServerAt(place) == Everyone)
                continue;
            most = count;
            heir = ServerAt(place);
        }

        return heir;
    }

    private int Find(int objectId, int instanceId)
    {
        int target = objectId << 16 | instanceId;
        int slot = _byTarget.First(target);
        while (slot >= 0 && _rows[slot * Row] != target)
            slot = _byTarget.Next(slot);
        return slot;
    }

    private int SlotOf(int instance) => _slotAt[PositionOf(instance)];

    private int TargetAt(int slot) => _rows[slot * Row];

    private int OwnerAt(int slot) => _rows[slot * Row + 1] & 0xFFFF;

    private int PositionOfSlot(int slot)
    {
        int position = 0;
        while (_slotAt[position] != slot)
            position++;
        return position;
    }

    // A new entry about nothing; -1 where there is no room.
    private int Append(int instance)
    {
        int slot = _byTarget.Take();
        if (slot < 0)
            return -1;
        Insert(instance);
        int position = PositionOf(instance);
        short[] grown = new short[_slotAt.Length + 1];
        Array.Copy(_slotAt, 0, grown, 0, position);
        grown[position] = (short)slot;
        Array.Copy(_slotAt, position, grown, position + 1, _slotAt.Length - position);
        _slotAt = grown;
        _rows[slot * Row] = NoTarget;
        _rows[slot * Row + 1] = BootstrapOnly;
        _byTarget.Add(slot, NoTarget);
        Compute(slot);
        InstancesChanged();
        return slot;
    }

    private bool RemoveInstanceAt(int position)
    {
        if (position < 0)
            return false;
        int instance = InstanceAt(position);
        int slot = _slotAt[position];
        EmptyAcl(slot);
        _byTarget.Remove(slot, TargetAt(slot));
        _byTarget.Give(slot);
        short[] rest = new short[_slotAt.Length - 1];
        Array.Copy(_slotAt, 0, rest, 0, position);
        Array.Copy(_slotAt, position + 1, rest, position, rest.Length - position);
        _slotAt = rest;
        Extract(instance);
        HasChanged = true;
        InstanceRemoved(instance);
        return true;
    }

    private void Target(int slot, int target)
    {
        _byTarget.Remove(slot, TargetAt(slot));
        _rows[slot * Row] = target;
        _byTarget.Add(slot, target);
        Compute(slot);
    }

    private void SetOwner(int slot, int owner)
    {
        int at = slot * Row + 1;
        _rows[at] = (int)((uint)_rows[at] & 0xFFFF0000u) | owner;
        Compute(slot);
    }

    private void Compute(int slot)
    {
        int count = _accounts.Length;
        for (int account = 0; account < count; account++)
            _rights[slot * count + account] = (byte)RightsAt(slot, _accounts[account].ShortServerId);
    }

    // Create belongs to whole objects, everything else to instances.
    private int RightsAt(int slot, int shortServerId)
    {
        int mask = (TargetAt(slot) & 0xFFFF) == ObjectLevel ? (int)AccessRights.Create : (int)AccessRights.Full;
        int place = FindAcl(slot, shortServerId);
        if (place == 0 && OwnerAt(slot) == shortServerId)
            return mask & (int)AccessRights.Full;
        if (place == 0)
            place = FindAcl(slot, Everyone);
        return place == 0 ? 0 : _acl[place - 1] & mask;
    }

    private void Tell(int slot)
    {
        HasChanged = true;
        Changed(InstanceAt(PositionOfSlot(slot)));
    }

    private int FirstAcl(int slot) => (int)((uint)_rows[slot * Row + 1] >> 16);

    private int NextAcl(int place) => (_acl[place - 1] & 0xFFFF) >> NextShift;

    private int ServerAt(int place) => (int)((uint)_acl[place - 1] >> 16);

    // A list is as long as there are servers: no index for it.
    private int FindAcl(int slot, int server)
    {
        int place = FirstAcl(slot);
        while (place != 0 && ServerAt(place) < server)
            place = NextAcl(place);
        return place != 0 && ServerAt(place) == server ? place : 0;
    }

    private bool PutAcl(int slot, int server, int rights)
    {
        int place = FindAcl(slot, server);
        if (place == 0)
        {
            place = _freeAcl;
            if (place == 0)
                return false;
            _freeAcl = NextAcl(place);
            _freeAcls--;
            int before = Before(slot, server);
            int next = before == 0 ? FirstAcl(slot) : NextAcl(before);
            _acl[place - 1] = server << 16 | next << NextShift;
            Link(slot, before, place);
        }

        _acl[place - 1] = _acl[place - 1] & ~RightsMask | rights & RightsMask;
        Compute(slot);
        return true;
    }

    private bool DropAcl(int slot, int server)
    {
        int place = FindAcl(slot, server);
        if (place == 0)
            return false;
        Link(slot, Before(slot, server), NextAcl(place));
        GiveAcl(place);
        Compute(slot);
        return true;
    }

    private void EmptyAcl(int slot)
    {
        int place = FirstAcl(slot);
        Link(slot, 0, 0);
        while (place != 0)
        {
            int next = NextAcl(place);
            GiveAcl(place);
            place = next;
        }

        Compute(slot);
    }

    // The last place before that of a server; 0 for none.
    private int Before(int slot, int server)
    {
        int before = 0;
        for (int place = FirstAcl(slot); place != 0 && ServerAt(place) < server; place = NextAcl(place))
            before = place;
        return before;
    }

    private void Link(int slot, int before, int place)
    {
        if (before == 0)
            _rows[slot * Row + 1] = place << 16 | OwnerAt(slot);
        else
            _acl[before - 1] = (int)((uint)_acl[before - 1] & 0xFFFF0000u) | place << NextShift | _acl[before - 1] & RightsMask;
    }

    private void GiveAcl(int place)
    {
        _acl[place - 1] = _freeAcl << NextShift;
        _freeAcl = place;
        _freeAcls++;
    }
}
