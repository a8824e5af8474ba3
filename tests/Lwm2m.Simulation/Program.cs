using System;
using System.Diagnostics;
using System.Globalization;

namespace Lwm2m.Simulation;

/// <summary>Replays one seed with every message, or searches many seeds: <c>--seed 1234</c>, <c>--seeds 1 100000</c>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length == 2 && arguments[0] == "--seed")
            return Replay(new Scenario(Number(arguments[1])));
        if (arguments.Length == 2 && arguments[0] == "--life")
            return Replay(Scenario.TenYears(Number(arguments[1])));
        if (arguments.Length == 3 && arguments[0] == "--seeds")
            return Search(Number(arguments[1]), Number(arguments[2]));
        Console.Error.WriteLine("--seed N       one world, with every message\n--life N       ten years in queue mode, with every message\n--seeds N M    the worlds N to M, until one breaks");
        return 2;
    }

    private static int Replay(Scenario scenario)
    {
        Console.WriteLine(scenario);
        try
        {
            new World(scenario, Console.Out).Run();
            Console.WriteLine("seed " + scenario.Seed + " holds");
            return 0;
        }
        catch (InvariantBrokenException broken)
        {
            Console.WriteLine(broken.Message);
            return 1;
        }
    }

    private static int Search(int first, int last)
    {
        var watch = Stopwatch.StartNew();
        SeedRun run = SeedRun.Of(first, last);
        foreach (string failure in run.Failures)
            Console.WriteLine(failure);
        double seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{run}; {seconds:0.0} s, {run.Worlds / seconds:0} worlds a second; {run.FailedSeeds.Count} failed: {string.Join(' ', run.FailedSeeds)}"));
        return run.FailedSeeds.Count == 0 ? 0 : 1;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
