namespace Lwm2m.Simulation;

/// <summary>One link of the device's transport: a socket that is bound to a local port and talks to one server.</summary>
internal sealed class Link
{
    /// <summary>Counts openings: what was planned for an earlier one means nothing any more.</summary>
    public int Generation;

    /// <summary>The engine opened it and did not close it, and it was not lost.</summary>
    public bool IsOpen;

    /// <summary>The engine was told that it is up.</summary>
    public bool IsUp;

    public int LocalPort;

    /// <summary>The engine wanted this port and no other.</summary>
    public bool IsPortAsked;

    /// <summary>Place of the server in the world.</summary>
    public int Server;

    public long OpenedMs;

    /// <summary>When the engine said that it will try again; <see cref="long.MaxValue"/> where it said nothing.</summary>
    public long PromisedMs = long.MaxValue;
}
