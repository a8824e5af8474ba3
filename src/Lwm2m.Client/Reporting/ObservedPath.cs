namespace Lwm2m.Client;

/// <summary>A path of up to four ids packed into a long: 16 bits a level, 65535 (which is no id, Core 7.2) where absent.</summary>
internal static class ObservedPath
{
    /// <summary>All levels absent.</summary>
    public const long All = -1;

    public static long Pack(int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        ((long)(objectId & 0xFFFF) << 48) | ((long)(instanceId & 0xFFFF) << 32) | ((long)(resourceId & 0xFFFF) << 16) | (long)(resourceInstanceId & 0xFFFF);

    public static int ObjectId(long path) => (int)(path >> 48) & 0xFFFF;

    public static int InstanceId(long path) => Id((int)(path >> 32));

    public static int ResourceId(long path) => Id((int)(path >> 16));

    public static int ResourceInstanceId(long path) => Id((int)path);

    public static int Level(long path) => InstanceId(path) < 0 ? 1 : ResourceId(path) < 0 ? 2 : ResourceInstanceId(path) < 0 ? 3 : 4;

    /// <summary>The resource of a path, with what is below it cut off.</summary>
    public static long ToResource(long path) => path | 0xFFFF;

    /// <summary>The object instance of a path, with what is below it cut off.</summary>
    public static long ToInstance(long path) => path | 0xFFFFFFFF;

    /// <summary>The object of a path, with what is below it cut off.</summary>
    public static long ToObject(long path) => path | 0xFFFFFFFFFFFF;

    /// <summary>Whether the path is that object instance or lies below it.</summary>
    public static bool IsWithin(long path, int objectId, int instanceId) => ObjectId(path) == objectId && InstanceId(path) == instanceId;

    /// <summary>Whether one of the two is the other, or lies below it.</summary>
    public static bool Overlap(long left, long right)
    {
        long differ = left ^ right;
        if (differ == 0)
            return true;
        // Absent levels come last: one of the two ends where they part.
        int shift = differ >> 48 != 0 ? 48 : differ >> 32 != 0 ? 32 : differ >> 16 != 0 ? 16 : 0;
        return ((int)(left >> shift) & 0xFFFF) == 0xFFFF || ((int)(right >> shift) & 0xFFFF) == 0xFFFF;
    }

    public static int Hash(int server, long path) => ((int)(path >> 32) * 31 + (int)path) * 7 + server;

    private static int Id(int bits)
    {
        int id = bits & 0xFFFF;
        return id == 0xFFFF ? -1 : id;
    }
}
