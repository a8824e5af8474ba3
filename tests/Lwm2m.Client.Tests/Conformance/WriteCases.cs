using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>Device management: the cases that write.</summary>
public class WriteCases
{
    // The values of C.3, as a replacing Write restores them.
    private const string RestoreTlv = "c40100015180" + "c10201" + "c1030a" + "c40500015180" + "c10600" + "c10755";

    [Test]
    public void Int_205_Setting_basic_information_in_plain_text()
    {
        Bed bed = Configuration.C3().Registered();
        WriteAndReadBack(bed, "/1/0/2", "101");
        WriteAndReadBack(bed, "/1/0/3", "1010");
        WriteAndReadBack(bed, "/1/0/5", "2000");
        WriteAndReadBack(bed, "/1/0/2", "1");
        WriteAndReadBack(bed, "/1/0/3", "10");
        WriteAndReadBack(bed, "/1/0/5", "86400");
        bed.ExpectSilence();
    }

    [Test]
    public void Int_212_Setting_basic_information_in_cbor()
    {
        Bed bed = Configuration.C3().Registered();
        bed.Exchange("CON PUT /1/0/2 cf=60 hex:1865", "ACK 2.04");
        bed.Exchange("CON PUT /1/0/3 cf=60 hex:1903f2", "ACK 2.04");
        bed.Exchange("CON PUT /1/0/6 cf=60 hex:f5", "ACK 2.04");
        bed.Exchange("CON GET /1/0/2 accept=60", "ACK 2.05 cf=60 hex:1865");
        bed.Exchange("CON GET /1/0/3 accept=60", "ACK 2.05 cf=60 hex:1903f2");
        bed.Exchange("CON GET /1/0/6 accept=60", "ACK 2.05 cf=60 hex:f5");
    }

    [Test]
    public void Int_215_Setting_basic_information_in_tlv()
    {
        Bed bed = Configuration.C3().Registered();
        bed.Exchange("CON POST /1/0 cf=11542 hex:C10265C20303F2C20507D0C10601C10755", "ACK 2.04");
        bed.Expect("CON POST /rd/5a3f?b=U", "ACK 2.04");
        bed.Exchange("CON GET /1/0 accept=11542", "ACK 2.05 cf=11542 hex:c10001c40100015180c10265c20303f2c20507d0c10601c10755");
        bed.Exchange("CON PUT /1/0 cf=11542 hex:" + RestoreTlv, "ACK 2.04");
        bed.Expect("CON POST /rd/5a3f?lt=86400&b=U", "ACK 2.04");
        bed.Exchange("CON GET /1/0 accept=11542", "ACK 2.05 cf=11542 hex:c10001" + RestoreTlv);
    }

    [Test]
    public void Int_220_Setting_basic_information_in_json()
    {
        Bed bed = Configuration.C3(o => o.HighestVersion = LwM2MVersion.V10).Registered();
        bed.Exchange("CON POST /1/0 cf=11543 \"{\"bn\":\"/1/0/\",\"e\":[{\"n\":\"2\",\"v\":101},{\"n\":\"3\",\"v\":1010},{\"n\":\"5\",\"v\":2000}," +
            "{\"n\":\"6\",\"bv\":true},{\"n\":\"7\",\"sv\":\"U\"}]}\"", "ACK 2.04");
        bed.Expect("CON POST /rd/5a3f?b=U", "ACK 2.04");
        bed.Exchange("CON GET /1/0 accept=11542", "ACK 2.05 cf=11542 hex:c10001c40100015180c10265c20303f2c20507d0c10601c10755");
        bed.Exchange("CON PUT /1/0 cf=11543 \"{\"bn\":\"/1/0/\",\"e\":[{\"n\":\"1\",\"v\":86400},{\"n\":\"2\",\"v\":1},{\"n\":\"3\",\"v\":10}," +
            "{\"n\":\"5\",\"v\":86400},{\"n\":\"6\",\"bv\":false},{\"n\":\"7\",\"sv\":\"U\"}]}\"", "ACK 2.04");
        bed.Expect("CON POST /rd/5a3f?lt=86400&b=U", "ACK 2.04");
        bed.Exchange("CON GET /1/0 accept=11542", "ACK 2.05 cf=11542 hex:c10001" + RestoreTlv);
    }

