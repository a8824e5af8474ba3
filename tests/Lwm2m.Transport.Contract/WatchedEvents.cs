using System;
using System.Collections.Generic;

namespace Lwm2m.Transport.Contract;

/// <summary>An engine that writes down what it is told, and whether that came from within a call of the transport.</summary>
public sealed class WatchedEvents : ILinkEvents
{
    /// <summary>Set while a verb of the transport is called.</summary>
    public int CallDepth { get; set; }

    public List<string> Told { get; } = new();

    public List<byte[]> Messages { get; } = new();

    public List<string> Violations { get; } = new();

    public Action<byte[], int, int>? OnReceived { get; set; }

    public bool IsUp { get; private set; }

    public void LinkUp(int link, long nowMs)
    {
        IsUp = true;
        Tell("up");
    }

    public void LinkDown(int link, LinkFailure reason, long nowMs)
    {
        IsUp = false;
        Tell("down");
    }

    public void Received(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        if (CallDepth > 0)
            Violations.Add("a message came from within a call");
        Messages.Add(buffer.AsSpan(offset, count).ToArray());
        OnReceived?.Invoke(buffer, offset, count);
    }

    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs) => Tell("too large");

    public void Recovered(long nowMs)
    {
        if (CallDepth > 0)
            Violations.Add("recovered from within a call");
    }

    public long Poll(long nowMs) => long.MaxValue;

    private void Tell(string what)
    {
        Told.Add(what);
        if (CallDepth > 0)
            Violations.Add(what + " from within a call");
    }
}
