using System;

namespace Lwm2m.Transport;

/// <summary>All pumps of a client as one: what a runner drives. Where one of them waits by itself, it waits for all.</summary>
public sealed class PumpSet : IWakeUp
{
    private readonly IPump[] _pumps;
    private readonly IWaiter _waiter;

    /// <summary>Collects the pumps of transports; one that several transports share counts once.</summary>
    /// <param name="transports">The transports.</param>
    /// <exception cref="ArgumentException">Two pumps wait by themselves: a client has one transport over UDP sockets.</exception>
    public PumpSet(params ITransport[] transports)
    {
        IPump[] pumps = new IPump[transports.Length];
        int count = 0;
        IWaiter? found = null;
        for (int index = 0; index < transports.Length; index++)
        {
            IPump pump = transports[index].Source;
            if (Contains(pumps, count, pump))
                continue;
            pumps[count++] = pump;
            if (pump is not IWaiter waiter)
                continue;
            if (found != null)
                throw new ArgumentException("Two transports wait for sockets of their own: one UdpTransport is all that a client can have.");
            found = waiter;
        }

        _pumps = new IPump[count];
        Array.Copy(pumps, 0, _pumps, 0, count);
        _waiter = found ?? new WakeEvent();
    }

    /// <summary>The earliest <see cref="IPump.DueMs"/>.</summary>
    public long DueMs
    {
        get
        {
            long due = long.MaxValue;
            for (int index = 0; index < _pumps.Length; index++)
            {
                long one = _pumps[index].DueMs;
                if (one < due)
                    due = one;
            }

            return due;
        }
    }

    /// <summary>Pumps all of them; see <see cref="IPump.Pump"/>.</summary>
    /// <param name="events">Who is told.</param>
    /// <param name="nowMs">Monotonic time.</param>
    /// <returns>True when there may be more to take in at once.</returns>
    public bool Pump(ILinkEvents events, long nowMs)
    {
        bool more = false;
        for (int index = 0; index < _pumps.Length; index++)
            if (_pumps[index].Pump(events, nowMs))
                more = true;
        return more;
    }

    /// <summary>Has the pumps wake this set when something comes in, or no more.</summary>
    /// <param name="isRunning">True at the start of a run, false at its end.</param>
    public void Attach(bool isRunning)
    {
        for (int index = 0; index < _pumps.Length; index++)
            _pumps[index].Attach(isRunning ? this : null);
    }

    /// <summary>Waits until something comes in, <see cref="Wake"/> is called, or the time is over.</summary>
    /// <param name="timeoutMs">The longest wait; <see cref="long.MaxValue"/> for ever.</param>
    public void Wait(long timeoutMs) => _waiter.Wait(timeoutMs);

    /// <summary>Ends a wait, or the next one. Any thread may call it.</summary>
    public void Wake() => _waiter.Wake();

    private static bool Contains(IPump[] pumps, int count, IPump pump)
    {
        for (int index = 0; index < count; index++)
            if (pumps[index] == pump)
                return true;
        return false;
    }
}
