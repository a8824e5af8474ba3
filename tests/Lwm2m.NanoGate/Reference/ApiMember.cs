namespace Lwm2m.NanoGate.Reference;

/// <summary>One line of an API list, taken apart.</summary>
internal sealed class ApiMember
{
    public required ApiMemberKind Kind { get; init; }

    /// <summary>Accessibility and modifiers as listed, for example <c>public static</c>.</summary>
    public required string Modifiers { get; init; }

    /// <summary>Return, property, field or event type; empty for constructors and enum values.</summary>
    public required string Type { get; init; }

    public required string Name { get; init; }

    public ApiParameter[] Parameters { get; init; } = [];

    /// <summary>Value of a constant or enum member.</summary>
    public string Value { get; init; } = "";

    public bool HasGetter { get; init; }

    public bool HasSetter { get; init; }

    public bool IsPublic => Modifiers.Split(' ').Contains("public");
}
