using System.Globalization;
using System.Text;

namespace Lwm2m.NanoGate.Heap;

/// <summary>What objects cost on the board: in all, by type, and one by one.</summary>
public sealed class BoardHeapReport
{
    internal BoardHeapReport(IEnumerable<BoardHeapObject> objects)
    {
        Objects = [.. objects.OrderByDescending(o => o.Bytes).ThenBy(o => o.Path, StringComparer.Ordinal)];
        Rows = [.. Objects.GroupBy(o => o.Type, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Count(), g.Sum(o => o.Bytes)))
            .OrderByDescending(r => r.Item3).ThenBy(r => r.Key, StringComparer.Ordinal)];
    }

    /// <summary>Every object, dearest first.</summary>
    public IReadOnlyList<BoardHeapObject> Objects { get; }

    /// <summary>By type, dearest first; arrays, strings and delegates are split by the type that holds them.</summary>
    public IReadOnlyList<(string Type, int Count, int Bytes)> Rows { get; }

    /// <summary>By part: what is first reached through a field of a root or static, dearest first.</summary>
    public IReadOnlyList<(string Part, int Count, int Bytes)> Parts => [.. Objects.GroupBy(o => PartOf(o.Path), StringComparer.Ordinal)
        .Select(g => (g.Key, g.Count(), g.Sum(o => o.Bytes)))
        .OrderByDescending(r => r.Item3).ThenBy(r => r.Key, StringComparer.Ordinal)];

    public int Total => Objects.Sum(o => o.Bytes);

    /// <summary>Markdown: tables by part and by type, small rest in one line, and the dearest objects with the path that leads to them.</summary>
    public string Render(int maxRows = 40, int maxObjects = 12)
    {
        StringBuilder text = new();
        text.AppendLine("| part | objects | bytes |");
        text.AppendLine("|---|--:|--:|");
        foreach ((string part, int count, int bytes) in Parts)
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| {part} | {count} | {bytes:N0} |"));
        text.AppendLine();
        text.AppendLine("| type | objects | bytes |");
        text.AppendLine("|---|--:|--:|");
        foreach ((string type, int count, int bytes) in Rows.Take(maxRows))
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| {type} | {count} | {bytes:N0} |"));
        if (Rows.Count > maxRows)
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| {Rows.Count - maxRows} other types | {Rows.Skip(maxRows).Sum(r => r.Count)} | {Rows.Skip(maxRows).Sum(r => r.Bytes):N0} |"));
        text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| **in all** | {Objects.Count} | **{Total:N0}** |"));
        text.AppendLine();
        text.AppendLine("| dearest objects | bytes |");
        text.AppendLine("|---|--:|");
        foreach (BoardHeapObject item in Objects.Take(maxObjects))
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| `{item.Path}` | {item.Bytes:N0} |"));
        return text.ToString();
    }

    // `Client._coap._peers[0].Out (Byte[640])` belongs to `Client._coap`.
    private static string PartOf(string path)
    {
        string[] steps = path.Split(" (")[0].Split('.');
        string part = steps.Length < 2 ? steps[0] : $"{steps[0]}.{steps[1]}";
        int bracket = part.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? part : part[..bracket];
    }
}
