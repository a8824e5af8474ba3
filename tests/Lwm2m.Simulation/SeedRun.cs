using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Lwm2m.Simulation;

/// <summary>Many worlds, on all cores, and what became of them.</summary>
internal sealed class SeedRun
{
    // Enough to see whether it is one fault or several.
    private const int MaxFailuresShown = 3;

    private readonly object _gate = new();

    public List<string> Failures { get; } = new();

    public SortedSet<int> FailedSeeds { get; } = new();

    public int Worlds { get; private set; }

    public long VirtualMs { get; private set; }

    public long Datagrams { get; private set; }

    public int Boots { get; private set; }

    public int Bootstraps { get; private set; }

    public int Sleeps { get; private set; }

    public int Sends { get; private set; }

    public override string ToString() =>
        $"{Worlds} worlds, {VirtualMs / 86_400_000} virtual days, {Datagrams} datagrams, {Boots} boots, {Bootstraps} bootstraps, {Sleeps} sleeps, {Sends} sends";

    public static SeedRun Of(int first, int last)
    {
        var run = new SeedRun();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(first, last + 1, options, run.Live);
        return run;
    }

    private void Live(int seed)
    {
        var world = new World(new Scenario(seed));
        string? failure = null;
        try
        {
            world.Run();
        }
        catch (InvariantBrokenException broken)
        {
            failure = broken.Message;
        }

        lock (_gate)
        {
            Worlds++;
            VirtualMs += world.Agenda.NowMs;
            Boots += world.Device.Boots;
            Bootstraps += world.Bootstrap.Finished;
            Sleeps += world.Device.Sleeps;
            Sends += world.Device.SentMessages;
            Datagrams += world.Network.Datagrams;
            if (failure == null)
                return;
            FailedSeeds.Add(seed);
            if (Failures.Count < MaxFailuresShown)
                Failures.Add(failure);
        }
    }
}
