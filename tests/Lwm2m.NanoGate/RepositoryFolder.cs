namespace Lwm2m.NanoGate;

/// <summary>Finds the repository that a test or tool runs in.</summary>
public static class RepositoryFolder
{
    private const string Solution = "Lwm2m.Client.sln";

    /// <summary>The folder with the solution, looked for upwards from the running assembly.</summary>
    /// <exception cref="DirectoryNotFoundException">The assembly runs outside the repository.</exception>
    public static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"no {Solution} above {AppContext.BaseDirectory}");
    }

    /// <summary>The board's projects, in any order.</summary>
    public static string[] NanoProjects(string root) =>
        [.. new[] { "Lwm2m.Coap", "Lwm2m.Formats", "Lwm2m.Transport", "Lwm2m.Client", "Lwm2m.Cellular" }.Select(n => Path.Combine(root, "src", n, n + ".nfproj"))];
}
