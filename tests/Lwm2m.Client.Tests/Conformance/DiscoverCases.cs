using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>Device management: Discover and Write-Attributes.</summary>
public class DiscoverCases
{
    // What a device of C.4 has; the periods of the account show at the target.
    private const string Resources = "</3/0/0>,</3/0/1>,</3/0/2>,</3/0/4>,</3/0/6>;dim=2,</3/0/7>;dim=2,</3/0/8>;dim=2,</3/0/9>,</3/0/11>;dim=1,</3/0/12>,</3/0/13>,</3/0/16>";

    [Test]
    public void Int_260_Discover()
    {
        Bed bed = Configuration.C4(Configuration.PoweredDevice()).Registered();
        bed.Exchange("CON PUT /3?pmin=10&pmax=200", "ACK 2.04");
        bed.Exchange("CON GET /3 accept=40", "ACK 2.05 cf=40 \"</3>;pmin=10;pmax=200,</3/0>," + Resources + "\"");
        bed.Exchange("CON PUT /3/0/7?lt=1&gt=6&st=1", "ACK 2.04");
        // The instance as target shows what it inherits, the resource below it what was attached to itself.
        bed.Exchange("CON GET /3/0 accept=40", "ACK 2.05 cf=40 \"</3/0>;pmin=10;pmax=200," +
            Resources.Replace("</3/0/7>;dim=2", "</3/0/7>;dim=2;gt=6;lt=1;st=1") + "\"");
        bed.Exchange("CON GET /3/0/7 accept=40", "ACK 2.05 cf=40 \"</3/0/7>;dim=2;pmin=10;pmax=200;gt=6;lt=1;st=1,</3/0/7/0>,</3/0/7/1>\"");
    }

    [Test]
    public void Int_261_Write_attributes_on_several_levels()
    {
        Bed bed = Configuration.C1().Registered();
        bed.Exchange("CON PUT /3/0/11?pmin=10&pmax=320", "ACK 2.04");
        bed.Exchange("CON PUT /3/0/11/0?pmax=100&epmin=1&epmax=20", "ACK 2.04");
        bed.Exchange("CON GET /3/0/11 accept=40", "ACK 2.05 cf=40 \"</3/0/11>;dim=1;pmin=10;pmax=320,</3/0/11/0>;pmax=100;epmin=1;epmax=20\"");
    }

    [Test]
    public void Int_264_Discover_with_depth_0_and_1()
    {
        Bed bed = Configuration.C4(Configuration.PoweredDevice(), o => o.HighestVersion = LwM2MVersion.V12).Registered();
        bed.Exchange("CON GET /3?depth=0 accept=40", "ACK 2.05 cf=40 \"</3>;ver=1.2;pmin=1;pmax=10\"");
        bed.Exchange("CON GET /3?depth=1 accept=40", "ACK 2.05 cf=40 \"</3>;ver=1.2;pmin=1;pmax=10,</3/0>\"");
    }

    [Test]
    public void Int_266_Discover_with_depth_2_and_3()
    {
        Bed bed = Configuration.C4(Configuration.PoweredDevice(), o => o.HighestVersion = LwM2MVersion.V12).Registered();
        bed.Exchange("CON GET /3?depth=2 accept=40", "ACK 2.05 cf=40 \"</3>;ver=1.2;pmin=1;pmax=10,</3/0>," + Resources + "\"");
        string instances = Resources.Replace("</3/0/6>;dim=2", "</3/0/6>;dim=2,</3/0/6/0>,</3/0/6/1>").Replace("</3/0/7>;dim=2", "</3/0/7>;dim=2,</3/0/7/0>,</3/0/7/1>")
            .Replace("</3/0/8>;dim=2", "</3/0/8>;dim=2,</3/0/8/0>,</3/0/8/1>").Replace("</3/0/11>;dim=1", "</3/0/11>;dim=1,</3/0/11/0>");
        bed.Exchange("CON GET /3?depth=3 accept=40", "ACK 2.05 cf=40 \"</3>;ver=1.2;pmin=1;pmax=10,</3/0>," + instances + "\"");
    }
}
