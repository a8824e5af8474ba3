namespace Lwm2m.Simulation;

/// <summary>What a request of a server is.</summary>
internal enum OperationKind
{
    Read,
    Discover,
    Write,
    WriteAttributes,
    Execute,
    Create,
    Delete,
    Observe,
    Cancel
}
