namespace Lwm2m.Client;

/// <summary>
/// The bootstrap machine as data: what happens and what comes next for every pair of state and event. A pair that means nothing is
/// written down as such. Sources: Core 6.1.4 (order of attempts), 6.1.7 (operations); retries are the client's own affair.
/// </summary>
internal static class BootstrapTable
{
    /// <summary>Number of states: rows.</summary>
    public const int States = 9;

    /// <summary>Number of events: columns.</summary>
    public const int Events = 14;

    private const byte None = 0xF0;

    // One cell: action in the low four bits, next state in the high four; None = ignored, state kept.
    private const byte HoldOff = (1 << 4) | 1;
    private const byte Open = (2 << 4) | 2;
    private const byte Fetch = (3 << 4) | 3;
    private const byte Request = (4 << 4) | 4;
    private const byte Plain = (5 << 4) | 5;
    private const byte Begin = (6 << 4) | 6;
    private const byte Done = (8 << 4) | 7;
    private const byte Pause = (7 << 4) | 8;
    private const byte Close = (0 << 4) | 9;

    // Columns: Wanted, Asked, LinkUp, LinkUpForPack, LinkLost, Provisioned, Accepted, Refused, Failed, Unanswered, Due, Finish, Stop, Regained
    private static readonly byte[] Cells =
    {
        /* Off             */ HoldOff, Open, None, None, None, None, None, None, None, None, None, None, None, None,
        /* HoldingOff      */ None, Open, None, None, None, None, None, None, None, None, Open, None, Close, Close,
        /* Connecting      */ None, None, Request, Fetch, Pause, None, None, None, None, None, Pause, None, Close, None,
        /* FetchingPack    */ None, None, None, None, Pause, Done, None, Request, Request, Request, None, None, Close, None,
        /* Requesting      */ None, None, None, None, Pause, None, Begin, Plain, Pause, Pause, None, None, Close, None,
        /* RequestingPlain */ None, None, None, None, Pause, None, Begin, Pause, Pause, Pause, None, None, Close, None,
        /* InSession       */ None, None, None, None, Pause, None, None, None, None, None, Pause, Done, Close, None,
        /* Waiting         */ None, Open, None, None, None, None, None, None, None, None, Open, None, Close, Close,
        /* Finished        */ HoldOff, Open, None, None, Close, None, None, None, None, None, Close, None, Close, None,
    };

    /// <summary>What to do when <paramref name="happened"/> meets <paramref name="state"/>.</summary>
    public static BootstrapAction Action(BootstrapState state, BootstrapEvent happened)
    {
        byte cell = Cells[(int)state * Events + (int)happened];
        return cell == None ? BootstrapAction.Ignore : (BootstrapAction)(cell & 15);
    }

    /// <summary>The state after <paramref name="happened"/> met <paramref name="state"/>; the same one where it is ignored.</summary>
    public static BootstrapState Next(BootstrapState state, BootstrapEvent happened)
    {
        byte cell = Cells[(int)state * Events + (int)happened];
        return cell == None ? state : (BootstrapState)(cell >> 4);
    }
}
