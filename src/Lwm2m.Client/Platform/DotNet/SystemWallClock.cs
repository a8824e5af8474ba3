using System;

namespace Lwm2m.Client;

/// <summary>The time of day as the platform has it.</summary>
public sealed class SystemWallClock : IWallClock
{
    private const long UnixEpochTicks = 621355968000000000;

    /// <inheritdoc/>
    public long UnixMs => (DateTime.UtcNow.Ticks - UnixEpochTicks) / TimeSpan.TicksPerMillisecond;
}
