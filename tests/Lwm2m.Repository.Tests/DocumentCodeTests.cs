namespace Lwm2m.Repository.Tests;

/// <summary>The C# in the documents compiles, and is as short as promised.</summary>
[Parallelizable(ParallelScope.All)]
public class DocumentCodeTests
{
    [Test]
    public void Code_in_documents_compiles()
    {
        string[] complaints = [.. RepositoryFolder.Markdown.SelectMany(CodeBlock.In).SelectMany(b => b.Complaints())];
        Assert.That(complaints, Is.Empty, string.Join('\n', complaints));
    }

    [Test]
    public void A_block_is_found_with_its_line_and_limit()
    {
        RepositoryFile document = Document("text\n<!-- at most 2 lines -->\n```csharp\nusing System;\nConsole.WriteLine();\n```\n\n```sh\nls\n```\n\n```csharp\nclass A { }\n```\n");
        IReadOnlyList<CodeBlock> blocks = CodeBlock.In(document);
        Assert.That(blocks.Select(b => (b.Line, b.Lines, b.MaxLines, b.IsProgram)), Is.EqualTo(new[] { (4, 2, (int?)2, true), (13, 1, null, false) }));
        Assert.That(blocks.SelectMany(b => b.Complaints()), Is.Empty);
    }

    [Test]
    public void Code_that_does_not_compile_is_rejected()
    {
        RepositoryFile document = Document("```csharp\nConsole.WriteLine();\n```\n");
        Assert.That(CodeBlock.In(document)[0].Complaints(), Has.One.StartsWith("docs/a.md:2: does not compile:"));
    }

    [Test]
    public void Code_with_a_warning_is_rejected()
    {
        RepositoryFile document = Document("```csharp\nstring text = null;\nSystem.Console.WriteLine(text.Length);\n```\n");
        Assert.That(CodeBlock.In(document)[0].Complaints(), Is.Not.Empty);
    }

    [Test]
    public void A_block_that_is_too_long_is_rejected()
    {
        RepositoryFile document = Document("<!-- at most 1 lines -->\n```csharp\nusing System;\nConsole.WriteLine();\n```\n");
        Assert.That(CodeBlock.In(document)[0].Complaints(), Is.EqualTo(new[] { "docs/a.md:3: 2 lines, and at most 1 are promised" }));
    }

    [Test]
    public void A_block_can_go_on_with_the_one_above()
    {
        RepositoryFile document = Document("```csharp\nclass A { }\n```\n<!-- with the block above -->\n```csharp\nusing System;\nConsole.WriteLine(new A());\n```\n");
        Assert.That(CodeBlock.In(document)[1].Complaints(), Is.Empty);
    }

    private static RepositoryFile Document(string text) => new("docs/a.md", text);
}
