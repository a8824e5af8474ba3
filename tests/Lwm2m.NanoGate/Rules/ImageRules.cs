using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lwm2m.NanoGate.Rules;

/// <summary>Rules on the compiled IL: they catch what the compiler makes by itself, such as a cached delegate of a generic type.</summary>
internal static class ImageRules
{
    // Embedded by the compiler for nullable annotations and `in`; they are ordinary attribute classes that nothing instantiates.
    private static readonly HashSet<string> HarmlessEmbedded = new(StringComparer.Ordinal)
    {
        "Microsoft.CodeAnalysis.EmbeddedAttribute",
        "System.Runtime.CompilerServices.NullableAttribute",
        "System.Runtime.CompilerServices.NullableContextAttribute",
        "System.Runtime.CompilerServices.NullablePublicOnlyAttribute",
        "System.Runtime.CompilerServices.IsReadOnlyAttribute",
    };

    public static void Check(byte[] image, List<Violation> violations)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(image));
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
            CheckType(type, violations);
    }

    private static void CheckType(TypeDefinition type, List<Violation> violations)
    {
        bool isCompilerMade = type.FullName.Contains("<PrivateImplementationDetails>", StringComparison.Ordinal);
        if (type.HasGenericParameters)
            Add(violations, RuleId.Generics, type.FullName, "generic types crash or hang the board");
        if (type.IsValueType && !type.IsEnum && !isCompilerMade)
            Add(violations, RuleId.Struct, type.FullName, "a struct is a heap object on the board: use a class or plain fields");
        if (type.CustomAttributes.Any(a => a.AttributeType.FullName == "Microsoft.CodeAnalysis.EmbeddedAttribute") && !HarmlessEmbedded.Contains(type.FullName))
            Add(violations, RuleId.EmbeddedAttribute, type.FullName, "the compiler embeds an attribute that the board's build does not know");

        foreach (FieldDefinition field in type.Fields)
            CheckReference(field.FieldType, field.FullName, violations);

        foreach (MethodDefinition method in type.Methods)
        {
            string name = $"{type.FullName}.{method.Name}";
            if (method.HasGenericParameters)
                Add(violations, RuleId.Generics, name, "generic methods crash or hang the board");
            if (type.IsInterface && method.HasBody)
                Add(violations, RuleId.DefaultInterfaceMethod, name, "a method body in an interface throws or crashes on the board");
            if (isCompilerMade && method.Name == "ComputeStringHash")
                Add(violations, RuleId.StringSwitch, name, "the compiler hashes strings for a switch, which is O(n squared) on the board: compare bytes or a few strings");
            CheckReference(method.ReturnType, name, violations);
            foreach (ParameterDefinition parameter in method.Parameters)
                CheckReference(parameter.ParameterType, name, violations);
            if (method.HasBody)
                CheckBody(method, name, violations);
        }
    }

    private static void CheckBody(MethodDefinition method, string name, List<Violation> violations)
    {
        foreach (VariableDefinition variable in method.Body.Variables)
            CheckReference(variable.VariableType, name, violations);

        foreach (Instruction instruction in method.Body.Instructions)
        {
            string opcode = instruction.OpCode.Name;
            if (opcode.Contains(".ovf", StringComparison.Ordinal))
                Add(violations, RuleId.Checked, name, $"{opcode}: overflow is not checked on the board");
            else if (instruction.OpCode.Code is Code.Localloc)
                Add(violations, RuleId.StackAlloc, name, "stackalloc throws or crashes on the board");
            else if (instruction.OpCode.Code is Code.Calli or Code.Cpblk or Code.Initblk or Code.Arglist or Code.Mkrefany or Code.Refanyval or Code.Jmp)
                Add(violations, RuleId.Pointers, name, $"{opcode} is not executed by the board");
            else if (instruction.OpCode.Code is Code.Volatile)
                Add(violations, RuleId.Volatile, name, "volatile is not known to the board");

            if (instruction.Operand is GenericInstanceMethod genericMethod)
                Add(violations, RuleId.Generics, name, $"calls generic {genericMethod.Name}");
            else if (instruction.Operand is MemberReference { DeclaringType: { } declaring })
                CheckReference(declaring, name, violations);
            if (instruction.Operand is TypeReference type)
                CheckReference(type, name, violations);
        }
    }

    private static void CheckReference(TypeReference type, string where, List<Violation> violations)
    {
        switch (type)
        {
            case GenericInstanceType:
                Add(violations, RuleId.Generics, where, $"{type.FullName}: generic instantiations crash or hang the board");
                break;
            case ArrayType { Rank: > 1 }:
                Add(violations, RuleId.MultiDimensionalArray, where, $"{type.FullName}: multi-dimensional arrays throw on the board");
                break;
            case PointerType or FunctionPointerType or PinnedType:
                Add(violations, RuleId.Pointers, where, $"{type.FullName}: pointers crash the board");
                break;
            case TypeSpecification specification:
                CheckReference(specification.ElementType, where, violations);
                break;
        }
    }

    private static void Add(List<Violation> violations, string rule, string where, string message)
    {
        Violation violation = new(rule, IsError: true, where, message);
        if (!violations.Contains(violation))
            violations.Add(violation);
    }
}
