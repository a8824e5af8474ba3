using System;
using System.Globalization;

namespace Lwm2m.Samples;

/// <summary>A path of up to four ids: <c>/</c>, <c>/3</c>, <c>/3/0</c>, <c>/3/0/13</c>, <c>/3/0/6/1</c>. Absent ids are -1.</summary>
/// <param name="ObjectId">Object id, or -1 for the root.</param>
/// <param name="InstanceId">Object instance id, or -1.</param>
/// <param name="ResourceId">Resource id, or -1.</param>
/// <param name="ResourceInstanceId">Resource instance id, or -1.</param>
public readonly record struct Lwm2mPath(int ObjectId, int InstanceId = -1, int ResourceId = -1, int ResourceInstanceId = -1)
    : IComparable<Lwm2mPath>
{
    private const int MaxId = 65534;

    /// <summary>The root, <c>/</c>.</summary>
    public static Lwm2mPath Root => new(-1);

    /// <summary>How many ids the path has, 0..4.</summary>
    public int Level => ObjectId < 0 ? 0 : InstanceId < 0 ? 1 : ResourceId < 0 ? 2 : ResourceInstanceId < 0 ? 3 : 4;

    /// <summary>Reads a path.</summary>
    /// <param name="text">Such as <c>/3/0/13</c>.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static Lwm2mPath Parse(string text) =>
        TryParse(text, out Lwm2mPath path)
            ? path
            : throw new FormatException($"\"{text}\" is no path: up to four ids of 0 to {MaxId}, such as /3/0/13.");

    /// <summary>Reads a path if it is one.</summary>
    /// <param name="text">Such as <c>/3/0/13</c>.</param>
    /// <param name="path">The path.</param>
    public static bool TryParse(string text, out Lwm2mPath path)
    {
        path = Root;
        if (text == "/")
            return true;
        if (text.Length == 0 || text[0] != '/')
            return false;
        string[] parts = text[1..].Split('/');
        if (parts.Length > 4)
            return false;
        Span<int> ids = stackalloc int[] { -1, -1, -1, -1 };
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out ids[i]) || ids[i] > MaxId)
                return false;
        }
        path = new Lwm2mPath(ids[0], ids[1], ids[2], ids[3]);
        return true;
    }

    /// <summary>Allows a text wherever a path is asked for; throws like <see cref="Parse"/>.</summary>
    /// <param name="text">Such as <c>/3/0/13</c>.</param>
    public static implicit operator Lwm2mPath(string text) => Parse(text);

    /// <summary>The path of a text; see <see cref="Parse"/>.</summary>
    /// <param name="text">Such as <c>/3/0/13</c>.</param>
    public static Lwm2mPath FromString(string text) => Parse(text);

    /// <summary>The id at a level.</summary>
    /// <param name="level">0 for the object to 3 for the resource instance.</param>
    public int this[int level] => level switch
    {
        0 => ObjectId,
        1 => InstanceId,
        2 => ResourceId,
        3 => ResourceInstanceId,
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    /// <summary>True for the path itself and all below it.</summary>
    /// <param name="other">The path to test.</param>
    public bool Contains(Lwm2mPath other)
    {
        for (int i = 0; i < Level; i++)
        {
            if (this[i] != other[i])
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Lwm2mPath other)
    {
        for (int i = 0; i < 4; i++)
        {
            int order = this[i].CompareTo(other[i]);
            if (order != 0)
                return order;
        }
        return 0;
    }

    /// <summary>Order by ids.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(Lwm2mPath left, Lwm2mPath right) => left.CompareTo(right) < 0;

    /// <summary>Order by ids.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(Lwm2mPath left, Lwm2mPath right) => left.CompareTo(right) > 0;

    /// <summary>Order by ids.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(Lwm2mPath left, Lwm2mPath right) => left.CompareTo(right) <= 0;

    /// <summary>Order by ids.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(Lwm2mPath left, Lwm2mPath right) => left.CompareTo(right) >= 0;

    /// <summary>The path as text.</summary>
    public override string ToString() => Level switch
    {
        0 => "/",
        1 => $"/{ObjectId}",
        2 => $"/{ObjectId}/{InstanceId}",
        3 => $"/{ObjectId}/{InstanceId}/{ResourceId}",
        _ => $"/{ObjectId}/{InstanceId}/{ResourceId}/{ResourceInstanceId}",
    };
}
