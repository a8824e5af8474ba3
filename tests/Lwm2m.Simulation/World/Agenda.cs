using System;
using System.Collections.Generic;

namespace Lwm2m.Simulation;

/// <summary>Virtual time: what is to happen, in order. Time jumps from one event to the next.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (long AtMs, long Order)> _events = new();
    private long _order;

    public long NowMs { get; private set; } = 1_000_000;

    /// <summary>Events that happened.</summary>
    public long Happened { get; private set; }

    public void At(long atMs, Action happens) => _events.Enqueue(happens, (Math.Max(atMs, NowMs), _order++));

    public void In(long delayMs, Action happens) => At(NowMs + delayMs, happens);

    /// <summary>Lets the next event happen. False when there is none until then: the clock stands at that time.</summary>
    public bool Step(long untilMs)
    {
        if (!_events.TryPeek(out Action? happens, out (long AtMs, long Order) key) || key.AtMs > untilMs)
        {
            NowMs = Math.Max(NowMs, untilMs);
            return false;
        }

        _events.Dequeue();
        NowMs = key.AtMs;
        Happened++;
        happens();
        return true;
    }
}
