namespace Lwm2m.NanoGate.Tests;

public class NanoProjectTests
{
    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("nanogate").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Globs_choose_the_files_that_msbuild_would()
    {
        Write("A.cs", "");
        Write("Sub/B.cs", "");
        Write("Sub/Deep/C.cs", "");
        Write("Sub/readme.md", "");
        Write("Platform/Nano/N.cs", "");
        Write("Platform/DotNet/D.cs", "");
        Write("bin/Gone.cs", "");
        Write("obj/nano/Gone.cs", "");
        string project = WriteProject("P", @"<Compile Include=""**\*.cs"" Exclude=""Platform\DotNet\**;bin\**;obj\**"" /><Compile Remove=""Sub\Deep\?.cs"" />");

        NanoProject read = NanoProject.Read(project);

        Assert.That(read.SourceFiles.Select(f => Path.GetRelativePath(_folder, f).Replace('\\', '/')), Is.EqualTo(new[] { "P/A.cs", "P/Platform/Nano/N.cs", "P/Sub/B.cs" }));
    }

    [Test]
    public void Named_file_that_is_missing_is_an_error()
    {
        string project = WriteProject("P", @"<Compile Include=""Gone.cs"" />");

        Assert.That(() => Gate.Run([project]), Throws.TypeOf<FileNotFoundException>());
    }

    [Test]
    public void Condition_on_an_item_is_refused_rather_than_guessed()
    {
        string project = WriteProject("P", @"<Compile Include=""A.cs"" Condition=""'$(X)' == ''"" />");

        Assert.That(() => NanoProject.Read(project), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void Assemblies_are_compiled_in_the_order_of_their_references()
    {
        Write("Low.cs", "namespace Low { public class L { public int Value; } }", "Low");
        WriteProject("Low", @"<Compile Include=""**\*.cs"" />");
        Write("High.cs", "namespace High { public class H { public int M(Low.L l) => l.Value; } }", "High");
        string high = WriteProject("High", @"<Compile Include=""**\*.cs"" /><ProjectReference Include=""..\Low\Low.nfproj"" />");

        GateResult result = Gate.Run([high], _folder);

        Assert.That(result.Assemblies.Select(a => a.Name), Is.EqualTo(new[] { "Low", "High" }));
        Assert.That(result.Errors, Is.Empty);
    }

    [Test]
    public void Assembly_that_is_not_referenced_is_not_there()
    {
        Write("A.cs", "public class A { public string M(System.Text.StringBuilder b) => b.ToString(); }");
        string project = WriteProject("P", @"<Compile Include=""A.cs"" />");

        Assert.That(Gate.Run([project], _folder).Errors.Select(v => v.ToString()), Has.Some.Match("P/A.cs:1: error compile"));
    }

    [Test]
    public void Assembly_that_the_board_lacks_is_an_error()
    {
        Write("A.cs", "");
        string project = WriteProject("P", @"<Compile Include=""A.cs"" /><Reference Include=""System.Linq""><HintPath>x</HintPath></Reference>");

        Assert.That(() => Gate.Run([project]), Throws.ArgumentException);
    }

    [Test]
    public void Later_language_version_is_rejected()
    {
        Write("A.cs", "");
        string project = WriteProject("P", @"<Compile Include=""A.cs"" />", langVersion: "latest");

        Assert.That(Gate.Run([project]).Errors.Select(v => v.Rule), Does.Contain(RuleId.LangVersion));
    }

    private void Write(string path, string text, string project = "P")
    {
        string full = Path.Combine(_folder, project, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private string WriteProject(string name, string items, string langVersion = "10")
    {
        Write(name + ".nfproj", $"""
            <Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
              <PropertyGroup><AssemblyName>{name}</AssemblyName><LangVersion>{langVersion}</LangVersion></PropertyGroup>
              <ItemGroup>{items}<Reference Include="mscorlib"><HintPath>x</HintPath></Reference></ItemGroup>
            </Project>
            """, name);
        return Path.Combine(_folder, name, name + ".nfproj");
    }
}
