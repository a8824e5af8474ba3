using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lwm2m.NanoGate.Reference;

/// <summary>nanoFramework's assemblies as a compiler sees them: made from the API lists, with nothing of .NET in them.</summary>
public static class ReferenceAssemblies
{
    private static readonly Lazy<Dictionary<string, byte[]>> Images = new(Build);
    private static readonly Lazy<Dictionary<string, MetadataReference>> References = new(() =>
        Images.Value.ToDictionary(p => p.Key, p => (MetadataReference)MetadataReference.CreateFromImage(p.Value), StringComparer.Ordinal));

    /// <summary>Names of the assemblies that exist on the board, such as <c>mscorlib</c> and <c>System.Net</c>.</summary>
    public static IReadOnlyCollection<string> Names => Images.Value.Keys;

    /// <summary>The reference assembly of that name.</summary>
    /// <exception cref="ArgumentException">The board has no such assembly.</exception>
    public static MetadataReference Get(string name) =>
        References.Value.TryGetValue(name, out MetadataReference? reference) ? reference : throw new ArgumentException($"no assembly '{name}' on the board", nameof(name));

    internal static byte[] GetImage(string name) => Images.Value[name];

    private static Dictionary<string, byte[]> Build()
    {
        List<ApiList> lists = [.. ApiList.ReadAll()];
        ReferenceSource source = new(lists);
        Dictionary<string, byte[]> images = new(StringComparer.Ordinal);
        while (lists.Count > 0)
        {
            ApiList? next = lists.Find(l => source.AssembliesUsedBy(l).All(images.ContainsKey) && (l.AssemblyName == "mscorlib" || images.ContainsKey("mscorlib")));
            if (next == null)
                throw new InvalidOperationException("the API lists depend on each other in a circle: " + string.Join(", ", lists.Select(l => l.AssemblyName)));
            images.Add(next.AssemblyName, Compile(next, source, images));
            lists.Remove(next);
        }

        return images;
    }

    private static byte[] Compile(ApiList list, ReferenceSource source, Dictionary<string, byte[]> images)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            list.AssemblyName,
            [CSharpSyntaxTree.ParseText(source.Write(list), new CSharpParseOptions(LanguageVersion.CSharp10))],
            images.Values.Select(i => MetadataReference.CreateFromImage(i)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        if (!result.Success)
        {
            IEnumerable<string> errors = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(40).Select(d =>
                d.ToString() + "  <- " + d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]);
            throw new InvalidOperationException($"{list.AssemblyName} as listed does not compile:\n{string.Join('\n', errors)}");
        }

        return image.ToArray();
    }
}
