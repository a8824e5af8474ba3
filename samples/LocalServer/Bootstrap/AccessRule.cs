using System.Collections.Generic;
using System.Linq;

namespace Lwm2m.Samples;

/// <summary>Who may do what with an object instance: an instance of object 2.</summary>
/// <param name="ObjectId">The object.</param>
/// <param name="InstanceId">Its instance; 65535 is for the right to create instances.</param>
/// <param name="Owner">Short server id of who may change the rule; 65535 for nobody.</param>
/// <param name="Rights">
/// By short server id, 0 for all others: 1 Read, 2 Write, 4 Execute, 8 Delete, 16 Create, added up.
/// </param>
public sealed record AccessRule(int ObjectId, int InstanceId, int Owner, IReadOnlyDictionary<int, int> Rights)
{
    internal IReadOnlyList<ResourceRecord> Records(int instance)
    {
        List<ResourceRecord> records =
        [
            new(new Lwm2mPath(2, instance, 0), ObjectId),
            new(new Lwm2mPath(2, instance, 1), InstanceId),
            .. Rights.OrderBy(r => r.Key).Select(r => new ResourceRecord(new Lwm2mPath(2, instance, 2, r.Key), r.Value)),
            new(new Lwm2mPath(2, instance, 3), Owner),
        ];
        return records;
    }
}
