using Lwm2m.Transport;
using NUnit.Framework;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>What the simulation found, as short as it can be told.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class HardLifeTests
{
    private readonly StoredObject _sensor = new(new ObjectDefinition(3303, "1.0",
        Resource.ReadWrite(5700, DataType.Float, mandatory: true)));

    private Bed NewBed(int localPort = 0)
    {
        _sensor.AddInstance(0);
        _sensor.Set(0, 5700, 21.5);
        return new Bed(o => o.LocalPort = localPort, c => c.Add(_sensor)).Registered();
    }

    [Test]
    public void An_Update_that_waits_for_a_notification_does_not_keep_the_runner_busy()
    {
        Bed bed = NewBed();
        bed.Ask("CON PUT /3303/0/5700?con=1");
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        bed.AdvanceSeconds(206);
        _sensor.Set(0, 5700, 22.5);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON 2.05 observe=2 cf=0 \"22.5\""));
        bed.AdvanceSeconds(1.5);
        Assert.That(bed.Poll(), Is.GreaterThan(bed.Now));
    }

    [Test]
    public void A_command_repeated_after_the_link_came_back_on_its_port_is_not_run_again()
    {
        Bed bed = NewBed(40000);
        bed.Server("CON PUT /3303/0/5700 mid=7 token=0a cf=0 \"1\"");
        Assert.That(bed.Next(true), Is.EqualTo("ACK 2.04 mid=7 token=0a"));
        _sensor.Set(0, 5700, 2.0);
        bed.Client.LinkDown(0, LinkFailure.Closed, bed.Now);
        bed.AdvanceSeconds(1);
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc"));
        bed.Answer("ACK 2.01 location=rd/2");
        bed.Server("CON PUT /3303/0/5700 mid=7 token=0a cf=0 \"1\"");
        Assert.That(bed.Next(true), Is.EqualTo("ACK 2.04 mid=7 token=0a"));
        _sensor.GetFloat(0, 5700, out double value);
        Assert.That(value, Is.EqualTo(2.0));
    }

    [Test]
    public void A_message_id_seen_on_another_local_port_is_a_new_request()
    {
        Bed bed = NewBed();
        bed.Ask("CON PUT /3303/0/5700 mid=7 token=0a cf=0 \"1\"");
        bed.Client.LinkDown(0, LinkFailure.Closed, bed.Now);
        bed.AdvanceSeconds(1);
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc"));
        bed.Answer("ACK 2.01 location=rd/2");
        Assert.That(bed.Ask("CON GET /3303/0/5700 mid=7 token=0b accept=0"), Is.EqualTo("ACK 2.05 cf=0 \"1\""));
    }
}
