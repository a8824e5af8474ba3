namespace Lwm2m.Repository.Tests;

/// <summary>The repository that the tests were built from.</summary>
public static class RepositoryFolder
{
    private static readonly string[] TextExtensions =
    [
        ".cs", ".csproj", ".nfproj", ".props", ".targets", ".sln", ".md", ".json", ".xml", ".yml", ".config", ".nuspec", ".js", ".mjs", ".cjs",
        ".sh", ".py", ".service", ".svg", ".editorconfig", ".gitignore", ".gitattributes", "",
    ];

    private static readonly Lazy<RepositoryFile[]> All = new(ReadAll);

    /// <summary>Full path of the folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All text files that people write: nothing that a build or a package manager puts there.</summary>
    public static IReadOnlyList<RepositoryFile> TextFiles => All.Value;

    public static IEnumerable<RepositoryFile> CSharpFiles => TextFiles.Where(f => f.IsCSharp);

    public static IEnumerable<RepositoryFile> Markdown => TextFiles.Where(f => f.Extension == ".md");

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static RepositoryFile? Find(string path) => TextFiles.FirstOrDefault(f => f.Path == path);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Lwm2m.Client.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("no folder above the tests holds Lwm2m.Client.sln");
    }

    private static RepositoryFile[] ReadAll()
    {
        // Folders that git ignores hold what was generated or downloaded.
        string[] ignored = [.. File.ReadLines(Path.Combine(Root, ".gitignore")).Where(l => l.EndsWith('/')).Select(l => l.Trim('/')), ".git"];
        List<RepositoryFile> files = [];
        Stack<string> folders = new([Root]);
        while (folders.TryPop(out string? folder))
        {
            foreach (string inner in Directory.EnumerateDirectories(folder).Where(d => !ignored.Contains(Path.GetFileName(d))))
                folders.Push(inner);
            foreach (string file in Directory.EnumerateFiles(folder).Where(f => TextExtensions.Contains(Path.GetExtension(f)) && Path.GetFileName(f) != ".git"))
                files.Add(new RepositoryFile(Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllText(file)));
        }

        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return [.. files];
    }
}
