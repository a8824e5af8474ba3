using System.Globalization;
using System.Text;

namespace Lwm2m.NanoGate.Heap;

/// <summary>What one more of something, such as a server, costs on the board: the difference of two heaps.</summary>
public sealed class BoardHeapGrowth
{
    internal BoardHeapGrowth(string name, BoardHeapReport without, BoardHeapReport with, int maxBytes)
    {
        Name = name;
        MaxBytes = maxBytes;
        Bytes = with.Total - without.Total;
        Dictionary<string, (int Count, int Bytes)> before = without.Rows.ToDictionary(r => r.Type, r => (r.Count, r.Bytes));
        Rows = [.. with.Rows
            .Select(r => (r.Type, r.Count - before.GetValueOrDefault(r.Type).Count, r.Bytes - before.GetValueOrDefault(r.Type).Bytes))
            .Where(r => r.Item3 != 0)
            .OrderByDescending(r => r.Item3).ThenBy(r => r.Type, StringComparer.Ordinal)];
    }

    /// <summary>What there is one more of.</summary>
    public string Name { get; }

    /// <summary>What it costs.</summary>
    public int Bytes { get; }

    /// <summary>Most bytes that it may cost; 0 for no limit.</summary>
    public int MaxBytes { get; }

    /// <summary>By type, dearest first; an array that only became longer adds bytes and no object.</summary>
    public IReadOnlyList<(string Type, int Count, int Bytes)> Rows { get; }

    /// <summary>Markdown: the difference by type.</summary>
    public string Render()
    {
        StringBuilder text = new();
        text.AppendLine($"| {Name}: type | objects | bytes |");
        text.AppendLine("|---|--:|--:|");
        foreach ((string type, int count, int bytes) in Rows)
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| {type} | {count} | {bytes:N0} |"));
        text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| **in all** | | **{Bytes:N0}** |"));
        return text.ToString();
    }
}
