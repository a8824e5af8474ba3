using System;
using System.Globalization;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>Paths as tests write them: <c>/3/0/7</c>; <c>/</c> is all of them.</summary>
internal static class Paths
{
    public static long Pack(string path)
    {
        int[] ids = { -1, -1, -1, -1 };
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int level = 0; level < parts.Length; level++)
            ids[level] = int.Parse(parts[level], CultureInfo.InvariantCulture);
        return ObservedPath.Pack(ids[0], ids[1], ids[2], ids[3]);
    }

    public static string Text(long path)
    {
        string text = "";
        for (int level = 0; level < 4; level++)
        {
            int id = Id(path, level);
            if (id < 0)
                break;
            text += "/" + id;
        }

        return text.Length == 0 ? "/" : text;
    }

    /// <summary>The id at a level, 0 to 3; -1 where absent.</summary>
    public static int Id(long path, int level)
    {
        int id = (int)(path >> (48 - level * 16)) & 0xFFFF;
        return id == 0xFFFF ? -1 : id;
    }
}
