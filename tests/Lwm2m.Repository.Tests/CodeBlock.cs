using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lwm2m.Repository.Tests;

/// <summary>
/// A block of C# in a document: a complete program, or complete types. A comment on the line above says more:
/// <c>&lt;!-- at most 15 lines --&gt;</c> limits it, <c>&lt;!-- with the block above --&gt;</c> makes one source of both.
/// </summary>
public sealed partial class CodeBlock
{
    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p))]);

    private CodeBlock(RepositoryFile document, int line, string text, int? maxLines, CodeBlock? above)
    {
        Document = document;
        Line = line;
        Text = text;
        MaxLines = maxLines;
        Above = above;
    }

    public RepositoryFile Document { get; }

    /// <summary>Line of the first line of code.</summary>
    public int Line { get; }

    public string Text { get; }

    public int? MaxLines { get; }

    public int Lines => Text.Split('\n').Length;

    public bool IsProgram => Parse(Text).GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();

    private CodeBlock? Above { get; }

    /// <summary>The blocks marked as C# of a document, in order.</summary>
    public static IReadOnlyList<CodeBlock> In(RepositoryFile document)
    {
        List<CodeBlock> blocks = [];
        string[] lines = document.Lines;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] != "```csharp")
                continue;
            string mark = i > 0 ? lines[i - 1] : "";
            int first = i + 1;
            while (i + 1 < lines.Length && lines[i + 1] != "```")
                i++;
            Match limit = Limit().Match(mark);
            blocks.Add(new CodeBlock(
                document,
                first + 1,
                string.Join('\n', lines[first..(i + 1)]),
                limit.Success ? int.Parse(limit.Groups[1].Value, CultureInfo.InvariantCulture) : null,
                mark == "<!-- with the block above -->" ? blocks[^1] : null));
            i++;
        }

        return blocks;
    }

    /// <summary>Compiles it against the runtime and the libraries; warnings count, as they do for the reader of the document.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Lines > MaxLines)
            yield return Document.At(Line, $"{Lines} lines, and at most {MaxLines} are promised");
        using MemoryStream image = new();
        foreach (Diagnostic problem in Compile(image))
            yield return Document.At(Line, $"does not compile: {problem}");
    }

    /// <summary>Compiles it and gives the problems.</summary>
    /// <param name="image">Where the assembly goes.</param>
    /// <param name="replacements">Pairs of a text in the block and what stands there instead.</param>
    public IReadOnlyList<Diagnostic> Compile(Stream image, params (string Old, string New)[] replacements)
    {
        string text = Source();
        foreach ((string old, string now) in replacements)
        {
            Assert.That(text, Does.Contain(old), "the block no longer holds what a test replaces");
            text = text.Replace(old, now, StringComparison.Ordinal);
        }

        SyntaxTree tree = Parse(text);
        bool program = tree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Block",
            [tree],
            References.Value,
            new CSharpCompilationOptions(program ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.Emit(image).Diagnostics.Where(d => d.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning)];
    }

    /// <summary>Both blocks as one file: using directives first, then statements, then types.</summary>
    private string Source()
    {
        if (Above == null)
            return Text;
        CompilationUnitSyntax[] units = [Parse(Above.Source()).GetCompilationUnitRoot(), Parse(Text).GetCompilationUnitRoot()];
        IEnumerable<string> usings = units.SelectMany(u => u.Usings).Select(u => u.ToString()).Distinct();
        IEnumerable<MemberDeclarationSyntax> members = units.SelectMany(u => u.Members);
        return string.Join('\n', usings) + "\n" + string.Concat(members.OrderBy(m => m is not GlobalStatementSyntax).Select(m => m.ToFullString() + "\n"));
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest));

    [GeneratedRegex("^<!-- at most ([0-9]+) lines -->$", RegexOptions.CultureInvariant)]
    private static partial Regex Limit();
}
