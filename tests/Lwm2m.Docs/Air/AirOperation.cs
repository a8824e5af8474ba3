namespace Lwm2m.Docs.Air;

/// <summary>What an operation puts on the air: its messages in the form of datagrams, in both directions.</summary>
internal sealed record AirOperation(string Name, IReadOnlyList<byte[]> Up, IReadOnlyList<byte[]> Down);
