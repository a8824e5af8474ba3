using System;
using Lwm2m.Client;

namespace Lwm2m.Samples.DemoClient;

/// <summary>The computer's time of day, which Current Time (/3/0/13) counts on.</summary>
internal sealed class WallClock : IWallClock
{
    /// <inheritdoc/>
    public long UnixMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
