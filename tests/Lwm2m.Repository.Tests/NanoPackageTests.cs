using System.Xml.Linq;

namespace Lwm2m.Repository.Tests;

/// <summary>The nanoFramework packages say what the projects behind them say.</summary>
[Parallelizable(ParallelScope.All)]
public class NanoPackageTests
{
    private static readonly string[] Libraries = ["Lwm2m.Coap", "Lwm2m.Formats", "Lwm2m.Transport", "Lwm2m.Client", "Lwm2m.Cellular"];
    private static readonly string[] Extensions = ["dll", "pdb", "pdbx", "pe", "xml"];

    [TestCaseSource(nameof(Libraries))]
    public void A_nuspec_depends_on_what_its_project_references(string library)
    {
        string[] wanted =
        [
            .. Elements($"src/{library}/{library}.nfproj", "ProjectReference")
                .Select(r => $"nanoFramework.{Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))} $version$"),
            .. Packages($"src/{library}/packages.config"),
        ];
        Assert.That(Elements(Nuspec(library), "dependency").Select(Named), Is.EquivalentTo(wanted));
    }

    [TestCaseSource(nameof(Libraries))]
    public void A_nuspec_has_a_flat_lib_with_all_that_the_board_tools_need(string library)
    {
        string[] files = [.. Elements(Nuspec(library), "file").Where(f => f.Attribute("target")!.Value == "lib").Select(f => f.Attribute("src")!.Value)];
        Assert.That(files, Is.EquivalentTo(Extensions.Select(e => $"../src/{library}/bin/nano/Release/{library}.{e}")));
    }

    [Test]
    public void Every_nano_project_uses_the_same_version_of_a_package()
    {
        IEnumerable<IGrouping<string, string>> byId = RepositoryFolder.TextFiles.Where(f => f.Name == "packages.config")
            .SelectMany(f => Packages(f.Path)).Distinct().GroupBy(p => p.Split(' ')[0]);
        Assert.That(byId.Where(g => g.Count() > 1).SelectMany(g => g), Is.Empty, "choose one version");
    }

    private static string Nuspec(string library) => $"nuget/nanoFramework.{library}.nuspec";

    private static IEnumerable<string> Packages(string path) => Elements(path, "package").Select(Named);

    private static string Named(XElement e) => $"{e.Attribute("id")!.Value} {e.Attribute("version")!.Value}";

    private static IEnumerable<XElement> Elements(string path, string name) =>
        XDocument.Load(RepositoryFolder.FullPath(path)).Descendants().Where(e => e.Name.LocalName == name);
}
