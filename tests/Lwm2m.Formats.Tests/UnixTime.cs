namespace Lwm2m.Formats.Tests;

/// <summary>A value of type Time.</summary>
internal sealed record UnixTime(long Seconds);
