using System;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>Notification storing from datagram to datagram: a client in queue mode that sleeps while its values change.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class StoringTraceTests
{
    private readonly StoredObject _sensor = new(new ObjectDefinition(3303, "1.0",
        Resource.ReadOnly(6, DataType.Integer, multiple: true), Resource.ReadOnly(5601, DataType.Float), Resource.ReadOnly(5700, DataType.Float, mandatory: true), Resource.ReadOnly(5701, DataType.String),
        Resource.ReadOnly(5750, DataType.Boolean)));

    private long _now;

    private Bed Sensor(long unixMs = 1_700_000_000_000, Action<ClientOptions>? options = null)
    {
        _sensor.AddInstance(0);
        _sensor.Set(0, 5601, 1.0);
        _sensor.Set(0, 5700, 20.0);
        Bed? bed = null;
        bed = new Bed(o =>
        {
            o.QueueMode = true;
            o.AwakeMs = 5000;
            o.WallClock = new SteadyWallClock(() => bed?.Now ?? 0, unixMs - 1_000_000);
            options?.Invoke(o);
        }, c => c.Add(_sensor), lifetime: 0);
        bed.Registered();
        _now = bed.Now;
        return bed;
    }

    private void SetAt(Bed bed, double second, Action set)
    {
        bed.Advance(_now + (long)(second * 1000) - bed.Now);
        set();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("-"), "asleep");
    }

    private static string[] Wake(Bed bed)
    {
        bed.Client.WakeUp();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
        bed.Answer("ACK 2.04");
        return bed.All().ToArray();
    }

    [Test]
    public void Values_come_after_waking_with_their_times_in_the_format_of_the_observation()
    {
        Bed bed = Sensor();
        bed.Ask("CON PUT /3303/0/5700?hqmax=3");
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=110 token=0a");
        for (int change = 1; change <= 4; change++)
            SetAt(bed, 10 * change, () => _sensor.Set(0, 5700, 20.5 + change));
        SetAt(bed, 60.25, () => _sensor.Set(0, 5700, 30.0));
        SetAt(bed, 100, () => { });
        Assert.That(Wake(bed), Is.EqualTo(new[]
        {
            "CON 2.05 observe=2 cf=110 \"[{\"bn\":\"/3303/0/5700\",\"bt\":1700000030,\"v\":23.5},{\"t\":10,\"v\":24.5},{\"t\":30.25,\"v\":30}]\""
        }));
        bed.Answer("ACK EMPTY");
        Assert.That(bed.All(), Is.Empty);
        _sensor.Set(0, 5700, 31.0);
        bed.Poll();
        Assert.That(bed.All(), Is.EqualTo(new[] { "NON 2.05 observe=3 cf=110 \"[{\"bn\":\"/3303/0/5700\",\"v\":31}]\"" }));
    }

    [Test]
    public void Observation_in_a_format_without_times_gets_SenML_CBOR()
    {
        Bed bed = Sensor();
        bed.Ask("CON GET /3303/0/5700?hqmax=5 observe=0 accept=0");
        SetAt(bed, 10, () => _sensor.Set(0, 5700, 21.0));
        SetAt(bed, 20, () => _sensor.Set(0, 5700, 22.0));
        Assert.That(Wake(bed), Is.EqualTo(new[]
        {
            "CON 2.05 observe=2 cf=112 hex:82a3216c2f333330332f302f35373030221a6553f10a02f94d40a2060a02f94d80"
        }));
    }

    [Test]
    public void Clock_that_was_never_set_tells_how_long_ago()
    {
        Bed bed = Sensor(unixMs: 5_000_000);
        bed.Ask("CON GET /3303/0/5700?hqmax=5 observe=0 accept=110");
        SetAt(bed, 10, () => _sensor.Set(0, 5700, 21.0));
        SetAt(bed, 20, () => _sensor.Set(0, 5700, 22.0));
        SetAt(bed, 90, () => { });
        Assert.That(Wake(bed), Is.EqualTo(new[]
        {
            "CON 2.05 observe=2 cf=110 \"[{\"bn\":\"/3303/0/5700\",\"bt\":-80,\"v\":21},{\"t\":10,\"v\":22}]\""
        }));
    }

    [Test]
    public void Only_the_parts_with_hqmax_are_kept_and_the_present_values_follow()
    {
        Bed bed = Sensor();
        bed.Ask("CON PUT /3303/0/5700?hqmax=5");
        bed.Ask("CON GET /3303/0 observe=0 accept=110");
        SetAt(bed, 10, () => _sensor.Set(0, 5700, 21.0));
        SetAt(bed, 20, () => _sensor.Set(0, 5601, -1.0));
        Assert.That(Wake(bed), Is.EqualTo(new[]
        {
            "CON 2.05 observe=2 cf=110 \"[{\"bn\":\"/3303/0/\",\"bt\":1700000010,\"n\":\"5700\",\"v\":21},{\"n\":\"5700\",\"t\":10,\"v\":21}]\"",
            "NON 2.05 observe=3 cf=110 \"[{\"bn\":\"/3303/0/\",\"n\":\"5601\",\"v\":-1},{\"n\":\"5700\",\"v\":21}]\""
        }));
    }

    [Test]
    public void Texts_Booleans_and_resources_with_instances_are_kept_too()
    {
        Bed bed = Sensor();
        _sensor.Set(0, 5701, "Cel");
        _sensor.Set(0, 5750, true);
        _sensor.SetInstance(0, 6, 0, 1);
        _sensor.SetInstance(0, 6, 3, -5);
        bed.Ask("CON GET /3303/0?hqmax=2 observe=0 accept=110");
        SetAt(bed, 10, () => _sensor.Set(0, 5750, false));
        Assert.That(Wake(bed), Is.EqualTo(new[]
        {
            "CON 2.05 observe=2 cf=110 \"[{\"bn\":\"/3303/0/\",\"bt\":1700000010,\"n\":\"6/0\",\"v\":1},{\"n\":\"6/3\",\"v\":-5},{\"n\":\"5601\",\"v\":1},"
            + "{\"n\":\"5700\",\"v\":20},{\"n\":\"5701\",\"vs\":\"Cel\"},{\"n\":\"5750\",\"vb\":false}]\""
        }));
    }

    [Test]
    public void Without_hqmax_the_present_value_comes_once()
    {
        Bed bed = Sensor();
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        SetAt(bed, 10, () => _sensor.Set(0, 5700, 21.0));
        SetAt(bed, 20, () => _sensor.Set(0, 5700, 22.0));
        Assert.That(Wake(bed), Is.EqualTo(new[] { "NON 2.05 observe=2 cf=0 \"22\"" }));
    }

    [TestCase("")]
    [TestCase("?hqmax=5")]
    public void Server_that_wants_nothing_stored_hears_of_the_next_change_only(string query)
    {
        Bed bed = Sensor();
        bed.Ask("CON PUT /1/0/6 cf=0 \"0\"");
        bed.Ask("CON GET /3303/0/5700" + query + " observe=0 accept=0");
        SetAt(bed, 10, () => _sensor.Set(0, 5700, 21.0));
        Assert.That(Wake(bed), Is.Empty);
        _sensor.Set(0, 5700, 22.0);
        bed.Poll();
        Assert.That(bed.All(), Is.EqualTo(new[] { "NON 2.05 observe=2 cf=0 \"22\"" }));
    }

    [Test]
    public void More_values_than_a_message_holds_go_in_several()
    {
        Bed bed = Sensor();
        _sensor.Set(0, 5701, "");
        bed.Ask("CON GET /3303/0/5701?hqmax=100 observe=0 accept=110");
        for (int change = 0; change < 20; change++)
        {
            string text = new string('x', 80) + change;
            SetAt(bed, 10 + change, () => _sensor.Set(0, 5701, text));
        }

        string first = Wake(bed)[0];
        int messages = 1;
        string all = first;
        for (; messages < 10; messages++)
        {
            bed.Answer("ACK EMPTY");
            string next = bed.Next();
            if (next == "-")
                break;
            all += next;
        }

        Assert.That(messages, Is.EqualTo(5));
        int at = -1;
        for (int change = 0; change < 20; change++)
        {
            int found = all.IndexOf("xx" + change + "\"", StringComparison.Ordinal);
            Assert.That(found, Is.GreaterThan(at), "value " + change);
            at = found;
        }
    }

    [Test]
    public void One_part_with_con_makes_the_notification_of_the_instance_confirmable()
    {
        Bed bed = Sensor();
        bed.Ask("CON GET /3303/0 observe=0 accept=110");
        bed.Ask("CON PUT /3303/0/5700?con=1");
        _sensor.Set(0, 5601, 2.0);
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON 2.05 observe=2"));
        bed.Answer("ACK EMPTY");
        bed.Ask("CON PUT /3303/0/5700?con=0");
        _sensor.Set(0, 5601, 3.0);
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("NON 2.05 observe=3"));
    }

    [Test]
    public void Keeping_and_delivering_allocate_nothing()
    {
        Bed bed = Sensor();
        bed.Client.Listener = null;
        bed.Receive(Trace.Build("CON GET /3303/0/5700?hqmax=3 observe=0 accept=112", 1, new byte[] { 1, 2, 3, 4 }));
        bed.Wire.Counting = true;
        var answer = new byte[8];
        Rounds(bed, answer, 50);
        int before = bed.Wire.Count;
        long start = GC.GetAllocatedBytesForCurrentThread();
        Rounds(bed, answer, 200);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.That(bed.Wire.Count - before, Is.EqualTo(400));
        Assert.That(allocated, Is.Zero);
    }

    // Falls asleep, changes twice, wakes; the server confirms the Update and acknowledges the notification.
    private void Rounds(Bed bed, byte[] answer, int times)
    {
        for (int round = 0; round < times; round++)
        {
            bed.Client.Sleep();
            bed.Client.Poll(bed.Now);
            _sensor.Set(0, 5700, round + 0.5);
            bed.Client.Poll(bed.Now);
            _sensor.Set(0, 5700, round + 0.25);
            bed.Client.Poll(bed.Now);
            bed.Client.WakeUp();
            bed.Client.Poll(bed.Now);
            Array.Copy(bed.Wire.Last, 0, answer, 0, 8);
            answer[0] = 0x64;
            answer[1] = 0x44;
            bed.Client.Received(0, answer, 0, 8, bed.Now);
            bed.Client.Poll(bed.Now);
            answer[0] = 0x60;
            answer[1] = 0;
            answer[2] = bed.Wire.Last[2];
            answer[3] = bed.Wire.Last[3];
            bed.Client.Received(0, answer, 0, 4, bed.Now);
            bed.Client.Poll(bed.Now);
        }
    }
}
