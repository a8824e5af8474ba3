using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Lwm2m.NanoGate;

/// <summary>An assembly compiled against the board's API, with what is wrong with it.</summary>
public sealed class NanoAssembly
{
    private NanoAssembly(string name, CSharpCompilation compilation)
    {
        Name = name;
        Compilation = compilation;
    }

    public string Name { get; }

    /// <summary>The IL, or null when it does not compile.</summary>
    public byte[]? Image { get; private set; }

    public List<Violation> Violations { get; } = [];

    /// <summary>Size by the board's tables, or null when it does not compile.</summary>
    public NanoImageSize? Size { get; private set; }

    internal CSharpCompilation Compilation { get; }

    /// <summary>Compiles sources as the board's build would (C# 10, release, nullable annotations) and applies all rules.</summary>
    /// <param name="name">Assembly name.</param>
    /// <param name="sources">Path and text of each file.</param>
    /// <param name="references">The board's assemblies and those compiled before.</param>
    /// <param name="rootFolder">Locations are written relative to it; null leaves paths as they are.</param>
    public static NanoAssembly Compile(string name, IEnumerable<(string Path, string Text)> sources, IEnumerable<MetadataReference> references, string? rootFolder = null)
    {
        CSharpParseOptions parse = new(LanguageVersion.CSharp10, DocumentationMode.Parse, SourceCodeKind.Regular);
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            sources.Select(s => CSharpSyntaxTree.ParseText(SourceText.From(s.Text, System.Text.Encoding.UTF8), parse, Relative(rootFolder, s.Path))),
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true, // so that the rules, not the compiler, name pointers and stackalloc
                nullableContextOptions: NullableContextOptions.Enable,
                deterministic: true));

        NanoAssembly assembly = new(name, compilation);
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        foreach (Diagnostic diagnostic in result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))
            assembly.Violations.Add(new Violation(RuleId.Compile, IsError: true, At(diagnostic.Location), $"{diagnostic.Id}: {diagnostic.GetMessage(null)}"));

        // Some of what the compiler refuses has a clearer name among the rules, so they look at broken sources too.
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
            new Rules.SourceRules(compilation.GetSemanticModel(tree), assembly.Violations).Check(tree);

        if (result.Success)
        {
            assembly.Image = image.ToArray();
            Rules.ImageRules.Check(assembly.Image, assembly.Violations);
            assembly.Size = NanoImageSize.Measure(assembly.Image);
            assembly.Size.CheckLimits(assembly.Violations);
        }

        return assembly;
    }

    internal static string At(Location location)
    {
        FileLinePositionSpan span = location.GetLineSpan();
        return span.IsValid ? $"{span.Path}:{span.StartLinePosition.Line + 1}" : "assembly";
    }

    private static string Relative(string? root, string path) => root == null ? path : Path.GetRelativePath(root, path).Replace('\\', '/');
}
