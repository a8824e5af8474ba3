using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Conformance;

/// <summary>Device management: Read-Composite and Write-Composite.</summary>
public class CompositeCases
{
    [Test]
    public void Int_230_Write_composite()
    {
        Bed bed = Configuration.C3(setUp: c => c.Add(Configuration.Portfolio())).Registered();
        bed.Exchange("CON IPATCH / cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"1\",\"v\":61},{\"n\":\"6\",\"vb\":true}," +
            "{\"bn\":\"/16/0/0/\",\"n\":\"0\",\"vs\":\"Host Device ID #2\"},{\"n\":\"1\",\"vs\":\"Host Device Manufacturer #2\"}," +
            "{\"n\":\"2\",\"vs\":\"Host Device Model #2\"},{\"n\":\"3\",\"vs\":\"Host Device Software Version #2\"}]\"", "ACK 2.04");
        bed.Expect("CON POST /rd/5a3f?lt=61", "ACK 2.04");
        bed.ExpectSilence();
        bed.Exchange("CON GET /1/0 accept=11542", "ACK 2.05 cf=11542 hex:c10001c1013dc10201c1030ac40500015180c10601c10755");
        bed.Exchange("CON GET /16/0/0 accept=110", "ACK 2.05 cf=110 \"[{\"bn\":\"/16/0/0/\",\"n\":\"0\",\"vs\":\"Host Device ID #2\"}," +
            "{\"n\":\"1\",\"vs\":\"Host Device Manufacturer #2\"},{\"n\":\"2\",\"vs\":\"Host Device Model #2\"},{\"n\":\"3\",\"vs\":\"Host Device Software Version #2\"}]\"");
    }

    [Test]
    public void Int_235_Read_composite_on_the_root_path()
    {
        Bed bed = Configuration.C3().Registered();
        // All that servers may see: objects 1 and 3, nothing of object 0.
        bed.Exchange("CON FETCH / cf=110 accept=110 \"[{\"n\":\"/\"}]\"", "ACK 2.05 cf=110 \"[" +
            "{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":1},{\"n\":\"1\",\"v\":86400},{\"n\":\"2\",\"v\":1},{\"n\":\"3\",\"v\":10},{\"n\":\"5\",\"v\":86400}," +
            "{\"n\":\"6\",\"vb\":false},{\"n\":\"7\",\"vs\":\"U\"}," +
            "{\"bn\":\"/3/0/\",\"n\":\"0\",\"vs\":\"Open Mobile Alliance\"},{\"n\":\"1\",\"vs\":\"Lightweight M2M Client\"},{\"n\":\"2\",\"vs\":\"345000123\"}," +
            "{\"n\":\"11/0\",\"v\":0},{\"n\":\"13\",\"v\":1367491215},{\"n\":\"16\",\"vs\":\"U\"}]\"");
    }

    [Test]
    public void Int_236_Read_composite_of_what_is_there_in_part()
    {
        Bed bed = Configuration.C3().Registered();
        bed.Exchange("CON FETCH / cf=110 accept=110 \"[{\"n\":\"/3/0/0\"},{\"n\":\"/3/0/9\"},{\"n\":\"/4/0/0\"},{\"n\":\"/1/7\"},{\"n\":\"/1/0/1\"}]\"",
            "ACK 2.05 cf=110 \"[{\"bn\":\"/3/0/\",\"n\":\"0\",\"vs\":\"Open Mobile Alliance\"},{\"bn\":\"/1/0/\",\"n\":\"1\",\"v\":86400}]\"");
    }

    [Test]
    public void Int_257_Write_composite_on_the_server_and_device_objects()
    {
        Bed bed = Configuration.C3().Registered();
        bed.Exchange("CON IPATCH / cf=112 hex:83A321612F0065312F302F32021865A20065312F302F3604F5A20066332F302F31330200", "ACK 2.04");
        bed.Exchange("CON GET /1/0/2 accept=0", "ACK 2.05 cf=0 \"101\"");
        bed.Exchange("CON GET /1/0/6 accept=0", "ACK 2.05 cf=0 \"1\"");
        bed.Exchange("CON GET /3/0/13 accept=0", "ACK 2.05 cf=0 \"0\"");
    }

    [Test]
    public void Int_280_Successful_read_composite()
    {
        Bed bed = Configuration.C3().Registered();
        bed.Exchange("CON FETCH / cf=110 accept=110 \"[{\"n\":\"/3/0/16\"},{\"n\":\"/3/0/11/0\"},{\"n\":\"/1/0\"}]\"",
            "ACK 2.05 cf=110 \"[{\"bn\":\"/3/0/\",\"n\":\"16\",\"vs\":\"U\"},{\"n\":\"11/0\",\"v\":0}," + Server + "]\"");
    }

    [Test]
    public void Int_281_Partially_successful_read_composite()
    {
        Bed bed = Configuration.C3().Registered();
        bed.Exchange("CON FETCH / cf=110 accept=110 \"[{\"n\":\"/3/0/16\"},{\"n\":\"/3/0/11/0\"},{\"n\":\"/1/0/8\"},{\"n\":\"/1/0\"}]\"",
            "ACK 2.05 cf=110 \"[{\"bn\":\"/3/0/\",\"n\":\"16\",\"vs\":\"U\"},{\"n\":\"11/0\",\"v\":0}," + Server + "]\"");
    }

    private const string Server = "{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":1},{\"n\":\"1\",\"v\":86400},{\"n\":\"2\",\"v\":1},{\"n\":\"3\",\"v\":10}," +
        "{\"n\":\"5\",\"v\":86400},{\"n\":\"6\",\"vb\":false},{\"n\":\"7\",\"vs\":\"U\"}";
}
