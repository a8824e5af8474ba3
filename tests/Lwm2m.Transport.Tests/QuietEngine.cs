using System;
using System.Threading;

namespace Lwm2m.Transport.Tests;

/// <summary>An engine that does nothing, for tests that count or wait.</summary>
internal sealed class QuietEngine : ILinkEvents
{
    private int _received;
    private int _polls;

    public int Received => Volatile.Read(ref _received);

    public int Polls => Volatile.Read(ref _polls);

    public ManualResetEventSlim Up { get; } = new(false);

    public ITransport? EchoOn { get; set; }

    public Exception? Throws { get; set; }

    public void LinkUp(int link, long nowMs) => Up.Set();

    public void LinkDown(int link, LinkFailure reason, long nowMs)
    {
    }

    void ILinkEvents.Received(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        Volatile.Write(ref _received, _received + 1);
        EchoOn?.Send(link, buffer, offset, count);
    }

    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs)
    {
    }

    public void Recovered(long nowMs)
    {
    }

    public long Poll(long nowMs)
    {
        Volatile.Write(ref _polls, _polls + 1);
        return Throws == null ? long.MaxValue : throw Throws;
    }
}
