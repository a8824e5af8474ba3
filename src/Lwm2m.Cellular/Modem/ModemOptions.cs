namespace Lwm2m.Cellular;

/// <summary>What a modem is told at its start, and how much room there is for its lines.</summary>
public sealed class ModemOptions
{
    /// <summary>The longest line that is understood, in bytes: the largest message and 40 more for what stands before it.</summary>
    public int LineBytes { get; set; } = 600;

    /// <summary>The longest command without data, in bytes.</summary>
    public int CommandBytes { get; set; } = 128;

    /// <summary>Room for as many services.</summary>
    public int MaxServices { get; set; } = 4;

    /// <summary>Room for as many kinds of line with data.</summary>
    public int MaxData { get; set; } = 4;

    /// <summary>The PIN of the SIM, entered once when the SIM wants one; null for none.</summary>
    public string? Pin { get; set; }

    /// <summary>Commands of this kind of modem, sent after each start of it. One that is refused is passed over.</summary>
    public string[]? InitCommands { get; set; }

    /// <summary>Switches the radio off before services define their contexts, such as <c>AT+CFUN=0</c>; null where they can be defined at any time.</summary>
    public string? RadioOffCommand { get; set; }

    /// <summary>Switches the radio on.</summary>
    public string RadioOnCommand { get; set; } = "AT+CFUN=1";

    /// <summary>Attaches to the network, as <c>AT+CGATT=1</c>, where the modem does not do so by itself; null for not.</summary>
    public string? AttachCommand { get; set; }

    /// <summary>Asks for the ICCID of the SIM: 27.007 has <c>AT+CCID</c>, some makers <c>AT+QCCID</c> or <c>AT#CCID</c>; null for not.</summary>
    public string? IccidCommand { get; set; } = "AT+CCID";

    /// <summary>
    /// Power saving mode: the active time (T3324) to ask the network for, in seconds; 0 switches power saving off, -1 leaves it as the modem
    /// has it. Rounded up to what 24.008 10.5.7.4 can say.
    /// </summary>
    public int ActiveTimeSeconds { get; set; } = -1;

    /// <summary>Power saving mode: the periodic update (T3412 extended) to ask for, in seconds, used with <see cref="ActiveTimeSeconds"/>; 0 leaves it to the network.</summary>
    public int PeriodicUpdateSeconds { get; set; }

    /// <summary>
    /// Extended DRX: the cycle to ask for as its code of 24.008 10.5.5.32, 0..15 (5: 81.92 s, 9: 163.84 s); -2 switches it off, -1 leaves it as
    /// the modem has it.
    /// </summary>
    public int EdrxCode { get; set; } = -1;

    /// <summary>The access technology of <see cref="EdrxCode"/> (27.007 7.40): 4 for LTE-M, 5 for NB-IoT.</summary>
    public int EdrxAccess { get; set; } = 5;

    /// <summary>How often the signal is asked for while the modem is registered, in seconds; 0 for only when <see cref="CellularModem.RequestSignal"/> asks.</summary>
    public int SignalPeriodSeconds { get; set; } = 600;

    /// <summary>A modem that lies still for so long may lose the first bytes of a command: it is woken by AT first. In milliseconds; 0 for never.</summary>
    public int WakeAfterMs { get; set; }
}
