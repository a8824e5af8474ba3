using System;
using System.Threading;

namespace Lwm2m.Transport;

/// <summary>
/// Drives an engine: pumps the transport, polls what is due, and waits in between. Every call into the engine is made while
/// <see cref="Gate"/> is held; other threads take the same gate before they touch the engine, and call <see cref="Wake"/>
/// afterwards when that may have planned something.
/// </summary>
public sealed class ClientRunner : IWakeUp
{
    private readonly ILinkEvents _engine;
    private readonly PumpSet _pumps;
    private readonly IClock _clock;
    private int _running;
    private int _stop;

    /// <summary>Makes a runner; nothing runs yet.</summary>
    /// <param name="engine">What is driven.</param>
    /// <param name="pumps">Where messages come from.</param>
    /// <param name="clock">The time that is handed to the engine.</param>
    /// <param name="gate">The lock of the engine; one of the runner's own when null.</param>
    public ClientRunner(ILinkEvents engine, PumpSet pumps, IClock clock, object? gate = null)
    {
        _engine = engine;
        _pumps = pumps;
        _clock = clock;
        Gate = gate ?? new object();
    }

    /// <summary>Held during every call into the engine. The application's handlers run under it too.</summary>
    public object Gate { get; }

    /// <summary>True from <see cref="Run"/> or <see cref="Start"/> until the loop has ended.</summary>
    public bool IsRunning => _running != 0;

    /// <summary>Lets the engine be polled soon, from any thread.</summary>
    public void Wake() => _pumps.Wake();

    /// <summary>Runs the engine on a thread of its own.</summary>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public void Start()
    {
        Begin();
        new Thread(Loop).Start();
    }

    /// <summary>Runs the engine on the calling thread until <see cref="Stop"/>. Saves the memory of a thread.</summary>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public void Run()
    {
        Begin();
        Loop();
    }

    /// <summary>Ends the loop soon; returns at once. De-register first, and leave the answer some time.</summary>
    public void Stop()
    {
        Interlocked.Exchange(ref _stop, 1);
        _pumps.Wake();
    }

    /// <summary>One round: what came in, what is due, and a wait that ends at the latest at the given time.</summary>
    /// <param name="untilMs">Time of the clock in milliseconds; <see cref="long.MaxValue"/> waits for what comes.</param>
    public void Step(long untilMs)
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
        }
        if (more)
            return;
        if (dueMs > untilMs)
            dueMs = untilMs;
        _pumps.Wait(dueMs == long.MaxValue ? dueMs : dueMs - _clock.NowMs);
    }

    private void Begin()
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
            throw new InvalidOperationException();
        Interlocked.Exchange(ref _stop, 0);
    }

    private void Loop()
    {
        try
        {
            while (_stop == 0)
                Step(long.MaxValue);
        }
        finally
        {
            Interlocked.Exchange(ref _running, 0);
        }
    }
}
