using System;
using System.Collections.Generic;
using System.Linq;

namespace Lwm2m.Samples;

// Queue mode (Core 6.5): a client listens for a while after each of its messages; what is asked outside of that waits until it is heard again.
public sealed partial class LocalServer
{
    /// <summary>A request waits, since its client sleeps.</summary>
    public event EventHandler<OperationEventArgs>? OperationQueued;

    /// <summary>A request that waited for its client to wake up went out.</summary>
    public event EventHandler<OperationEventArgs>? OperationSent;

    internal bool IsAwake(Registration registration)
    {
        lock (_gate)
        {
            return !Sleeps(registration, Now);
        }
    }

    internal void TakeForAsleep(Registration registration)
    {
        lock (_gate)
        {
            TakeForAsleep(registration.Remote, Now);
        }
    }

    internal IReadOnlyList<string> QueuedFor(Registration registration)
    {
        lock (_gate)
        {
            return registration.Remote.Waiting.Where(e => e.Registration == registration && e.WasQueued).Select(e => e.Request.ToString()).ToList();
        }
    }

    private static bool Sleeps(Registration registration, long nowMs) => registration.QueueMode && nowMs >= registration.Remote.AwakeUntilMs;

    private static bool MustWait(Exchange exchange, long nowMs) => exchange.Registration != null && Sleeps(exchange.Registration, nowMs);

    private void SetQueued(Exchange exchange)
    {
        exchange.WasQueued = true;
        Post(() => OperationQueued?.Invoke(this, new OperationEventArgs(exchange.Registration!, exchange.Request)));
    }

    private void SetHeard(Remote remote, long nowMs)
    {
        remote.LastHeardMs = nowMs;
        remote.AwakeUntilMs = nowMs + _options.AwakeMs;
    }

    /// <summary>A request found it silent: the others need not try one after the other.</summary>
    private void TakeForAsleep(Remote remote, long nowMs)
    {
        remote.AwakeUntilMs = nowMs;
        foreach (Exchange exchange in remote.Waiting.Where(e => !e.WasQueued && MustWait(e, nowMs)).ToList())
            SetQueued(exchange);
    }
}
