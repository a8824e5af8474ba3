namespace Lwm2m.Formats;

/// <summary>
/// Reads a path out of text that may come in two parts: base name and name of SenML are joined as text, so "/3/0/1" and "3" are
/// "/3/0/13". The state after the base name is kept, so that each record reads only its own name. Numbers stand in the path from the
/// highest level down (<see cref="PathIds"/>).
/// </summary>
internal static class SenmlName
{
    /// <summary>Nothing was read so far.</summary>
    public const int Nothing = -2;

    /// <summary>A slash was read, no digit after it.</summary>
    public const int AfterSlash = -1;

    /// <summary>No path: nothing that follows can make it one.</summary>
    public const int Broken = -3;

    /// <summary>Reads on; false when this is no path.</summary>
    /// <param name="buffer">Holds the text. A slash may be escaped as JSON allows.</param>
    /// <param name="p">Index of its first character.</param>
    /// <param name="end">Index after its last.</param>
    /// <param name="path">The complete ids so far.</param>
    /// <param name="depth">How many they are.</param>
    /// <param name="current">The id that is being read, or a state.</param>
    public static bool Continue(byte[] buffer, int p, int end, ref ulong path, ref int depth, ref int current)
    {
        int number = current;
        if (number == Broken)
            return false;
        for (; p < end; p++)
        {
            int c = buffer[p];
            uint digit = (uint)(c - '0');
            if (digit <= 9)
            {
                if (number < 0)
                {
                    if (number == Nothing)
                        return false;
                    number = 0;
                }
                number = (number * 10) + (int)digit;
                if (number >= PathIds.Reserved)
                    return false;
                continue;
            }
            if (c == '\\' && p + 1 < end)
                c = buffer[++p];
            if (c != '/' || number == AfterSlash)
                return false;
            if (number >= 0)
            {
                if (depth == 4)
                    return false;
                path |= (ulong)(uint)(number + 1) << (48 - (depth << 4));
                depth++;
            }
            number = AfterSlash;
        }
        current = number;
        return true;
    }

    /// <summary>Takes the last id; false when there is none or one too many. A slash at the end is let pass.</summary>
    public static bool Complete(ref ulong path, ref int depth, ref int current)
    {
        if (current < 0)
            return current == AfterSlash;
        if (depth == 4)
            return false;
        path |= (ulong)(uint)(current + 1) << (48 - (depth << 4));
        depth++;
        return true;
    }
}
