using System;

namespace Lwm2m.Simulation;

/// <summary>One request of a server to the client.</summary>
internal sealed class ServerOperation
{
    public ServerOperation(OperationKind kind, int method, string path)
    {
        Kind = kind;
        Method = method;
        Path = path;
    }

    public OperationKind Kind { get; }

    public int Method { get; }

    /// <summary>Without the leading slash: segments between slashes.</summary>
    public string Path { get; }

    /// <summary>Queries between ampersands, or empty.</summary>
    public string Query { get; init; } = "";

    public byte[] Payload { get; init; } = Array.Empty<byte>();

    public int ContentFormat { get; init; } = -1;

    public int Accept { get; init; } = -1;

    /// <summary>What is to be observed, or whose observation ends.</summary>
    public ServerObservation? Observation { get; init; }

    /// <summary>Called with the answer's payload, where it is a success.</summary>
    public Action<string>? Answered { get; init; }

    /// <summary>Called with the response code, or 0 where none came.</summary>
    public Action<int>? Done { get; init; }
}
