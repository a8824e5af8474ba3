namespace Lwm2m.Client;

/// <summary>What the machine does on a transition of <see cref="RegistrationTable"/>.</summary>
internal enum RegistrationAction
{
    /// <summary>The event means nothing in this state and is passed over.</summary>
    Ignore = 0,

    /// <summary>Open the link anew: the name is looked up again, the next address is tried after a failure.</summary>
    Open = 1,

    /// <summary>Send a Register.</summary>
    Register = 2,

    /// <summary>Send a Register with the next lower LwM2M version; with none left it is a refusal.</summary>
    StepDown = 3,

    /// <summary>The Register is confirmed: keep the location, start the lifetime, tell the application.</summary>
    Confirm = 4,

    /// <summary>Send an Update with what changed.</summary>
    Update = 5,

    /// <summary>The Update is confirmed: restart the lifetime, tell the application.</summary>
    Confirmed = 6,

    /// <summary>Report the failure, close the link and set the timer for the next attempt.</summary>
    Pause = 7,

    /// <summary>Send a De-register.</summary>
    Deregister = 8,

    /// <summary>Close the link; the client is off at this server.</summary>
    Close = 9,

    /// <summary>Close the link and set the timer of /1/x/5.</summary>
    Sleep = 10,

    /// <summary>The registration is lost: drop its observations, then Register on the same link.</summary>
    Renew = 11,

    /// <summary>The registration is lost with its link: drop its observations, then open anew.</summary>
    Reopen = 12,

    /// <summary>Wait for this server's turn, and for the delay of /1/x/14.</summary>
    Hold = 13,

    /// <summary>Fall silent until an Update is due.</summary>
    Rest = 14
}
