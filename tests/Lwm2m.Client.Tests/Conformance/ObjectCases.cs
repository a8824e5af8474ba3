using System.Linq;
using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Samples.Objects;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>Cases of single objects, and of several servers: Reboot, 651 to 685, 950, 951, 1630 and 1635.</summary>
public class ObjectCases
{
    [Test]
    public void Int_241_Executable_resource_reboot()
    {
        DeviceObject device = Configuration.Device();
        Bed bed = Configuration.C1(setUp: c =>
        {
            c.Add(device);
            device.Rebooting = c.Restart;
        }).Registered();
        bed.Exchange("CON GET /3/0/16 observe=0 accept=0 token=01", "ACK 2.05 observe=1 cf=0 \"U\"");
        bed.Exchange("CON POST /3/0/4", "ACK 2.04");
        bed.Expect("CON POST /rd?ep=abc&lt=86400&lwm2m=1.1&b=U cf=40 \"</1/0>,</3/0>\"", "ACK 2.01 location=rd/2");
        bed.ExpectSilence();
        Assert.That(bed.Events.Lines.Where(l => l != "observe /3/0/16"), Is.EqualTo(new[] { "executed /3/0/4", "registered 1 /rd/2" }));
    }

    [Test]
    public void Int_651_Setting_device_information_in_tlv()
    {
        DeviceObject device = Configuration.Device();
        device.Set(0, DeviceResource.UtcOffset, "+00:00");
        device.Set(0, DeviceResource.Timezone, "Etc/UTC");
        Bed bed = Configuration.C1(setUp: c => c.Add(device)).Registered();
        bed.Exchange("CON POST /3/0 cf=11542 hex:C40D5182428FC60E2B30323A3030C80F0C4575726F70652F5061726973", "ACK 2.04");
        bed.Exchange("CON GET /3/0/13 accept=0", "ACK 2.05 cf=0 \"1367491215\"");
        bed.Exchange("CON GET /3/0/14 accept=0", "ACK 2.05 cf=0 \"+02:00\"");
        bed.Exchange("CON GET /3/0/15 accept=0", "ACK 2.05 cf=0 \"Europe/Paris\"");
        // A time of its own, an hour later, and the zone from before.
        bed.Exchange("CON POST /3/0 cf=11542 hex:C40D5182509FC60E2B30303A3030C70F4574632F555443", "ACK 2.04");
        bed.Exchange("CON GET /3/0/13 accept=0", "ACK 2.05 cf=0 \"1367494815\"");
        bed.Exchange("CON GET /3/0/14 accept=0", "ACK 2.05 cf=0 \"+00:00\"");
        bed.Exchange("CON GET /3/0/15 accept=0", "ACK 2.05 cf=0 \"Etc/UTC\"");
    }

    [Test]
    public void Int_652_Querying_the_firmware_version()
    {
        DeviceObject device = Configuration.Device();
        device.Set(0, DeviceResource.FirmwareVersion, "1.0");
        Bed bed = Configuration.C1(setUp: c => c.Add(device)).Registered();
        bed.Exchange("CON GET /3/0/3 accept=0", "ACK 2.05 cf=0 \"1.0\"");
    }

    [Test]
    public void Int_680_Creating_a_second_device_is_refused()
    {
        Bed bed = Configuration.C1().Registered();
        bed.Exchange("CON POST /3 cf=11542 hex:080108C8004F", "ACK 4.05");
        bed.Exchange("CON POST /3", "ACK 4.05");
        bed.Exchange("CON GET /3?depth=1 accept=40", "ACK 2.05 cf=40 \"</3>,</3/0>\"");
        bed.ExpectSilence();
    }

    [Test]
    public void Int_685_Deleting_the_device_is_refused()
    {
        Bed bed = Configuration.C1().Registered();
        bed.Exchange("CON DELETE /3/0", "ACK 4.05");
        bed.Exchange("CON GET /3/0/0 accept=0", "ACK 2.05 cf=0 \"Open Mobile Alliance\"");
        bed.ExpectSilence();
    }

