using System.Text;

namespace Lwm2m.NanoGate.Reference;

/// <summary>
/// Writes C# with empty bodies from API lists. Explicit interface implementations are not listed but exist on the board;
/// they are added so that the result compiles, and stay invisible to whoever compiles against it.
/// </summary>
internal sealed class ReferenceSource
{
    private const string DebugType = "System.Diagnostics.Debug";

    private static readonly Dictionary<string, string> OperatorTokens = new(StringComparer.Ordinal)
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_UnaryNegation"] = "-",
        ["op_UnaryPlus"] = "+",
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThan"] = ">",
        ["op_GreaterThanOrEqual"] = ">=",
    };

    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["bool"] = "System.Boolean",
        ["byte"] = "System.Byte",
        ["char"] = "System.Char",
        ["double"] = "System.Double",
        ["float"] = "System.Single",
        ["int"] = "System.Int32",
        ["long"] = "System.Int64",
        ["object"] = "System.Object",
        ["sbyte"] = "System.SByte",
        ["short"] = "System.Int16",
        ["string"] = "System.String",
        ["uint"] = "System.UInt32",
        ["ulong"] = "System.UInt64",
        ["ushort"] = "System.UInt16",
        ["void"] = "System.Void",
    };

    private readonly Dictionary<string, ApiType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _assemblyOf = new(StringComparer.Ordinal);

    public ReferenceSource(IEnumerable<ApiList> lists)
    {
        foreach (ApiList list in lists)
        {
            foreach (ApiType type in list.Types)
            {
                // The overloads of Action differ in their arity only.
                _types.TryAdd(type.FullName, type);
                _assemblyOf.TryAdd(type.FullName, list.AssemblyName);
            }
        }
    }

    /// <summary>Names of the other assemblies whose types a list mentions.</summary>
    public HashSet<string> AssembliesUsedBy(ApiList list)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (string name in list.Types.SelectMany(MentionedTypes))
        {
            if (_assemblyOf.TryGetValue(ElementType(name), out string? assembly) && assembly != list.AssemblyName)
                used.Add(assembly);
        }

        return used;
    }

    public string Write(ApiList list)
    {
        StringBuilder text = new();
        text.AppendLine("#pragma warning disable");
        text.AppendLine($"[assembly: global::System.Reflection.AssemblyVersion(\"{list.Version}\")]");
        foreach (ApiType type in list.Types.Where(t => OuterType(t) == null))
        {
            int dot = type.FullName.LastIndexOf('.');
            text.AppendLine($"namespace {type.FullName[..dot]}");
            text.AppendLine("{");
            WriteType(text, list, type);
            text.AppendLine("}");
        }

        return text.ToString();
    }

    private static IEnumerable<string> MentionedTypes(ApiType type)
    {
        foreach (string name in type.Bases)
            yield return name;
        foreach (ApiMember member in type.Members)
        {
            yield return member.Type;
            foreach (ApiParameter parameter in member.Parameters)
                yield return parameter.Type;
        }
    }

    // Without it, `System` inside nanoFramework.* would mean nanoFramework.System.
    private static string Qualified(string name) => name.Contains('.', StringComparison.Ordinal) ? "global::" + name : name;

    private static string ElementType(string name) => name.TrimEnd('[', ']');

    private ApiType? OuterType(ApiType type)
    {
        int dot = type.FullName.LastIndexOf('.');
        return _types.GetValueOrDefault(type.FullName[..dot]);
    }

    private void WriteType(StringBuilder text, ApiList list, ApiType type)
    {
        if (type.Kind == ApiTypeKind.Delegate)
        {
            ApiMember invoke = type.Members[0];
            text.AppendLine($"public delegate {Qualified(invoke.Type)} {type.SimpleName}{TypeParameters(type, invoke)}({Parameters(invoke.Parameters)});");
            return;
        }

        if (type.Kind == ApiTypeKind.Enum)
        {
            string underlying = type.Members.Exists(m => m.Value.Length > 0 && Math.Abs(long.Parse(m.Value)) > int.MaxValue) ? " : long" : "";
            text.AppendLine($"public enum {type.SimpleName}{underlying} {{ {string.Join(", ", type.Members.Select(m => $"@{m.Name} = {m.Value}"))} }}");
            return;
        }

        string bases = type.Bases.Length == 0 ? "" : " : " + string.Join(", ", type.Bases.Select(Qualified));
        text.AppendLine($"public {type.Modifier} {type.Kind.ToString().ToLowerInvariant()} {type.SimpleName}{bases}");
        text.AppendLine("{");

        // A struct without fields would count as assigned from the start.
        if (type.Kind == ApiTypeKind.Struct && type.FullName != "System.Void")
            text.AppendLine("private int _content;");

        foreach (ApiMember member in type.Members)
            WriteMember(text, type, member);
        if (type.Kind == ApiTypeKind.Class && type.Modifier != "static" && type.Members.TrueForAll(m => m.Kind != ApiMemberKind.Constructor))
            text.AppendLine($"internal {type.SimpleName}(){BaseCall(type)} => throw null;");
        if (type.Kind is ApiTypeKind.Class or ApiTypeKind.Struct)
            WriteExplicitImplementations(text, type);
        foreach (ApiType nested in list.Types.Where(t => OuterType(t) == type))
            WriteType(text, list, nested);
        text.AppendLine("}");
    }

    private void WriteMember(StringBuilder text, ApiType type, ApiMember member)
    {
        string modifiers = type.Kind == ApiTypeKind.Interface ? "" : member.Modifiers + " ";
        bool isBodiless = modifiers.Contains("abstract", StringComparison.Ordinal) || type.Kind == ApiTypeKind.Interface;
        string parameters = Parameters(member.Parameters);
        switch (member.Kind)
        {
            case ApiMemberKind.Constructor:
                text.AppendLine($"{modifiers}{member.Name}({parameters}){BaseCall(type)} => throw null;");
                break;
            case ApiMemberKind.Method:
                // The lists leave attributes out. Without DEBUG the calls of these must vanish as they do on the board.
                if (type.FullName == DebugType)
                    text.Append("[global::System.Diagnostics.Conditional(\"DEBUG\")] ");
                text.AppendLine($"{modifiers}{Qualified(member.Type)} {member.Name}({parameters}){(isBodiless ? ";" : " => throw null;")}");
                break;
            case ApiMemberKind.Operator when member.Name is "op_Implicit" or "op_Explicit":
                text.AppendLine($"{modifiers}{member.Name[3..].ToLowerInvariant()} operator {Qualified(member.Type)}({parameters}) => throw null;");
                break;
            case ApiMemberKind.Operator:
                text.AppendLine($"{modifiers}{Qualified(member.Type)} operator {OperatorTokens[member.Name]}({parameters}) => throw null;");
                break;
            case ApiMemberKind.Finalizer:
                text.AppendLine($"~{type.SimpleName}() {{ }}");
                break;
            case ApiMemberKind.Property:
                text.AppendLine($"{modifiers}{Qualified(member.Type)} {member.Name} {Accessors(member, isBodiless)}");
                break;
            case ApiMemberKind.Indexer:
                // The compiler looks for string.Chars by name.
                if (type.FullName == "System.String")
                    text.Append("[global::System.Runtime.CompilerServices.IndexerName(\"Chars\")] ");
                text.AppendLine($"{modifiers}{Qualified(member.Type)} this[{parameters}] {Accessors(member, isBodiless)}");
                break;
            case ApiMemberKind.Event:
                text.AppendLine($"{modifiers}{(type.Modifier == "static" ? "static " : "")}event {Qualified(member.Type)} {member.Name} {{ add => throw null; remove => throw null; }}");
                break;
            case ApiMemberKind.Field:
                text.AppendLine($"{modifiers}{Qualified(member.Type)} {member.Name};");
                break;
            case ApiMemberKind.Constant:
                text.AppendLine($"{modifiers}{Qualified(member.Type)} {member.Name} = {Literal(member.Type, member.Value)};");
                break;
            default:
                throw new InvalidOperationException($"{type.FullName}.{member.Name}");
        }
    }

    private static string Accessors(ApiMember member, bool isBodiless)
    {
        string body = isBodiless ? ";" : " => throw null;";
        return "{ " + (member.HasGetter ? "get" + body + " " : "") + (member.HasSetter ? "set" + body + " " : "") + "}";
    }

    private static string TypeParameters(ApiType type, ApiMember invoke)
    {
        if (type.Arity == 0)
            return "";
        IEnumerable<string> names = invoke.Parameters.Select(p => p.Type).Append(invoke.Type).Where(IsTypeParameter).Distinct();
        return "<" + string.Join(", ", names) + ">";
    }

    private static bool IsTypeParameter(string name) => name.Length >= 1 && name[0] == 'T' && !name.Contains('.', StringComparison.Ordinal);

    private static string Parameters(ApiParameter[] parameters) => string.Join(", ", parameters.Select(p =>
        $"{p.Modifier} {Qualified(p.Type)} @{p.Name}{(p.Default == null ? "" : " = " + DefaultValue(p))}".TrimStart()));

    private static string DefaultValue(ApiParameter parameter) => parameter.Default switch
    {
        "null" => "default",
        "True" or "False" => parameter.Default.ToLowerInvariant(),
        _ when parameter.Type == "char" => $"'{parameter.Default}'",
        _ when parameter.Type == "string" => $"\"{parameter.Default}\"",
        _ => $"({Qualified(parameter.Type)})({parameter.Default})",
    };

    private static string Literal(string type, string value) => (type, value) switch
    {
        ("float" or "double", "Infinity") => $"({type})(1.0 / 0.0)",
        ("float" or "double", "-Infinity") => $"({type})(-1.0 / 0.0)",
        ("float" or "double", "NaN") => $"({type})(0.0 / 0.0)",
        ("float", _) => value + "f",
        ("double", _) => value + "d",
        ("string", _) => $"\"{value}\"",
        _ => value,
    };

    /// <summary>Chooses a listed constructor of the base class when that has none without parameters.</summary>
    private string BaseCall(ApiType type)
    {
        ApiType? baseType = BaseClass(type);
        if (type.Kind != ApiTypeKind.Class || baseType == null)
            return "";
        List<ApiMember> constructors = baseType.Members.FindAll(m => m.Kind == ApiMemberKind.Constructor);
        if (constructors.Count == 0 || constructors.Exists(c => c.Parameters.Length == 0))
            return "";
        return $" : base({string.Join(", ", constructors[0].Parameters.Select(p => $"default({Qualified(p.Type)})"))})";
    }

    private ApiType? BaseClass(ApiType type)
    {
        if (type.Bases.Length == 0)
            return null;
        ApiType? first = Find(type.Bases[0]);
        return first is { Kind: ApiTypeKind.Class } ? first : null;
    }

    private ApiType? Find(string name) => _types.GetValueOrDefault(Keywords.GetValueOrDefault(name, name));

    private void WriteExplicitImplementations(StringBuilder text, ApiType type)
    {
        HashSet<ApiType> interfaces = [];
        CollectInterfaces(type, interfaces);
        for (ApiType? ancestor = BaseClass(type); ancestor != null; ancestor = BaseClass(ancestor))
        {
            HashSet<ApiType> inherited = [];
            CollectInterfaces(ancestor, inherited);
            interfaces.ExceptWith(inherited);
        }

        foreach (ApiType contract in interfaces)
        {
            foreach (ApiMember member in contract.Members.Where(m => !Implements(type, m)))
            {
                string parameters = Parameters([.. member.Parameters.Select(p => p with { Default = null })]);
                text.AppendLine(member.Kind switch
                {
                    ApiMemberKind.Property => $"{Qualified(member.Type)} global::{contract.FullName}.{member.Name} {Accessors(member, isBodiless: false)}",
                    ApiMemberKind.Indexer => $"{Qualified(member.Type)} global::{contract.FullName}.this[{parameters}] {Accessors(member, isBodiless: false)}",
                    _ => $"{Qualified(member.Type)} global::{contract.FullName}.{member.Name}({parameters}) => throw null;",
                });
            }
        }
    }

    private void CollectInterfaces(ApiType type, HashSet<ApiType> found)
    {
        foreach (string name in type.Bases)
        {
            if (Find(name) is { Kind: ApiTypeKind.Interface } contract && found.Add(contract))
                CollectInterfaces(contract, found);
        }
    }

    private bool Implements(ApiType type, ApiMember wanted)
    {
        for (ApiType? t = type; t != null; t = BaseClass(t))
        {
            if (t.Members.Exists(m => m.IsPublic && m.Kind == wanted.Kind && m.Name == wanted.Name && m.Type == wanted.Type
                && m.HasGetter == wanted.HasGetter && m.HasSetter == wanted.HasSetter
                && m.Parameters.Select(p => p.Type).SequenceEqual(wanted.Parameters.Select(p => p.Type))))
                return true;
        }

        return false;
    }
}
