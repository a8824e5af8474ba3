using Lwm2m.NanoGate;
using Lwm2m.NanoGate.Reference;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lwm2m.Repository.Tests;

/// <summary>The board projects follow the client's API, though their packages cannot be restored here.</summary>
[Parallelizable(ParallelScope.All)]
public class HardwareTests
{
    // Wi-Fi and I2C are not in the API lists, so this file stands for hardware/Esp32/Board.cs.
    private const string BoardSignatures = """
        namespace Esp32;

        public sealed class Board
        {
            public bool ConnectWifi(string ssid, string password) => false;
            public bool TryReadTemperature(out double celsius) { celsius = 0; return false; }
        }
        """;

    private static IEnumerable<MetadataReference> Platform => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Where(p => !Path.GetFileName(p).StartsWith("Lwm2m.Repository", StringComparison.Ordinal))
        .Select(p => MetadataReference.CreateFromFile(p));

    [Test]
    public void Raspberry_Pi_program_compiles_against_the_signatures_of_its_packages()
    {
        IEnumerable<SyntaxTree> sources = RepositoryFolder.CSharpFiles.Where(f => f.IsUnder("hardware/RaspberryPi"))
            .Select(f => CSharpSyntaxTree.ParseText(f.Text, path: f.Path)).Append(CSharpSyntaxTree.ParseText(GpioStubs.Source, path: "GpioStubs"));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "RaspberryPi", sources, Platform, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        Diagnostic[] problems = [.. compilation.GetDiagnostics().Where(d => d.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning)];
        Assert.That(problems, Is.Empty, string.Join('\n', problems.Select(p => p.ToString())));
    }

    [Test]
    public void Esp32_program_compiles_and_runs_on_the_board()
    {
        NanoProject project = NanoProject.Read(RepositoryFolder.FullPath("hardware/Esp32/Esp32.nfproj"));
        GateResult libraries = Gate.Run(project.ProjectReferences, RepositoryFolder.Root);
        string[] excluded = [RepositoryFolder.FullPath("hardware/Esp32/Board.cs")];
        Assert.That(project.SourceFiles, Is.SupersetOf(excluded));

        NanoAssembly program = NanoAssembly.Compile(
            project.AssemblyName,
            project.SourceFiles.Except(excluded).Select(f => (f, File.ReadAllText(f))).Append(("Board", BoardSignatures)),
            [
                .. project.References.Where(ReferenceAssemblies.Names.Contains).Select(ReferenceAssemblies.Get),
                .. libraries.Assemblies.Select(a => MetadataReference.CreateFromImage(a.Image!)),
            ],
            RepositoryFolder.Root);
        Violation[] errors = [.. program.Violations.Where(v => v.IsError)];
        Assert.That(errors, Is.Empty, string.Join('\n', errors.Select(e => e.ToString())));
    }

    [Test]
    public void Esp32_project_names_each_package_with_the_version_of_its_hint_path()
    {
        NanoProject project = NanoProject.Read(RepositoryFolder.FullPath("hardware/Esp32/Esp32.nfproj"));
        Assert.That(
            project.HintPaths,
            Is.EquivalentTo(project.References.Zip(project.Packages, (r, p) => $"../../packages/{p.Id}.{p.Version}/lib/{r}.dll")));
    }
}
