namespace Lwm2m.NanoGate.Reference;

/// <summary>A parameter of a listed member; <see cref="Default"/> is null when it has none.</summary>
internal sealed record ApiParameter(string Modifier, string Type, string Name, string? Default);
