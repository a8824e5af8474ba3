using System;
using System.Collections.Generic;

namespace Lwm2m.Transport.Tests;

/// <summary>An engine that only writes down what it is told, and echoes what it receives when asked to.</summary>
internal sealed class RecordedEvents : ILinkEvents
{
    public List<string> Lines { get; } = new();

    public ITransport? EchoOn { get; set; }

    public Action<int>? OnReceived { get; set; }

    public int Polls { get; private set; }

    public void LinkUp(int link, long nowMs) => Lines.Add($"up {link}");

    public void LinkDown(int link, LinkFailure reason, long nowMs) => Lines.Add($"down {link} {reason}");

    public void Received(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        Lines.Add($"in {link} {Convert.ToHexString(buffer, offset, count)}");
        EchoOn?.Send(link, buffer, offset, count);
        OnReceived?.Invoke(link);
    }

    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs) =>
        Lines.Add($"too large {link} {Convert.ToHexString(buffer, offset, count)}");

    public void Recovered(long nowMs) => Lines.Add("recovered");

    public long Poll(long nowMs)
    {
        Polls++;
        return long.MaxValue;
    }

    /// <summary>Pumps until that many lines are there, or ten seconds are over.</summary>
    public string[] PumpUntil(ITransport transport, int lines)
    {
        PumpUntil(transport, () => Lines.Count >= lines);
        return Lines.ToArray();
    }

    /// <summary>Pumps until something is so, or ten seconds are over.</summary>
    public void PumpUntil(ITransport transport, Func<bool> isSo)
    {
        var pumps = new PumpSet(transport);
        pumps.Attach(true);
        long end = Environment.TickCount64 + 10_000;
        while (!isSo() && Environment.TickCount64 < end)
        {
            if (!pumps.Pump(this, Environment.TickCount64))
                pumps.Wait(50);
        }
        // What is already on its way but not expected would show up here.
        pumps.Pump(this, Environment.TickCount64);
    }
}
