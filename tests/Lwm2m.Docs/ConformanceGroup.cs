namespace Lwm2m.Docs;

/// <summary>A heading of <c>ConformanceCases.txt</c> with the cases below it.</summary>
public sealed record ConformanceGroup(string Title, List<ConformanceCase> Cases);
