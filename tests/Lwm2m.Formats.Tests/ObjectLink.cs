namespace Lwm2m.Formats.Tests;

/// <summary>A value of type Objlnk.</summary>
internal sealed record ObjectLink(int ObjectId, int InstanceId);
