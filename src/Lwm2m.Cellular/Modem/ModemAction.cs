namespace Lwm2m.Cellular;

/// <summary>What the modem machine does when something happens.</summary>
internal enum ModemAction
{
    /// <summary>Nothing.</summary>
    Ignore,

    /// <summary>Sends AT until the modem answers.</summary>
    Look,

    /// <summary>Switches echo off and errors to numbers, and sends the commands of this kind of modem.</summary>
    Prepare,

    /// <summary>Asks for the SIM, and enters its PIN.</summary>
    Unlock,

    /// <summary>Gives services their turn, one by one, before the modem attaches.</summary>
    SetUp,

    /// <summary>Switches reports and radio on, and asks for the registration.</summary>
    Attach,

    /// <summary>Reads identities and signal.</summary>
    Serve,

    /// <summary>Asks for the registration at growing pauses.</summary>
    SeekNetwork,

    /// <summary>Waits before it begins anew.</summary>
    Pause,

    /// <summary>Tells services that everything the modem knew is gone, and looks for it.</summary>
    Forget,

    /// <summary>As Forget, where bytes under way are gone too.</summary>
    Restart,
}
