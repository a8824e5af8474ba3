namespace Lwm2m.Simulation;

// All is well: the last values arrive, and the client lives without allocating.
internal sealed partial class World
{
    private const int Rounds = 10;

    // Six records of a few hundred bytes, twice while one is replaced.
    private const int MostStoredBytes = 8192;

    private void Steady()
    {
        Note("steady");
        // A confirmable notification that came to nothing in the storm is tried again after a pause.
        RunUntil(Agenda.NowMs + LongestPauseMs + ExchangeMs);
        WaitForValues();
        CheckValues(true);
        if (Device.Sending > 0)
            Break(Device.Sending + " messages that the application sent are neither confirmed nor refused");
        for (int instance = 0; instance < Probe.Instances; instance++)
            Device.ChangeValue(instance);
        WaitForValues();
        CheckValues(false);
        CheckTables();
        LiveQuietly(false);
        LiveQuietly(true);
    }

    // All observations that servers count on were seen to live: so many must fit into the client's table.
    private void CheckTables()
    {
        int observations = 0;
        foreach (Server server in Servers)
            foreach (ServerObservation observation in server.Observations)
                observations += observation.IsActive ? 1 : 0;
        if (observations > Device.MostObservations)
            Break(observations + " observations live, and the limit is " + Device.MostObservations);
        if (Device.Probe.InstanceCount > Probe.MaxInstances)
            Break(Device.Probe.InstanceCount + " instances of /33000, and the limit is " + Probe.MaxInstances);
        if (Device.Disk.Used > MostStoredBytes)
            Break(Device.Disk.Used + " bytes lie on the disk");
    }

    // The first time around code is compiled and statics are made; the second time nothing is allocated.
    private void LiveQuietly(bool metered)
    {
        Device.IsMetered = metered;
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Server server in Servers)
                server.AskQuietly();
            Device.ChangeValue(_dice.Between(0, Probe.Instances - 1));
            Device.WakeUp();
            RunUntil(Agenda.NowMs + 5000);
        }

        WaitForValues();
        Device.IsMetered = false;
        CheckValues(false);
    }

    // What became due while the client sleeps goes when it wakes.
    private void WaitForValues()
    {
        RunUntil(Agenda.NowMs + (Server.LongestPminSeconds + 5) * 1000L);
        Device.WakeUp();
        RunUntil(Agenda.NowMs + 5000);
    }

    // A value that was sent without a confirmation while the network lost messages may be missing: that is what NON means. And a
    // bootstrap takes /1/x/26 back behind the server's back.
    private void CheckValues(bool onlyConfirmable)
    {
        foreach (Server server in Servers)
            foreach (ServerObservation observation in server.Observations)
            {
                long value = Device.Value(observation.Instance);
                if (observation.IsActive && observation.Value != value && (!onlyConfirmable || (observation.IsConfirmable && !Scenario.Bootstrap)))
                    Break($"the last value {value} of /33000/{observation.Instance}/0 did not reach server {server.Index + 1}, which knows {observation.Value} (token {System.Convert.ToHexString(observation.Token)})");
            }

        RunUntil(Agenda.NowMs);
    }
}
