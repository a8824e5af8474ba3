namespace Lwm2m.Client;

/// <summary>Where a device gets the time of day from. It need not be right: a server can set it through /3/0/13.</summary>
public interface IWallClock
{
    /// <summary>Milliseconds since 1970-01-01T00:00:00Z; without a battery-backed clock, any count that goes on evenly.</summary>
    long UnixMs { get; }
}
