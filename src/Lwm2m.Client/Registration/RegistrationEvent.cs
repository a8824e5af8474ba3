namespace Lwm2m.Client;

/// <summary>What can happen to the registration at one server: the columns of <see cref="RegistrationTable"/>.</summary>
internal enum RegistrationEvent
{
    /// <summary>The application starts the client, or asks for a new attempt at once.</summary>
    Start = 0,

    /// <summary>The transport has a link to the server.</summary>
    LinkUp = 1,

    /// <summary>The transport has no link (any more): unknown name, no route, closed.</summary>
    LinkLost = 2,

    /// <summary>2.01 to the Register.</summary>
    Created = 3,

    /// <summary>2.04 to the Update.</summary>
    Changed = 4,

    /// <summary>4.12 to the Register: the server does not speak this LwM2M version.</summary>
    VersionRefused = 5,

    /// <summary>Any other error answer, or an answer that makes no sense.</summary>
    Refused = 6,

    /// <summary>No answer within MAX_TRANSMIT_WAIT, or a Reset.</summary>
    Unanswered = 7,

    /// <summary>The timer of the state ran out.</summary>
    Due = 8,

    /// <summary>Something that the server must hear of has changed, or the lifetime nears its end.</summary>
    UpdateWanted = 9,

    /// <summary>The server executed /1/x/4.</summary>
    Disable = 10,

    /// <summary>The application stops the client.</summary>
    Stop = 11,

    /// <summary>2.02 to the De-register.</summary>
    Deleted = 12,

    /// <summary>The transport has a link to the server, from the local port of before, and the registration there still lives.</summary>
    Resumed = 13,

    /// <summary>The awake window of queue mode is over (Core 6.5), or the application lets the client sleep.</summary>
    Quiet = 14
}
