namespace Lwm2m.Client;

/// <summary>What the machine does on a transition of <see cref="BootstrapTable"/>.</summary>
internal enum BootstrapAction
{
    /// <summary>The event means nothing in this state and is passed over.</summary>
    Ignore = 0,

    /// <summary>Set the timer of /0/x/11.</summary>
    HoldOff = 1,

    /// <summary>Open the link.</summary>
    Open = 2,

    /// <summary>Send a Bootstrap-Pack-Request.</summary>
    FetchPack = 3,

    /// <summary>Send a Bootstrap-Request.</summary>
    Request = 4,

    /// <summary>Send a Bootstrap-Request without <c>pct</c>.</summary>
    RequestPlain = 5,

    /// <summary>Wait for commands, each for EXCHANGE_LIFETIME after the last.</summary>
    BeginSession = 6,

    /// <summary>Keep what was written, and go over to it.</summary>
    Complete = 7,

    /// <summary>Take back what was written, report the failure, close the link and set the timer for the next attempt.</summary>
    Pause = 8,

    /// <summary>Take back what was written, if it was not completed, and close the link.</summary>
    Close = 9
}
