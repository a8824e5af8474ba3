namespace Lwm2m.Docs;

/// <summary>Finds the repository that the program runs in.</summary>
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
}
