using Lwm2m.Client;
using Lwm2m.Client.Tests.Engine;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Objects;

public class MonitoringTests
{
    private static Bed With(ConnectivityMonitoringObject monitoring) =>
        new Bed(setUp: client => client.Add(monitoring)).Registered();

    [Test]
    public void Mandatory_resources_are_there_from_the_start_and_addresses_are_empty()
    {
        Bed bed = With(new ConnectivityMonitoringObject());
        Assert.That(bed.Ask("CON GET /4/0 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:"
            + "c10007" // Network Bearer: NB-IoT
            + "8301" + "410007" // Available Network Bearer, instance 0
            + "c202ff73" // Radio Signal Strength: -141
            + "8004")); // IP Addresses: none
    }

    [Test]
    public void What_the_modem_tells_is_read_in_TLV()
    {
        var monitoring = new ConnectivityMonitoringObject(signalDbm: -97);
        monitoring.SetLinkQuality(-11);
        monitoring.SetAddresses("192.0.2.7", "2001:db8::1");
        monitoring.SetApns("iot");
        monitoring.SetCell(0x1A2B3C4, 0x1234);
        monitoring.SetNetwork(262, 1);
        monitoring.SetCoverageLevel(1);
        Bed bed = With(monitoring);
        Assert.That(bed.Ask("CON GET /4/0 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:"
            + "c10007" + "8301" + "410007" + "c1029f" + "c103f5"
            + "88041a" + "480009" + "3139322e302e322e37" + "48010b" + "323030313a6462383a3a31"
            + "8507" + "4300" + "696f74"
            + "c408" + "01a2b3c4" + "c10901" + "c20a0106" + "c20c1234" + "c10d01"));
    }

    [Test]
    public void Signal_and_available_bearers_are_read_in_SenML_CBOR()
    {
        var monitoring = new ConnectivityMonitoringObject(signalDbm: -97);
        monitoring.SetBearer(NetworkBearer.LteFdd);
        monitoring.SetBearer(NetworkBearer.NbIot);
        Bed bed = With(monitoring);
        // [{-2: "/4/0/2", 2: -97}]
        Assert.That(bed.Ask("CON GET /4/0/2 accept=112"), Is.EqualTo("ACK 2.05 cf=112 hex:81a221662f342f302f32023860"));
        // [{-2: "/4/0/1/", 0: "0", 2: 7}, {0: "1", 2: 6}]: back to a bearer that is known adds none.
        Assert.That(bed.Ask("CON GET /4/0/1 accept=112"), Is.EqualTo("ACK 2.05 cf=112 hex:82a321672f342f302f312f006130" + "0207" + "a2006131" + "0206"));
    }

    [Test]
    public void Observation_of_the_signal_fires_on_a_change_and_only_then()
    {
        var monitoring = new ConnectivityMonitoringObject(signalDbm: -97);
        Bed bed = With(monitoring);
        Assert.That(bed.Ask("CON GET /4/0/2 observe=0 token=77"), Does.StartWith("ACK 2.05 observe="));
        monitoring.SetSignal(-97);
        bed.AdvanceSeconds(5);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        monitoring.SetSignal(-104);
        bed.AdvanceSeconds(5);
        Assert.That(bed.Next(), Does.StartWith("NON 2.05 observe=").And.EndsWith("\"-104\""));
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void A_shorter_list_of_addresses_takes_the_rest_away()
    {
        var monitoring = new ConnectivityMonitoringObject();
        Bed bed = With(monitoring);
        monitoring.SetAddresses("192.0.2.7", "192.0.2.8", "192.0.2.9");
        monitoring.SetAddresses("192.0.2.8");
        Assert.That(monitoring.CountInstances(0, ConnectivityMonitoringResource.IPAddresses), Is.EqualTo(1));
        Assert.That(bed.Ask("CON GET /4/0/4/0"), Is.EqualTo("ACK 2.05 cf=0 \"192.0.2.8\""));
        monitoring.SetAddresses();
        Assert.That(bed.Ask("CON GET /4/0/4 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:8004"));
    }

    [Test]
    public void Cell_and_network_vanish_with_the_coverage()
    {
        var monitoring = new ConnectivityMonitoringObject();
        monitoring.SetCell(17, 5);
        monitoring.SetNetwork(262, 1);
        monitoring.SetCell(-1, -1);
        monitoring.SetNetwork(-1, -1);
        Bed bed = With(monitoring);
        foreach (int resource in new[] { 8, 9, 10, 12 })
            Assert.That(bed.Ask("CON GET /4/0/" + resource), Is.EqualTo("ACK 4.04"));
    }

    [Test]
    public void Values_that_version_1_0_lacks_are_passed_over()
    {
        var monitoring = new ConnectivityMonitoringObject(NetworkBearer.Gsm, -80, LwM2MVersion.V10);
        Assert.DoesNotThrow(() =>
        {
            monitoring.SetCell(17, 5);
            monitoring.SetCoverageLevel(2);
        });
        Bed bed = With(monitoring);
        Assert.That(bed.Ask("CON GET /4/0/8"), Is.EqualTo("ACK 2.05 cf=0 \"17\""));
        Assert.That(bed.Ask("CON GET /4/0/12"), Is.EqualTo("ACK 4.04"));
    }

    [TestCase(7, NetworkBearer.LteFdd)]
    [TestCase(9, NetworkBearer.NbIot)]
    [TestCase(0, NetworkBearer.Gsm)]
    [TestCase(2, NetworkBearer.Wcdma)]
    [TestCase(11, NetworkBearer.NrFdd)]
    [TestCase(99, -1)]
    public void Access_technologies_are_bearers(int accessTechnology, int bearer) =>
        Assert.That(NetworkBearer.Of(accessTechnology), Is.EqualTo(bearer));
}
