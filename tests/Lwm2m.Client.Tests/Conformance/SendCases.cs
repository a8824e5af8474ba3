using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>Information reporting: Send.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class SendCases
{
    private readonly DeviceObject _device = Configuration.PoweredDevice();

    [Test]
    public void Int_306_Send()
    {
        Bed bed = Unmuted();
        Assert.That(Send(bed, "/3/0/9"), Is.EqualTo(Outcome.Ok));
        // [{-2: "/3/0/", 0: "9", 2: 100}]
        bed.Expect("CON POST /dp cf=112 hex:81a321652f332f302f006139021864", "ACK 2.04");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "sent 1 1" }));
        bed.ExpectSilence(3600);
    }

    [Test]
    public void Int_307_Mute_send()
    {
        Bed bed = Unmuted();
        Assert.That(Send(bed, "/3/0/9"), Is.EqualTo(Outcome.Ok));
        bed.Expect("CON POST /dp cf=112 hex:81a321652f332f302f006139021864", "ACK 2.04");
        bed.Exchange("CON PUT /1/0/23 cf=0 \"1\"", "ACK 2.04");
        _device.Set(0, DeviceResource.BatteryLevel, 99);
        Assert.That(Send(bed, "/3/0/9"), Is.EqualTo(Outcome.Forbidden));
        bed.ExpectSilence(3600);
        bed.Exchange("CON PUT /1/0/23 cf=0 \"0\"", "ACK 2.04");
        Assert.That(Send(bed, "/3/0/9"), Is.EqualTo(Outcome.Ok));
        bed.Expect("CON POST /dp cf=112 hex:81a321652f332f302f006139021863", "ACK 2.04");
        bed.ExpectSilence();
    }

    [Test]
    public void Int_311_Send_of_several_values()
    {
        Bed bed = Unmuted();
        Assert.That(Send(bed, "/3/0/7", "/3/0/9", "/1/0/1"), Is.EqualTo(Outcome.Ok));
        // [{-2: "/3/0/", 0: "7/0", 2: 3800}, {0: "7/1", 2: 5000}, {-2: "/3/0/", 0: "9", 2: 100}, {-2: "/1/0/", 0: "1", 2: 86400}]
        bed.Expect("CON POST /dp cf=112 hex:84a321652f332f302f0063372f3002190ed8a20063372f3102191388a321652f332f302f006139021864a321652f312f302f006131021a00015180", "ACK 2.04");
        // What is not in the registration is sent to nobody: keys, and objects that the device does not have.
        Assert.That(Send(bed, "/0/0/0"), Is.EqualTo(Outcome.NotFound));
        Assert.That(Send(bed, "/4/0/0"), Is.EqualTo(Outcome.NotFound));
        bed.ExpectSilence(3600);
    }

    private Bed Unmuted()
    {
        Bed bed = Configuration.C4(_device).Registered();
        bed.Exchange("CON PUT /1/0/23 cf=0 \"0\"", "ACK 2.04");
        bed.Events.Lines.Clear();
        return bed;
    }

    private static Outcome Send(Bed bed, params string[] paths)
    {
        Outcome outcome = bed.Client.Send(1, paths, out _);
        bed.Poll();
        return outcome;
    }
}
