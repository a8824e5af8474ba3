using System.Net;
using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lwm2m.NanoGate.Steps;

/// <summary>
/// Lets an assembly that was compiled against the board's assemblies run on .NET: every type reference is pointed at the .NET assembly
/// that has the type. Types that .NET lacks are left as they are; code that uses them must not be executed.
/// </summary>
public static class PlatformReferences
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

    /// <summary>What <c>==</c> of two addresses means on the board.</summary>
    public static bool AddressEquality(IPAddress? a, IPAddress? b) => Equals(a, b);

    /// <summary>What <c>!=</c> of two addresses means on the board.</summary>
    public static bool AddressInequality(IPAddress? a, IPAddress? b) => !Equals(a, b);

    internal static void Retarget(ModuleDefinition module)
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

        ReplaceMissingMembers(module);
    }

    // Members that only the board's types have; what stands in for them takes the same arguments and counts as the same one instruction.
    private static void ReplaceMissingMembers(ModuleDefinition module)
    {
        MethodReference equality = module.ImportReference(typeof(PlatformReferences).GetMethod(nameof(AddressEquality))!);
        MethodReference inequality = module.ImportReference(typeof(PlatformReferences).GetMethod(nameof(AddressInequality))!);
        foreach (Instruction instruction in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions))
        {
            if (instruction.Operand is not MethodReference { DeclaringType.FullName: "System.Net.IPAddress" } method)
                continue;
            if (method.Name == "op_Equality")
                instruction.Operand = equality;
            else if (method.Name == "op_Inequality")
                instruction.Operand = inequality;
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
