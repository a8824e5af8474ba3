namespace Lwm2m.NanoGate.Tests;

/// <summary>The gate itself: the shared source of Coap, Formats and Client with Platform/Nano, as their .nfprojs list it.</summary>
public class SharedSourceTests
{
    private static readonly string Root = RepositoryFolder.Find();

    [Test]
    public void Shared_source_compiles_and_runs_on_the_board()
    {
        GateResult result = Gate.Run(RepositoryFolder.NanoProjects(Root), Root);

        TestContext.Progress.WriteLine(GateReport.Render(result));
        foreach (Violation warning in result.Warnings)
            TestContext.Progress.WriteLine(warning);
        Assert.That(result.Errors, Is.Empty, string.Join('\n', result.Errors));
    }

    [Test]
    public void Projects_name_each_package_with_the_version_of_its_hint_path()
    {
        foreach (string path in RepositoryFolder.NanoProjects(Root))
        {
            NanoProject project = NanoProject.Read(path);

            Assert.That(project.HintPaths, Has.Count.EqualTo(project.References.Count));
            for (int i = 0; i < project.References.Count; i++)
            {
                string[] parts = project.HintPaths[i].Split('/');
                Assert.That(parts[..3], Is.EqualTo(new[] { "..", "..", "packages" }), path);
                Assert.That(parts[4..], Is.EqualTo(new[] { "lib", project.References[i] + ".dll" }), path);
                Assert.That(project.Packages.Select(p => $"{p.Id}.{p.Version}"), Does.Contain(parts[3]), path);
            }

            Assert.That(project.Packages, Has.Count.EqualTo(project.References.Count), path);
        }
    }

    [Test]
    public void Packages_have_one_version_in_all_projects()
    {
        IEnumerable<(string Id, string Version)> all = RepositoryFolder.NanoProjects(Root).SelectMany(p => NanoProject.Read(p).Packages).Distinct();

        Assert.That(all.Select(p => p.Id), Is.Unique);
    }
}
