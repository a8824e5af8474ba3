using System.Text.RegularExpressions;

namespace Lwm2m.Docs;

/// <summary>A test that carries ids in its name: <c>Int_101_initial_registration</c>, or <c>Int_222_223_...</c> for two.</summary>
public sealed partial record ConformanceTest(int[] Ids, string Name, string Path)
{
    /// <summary>All such tests below a folder of sources, in the order of paths and then of lines.</summary>
    public static IEnumerable<ConformanceTest> Below(string root, string folder)
    {
        IEnumerable<string> files = Directory.EnumerateFiles(System.IO.Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(f => System.IO.Path.GetRelativePath(root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (string file in files)
        {
            string text = File.ReadAllText(System.IO.Path.Combine(root, file));
            foreach (Match match in Declaration().Matches(text).Where(m => IsTest(text, m.Index)))
            {
                int[] ids = [.. match.Groups["id"].Captures.Select(c => int.Parse(c.Value, System.Globalization.CultureInfo.InvariantCulture))];
                yield return new ConformanceTest(ids, match.Groups["name"].Value, file);
            }
        }
    }

    // The attributes stand above the declaration, behind the last empty line.
    private static bool IsTest(string text, int declaration) =>
        text[Math.Max(0, text.LastIndexOf("\n\n", declaration, StringComparison.Ordinal))..declaration].Contains("[Test", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(?:void|Task)\s+(?<name>Int(?:_(?<id>\d+))+_\w+)\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
