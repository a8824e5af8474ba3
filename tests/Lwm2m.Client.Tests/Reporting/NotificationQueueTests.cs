using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>What waits for a server that is busy or away (NSTART, RFC 7252 4.7).</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class NotificationQueueTests
{
    private readonly ReportingBed _bed = new(observations: 16);

    private void ObserveMany(int count, string? query, int server = 0)
    {
        for (int resource = 1; resource <= count; resource++)
        {
            _bed.Quietly("/3/0/" + resource, 0);
            _bed.Observe("/3/0/" + resource, query, server, server * 20 + resource);
        }
    }

    [Test]
    public void One_CON_is_out_at_a_time_and_the_others_follow_in_their_order_with_the_values_of_then()
    {
        ObserveMany(3, "con=1");
        _bed.Set("/3/0/2", 1);
        _bed.Set("/3/0/3", 1);
        _bed.Set("/3/0/1", 1);
        _bed.Set("/3/0/3", 2);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s CON #2 /3/0/2=1" }));
        _bed.To(2);
        _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "2s CON #2 /3/0/3=2" }));
        _bed.To(3);
        _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "3s CON #2 /3/0/1=1" }));
        _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.Empty);
        Assert.That(_bed.DueSeconds, Is.EqualTo(-1));
    }

    [Test]
    public void Busy_server_is_not_tried_over_and_over()
    {
        ObserveMany(10, "con=1");
        for (int resource = 1; resource <= 10; resource++)
            _bed.Set("/3/0/" + resource, 1);
        int attempts = _bed.Host.Attempts;
        Assert.That(attempts, Is.EqualTo(10));
        _bed.To(1000);
        for (int acknowledged = 0; acknowledged < 10; acknowledged++)
            _bed.Acknowledge();
        Assert.That(_bed.Host.Attempts - attempts, Is.EqualTo(9));
        Assert.That(_bed.Sent(), Has.Length.EqualTo(10));
    }

    [Test]
    public void NON_does_not_wait_for_a_CON()
    {
        ObserveMany(2, "con=1");
        _bed.Quietly("/3/0/9", 0);
        _bed.Observe("/3/0/9", token: 9);
        _bed.Set("/3/0/1", 1);
        _bed.Set("/3/0/2", 1);
        _bed.Set("/3/0/9", 1);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s CON #2 /3/0/1=1", "0s NON #2 /3/0/9=1" }));
        _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s CON #2 /3/0/2=1" }));
    }

    [Test]
    public void Servers_do_not_wait_for_each_other()
    {
        ObserveMany(2, "con=1", server: 0);
        ObserveMany(2, "con=1", server: 1);
        _bed.Set("/3/0/1", 1);
        _bed.Set("/3/0/2", 1);
        Assert.That(_bed.Sent(), Is.EquivalentTo(new[] { "0s CON #2 /3/0/1=1", "0s server 1 CON #2 /3/0/1=1" }));
        _bed.Acknowledge(1);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s server 1 CON #2 /3/0/2=1" }));
        _bed.Acknowledge(1);
        Assert.That(_bed.Sent(), Is.Empty);
        _bed.Acknowledge(0);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s CON #2 /3/0/2=1" }));
    }

    [Test]
    public void Busy_observation_that_changes_all_the_time_does_not_starve_the_others()
    {
        ObserveMany(3, "con=1");
        _bed.Set("/3/0/2", 1);
        _bed.Set("/3/0/3", 1);
        var heard = new List<string>();
        for (int round = 1; round <= 6; round++)
        {
            _bed.Set("/3/0/1", round);
            _bed.Acknowledge();
            heard.AddRange(_bed.Sent().Select(line => line.Split(' ')[3].Split('=')[0]));
        }

        Assert.That(heard.Take(4), Is.EqualTo(new[] { "/3/0/2", "/3/0/3", "/3/0/1", "/3/0/1" }));
    }

    [Test]
    public void Offline_server_gets_the_last_values_once_when_it_is_back()
    {
        ObserveMany(3, "pmax=10");
        _bed.Host.Offline.Add(0);
        _bed.To(1);
        _bed.Set("/3/0/2", 1);
        _bed.Set("/3/0/2", 2);
        _bed.To(1000);
        Assert.That(_bed.Sent(), Is.Empty);
        Assert.That(_bed.DueSeconds, Is.EqualTo(-1), "no timers for a server that is away");

        _bed.Host.Offline.Clear();
        _bed.Ready();
        Assert.That(_bed.Sent(), Is.EquivalentTo(new[] { "1000s NON #2 /3/0/2=2", "1000s NON #2 /3/0/1=0", "1000s NON #2 /3/0/3=0" }));
        Assert.That(_bed.DueSeconds, Is.EqualTo(1010));
    }

    [Test]
    public void Ready_without_being_so_leaves_the_order_as_it_was()
    {
        ObserveMany(3, "con=1");
        _bed.Host.Offline.Add(0);
        _bed.Set("/3/0/3", 1);
        _bed.Set("/3/0/1", 1);
        _bed.Set("/3/0/2", 1);
        _bed.Ready();
        _bed.Ready();
        _bed.Host.Offline.Clear();
        for (int round = 0; round < 3; round++)
            _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s CON #2 /3/0/3=1", "0s CON #2 /3/0/1=1", "0s CON #2 /3/0/2=1" }));
    }

    [Test]
    public void Cancelled_one_passes_its_turn_on()
    {
        ObserveMany(4, "con=1");
        for (int resource = 1; resource <= 4; resource++)
            _bed.Set("/3/0/" + resource, 1);
        _bed.Sent();
        _bed.Table.Remove(_bed.Table.Find(0, new byte[] { 3 }, 0, 1));
        _bed.Host.Busy.Clear();
        _bed.Table.Ready(0);
        _bed.Table.Remove(_bed.Table.Find(0, new byte[] { 2 }, 0, 1));
        _bed.Poll();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s CON #2 /3/0/4=1" }));
    }

    [Test]
    public void One_that_must_wait_for_its_pmin_passes_its_turn_on()
    {
        ObserveMany(1, null);
        _bed.Attach("/3/0/1", "con=1");
        _bed.Quietly("/3/0/2", 0);
        _bed.Attach("/3/0/2", "con=1");
        _bed.Observe("/3/0/2", token: 2);
        _bed.Quietly("/3/0/3", 0);
        _bed.Observe("/3/0/3", "con=1", token: 3);
        for (int resource = 1; resource <= 3; resource++)
            _bed.Set("/3/0/" + resource, 1);
        _bed.Attach("/3/0/2", "pmin=100");
        _bed.Sent();

        _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s CON #2 /3/0/3=1" }));
        _bed.Acknowledge();
        _bed.To(100);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "100s CON #2 /3/0/2=1" }));
    }

    [Test]
    public void Unacknowledged_CON_keeps_its_observation_and_is_sent_again_after_growing_pauses()
    {
        ObserveMany(1, "con=1&pmin=500");
        _bed.To(500);
        _bed.Set("/3/0/1", 1);
        _bed.To(593);
        _bed.TimeOut();
        _bed.Quietly("/3/0/1", 2);
        _bed.To(600);
        _bed.TimeOut();
        _bed.To(700);
        _bed.Acknowledge();
        _bed.To(10_000);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "500s CON #2 /3/0/1=1", "595s CON #3 /3/0/1=2", "604s CON #4 /3/0/1=2" }));
        Assert.That(_bed.DueSeconds, Is.EqualTo(-1));
    }

    [Test]
    public void Unacknowledged_CON_is_sent_again_at_once_when_the_server_is_heard()
    {
        ObserveMany(2, "con=1");
        _bed.Set("/3/0/1", 1);
        _bed.Set("/3/0/2", 1);
        _bed.To(93);
        _bed.TimeOut();
        _bed.To(94);
        _bed.Hear();
        _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s CON #2 /3/0/1=1", "94s CON #3 /3/0/1=1", "94s CON #2 /3/0/2=1" }));
    }

    [Test]
    public void Silent_server_gets_one_notification_at_a_time_and_each_of_them_confirmable()
    {
        ObserveMany(1, "con=1");
        _bed.Quietly("/3/0/9", 0);
        _bed.Observe("/3/0/9", token: 9);
        _bed.Set("/3/0/1", 1);
        _bed.To(50);
        _bed.TimeOut();
        _bed.Set("/3/0/9", 1);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s CON #2 /3/0/1=1" }));
        _bed.To(52);
        _bed.Set("/3/0/9", 2);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "52s CON #3 /3/0/1=1" }));
        _bed.To(53);
        _bed.Acknowledge();
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "53s NON #2 /3/0/9=2" }));
    }

    [Test]
    public void NON_that_the_transport_does_not_take_is_sent_again_as_a_CON()
    {
        ObserveMany(1, null);
        _bed.Host.Refusing.Add(0);
        _bed.Set("/3/0/1", 1);
        Assert.That(_bed.DueSeconds, Is.EqualTo(2));
        _bed.Host.Refusing.Clear();
        _bed.To(5);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "2s CON #2 /3/0/1=1" }));
        _bed.Acknowledge();
        _bed.Set("/3/0/1", 2);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "5s NON #3 /3/0/1=2" }));
    }

    [Test]
    public void Server_that_registers_anew_is_no_longer_cut_off()
    {
        ObserveMany(1, "con=1");
        _bed.Set("/3/0/1", 1);
        _bed.TimeOut();
        _bed.Sent();
        _bed.Table.RemoveServer(0);
        ObserveMany(1, null);
        _bed.Set("/3/0/1", 2);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s NON #2 /3/0/1=2" }));
        Assert.That(_bed.DueSeconds, Is.EqualTo(-1));
    }

    [Test]
    public void Random_acknowledgements_deliver_every_last_value_in_turn()
    {
        int seed = 77;
        var random = new Random(seed);
        for (int run = 0; run < 200; run++)
        {
            var bed = new ReportingBed(observations: 12, servers: 2);
            for (int resource = 0; resource < 6; resource++)
            {
                bed.Quietly("/3/0/" + resource, 0);
                for (int server = 0; server < 2; server++)
                    bed.Observe("/3/0/" + resource, random.Next(3) == 0 ? "con=0" : "con=1&pmin=" + random.Next(3), server, server * 20 + resource);
            }

            double now = 0;
            for (int step = 0; step < 60; step++)
            {
                int server = random.Next(2);
                switch (random.Next(8))
                {
                    case 6:
                        if (bed.Host.Busy.Contains(server))
                            bed.TimeOut(server);
                        break;
                    case 7:
                        if (!bed.Host.Refusing.Remove(server))
                            bed.Host.Refusing.Add(server);
                        break;
                    case 0:
                        bed.Acknowledge(server);
                        break;
                    case 1:
                        if (!bed.Host.Offline.Remove(server))
                            bed.Host.Offline.Add(server);
                        else
                            bed.Ready(server);
                        break;
                    case 2:
                        bed.To(now += random.Next(3));
                        break;
                    default:
                        bed.Set("/3/0/" + random.Next(6), random.Next(100));
                        break;
                }
            }

            bed.Host.Offline.Clear();
            bed.Host.Refusing.Clear();
            for (int round = 0; round < 80; round++)
            {
                bed.Acknowledge(round & 1);
                bed.To(now += 1000);
            }

            var last = new Dictionary<string, string>();
            foreach (string line in bed.Sent())
            {
                string[] parts = line.Split(' ');
                string[] pair = parts[^1].Split('=');
                last[(line.Contains("server 1") ? "1 " : "0 ") + pair[0]] = pair[1];
            }

            foreach ((string key, string value) in last)
            {
                string expected = bed.Host.Values[Paths.Pack(key[2..])].ToString(System.Globalization.CultureInfo.InvariantCulture);
                Assert.That(value, Is.EqualTo(expected), "seed " + seed + ", run " + run + ", server and path " + key);
            }

            Assert.That(bed.DueSeconds, Is.EqualTo(-1), "seed " + seed + ", run " + run);
        }
    }
}
