using System;
using NUnit.Framework;

namespace Lwm2m.Simulation;

/// <summary>Worlds from seeds. A failure prints its seed, the last messages, and the command that replays it.</summary>
public class SimulationTests
{
    [Test]
    public void A_thousand_seeds_hold()
    {
        SeedRun run = SeedRun.Of(1, 1000);
        TestContext.Out.WriteLine(run.ToString());
        Assert.That(run.FailedSeeds, Is.Empty, string.Join("\n\n", run.Failures));
    }

    [Test]
    public void Ten_years_in_queue_mode_hold()
    {
        var world = new World(Scenario.TenYears(1));
        try
        {
            world.Run();
        }
        catch (InvariantBrokenException broken)
        {
            Assert.Fail(broken.Message);
        }

        TestContext.Out.WriteLine($"{world.Network.Datagrams} datagrams, {world.Device.Sleeps} sleeps, {world.Device.Boots} boots, {world.Bootstrap.Finished} bootstraps");
        Assert.That(world.Agenda.NowMs, Is.GreaterThan(3650L * 86_400_000));
        Assert.That(world.Device.Sleeps, Is.GreaterThan(3650));
    }

    [Test]
    public void A_seed_gives_the_same_world_again()
    {
        string Run()
        {
            using var trace = new System.IO.StringWriter();
            new World(new Scenario(7), trace).Run();
            return trace.ToString();
        }

        Assert.That(Run(), Is.EqualTo(Run()));
    }
}
