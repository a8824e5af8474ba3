using Lwm2m.NanoGate;
using Lwm2m.Repository.Tests.Rules;

namespace Lwm2m.Repository.Tests;

/// <summary>The repository keeps its own rules. Each complaint says what to do.</summary>
[Parallelizable(ParallelScope.All)]
public class TidyTests
{
    private static IEnumerable<RepositoryFile> Source => RepositoryFolder.CSharpFiles.Where(f => f.IsUnder("src", "samples", "tests", "hardware"));

    private static IEnumerable<RepositoryFile> Libraries => RepositoryFolder.CSharpFiles.Where(f => f.IsUnder("src"));

    private static IEnumerable<RepositoryFile> Projects => RepositoryFolder.TextFiles.Where(f => f.Extension == ".csproj");

    private static IEnumerable<RepositoryFile> LibraryProjects => Projects.Where(f => f.IsUnder("src"));

    private static RepositoryFile Solution => RepositoryFolder.Find("Lwm2m.Client.sln")!;

    [Test]
    public void Source_files_are_short() => Check(Source, TextRules.Length);

    [Test]
    public void Text_has_clean_line_ends() => Check(RepositoryFolder.TextFiles.Where(f => !f.IsUnder("tests/Vectors")), TextRules.Whitespace);

    [Test]
    public void Nothing_is_promised_in_place_of_done() => Check(RepositoryFolder.TextFiles, TextRules.Promises);

    [Test]
    public void No_file_names_a_folder_of_one_machine() => Check(RepositoryFolder.TextFiles, TextRules.MachinePaths);

    [Test]
    public void The_repository_stands_alone() => Check(RepositoryFolder.TextFiles, TextRules.OutsidePaths);

    [Test]
    public void Conditional_code_stays_in_platform_folders() => Check(Libraries, SourceRules.Directives);

    [Test]
    public void A_file_holds_one_type_and_has_its_name() => Check(Source, SourceRules.OneType);

    [Test]
    public void Every_test_runs() => Check(Source, SourceRules.SkippedTests);

    [Test]
    public void The_core_reaches_the_outside_world_through_ports_only() => Check(Libraries, SourceRules.OutsideWorld);

    [Test]
    public void Arrows_between_namespaces_point_one_way() => Check(Libraries, SourceRules.Arrows);

    [Test]
    public void Tests_and_samples_talk_to_this_machine_only() =>
        Check(RepositoryFolder.CSharpFiles.Where(f => f.IsUnder("tests", "samples")), AddressRules.HardCodedAddresses);

    [Test]
    public void Every_project_is_in_the_solution() => Check(Projects, p => ProjectRules.InSolution(p, Solution));

    [Test]
    public void The_solution_names_projects_that_exist() => Check([Solution], ProjectRules.EntriesExist);

    [Test]
    public void Arrows_between_projects_point_one_way() =>
        Check(RepositoryFolder.TextFiles.Where(f => f.IsUnder("src") && f.Extension is ".csproj" or ".nfproj"), ProjectRules.References);

    [Test]
    public void A_library_compiles_its_folder() => Check(LibraryProjects, ProjectRules.NoFileItems);

    [Test]
    public void A_library_has_a_twin_for_nanoFramework_over_the_same_files() => Check(LibraryProjects, p => ProjectRules.NanoTwin(
        p,
        Libraries.Select(f => f.Path).Where(f => f.StartsWith(Path.GetDirectoryName(p.Path)!.Replace('\\', '/') + "/", StringComparison.Ordinal)),
        FilesOfNano(RepositoryFolder.FullPath(Path.ChangeExtension(p.Path, ".nfproj")))));

    [Test]
    public void Public_members_of_the_libraries_are_documented() =>
        Check(RepositoryFolder.TextFiles.Where(f => f.IsUnder("src") && f.Extension is ".csproj" or ".props"), ProjectRules.Documentation);

    [Test]
    public void Package_versions_stand_in_one_place() => Check(Projects.Where(p => !p.IsUnder("hardware")), ProjectRules.NoVersions);

    [Test]
    public void Every_room_is_named_in_the_architecture()
    {
        IEnumerable<string> rooms = RepositoryFolder.TextFiles.Select(f => f.Path.Split('/')[..^1]).Where(p => p.Length > 0)
            .Select(p => string.Join('/', p.Take(p[0] switch { "src" => 3, "samples" or "tests" => 2, _ => 1 })))
            .Where(p => p is not (".ci" or "docs" or "src" or "samples" or "tests")).Distinct();
        string architecture = RepositoryFolder.Find("ARCHITECTURE.md")!.Text;
        string[] missing = [.. rooms.Where(r => !architecture.Contains($"`{r}`", StringComparison.Ordinal))];
        Assert.That(missing, Is.Empty, "say in ARCHITECTURE.md what they are");
    }

    [Test]
    public void Links_in_documents_lead_somewhere() => Check(
        RepositoryFolder.Markdown,
        f => MarkdownRules.Links(f, p => Path.Exists(RepositoryFolder.FullPath(p)), RepositoryFolder.Find));

    private static IEnumerable<string>? FilesOfNano(string project) => !File.Exists(project)
        ? null
        : NanoProject.Read(project).SourceFiles.Select(f => Path.GetRelativePath(RepositoryFolder.Root, f).Replace('\\', '/'));

    private static void Check(IEnumerable<RepositoryFile> files, Func<RepositoryFile, IEnumerable<string>> rule)
    {
        RepositoryFile[] all = [.. files];
        Assert.That(all, Is.Not.Empty, "the rule looked at no file");
        string[] complaints = [.. all.SelectMany(rule)];
        Assert.That(complaints, Is.Empty, string.Join('\n', complaints));
    }
}
