using System;
using System.Threading;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>One thing that happens later, under the lock of the loop.</summary>
internal sealed class LoopTimer(SimulationLoop loop, Action action) : IDisposable
{
    private ITimer? _timer;
    private bool _isDone;

    public void Start(TimeProvider time, TimeSpan delay) =>
        _timer = time.CreateTimer(static timer => ((LoopTimer)timer!).OnTime(), this, delay, Timeout.InfiniteTimeSpan);

    public void Fire()
    {
        if (_isDone)
            return;
        Dispose();
        action();
    }

    public void Dispose()
    {
        _isDone = true;
        loop.Forget(this);
        _timer?.Dispose();
    }

    private void OnTime() => loop.Run(Fire);
}
