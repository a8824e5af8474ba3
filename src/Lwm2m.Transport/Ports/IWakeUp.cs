namespace Lwm2m.Transport;

/// <summary>A runner that waits for datagrams and timers, and can be told to look again at once.</summary>
public interface IWakeUp
{
    /// <summary>Makes the runner call <see cref="ILinkEvents.Poll"/> soon. Callable from any thread, at no cost when it is awake.</summary>
    void Wake();
}
