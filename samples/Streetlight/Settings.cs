namespace Lwm2m.Samples.Streetlight;

/// <summary>What the command line asks for, checked.</summary>
/// <param name="Server">A real server; null for the one inside, and its story.</param>
/// <param name="Endpoint">Endpoint client name.</param>
/// <param name="ExitAfterSeconds">When to leave; null for not by itself.</param>
/// <param name="Bearer">What is between lamp and server; null for UDP, without telling what it costs.</param>
/// <param name="Fast">No pauses between the steps.</param>
internal sealed record Settings(string? Server, string Endpoint, double? ExitAfterSeconds, string? Bearer, bool Fast);