    [Test]
    public void Int_950_Registration_at_several_servers()
    {
        Bed bed = Configuration.C1(servers: 2).Started();
        bed.Expect("CON POST /rd?ep=abc&lt=86400&lwm2m=1.1&b=U cf=40 \"</1/0>,</1/1>,</2/0>,</2/1>,</2/2>,</3/0>\"", "ACK 2.01 location=rd/a");
        bed.Expect("CON POST /rd?ep=abc&lt=86400&lwm2m=1.1&b=U cf=40 \"</1/0>,</1/1>,</2/0>,</2/1>,</2/2>,</3/0>\"", "ACK 2.01 location=rd/b");
        bed.ExpectSilence();
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "registered 1 /rd/a", "registered 2 /rd/b" }));
        for (int link = 0; link < 2; link++)
        {
            bed.Server("CON GET /3/0/0 accept=0", link);
            bed.Expect("ACK 2.05 cf=0 \"Open Mobile Alliance\"");
            Assert.That(bed.LastLink, Is.EqualTo(link));
        }
    }

    [Test]
    public void Int_951_Attributes_of_one_server_are_not_those_of_the_other()
    {
        Bed bed = Configuration.C3(servers: 2).Registered();
        bed.Server("CON PUT /3/0/16?pmin=10&pmax=60", 0);
        bed.Expect("ACK 2.04");
        bed.Server("CON PUT /3/0/16?pmin=20&pmax=100", 1);
        bed.Expect("ACK 2.04");
        bed.Server("CON GET /3/0/16 accept=40", 0);
        bed.Expect("ACK 2.05 cf=40 \"</3/0/16>;pmin=10;pmax=60\"");
        bed.Server("CON GET /3/0/16 accept=40", 1);
        bed.Expect("ACK 2.05 cf=40 \"</3/0/16>;pmin=20;pmax=100\"");
        bed.Server("CON GET /3/0/16 observe=0 accept=0 token=01", 0);
        bed.Expect("ACK 2.05 observe=1 cf=0 \"U\"");
        bed.Server("CON GET /3/0/16 observe=0 accept=0 token=02", 1);
        bed.Expect("ACK 2.05 observe=1 cf=0 \"U\"");
        bed.ExpectSilence(59.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=2 cf=0 \"U\"");
        Assert.That(bed.LastLink, Is.EqualTo(0));
        bed.ExpectSilence(39.999);
        bed.AdvanceSeconds(0.001);
        bed.Expect("NON 2.05 observe=2 cf=0 \"U\"");
        Assert.That(bed.LastLink, Is.EqualTo(1));
    }

    [Test]
    public void Int_1630_Creating_a_portfolio_instance()
    {
        Bed bed = Configuration.C3(setUp: c => c.Add(Configuration.Portfolio())).Registered();
        bed.Exchange("CON POST /16 cf=11542 hex:08012E88002B480011486F737420446576696365204944202332480114486F737420446576696365204D6F64656C202332",
            "ACK 2.01 location=16/1");
        bed.Expect("CON POST /rd/5a3f cf=40 \"</1/0>,</3/0>,</16/0>,</16/1>\"", "ACK 2.04");
        bed.Exchange("CON GET /16/1/0 accept=110",
            "ACK 2.05 cf=110 \"[{\"bn\":\"/16/1/0/\",\"n\":\"0\",\"vs\":\"Host Device ID #2\"},{\"n\":\"1\",\"vs\":\"Host Device Model #2\"}]\"");
    }

    [Test]
    public void Int_1635_Deleting_all_portfolio_instances()
    {
        Portfolio portfolio = Configuration.Portfolio();
        portfolio.AddInstance(1);
        Bed bed = Configuration.C3(setUp: c => c.Add(portfolio)).Registered();
        bed.Exchange("CON DELETE /16/0", "ACK 2.02");
        bed.Expect("CON POST /rd/5a3f cf=40 \"</1/0>,</3/0>,</16/1>\"", "ACK 2.04");
        bed.Exchange("CON DELETE /16/1", "ACK 2.02");
        bed.Expect("CON POST /rd/5a3f cf=40 \"</1/0>,</3/0>,</16>\"", "ACK 2.04");
        bed.Exchange("CON GET /16/0", "ACK 4.04");
        bed.Exchange("CON GET /16?depth=1 accept=40", "ACK 2.05 cf=40 \"</16>;pmin=1;pmax=10\"");
    }
}
