using Lwm2m.Coap;

namespace Lwm2m.Client;

/// <summary>The path of a request, <c>/object/instance/resource/resource instance</c>, each level -1 where absent (Core 7.3). Reused.</summary>
internal sealed class RequestPath
{
    // 65535 is reserved (Core 7.2).
    private const int LargestId = 65534;

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
        int count = request.PathCount;
        for (int index = 0; index < count; index++)
        {
            int id = request.PathNumber(index);
            // A trailing empty segment ("/3/0/") is how some servers write "the whole instance".
            if (id < 0)
                return id == CoapMessage.EmptySegment && index > 0 && index == count - 1 ? Outcome.Ok : Outcome.NotFound;
            if (id > LargestId || index == 4)
                return Outcome.MethodNotAllowed;
            Level = index + 1;
            switch (index)
            {
                case 0:
                    ObjectId = id;
                    break;
                case 1:
                    InstanceId = id;
                    break;
                case 2:
                    ResourceId = id;
                    break;
                default:
                    ResourceInstanceId = id;
                    break;
            }
        }

        return Outcome.Ok;
    }

    /// <summary>All levels in one number.</summary>
    public long Packed => ObservedPath.Pack(ObjectId, InstanceId, ResourceId, ResourceInstanceId);

    /// <summary>Points at the root.</summary>
    public void Clear()
    {
        Set(-1, -1, -1, -1);
        Level = 0;
    }

    /// <summary>Points at a path that did not come with a request.</summary>
    public void Set(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        ObjectId = objectId;
        InstanceId = instanceId;
        ResourceId = resourceId;
        ResourceInstanceId = resourceInstanceId;
        Level = instanceId < 0 ? 1 : resourceId < 0 ? 2 : resourceInstanceId < 0 ? 3 : 4;
    }
}
