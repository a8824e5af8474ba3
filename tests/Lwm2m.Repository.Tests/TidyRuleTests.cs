using Lwm2m.Repository.Tests.Rules;

namespace Lwm2m.Repository.Tests;

/// <summary>Each tidy rule rejects a small violation and accepts its neighbour.</summary>
[Parallelizable(ParallelScope.All)]
public class TidyRuleTests
{
    private const string Shared = "src/Lwm2m.Coap/Foo.cs";

    [Test]
    public void A_file_of_500_lines_is_accepted_and_one_of_501_is_not()
    {
        Accepts(TextRules.Length, Shared, string.Concat(Enumerable.Repeat("\n", 500)));
        Rejects(TextRules.Length, Shared, string.Concat(Enumerable.Repeat("\n", 501)), "find the seam");
    }

    [TestCase("a \n", "trailing")]
    [TestCase("a\t\n", "trailing")]
    [TestCase("a\r\n", "LF")]
    [TestCase("a", "add one")]
    [TestCase("a\n\n", "empty lines")]
    public void Untidy_line_ends_are_rejected(string text, string complaint) => Rejects(TextRules.Whitespace, "docs/a.md", text, complaint);

    [TestCase("// TO" + "DO: later\n")]
    [TestCase("throw new NotImplemented" + "Exception();\n")]
    public void Promises_are_rejected(string text) => Rejects(TextRules.Promises, Shared, text, "finish it now");

    [Test]
    public void A_word_that_holds_a_promise_word_is_accepted() => Accepts(TextRules.Promises, Shared, "var todos = Hacks;\n");

    [TestCase("cd /ho" + "me/me/x\n")]
    [TestCase("\"C:\\" + "Users\\me\"\n")]
    [TestCase("cat /tm" + "p/x\n")]
    public void Folders_of_one_machine_are_rejected(string text) => Rejects(TextRules.MachinePaths, "docs/a.md", text, "repository's root");

    [TestCase("/opt/lwm2m and /usr/bin\n")]
    [TestCase("http://example.com/home/page ../tmp/x {dir}/tmp/x\n")]
    [TestCase("\"code:\\nfoo\"\n")]
    public void Other_paths_are_accepted(string text) => Accepts(TextRules.MachinePaths, "docs/a.md", text);

    [Test]
    public void A_path_to_a_neighbour_of_the_repository_is_rejected() => Rejects(TextRules.OutsidePaths, "docs/a.md", "see .." + "/shared/spec\n", "stands alone");

    [Test]
    public void Conditional_code_is_accepted_below_a_platform_folder_only()
    {
        const string Text = "#if NET\nclass Foo { }\n#endif\n";
        Rejects(SourceRules.Directives, Shared, Text, "Platform/Nano");
        Accepts(SourceRules.Directives, "src/Lwm2m.Client/Platform/DotNet/Foo.cs", Text);
    }

    [TestCase("Foo.cs", "class Foo { class Inner { } }\n")]
    [TestCase("Foo.Receive.cs", "namespace A; partial class Foo { }\n")]
    [TestCase("Foo.cs", "namespace A { enum Foo { } }\n")]
    [TestCase("Foo.cs", "class Foo<T> { }\n")]
    [TestCase("Foo.cs", "delegate void Foo();\n")]
    [TestCase("Program.cs", "System.Console.WriteLine();\n")]
    public void A_type_in_its_own_file_is_accepted(string name, string text) => Accepts(SourceRules.OneType, "src/Lwm2m.Coap/" + name, text);

    [TestCase("Foo.cs", "class Foo { }\nclass Bar { }\n", "Bar.cs")]
    [TestCase("Foo.cs", "class Foo { }\ndelegate void Bar();\n", "Bar.cs")]
    [TestCase("Foo.cs", "namespace A; class Bar { }\n", "call the file Bar.cs")]
    [TestCase("Foo.Receive.cs", "class Foo { }\n", "not partial")]
    public void A_type_elsewhere_is_rejected(string name, string text, string complaint) =>
        Rejects(SourceRules.OneType, "src/Lwm2m.Coap/" + name, text, complaint);

