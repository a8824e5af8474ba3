using System;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>Who observes: tokens, replacement, cancellation, full table, what a changed path touches.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ObservationTableTests
{
    private readonly ReportingBed _bed = new();

    private static readonly string[] Nothing = Array.Empty<string>();

    [Test]
    public void Token_finds_its_observation_and_only_with_its_server_and_length()
    {
        _bed.Quietly("/3/0/7", 1);
        byte[] token = { 9, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
        int slot = _bed.Table.Observe(1, token, 1, 8, Paths.Pack("/3/0/7"), true, 60, 0, null, 0);

        Assert.That(_bed.Table.Find(1, token, 1, 8), Is.EqualTo(slot));
        Assert.That(_bed.Table.Find(0, token, 1, 8), Is.EqualTo(-1));
        Assert.That(_bed.Table.Find(1, token, 1, 7), Is.EqualTo(-1));
        Assert.That(_bed.Table.Find(1, token, 2, 8), Is.EqualTo(-1));
        byte[] copy = new byte[8];
        Assert.That(_bed.Table.Token(slot, copy), Is.EqualTo(8));
        Assert.That(copy, Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }));
        Assert.That(_bed.Table.ContentFormat(slot), Is.EqualTo(60));
        Assert.That(_bed.Table.Server(slot), Is.EqualTo(1));
        Assert.That(new[] { _bed.Table.ObjectId(slot), _bed.Table.InstanceId(slot), _bed.Table.ResourceId(slot), _bed.Table.ResourceInstanceId(slot) },
            Is.EqualTo(new[] { 3, 0, 7, -1 }));
    }

    [Test]
    public void Empty_token_is_a_token()
    {
        _bed.Quietly("/3/0/7", 1);
        int slot = _bed.Table.Observe(0, Array.Empty<byte>(), 0, 0, Paths.Pack("/3/0/7"), true, 0, 0, null, 0);
        Assert.That(_bed.Table.Find(0, Array.Empty<byte>(), 0, 0), Is.EqualTo(slot));
    }

    [Test]
    public void Same_token_replaces_and_its_numbers_go_on()
    {
        _bed.Quietly("/3/0/7", 1);
        _bed.Quietly("/3/0/8", 1);
        _bed.Observe("/3/0/7");
        _bed.Set("/3/0/7", 2);
        _bed.Observe("/3/0/8");

        _bed.Set("/3/0/7", 3);
        _bed.Set("/3/0/8", 3);

        // RFC 7641 3.4: an observer would take #1 for older than #2.
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s NON #2 /3/0/7=2", "0s NON #4 /3/0/8=3" }));
        Assert.That(_bed.Table.Count, Is.EqualTo(1));
    }

    [Test]
    public void Numbers_count_from_1_in_each_observation_and_wrap_at_24_bits()
    {
        _bed.Quietly("/3/0/7", 1);
        int slot = _bed.Table.Observe(0, new byte[] { 1 }, 0, 1, Paths.Pack("/3/0/7"), true, 0, 0, null, 0);
        for (int expected = 1; expected <= 0xFFFFFF; expected++)
            if (_bed.Table.NextSequence(slot) != expected)
                Assert.Fail("expected " + expected);
        Assert.That(_bed.Table.NextSequence(slot), Is.Zero);
        Assert.That(_bed.Table.NextSequence(slot), Is.EqualTo(1));
    }

    [Test]
    public void Full_table_refuses_but_replaces_and_takes_again_what_became_free()
    {
        var bed = new ReportingBed(observations: 3);
        bed.Quietly("/3/0/7", 1);
        for (int token = 1; token <= 3; token++)
            Assert.That(bed.Observe("/3/0/7", token: token), Is.GreaterThanOrEqualTo(0));

        Assert.That(bed.Observe("/3/0/7", token: 4), Is.EqualTo(-1));
        Assert.That(bed.Observe("/3/0/7", token: 2), Is.GreaterThanOrEqualTo(0));
        Assert.That(bed.Table.Count, Is.EqualTo(3));
        bed.Table.Remove(bed.Table.Find(0, new byte[] { 1 }, 0, 1));
        Assert.That(bed.Observe("/3/0/7", token: 4), Is.GreaterThanOrEqualTo(0));
        Assert.That(bed.Observe("/3/0/7", token: 5), Is.EqualTo(-1));
        bed.Set("/3/0/7", 2);
        Assert.That(bed.Sent(), Has.Length.EqualTo(3));
    }

    [Test]
    public void Table_without_places_observes_nothing()
    {
        var bed = new ReportingBed(observations: 0, attributes: 0);
        bed.Quietly("/3/0/7", 1);
        Assert.That(bed.Observe("/3/0/7"), Is.EqualTo(-1));
        bed.Set("/3/0/7", 2);
        Assert.That(bed.Sent(), Is.Empty);
        Assert.That(bed.DueSeconds, Is.EqualTo(-1));
        Assert.That(bed.Attach("/3/0/7", "pmin=1"), Is.EqualTo(Outcome.ServiceUnavailable));
    }

    [Test]
    public void Table_beyond_its_indexes_is_refused_at_the_start()
    {
        Assert.That(() => new ObservationTable(40_000, 1, _bed.Host, false, new AttributeSet()), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Removed_observation_is_silent()
    {
        _bed.Quietly("/3/0/7", 1);
        int slot = _bed.Observe("/3/0/7", "pmax=10");
        _bed.Table.Remove(slot);
        _bed.Set("/3/0/7", 2);
        _bed.To(100);
        Assert.That(_bed.Sent(), Is.EqualTo(Nothing));
        Assert.That(_bed.Table.IsUsed(slot), Is.False);
        _bed.Table.Remove(slot);
        Assert.That(_bed.Table.Count, Is.Zero);
    }

    [Test]
    public void Message_id_of_the_last_notification_finds_its_observation()
    {
        _bed.Quietly("/3/0/7", 1);
        _bed.Quietly("/3/0/8", 1);
        int first = _bed.Observe("/3/0/7", token: 1);
        int second = _bed.Observe("/3/0/8", token: 2);
        _bed.Set("/3/0/7", 2);
        int before = _bed.Host.LastMessageId;
        _bed.Set("/3/0/7", 3);
        _bed.Set("/3/0/8", 3);

        Assert.That(_bed.Table.FindByMessageId(0, before), Is.EqualTo(-1), "not the last one");
        Assert.That(_bed.Table.FindByMessageId(0, before + 1), Is.EqualTo(first));
        Assert.That(_bed.Table.FindByMessageId(0, before + 2), Is.EqualTo(second));
        Assert.That(_bed.Table.FindByMessageId(1, before + 2), Is.EqualTo(-1), "another server's");
        _bed.Table.Remove(second);
        Assert.That(_bed.Table.FindByMessageId(0, before + 2), Is.EqualTo(-1));
    }

    [Test]
    public void Slot_that_changed_hands_is_not_the_sender_of_the_CON_before()
    {
        _bed.Quietly("/3/0/7", 1);
        int slot = _bed.Observe("/3/0/7", "con=1", server: 1);
        Assert.That(_bed.Table.IsSender(slot, 1), Is.False);
        _bed.Set("/3/0/7", 2);
        Assert.That(_bed.Table.IsSender(slot, 1), Is.True);
        Assert.That(_bed.Table.IsSender(slot, 0), Is.False);

        _bed.Table.Remove(slot);
        Assert.That(_bed.Observe("/3/0/7", server: 1, token: 2), Is.EqualTo(slot), "the test wants the same slot");
        Assert.That(_bed.Table.IsSender(slot, 1), Is.False);
    }

    [TestCase("/3", "/3/0/7", true)]
    [TestCase("/3", "/3/0/11/1", true)]
    [TestCase("/3", "/3/5", true)]
    [TestCase("/3", "/3", true)]
    [TestCase("/3/0", "/3/0/7", true)]
    [TestCase("/3/0", "/3", true)]
    [TestCase("/3/0", "/3/1/7", false)]
    [TestCase("/3/0", "/33/0/7", false)]
    [TestCase("/3/0/7", "/3/0/7", true)]
    [TestCase("/3/0/7", "/3/0", true)]
    [TestCase("/3/0/7", "/3", true)]
    [TestCase("/3/0/7", "/3/0/8", false)]
    [TestCase("/3/0/7", "/3/1", false)]
    [TestCase("/3/0/7", "/3/0/7/0", true)]
    [TestCase("/3/0/11/1", "/3/0/11/1", true)]
    [TestCase("/3/0/11/1", "/3/0/11", true)]
    [TestCase("/3/0/11/1", "/3/0", true)]
    [TestCase("/3/0/11/1", "/3", true)]
    [TestCase("/3/0/11/1", "/3/0/11/2", false)]
    [TestCase("/3/0/11/1", "/3/0/1", false)]
    [TestCase("/65534/65534/65534/65534", "/65534/65534/65534/65534", true)]
    [TestCase("/65534/65534/65534/65534", "/65534", true)]
    public void Change_touches_what_is_above_and_below_it(string observed, string changed, bool touched)
    {
        _bed.Quietly(observed, 1);
        _bed.Observe(observed);
        _bed.Quietly(observed, 2);
        _bed.Changed(changed);
        Assert.That(_bed.Sent(), Has.Length.EqualTo(touched ? 1 : 0));
    }

    [Test]
    public void Deleted_instance_ends_what_is_observed_in_it_with_4_04_whatever_pmin_says()
    {
        foreach (string path in new[] { "/16", "/16/0", "/16/0/1", "/16/1/1" })
            _bed.Quietly(path, 1);
        _bed.Observe("/16", token: 1);
        _bed.Observe("/16/0", "pmin=1000", token: 2);
        _bed.Observe("/16/0/1", "pmin=1000", token: 3);
        _bed.Observe("/16/1/1", token: 4);
        _bed.To(5);
        _bed.Host.Values.Remove(Paths.Pack("/16/0"));
        _bed.Host.Values.Remove(Paths.Pack("/16/0/1"));

        _bed.Table.EndWithin(16, 0);
        _bed.Changed("/16/0");

        Assert.That(_bed.Sent(), Is.EquivalentTo(new[] { "5s NON #2 /16=1", "5s 4.04 /16/0", "5s 4.04 /16/0/1" }));
        Assert.That(_bed.Table.Count, Is.EqualTo(2));
    }

    [Test]
    public void Resource_that_vanished_ends_its_observation()
    {
        _bed.Quietly("/3/0/7", 1);
        _bed.Observe("/3/0/7", "gt=5");
        _bed.Host.Values.Clear();
        _bed.Changed("/3/0/7");
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s 4.04 /3/0/7" }));
        Assert.That(_bed.Table.Count, Is.Zero);
    }

    [Test]
    public void Server_that_is_gone_takes_its_observations_along()
    {
        _bed.Quietly("/3/0/7", 1);
        _bed.Observe("/3/0/7", server: 0, token: 1);
        _bed.Observe("/3/0/7", server: 1, token: 1);
        _bed.Observe("/3/0/7", server: 0, token: 2);
        _bed.Table.RemoveServer(0);
        _bed.Set("/3/0/7", 2);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s server 1 NON #2 /3/0/7=2" }));
    }

    [Test]
    public void Each_server_has_its_own_observations_and_attributes()
    {
        _bed.Quietly("/3/0/7", 1);
        _bed.Attach("/3/0/7", "pmin=10", server: 0);
        _bed.Attach("/3/0/7", "pmin=20", server: 1);
        _bed.Observe("/3/0/7", server: 0);
        _bed.Observe("/3/0/7", server: 1);
        _bed.Set("/3/0/7", 2);
        _bed.To(30);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "10s NON #2 /3/0/7=2", "20s server 1 NON #2 /3/0/7=2" }));
    }

    [Test]
    public void Steady_state_allocates_nothing()
    {
        _bed.Host.Silent = true;
        _bed.Quietly("/3/0/7", 1);
        _bed.Quietly("/3/0", 1);
        _bed.Observe("/3/0/7", "gt=10&st=1&con=1", token: 1);
        _bed.Observe("/3/0", "pmin=1&pmax=60&epmin=1", token: 2);
        byte[] token = { 3 };
        AttributeSet own = _bed.Parse("pmin=1&pmax=60");
        long path = Paths.Pack("/3/0/7");
        long instance = Paths.Pack("/3/0");

        void Round(int round)
        {
            long now = round * 500L;
            _bed.Host.Values[path] = round % 50;
            _bed.Host.Values[instance] = round;
            _bed.Table.Changed(3, 0, 7, -1);
            _bed.Table.Poll(now);
            _bed.Host.Busy.Clear();
            _bed.Table.Ready(0);
            int slot = _bed.Table.Observe(0, token, 0, 1, path, true, 0, 0, own, now);
            _bed.Table.AttributesChanged(0, instance);
            _bed.Table.Poll(now);
            _bed.Table.Remove(slot);
        }

        for (int round = 0; round < 200; round++)
            Round(round);
        int sent = _bed.Host.Notifications;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 200; round < 2_000; round++)
            Round(round);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(_bed.Host.Notifications - sent, Is.GreaterThan(1_000));
    }
}
