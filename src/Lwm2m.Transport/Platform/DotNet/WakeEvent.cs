using System.Threading;

namespace Lwm2m.Transport;

/// <summary>What a runner waits for where no transport waits by itself: somebody's <see cref="Wake"/>.</summary>
internal sealed class WakeEvent : IWaiter
{
    private readonly object _gate = new();
    private bool _isSignalled;

    public void Wait(long timeoutMs)
    {
        lock (_gate)
        {
            if (!_isSignalled && timeoutMs > 0)
                Monitor.Wait(_gate, timeoutMs > int.MaxValue ? Timeout.Infinite : (int)timeoutMs);
            _isSignalled = false;
        }
    }

    public void Wake()
    {
        lock (_gate)
        {
            _isSignalled = true;
            Monitor.Pulse(_gate);
        }
    }
}
