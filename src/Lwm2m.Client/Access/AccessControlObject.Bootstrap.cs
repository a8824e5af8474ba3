namespace Lwm2m.Client;

// The entries as a row of numbers, for storage and for taking back what a bootstrap server wrote; and what that server may do.
public sealed partial class AccessControlObject
{
    /// <summary>All entries, and whether the client makes them itself, as numbers from 0 to 65535.</summary>
    internal int[] Export()
    {
        int length = 1;
        for (int position = 0; position < _slotAt.Length; position++)
            length += 5 + 2 * CountAcl(_slotAt[position]);
        int[] into = new int[length];
        int at = 0;
        into[at++] = IsOpen ? 1 : 0;
        for (int position = 0; position < _slotAt.Length; position++)
        {
            int slot = _slotAt[position];
            into[at++] = InstanceAt(position);
            into[at++] = TargetAt(slot) >> 16 & 0xFFFF;
            into[at++] = TargetAt(slot) & 0xFFFF;
            into[at++] = OwnerAt(slot);
            into[at++] = CountAcl(slot);
            for (int place = FirstAcl(slot); place != 0; place = NextAcl(place))
            {
                into[at++] = ServerAt(place);
                into[at++] = _acl[place - 1] & RightsMask;
            }
        }

        return into;
    }

    /// <summary>Replaces all entries by exported ones. False, and nothing is changed, where they are none; those for which there is no
    /// room are left out.</summary>
    internal bool TryImport(int[] from)
    {
        if (!IsExport(from))
            return false;
        while (_slotAt.Length > 0)
            RemoveInstanceAt(_slotAt.Length - 1);
        IsOpen = from[0] != 0;
        int at = 1;
        while (at < from.Length)
        {
            int slot = HasInstance(from[at]) ? -1 : Append(from[at]);
            int end = at + 5 + 2 * from[at + 4];
            if (slot >= 0)
            {
                Target(slot, from[at + 1] << 16 | from[at + 2]);
                SetOwner(slot, from[at + 3]);
            }

            for (at += 5; at < end; at += 2)
                if (slot >= 0)
                    PutAcl(slot, from[at], from[at + 1]);
        }

        HasChanged = true;
        return true;
    }

    /// <inheritdoc/>
    protected internal override object? Snapshot() => Export();

    /// <inheritdoc/>
    protected internal override void Restore(object snapshot) => TryImport((int[])snapshot);

    // What the bootstrap server does not write does not exist (Core 6.1.7.5).
    internal override void BootstrapClear(int instance)
    {
        int slot = SlotOf(instance);
        IsOpen = false;
        EmptyAcl(slot);
        Target(slot, NoTarget);
        SetOwner(slot, BootstrapOnly);
    }

    private static bool IsExport(int[] from)
    {
        for (int index = 0; index < from.Length; index++)
            if ((uint)from[index] > 65535)
                return false;
        int at = 1;
        while (at + 5 <= from.Length && from[at] <= Resource.MaxId)
            at += 5 + 2 * from[at + 4];
        return from.Length > 0 && at == from.Length;
    }

    private int CountAcl(int slot)
    {
        int count = 0;
        for (int place = FirstAcl(slot); place != 0; place = NextAcl(place))
            count++;
        return count;
    }
}
