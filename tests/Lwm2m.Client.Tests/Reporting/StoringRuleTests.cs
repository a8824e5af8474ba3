using System;
using System.Linq;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>What falls due while a server is away (hqmax, /1/x/6), in the table of observations.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class StoringRuleTests
{
    private const string Path = "/3303/0/5700";

    private readonly ReportingBed _bed = new(sampleBytes: 10 * 19);

    private void Observed(string query, KeepResult keeps = KeepResult.Sampled, string path = Path, int token = 1)
    {
        _bed.Quietly(path, 20);
        _bed.Observe(path, query, token: token);
        _bed.Host.Keeps = keeps;
        _bed.Host.Offline.Add(0);
    }

    private void Back()
    {
        _bed.Host.Offline.Clear();
        _bed.Ready();
    }

    [Test]
    public void Values_that_fell_due_are_delivered_in_order_with_their_times()
    {
        Observed("hqmax=10");
        for (int second = 1; second <= 3; second++)
        {
            _bed.To(second);
            _bed.Set(Path, 20 + second);
        }

        _bed.To(60);
        Back();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "60s CON #2 /3303/0/5700: 21@1 22@2 23@3" }));
        _bed.Acknowledge();
        _bed.To(1000);
        Assert.That(_bed.Sent(), Is.Empty);
        _bed.Set(Path, 23);
        Assert.That(_bed.Sent(), Is.Empty, "the same value as the last one that was kept");
        _bed.Set(Path, 24);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "1000s NON #3 /3303/0/5700=24" }));
    }

    [Test]
    public void The_last_hqmax_values_are_kept()
    {
        Observed("hqmax=2");
        for (int second = 1; second <= 5; second++)
        {
            _bed.To(second);
            _bed.Set(Path, 20 + second);
        }

        Back();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "5s CON #2 /3303/0/5700: 24@4 25@5" }));
    }

    [Test]
    public void Periods_and_conditions_choose_the_values_as_if_the_server_were_there()
    {
        Observed("hqmax=10&pmin=5&pmax=20&st=3");
        _bed.To(1);
        _bed.Set(Path, 24);
        _bed.To(6);
        _bed.Set(Path, 26);
        _bed.To(7);
        _bed.Set(Path, 30);
        _bed.To(40);
        Back();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "40s CON #2 /3303/0/5700: 24@5 30@10 30@30" }));
        Assert.That(_bed.DueSeconds, Is.EqualTo(60));
    }

    [Test]
    public void Full_store_drops_the_oldest_and_what_lost_all_its_values_tells_the_present_one()
    {
        Observed("hqmax=10");
        Observed("hqmax=100", path: "/3303/0/5601", token: 2);
        _bed.To(1);
        _bed.Set(Path, 1);
        for (int second = 2; second <= 12; second++)
        {
            _bed.To(second);
            _bed.Set("/3303/0/5601", second);
        }

        Back();
        _bed.Acknowledge();
        _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.EqualTo(new[]
        {
            "12s NON #2 /3303/0/5700=1",
            "12s CON #2 /3303/0/5601: 3@3 4@4 5@5 6@6 7@7 8@8 9@9 10@10 11@11 12@12"
        }));
    }

    [Test]
    public void Unacknowledged_delivery_is_repeated_with_what_came_meanwhile()
    {
        Observed("hqmax=10");
        _bed.To(1);
        _bed.Set(Path, 21);
        Back();
        _bed.Sent();
        _bed.To(93);
        _bed.TimeOut();
        _bed.Set(Path, 22);
        _bed.To(95);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "95s CON #3 /3303/0/5700: 21@1 22@93" }));
        _bed.Acknowledge();
        _bed.To(1000);
        Assert.That(_bed.Sent(), Is.Empty);
        Assert.That(_bed.DueSeconds, Is.EqualTo(-1));
    }

    [Test]
    public void Value_of_an_unacknowledged_notification_is_kept_with_the_others()
    {
        _bed.Quietly(Path, 20);
        _bed.Observe(Path, "hqmax=10&con=1");
        _bed.Host.Keeps = KeepResult.Sampled;
        _bed.Set(Path, 21);
        _bed.To(93);
        _bed.TimeOut();
        _bed.To(94);
        _bed.Set(Path, 22);
        _bed.Hear();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s CON #2 /3303/0/5700=21", "94s CON #3 /3303/0/5700: 21@93 22@94" }));
    }

    [Test]
    public void Change_after_the_return_waits_for_the_delivery_and_follows_it()
    {
        Observed("hqmax=10&con=1");
        Observed("hqmax=10&con=1", path: "/3303/0/5601", token: 2);
        _bed.To(1);
        _bed.Set(Path, 21);
        _bed.Set("/3303/0/5601", 1);
        Back();
        _bed.To(2);
        _bed.Set("/3303/0/5601", 2);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "1s CON #2 /3303/0/5700: 21@1" }));
        _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "2s CON #2 /3303/0/5601: 1@1" }));
        _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "2s CON #3 /3303/0/5601=2" }));
        _bed.Acknowledge();
        Assert.That(_bed.DueSeconds, Is.EqualTo(-1));
    }

    [Test]
    public void Where_not_all_parts_are_kept_the_present_values_follow()
    {
        Observed("hqmax=10", KeepResult.SampledPartly);
        _bed.Set(Path, 21);
        Back();
        _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s CON #2 /3303/0/5700: 21@0", "0s NON #3 /3303/0/5700=21" }));
    }

    [Test]
    public void Without_storing_nothing_is_told_of_what_fell_due_meanwhile()
    {
        Observed("pmax=50", KeepResult.Dropped);
        _bed.To(1);
        _bed.Set(Path, 21);
        _bed.To(120);
        Back();
        Assert.That(_bed.Sent(), Is.Empty);
        _bed.To(130);
        _bed.Set(Path, 22);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "130s NON #2 /3303/0/5700=22" }));
    }

    [Test]
    public void Cancelled_observation_leaves_no_samples_to_whoever_takes_its_place()
    {
        Observed("hqmax=10");
        _bed.Set(Path, 21);
        _bed.Table.Remove(_bed.Table.Find(0, new byte[] { 1 }, 0, 1));
        Observed("hqmax=10");
        Back();
        Assert.That(_bed.Sent(), Is.Empty);
        Assert.That(_bed.Table.NextSample(0, 0), Is.EqualTo(-1));
    }

    [Test]
    public void Random_absences_lose_neither_order_nor_the_last_value([Range(1, 30)] int seed)
    {
        var random = new Random(seed);
        var bed = new ReportingBed(observations: 4, sampleBytes: 12 * 19);
        bed.Host.Keeps = KeepResult.Sampled;
        for (int resource = 0; resource < 3; resource++)
        {
            bed.Quietly("/3/0/" + resource, 0);
            bed.Observe("/3/0/" + resource, "con=1&hqmax=" + (1 + random.Next(6)) + (random.Next(2) == 0 ? "&pmax=" + random.Next(9) : ""), token: resource);
        }

        double now = 0;
        int value = 0;
        for (int step = 0; step < 300; step++)
        {
            switch (random.Next(7))
            {
                case 0:
                    bed.Acknowledge();
                    break;
                case 1:
                    if (!bed.Host.Offline.Remove(0))
                        bed.Host.Offline.Add(0);
                    else
                        bed.Ready();
                    break;
                case 2:
                    if (bed.Host.Busy.Contains(0))
                        bed.TimeOut();
                    break;
                case 3:
                    bed.To(now += random.Next(4));
                    break;
                default:
                    bed.Set("/3/0/" + random.Next(3), value = (value + 1) % 250);
                    break;
            }
        }

        bed.Host.Offline.Clear();
        for (int round = 0; round < 30; round++)
        {
            bed.Ready();
            bed.Acknowledge();
            bed.To(now += 10);
        }

        var last = new string[3];
        foreach (string line in bed.Sent())
        {
            string[] words = line.Split(' ');
            int resource = words[3][5] - '0';
            if (words[3].Contains('='))
            {
                last[resource] = words[3].Split('=')[1];
                continue;
            }

            string[] times = words[4..].Select(word => word.Split('@')[1]).ToArray();
            Assert.That(times.Select(int.Parse), Is.Ordered, "seed " + seed + ": " + line);
            last[resource] = words[^1].Split('@')[0];
        }

        for (int resource = 0; resource < 3; resource++)
            Assert.That(last[resource] ?? "0", Is.EqualTo(bed.Host.Values[Paths.Pack("/3/0/" + resource)].ToString(System.Globalization.CultureInfo.InvariantCulture)), "seed " + seed);
        Assert.That(bed.Table.NextSample(0, 0) + bed.Table.NextSample(1, 0) + bed.Table.NextSample(2, 0), Is.EqualTo(-3), "seed " + seed);
    }
}
