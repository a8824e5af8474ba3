namespace Lwm2m.Cellular;

/// <summary>What can happen to the modem machine.</summary>
internal enum ModemEvent
{
    /// <summary>The port was opened.</summary>
    Opened,

    /// <summary>The port is gone.</summary>
    PortLost,

    /// <summary>The modem answers.</summary>
    Found,

    /// <summary>All commands of the state were sent and answered.</summary>
    Done,

    /// <summary>A command that the state needs was refused, or the SIM is of no use.</summary>
    Failed,

    /// <summary>The modem is registered with a network.</summary>
    Registered,

    /// <summary>It is no longer.</summary>
    Unregistered,

    /// <summary>The modem has started anew by itself, and knows nothing of what it was told.</summary>
    ResetSeen,

    /// <summary>A pause is over.</summary>
    Due,
}
