using System;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>A time of day that goes with the clock of a bed, so much ahead of it.</summary>
internal sealed class SteadyWallClock : IWallClock
{
    private readonly Func<long> _now;
    private readonly long _aheadMs;

    public SteadyWallClock(Func<long> now, long aheadMs)
    {
        _now = now;
        _aheadMs = aheadMs;
    }

    public long UnixMs => _now() + _aheadMs;
}
