using System;
using Lwm2m.Client;

namespace Lwm2m.Simulation;

// Storms and calms.
internal sealed partial class World
{
    // What was sent before the calm may still arrive in its first minute.
    private const long LateMs = 61_000;

    // MAX_TRANSMIT_WAIT with the longest ACK_TIMEOUT of a scenario: an exchange of the storm may take that long to fail.
    private const long ExchangeMs = 190_000;

    // A bootstrap session without a command: EXCHANGE_LIFETIME with the longest ACK_TIMEOUT of a scenario.
    private const long SessionMs = 300_000;

    private const long LongestFullMs = 6 * 3_600_000;

    private const long MinuteMs = 60_000;

    private long _calmSinceMs = long.MaxValue;

    /// <summary>The longest pause between two attempts to register that the client's settings allow.</summary>
    public long LongestPauseMs => Scenario.RetryTimers && !Scenario.Bootstrap ? 600_000 : Scenario.LongestRetrySeconds * 1250L;

    /// <summary>All has been well since before that time: what began then must not fail.</summary>
    public bool IsCalmSince(long ms) => Network.IsCalm && ms >= _calmSinceMs + LateMs;

    private void Live()
    {
        Device.Boot();
        for (int cycle = 0; cycle < Scenario.Cycles; cycle++)
        {
            Storm();
            Calm();
            Steady();
        }
    }

    private void Storm()
    {
        Note("storm");
        Network.IsCalm = false;
        _calmSinceMs = long.MaxValue;
        long until = Agenda.NowMs + Scenario.StormMs;
        NowAndThen(Scenario.ChangeGapMs, until, () => Device.ChangeValue(_dice.Between(0, Probe.Instances - 1)));
        foreach (Server server in Servers)
        {
            NowAndThen(Scenario.OperationGapMs, until, server.AskAnything);
        }

        foreach (Node node in Nodes)
            NowAndThen(Scenario.ServerRestartGapMs, until, () => node.Restart(_dice.Gap(60_000), _dice.Chance(Scenario.ServerForgetsPercent)));
        if (Scenario.Bootstrap)
            NowAndThen(Scenario.StormMs / 3, until, Device.Bootstrap);

        NowAndThen(Scenario.SendGapMs, until, () => Device.Send(_dice.Between(1, Servers.Length), _dice.Between(0, Probe.Instances - 1)));
        NowAndThen(Scenario.PartitionGapMs, until, () => Network.Cut(_dice.Between(-1, Nodes.Length - 1), _dice.Gap(Scenario.PartitionMs)));
        NowAndThen(Scenario.AddressGapMs, until, () => Device.ChangeAddress(_dice.Chance(50)));
        NowAndThen(Scenario.LinkLossGapMs, until, () => Device.LoseLink(_dice.Between(0, Nodes.Length - 1)));
        NowAndThen(Scenario.ClockJumpGapMs, until, () => Device.JumpClock(_dice.Between(-1_000_000, 1_000_000) * 1000L));
        NowAndThen(Scenario.RebootGapMs, until, () =>
        {
            if (Scenario.Storage && _dice.Chance(70))
                Device.CutPowerWithin(_dice.Gap(Scenario.StormMs / 20));
            else
                Device.CutPower();
        });
        NowAndThen(Scenario.FullDiskGapMs, until, () => Device.FillDisk(_dice.Gap(Math.Min(Scenario.StormMs / 20, LongestFullMs))));
        RunUntil(until);
    }

    // Faults end. Within its own retry times the client is registered everywhere, and the last values reach the servers.
    private void Calm()
    {
        Note("calm");
        Network.IsCalm = true;
        _calmSinceMs = Agenda.NowMs;
        foreach (Node node in Nodes)
            node.Start();
        foreach (Server server in Servers)
            server.Drop("1/" + server.Index + "/4");

        Device.EmptyDisk();
        Device.Boot();
        Device.Disk.Files.CutAtStep = long.MaxValue;
        long longest = 0;
        for (int index = 0; index < Servers.Length; index++)
            longest = Math.Max(longest, ComeBackMs(index));
        // A registration for ever has no Update that would find out that the server forgot it: the application asks for one.
        Agenda.In(LateMs, () => Device.Update());
        // What a server asked for in the storm may arrive, and disable the client, for that long.
        RunUntil(_calmSinceMs + LateMs + ExchangeMs);
        if (!RunUntil(_calmSinceMs + longest, IsSettled))
            Break("the client did not come back within its own retry times: " + Unsettled());
        WaitForServers();
        foreach (Server server in Servers)
            server.CheckAttributes();
        WaitForServers();
    }

    // The client's own times: the Update that finds out, an exchange of the storm that still fails, the pause after it, what a server
    // disabled it for; and the attempt itself.
    private long ComeBackMs(int index)
    {
        ServerObject servers = Device.Client.Servers;
        long disabled = Scenario.DisablePercent > 0 ? servers.DisableTimeoutSeconds(index) * 1000 : 0;
        // A client that is bootstrapped anew starts over, behind the hold-off, and perhaps a session that never finishes.
        long bootstrap = Scenario.Bootstrap ? Scenario.HoldOffSeconds * 1000L + SessionMs + 2 * ExchangeMs + 2 * LongestPauseMs : 0;
        return LateMs + bootstrap + Math.Max(servers.LifetimeSeconds(index), Scenario.LifetimeSeconds) * 1000 + 2 * ExchangeMs + LongestPauseMs + disabled + MinuteMs;
    }

    private bool IsSettled() => Unsettled() == null;

    private string? Unsettled()
    {
        for (int index = 0; index < Servers.Length; index++)
        {
            string? what = Unsettled(Servers[index], Device.AccountAt(Servers[index]));
            if (what != null)
                return what;
        }

        return null;
    }

    private string? Unsettled(Server server, ServerAccount? account)
    {
        if (account == null)
            return server.Name + ": no account";
        if (Device.Client.BootstrapState != BootstrapState.Off && Device.Client.BootstrapState != BootstrapState.Finished)
            return "bootstrap: " + Device.Client.BootstrapState;
        if (!account.IsRegistered || account.State == RegistrationState.Updating)
            return "server " + account.ShortServerId + ": " + account.State;
        if (!server.HasClient || account.LocationPath != "/rd/" + server.Registration!.Number)
            return "server " + account.ShortServerId + " does not know the registration " + account.LocationPath;
        if (server.Registration.Address != Device.AddressFor(account.Index))
            return "server " + account.ShortServerId + " knows another address";
        return null;
    }

    private void WaitForServers()
    {
        // In queue mode the application wakes the client, where no Update does.
        for (int minute = 0; minute < 20; minute++)
        {
            Device.WakeUp();
            if (RunUntil(Agenda.NowMs + MinuteMs, AreServersIdle))
                return;
        }

        Break("the servers do not get their requests done in a calm network: " + string.Join(", ", Array.ConvertAll(Servers, server => server.Waits)));
    }

    private bool AreServersIdle()
    {
        foreach (Server server in Servers)
            if (!server.IsIdle)
                return false;
        return true;
    }

    private void NowAndThen(long gapMs, long untilMs, Action happens)
    {
        if (gapMs == 0)
            return;
        long atMs = Agenda.NowMs + _dice.Gap(gapMs);
        if (atMs >= untilMs)
            return;
        Agenda.At(atMs, () =>
        {
            happens();
            NowAndThen(gapMs, untilMs, happens);
        });
    }
}
