namespace Lwm2m.Formats.Tests;

/// <summary>A value of type Corelnk.</summary>
internal sealed record CoreLink(string Text);
