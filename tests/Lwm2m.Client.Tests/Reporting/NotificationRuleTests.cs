using System;
using System.Linq;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>When a notification is due (Core 7.3.2), on a clock that starts at 0 s with the answer to Observe.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class NotificationRuleTests
{
    private const string Path = "/3303/0/5700";

    private static readonly string[] Nothing = Array.Empty<string>();

    private ReportingBed _bed = new();

    private void Observed(double value, string? query = null)
    {
        _bed.Quietly(Path, value);
        _bed.Observe(Path, query);
    }

    [Test]
    public void Without_attributes_each_change_is_sent_at_once_and_nothing_else()
    {
        Observed(20);
        Assert.That(_bed.DueSeconds, Is.EqualTo(-1));
        _bed.To(7);
        _bed.Set(Path, 21);
        _bed.Set(Path, 22);
        _bed.To(100_000);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "7s NON #2 /3303/0/5700=21", "7s NON #3 /3303/0/5700=22" }));
    }

    [Test]
    public void Report_of_a_change_without_a_difference_is_not_sent()
    {
        Observed(20);
        _bed.Set(Path, 20);
        Assert.That(_bed.Sent(), Is.EqualTo(Nothing));
        _bed.Set(Path, 21);
        _bed.Set(Path, 21);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s NON #2 /3303/0/5700=21" }));
    }

    [Test]
    public void Change_within_pmin_is_sent_when_it_is_over_with_the_value_of_then()
    {
        Observed(20, "pmin=10");
        _bed.To(2);
        _bed.Set(Path, 21);
        _bed.To(5);
        _bed.Set(Path, 22);
        Assert.That(_bed.DueSeconds, Is.EqualTo(10));
        _bed.To(60);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "10s NON #2 /3303/0/5700=22" }));
        _bed.Set(Path, 23);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "60s NON #3 /3303/0/5700=23" }));
        _bed.Set(Path, 24);
        _bed.To(100);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "70s NON #4 /3303/0/5700=24" }));
    }

    [Test]
    public void What_became_due_within_pmin_stays_due_though_the_value_goes_back()
    {
        Observed(20, "pmin=10&gt=30");
        _bed.To(2);
        _bed.Set(Path, 31);
        _bed.Set(Path, 20);
        _bed.To(60);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "10s NON #2 /3303/0/5700=20" }));
    }

    [Test]
    public void Pmax_repeats_and_each_notification_starts_it_anew()
    {
        Observed(20, "pmin=10&pmax=60");
        _bed.To(75);
        _bed.Set(Path, 21);
        _bed.To(200);
        Assert.That(_bed.Sent(), Is.EqualTo(new[]
        {
            "60s NON #2 /3303/0/5700=20", "75s NON #3 /3303/0/5700=21", "135s NON #4 /3303/0/5700=21", "195s NON #5 /3303/0/5700=21"
        }));
    }

    [Test]
    public void Pmax_repeats_though_no_condition_holds()
    {
        Observed(20, "pmax=60&gt=30");
        _bed.Set(Path, 25);
        _bed.To(61);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "60s NON #2 /3303/0/5700=25" }));
    }

    [TestCase("pmin=10&pmax=5")]
    [TestCase("pmin=10&pmax=0")]
    [TestCase("pmax=0")]
    [TestCase("epmax=0")]
    [TestCase("epmin=0&pmin=0")]
    public void Pmax_below_pmin_and_a_period_of_zero_are_ignored(string query)
    {
        Observed(20, query);
        _bed.To(1000);
        Assert.That(_bed.Sent(), Is.EqualTo(Nothing));
        _bed.Set(Path, 21);
        _bed.To(2000);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "1000s NON #2 /3303/0/5700=21" }));
    }

    [Test]
    public void Pmax_equal_to_pmin_is_a_fixed_rhythm()
    {
        Observed(20, "pmin=10&pmax=10");
        _bed.To(5);
        _bed.Set(Path, 21);
        _bed.To(29);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "10s NON #2 /3303/0/5700=21", "20s NON #3 /3303/0/5700=21" }));
    }

    [Test]
    public void Longest_periods_do_not_overflow()
    {
        Observed(20, "pmin=4294967295&pmax=4294967295");
        Assert.That(_bed.DueSeconds, Is.EqualTo(4294967295.0));
        _bed.Set(Path, 21);
        _bed.To(4294967295.0);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "4294967295s CON #2 /3303/0/5700=21" }));
    }

    // The examples of the Transport text.
    [TestCase("gt=45&st=10", 40, 50, true)]
    [TestCase("gt=45&st=10", 38, 49, true)]
    [TestCase("gt=45&st=10", 48, 42, false)]
    [TestCase("lt=20&gt=85&st=10", 75, 90, true)]
    [TestCase("lt=20&gt=85&st=10", 50, 10, true)]
    [TestCase("lt=20&gt=85&st=10", 87, 99, true)]
    [TestCase("lt=20&gt=85&st=10", 17, 24, false)]
    // Equal to the threshold is the old side.
    [TestCase("gt=45", 44, 45, false)]
    [TestCase("gt=45", 45, 46, true)]
    [TestCase("gt=45", 45, 44, false)]
    [TestCase("gt=45", 46, 47, false)]
    [TestCase("gt=45", 46, 44, false)]
    [TestCase("lt=20", 21, 20, false)]
    [TestCase("lt=20", 20, 19, true)]
    [TestCase("lt=20", 19, 18, false)]
    [TestCase("lt=20", 19, 21, false)]
    [TestCase("lt=-5", -4, -6, true)]
    [TestCase("st=10", 20, 29.9, false)]
    [TestCase("st=10", 20, 30, true)]
    [TestCase("st=10", 20, 10, true)]
    [TestCase("st=0", 20, 20, false)]
    [TestCase("st=0", 20, 20.1, true)]
    [TestCase("st=1", 1.7e308, -1.7e308, true)]
    [TestCase("edge=1", 0, 1, true)]
    [TestCase("edge=1", 1, 0, false)]
    [TestCase("edge=0", 1, 0, true)]
    [TestCase("edge=0", 0, 1, false)]
    [TestCase("gt=45", double.NaN, 50, true)]
    [TestCase("gt=45", 50, double.NaN, true)]
    [TestCase("gt=45", double.NaN, double.NaN, false)]
    public void Conditions_follow_the_examples_of_the_transport_text(string query, double last, double now, bool notified)
    {
        Observed(last, query);
        _bed.Set(Path, now);
        Assert.That(_bed.Sent(), Has.Length.EqualTo(notified ? 1 : 0));
    }

    [TestCase("edge=1", 1, new double[] { 0, 1, 0, 1 }, "1 1")]
    [TestCase("edge=1", 0, new double[] { 0, 1, 1, 0, 1 }, "1 1")]
    [TestCase("edge=0", 1, new double[] { 0, 1, 0, 1 }, "0 0")]
    [TestCase("edge=0", 0, new double[] { 1, 0, 1, 0 }, "0 0")]
    public void Each_edge_is_notified_however_many_went_before(string query, double first, double[] values, string notified)
    {
        Observed(first, query);
        foreach (double value in values)
            _bed.Set(Path, value);
        Assert.That(string.Join(' ', _bed.Sent().Select(line => line.Split('=')[1])), Is.EqualTo(notified));
    }

    [TestCase("gt=45", 48, 42, true)]
    [TestCase("gt=45", 40, 50, true)]
    [TestCase("gt=45", 45, 44, true)]
    [TestCase("gt=45", 46, 45, false)]
    [TestCase("lt=20", 17, 24, true)]
    [TestCase("lt=20", 24, 17, true)]
    [TestCase("lt=20", 21, 22, false)]
    public void Thresholds_can_be_told_to_work_both_ways(string query, double last, double now, bool notified)
    {
        _bed = new ReportingBed(bothWays: true);
        Observed(last, query);
        _bed.Set(Path, now);
        Assert.That(_bed.Sent(), Has.Length.EqualTo(notified ? 1 : 0));
    }

    [Test]
    public void Values_are_compared_with_the_last_one_that_was_sent()
    {
        Observed(20, "st=10");
        for (int value = 21; value <= 45; value++)
            _bed.Set(Path, value);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s NON #2 /3303/0/5700=30", "0s NON #3 /3303/0/5700=40" }));
    }

    [Test]
    public void Gt_notifies_again_only_after_a_notification_from_below()
    {
        Observed(40, "gt=45");
        _bed.Set(Path, 50);
        _bed.Set(Path, 40);
        _bed.Set(Path, 51);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s NON #2 /3303/0/5700=50" }), "the last one sent was above");
        _bed.Attach(Path, "pmin=0");
        _bed = new ReportingBed();
        Observed(40, "gt=45&pmax=10");
        _bed.Set(Path, 50);
        _bed.Set(Path, 40);
        _bed.To(10);
        _bed.Set(Path, 51);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s NON #2 /3303/0/5700=50", "10s NON #3 /3303/0/5700=40", "10s NON #4 /3303/0/5700=51" }));
    }

    [Test]
    public void Object_and_instance_count_every_report_and_no_conditions()
    {
        _bed.Quietly("/3303/0", 1);
        _bed.Attach(Path, "gt=1000");
        _bed.Observe("/3303/0");
        _bed.Set(Path, 1);
        _bed.Set(Path, 1);
        Assert.That(_bed.Sent(), Has.Length.EqualTo(2));
    }

    [Test]
    public void Resource_with_instances_counts_every_difference_and_no_conditions()
    {
        _bed.Quietly("/3/0/7", 5);
        _bed.Attach("/3/0/7", "gt=1000", type: DataType.Integer);
        _bed.Observe("/3/0/7", single: false);
        _bed.Changed("/3/0/7/1");
        Assert.That(_bed.Sent(), Is.EqualTo(Nothing));
        _bed.Quietly("/3/0/7", 6);
        _bed.Changed("/3/0/7/1");
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s NON #2 /3/0/7=6" }));
    }

    [Test]
    public void Epmin_spaces_the_evaluations()
    {
        Observed(20, "epmin=10&gt=30");
        _bed.To(3);
        _bed.Set(Path, 31);
        Assert.That(_bed.DueSeconds, Is.EqualTo(10));
        _bed.Set(Path, 29);
        _bed.To(15);
        Assert.That(_bed.Sent(), Is.EqualTo(Nothing), "31 was between two evaluations");
        _bed.Set(Path, 32);
        _bed.To(100);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "20s NON #2 /3303/0/5700=32" }));
    }

    [Test]
    public void Epmax_looks_at_the_value_though_nobody_reported_a_change()
    {
        Observed(20, "epmax=30&gt=30");
        _bed.To(10);
        _bed.Quietly(Path, 31);
        _bed.To(70);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "30s NON #2 /3303/0/5700=31" }));
        Assert.That(_bed.DueSeconds, Is.EqualTo(90));
    }

    [Test]
    public void Epmax_without_conditions_sends_what_differs()
    {
        Observed(20, "epmax=30");
        _bed.To(100);
        Assert.That(_bed.Sent(), Is.EqualTo(Nothing));
        _bed.Quietly(Path, 21);
        _bed.To(200);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "120s NON #2 /3303/0/5700=21" }));
    }

    [Test]
    public void Epmax_on_an_instance_is_no_pmax()
    {
        _bed.Quietly("/3303/0", 1);
        _bed.Observe("/3303/0", "epmax=10");
        _bed.To(100);
        Assert.That(_bed.Sent(), Is.EqualTo(Nothing));
        _bed.Changed(Path);
        Assert.That(_bed.Sent(), Has.Length.EqualTo(1));
    }

    [Test]
    public void Epmax_within_pmin_waits_for_it()
    {
        Observed(20, "epmax=5&pmin=12&gt=30");
        _bed.Quietly(Path, 31);
        _bed.To(60);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "12s NON #2 /3303/0/5700=31" }));
    }

    [Test]
    public void Con_attribute_beats_the_default_of_the_server_object()
    {
        Observed(20);
        _bed.Set(Path, 21);
        _bed.Host.DefaultCon = 1;
        _bed.Table.AttributesChanged(0, ObservedPath.All);
        _bed.Set(Path, 22);
        _bed.Acknowledge();
        _bed.Attach("/3303", "con=0", type: DataType.None);
        _bed.Set(Path, 23);
        _bed.Attach(Path, "con=1");
        _bed.Set(Path, 24);
        Assert.That(_bed.Sent(), Is.EqualTo(new[]
        {
            "0s NON #2 /3303/0/5700=21", "0s CON #3 /3303/0/5700=22", "0s NON #4 /3303/0/5700=23", "0s CON #5 /3303/0/5700=24"
        }));
    }

    [Test]
    public void One_notification_in_24_hours_is_confirmable()
    {
        Observed(20);
        _bed.To(86_399);
        _bed.Set(Path, 21);
        _bed.To(86_400);
        _bed.Set(Path, 22);
        _bed.Acknowledge();
        _bed.To(100_000);
        _bed.Set(Path, 23);
        _bed.To(86_400 * 2);
        _bed.Set(Path, 24);
        Assert.That(_bed.Sent(), Is.EqualTo(new[]
        {
            "86399s NON #2 /3303/0/5700=21", "86400s CON #3 /3303/0/5700=22", "100000s NON #4 /3303/0/5700=23", "172800s CON #5 /3303/0/5700=24"
        }));
    }

    [Test]
    public void Pmax_of_hours_makes_the_last_one_before_24_hours_confirmable()
    {
        Observed(20, "pmax=36000");
        _bed.To(36_000 * 2);
        _bed.Acknowledge();
        _bed.To(36_000 * 4);
        Assert.That(_bed.Sent(), Is.EqualTo(new[]
        {
            "36000s NON #2 /3303/0/5700=20", "72000s CON #3 /3303/0/5700=20", "108000s NON #4 /3303/0/5700=20", "144000s CON #5 /3303/0/5700=20"
        }));
    }

    [Test]
    public void Attributes_written_during_an_observation_work_at_once()
    {
        Observed(20);
        _bed.To(3);
        _bed.Attach("/3303/0", "pmax=5", type: DataType.None);
        Assert.That(_bed.DueSeconds, Is.EqualTo(5));
        _bed.To(11);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "5s NON #2 /3303/0/5700=20", "10s NON #3 /3303/0/5700=20" }));
        _bed.Attach("/3303/0", "pmax", type: DataType.None);
        Assert.That(_bed.DueSeconds, Is.EqualTo(-1));
    }

    [Test]
    public void Condition_attached_later_compares_with_the_last_value_sent()
    {
        Observed(20);
        _bed.Attach(Path, "gt=30");
        _bed.Set(Path, 25);
        Assert.That(_bed.Sent(), Is.EqualTo(Nothing));
        _bed.Set(Path, 31);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s NON #2 /3303/0/5700=31" }));
        _bed.Attach(Path, "gt");
        _bed.Set(Path, 31);
        Assert.That(_bed.Sent(), Is.EqualTo(Nothing));
        _bed.Set(Path, 30);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "0s NON #3 /3303/0/5700=30" }));
    }

    [Test]
    public void Longer_pmin_holds_back_what_was_due()
    {
        Observed(20, null);
        _bed.Attach(Path, "pmin=10");
        _bed.Set(Path, 21);
        _bed.To(9);
        _bed.Attach(Path, "pmin=20");
        _bed.To(15);
        Assert.That(_bed.Sent(), Is.EqualTo(Nothing));
        _bed.Attach(Path, "pmin=12");
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "15s NON #2 /3303/0/5700=21" }));
    }

    [Test]
    public void Attributes_of_another_server_or_path_change_nothing()
    {
        Observed(20);
        _bed.Attach(Path, "pmax=5", server: 1);
        _bed.Attach("/3303/0/5701", "pmax=5");
        _bed.Attach("/3304", "pmax=5", type: DataType.None);
        _bed.Attach("/3303/1", "pmax=5", type: DataType.None);
        _bed.To(100);
        Assert.That(_bed.Sent(), Is.EqualTo(Nothing));
    }

    [Test]
    public void Attributes_in_the_request_are_in_force()
    {
        Observed(20, "pmin=5&pmax=15");
        _bed.To(1);
        _bed.Set(Path, 21);
        _bed.To(25);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "5s NON #2 /3303/0/5700=21", "20s NON #3 /3303/0/5700=21" }));
    }

    [Test]
    public void Attributes_in_the_request_stand_in_for_all_attached_ones()
    {
        _bed.Attach(Path, "pmax=60&gt=1000&con=1");
        Observed(20, "pmax=10");
        _bed.To(10);
        _bed.Set(Path, 21);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "10s NON #2 /3303/0/5700=20", "10s NON #3 /3303/0/5700=21" }));
        _bed.Attach(Path, "pmin=1000");
        _bed.Set(Path, 22);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "10s NON #4 /3303/0/5700=22" }));
    }

    [Test]
    public void Attributes_that_the_request_leaves_out_have_the_defaults_of_the_server_object()
    {
        _bed.Host.DefaultPmin = 4;
        _bed.Host.DefaultPmax = 30;
        Observed(20, "pmin=10");
        _bed.Set(Path, 21);
        _bed.To(45);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "10s NON #2 /3303/0/5700=21", "40s NON #3 /3303/0/5700=21" }));

        _bed.Host.DefaultPmin = 20;
        _bed.Host.DefaultPmax = -1;
        _bed.Host.DefaultCon = 1;
        _bed.Table.AttributesChanged(0, ObservedPath.All);
        _bed.Set(Path, 22);
        _bed.To(500);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "50s CON #4 /3303/0/5700=22" }));
        _bed.Acknowledge();
        _bed.Host.DefaultCon = -1;
        _bed.Table.AttributesChanged(0, ObservedPath.All);
        _bed.Set(Path, 23);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "500s NON #5 /3303/0/5700=23" }));
    }

    [Test]
    public void Defaults_of_the_server_object_are_in_force_where_nothing_is_attached()
    {
        _bed.Host.DefaultPmin = 10;
        _bed.Host.DefaultPmax = 60;
        Observed(20);
        _bed.To(2);
        _bed.Set(Path, 21);
        _bed.To(75);
        Assert.That(_bed.Sent(), Is.EqualTo(new[] { "10s NON #2 /3303/0/5700=21", "70s NON #3 /3303/0/5700=21" }));
    }
}
