using System.Collections.Generic;

namespace Lwm2m.Client.Tests.Access;

/// <summary>Access control as a plain dictionary of plain dictionaries.</summary>
internal sealed class AccessModel
{
    internal sealed class Entry
    {
        public required int Id { get; init; }

        public required int Owner { get; set; }

        public SortedDictionary<int, int> Rights { get; } = [];
    }

    public Dictionary<(int Object, int Instance), Entry> Entries { get; } = [];

    public Entry Add(int objectId, int instanceId, int owner)
    {
        int id = 0;
        while (Taken(id))
            id++;
        return Entries[(objectId, instanceId)] = new Entry { Id = id, Owner = owner };
    }

    public bool May(int server, int objectId, int instanceId, AccessRights right)
    {
        if (!Entries.TryGetValue((objectId, instanceId), out Entry? entry))
            return false;
        int mask = instanceId == 65535 ? 16 : 15;
        if (!entry.Rights.TryGetValue(server, out int rights))
        {
            if (entry.Owner == server)
                rights = 15;
            else if (!entry.Rights.TryGetValue(0, out rights))
                return false;
        }

        return (rights & mask & (int)right) != 0;
    }

    private bool Taken(int id)
    {
        foreach (Entry entry in Entries.Values)
            if (entry.Id == id)
                return true;
        return false;
    }
}
