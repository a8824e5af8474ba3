using System;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Transport;

/// <summary>
/// Drives an engine on a thread of its own: pumps the transport, polls what is due, and waits in between. Every call into
/// the engine is made while <see cref="Gate"/> is held; other threads take the same gate before they touch the engine, and
/// call <see cref="Wake"/> afterwards when that may have planned something.
/// </summary>
public sealed class ClientRunner : IWakeUp
{
    private readonly ILinkEvents _engine;
    private readonly PumpSet _pumps;
    private readonly IClock _clock;
    private int _running;

    /// <summary>Makes a runner; nothing runs yet.</summary>
    /// <param name="engine">What is driven.</param>
    /// <param name="pumps">Where messages come from.</param>
    /// <param name="clock">The time that is handed to the engine.</param>
    /// <param name="gate">The lock of the engine; one of the runner's own when null.</param>
    public ClientRunner(ILinkEvents engine, PumpSet pumps, IClock clock, object? gate = null)
    {
        Gate = gate ?? new object();
        _engine = engine;
        _pumps = pumps;
        _clock = clock;
    }

    /// <summary>Held during every call into the engine. The application's handlers run under it too.</summary>
    public object Gate { get; }

    /// <summary>Lets the engine be polled soon, from any thread.</summary>
    public void Wake() => _pumps.Wake();

    /// <summary>Runs the engine until it is told to stop and has said good-bye.</summary>
    /// <param name="stop">Asks it to stop. That is the ordinary end: the task completes without an exception.</param>
    /// <param name="sayGoodbye">Called once under the gate when <paramref name="stop"/> is asked for: starts the de-registration.</param>
    /// <param name="isDone">Asked under the gate whether the good-bye is over; without it the run ends at once.</param>
    /// <param name="goodbyeMs">The longest that a good-bye may take, in milliseconds.</param>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public Task RunAsync(CancellationToken stop, Action<long>? sayGoodbye = null, Func<bool>? isDone = null, int goodbyeMs = 5000)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
            throw new InvalidOperationException("The runner is already running.");
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => RunThread(end, sayGoodbye, isDone, goodbyeMs, stop))
        {
            IsBackground = true,
            Name = "LwM2M client",
        };
        thread.Start();
        return end.Task;
    }

    private void RunThread(
        TaskCompletionSource end, Action<long>? sayGoodbye, Func<bool>? isDone, int goodbyeMs, CancellationToken stop)
    {
        Exception? failure = null;
        try
        {
            using CancellationTokenRegistration wakeOnStop = stop.Register(_pumps.Wake);
            while (!stop.IsCancellationRequested)
                Step(long.MaxValue);
            if (isDone != null)
                RunGoodbye(sayGoodbye, isDone, goodbyeMs);
            // Only the pump closes links: those that the good-bye let go would stay open.
            lock (Gate)
            {
                _pumps.Pump(_engine, _clock.NowMs);
            }
        }
        catch (Exception problem)
        {
            // Not swallowed: whoever awaits the run gets it. Without this the process would end.
            failure = problem;
        }
        Volatile.Write(ref _running, 0);
        if (failure == null)
            end.SetResult();
        else
            end.SetException(failure);
    }

    private void RunGoodbye(Action<long>? sayGoodbye, Func<bool> isDone, int goodbyeMs)
    {
        long deadlineMs = _clock.NowMs + goodbyeMs;
        lock (Gate)
        {
            sayGoodbye?.Invoke(_clock.NowMs);
        }
        // The last answer may be all that comes: nothing would end a wait after it.
        while (_clock.NowMs < deadlineMs && !Step(deadlineMs, isDone))
        {
        }
    }

    /// <summary>One round: what came in, what is due, and a wait that ends at the latest at the given time.</summary>
    /// <returns>True when <paramref name="isDone"/> says so, without a wait.</returns>
    private bool Step(long untilMs, Func<bool>? isDone = null)
    {
        bool more;
        long dueMs;
        lock (Gate)
        {
            long nowMs = _clock.NowMs;
            more = _pumps.Pump(_engine, nowMs);
            dueMs = _engine.Poll(nowMs);
            long pumpMs = _pumps.DueMs;
            if (pumpMs < dueMs)
                dueMs = pumpMs;
            if (isDone != null && isDone())
                return true;
        }
        if (more)
            return false;
        if (dueMs > untilMs)
            dueMs = untilMs;
        _pumps.Wait(dueMs == long.MaxValue ? long.MaxValue : dueMs - _clock.NowMs);
        return false;
    }
}
