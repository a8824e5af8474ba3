namespace Lwm2m.Formats;

/// <summary>Ids of a path packed into one number that sorts as the path does: 16 bits a level, holding id + 1, 0 = absent.</summary>
internal static class PathIds
{
    /// <summary>The id that no object, instance or resource has (Core TS 1.2 7.1).</summary>
    public const int Reserved = 65535;

    /// <summary>How many ids a path has; a gap ends it.</summary>
    public static int Level(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        if (objectId < 0)
            return 0;
        if (instanceId < 0)
            return 1;
        if (resourceId < 0)
            return 2;
        return resourceInstanceId < 0 ? 3 : 4;
    }

    public static ulong Pack(int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        ((ulong)(ushort)(objectId + 1) << 48)
        | ((ulong)(ushort)(instanceId + 1) << 32)
        | ((ulong)(ushort)(resourceId + 1) << 16)
        | (ushort)(resourceInstanceId + 1);
}
