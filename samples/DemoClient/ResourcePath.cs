using System;
using System.Globalization;

namespace Lwm2m.Samples.DemoClient;

/// <summary>A path such as <c>/3303/0/5700</c>; the levels that it does not have are -1.</summary>
internal readonly record struct ResourcePath(int ObjectId, int InstanceId = -1, int ResourceId = -1, int ResourceInstanceId = -1)
{
    /// <summary>Length of the longest path.</summary>
    public const int MaxChars = 24;

    /// <summary>Number of levels, 1 to 4.</summary>
    public int Level => InstanceId < 0 ? 1 : ResourceId < 0 ? 2 : ResourceInstanceId < 0 ? 3 : 4;

    /// <summary>Reads a path of one to four ids, each 0..65534.</summary>
    public static bool TryParse(string text, out ResourcePath path)
    {
        path = default;
        if (!text.StartsWith('/'))
            return false;
        string[] parts = text[1..].Split('/');
        if (parts.Length > 4)
            return false;
        Span<int> ids = [-1, -1, -1, -1];
        for (int level = 0; level < parts.Length; level++)
            if (!int.TryParse(parts[level], NumberStyles.None, CultureInfo.InvariantCulture, out ids[level]) || ids[level] > Client.Resource.MaxId)
                return false;
        path = new ResourcePath(ids[0], ids[1], ids[2], ids[3]);
        return true;
    }

    /// <summary>Writes the path.</summary>
    /// <returns>Number of characters.</returns>
    public int Format(Span<char> text)
    {
        int at = 0;
        Append(text, ref at, ObjectId);
        Append(text, ref at, InstanceId);
        Append(text, ref at, ResourceId);
        Append(text, ref at, ResourceInstanceId);
        return at;
    }

    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxChars];
        return new string(text[..Format(text)]);
    }

    private static void Append(Span<char> text, ref int at, int id)
    {
        if (id < 0)
            return;
        text[at++] = '/';
        id.TryFormat(text[at..], out int count, provider: CultureInfo.InvariantCulture);
        at += count;
    }
}
