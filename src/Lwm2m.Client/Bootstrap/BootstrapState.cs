namespace Lwm2m.Client;

/// <summary>Where the client stands with its bootstrap server: the rows of <see cref="BootstrapTable"/>.</summary>
public enum BootstrapState
{
    /// <summary>No bootstrap is under way or planned.</summary>
    Off = 0,

    /// <summary>A bootstrap is decided on; the client waits for the time of /0/x/11 first.</summary>
    HoldingOff = 1,

    /// <summary>The transport opens the link to the bootstrap server.</summary>
    Connecting = 2,

    /// <summary>A Bootstrap-Pack-Request was sent (LwM2M 1.2).</summary>
    FetchingPack = 3,

    /// <summary>A Bootstrap-Request was sent.</summary>
    Requesting = 4,

    /// <summary>A Bootstrap-Request was sent in the form of LwM2M 1.0, without <c>pct</c>: the other one was refused.</summary>
    RequestingPlain = 5,

    /// <summary>The bootstrap server commands: its writes and deletes count when it finishes, and are taken back when it does not.</summary>
    InSession = 6,

    /// <summary>The last attempt failed; the next one follows after a pause.</summary>
    Waiting = 7,

    /// <summary>The bootstrap succeeded; the link stays for a while, so that a repeated Bootstrap-Finish gets its answer again.</summary>
    Finished = 8
}
