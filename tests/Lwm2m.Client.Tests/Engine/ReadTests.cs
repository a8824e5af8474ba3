using NUnit.Framework;

namespace Lwm2m.Client.Tests.Engine;

public class ReadTests
{
    private static Bed Device() => new Bed(setUp: c => c.Add(new DeviceObject("Open Mobile Alliance", "Lightweight M2M Client", "345000123", "1.0"))).Registered();

    [Test]
    public void Security_object_is_closed_to_every_operation()
    {
        Bed bed = Device();
        foreach (string request in new[] { "GET /0", "GET /0/0", "GET /0/0/0", "PUT /0/0/0 cf=0 \"x\"", "PUT /0?pmin=1", "POST /0", "DELETE /0/0", "POST /0/0/1", "GET /21", "GET /23/0" })
            Assert.That(bed.Ask("CON " + request), Is.EqualTo("ACK 4.01"), request);
    }

    [Test]
    public void Read_without_accept_uses_the_clients_own_format()
    {
        Bed bed = Device();
        Assert.That(bed.Ask("CON GET /3/0/0"), Does.StartWith("ACK 2.05 cf=0 "));
        Assert.That(bed.Ask("CON GET /3/0"), Does.StartWith("ACK 2.05 cf=112 "));
    }

    [TestCase("GET /9", "4.04")]
    [TestCase("GET /3/1", "4.04")]
    [TestCase("GET /3/0/99", "4.04")]
    [TestCase("GET /3/0/4", "4.05")]
    [TestCase("GET /3/0/0/0", "4.05")]
    [TestCase("GET /3/0/0/0/0", "4.05")]
    [TestCase("GET /", "4.05")]
    [TestCase("GET /70000", "4.05")]
    [TestCase("GET /65535", "4.05")]
    [TestCase("GET /3/x", "4.04")]
    [TestCase("GET /.well-known/core", "4.04")]
    [TestCase("GET /3/0/0 accept=9999", "4.06")]
    [TestCase("GET /3/0/0 accept=42", "4.06")]
    [TestCase("GET /3/0 accept=0", "4.06")]
    [TestCase("GET /3/0 accept=1542", "4.06")]
    [TestCase("GET /3/0/0 accept=1541", "4.06")]
    [TestCase("GET /3/0 accept=320", "4.06")]
    [TestCase("GET /3/0/0 accept=11543", "4.06")]
    [TestCase("PUT /3/0/0 cf=0 \"x\"", "4.05")]
    [TestCase("DELETE /3/0", "4.05")]
    [TestCase("POST /3", "4.05")]
    [TestCase("DELETE /3", "4.05")]
    [TestCase("POST /3/0/0", "4.05")]
    [TestCase("PATCH /3/0/0", "4.05")]
    public void Errors_of_the_device_object(string request, string code)
    {
        Assert.That(Device().Ask("CON " + request), Does.StartWith("ACK " + code));
    }

    [Test]
    public void Oma_json_is_sent_in_a_1_0_registration_only()
    {
        Bed bed = new Bed(o => o.HighestVersion = LwM2MVersion.V10).Registered();
        Assert.That(bed.Ask("CON GET /1/0/0 accept=11543"), Does.StartWith("ACK 2.05 cf=11543 \"{"));
        Assert.That(bed.Ask("CON GET /1/0"), Does.StartWith("ACK 2.05 cf=11542"));
    }

    [TestCase("/03/0/0")]
    [TestCase("/3/00/0")]
    [TestCase("/3/0/00")]
    [TestCase("/3//0")]
    [TestCase("/3/0/x")]
    public void An_id_has_one_way_to_be_written(string path) => Assert.That(Device().Ask("CON GET " + path), Is.EqualTo("ACK 4.04"));

    [Test]
    public void A_path_with_a_trailing_slash_is_the_level_above()
    {
        Assert.That(Device().Ask("CON GET /3/0/ accept=11542"), Does.StartWith("ACK 2.05 cf=11542"));
    }
}
