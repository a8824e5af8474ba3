using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lwm2m.Repository.Tests;

/// <summary>A text file of the repository, with its path from the root in forward slashes.</summary>
public sealed class RepositoryFile(string path, string text)
{
    private SyntaxTree? _tree;

    public string Path { get; } = path;

    public string Text { get; } = text;

    public string Name => System.IO.Path.GetFileName(Path);

    public string Extension => System.IO.Path.GetExtension(Path);

    public bool IsCSharp => Extension == ".cs";

    /// <summary>The file as C#, parsed once.</summary>
    public SyntaxTree Tree => _tree ??= CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview), Path);

    public SyntaxNode Root => Tree.GetRoot();

    /// <summary>Lines without their ends; the empty rest behind the last line end is no line.</summary>
    public string[] Lines => (Text.EndsWith('\n') ? Text[..^1] : Text).Split('\n');

    public bool IsUnder(params string[] folders) => folders.Any(f => Path.StartsWith(f + "/", StringComparison.Ordinal));

    /// <summary>True in the folders where the two runtimes differ, and in the shared source nowhere.</summary>
    public bool IsPlatform => Path.Contains("/Platform/", StringComparison.Ordinal);

    /// <summary>A complaint about a line, in the form that editors make a link of.</summary>
    public string At(int line, string message) => $"{Path}:{line}: {message}";

    public string At(SyntaxNodeOrToken node, string message) => At(node.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1, message);

    public string At(SyntaxTrivia trivia, string message) => At(trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1, message);
}
