namespace Lwm2m.Client;

/// <summary>
/// The registration machine as data: what happens and what comes next for every pair of state and event.
/// A pair that means nothing is written down as such, so that no event can meet a state unprepared.
/// Sources: Core 6.2 (interface), Core 6.2.1.2 (retries), lines on lost registrations in Core 6.2.2.
/// </summary>
internal static class RegistrationTable
{
    /// <summary>Number of states: rows.</summary>
    public const int States = 11;

    /// <summary>Number of events: columns.</summary>
    public const int Events = 15;

    private const byte None = 0xF0;

    // One cell: action in the low four bits, next state in the high four; None = ignored, state kept.
    private const byte OpenConnecting = (1 << 4) | 1;
    private const byte RegisterRegistering = (2 << 4) | 2;
    private const byte StepDownRegistering = (2 << 4) | 3;
    private const byte ConfirmRegistered = (3 << 4) | 4;
    private const byte UpdateUpdating = (4 << 4) | 5;
    private const byte ConfirmedRegistered = (3 << 4) | 6;
    private const byte PauseWaiting = (7 << 4) | 7;
    private const byte DeregisterDeregistering = (5 << 4) | 8;
    private const byte DeregisterDisabling = (6 << 4) | 8;
    private const byte CloseOff = (0 << 4) | 9;
    private const byte SleepDisabled = (8 << 4) | 10;
    private const byte RenewRegistering = (2 << 4) | 11;
    private const byte ReopenConnecting = (1 << 4) | 12;
    private const byte HoldHeld = (9 << 4) | 13;
    private const byte RestAsleep = (10 << 4) | 14;

    // Columns: Start, LinkUp, LinkLost, Created, Changed, VersionRefused, Refused, Unanswered, Due, UpdateWanted, Disable, Stop, Deleted, Resumed, Quiet
    private static readonly byte[] Cells =
    {
        /* Off           */ HoldHeld, None, None, None, None, None, None, None, None, None, None, None, None, None, None,
        /* Connecting    */ None, RegisterRegistering, PauseWaiting, None, None, None, None, None, PauseWaiting, None, None, CloseOff, None, UpdateUpdating, None,
        /* Registering   */ None, None, PauseWaiting, ConfirmRegistered, None, StepDownRegistering, PauseWaiting, PauseWaiting, None, None, None, CloseOff, None, None, None,
        /* Registered    */ None, None, ReopenConnecting, None, None, None, None, None, UpdateUpdating, UpdateUpdating, DeregisterDisabling, DeregisterDeregistering, None, None, RestAsleep,
        /* Updating      */ None, None, ReopenConnecting, None, ConfirmedRegistered, RenewRegistering, RenewRegistering, ReopenConnecting, None, None, DeregisterDisabling, DeregisterDeregistering, None, None, None,
        /* Deregistering */ None, None, CloseOff, None, None, CloseOff, CloseOff, CloseOff, CloseOff, None, None, None, CloseOff, None, None,
        /* Disabling     */ None, None, SleepDisabled, None, None, SleepDisabled, SleepDisabled, SleepDisabled, SleepDisabled, None, None, DeregisterDeregistering, SleepDisabled, None, None,
        /* Waiting       */ OpenConnecting, None, None, None, None, None, None, None, OpenConnecting, OpenConnecting, None, CloseOff, None, None, None,
        /* Disabled      */ OpenConnecting, None, None, None, None, None, None, None, OpenConnecting, None, None, CloseOff, None, None, None,
        /* Held          */ None, None, None, None, None, None, None, None, OpenConnecting, None, None, CloseOff, None, None, None,
        /* Asleep        */ None, None, ReopenConnecting, None, None, None, None, None, UpdateUpdating, UpdateUpdating, None, DeregisterDeregistering, None, None, None,
    };

    /// <summary>What to do when <paramref name="happened"/> meets <paramref name="state"/>.</summary>
    public static RegistrationAction Action(RegistrationState state, RegistrationEvent happened)
    {
        byte cell = Cells[(int)state * Events + (int)happened];
        return cell == None ? RegistrationAction.Ignore : (RegistrationAction)(cell & 15);
    }

    /// <summary>The state after <paramref name="happened"/> met <paramref name="state"/>; the same one where it is ignored.</summary>
    public static RegistrationState Next(RegistrationState state, RegistrationEvent happened)
    {
        byte cell = Cells[(int)state * Events + (int)happened];
        return cell == None ? state : (RegistrationState)(cell >> 4);
    }
}
