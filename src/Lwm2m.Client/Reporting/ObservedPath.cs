using System;

namespace Lwm2m.Client;

/// <summary>A path of up to four ids packed into a long: 16 bits a level, 65535 (which is no id, Core 7.2) where absent.</summary>
internal static class ObservedPath
{
    /// <summary>All levels absent.</summary>
    public const long All = -1;

    public static long Pack(int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        ((long)(objectId & 0xFFFF) << 48) | ((long)(instanceId & 0xFFFF) << 32) | ((long)(resourceId & 0xFFFF) << 16) | (long)(resourceInstanceId & 0xFFFF);

    /// <summary>The path in a text such as <c>/3303/0/5700</c>.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static long Parse(string text)
    {
        long path = All;
        int levels = 0;
        int id = -1;
        for (int index = 0; index <= text.Length; index++)
        {
            char next = index < text.Length ? text[index] : '/';
            if (next >= '0' && next <= '9' && levels > 0 && id <= 65534)
            {
                id = (id < 0 ? 0 : id * 10) + next - '0';
                continue;
            }

            bool isFirst = index == 0 && text.Length > 1;
            if (next != '/' || (!isFirst && ((uint)id > 65534 || levels > 4)))
                throw new ArgumentException("'" + text + "' is no path such as /3303/0/5700.", nameof(text));
            if (!isFirst)
            {
                int shift = 64 - levels * 16;
                path = (path & ~(0xFFFFL << shift)) | (long)id << shift;
            }

            levels++;
            id = -1;
        }

        return path;
    }

    public static int ObjectId(long path) => (int)(path >> 48) & 0xFFFF;

    public static int InstanceId(long path) => Id((int)(path >> 32));

    public static int ResourceId(long path) => Id((int)(path >> 16));

    public static int ResourceInstanceId(long path) => Id((int)path);

    public static int Level(long path) => InstanceId(path) < 0 ? 1 : ResourceId(path) < 0 ? 2 : ResourceInstanceId(path) < 0 ? 3 : 4;

    /// <summary>As <see cref="Level"/>, and 0 for the root.</summary>
    public static int Depth(long path) => path == All ? 0 : Level(path);

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
