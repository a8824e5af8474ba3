using System.Threading;

namespace Lwm2m.Transport;

/// <summary>What a runner waits for where no transport waits by itself: somebody's <see cref="Wake"/>.</summary>
internal sealed class WakeEvent : IWaiter
{
    private readonly AutoResetEvent _event = new AutoResetEvent(false);

    public void Wait(long timeoutMs)
    {
        if (timeoutMs > 0)
            _event.WaitOne(timeoutMs > int.MaxValue ? -1 : (int)timeoutMs, false);
    }

    public void Wake() => _event.Set();
}
