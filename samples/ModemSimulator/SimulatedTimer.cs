using System;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A timer of <see cref="SimulatedClock"/>.</summary>
internal sealed class SimulatedTimer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period;

    /// <summary>When it is due; -1 when it is not running.</summary>
    internal long DueTicks { get; set; } = -1;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        DueTicks = -1;
        if (dueTime != Timeout.InfiniteTimeSpan)
            clock.Add(this, dueTime);
        return true;
    }

    public void Fire()
    {
        if (_period > TimeSpan.Zero)
            clock.Add(this, _period);
        callback(state);
    }

    public void Dispose() => DueTicks = -1;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
