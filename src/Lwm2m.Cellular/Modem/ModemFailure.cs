namespace Lwm2m.Cellular;

/// <summary>What keeps the modem from working. Each is told within 30 s of its being true, and the machine keeps trying.</summary>
public enum ModemFailure
{
    /// <summary>The port cannot be opened.</summary>
    PortMissing,

    /// <summary>The modem answers nothing.</summary>
    ModemSilent,

    /// <summary>There is no SIM, or it does not work.</summary>
    SimMissing,

    /// <summary>The SIM wants its PIN and there is none, or the one there is was refused: it is never tried twice.</summary>
    SimPin,

    /// <summary>The SIM wants its PUK, or is bound to another modem: only a person can help.</summary>
    SimBlocked,

    /// <summary>The network refuses the registration (<c>+CEREG: 3</c>).</summary>
    RegistrationDenied,

    /// <summary>No network is found.</summary>
    NoNetwork,

    /// <summary>The modem refuses a command that the start-up needs.</summary>
    CommandRefused,
}