    [Test]
    public void Int_226_Write_partial_update_on_an_object_instance()
    {
        Bed bed = Configuration.C3().Registered();
        bed.Exchange("CON POST /1/0 cf=11542 hex:C1013DC10601", "ACK 2.04");
        bed.Expect("CON POST /rd/5a3f?lt=61", "ACK 2.04");
        bed.ExpectSilence();
        bed.Exchange("CON GET /1/0 accept=11542", "ACK 2.05 cf=11542 hex:c10001c1013dc10201c1030ac40500015180c10601c10755");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "written /1/0/1", "written /1/0/6", "updated 1" }));
    }

    [Test]
    public void Int_227_Write_replace_on_a_resource()
    {
        Bed bed = Configuration.C3().Registered();
        bed.Exchange("CON PUT /1/0/1 cf=0 \"63\"", "ACK 2.04");
        bed.Expect("CON POST /rd/5a3f?lt=63", "ACK 2.04");
        bed.ExpectSilence();
        bed.Exchange("CON GET /1/0 accept=11542", "ACK 2.05 cf=11542 hex:c10001c1013fc10201c1030ac40500015180c10600c10755");
    }

    [Test]
    public void Int_228_Write_on_a_resource_instance()
    {
        Bed bed = Configuration.C3(setUp: c => c.Add(Configuration.Portfolio())).Registered();
        bed.Exchange("CON PUT /16/0/0/2 cf=0 \"Host Device Model #2\"", "ACK 2.04");
        bed.Exchange("CON GET /16/0/0/2 accept=0", "ACK 2.05 cf=0 \"Host Device Model #2\"");
        bed.Exchange("CON GET /16/0/0 accept=110", "ACK 2.05 cf=110 \"[{\"bn\":\"/16/0/0/\",\"n\":\"0\",\"vs\":\"Host Device ID #1\"}," +
            "{\"n\":\"1\",\"vs\":\"Host Device Manufacturer #1\"},{\"n\":\"2\",\"vs\":\"Host Device Model #2\"},{\"n\":\"3\",\"vs\":\"Host Device Software Version #1\"}]\"");
    }

    [Test]
    public void Int_233_Setting_basic_information_in_senml_cbor()
    {
        Bed bed = Configuration.C3(setUp: c => c.Add(Configuration.Portfolio())).Registered();
        bed.Exchange("CON POST /1/0 cf=112 hex:83a321652f312f302f006132021865a2006133021903f2a200613604f5", "ACK 2.04");
        bed.Exchange("CON PUT /1/0/5 cf=112 hex:81a221662f312f302f3502183f", "ACK 2.04");
        bed.Exchange("CON PUT /16/0/0/2 cf=112 hex:81a221692f31362f302f302f320374486f737420446576696365204d6f64656c202332", "ACK 2.04");
        bed.Exchange("CON GET /1/0 accept=11542", "ACK 2.05 cf=11542 hex:c10001c40100015180c10265c20303f2c1053fc10601c10755");
        bed.Exchange("CON GET /16/0/0/2 accept=0", "ACK 2.05 cf=0 \"Host Device Model #2\"");
    }

    [Test]
    public void Int_234_Setting_basic_information_in_senml_json()
    {
        Bed bed = Configuration.C3(setUp: c => c.Add(Configuration.Portfolio())).Registered();
        bed.Exchange("CON POST /1/0 cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"2\",\"v\":101},{\"n\":\"3\",\"v\":1010},{\"n\":\"6\",\"vb\":true}]\"", "ACK 2.04");
        bed.Exchange("CON PUT /1/0/5 cf=110 \"[{\"n\":\"/1/0/5\",\"v\":63}]\"", "ACK 2.04");
        bed.Exchange("CON PUT /16/0/0/2 cf=110 \"[{\"n\":\"/16/0/0/2\",\"vs\":\"Host Device Model #2\"}]\"", "ACK 2.04");
        bed.Exchange("CON GET /1/0 accept=11542", "ACK 2.05 cf=11542 hex:c10001c40100015180c10265c20303f2c1053fc10601c10755");
        bed.Exchange("CON GET /16/0/0/2 accept=0", "ACK 2.05 cf=0 \"Host Device Model #2\"");
    }

    [Test]
    public void Int_256_Write_operation_failure()
    {
        Bed bed = Configuration.C1().Registered();
        bed.Exchange("CON GET /1/0/0 accept=0", "ACK 2.05 cf=0 \"1\"");
        bed.Exchange("CON PUT /1/0/0 cf=0 \"2\"", "ACK 4.05");
        bed.Exchange("CON GET /1/0/0 accept=0", "ACK 2.05 cf=0 \"1\"");
        bed.ExpectSilence();
    }

    private static void WriteAndReadBack(Bed bed, string path, string value)
    {
        bed.Exchange($"CON PUT {path} cf=0 \"{value}\"", "ACK 2.04");
        bed.Exchange($"CON GET {path} accept=0", $"ACK 2.05 cf=0 \"{value}\"");
    }
}
