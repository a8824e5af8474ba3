namespace Lwm2m.Cellular;

/// <summary>
/// The modem machine as data: what happens and what comes next for every pair of state and event. A pair that means nothing is written
/// down as such. A modem that gives no answer in between changes no state: the AT engine finds it again, and the command is repeated.
/// </summary>
internal static class ModemTable
{
    /// <summary>Number of states: rows.</summary>
    public const int States = 8;

    /// <summary>Number of events: columns.</summary>
    public const int Events = 9;

    private const byte None = 0xF0;

    // One cell: action in the low four bits, next state in the high four; None = ignored, state kept.
    private const byte LookSearching = (1 << 4) | 1;
    private const byte PreparePreparing = (2 << 4) | 2;
    private const byte UnlockUnlocking = (3 << 4) | 3;
    private const byte SetUpSettingUp = (4 << 4) | 4;
    private const byte AttachAttaching = (5 << 4) | 5;
    private const byte ServeReady = (6 << 4) | 6;
    private const byte SeekAttaching = (5 << 4) | 7;
    private const byte PauseWaiting = (7 << 4) | 8;
    private const byte ForgetClosed = (0 << 4) | 9;
    private const byte RestartSearching = (1 << 4) | 10;
    private const byte ForgetSearching = (1 << 4) | 9;

    // Columns: Opened, PortLost, Found, Done, Failed, Registered, Unregistered, ResetSeen, Due
    private static readonly byte[] Cells =
    {
        /* Closed    */ LookSearching, None, None, None, None, None, None, None, None,
        /* Searching */ RestartSearching, ForgetClosed, PreparePreparing, None, None, None, None, None, None,
        /* Preparing */ RestartSearching, ForgetClosed, None, UnlockUnlocking, None, None, None, ForgetSearching, None,
        /* Unlocking */ RestartSearching, ForgetClosed, None, SetUpSettingUp, PauseWaiting, None, None, ForgetSearching, None,
        /* SettingUp */ RestartSearching, ForgetClosed, None, AttachAttaching, None, None, None, ForgetSearching, None,
        /* Attaching */ RestartSearching, ForgetClosed, None, None, PauseWaiting, ServeReady, None, ForgetSearching, None,
        /* Ready     */ RestartSearching, ForgetClosed, None, None, None, None, SeekAttaching, ForgetSearching, None,
        /* Waiting   */ RestartSearching, ForgetClosed, None, None, None, None, None, ForgetSearching, PreparePreparing,
    };

    /// <summary>What to do when <paramref name="happened"/> meets <paramref name="state"/>.</summary>
    public static ModemAction Action(ModemState state, ModemEvent happened)
    {
        byte cell = Cells[(int)state * Events + (int)happened];
        return cell == None ? ModemAction.Ignore : (ModemAction)(cell & 15);
    }

    /// <summary>The state after <paramref name="happened"/> met <paramref name="state"/>; the same one where it is ignored.</summary>
    public static ModemState Next(ModemState state, ModemEvent happened)
    {
        byte cell = Cells[(int)state * Events + (int)happened];
        return cell == None ? state : (ModemState)(cell >> 4);
    }
}
