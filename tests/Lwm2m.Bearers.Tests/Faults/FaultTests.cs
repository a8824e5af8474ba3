using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>
/// Modems that lose reports, reset in mid-command, flip their echo, mumble, fall silent; networks that lose, double, delay and go away. After the storm the
/// client is registered, is asked and answers; what was lost meanwhile, a fault has taken. A failure prints how to replay it:
/// <c>LWM2M_FAULT=S42</c> in the environment runs that world alone.
/// </summary>
public sealed class FaultTests
{
    private const int Seeds = 300;

    [TestCase('S')]
    [TestCase('N')]
    [TestCase('U')]
    [TestCase('P')]
    public void Three_hundred_seeds_hold(char bearer)
    {
        int first = 1;
        int last = Seeds;
        if (Environment.GetEnvironmentVariable("LWM2M_FAULT") is { Length: > 1 } chosen)
        {
            if (chosen[0] != bearer)
                Assert.Pass("Another world was asked for.");
            string[] range = chosen[1..].Split('-');
            first = int.Parse(range[0], CultureInfo.InvariantCulture);
            last = int.Parse(range[^1], CultureInfo.InvariantCulture);
        }

        var failures = new SortedDictionary<int, string>();
        long virtualMs = 0;
        long longestMs = 0;
        int resets = 0;
        int exchanges = 0;
        int unanswered = 0;
        object gate = new();
        Parallel.For(first, last + 1, seed =>
        {
            using var world = new FaultWorld(bearer, seed, KindsOf(seed));
            string? failure = null;
            try
            {
                world.Live();
            }
            catch (FaultException broken)
            {
                failure = broken.Message;
            }

            lock (gate)
            {
                virtualMs += world.VirtualMs;
                longestMs = Math.Max(longestMs, world.RecoveredInMs);
                resets += world.Resets;
                exchanges += world.Exchanges;
                unanswered += world.Unanswered;
                if (failure != null)
                    failures.Add(seed, failure);
            }
        });
        TestContext.Out.WriteLine(
            $"seeds {first}-{last} over {bearer}: {virtualMs / 3_600_000} virtual hours, {exchanges} requests, {resets} resets, {unanswered} answers taken by faults, " +
            $"registered at most {longestMs / 1000} s after the storm");
        Assert.That(failures.Keys, Is.Empty, string.Join("\n\n", failures.Values.Take(2)));
    }

    [TestCase('S')]
    [TestCase('N')]
    public void A_seed_gives_the_same_world_again(char bearer)
    {
        string Run()
        {
            using var world = new FaultWorld(bearer, 7, FaultKinds.Harmless | FaultKinds.Lossy);
            world.Live();
            return world.Explain();
        }

        Assert.That(Run(), Is.EqualTo(Run()));
    }

    [TestCase('S')]
    [TestCase('N')]
    public void Exchanges_over_a_modem_allocate_nothing(char bearer)
    {
        using var world = new FaultWorld(bearer, 1, FaultKinds.SlowLine | FaultKinds.Chunks);
        world.LiveCalmly(warmUpExchanges: 30, exchanges: 300);
        Assert.That(world.Allocated, Is.Zero, "bytes in 300 reads and notifications");
    }

    // Every third world has nothing that loses: there each answer must come.
    private static FaultKinds KindsOf(int seed)
    {
        var random = new Random(seed);
        var kinds = (FaultKinds)random.Next((int)(FaultKinds.Harmless | FaultKinds.Lossy) + 1);
        return seed % 3 == 0 ? kinds & FaultKinds.Harmless : kinds;
    }
}
