namespace Lwm2m.Samples.ModemSimulator;

/// <summary>State of a SIM.</summary>
public enum SimState
{
    /// <summary>It works.</summary>
    Ready,

    /// <summary>It wants its PIN.</summary>
    PinRequired,

    /// <summary>Its PIN was wrong three times.</summary>
    PukRequired,

    /// <summary>There is none.</summary>
    Absent,
}
