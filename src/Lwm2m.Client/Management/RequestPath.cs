using Lwm2m.Coap;

namespace Lwm2m.Client;

/// <summary>The path of a request, <c>/object/instance/resource/resource instance</c>, each level -1 where absent (Core 7.3). Reused.</summary>
internal sealed class RequestPath
{
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
        InstanceId = -1;
        ResourceId = -1;
        ResourceInstanceId = -1;
        ObjectId = -1;
        Level = request.PathCount;
        // A trailing empty segment ("/3/0/") is how some servers write "the whole instance".
        while (Level > 0 && Level <= 5 && IsEmpty(request, Level - 1))
            Level--;
        if (Level > 4)
            return Outcome.MethodNotAllowed;

        for (int index = 0; index < Level; index++)
        {
            int id = Segment(request, index);
            if (id == -1)
                return Outcome.NotFound;
            if (id == -2)
                return Outcome.MethodNotAllowed;
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

    private static bool IsEmpty(CoapMessage request, int index)
    {
        request.PathSegment(index, out int length);
        return length == 0;
    }

    // -1: not a number; -2: a number that is no id (65535 is reserved, Core 7.2).
    private static int Segment(CoapMessage request, int index)
    {
        int at = request.PathSegment(index, out int length);
        if (length == 0)
            return -1;
        byte[] buffer = request.Buffer;
        int id = 0;
        for (int end = at + length; at < end; at++)
        {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9)
                return -1;
            if (id < 100000)
                id = id * 10 + digit;
        }

        return id < 65535 ? id : -2;
    }
}