    [TestCase("[Ignore(\"slow\")]")]
    [TestCase("[Test, Explicit]")]
    [TestCase("[NUnit.Framework.Ignore(\"slow\")]")]
    public void A_test_that_does_not_run_is_rejected(string attribute) =>
        Rejects(SourceRules.SkippedTests, "tests/A/Foo.cs", $"class Foo {{ {attribute} void A() {{ }} }}\n", "runs or does not exist");

    [TestCase("using System.Net;")]
    [TestCase("using System.Threading;")]
    [TestCase("class A { long B() => System.DateTime.UtcNow.Ticks; }")]
    [TestCase("class A { long B() => Environment.TickCount64; }")]
    [TestCase("class A { void B() { System.Threading.Thread.Sleep(1); } }")]
    [TestCase("class A { Random _r = new Random(); }")]
    public void The_outside_world_in_the_core_is_rejected(string text)
    {
        Rejects(SourceRules.OutsideWorld, Shared, text + "\n", "through a port");
        Accepts(SourceRules.OutsideWorld, "src/Lwm2m.Client/Platform/Nano/Foo.cs", text + "\n");
    }

    [TestCase("class A { void B(object o) { lock (o) { } } }")]
    [TestCase("class A { int Random; int B() => Random + this.Random; }")]
    [TestCase("class A { const int Environment = 1; }")]
    public void What_only_sounds_like_the_outside_world_is_accepted(string text) => Accepts(SourceRules.OutsideWorld, Shared, text + "\n");

    [TestCase("src/Lwm2m.Coap/Foo.cs", "using Lwm2m.Client;")]
    [TestCase("src/Lwm2m.Formats/Foo.cs", "using Lwm2m.Coap;")]
    [TestCase("src/Lwm2m.Coap/Foo.cs", "class A { Lwm2m.Formats.B? _b; }")]
    public void An_arrow_that_points_back_is_rejected(string path, string text) => Rejects(SourceRules.Arrows, path, text + "\n", "knows nothing of");

    [Test]
    public void An_arrow_that_points_down_is_accepted() => Accepts(SourceRules.Arrows, "src/Lwm2m.Client/Foo.cs", "using Lwm2m.Coap;\nusing Lwm2m.Formats;\nnamespace Lwm2m.Client;\n");

    [TestCase("10.0.0" + ".1")]
    [TestCase("coap://8.8.8" + ".8:5683")]
    [TestCase("coap://[2a00:" + "1450::1]")]
    public void An_address_of_somebody_else_is_rejected(string text) =>
        Rejects(AddressRules.HardCodedAddresses, "tests/A/Foo.cs", $"class Foo {{ string A = \"{text}\"; }}\n", "use loopback");

    [TestCase("127.0.0.1:0")]
    [TestCase("coap://[::1]:5683")]
    [TestCase("coap://192.0.2.7")]
    [TestCase("[2001:db8::7]")]
    [TestCase("1.3.6.1.4.1")]
    [TestCase("[12:30]")]
    public void Loopback_and_documentation_addresses_are_accepted(string text) =>
        Accepts(AddressRules.HardCodedAddresses, "tests/A/Foo.cs", $"class Foo {{ string A = \"{text}\"; }}\n");

    [Test]
    public void A_project_outside_the_solution_is_rejected()
    {
        RepositoryFile solution = new("Lwm2m.Client.sln", "Project(\"{1}\") = \"A\", \"src\\A\\A.csproj\", \"{2}\"\n");
        Accepts(p => ProjectRules.InSolution(p, solution), "src/A/A.csproj", "<Project />\n");
        Accepts(p => ProjectRules.InSolution(p, solution), "hardware/B/B.csproj", "<Project />\n");
        Rejects(p => ProjectRules.InSolution(p, solution), "src/B/B.csproj", "<Project />\n", "dotnet sln Lwm2m.Client.sln add src/B/B.csproj");
        Assert.That(ProjectRules.EntriesExist(solution), Has.One.Contains("does not exist"));
    }

