using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lwm2m.NanoGate;

/// <summary>What an <c>.nfproj</c> says: which files make the assembly, and what it references.</summary>
public sealed class NanoProject
{
    private static readonly XNamespace Msbuild = "http://schemas.microsoft.com/developer/msbuild/2003";

    private NanoProject(string path, string assemblyName)
    {
        Path = path;
        AssemblyName = assemblyName;
    }

    public string Path { get; }

    public string AssemblyName { get; }

    /// <summary>C# version the project asks for; the gate accepts 10 only.</summary>
    public string LangVersion { get; private init; } = "";

    /// <summary>Full paths of the source files, sorted.</summary>
    public IReadOnlyList<string> SourceFiles { get; private init; } = [];

    /// <summary>Names of the board's assemblies that it references.</summary>
    public IReadOnlyList<string> References { get; private init; } = [];

    /// <summary>Hint path of each reference, with forward slashes.</summary>
    public IReadOnlyList<string> HintPaths { get; private init; } = [];

    /// <summary>Full paths of the projects that it references.</summary>
    public IReadOnlyList<string> ProjectReferences { get; private init; } = [];

    /// <summary>Id and version of each package in the <c>packages.config</c> beside the project.</summary>
    public IReadOnlyList<(string Id, string Version)> Packages { get; private init; } = [];

    /// <summary>Reads a project file.</summary>
    /// <exception cref="FormatException">It uses what this reader does not evaluate, such as a condition on an item.</exception>
    public static NanoProject Read(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        string folder = System.IO.Path.GetDirectoryName(path)!;
        XElement root = XDocument.Load(path).Root!;
        XElement[] items = [.. root.Elements(Msbuild + "ItemGroup").SelectMany(g => g.Elements())];
        if (root.Elements(Msbuild + "ItemGroup").Concat(items).Any(e => e.Attribute("Condition") != null))
            throw new FormatException($"{path}: a condition on an item is not evaluated by the gate");

        string packagesPath = System.IO.Path.Combine(folder, "packages.config");
        return new NanoProject(path, Property(root, "AssemblyName"))
        {
            LangVersion = Property(root, "LangVersion"),
            SourceFiles = CompiledFiles(folder, items),
            References = [.. Includes(items, "Reference")],
            HintPaths = [.. items.Where(i => i.Name == Msbuild + "Reference").Select(i => Slashes(i.Element(Msbuild + "HintPath")?.Value ?? ""))],
            ProjectReferences = [.. Includes(items, "ProjectReference").Select(i => System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, i)))],
            Packages = File.Exists(packagesPath)
                ? [.. XDocument.Load(packagesPath).Root!.Elements("package").Select(p => (p.Attribute("id")!.Value, p.Attribute("version")!.Value))]
                : [],
        };
    }

    private static string Property(XElement root, string name) =>
        root.Elements(Msbuild + "PropertyGroup").Elements(Msbuild + name).LastOrDefault()?.Value ?? "";

    private static IEnumerable<string> Includes(XElement[] items, string kind) =>
        items.Where(i => i.Name == Msbuild + kind).Select(i => Slashes(i.Attribute("Include")!.Value));

    private static string Slashes(string path) => path.Replace('\\', '/');

    private static List<string> CompiledFiles(string folder, XElement[] items)
    {
        SortedSet<string> files = new(StringComparer.Ordinal);
        foreach (XElement item in items.Where(i => i.Name == Msbuild + "Compile"))
        {
            if (item.Attribute("Remove") is { } remove)
                files.RemoveWhere(f => Matches(remove.Value, f));

            if (item.Attribute("Include") is { } include)
                files.UnionWith(Files(folder, include.Value).Where(f => !Matches(item.Attribute("Exclude")?.Value ?? "", f)));
        }

        return [.. files.Select(f => System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, f)))];
    }

    private static IEnumerable<string> Files(string folder, string patterns)
    {
        foreach (string pattern in Slashes(patterns).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!pattern.Contains('*', StringComparison.Ordinal) && !pattern.Contains('?', StringComparison.Ordinal))
            {
                yield return pattern;
                continue;
            }

            if (pattern.StartsWith("..", StringComparison.Ordinal))
                throw new FormatException($"{pattern}: globs outside the project's folder are not evaluated by the gate");
            foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                string relative = Slashes(System.IO.Path.GetRelativePath(folder, file));
                if (Matches(pattern, relative))
                    yield return relative;
            }
        }
    }

    private static bool Matches(string patterns, string relativePath) =>
        Slashes(patterns).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Any(p => GlobToRegex(p).IsMatch(relativePath));

    private static Regex GlobToRegex(string glob)
    {
        string regex = Regex.Escape(glob)
            .Replace(@"\*\*/", "(?:.*/)?", StringComparison.Ordinal)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(@"\?", "[^/]", StringComparison.Ordinal);
        return new Regex("^" + regex + "$", RegexOptions.CultureInvariant);
    }
}
