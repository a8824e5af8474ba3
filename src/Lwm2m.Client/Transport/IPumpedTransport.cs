namespace Lwm2m.Client;

/// <summary>A transport that a runner drives: it pumps what came in, and waits for more in between.</summary>
public interface IPumpedTransport : ITransport
{
    /// <summary>
    /// Opens and closes what was asked for, takes in a bounded number of datagrams, and reports all of it. Never waits.
    /// </summary>
    /// <param name="events">Who is told.</param>
    /// <param name="nowMs">Monotonic time, handed on to <paramref name="events"/>.</param>
    /// <returns>True when there may be more to take in at once.</returns>
    bool Pump(ILinkEvents events, long nowMs);

    /// <summary>Waits until something comes in, <see cref="Wake"/> is called, or the time is over. Only the runner calls it.</summary>
    /// <param name="timeoutMs">The longest wait; <see cref="long.MaxValue"/> for ever.</param>
    void Wait(long timeoutMs);

    /// <summary>Ends a wait, or the next one. Any thread may call it; it costs next to nothing when nobody waits.</summary>
    void Wake();
}
