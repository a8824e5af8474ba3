using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>What the network allows on a non-IP access point.</summary>
public sealed class NonIpApnOptions
{
    /// <summary>Link MTU in octets, told by +CGCONTRDP and held both ways (3GPP: 1358).</summary>
    public int Mtu { get; set; } = 1358;

    /// <summary>APN rate control, as +CGAPNRC tells it: 0 unrestricted, 1 minute, 2 hour, 3 day, 4 week.</summary>
    public int RateUnit { get; set; }

    /// <summary>Packets that a device may send in one unit. What goes beyond is dropped, and nobody is told.</summary>
    public int MaxUplinkRate { get; set; }

    /// <summary>Whether exception reports are sent although the rate is used up.</summary>
    public bool AllowsExceptionReports { get; set; }

    internal TimeSpan RatePeriod => RateUnit switch
    {
        1 => TimeSpan.FromMinutes(1),
        2 => TimeSpan.FromHours(1),
        3 => TimeSpan.FromDays(1),
        4 => TimeSpan.FromDays(7),
        _ => TimeSpan.Zero,
    };
}
