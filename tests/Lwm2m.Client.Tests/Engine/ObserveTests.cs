using System.Linq;
using NUnit.Framework;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Engine;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ObserveTests
{
    private readonly StoredObject _sensor = new(new ObjectDefinition(3303, "1.0",
        Resource.ReadOnly(5601, DataType.Float), Resource.ReadOnly(5700, DataType.Float, mandatory: true)));

    private Bed Sensor(double value = 42)
    {
        _sensor.AddInstance(0);
        _sensor.Set(0, 5700, value);
        return new Bed(setUp: c => c.Add(_sensor)).Registered();
    }

    [Test]
    public void A_change_is_notified_and_the_same_value_is_not()
    {
        Bed bed = Sensor();
        Assert.That(bed.Ask("CON GET /3303/0/5700 observe=0 accept=0 token=01020304"), Is.EqualTo("ACK 2.05 observe=1 cf=0 \"42\""));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "observe /3303/0/5700" }));
        _sensor.Set(0, 5700, 43.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("NON 2.05 observe=2 cf=0 \"43\""));
        Assert.That(bed.LastDatagram, Has.Length.LessThanOrEqualTo(15));
        _sensor.Set(0, 5700, 43.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void Pmin_and_pmax_are_honoured()
    {
        Bed bed = Sensor();
        Assert.That(bed.Ask("CON PUT /3303/0/5700?pmin=10&pmax=60"), Is.EqualTo("ACK 2.04"));
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        bed.AdvanceSeconds(2);
        _sensor.Set(0, 5700, 43.0);
        bed.AdvanceSeconds(5);
        _sensor.Set(0, 5700, 44.0);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.AdvanceSeconds(3);
        Assert.That(bed.Next(), Is.EqualTo("NON 2.05 observe=2 cf=0 \"44\""));
        bed.AdvanceSeconds(59.9);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.AdvanceSeconds(0.1);
        Assert.That(bed.Next(), Is.EqualTo("NON 2.05 observe=3 cf=0 \"44\""));
    }

    [Test]
    public void A_reset_ends_the_observation()
    {
        Bed bed = Sensor();
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        _sensor.Set(0, 5700, 43.0);
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("NON 2.05"));
        bed.Answer("RST EMPTY");
        Assert.That(bed.Events.Lines.Last(), Is.EqualTo("cancel /3303/0/5700"));
        _sensor.Set(0, 5700, 44.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void Observe_1_ends_the_observation_by_its_token()
    {
        Bed bed = Sensor();
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0 token=0a");
        Assert.That(bed.Ask("CON GET /3303/0/5700 observe=1 accept=0 token=0a"), Is.EqualTo("ACK 2.05 cf=0 \"42\""));
        Assert.That(bed.Events.Lines.Last(), Is.EqualTo("cancel /3303/0/5700"));
        _sensor.Set(0, 5700, 44.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void Con_attribute_makes_notifications_confirmable_and_a_lost_one_keeps_the_observation()
    {
        Bed bed = new Bed(o => o.HighestVersion = LwM2MVersion.V12, c => c.Add(_sensor), lifetime: 0);
        _sensor.AddInstance(0);
        _sensor.Set(0, 5700, 1.0);
        bed.Registered();
        Assert.That(bed.Ask("CON PUT /3303/0/5700?con=1"), Is.EqualTo("ACK 2.04"));
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        _sensor.Set(0, 5700, 2.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON 2.05 observe=2 cf=0 \"2\""));
        _sensor.Set(0, 5700, 3.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.AdvanceSeconds(100);
        Assert.That(bed.All().Last(), Does.EndWith("\"3\""));
    }

    [Test]
    public void Parameters_in_the_observe_request_are_in_force_and_not_discovered()
    {
        Bed bed = Sensor();
        Assert.That(bed.Ask("CON GET /3303/0/5700?pmin=5&pmax=15 observe=0 accept=0"), Is.EqualTo("ACK 2.05 observe=1 cf=0 \"42\""));
        bed.AdvanceSeconds(15);
        Assert.That(bed.Next(), Is.EqualTo("NON 2.05 observe=2 cf=0 \"42\""));
        Assert.That(bed.Ask("CON GET /3303/0/5700 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</3303/0/5700>\""));
    }

    [Test]
    public void Defaults_of_the_server_object_are_used()
    {
        Bed bed = Sensor();
        bed.Ask("CON PUT /1/0/3 cf=0 \"30\"");
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        bed.AdvanceSeconds(30);
        Assert.That(bed.Next(), Is.EqualTo("NON 2.05 observe=2 cf=0 \"42\""));
    }

    [Test]
    public void Thresholds_follow_the_examples_of_the_transport_text()
    {
        Bed bed = Sensor(45);
        Assert.That(bed.Ask("CON PUT /3303/0/5700?gt=45"), Is.EqualTo("ACK 2.04"));
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        _sensor.Set(0, 5700, 44.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("-"));
        _sensor.Set(0, 5700, 50.0);
        bed.Poll();
        Assert.That(bed.Next(), Does.EndWith("\"50\""));
    }

    [TestCase("?pmin=x")]
    [TestCase("?foo=1")]
    [TestCase("?lt=10&gt=5")]
    [TestCase("?lt=10&gt=14&st=3")]
    [TestCase("?pmin=-1")]
    public void Bad_attributes_are_refused(string query)
    {
        Bed bed = Sensor();
        Assert.That(bed.Ask("CON PUT /3303/0/5700" + query), Does.StartWith("ACK 4.00"));
        Assert.That(bed.Ask("CON GET /3303/0/5700 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</3303/0/5700>\""));
    }

    [Test]
    public void Two_requests_add_up_and_an_empty_value_unsets()
    {
        Bed bed = Sensor();
        bed.Ask("CON PUT /3303/0/5700?lt=30");
        bed.Ask("CON PUT /3303/0/5700?gt=70");
        Assert.That(bed.Ask("CON GET /3303/0/5700 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</3303/0/5700>;gt=70;lt=30\""));
        bed.Ask("CON PUT /3303/0/5700?lt");
        Assert.That(bed.Ask("CON GET /3303/0/5700 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</3303/0/5700>;gt=70\""));
    }

    [Test]
    public void Discover_shows_attributes_where_they_are_attached()
    {
        Bed bed = Sensor();
        bed.Ask("CON PUT /3303?pmin=10&pmax=60");
        bed.Ask("CON PUT /3303/0/5700?gt=50&lt=42.2");
        Assert.That(bed.Ask("CON GET /3303/0 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</3303/0>;pmin=10;pmax=60,</3303/0/5700>;gt=50;lt=42.2\""));
        Assert.That(bed.Ask("CON GET /3303/0/5700 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</3303/0/5700>;pmin=10;pmax=60;gt=50;lt=42.2\""));
    }

    [Test]
    public void Discover_goes_as_deep_as_asked()
    {
        Bed bed = Sensor();
        Assert.That(bed.Ask("CON GET /3303?depth=0 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</3303>\""));
        Assert.That(bed.Ask("CON GET /3303?depth=1 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</3303>,</3303/0>\""));
        Assert.That(bed.Ask("CON GET /3303?depth=2 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</3303>,</3303/0>,</3303/0/5700>\""));
        Assert.That(bed.Ask("CON GET /3303 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</3303>,</3303/0>,</3303/0/5700>\""));
    }

    [Test]
    public void Observations_and_instances_end_with_a_re_registration_and_a_delete()
    {
        Bed bed = Sensor();
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        bed.AdvanceSeconds(207);
        bed.All();
        bed.Answer("ACK 4.04");
        bed.Next();
        bed.Answer("ACK 2.01 location=rd/2");
        _sensor.Set(0, 5700, 44.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void More_observations_than_there_is_room_for_are_plain_reads()
    {
        _sensor.AddInstance(0);
        _sensor.Set(0, 5700, 1.0);
        Bed bed = new Bed(o => o.Limits.Observations = 2, c => c.Add(_sensor)).Registered();
        Assert.That(bed.Ask("CON GET /3303/0/5700 observe=0 accept=0 token=01"), Does.Contain("observe=1"));
        Assert.That(bed.Ask("CON GET /3303/0/5700 observe=0 accept=0 token=02"), Does.Contain("observe=1"));
        Assert.That(bed.Ask("CON GET /3303/0/5700 observe=0 accept=0 token=03"), Is.EqualTo("ACK 2.05 cf=0 \"1\""));
    }
}
