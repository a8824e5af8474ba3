using Lwm2m.NanoGate.Reference;
using Microsoft.CodeAnalysis;

namespace Lwm2m.NanoGate;

/// <summary>
/// The nano gate: compiles the file sets of the <c>.nfproj</c>s against nanoFramework's API surface and rejects what the board
/// cannot run.
/// </summary>
public static class Gate
{
    /// <summary>Runs the gate over projects and all projects they reference, in the order of their dependencies.</summary>
    /// <param name="projectPaths">Paths of <c>.nfproj</c> files.</param>
    /// <param name="rootFolder">Locations in violations are relative to it.</param>
    public static GateResult Run(IEnumerable<string> projectPaths, string? rootFolder = null)
    {
        List<NanoProject> ordered = [];
        foreach (string path in projectPaths)
            AddInOrder(NanoProject.Read(path), ordered, []);

        GateResult result = new();
        Dictionary<string, NanoAssembly> compiled = new(StringComparer.Ordinal);
        foreach (NanoProject project in ordered)
        {
            NanoAssembly assembly = NanoAssembly.Compile(
                project.AssemblyName,
                project.SourceFiles.Select(f => (f, File.ReadAllText(f))),
                References(project, compiled),
                rootFolder);
            if (project.LangVersion != "10")
                assembly.Violations.Insert(0, new Violation(RuleId.LangVersion, IsError: true, project.Path, $"LangVersion is '{project.LangVersion}': later versions embed compiler attributes the board lacks, so it must be 10"));
            compiled.Add(project.Path, assembly);
            result.Assemblies.Add(assembly);
        }

        return result;
    }

    /// <summary>Compiles and checks one piece of source against all assemblies of the board.</summary>
    public static NanoAssembly CheckSource(string source) =>
        NanoAssembly.Compile("Sample", [("Sample.cs", source)], ReferenceAssemblies.Names.Select(ReferenceAssemblies.Get));

    private static List<MetadataReference> References(NanoProject project, Dictionary<string, NanoAssembly> compiled)
    {
        List<MetadataReference> references = [.. project.References.Select(ReferenceAssemblies.Get)];
        foreach (string path in project.ProjectReferences)
        {
            // Even a broken assembly is a reference, so that the next one reports its own errors only.
            references.Add(compiled[path].Compilation.ToMetadataReference());
        }

        return references;
    }

    private static void AddInOrder(NanoProject project, List<NanoProject> ordered, HashSet<string> open)
    {
        if (ordered.Exists(p => p.Path == project.Path))
            return;
        if (!open.Add(project.Path))
            throw new FormatException($"{project.Path} references itself");
        foreach (string reference in project.ProjectReferences)
            AddInOrder(NanoProject.Read(reference), ordered, open);
        open.Remove(project.Path);
        ordered.Add(project);
    }
}
