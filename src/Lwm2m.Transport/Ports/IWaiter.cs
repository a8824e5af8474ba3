namespace Lwm2m.Transport;

/// <summary>A pump that can itself wait for what comes in, such as one over sockets. A runner has room for one of them.</summary>
public interface IWaiter : IWakeUp
{
    /// <summary>Waits until something comes in, <see cref="IWakeUp.Wake"/> is called, or the time is over. Only the runner calls it, without the gate.</summary>
    /// <param name="timeoutMs">The longest wait; <see cref="long.MaxValue"/> for ever.</param>
    void Wait(long timeoutMs);
}
