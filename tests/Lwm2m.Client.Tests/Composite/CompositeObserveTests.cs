using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Lwm2m.Client.Tests.Access;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Composite;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class CompositeObserveTests
{
    private readonly StoredObject _sensor = new(new ObjectDefinition(3303, "1.0",
        Resource.ReadOnly(5700, DataType.Float), Resource.ReadOnly(5701, DataType.String)) { MaxInstances = 8 });

    private Bed Sensors(int observations = 64, int servers = 1)
    {
        for (int instance = 0; instance < 2; instance++)
        {
            _sensor.AddInstance(instance);
            _sensor.Set(instance, 5700, 20.0 + instance);
        }

        Bed bed = new Bed(o => o.Limits.Observations = observations, c => c.Add(_sensor), lifetime: 0, servers: servers);
        bed.RegisteredAtAll();
        return bed;
    }

    private static string Observe(string paths, string query = "", string more = "token=0a") =>
        $"CON FETCH /{query} cf=110 accept=110 observe=0 {more} \"[{string.Join(",", paths.Split(' ').Select(p => $"{{\"n\":\"{p}\"}}"))}]\"";

    private static string Pack(params (int Instance, double Value)[] values) =>
        "[" + string.Join(",", values.Select(v => $"{{\"bn\":\"/3303/{v.Instance}/\",\"n\":\"5700\",\"v\":{v.Value}}}")) + "]";

    [Test]
    public void A_change_of_one_path_brings_the_values_of_all()
    {
        Bed bed = Sensors();
        Assert.That(bed.Ask(Observe("/3303/0/5700 /3303/1/5700")), Is.EqualTo($"ACK 2.05 observe=1 cf=110 \"{Pack((0, 20), (1, 21))}\""));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "observe /3303/0/5700", "observe /3303/1/5700" }));
        _sensor.Set(1, 5700, 25.0);
        bed.Poll();
        Assert.That(bed.All(), Is.EqualTo(new[] { $"NON 2.05 observe=2 cf=110 \"{Pack((0, 20), (1, 25))}\"" }));
        _sensor.Set(0, 5700, 1.0);
        _sensor.Set(1, 5700, 2.0);
        bed.Poll();
        Assert.That(bed.All(), Is.EqualTo(new[] { $"NON 2.05 observe=3 cf=110 \"{Pack((0, 1), (1, 2))}\"" }));
        bed.AdvanceSeconds(1000);
        Assert.That(bed.All(), Is.Empty);
    }

    [Test]
    public void Int_305_it_ends_with_observe_1_and_the_same_token()
    {
        Bed bed = Sensors();
        string observe = Observe("/3303/0/5700 /3303/1/5700");
        bed.Ask(observe);
        bed.Events.Lines.Clear();
        Assert.That(bed.Ask(observe.Replace("observe=0", "observe=1")), Is.EqualTo($"ACK 2.05 cf=110 \"{Pack((0, 20), (1, 21))}\""));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "cancel /3303/0/5700", "cancel /3303/1/5700" }));
        _sensor.Set(1, 5700, 25.0);
        bed.AdvanceSeconds(10);
        Assert.That(bed.All(), Is.Empty);
    }

    [Test]
    public void It_ends_with_a_reset()
    {
        Bed bed = Sensors();
        bed.Ask(Observe("/3303/0/5700 /3303/1/5700"));
        _sensor.Set(1, 5700, 25.0);
        bed.Poll();
        bed.Next();
        bed.Answer("RST EMPTY");
        _sensor.Set(1, 5700, 26.0);
        bed.AdvanceSeconds(10);
        Assert.That(bed.All(), Is.Empty);
        Assert.That(bed.Events.Lines, Does.Contain("cancel /3303/1/5700"));
    }

    [Test]
    public void Int_304_the_periods_of_one_path_govern_what_it_triggers()
    {
        Bed bed = Sensors();
        Assert.That(bed.Ask("CON PUT /3303/1/5700?pmin=30&pmax=45"), Is.EqualTo("ACK 2.04"));
        bed.Ask(Observe("/3303/0/5701 /3303/1/5700"));
        bed.AdvanceSeconds(44.9);
        Assert.That(bed.All(), Is.Empty);
        bed.AdvanceSeconds(0.2);
        Assert.That(bed.All(), Is.EqualTo(new[] { $"NON 2.05 observe=2 cf=110 \"{Pack((1, 21))}\"" }));
        _sensor.Set(1, 5700, 25.0);
        bed.AdvanceSeconds(29.8);
        Assert.That(bed.All(), Is.Empty);
        bed.AdvanceSeconds(0.2);
        Assert.That(bed.All(), Is.EqualTo(new[] { $"NON 2.05 observe=3 cf=110 \"{Pack((1, 25))}\"" }));
    }

    [Test]
    public void Int_310_attributes_that_change_take_effect()
    {
        Bed bed = Sensors();
        bed.Ask(Observe("/3303/0/5700 /3303/1/5700"));
        bed.AdvanceSeconds(3);
        bed.Ask("CON PUT /3303/0/5700?pmax=5");
        bed.AdvanceSeconds(1.9);
        Assert.That(bed.All(), Is.Empty);
        bed.AdvanceSeconds(15.2);
        Assert.That(bed.All(), Has.Count.EqualTo(4));
    }

    [Test]
    public void Thresholds_of_a_path_hold_back_its_changes_alone()
    {
        Bed bed = Sensors();
        bed.Ask("CON PUT /3303/0/5700?gt=30");
        bed.Ask(Observe("/3303/0/5700 /3303/1/5700"));
        _sensor.Set(0, 5700, 25.0);
        bed.AdvanceSeconds(1);
        Assert.That(bed.All(), Is.Empty);
        _sensor.Set(1, 5700, 22.0);
        bed.AdvanceSeconds(1);
        Assert.That(bed.All(), Is.EqualTo(new[] { $"NON 2.05 observe=2 cf=110 \"{Pack((0, 25), (1, 22))}\"" }));
        _sensor.Set(0, 5700, 31.0);
        bed.AdvanceSeconds(1);
        Assert.That(bed.All(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Int_308_309_instances_that_come_appear_and_those_that_go_vanish()
    {
        Bed bed = Sensors();
        bed.Ask(Observe("/3303/4/5700 /3303/1/5700 /3303/0/5700"));
        _sensor.AddInstance(4);
        _sensor.Set(4, 5700, 9.0);
        bed.Poll();
        Assert.That(bed.Settle().Where(l => l.Contains("2.05")), Is.EqualTo(new[] { $"0 NON 2.05 observe=2 cf=110 \"{Pack((4, 9), (1, 21), (0, 20))}\"" }));
        _sensor.RemoveInstance(1);
        bed.Poll();
        Assert.That(bed.Settle().Where(l => l.Contains("2.05")), Is.EqualTo(new[] { $"0 NON 2.05 observe=3 cf=110 \"{Pack((4, 9), (0, 20))}\"" }));
        _sensor.AddInstance(5);
        bed.Poll();
        Assert.That(bed.Settle().Where(l => l.Contains("2.05")), Is.Empty, "not on the list");
    }

    [Test]
    public void A_whole_object_on_the_list_brings_its_new_instances()
    {
        Bed bed = Sensors();
        bed.Ask(Observe("/3303 /1/0/0"));
        _sensor.AddInstance(4);
        _sensor.Set(4, 5700, 9.0);
        bed.Poll();
        Assert.That(bed.Settle().Last(l => l.Contains("2.05")), Does.Contain("/3303/4/").And.Contain("/1/0/"));
    }

    [TestCase("?pmin=10&pmax=20", "2.05")]
    [TestCase("?epmin=1&epmax=2&con=1", "2.05")]
    [TestCase("?gt=3", "4.00")]
    [TestCase("?hqmax=3", "4.00")]
    [TestCase("?edge=1", "4.00")]
    [TestCase("?pmin=x", "4.00")]
    public void The_query_has_attributes_of_no_single_value(string query, string code)
    {
        Assert.That(Sensors().Ask(Observe("/3303/0/5700", query)).Split(' ')[1], Is.EqualTo(code));
    }

    [Test]
    public void Attributes_of_the_request_stand_in_for_attached_ones()
    {
        Bed bed = Sensors();
        bed.Ask("CON PUT /3303/0/5700?pmin=60&gt=100");
        bed.Ask(Observe("/3303/0/5700 /3303/1/5700", "?pmin=5&pmax=10&con=1"));
        _sensor.Set(0, 5700, 25.0);
        bed.AdvanceSeconds(4.9);
        Assert.That(bed.All(), Is.Empty);
        bed.AdvanceSeconds(0.2);
        Assert.That(bed.Next(), Is.EqualTo($"CON 2.05 observe=2 cf=110 \"{Pack((0, 25), (1, 21))}\""));
        bed.Answer("ACK EMPTY");
        bed.AdvanceSeconds(9.7);
        Assert.That(bed.All(), Is.Empty);
        bed.AdvanceSeconds(0.3);
        Assert.That(bed.Next(), Does.StartWith("CON 2.05 observe=3"));
    }

    [Test]
    public void Con_on_one_path_confirms_all()
    {
        Bed bed = Sensors();
        bed.Ask("CON PUT /3303/0/5700?con=1");
        bed.Ask(Observe("/3303/0/5700 /3303/1/5700"));
        _sensor.Set(1, 5700, 25.0);
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON 2.05"));
    }

    [Test]
    public void Where_there_is_no_room_it_is_a_read()
    {
        Bed bed = Sensors(observations: 3);
        Assert.That(bed.Ask(Observe("/3303/0/5700 /3303/1/5700 /1/0/0")), Does.StartWith("ACK 2.05 cf=110"));
        Assert.That(bed.Ask(Observe("/3303/0/5700 /3303/1/5700")), Does.StartWith("ACK 2.05 observe=1"));
        Assert.That(bed.Ask("CON GET /1/0/0 observe=0 token=0b"), Does.StartWith("ACK 2.05 cf=0"));
        // The same token again replaces what it had.
        Assert.That(bed.Ask(Observe("/3303/0/5700")), Does.StartWith("ACK 2.05 observe=2"));
        Assert.That(bed.Ask("CON GET /1/0/0 observe=0 token=0b"), Does.StartWith("ACK 2.05 observe=1"));
    }

    [Test]
    public void Composite_and_plain_observations_live_side_by_side()
    {
        Bed bed = Sensors();
        bed.Ask(Observe("/3303/0/5700 /3303/1/5700"));
        bed.Ask(Observe("/3303/1/5700 /1/0/0", more: "token=0c"));
        bed.Ask("CON GET /3303/1/5700 observe=0 token=0b");
        _sensor.Set(1, 5700, 25.0);
        bed.Poll();
        List<string> all = bed.All();
        Assert.That(all, Has.Count.EqualTo(3));
        Assert.That(all.Count(l => l.Contains("cf=0 ")), Is.EqualTo(1));
        bed.Ask("CON GET /3303/1/5700 observe=1 token=0b");
        _sensor.Set(0, 5700, 26.0);
        bed.Poll();
        Assert.That(bed.All(), Has.Count.EqualTo(1));
    }

    [Test]
    public void What_a_server_may_not_read_any_more_is_left_out()
    {
        Bed bed = Sensors(servers: 2);
        bed.Ask(0, "CON POST /3303 cf=110 \"[{\"n\":\"/3303/5/5700\",\"v\":1}]\"");
        _sensor.Set(5, 5700, 3.0);
        AccessControlObject control = bed.Client.AccessControl!;
        control.Grant(3303, 5, 2, AccessRights.Read);
        bed.Poll();
        bed.Settle();
        Assert.That(bed.Ask(1, Observe("/3303/5/5700 /3303/1/5700")), Does.Contain(Pack((5, 3), (1, 21))));
        control.Grant(3303, 5, 2, AccessRights.Write);
        bed.Poll();
        _sensor.Set(1, 5700, 22.0);
        bed.Poll();
        Assert.That(bed.Settle(), Is.EqualTo(new[] { $"1 NON 2.05 observe=2 cf=110 \"{Pack((1, 22))}\"" }));
    }

    [Test]
    public void A_notification_that_does_not_arrive_is_owed_again()
    {
        Bed bed = Sensors();
        bed.Ask(Observe("/3303/0/5700 /3303/1/5700", "?con=1"));
        _sensor.Set(1, 5700, 25.0);
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON 2.05 observe=2"));
        _sensor.Set(0, 5700, 26.0);
        bed.AdvanceSeconds(0.5);
        Assert.That(bed.Next(), Is.EqualTo("-"), "one at a time");
        bed.Answer("ACK EMPTY");
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo($"CON 2.05 observe=3 cf=110 \"{Pack((0, 26), (1, 25))}\""));
    }
}
