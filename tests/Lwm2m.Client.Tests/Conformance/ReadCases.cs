using System.Linq;
using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>Device management: the cases that read.</summary>
public class ReadCases
{
    private const string DeviceTlv =
        "c800144f70656e204d6f62696c6520416c6c69616e6365" + "c801164c69676874776569676874204d324d20436c69656e74" +
        "c80209333435303030313233" + "830b410000" + "c40d5182428f" + "c11055";

    private const string ServerTlv = "c10001" + "c40100015180" + "c10201" + "c1030a" + "c40500015180" + "c10600" + "c10755";

    private const string DeviceId = "486f737420446576696365204944202331";
    private const string Manufacturer = "486f737420446576696365204d616e756661637475726572202331";
    private const string Model = "486f737420446576696365204d6f64656c202331";
    private const string Software = "486f73742044657669636520536f6674776172652056657273696f6e202331";

    [Test]
    public void Int_201_Querying_basic_information_in_plain_text()
    {
        Bed bed = Configuration.C1().Registered();
        bed.Exchange("CON GET /3/0/0 accept=0", "ACK 2.05 cf=0 \"Open Mobile Alliance\"");
        bed.Exchange("CON GET /3/0/1 accept=0", "ACK 2.05 cf=0 \"Lightweight M2M Client\"");
        bed.Exchange("CON GET /3/0/2 accept=0", "ACK 2.05 cf=0 \"345000123\"");
    }

    [Test]
    public void Int_203_Querying_basic_information_in_tlv()
    {
        Bed bed = Configuration.C1().Registered();
        bed.Exchange("CON GET /3/0 accept=11542", "ACK 2.05 cf=11542 hex:" + DeviceTlv);
    }

    [Test]
    public void Int_204_Querying_basic_information_in_json()
    {
        Bed bed = Configuration.C1(o => o.HighestVersion = LwM2MVersion.V10).Registered();
        bed.Exchange("CON GET /3/0 accept=11543", "ACK 2.05 cf=11543 \"{\"bn\":\"/3/0/\",\"e\":[" +
            "{\"n\":\"0\",\"sv\":\"Open Mobile Alliance\"},{\"n\":\"1\",\"sv\":\"Lightweight M2M Client\"},{\"n\":\"2\",\"sv\":\"345000123\"}," +
            "{\"n\":\"11/0\",\"v\":0},{\"n\":\"13\",\"v\":1367491215},{\"n\":\"16\",\"sv\":\"U\"}]}\"");
    }

    [Test]
    public void Int_211_Querying_basic_information_in_cbor()
    {
        Bed bed = Configuration.C1().Registered();
        bed.Exchange("CON GET /1/0/0 accept=60", "ACK 2.05 cf=60 hex:01");
        bed.Exchange("CON GET /1/0/6 accept=60", "ACK 2.05 cf=60 hex:f4");
        bed.Exchange("CON GET /1/0/7 accept=60", "ACK 2.05 cf=60 \"aU\"");
    }

    [Test]
    public void Int_221_Attempt_to_operate_on_the_security_object()
    {
        Bed bed = Configuration.C1().Registered();
        string uri = Uri(bed);
        bed.Exchange("CON GET /0", "ACK 4.01");
        bed.Exchange("CON PUT /0/0/0 cf=0 \"coap://127.0.0.9\"", "ACK 4.01");
        bed.Exchange("CON PUT /0?pmin=10", "ACK 4.01");
        Assert.That(Uri(bed), Is.EqualTo(uri));
    }

    [Test]
    public void Int_222_Read_on_an_object()
    {
        Bed bed = Configuration.C3().Registered();
        bed.Exchange("CON GET /1 accept=11542", "ACK 2.05 cf=11542 hex:08001b" + ServerTlv);
        bed.Exchange("CON GET /1 accept=112",
            "ACK 2.05 cf=112 hex:87a321652f312f302f0061300201a2006131021a00015180a20061320201a2006133020aa2006135021a00015180a200613604f4a2006137036155");
    }

    [Test]
    public void Int_223_Read_on_an_object_instance()
    {
        Bed bed = Configuration.C3().Registered();
        bed.Exchange("CON GET /1/0 accept=11542", "ACK 2.05 cf=11542 hex:" + ServerTlv);
        bed.Exchange("CON GET /1/0 accept=112",
            "ACK 2.05 cf=112 hex:87a321652f312f302f0061300201a2006131021a00015180a20061320201a2006133020aa2006135021a00015180a200613604f4a2006137036155");
    }

