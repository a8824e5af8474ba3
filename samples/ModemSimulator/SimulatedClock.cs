using System;
using System.Collections.Generic;
using System.Threading;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A clock that stands until it is told to go on, for tests: timers fire inside of <see cref="Advance"/>, in order.</summary>
public sealed class SimulatedClock : TimeProvider
{
    private readonly object _gate = new();
    private readonly PriorityQueue<SimulatedTimer, (long Due, long Order)> _timers = new();
    private DateTimeOffset _now;
    private long _order;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">Where it stands at first; without it 2026-01-01.</param>
    public SimulatedClock(DateTimeOffset? start = null) => _now = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Milliseconds since the start of the year 1: what a sans-IO engine is handed as now.</summary>
    public long NowMs => GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>When the next timer fires, so that a test may stop there; null when none runs.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            lock (_gate)
            {
                while (_timers.TryPeek(out SimulatedTimer? timer, out (long Due, long Order) at))
                {
                    if (timer.DueTicks == at.Due)
                        return new DateTimeOffset(at.Due, TimeSpan.Zero);
                    _timers.Dequeue();
                }

                return null;
            }
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass: whatever is due on the way happens at its time.</summary>
    /// <param name="time">How much, 0 or more.</param>
    public void Advance(TimeSpan time)
    {
        DateTimeOffset end = GetUtcNow() + time;
        while (TakeDue(end) is { } timer)
            timer.Fire();
        lock (_gate)
        {
            if (_now < end)
                _now = end;
        }
    }

    internal void Add(SimulatedTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            timer.DueTicks = _now.Ticks + Math.Max(0, dueTime.Ticks);
            _timers.Enqueue(timer, (timer.DueTicks, _order++));
        }
    }

    private SimulatedTimer? TakeDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            while (_timers.TryPeek(out SimulatedTimer? timer, out (long Due, long Order) at) && at.Due <= end.Ticks)
            {
                _timers.Dequeue();
                // What was changed or stopped since stands in the queue still.
                if (timer.DueTicks != at.Due)
                    continue;
                timer.DueTicks = -1;
                if (at.Due > _now.Ticks)
                    _now = new DateTimeOffset(at.Due, TimeSpan.Zero);
                return timer;
            }
            return null;
        }
    }
}
