using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lwm2m.Repository.Tests.Rules;

/// <summary>What holds for project files and for what lies beside them.</summary>
public static partial class ProjectRules
{
    /// <summary>The rooms and their arrows: which of our libraries each may reference. A new library gets its line here and in ARCHITECTURE.md.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> AllowedReferences = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Lwm2m.Coap"] = [],
        ["Lwm2m.Formats"] = [],
        ["Lwm2m.Transport"] = ["Lwm2m.Coap"],
        ["Lwm2m.Client"] = ["Lwm2m.Coap", "Lwm2m.Formats", "Lwm2m.Transport"],
        ["Lwm2m.Cellular"] = ["Lwm2m.Coap", "Lwm2m.Formats", "Lwm2m.Transport", "Lwm2m.Client"],
    };

    /// <summary>Projects that stay out of the solution, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> OutsideSolution = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["hardware/"] = "board projects need packages that cannot be restored everywhere",
    };

    public static IEnumerable<string> InSolution(RepositoryFile project, RepositoryFile solution)
    {
        bool listed = Entries(solution).Contains(project.Path);
        bool excepted = OutsideSolution.Keys.Any(k => project.Path.StartsWith(k, StringComparison.Ordinal));
        if (!listed && !excepted)
            yield return project.At(1, $"not in {solution.Path}: dotnet sln {solution.Path} add {project.Path}");
        if (listed && excepted)
            yield return project.At(1, $"in {solution.Path}, and listed as an exception: decide");
    }

    public static IEnumerable<string> EntriesExist(RepositoryFile solution) =>
        Entries(solution).Where(e => RepositoryFolder.Find(e) == null).Select(e => solution.At(1, $"names {e}, which does not exist: dotnet sln {solution.Path} remove {e}"));

    /// <summary>A library references the libraries below it and nothing else, in both of its project files.</summary>
    public static IEnumerable<string> References(RepositoryFile project)
    {
        string library = Path.GetFileNameWithoutExtension(project.Name);
        if (!AllowedReferences.TryGetValue(library, out string[]? allowed))
        {
            yield return project.At(1, $"{library} is not among the rooms: add it to {nameof(AllowedReferences)} and to ARCHITECTURE.md");
            yield break;
        }

        string[] references = [.. Items(project, "ProjectReference").Select(i => Path.GetFileNameWithoutExtension(Include(i)))];
        foreach (string reference in references.Except(allowed))
            yield return project.At(1, $"references {reference}: {library} may reference {(allowed.Length == 0 ? "no library of ours" : string.Join(" and ", allowed))}");
        foreach (XElement package in Items(project, "PackageReference").Where(p => p.Attribute("PrivateAssets")?.Value != "all"))
            yield return project.At(1, $"references the package {Include(package)}: the libraries stand on the runtime alone");
    }

    /// <summary>The .csproj compiles its folder without Platform/Nano (src/Directory.Build.props), so that the .nfproj can be compared with the folder.</summary>
    public static IEnumerable<string> NoFileItems(RepositoryFile project) =>
        Items(project, "Compile").Select(i => project.At(1, $"<Compile> item '{Include(i)}': the file set is the folder; move the file instead"));

    public static IEnumerable<string> NoVersions(RepositoryFile project) =>
        Items(project, "PackageReference").Where(i => i.Attribute("Version") != null)
            .Select(i => project.At(1, $"gives a version of {Include(i)}: versions stand in Directory.Packages.props"));

    public static IEnumerable<string> Documentation(RepositoryFile project)
    {
        if (project.Text.Contains("1591", StringComparison.Ordinal))
            yield return project.At(1, "suppresses CS1591: write the XML docs of the public members");
        if (Documents().IsMatch(project.Text))
            yield return project.At(1, "switches the documentation file off: it must stay on, so that a public member without docs is an error");
    }

    /// <summary>Beside each .csproj an .nfproj over the same files: all of the folder without Platform/DotNet.</summary>
    /// <param name="project">The .csproj.</param>
    /// <param name="filesOfFolder">All C# files below it, from the repository's root.</param>
    /// <param name="filesOfNano">Those that the .nfproj compiles, or null where there is none.</param>
    public static IEnumerable<string> NanoTwin(RepositoryFile project, IEnumerable<string> filesOfFolder, IEnumerable<string>? filesOfNano)
    {
        string twin = Path.ChangeExtension(project.Path, ".nfproj");
        if (filesOfNano == null)
        {
            yield return project.At(1, $"has no {twin} beside it: every library is built for nanoFramework too");
            yield break;
        }

        string[] wanted = [.. filesOfFolder.Where(f => !f.Contains("/Platform/DotNet/", StringComparison.Ordinal))];
        string[] nano = [.. filesOfNano];
        foreach (string missing in wanted.Except(nano))
            yield return $"{twin}:1: does not compile {missing}: what is for .NET only lies in Platform/DotNet";
        foreach (string extra in nano.Except(wanted))
            yield return $"{twin}:1: compiles {extra}, which {project.Name} does not";
    }

    /// <summary>Paths of the projects that the solution names, in forward slashes.</summary>
    public static IEnumerable<string> Entries(RepositoryFile solution) =>
        SolutionEntry().Matches(solution.Text).Select(m => m.Groups[1].Value.Replace('\\', '/'));

    private static IEnumerable<XElement> Items(RepositoryFile project, string kind) =>
        XDocument.Parse(project.Text).Descendants().Where(e => e.Name.LocalName == kind);

    private static string Include(XElement item) => (item.Attribute("Include") ?? item.Attribute("Remove") ?? item.Attribute("Update"))?.Value.Replace('\\', '/') ?? "";

    [GeneratedRegex("\"([^\"]+\\.(?:cs|nf)proj)\"", RegexOptions.CultureInvariant)]
    private static partial Regex SolutionEntry();

    [GeneratedRegex(@"<GenerateDocumentationFile>\s*false", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Documents();
}
