namespace Lwm2m.Client;

// Observations of servers that lost the right to read.
internal sealed partial class ObservationTable
{
    /// <summary>Access rights changed: what a server observes and may not read any more is tried once at the next Poll, and ends.</summary>
    public void EndForbidden(AccessControlObject control)
    {
        for (int slot = 0; slot < _flags.Length && _used > 0; slot++)
        {
            if (_flags[slot] == 0 || InstanceId(slot) < 0 || control.Allows(Server(slot), ObjectId(slot), InstanceId(slot), (int)AccessRights.Read))
                continue;
            if (IsMember(slot))
            {
                Mark(slot);
                continue;
            }

            _flags[slot] |= Owed;
            _times[slot * Times + LastSent] = long.MinValue / 2;
            Schedule(slot);
        }
    }
}
