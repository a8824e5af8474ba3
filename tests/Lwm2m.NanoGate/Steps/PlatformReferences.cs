using System.Reflection;
using Mono.Cecil;

namespace Lwm2m.NanoGate.Steps;

/// <summary>
/// Lets an assembly that was compiled against the board's assemblies run on .NET: every type reference is pointed at the .NET assembly
/// that has the type. Types that .NET lacks are left as they are; code that uses them must not be executed.
/// </summary>
internal static class PlatformReferences
{
    private static readonly string[] DotNetAssemblies =
    [
        "System.Private.CoreLib",
        "System.Net.Primitives",
        "System.Net.Sockets",
        "System.Net.NameResolution",
        "System.Net.NetworkInformation",
        "System.Collections.NonGeneric",
        "System.Console",
        "System.Diagnostics.Process",
    ];

    public static void Retarget(ModuleDefinition module)
    {
        Dictionary<string, AssemblyNameReference> references = new(StringComparer.Ordinal);
        foreach (TypeReference type in module.GetTypeReferences().Where(t => t.DeclaringType == null && IsOfBoard(t.Scope)))
        {
            if (FindAssembly(type.FullName) is not { } name)
                continue;
            if (!references.TryGetValue(name.Name!, out AssemblyNameReference? reference))
            {
                reference = new AssemblyNameReference(name.Name, name.Version) { PublicKeyToken = name.GetPublicKeyToken() };
                module.AssemblyReferences.Add(reference);
                references.Add(name.Name!, reference);
            }

            type.Scope = reference;
        }
    }

    private static bool IsOfBoard(IMetadataScope scope) => Reference.ReferenceAssemblies.Names.Contains(scope.Name);

    private static AssemblyName? FindAssembly(string typeName)
    {
        foreach (string assembly in DotNetAssemblies)
        {
            if (Assembly.Load(assembly).GetType(typeName) is { } type)
                return type.Assembly.GetName();
        }

        return null;
    }
}