    [TestCase("<ProjectReference Include=\"..\\Lwm2m.Client\\Lwm2m.Client.csproj\" />", "no library of ours")]
    [TestCase("<PackageReference Include=\"Newtonsoft.Json\" />", "runtime alone")]
    public void A_reference_out_of_the_room_is_rejected(string item, string complaint) =>
        Rejects(ProjectRules.References, "src/Lwm2m.Coap/Lwm2m.Coap.csproj", $"<Project><ItemGroup>{item}</ItemGroup></Project>\n", complaint);

    [Test]
    public void A_file_item_is_rejected() =>
        Rejects(ProjectRules.NoFileItems, "src/A/A.csproj", "<Project><ItemGroup><Compile Remove=\"B.cs\" /></ItemGroup></Project>\n", "move the file");

    [Test]
    public void A_version_in_a_project_is_rejected() =>
        Rejects(ProjectRules.NoVersions, "src/A/A.csproj", "<Project><ItemGroup><PackageReference Include=\"B\" Version=\"1\" /></ItemGroup></Project>\n", "Directory.Packages.props");

    [TestCase("<NoWarn>CS1591</NoWarn>")]
    [TestCase("<GenerateDocumentationFile>false</GenerateDocumentationFile>")]
    public void Hiding_missing_documentation_is_rejected(string property) =>
        Rejects(ProjectRules.Documentation, "src/A/A.csproj", $"<Project><PropertyGroup>{property}</PropertyGroup></Project>\n", "public member");

    [Test]
    public void The_board_compiles_the_same_files_but_for_those_of_the_desktop()
    {
        RepositoryFile project = new("src/A/A.csproj", "<Project />\n");
        string[] folder = ["src/A/B.cs", "src/A/Platform/Nano/C.cs", "src/A/Platform/DotNet/D.cs"];
        Assert.Multiple(() =>
        {
            Assert.That(ProjectRules.NanoTwin(project, folder, ["src/A/B.cs", "src/A/Platform/Nano/C.cs"]), Is.Empty);
            Assert.That(ProjectRules.NanoTwin(project, folder, ["src/A/Platform/Nano/C.cs"]), Has.One.Contains("does not compile src/A/B.cs"));
            Assert.That(ProjectRules.NanoTwin(project, folder, folder), Has.One.Contains("compiles src/A/Platform/DotNet/D.cs"));
            Assert.That(ProjectRules.NanoTwin(project, folder, null), Has.One.Contains("A.nfproj"));
        });
    }

    [TestCase("[a](b.md)", "does not exist")]
    [TestCase("<img src=\"../x.svg\">", "does not exist")]
    [TestCase("[a](#no-such)", "no heading")]
    [TestCase("[a]: b.md", "does not exist")]
    public void A_link_to_nowhere_is_rejected(string text, string complaint) => Rejects(LinksOf, "docs/a.md", "# Title\n" + text + "\n", complaint);

    [TestCase("[a](a.md) [b](../docs/a.md#what-is-it-1-or-2) [c](#what-is-it-1-or-2)")]
    [TestCase("[a](https://example.com/x.md) `[b](b.md)`")]
    [TestCase("```\n[a](b.md)\n```")]
    public void Other_links_are_accepted(string text) => Accepts(LinksOf, "docs/a.md", "## What is it: 1, or 2?\n" + text + "\n");

    private static IEnumerable<string> LinksOf(RepositoryFile file) => MarkdownRules.Links(file, p => p == file.Path, p => p == file.Path ? file : null);

    private static void Accepts(Func<RepositoryFile, IEnumerable<string>> rule, string path, string text) =>
        Assert.That(rule(new RepositoryFile(path, text)), Is.Empty);

    private static void Rejects(Func<RepositoryFile, IEnumerable<string>> rule, string path, string text, string complaint) =>
        Assert.That(rule(new RepositoryFile(path, text)), Has.Some.Contains(complaint).And.Some.StartsWith(path + ":"));
}
