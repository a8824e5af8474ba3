using System;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>Reporting from datagram to datagram, where it meets the message layer.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ReportingTraceTests
{
    private readonly StoredObject _sensor = new(new ObjectDefinition(3303, "1.0",
        Resource.ReadOnly(5601, DataType.Float), Resource.ReadOnly(5700, DataType.Float, mandatory: true)));

    private Bed Sensor(Action<ClientOptions>? options = null)
    {
        _sensor.AddInstance(0);
        _sensor.Set(0, 5601, 1.0);
        _sensor.Set(0, 5700, 1.0);
        return new Bed(options, c => c.Add(_sensor), lifetime: 0).Registered();
    }

    [Test]
    public void Epmax_of_0_hangs_nobody()
    {
        Bed bed = Sensor();
        Assert.That(bed.Ask("CON GET /3303/0/5700?epmax=0 observe=0 accept=0"), Is.EqualTo("ACK 2.05 observe=1 cf=0 \"1\""));
        bed.AdvanceSeconds(100);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        _sensor.Set(0, 5700, 2.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("NON 2.05 observe=2 cf=0 \"2\""));
    }

    [Test]
    public void Observing_again_with_the_same_token_goes_on_counting()
    {
        Bed bed = Sensor();
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0 token=0a");
        _sensor.Set(0, 5700, 2.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("NON 2.05 observe=2 cf=0 \"2\""));
        Assert.That(bed.Ask("CON GET /3303/0/5700 observe=0 accept=0 token=0a"), Is.EqualTo("ACK 2.05 observe=3 cf=0 \"2\""));
    }

    [Test]
    public void CON_notifications_go_one_by_one_and_without_gaps_in_their_numbers()
    {
        Bed bed = Sensor();
        bed.Ask("CON PUT /3303?con=1");
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0 token=0a");
        bed.Ask("CON GET /3303/0/5601 observe=0 accept=0 token=0b");
        _sensor.Set(0, 5700, 2.0);
        _sensor.Set(0, 5601, 0.5);
        bed.Poll();
        Assert.That(bed.All(), Is.EqualTo(new[] { "CON 2.05 observe=2 cf=0 \"2\"" }));
        _sensor.Set(0, 5601, 0.25);
        bed.Answer("ACK EMPTY");
        Assert.That(bed.All(), Is.EqualTo(new[] { "CON 2.05 observe=2 cf=0 \"0.25\"" }));
        bed.Answer("ACK EMPTY");
        Assert.That(bed.All(), Is.Empty);
    }

    [Test]
    public void Reset_of_a_CON_does_not_end_the_observation_that_took_its_place_meanwhile()
    {
        Bed bed = Sensor();
        bed.Ask("CON PUT /3303/0/5700?con=1");
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0 token=0a");
        _sensor.Set(0, 5700, 2.0);
        bed.Poll();
        bed.Next(withIds: true);
        var con = (byte[])bed.LastDatagram.Clone();
        bed.Ask("CON GET /3303/0/5700 observe=1 accept=0 token=0a");
        bed.Ask("CON GET /3303/0/5601 observe=0 accept=0 token=0b");
        bed.Events.Lines.Clear();

        bed.Receive(new byte[] { 0x70, 0, con[2], con[3] });

        Assert.That(bed.Events.Lines, Is.Empty);
        _sensor.Set(0, 5601, 0.5);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("NON 2.05 observe=2 cf=0 \"0.5\""));
    }

    [Test]
    public void Server_defaults_fill_what_the_request_leaves_out()
    {
        Bed bed = Sensor();
        bed.Ask("CON PUT /1/0/3 cf=0 \"30\"");
        bed.Ask("CON GET /3303/0/5700?pmin=10 observe=0 accept=0");
        _sensor.Set(0, 5700, 2.0);
        bed.AdvanceSeconds(45);
        Assert.That(bed.All(), Is.EqualTo(new[] { "NON 2.05 observe=2 cf=0 \"2\"", "NON 2.05 observe=3 cf=0 \"2\"" }));
    }

    [Test]
    public void Boolean_is_notified_at_each_rising_edge()
    {
        var light = new StoredObject(new ObjectDefinition(3311, "1.0", Resource.ReadWrite(5850, DataType.Boolean, mandatory: true)));
        light.AddInstance(0);
        light.Set(0, 5850, true);
        Bed bed = new Bed(setUp: c => c.Add(light), lifetime: 0).Registered();
        bed.Ask("CON PUT /3311/0/5850?edge=1");
        bed.Ask("CON GET /3311/0/5850 observe=0 accept=0");
        for (int change = 0; change < 4; change++)
        {
            light.Set(0, 5850, change % 2 == 1);
            bed.Poll();
        }

        Assert.That(bed.All(), Is.EqualTo(new[] { "NON 2.05 observe=2 cf=0 \"1\"", "NON 2.05 observe=3 cf=0 \"1\"" }));
    }

    // 2 s to 3 s doubled five times until it is given up, then the first pause of ClientOptions.
    [Test]
    public void Present_value_follows_by_itself_where_a_CON_was_not_acknowledged()
    {
        Bed bed = Sensor();
        bed.Ask("CON PUT /3303/0/5700?con=1");
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        _sensor.Set(0, 5700, 2.0);
        bed.AdvanceSeconds(61);
        Assert.That(bed.All(), Has.Count.EqualTo(5).And.All.EqualTo("CON 2.05 observe=2 cf=0 \"2\""));
        _sensor.Set(0, 5700, 3.0);
        bed.AdvanceSeconds(36);
        Assert.That(bed.Next(), Is.EqualTo("CON 2.05 observe=3 cf=0 \"3\""));
        bed.Answer("ACK EMPTY");
        bed.All();
        bed.AdvanceSeconds(10_000);
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void Present_value_follows_at_once_when_the_server_is_heard_again()
    {
        Bed bed = Sensor(o => o.FirstRetrySeconds = 500);
        bed.Ask("CON PUT /3303/0/5700?con=1");
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        _sensor.Set(0, 5700, 2.0);
        bed.AdvanceSeconds(200);
        Assert.That(bed.All(), Has.Count.EqualTo(5));
        bed.Server("CON GET /3303/0/5601 accept=0");
        Assert.That(bed.All(), Is.EqualTo(new[] { "ACK 2.05 cf=0 \"1\"", "CON 2.05 observe=3 cf=0 \"2\"" }));
    }

    [Test]
    public void NON_that_the_transport_refused_is_sent_again()
    {
        Bed bed = Sensor();
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        bed.Wire.Refuses = true;
        _sensor.Set(0, 5700, 2.0);
        bed.Poll();
        bed.Wire.Refuses = false;
        Assert.That(bed.All(), Is.Empty);
        bed.AdvanceSeconds(2);
        Assert.That(bed.All(), Is.EqualTo(new[] { "CON 2.05 observe=3 cf=0 \"2\"" }));
    }
}
