using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using MethodBody = Mono.Cecil.Cil.MethodBody;

namespace Lwm2m.NanoGate;

/// <summary>
/// Size of the <c>.pe</c> that the board's metadata processor would make of an assembly, table by table.
/// <para>
/// Bytecode is exact: the board's code is the compiler's, with 2-byte instead of 4-byte operands for members, types, strings
/// and far branches, 1+2n bytes for a switch of n targets and 12 bytes for an exception handler (plus 1 a method that has any).
/// </para>
/// <para>
/// The other tables are an upper estimate from the sizes of version 1's records: header 124, assembly reference 12, type and member
/// reference 8, type 24, field 8 (constants are dropped), method 16, attribute 8, type specification 4; strings as UTF-8 with
/// a zero, each once, those that the firmware already holds not deducted; signatures once each, one byte for a primitive
/// and three for a class; content of initialised arrays with the signatures.
/// </para>
/// </summary>
public sealed class NanoImageSize
{
    /// <summary>A method's address is a 16-bit offset into the bytecode table.</summary>
    public const int MaxBytecode = 64 * 1024 - 1;

    /// <summary>A string is a 16-bit index whose upper half means the firmware's own strings.</summary>
    public const int MaxStrings = 32 * 1024 - 1;

    /// <summary>A signature is a 16-bit offset.</summary>
    public const int MaxSignatures = 64 * 1024 - 1;

    /// <summary>Counts of a type's fields and methods are bytes in the board's type record.</summary>
    public const int MaxMembersOfAKind = 255;

    // What the metadata processor leaves out.
    private static readonly HashSet<string> DroppedAttributes = new(StringComparer.Ordinal)
    {
        "System.AttributeUsageAttribute",
        "System.CLSCompliantAttribute",
        "System.FlagsAttribute",
        "System.ObsoleteAttribute",
        "System.Diagnostics.ConditionalAttribute",
        "System.Diagnostics.DebuggableAttribute",
        "System.Diagnostics.DebuggerBrowsableAttribute",
        "System.Diagnostics.DebuggerHiddenAttribute",
        "System.Diagnostics.DebuggerNonUserCodeAttribute",
        "System.Diagnostics.DebuggerStepThroughAttribute",
        "System.Diagnostics.DebuggerDisplayAttribute",
        "System.ComponentModel.EditorBrowsableAttribute",
        "System.Reflection.DefaultMemberAttribute",
    };

    private readonly HashSet<string> _strings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _signatures = new(StringComparer.Ordinal);
    private readonly List<string> _overLimit = [];
    private int _typeSpecifications;

    private NanoImageSize(string assemblyName) => AssemblyName = assemblyName;

    public string AssemblyName { get; }

    public int Types { get; private set; }

    public int Fields { get; private set; }

    public int Methods { get; private set; }

    /// <summary>IL instructions as the compiler wrote them.</summary>
    public int Instructions { get; private set; }

    /// <summary>Bytes of IL bodies as .NET counts them, without headers.</summary>
    public int IlBytes { get; private set; }

    /// <summary>Bytes of the board's bytecode table.</summary>
    public int Bytecode { get; private set; }

    public int Strings { get; private set; }

    public int Signatures { get; private set; }

    /// <summary>Content of initialised static arrays; part of <see cref="Signatures"/>.</summary>
    public int ArrayData { get; private set; }

    public int Attributes { get; private set; }

    /// <summary>All other tables and the header.</summary>
    public int Records { get; private set; }

    /// <summary>The whole file, estimated.</summary>
    public int Total => Bytecode + Strings + Signatures + Attributes + Records;

    /// <summary>The longest methods by board bytecode, longest first.</summary>
    public IReadOnlyList<(string Method, int Bytecode, int Instructions)> BiggestMethods { get; private set; } = [];

