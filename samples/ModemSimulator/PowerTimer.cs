using System;
using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Timers of power saving as eight binary digits (3GPP 24.008 10.5.7.3 and 10.5.7.4a): three of unit, five of value.</summary>
internal static class PowerTimer
{
    // By unit; 0 is not in use. 111 switches off.
    private static readonly int[] s_periodic = [600, 3600, 36000, 2, 30, 60, 1152000];
    private static readonly int[] s_active = [2, 60, 360];

    public static bool IsValid(string bits) => bits.Length == 8 && bits.All(c => c is '0' or '1');

    public static TimeSpan? ReadPeriodic(string bits) => Read(bits, s_periodic);

    public static TimeSpan? ReadActive(string bits) => Read(bits, s_active);

    private static TimeSpan? Read(string bits, int[] units)
    {
        int value = Convert.ToInt32(bits, 2);
        int unit = value >> 5;
        return unit < units.Length ? TimeSpan.FromSeconds(units[unit] * (value & 31)) : null;
    }
}
