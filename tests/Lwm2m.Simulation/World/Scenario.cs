using System;
using System.Text;
using Lwm2m.Client;

namespace Lwm2m.Simulation;

/// <summary>What kind of world a seed makes: its features, its faults and their rates. All of it is drawn before the world begins.</summary>
internal sealed class Scenario
{
    private const long DayMs = 86_400_000;

    public Scenario(int seed)
    {
        var dice = new Dice((ulong)seed * 3 + 1);
        Seed = seed;
        Servers = dice.Pick(1, 1, 2, 3);
        Version = (LwM2MVersion)dice.Between((int)LwM2MVersion.V10, (int)LwM2MVersion.V12);
        Board = dice.Chance(40);
        AckTimeoutMs = dice.Pick(2000, 2000, 4000);
        FirstRetrySeconds = dice.Pick(1, 2, 10);
        LongestRetrySeconds = dice.Pick(30, 120, 900);
        LocalPort = dice.Chance(50) ? 40000 : 0;
        RetryTimers = dice.Chance(30);
        ConfirmableNotifications = dice.Chance(50);
        Cycles = dice.Between(1, 3);
        StormMs = dice.Pick(600, 3600, 6 * 3600, 5 * 86400) * 1000L;
        // A short lifetime in a long storm would be Updates and little else.
        LifetimeSeconds = dice.Pick(40, 60, 120, 300, 3600, 86400, 0);
        if (LifetimeSeconds > 0)
            LifetimeSeconds = Math.Max(LifetimeSeconds, ShortestPeriodSeconds);
        OperationGapMs = StormMs / dice.Pick(20, 40, 80);
        ChangeGapMs = StormMs / dice.Pick(20, 40, 80);
        LossPercent = dice.Pick(0, 5, 20, 40, 60);
        DuplicatePercent = dice.Pick(0, 0, 10, 30);
        SlowPercent = dice.Pick(0, 0, 5, 20);
        BaseDelayMs = dice.Pick(1, 20, 200, 2000);
        PartitionGapMs = Rate(dice, 40);
        PartitionMs = Math.Min(StormMs, dice.Pick(10, 300, 3600, 86400, 3 * 86400) * 1000L);
        if (StormMs > DayMs)
            LongestRetrySeconds = 900;
        ServerRestartGapMs = Rate(dice, 40);
        ServerForgetsPercent = dice.Pick(0, 50, 100);
        RefusePercent = dice.Chance(30) ? dice.Pick(10, 30) : 0;
        SeparatePercent = dice.Chance(30) ? 30 : 0;
        AddressGapMs = Rate(dice, 30);
        RebootGapMs = Rate(dice, 40);
        LinkLossGapMs = Rate(dice, 30);
        ClockJumpGapMs = Rate(dice, 30);
        DisablePercent = dice.Chance(30) ? 5 : 0;
        QueueMode = dice.Chance(35);
        AwakeMs = dice.Pick(10_000, 30_000, 93_000);
        WakesToNotify = dice.Chance(50);
        Storage = dice.Chance(60);
        SendGapMs = Version == LwM2MVersion.V10 ? 0 : Rate(dice, 50) / 4;
        FullDiskGapMs = Storage ? Rate(dice, 30) : 0;
        Bootstrap = dice.Chance(35);
        HoldOffSeconds = dice.Pick(0, 0, 5, 60);
        RudePercent = QueueMode && dice.Chance(30) ? 30 : 0;
    }

