using System.Collections.Generic;

namespace Lwm2m.Samples;

/// <summary>A server that a client is to register at: an instance of object 0 and one of object 1, without security.</summary>
/// <param name="Uri">Such as <c>coap://127.0.0.1:5683</c>.</param>
/// <param name="ShortServerId">1 to 65534; each account of a plan needs one of its own.</param>
public sealed record BootstrapAccount(string Uri, int ShortServerId = 1)
{
    /// <summary>Lifetime of the registration, in seconds.</summary>
    public long LifetimeSeconds { get; init; } = 86400;

    /// <summary>Binding, such as "U", or "UQ" for queue mode with LwM2M 1.0.</summary>
    public string Binding { get; init; } = "U";

    /// <summary>Instance of object 0; null takes the lowest that is free. The client's account of the bootstrap server is never in its way.</summary>
    public int? SecurityInstance { get; init; }

    /// <summary>Instance of object 1; null takes the position in the plan: 0, 1 ...</summary>
    public int? ServerInstance { get; init; }

    /// <summary>Other resources of object 0, by their ids, such as 11 (Client Hold Off Time).</summary>
    public IReadOnlyDictionary<int, object> Security { get; init; } = new Dictionary<int, object>();

    /// <summary>Other resources of object 1, by their ids, such as 13 to 20 and 23; one of 0, 1, 6 and 7 takes the place of what stands there.</summary>
    public IReadOnlyDictionary<int, object> Server { get; init; } = new Dictionary<int, object>();

    internal IReadOnlyList<ResourceRecord> SecurityRecords(int instance)
    {
        const int NoSec = 3;
        var values = new SortedDictionary<int, object> { [0] = Uri, [1] = false, [2] = NoSec, [10] = ShortServerId };
        return Records(0, instance, values, Security);
    }

    internal IReadOnlyList<ResourceRecord> ServerRecords(int instance)
    {
        var values = new SortedDictionary<int, object> { [0] = ShortServerId, [1] = LifetimeSeconds, [6] = true, [7] = Binding };
        return Records(1, instance, values, Server);
    }

    private static List<ResourceRecord> Records(int objectId, int instance, SortedDictionary<int, object> values, IReadOnlyDictionary<int, object> more)
    {
        foreach ((int id, object value) in more)
            values[id] = value;
        var records = new List<ResourceRecord>();
        foreach ((int id, object value) in values)
            records.Add(new ResourceRecord(new Lwm2mPath(objectId, instance, id), value));
        return records;
    }
}
