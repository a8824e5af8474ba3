namespace Lwm2m.Client;

/// <summary>Where the registration at one server stands (Core 6.2). Shown by <see cref="ServerAccount.State"/>.</summary>
public enum RegistrationState
{
    /// <summary>Not started, or stopped and de-registered.</summary>
    Off = 0,

    /// <summary>The transport opens the link to the server: name look-up, socket.</summary>
    Connecting = 1,

    /// <summary>A Register is under way.</summary>
    Registering = 2,

    /// <summary>The server knows the client; its requests are served.</summary>
    Registered = 3,

    /// <summary>Registered, and an Update is under way.</summary>
    Updating = 4,

    /// <summary>A De-register is under way; then <see cref="Off"/>.</summary>
    Deregistering = 5,

    /// <summary>A De-register is under way; then <see cref="Disabled"/> (Core, resource /1/x/4).</summary>
    Disabling = 6,

    /// <summary>The last attempt failed; the next one follows after a pause.</summary>
    Waiting = 7,

    /// <summary>Disabled by the server for the time of /1/x/5: nothing is sent or answered.</summary>
    Disabled = 8,

    /// <summary>It is not this server's turn: servers before it in the order of /1/x/13 come first, or the delay of /1/x/14 runs.</summary>
    Held = 9,

    /// <summary>Registered in queue mode, and out of reach until the client wakes: nothing is sent, nothing is answered.</summary>
    Asleep = 10
}
