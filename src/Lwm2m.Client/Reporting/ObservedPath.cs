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

    /// <summary>Whether the path is that object instance or lies below it.</summary>
    public static bool IsWithin(long path, int objectId, int instanceId) => ObjectId(path) == objectId && InstanceId(path) == instanceId;

    /// <summary>Whether one of the two is the other, or lies below it: absent levels match everything.</summary>
    public static bool Overlap(long left, long right) =>
        Same((int)(left >> 48), (int)(right >> 48)) && Same((int)(left >> 32), (int)(right >> 32))
            && Same((int)(left >> 16), (int)(right >> 16)) && Same((int)left, (int)right);

    public static int Hash(int server, long path) => ((int)(path >> 32) * 31 + (int)path) * 7 + server;

    private static int Id(int bits)
    {
        int id = bits & 0xFFFF;
        return id == 0xFFFF ? -1 : id;
    }

    private static bool Same(int left, int right)
    {
        left &= 0xFFFF;
        right &= 0xFFFF;
        return left == right || left == 0xFFFF || right == 0xFFFF;
    }
}
