namespace Lwm2m.Cellular;

/// <summary>Where the modem machine stands.</summary>
public enum ModemState
{
    /// <summary>The port is not open.</summary>
    Closed,

    /// <summary>The modem is looked for: AT, until it answers.</summary>
    Searching,

    /// <summary>It answers, and is told how to talk: no echo, errors by number, the profile's own settings.</summary>
    Preparing,

    /// <summary>The SIM is waited for, with its PIN where it wants one.</summary>
    Unlocking,

    /// <summary>Services define what they need before the modem attaches.</summary>
    SettingUp,

    /// <summary>The radio is on, and the network's answer is waited for.</summary>
    Attaching,

    /// <summary>The modem is registered; services have their turns.</summary>
    Ready,

    /// <summary>Something failed; the machine begins anew after a pause.</summary>
    Waiting,
}
