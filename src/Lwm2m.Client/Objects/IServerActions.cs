namespace Lwm2m.Client;

/// <summary>What the executable resources of the Server object start: the client does it.</summary>
internal interface IServerActions
{
    /// <summary>/1/x/4: de-register, stay away for /1/x/5 seconds, register.</summary>
    Outcome Disable(int instance);

    /// <summary>/1/x/8: send an Update now; argument 0 may name a binding.</summary>
    Outcome UpdateTrigger(int instance, ExecuteArguments arguments);

    /// <summary>/1/x/9: start a client-initiated bootstrap.</summary>
    Outcome BootstrapTrigger(int instance);
}
