using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>Information reporting: observations of several paths.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class CompositeReportingCases
{
    private const string Observe = "CON FETCH / observe=0 cf=110 accept=110 token=0c \"[{\"n\":\"/3/0/0\"},{\"n\":\"/3/0/9\"},{\"n\":\"/1/0/1\"}]\"";

    private readonly DeviceObject _device = Configuration.PoweredDevice();

    [Test]
    public void Int_304_Observe_composite()
    {
        Bed bed = Powered();
        bed.Exchange("CON PUT /1/0/1?pmin=30&pmax=45", "ACK 2.04");
        bed.Exchange(Observe, "ACK 2.05 observe=1 cf=110 " + Values(100, 86400));

        // Nothing changes: one notification when pmax is over, and it has all values.
        bed.ExpectSilence(44.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=2 cf=110 " + Values(100, 86400));
        bed.ExpectSilence();

        // A change ten seconds later is told when pmin is over.
        bed.AdvanceSeconds(10);
        bed.Client.Servers.Set(0, ServerResource.Lifetime, 80000);
        bed.Poll();
        bed.Expect("CON POST /rd/5a3f?lt=80000", "ACK 2.04");
        bed.ExpectSilence(19.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=3 cf=110 " + Values(100, 80000));
        bed.ExpectSilence(44.999);
    }

    [Test]
    public void Int_305_Cancel_a_composite_observation()
    {
        Bed bed = Powered();
        bed.Exchange("CON PUT /1/0/1?pmin=30&pmax=45", "ACK 2.04");
        bed.Exchange(Observe, "ACK 2.05 observe=1 cf=110 " + Values(100, 86400));
        bed.AdvanceSeconds(45);
        bed.Expect("NON 2.05 observe=2 cf=110 " + Values(100, 86400));
        bed.Exchange(Observe.Replace("observe=0", "observe=1"), "ACK 2.05 cf=110 " + Values(100, 86400));
        _device.Set(0, DeviceResource.BatteryLevel, 99);
        bed.Poll();
        bed.ExpectSilence(200);
    }

    [Test]
    public void Int_308_Composite_observation_and_creation_of_an_instance()
    {
        Bed bed = Configuration.C1(setUp: c => c.Add(Configuration.Portfolio())).Registered();
        bed.Exchange("CON FETCH / observe=0 cf=110 accept=110 token=0c \"[{\"n\":\"/3/0/0\"},{\"n\":\"/16\"}]\"",
            "ACK 2.05 observe=1 cf=110 \"[{\"bn\":\"/3/0/\",\"n\":\"0\",\"vs\":\"Open Mobile Alliance\"}," + FirstPortfolio + "]\"");
        bed.Exchange("CON POST /16 cf=110 \"[{\"n\":\"/16/1/0/0\",\"vs\":\"Host Device ID #2\"}]\"", "ACK 2.01 location=16/1");
        string[] sent = bed.All().ToArray();
        Assert.That(sent, Is.EquivalentTo(new[]
        {
            "CON POST /rd/5a3f cf=40 \"</1/0>,</3/0>,</16/0>,</16/1>\"",
            "NON 2.05 observe=2 cf=110 \"[{\"bn\":\"/3/0/\",\"n\":\"0\",\"vs\":\"Open Mobile Alliance\"}," + FirstPortfolio +
                ",{\"bn\":\"/16/1/\",\"n\":\"0/0\",\"vs\":\"Host Device ID #2\"}]\"",
        }));
    }

    [Test]
    public void Int_309_Composite_observation_and_deletion_of_an_instance()
    {
        Bed bed = Configuration.C1(setUp: c => c.Add(Configuration.Portfolio())).Registered();
        bed.Exchange("CON FETCH / observe=0 cf=110 accept=110 token=0c \"[{\"n\":\"/3/0/0\"},{\"n\":\"/16\"}]\"",
            "ACK 2.05 observe=1 cf=110 \"[{\"bn\":\"/3/0/\",\"n\":\"0\",\"vs\":\"Open Mobile Alliance\"}," + FirstPortfolio + "]\"");
        bed.Exchange("CON DELETE /16/0", "ACK 2.02");
        Assert.That(bed.All(), Is.EquivalentTo(new[]
        {
            "CON POST /rd/5a3f cf=40 \"</1/0>,</3/0>,</16>\"",
            "NON 2.05 observe=2 cf=110 \"[{\"bn\":\"/3/0/\",\"n\":\"0\",\"vs\":\"Open Mobile Alliance\"}]\"",
        }));
    }

    [Test]
    public void Int_310_Composite_observation_and_change_of_attributes()
    {
        Bed bed = Powered();
        bed.Exchange("CON PUT /1/0/1?pmin=30&pmax=45", "ACK 2.04");
        bed.Exchange(Observe, "ACK 2.05 observe=1 cf=110 " + Values(100, 86400));
        bed.ExpectSilence(1);
        bed.Exchange("CON PUT /1/0/1?pmin=1&pmax=5", "ACK 2.04");
        bed.ExpectSilence(3.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=2 cf=110 " + Values(100, 86400));
        bed.ExpectSilence(4.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=3 cf=110 " + Values(100, 86400));
    }

    private const string FirstPortfolio = "{\"bn\":\"/16/0/\",\"n\":\"0/0\",\"vs\":\"Host Device ID #1\"},{\"n\":\"0/1\",\"vs\":\"Host Device Manufacturer #1\"}," +
        "{\"n\":\"0/2\",\"vs\":\"Host Device Model #1\"},{\"n\":\"0/3\",\"vs\":\"Host Device Software Version #1\"}";

    private Bed Powered() => Configuration.C1(setUp: c => c.Add(_device)).Registered();

    private static string Values(int battery, int lifetime) =>
        $"\"[{{\"bn\":\"/3/0/\",\"n\":\"0\",\"vs\":\"Open Mobile Alliance\"}},{{\"n\":\"9\",\"v\":{battery}}},{{\"bn\":\"/1/0/\",\"n\":\"1\",\"v\":{lifetime}}}]\"";
}
