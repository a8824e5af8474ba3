namespace Lwm2m.Transport;

/// <summary>
/// Where what comes in is taken from: a transport by itself, or a modem under several transports. A runner calls <see cref="Pump"/>
/// under the engine's gate, again and again, and waits in between.
/// </summary>
public interface IPump
{
    /// <summary>
    /// When to pump again at the latest although nothing woke the runner, in the clock of <see cref="Pump"/>;
    /// <see cref="long.MaxValue"/> for never. Asked under the gate, after the engine's turn.
    /// </summary>
    long DueMs { get; }

    /// <summary>
    /// Opens and closes what was asked for, takes in a bounded number of messages, and reports all of it. Never waits.
    /// </summary>
    /// <param name="events">Who is told.</param>
    /// <param name="nowMs">Monotonic time, handed on to <paramref name="events"/>.</param>
    /// <returns>True when there may be more to take in at once.</returns>
    bool Pump(ILinkEvents events, long nowMs);

    /// <summary>Names whom to wake when something comes in, from any thread.</summary>
    /// <param name="runner">The runner, or null when it ends.</param>
    void Attach(IWakeUp? runner);
}