    public static NanoImageSize Measure(byte[] image)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(image));
        NanoImageSize size = new(assembly.Name.Name);
        size.Measure(assembly.MainModule);
        return size;
    }

    /// <summary>Adds a violation for each table or type that the board's 16-bit offsets and 8-bit counts cannot hold.</summary>
    public void CheckLimits(List<Violation> violations)
    {
        CheckTable(violations, "bytecode", Bytecode, MaxBytecode);
        CheckTable(violations, "strings", Strings, MaxStrings);
        CheckTable(violations, "signatures", Signatures, MaxSignatures);
        foreach (string text in _overLimit)
            violations.Add(new Violation(text.Contains("locals", StringComparison.Ordinal) ? RuleId.MethodShape : RuleId.MemberCount, IsError: true, text[..text.IndexOf(':', StringComparison.Ordinal)], text[(text.IndexOf(':', StringComparison.Ordinal) + 2)..]));
    }

    private void CheckTable(List<Violation> violations, string table, int bytes, int limit)
    {
        if (bytes > limit)
            violations.Add(new Violation(RuleId.BytecodeSize, IsError: true, AssemblyName, $"{bytes} bytes of {table}, the board holds {limit} an assembly"));
    }

    private void Measure(ModuleDefinition module)
    {
        int records = 124 + 16 * 3; // header, and up to 3 bytes of padding after each of 16 tables
        records += 12 * module.AssemblyReferences.Count;
        foreach (AssemblyNameReference reference in module.AssemblyReferences)
            _strings.Add(reference.Name);

        foreach (TypeReference reference in module.GetTypeReferences())
        {
            records += 8;
            AddStrings(reference.Name, reference.Namespace);
        }

        foreach (MemberReference reference in module.GetMemberReferences())
        {
            records += 8;
            _strings.Add(reference.Name);
            if (reference is MethodReference method)
                AddSignature(method);
            else if (reference is FieldReference field)
                AddSignature(field.FieldType.FullName, 1 + SignatureOf(field.FieldType));
        }

        List<(string, int, int)> methods = [];
        foreach (TypeDefinition type in module.GetTypes())
        {
            if (type.Name == "<Module>")
                continue;
            Types++;
            records += 24 + MeasureType(type, methods);
        }

        Records = records + 4 * _typeSpecifications;
        Strings = _strings.Sum(s => Encoding.UTF8.GetByteCount(s) + 1);
        Signatures = _signatures.Values.Sum() + ArrayData;
        BiggestMethods = [.. methods.OrderByDescending(m => m.Item2).ThenBy(m => m.Item1, StringComparer.Ordinal).Take(10)];
    }

    private int MeasureType(TypeDefinition type, List<(string, int, int)> methods)
    {
        int records = 0;
        AddStrings(type.Name, type.Namespace);
        MeasureAttributes(type);
        if (type.HasInterfaces)
            AddSignature("interfaces " + string.Join(",", type.Interfaces.Select(i => i.InterfaceType.FullName)), 1 + 3 * type.Interfaces.Count);

        foreach (FieldDefinition field in type.Fields)
        {
            if (field.HasConstant)
                continue;
            Fields++;
            records += 8;
            _strings.Add(field.Name);
            AddSignature(field.FieldType.FullName, 1 + SignatureOf(field.FieldType));
            ArrayData += field.InitialValue.Length > 0 ? 2 + field.InitialValue.Length : 0;
            MeasureAttributes(field);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            Methods++;
            records += 16;
            _strings.Add(method.Name);
            AddSignature(method);
            MeasureAttributes(method);
            if (!method.HasBody)
                continue;
            int bytes = BytecodeOf(method.Body);
            Bytecode += bytes;
            IlBytes += method.Body.CodeSize;
            Instructions += method.Body.Instructions.Count;
            methods.Add((ShortName(method), bytes, method.Body.Instructions.Count));
            if (method.Body.HasVariables)
                AddSignature("locals " + string.Join(",", method.Body.Variables.Select(v => v.VariableType.FullName)), method.Body.Variables.Sum(v => SignatureOf(v.VariableType)));
            if (method.Body.Variables.Count > MaxMembersOfAKind)
                _overLimit.Add($"{method.DeclaringType.FullName}.{method.Name}: {method.Body.Variables.Count} locals, the board holds {MaxMembersOfAKind}");
        }

        CheckCount(type, "static fields", type.Fields.Count(f => f.IsStatic && !f.HasConstant));
        CheckCount(type, "instance fields", type.Fields.Count(f => !f.IsStatic));
        CheckCount(type, "static methods", type.Methods.Count(m => m.IsStatic));
        CheckCount(type, "virtual methods", type.Methods.Count(m => m.IsVirtual));
        CheckCount(type, "instance methods", type.Methods.Count(m => !m.IsStatic && !m.IsVirtual));
        return records;
    }

    private void CheckCount(TypeDefinition type, string kind, int count)
    {
        if (count > MaxMembersOfAKind)
            _overLimit.Add($"{type.FullName}: {count} {kind}, the board holds {MaxMembersOfAKind} a type");
    }

    private void MeasureAttributes(ICustomAttributeProvider provider)
    {
        foreach (CustomAttribute attribute in provider.CustomAttributes)
        {
            if (DroppedAttributes.Contains(attribute.AttributeType.FullName))
                continue;
            Attributes += 8;
            byte[] blob = attribute.GetBlob();
            AddSignature("attribute " + Convert.ToHexString(blob), blob.Length);
        }
    }

    private void AddStrings(string name, string @namespace)
    {
        _strings.Add(name);
        _strings.Add(@namespace);
    }

    private void AddSignature(MethodReference method) => AddSignature(
        $"{method.ReturnType.FullName}({string.Join(",", method.Parameters.Select(p => p.ParameterType.FullName))}){(method.HasThis ? "this" : "")}",
        2 + SignatureOf(method.ReturnType) + method.Parameters.Sum(p => SignatureOf(p.ParameterType)));

    private void AddSignature(string key, int bytes) => _signatures.TryAdd(key, bytes);

    private static int SignatureOf(TypeReference type) => type switch
    {
        TypeSpecification specification => 1 + SignatureOf(specification.ElementType),
        _ when type.IsPrimitive || type.MetadataType is MetadataType.Void or MetadataType.String or MetadataType.Object => 1,
        _ => 3,
    };

    /// <summary>Length of a method's code on the board.</summary>
    private int BytecodeOf(MethodBody body)
    {
        int bytes = 0;
        foreach (Instruction instruction in body.Instructions)
        {
            bytes += instruction.OpCode.Size;
            switch (instruction.OpCode.OperandType)
            {
                case OperandType.InlineSwitch:
                    bytes += 1 + 2 * ((Instruction[])instruction.Operand).Length;
                    break;
                case OperandType.InlineString:
                    _strings.Add((string)instruction.Operand);
                    bytes += 2;
                    break;
                case OperandType.InlineType:
                    if (instruction.Operand is TypeSpecification)
                        _typeSpecifications++;
                    bytes += 2;
                    break;
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineBrTarget:
                case OperandType.InlineVar or OperandType.InlineArg:
                    bytes += 2;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar or OperandType.ShortInlineArg:
                    bytes += 1;
                    break;
                case OperandType.InlineI or OperandType.ShortInlineR or OperandType.InlineTok or OperandType.InlineSig:
                    bytes += 4;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    bytes += 8;
                    break;
            }
        }

        return body.HasExceptionHandlers ? bytes + 12 * body.ExceptionHandlers.Count + 1 : bytes;
    }

    private static string ShortName(MethodDefinition method)
    {
        string type = method.DeclaringType.FullName;
        string ns = method.Module.Assembly.Name.Name + ".";
        return (type.StartsWith(ns, StringComparison.Ordinal) ? type[ns.Length..] : type) + "." + method.Name;
    }
}
