using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Lwm2m.Samples;

/// <summary>An observation of a client's path, or of several at once (Observe-Composite).</summary>
public sealed class Observation
{
    private readonly LocalServer _server;
    private readonly Channel<Answer> _notifications = Channel.CreateUnbounded<Answer>();

    internal Observation(LocalServer server, Registration registration, OperationRequest request, IReadOnlyList<Lwm2mPath> paths, Action<Answer>? notified)
    {
        _server = server;
        Registration = registration;
        Request = request;
        Paths = paths;
        Notified = notified;
    }

    /// <summary>Whose path it is.</summary>
    public Registration Registration { get; }

    /// <summary>The observed path; the root for an Observe-Composite.</summary>
    public Lwm2mPath Path => Request.Path;

    /// <summary>All observed paths.</summary>
    public IReadOnlyList<Lwm2mPath> Paths { get; }

    /// <summary>The answer to the request, with the value at that time. A refusal is here, too.</summary>
    public Answer Answer { get; internal set; } = null!;

    /// <summary>True while notifications are expected.</summary>
    public bool IsActive { get; internal set; }

    /// <summary>Number of notifications so far; those that came late, after newer ones, do not count.</summary>
    public int Count { get; internal set; }

    internal OperationRequest Request { get; }

    internal Action<Answer>? Notified { get; }

    internal int LastSequence { get; set; }

    internal long LastMs { get; set; }

    /// <summary>Waits for the next notification that was not handed out yet. An error (4.xx, 5.xx) is the last one.</summary>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="ChannelClosedException">The observation ended, and no notification is left.</exception>
    public ValueTask<Answer> NextAsync(CancellationToken stop = default) => _notifications.Reader.ReadAsync(stop);

    /// <summary>Cancels by a request: the same one with Observe = 1 and the same token.</summary>
    /// <param name="stop">Gives up.</param>
    /// <returns>The client's answer, with the value at that time.</returns>
    public Task<Answer> CancelAsync(CancellationToken stop = default) => _server.CancelAsync(this, stop);

    /// <summary>Cancels by reset: the next notification is answered with RST. Nothing is sent now.</summary>
    public void Forget() => _server.StopObserving(this);

    internal void Add(Answer notification) => _notifications.Writer.TryWrite(notification);

    internal void Complete()
    {
        IsActive = false;
        _notifications.Writer.TryComplete();
    }
}
