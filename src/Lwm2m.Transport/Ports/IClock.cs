namespace Lwm2m.Transport;

/// <summary>A monotonic clock: it never jumps, whatever happens to the time of day.</summary>
public interface IClock
{
    /// <summary>Milliseconds since some fixed moment, usually the start of the device. Never decreases.</summary>
    long NowMs { get; }
}
