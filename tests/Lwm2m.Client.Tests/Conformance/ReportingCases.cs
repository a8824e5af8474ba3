using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>Information reporting: observations of single paths.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ReportingCases
{
    private readonly DeviceObject _device = Configuration.PoweredDevice();

    [Test]
    public void Int_301_Observation_and_notification_of_parameter_values()
    {
        Bed bed = Configuration.C4(_device).Registered();
        bed.Exchange("CON PUT /3/0/7?pmin=5&pmax=15", "ACK 2.04");
        bed.Exchange("CON PUT /3/0/8?pmin=10&pmax=20", "ACK 2.04");
        bed.Exchange("CON GET /3/0/7 observe=0 accept=110 token=07", "ACK 2.05 observe=1 cf=110 " + Voltages(3800));
        bed.Exchange("CON GET /3/0/8 observe=0 accept=110 token=08", "ACK 2.05 observe=1 cf=110 " + Currents(125));

        // Second 2: a change within pmin is told when pmin is over, with the value of that moment.
        bed.AdvanceSeconds(2);
        Set(bed, DeviceResource.PowerSourceVoltage, 3700);
        Set(bed, DeviceResource.PowerSourceCurrent, 130);
        bed.AdvanceSeconds(1);
        Set(bed, DeviceResource.PowerSourceVoltage, 3600);
        bed.ExpectSilence(1.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=2 cf=110 " + Voltages(3600));
        bed.ExpectSilence(4.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=2 cf=110 " + Currents(130));

        // Second 10: nothing changes any more, and pmax brings the same value, each by its own.
        bed.ExpectSilence(9.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=3 cf=110 " + Voltages(3600));
        bed.ExpectSilence(9.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=3 cf=110 " + Currents(130));

        // Second 30: long after pmin a change is told at once.
        bed.ExpectSilence(4);
        Set(bed, DeviceResource.PowerSourceVoltage, 3500);
        bed.Expect("NON 2.05 observe=4 cf=110 " + Voltages(3500));
        bed.ExpectSilence();
    }

    [Test]
    public void Int_302_Cancel_observations_by_reset()
    {
        Bed bed = Configuration.C4(_device).Registered();
        bed.Exchange("CON GET /3/0/7 observe=0 accept=110 token=07", "ACK 2.05 observe=1 cf=110 " + Voltages(3800));
        bed.AdvanceSeconds(2);
        Set(bed, DeviceResource.PowerSourceVoltage, 3700);
        bed.Expect("NON 2.05 observe=2 cf=110 " + Voltages(3700), "RST EMPTY");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "observe /3/0/7", "cancel /3/0/7" }));
        bed.AdvanceSeconds(2);
        Set(bed, DeviceResource.PowerSourceVoltage, 3600);
        bed.ExpectSilence(60);
    }

    [Test]
    public void Int_303_Cancel_observations_by_observe_1()
    {
        Bed bed = Configuration.C4(_device).Registered();
        bed.Exchange("CON GET /3/0/7 observe=0 accept=110 token=07", "ACK 2.05 observe=1 cf=110 " + Voltages(3800));
        bed.Exchange("CON GET /3/0/8 observe=0 accept=110 token=08", "ACK 2.05 observe=1 cf=110 " + Currents(125));
        bed.Exchange("CON GET /3/0/7 observe=1 accept=110 token=07", "ACK 2.05 cf=110 " + Voltages(3800));
        // The specification prints /3/0 here although resources are observed: the token tells which observation is meant.
        Assert.That(bed.Ask("CON GET /3/0 observe=1 accept=112 token=08"), Does.StartWith("ACK 2.05 cf=112 hex:"));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "observe /3/0/7", "observe /3/0/8", "cancel /3/0/7", "cancel /3/0/8" }));
        bed.AdvanceSeconds(2);
        Set(bed, DeviceResource.PowerSourceVoltage, 3700);
        Set(bed, DeviceResource.PowerSourceCurrent, 130);
        bed.ExpectSilence(60);
    }

    [Test]
    public void Int_312_Observe_with_parameters()
    {
        Bed bed = Configuration.C4(_device, o => o.HighestVersion = LwM2MVersion.V12).Registered();
        bed.Exchange("CON GET /3/0/7?pmin=5&pmax=15 observe=0 accept=110 token=07", "ACK 2.05 observe=1 cf=110 " + Voltages(3800));
        bed.AdvanceSeconds(2);
        Set(bed, DeviceResource.PowerSourceVoltage, 3700);
        bed.ExpectSilence(2.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=2 cf=110 " + Voltages(3700));
        bed.ExpectSilence(14.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=3 cf=110 " + Voltages(3700));
        // They belong to the observation: Discover shows those of the account.
        bed.Exchange("CON GET /3/0/7?depth=0 accept=40", "ACK 2.05 cf=40 \"</3/0/7>;dim=2;pmin=1;pmax=10\"");
    }

    [Test]
    public void Int_313_Parameters_of_the_observation_override_attributes()
    {
        Bed bed = Configuration.C4(_device, o => o.HighestVersion = LwM2MVersion.V12).Registered();
        bed.Exchange("CON PUT /3/0/7?pmin=5&pmax=60", "ACK 2.04");
        bed.Exchange("CON GET /3/0/7?pmax=10 observe=0 accept=110 token=07", "ACK 2.05 observe=1 cf=110 " + Voltages(3800));
        bed.ExpectSilence(9.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=2 cf=110 " + Voltages(3800));
        bed.ExpectSilence(9.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=3 cf=110 " + Voltages(3800));
        // The attached pmin is out of force too: the account's second counts.
        bed.AdvanceSeconds(1);
        Set(bed, DeviceResource.PowerSourceVoltage, 3700);
        bed.Expect("NON 2.05 observe=4 cf=110 " + Voltages(3700));
        bed.Exchange("CON GET /3/0/7?depth=0 accept=40", "ACK 2.05 cf=40 \"</3/0/7>;dim=2;pmin=5;pmax=60\"");
    }

    private void Set(Bed bed, int resource, long value)
    {
        _device.SetInstance(0, resource, 0, value);
        bed.Poll();
    }

    private static string Voltages(int first) => $"\"[{{\"bn\":\"/3/0/7/\",\"n\":\"0\",\"v\":{first}}},{{\"n\":\"1\",\"v\":5000}}]\"";

    private static string Currents(int first) => $"\"[{{\"bn\":\"/3/0/8/\",\"n\":\"0\",\"v\":{first}}},{{\"n\":\"1\",\"v\":900}}]\"";
}
