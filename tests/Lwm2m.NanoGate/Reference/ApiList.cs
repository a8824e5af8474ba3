using System.Reflection;
using System.Text.RegularExpressions;

namespace Lwm2m.NanoGate.Reference;

/// <summary>
/// The public API of one nanoFramework assembly, read from its list: a header line with name and version, then one type or
/// member a line. What is not listed does not exist on the board.
/// </summary>
internal sealed partial class ApiList
{
    private const string ResourcePrefix = "Api/";

    public required string AssemblyName { get; init; }

    public required string Version { get; init; }

    public List<ApiType> Types { get; } = [];

    /// <summary>All lists that are embedded in this assembly.</summary>
    public static ApiList[] ReadAll()
    {
        Assembly assembly = typeof(ApiList).Assembly;
        List<ApiList> lists = [];
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(ResourcePrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
            lists.Add(Parse(reader.ReadToEnd()));
        }

        return [.. lists];
    }

    public static ApiList Parse(string text)
    {
        string[] lines = text.Split('\n');
        string[] header = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ApiList list = new() { AssemblyName = header[1], Version = header[2] };
        ApiType? current = null;
        foreach (string raw in lines.Skip(1))
        {
            string line = raw.TrimEnd('\r');
            if (line.Trim().Length == 0)
                continue;

            if (line[0] != ' ')
            {
                current = ParseType(line);
                list.Types.Add(current);
            }
            else
            {
                if (current == null)
                    throw new FormatException($"{list.AssemblyName}: member before any type: {line}");
                current.Members.Add(ParseMember(current, line.Trim()));
            }
        }

        return list;
    }

    private static ApiType ParseType(string line)
    {
        Match m = DelegateLine().Match(line);
        if (m.Success)
        {
            (string name, int arity) = SplitArity(m.Groups["name"].Value);
            ApiType type = new() { Kind = ApiTypeKind.Delegate, FullName = name, Arity = arity };
            type.Members.Add(new ApiMember
            {
                Kind = ApiMemberKind.Method,
                Modifiers = "public",
                Type = m.Groups["type"].Value,
                Name = "Invoke",
                Parameters = ParseParameters(m.Groups["parameters"].Value),
            });
            return type;
        }

        m = TypeLine().Match(line);
        if (!m.Success)
            throw new FormatException($"not a type: {line}");

        return new ApiType
        {
            Kind = Enum.Parse<ApiTypeKind>(m.Groups["kind"].Value, ignoreCase: true),
            FullName = m.Groups["name"].Value,
            Modifier = m.Groups["modifier"].Value,
            Bases = m.Groups["bases"].Success ? m.Groups["bases"].Value.Split(", ") : [],
        };
    }

    private static ApiMember ParseMember(ApiType type, string line)
    {
        if (type.Kind == ApiTypeKind.Enum)
        {
            Match value = EnumLine().Match(line);
            return new ApiMember { Kind = ApiMemberKind.EnumValue, Modifiers = "", Type = "", Name = value.Groups["name"].Value, Value = value.Groups["value"].Value };
        }

        string rest = line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        if (rest.EndsWith(" [native]", StringComparison.Ordinal))
            rest = rest[..^" [native]".Length];

        string modifiers = TakeModifiers(ref rest);
        if (rest.EndsWith('}'))
            return ParseProperty(modifiers, rest);

        if (modifiers.Contains("const", StringComparison.Ordinal))
        {
            int equals = rest.IndexOf(" = ", StringComparison.Ordinal);
            string[] declaration = rest[..equals].Split(' ');
            return new ApiMember { Kind = ApiMemberKind.Constant, Modifiers = modifiers, Type = declaration[0], Name = declaration[1], Value = rest[(equals + 3)..] };
        }

        int open = rest.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            string[] declaration = rest.Split(' ');
            return declaration[0] == "event"
                ? new ApiMember { Kind = ApiMemberKind.Event, Modifiers = modifiers, Type = declaration[1], Name = declaration[2] }
                : new ApiMember { Kind = ApiMemberKind.Field, Modifiers = modifiers, Type = declaration[0], Name = declaration[1] };
        }

        string[] head = rest[..open].Split(' ');
        ApiParameter[] parameters = ParseParameters(rest[(open + 1)..rest.LastIndexOf(')')]);
        if (head.Length == 1)
            return new ApiMember { Kind = ApiMemberKind.Constructor, Modifiers = modifiers, Type = "", Name = head[0], Parameters = parameters };

        ApiMemberKind kind = head[1].StartsWith("op_", StringComparison.Ordinal) ? ApiMemberKind.Operator
            : head[1] == "Finalize" ? ApiMemberKind.Finalizer
            : ApiMemberKind.Method;
        return new ApiMember { Kind = kind, Modifiers = modifiers, Type = head[0], Name = head[1], Parameters = parameters };
    }

    private static ApiMember ParseProperty(string modifiers, string rest)
    {
        int brace = rest.IndexOf('{', StringComparison.Ordinal);
        string declaration = rest[..brace].TrimEnd();
        string accessors = rest[brace..];
        int space = declaration.IndexOf(' ', StringComparison.Ordinal);
        string name = declaration[(space + 1)..];
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        return new ApiMember
        {
            Kind = bracket >= 0 ? ApiMemberKind.Indexer : ApiMemberKind.Property,
            Modifiers = modifiers,
            Type = declaration[..space],
            Name = bracket >= 0 ? "this" : name,
            Parameters = bracket >= 0 ? ParseParameters(name[(bracket + 1)..^1]) : [],
            HasGetter = accessors.Contains("get;", StringComparison.Ordinal),
            HasSetter = accessors.Contains("set;", StringComparison.Ordinal),
        };
    }

    private static string TakeModifiers(ref string rest)
    {
        Match m = Modifiers().Match(rest);
        rest = rest[m.Length..];
        return m.Value.Trim();
    }

    private static ApiParameter[] ParseParameters(string text)
    {
        if (text.Length == 0)
            return [];

        List<ApiParameter> parameters = [];
        foreach (string part in text.Split(", "))
        {
            Match m = Parameter().Match(part);
            if (!m.Success)
                throw new FormatException($"not a parameter: {part}");
            parameters.Add(new ApiParameter(m.Groups["modifier"].Value, m.Groups["type"].Value, m.Groups["name"].Value,
                m.Groups["default"].Success ? m.Groups["default"].Value : null));
        }

        return [.. parameters];
    }

    private static (string Name, int Arity) SplitArity(string name)
    {
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? (name, 0) : (name[..tick], int.Parse(name[(tick + 1)..]));
    }

    [GeneratedRegex(@"^delegate (?<type>\S+) (?<name>[^\s(]+)\((?<parameters>.*)\)$")]
    private static partial Regex DelegateLine();

    [GeneratedRegex(@"^(?:(?<modifier>static|abstract|sealed) )?(?<kind>class|struct|interface|enum) (?<name>\S+)(?: : (?<bases>.*))?$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"\.(?<name>[^.\s]+) = (?<value>-?\d+)$")]
    private static partial Regex EnumLine();

    [GeneratedRegex(@"^(?:(?:public|protected|static|readonly|const|virtual|abstract|override|sealed) )+")]
    private static partial Regex Modifiers();

    [GeneratedRegex(@"^(?:(?<modifier>params|ref|out|in) )?(?<type>\S+) (?<name>\S+)(?: = (?<default>.*))?$")]
    private static partial Regex Parameter();
}
