using System;
using System.Collections.Generic;
using System.Threading;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>
/// One lock, one clock and one queue for a network and all modems in it. What happens, happens under the lock and in order; what others
/// are told (bytes, events) they are told outside of it, in the same order, so that they may call back.
/// </summary>
internal sealed class SimulationLoop(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly Queue<Action> _posted = new();
    private readonly Queue<Action> _told = new();
    private readonly HashSet<LoopTimer> _timers = [];
    private int _depth;
    private bool _isTelling;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Does something under the lock, then all that it posted.</summary>
    public void Run(Action action)
    {
        lock (_gate)
        {
            _depth++;
            try
            {
                action();
                while (_depth == 1 && _posted.TryDequeue(out Action? next))
                    next();
            }
            finally
            {
                _depth--;
            }
        }
        TellAll();
    }

    /// <summary>The same for a question.</summary>
    public T Ask<T>(Func<T> question)
    {
        lock (_gate)
        {
            return question();
        }
    }

    /// <summary>Does something right after what is being done.</summary>
    public void Post(Action action) => _posted.Enqueue(action);

    /// <summary>Tells somebody outside of the lock.</summary>
    public void Tell(Action action) => _told.Enqueue(action);

    /// <summary>Does something later; disposing of the answer cancels it.</summary>
    public IDisposable After(TimeSpan delay, Action action)
    {
        var timer = new LoopTimer(this, action);
        _timers.Add(timer);
        if (delay <= TimeSpan.Zero)
            Post(timer.Fire);
        else
            timer.Start(time, delay);
        return timer;
    }

    internal void Forget(LoopTimer timer) => _timers.Remove(timer);

    /// <summary>Cancels everything that was to happen later.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            foreach (LoopTimer timer in new List<LoopTimer>(_timers))
                timer.Dispose();
            _posted.Clear();
        }
    }

    private void TellAll()
    {
        if (Monitor.IsEntered(_gate))
            return;
        while (true)
        {
            Action? action;
            lock (_gate)
            {
                // Whoever is telling goes on until the queue is empty: nobody overtakes.
                if (_isTelling || !_told.TryDequeue(out action))
                    return;
                _isTelling = true;
            }
            try
            {
                action();
            }
            finally
            {
                lock (_gate)
                {
                    _isTelling = false;
                }
            }
        }
    }
}
