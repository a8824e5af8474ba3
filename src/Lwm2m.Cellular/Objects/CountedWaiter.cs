using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>A counted transport whose pump waits by itself for what comes in, as that of UDP does.</summary>
internal sealed class CountedWaiter : CountedTransport, IWaiter
{
    private readonly IWaiter _waiter;

    public CountedWaiter(ITransport transport, IWaiter waiter, ITrafficListener listener)
        : base(transport, listener) => _waiter = waiter;

    public void Wait(long timeoutMs) => _waiter.Wait(timeoutMs);

    public void Wake() => _waiter.Wake();
}