    [Test]
    public void Int_224_Read_on_a_resource()
    {
        Bed bed = Configuration.C3(setUp: c => c.Add(Configuration.Portfolio())).Registered();
        bed.Exchange("CON GET /1/0/1 accept=0", "ACK 2.05 cf=0 \"86400\"");
        bed.Exchange("CON GET /1/0/1 accept=11542", "ACK 2.05 cf=11542 hex:c40100015180");
        bed.Exchange("CON GET /16/0/0 accept=11542", "ACK 2.05 cf=11542 hex:88006b" +
            "480011" + DeviceId + "48011b" + Manufacturer + "480214" + Model + "48031f" + Software);
    }

    [Test]
    public void Int_225_Read_on_a_resource_instance()
    {
        Bed bed = Configuration.C3(setUp: c => c.Add(Configuration.Portfolio())).Registered();
        bed.Exchange("CON GET /16/0/0/2 accept=0", "ACK 2.05 cf=0 \"Host Device Model #1\"");
        bed.Exchange("CON GET /16/0/0/2 accept=11542", "ACK 2.05 cf=11542 hex:480214" + Model);
        bed.Exchange("CON GET /16/0/0/4 accept=0", "ACK 4.04");
    }

    [Test]
    public void Int_231_Querying_in_senml_json()
    {
        Bed bed = Configuration.C3(setUp: c => c.Add(Configuration.Portfolio())).Registered();
        bed.Exchange("CON GET /1 accept=110", "ACK 2.05 cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":1},{\"n\":\"1\",\"v\":86400}," +
            "{\"n\":\"2\",\"v\":1},{\"n\":\"3\",\"v\":10},{\"n\":\"5\",\"v\":86400},{\"n\":\"6\",\"vb\":false},{\"n\":\"7\",\"vs\":\"U\"}]\"");
        bed.Exchange("CON GET /1/0 accept=110", "ACK 2.05 cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":1},{\"n\":\"1\",\"v\":86400}," +
            "{\"n\":\"2\",\"v\":1},{\"n\":\"3\",\"v\":10},{\"n\":\"5\",\"v\":86400},{\"n\":\"6\",\"vb\":false},{\"n\":\"7\",\"vs\":\"U\"}]\"");
        bed.Exchange("CON GET /1/0/1 accept=110", "ACK 2.05 cf=110 \"[{\"bn\":\"/1/0/1\",\"v\":86400}]\"");
        bed.Exchange("CON GET /16/0/0/2 accept=110", "ACK 2.05 cf=110 \"[{\"bn\":\"/16/0/0/2\",\"vs\":\"Host Device Model #1\"}]\"");
    }

    [Test]
    public void Int_232_Querying_in_senml_cbor()
    {
        Bed bed = Configuration.C3(setUp: c => c.Add(Configuration.Portfolio())).Registered();
        bed.Exchange("CON GET /16 accept=112", "ACK 2.05 cf=112 hex:84a321662f31362f302f0063302f300371" + DeviceId +
            "a20063302f3103781b" + Manufacturer + "a20063302f320374" + Model + "a20063302f3303781f" + Software);
        bed.Exchange("CON GET /1/0 accept=112",
            "ACK 2.05 cf=112 hex:87a321652f312f302f0061300201a2006131021a00015180a20061320201a2006133020aa2006135021a00015180a200613604f4a2006137036155");
        bed.Exchange("CON GET /1/0/1 accept=112", "ACK 2.05 cf=112 hex:81a221662f312f302f31021a00015180");
        bed.Exchange("CON GET /16/0/0 accept=112", "ACK 2.05 cf=112 hex:84a321682f31362f302f302f0061300371" + DeviceId +
            "a200613103781b" + Manufacturer + "a20061320374" + Model + "a200613303781f" + Software);
        bed.Exchange("CON GET /16/0/0/2 accept=112", "ACK 2.05 cf=112 hex:81a221692f31362f302f302f320374" + Model);
    }

    [Test]
    public void Int_237_Read_without_a_format_asked_for()
    {
        Bed bed = Configuration.C3().Registered();
        string withAccept = bed.Ask("CON GET /1/0 accept=112");
        bed.Exchange("CON GET /1/0", withAccept);
        Assert.That(bed.Ask("CON GET /3"), Does.StartWith("ACK 2.05 cf=112 hex:"));
        bed.Exchange("CON GET /3/0/0", "ACK 2.05 cf=0 \"Open Mobile Alliance\"");
    }

    private static string Uri(Bed bed)
    {
        bed.Client.Security.GetString(0, SecurityResource.ServerUri, out string uri);
        return uri;
    }
}