    /// <summary>Ten years in queue mode: a device that wakes once a day, and now and then all that can happen to it.</summary>
    public static Scenario TenYears(int seed) => new(seed)
    {
        IsLife = true,
        Servers = 2,
        Version = LwM2MVersion.V11,
        Board = true,
        LifetimeSeconds = 86400,
        LongestRetrySeconds = 900,
        RetryTimers = false,
        Cycles = 10,
        StormMs = 365 * DayMs,
        OperationGapMs = 2 * DayMs,
        ChangeGapMs = DayMs / 2,
        LossPercent = 5,
        DuplicatePercent = 2,
        SlowPercent = 1,
        BaseDelayMs = 200,
        PartitionGapMs = 60 * DayMs,
        PartitionMs = DayMs,
        ServerRestartGapMs = 90 * DayMs,
        ServerForgetsPercent = 50,
        RefusePercent = 0,
        SeparatePercent = 0,
        AddressGapMs = 30 * DayMs,
        RebootGapMs = 90 * DayMs,
        LinkLossGapMs = 60 * DayMs,
        ClockJumpGapMs = 180 * DayMs,
        DisablePercent = 0,
        QueueMode = true,
        AwakeMs = 93_000,
        WakesToNotify = false,
        Storage = true,
        FullDiskGapMs = 180 * DayMs,
        SendGapMs = 3 * DayMs,
        Bootstrap = true,
        RudePercent = 10,
    };

    public int Seed { get; private init; }

    /// <summary>One of <see cref="TenYears"/>.</summary>
    public bool IsLife { get; private init; }

    public int Servers { get; private init; }

    public LwM2MVersion Version { get; private init; }

    /// <summary>Limits of a microcontroller, so that tables fill up.</summary>
    public bool Board { get; private init; }

    public int LifetimeSeconds { get; private init; }

    /// <summary>Nothing is done periodically more often than this.</summary>
    public int ShortestPeriodSeconds => IsLife ? LifetimeSeconds : (int)(StormMs / 150_000);

    public int AckTimeoutMs { get; private init; }

    public int FirstRetrySeconds { get; private init; }

    public int LongestRetrySeconds { get; private init; }

    public int LocalPort { get; private init; }

    /// <summary>The server objects set /1/x/17, 18 and 19.</summary>
    public bool RetryTimers { get; private init; }

    /// <summary>Servers ask for confirmable notifications (/1/x/26).</summary>
    public bool ConfirmableNotifications { get; private init; }

    /// <summary>A cycle is a storm in which faults happen, and a calm in which all must come right.</summary>
    public int Cycles { get; private init; }

    public long StormMs { get; private init; }

    public long OperationGapMs { get; private init; }

    public long ChangeGapMs { get; private init; }

    public int LossPercent { get; private init; }

    public int DuplicatePercent { get; private init; }

    /// <summary>Datagrams that take up to 60 s.</summary>
    public int SlowPercent { get; private init; }

    public int BaseDelayMs { get; private init; }

    public long PartitionGapMs { get; private init; }

    public long PartitionMs { get; private init; }

    public long ServerRestartGapMs { get; private init; }

    public int ServerForgetsPercent { get; private init; }

    public int RefusePercent { get; private init; }

    public int SeparatePercent { get; private init; }

    public long AddressGapMs { get; private init; }

    public long RebootGapMs { get; private init; }

    public long LinkLossGapMs { get; private init; }

    public long ClockJumpGapMs { get; private init; }

    public int DisablePercent { get; private init; }

    public bool QueueMode { get; private init; }

    /// <summary>The factory knows the bootstrap server only; that one knows the servers.</summary>
    public bool Bootstrap { get; private init; }

    public int HoldOffSeconds { get; private init; }

    /// <summary>What servers told the client survives in files; else a reboot forgets it.</summary>
    public bool Storage { get; private init; }

    /// <summary>The application sends values by its own choice.</summary>
    public long SendGapMs { get; private init; }

    public long FullDiskGapMs { get; private init; }

    public int AwakeMs { get; private init; }

    public bool WakesToNotify { get; private init; }

    /// <summary>How often a server sends to a client that it knows to sleep.</summary>
    public int RudePercent { get; private init; }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (System.Reflection.PropertyInfo property in typeof(Scenario).GetProperties())
            text.Append(text.Length == 0 ? "" : ", ").Append(property.Name).Append(' ').Append(property.GetValue(this));
        return text.ToString();
    }

    // Mean time between faults of a kind, or 0 where the world has none.
    private long Rate(Dice dice, int percent) => dice.Chance(percent) ? StormMs / dice.Between(1, 6) : 0;
}
