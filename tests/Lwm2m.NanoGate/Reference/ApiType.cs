namespace Lwm2m.NanoGate.Reference;

/// <summary>A type of an API list with its members.</summary>
internal sealed class ApiType
{
    public required ApiTypeKind Kind { get; init; }

    /// <summary>Name with namespace and outer types, without the arity mark of generics.</summary>
    public required string FullName { get; init; }

    /// <summary>Number of type parameters (delegates only; the gate bans them anyway).</summary>
    public int Arity { get; init; }

    /// <summary><c>static</c>, <c>abstract</c>, <c>sealed</c> or empty.</summary>
    public string Modifier { get; init; } = "";

    public string[] Bases { get; init; } = [];

    public List<ApiMember> Members { get; } = [];

    public string SimpleName => FullName[(FullName.LastIndexOf('.') + 1)..];
}
