namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Which way bytes cross the air.</summary>
public enum AirDirection
{
    /// <summary>From the device.</summary>
    Up,

    /// <summary>To the device.</summary>
    Down,
}
