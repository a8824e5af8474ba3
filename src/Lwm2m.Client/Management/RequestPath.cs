using Lwm2m.Coap;

namespace Lwm2m.Client;

/// <summary>The path of a request, <c>/object/instance/resource/resource instance</c>, each level -1 where absent (Core 7.3). Reused.</summary>
internal sealed class RequestPath
{
    // 65535 is reserved (Core 7.2).
    private const int LargestId = 65534;
    private const int NoNumber = -1;

    /// <summary>Object id.</summary>
    public int ObjectId;

    /// <summary>Object instance id, or -1.</summary>
    public int InstanceId;

    /// <summary>Resource id, or -1.</summary>
    public int ResourceId;

    /// <summary>Resource instance id, or -1.</summary>
    public int ResourceInstanceId;

    /// <summary>Number of segments: 0 is the root, 4 a resource instance.</summary>
    public int Level;

    /// <summary>
    /// Reads the Uri-Path of a request. Answers Ok, NotFound for a path that is none of LwM2M's,
    /// MethodNotAllowed for one that breaks the rules of Core 7.3 (Transport 6.4.4).
    /// </summary>
    public Outcome Parse(CoapMessage request)
    {
        ObjectId = -1;
        InstanceId = -1;
        ResourceId = -1;
        ResourceInstanceId = -1;
        Level = 0;
        byte[] buffer = request.Buffer;
        int count = request.PathCount;
        for (int index = 0; index < count; index++)
        {
            int at = request.PathSegment(index, out int length);
            // A trailing empty segment ("/3/0/") is how some servers write "the whole instance".
            if (length == 0 && index > 0 && index == count - 1)
                return Outcome.Ok;
            int id = length == 0 ? -1 : buffer[at] - '0';
            if (id < 0 || id > 9)
                return Outcome.NotFound;
            if (length > 1)
                id = Number(buffer, at, length);
            if (id == NoNumber)
                return Outcome.NotFound;
            if (id > LargestId || index == 4)
                return Outcome.MethodNotAllowed;
            Level = index + 1;
            if (index == 0)
                ObjectId = id;
            else if (index == 1)
                InstanceId = id;
            else if (index == 2)
                ResourceId = id;
            else
                ResourceInstanceId = id;
        }

        return Outcome.Ok;
    }

    /// <summary>All levels in one number.</summary>
    public long Packed => ObservedPath.Pack(ObjectId, InstanceId, ResourceId, ResourceInstanceId);

    /// <summary>Points at a path that did not come with a request.</summary>
    public void Set(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        ObjectId = objectId;
        InstanceId = instanceId;
        ResourceId = resourceId;
        ResourceInstanceId = resourceInstanceId;
        Level = instanceId < 0 ? 1 : resourceId < 0 ? 2 : resourceInstanceId < 0 ? 3 : 4;
    }

    private static int Number(byte[] buffer, int at, int length)
    {
        int id = 0;
        for (int end = at + length; at < end; at++)
        {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9)
                return NoNumber;
            id = id * 10 + digit;
            // Large enough to be refused, and kept from running over.
            if (id > 100000)
                id = 100000;
        }

        return id;
    }
}
