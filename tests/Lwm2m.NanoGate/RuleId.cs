namespace Lwm2m.NanoGate;

/// <summary>Names of the gate's rules.</summary>
public static class RuleId
{
    public const string Compile = "compile";
    public const string LangVersion = "lang-version";
    public const string Generics = "generics";
    public const string DefaultInterfaceMethod = "default-interface-method";
    public const string StackAlloc = "stackalloc";
    public const string Pointers = "pointers";
    public const string MultiDimensionalArray = "multi-dimensional-array";
    public const string Checked = "checked";
    public const string Struct = "struct";
    public const string Record = "record";
    public const string EnumToString = "enum-to-string";
    public const string EnumInText = "enum-in-text";
    public const string FloatText = "float-text";
    public const string TryInLambda = "try-in-lambda";
    public const string MathOnIntegers = "math-on-integers";
    public const string Volatile = "volatile";
    public const string Decimal = "decimal";
    public const string StringSwitch = "string-switch";
    public const string Async = "async";
    public const string Iterator = "iterator";
    public const string Tuple = "tuple";
    public const string NullableValue = "nullable-value";
    public const string Range = "range";
    public const string Utf8Literal = "utf8-literal";
    public const string Dynamic = "dynamic";
    public const string Linq = "linq";
    public const string EmbeddedAttribute = "embedded-attribute";
    public const string MissingMember = "missing-member";
    public const string Span = "span";
    public const string Conditional = "conditional-compilation";
    public const string Finalizer = "finalizer";
    public const string SlowCopy = "slow-copy";
    public const string StringLoop = "string-loop";
    public const string BytecodeSize = "bytecode-size";
    public const string MemberCount = "member-count";
    public const string MethodShape = "method-shape";
}
