namespace Lwm2m.Cellular;

/// <summary>Hears what happens with the modem. Called on the runner's thread, under the gate.</summary>
public interface IModemListener
{
    /// <summary>The machine is in another state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="nowMs">Monotonic time.</param>
    void OnModemState(ModemState state, long nowMs);

    /// <summary>Something of the modem's status has another value: registration, cell, signal, connection, granted timers, identities.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    void OnModemStatus(long nowMs);

    /// <summary>Something keeps the modem from working. Told once as long as it lasts.</summary>
    /// <param name="reason">What it is.</param>
    /// <param name="text">A few words more.</param>
    /// <param name="nowMs">Monotonic time.</param>
    void OnModemFailure(ModemFailure reason, string text, long nowMs);
}
