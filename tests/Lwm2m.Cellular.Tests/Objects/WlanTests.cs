using Lwm2m.Client.Tests.Engine;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Objects;

public class WlanTests
{
    private RecordingWlan _driver = null!;
    private WlanObject _wlan = null!;
    private Bed _bed = null!;

    [SetUp]
    public void SetUp()
    {
        _driver = new RecordingWlan();
        _wlan = new WlanObject(_driver, "home");
        _bed = new Bed(setUp: client => client.Add(_wlan)).Registered();
    }

    [Test]
    public void All_that_is_mandatory_can_be_read()
    {
        Assert.That(_driver.Applied, Is.Empty);
        Assert.That(_bed.Ask("CON GET /12/0 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:"
            + "c500" + "776c616e30" + "c10100" + "c10300" + "c8040c" + "303230303030414243444546" + "c405" + "686f6d65"
            + "c10801" + "c10900" + "c10e04" + "c10f00"));
    }

    [Test]
    public void What_a_server_writes_reaches_the_driver()
    {
        // 1: true, 5: "lab", 15: 1, 18: "password"
        Assert.That(_bed.Ask("CON POST /12/0 cf=11542 hex:c10101c3056c6162c10f01c8120870617373776f7264"), Is.EqualTo("ACK 2.04"));
        Assert.That(_driver.Applied[^1], Is.EqualTo("on lab password"));
        Assert.That(_bed.Ask("CON GET /12/0/18"), Is.EqualTo("ACK 4.05"));
    }

    [Test]
    public void What_the_driver_cannot_do_is_refused_and_nothing_of_that_write_happens()
    {
        // 5: "lab", 8: access point
        Assert.That(_bed.Ask("CON POST /12/0 cf=11542 hex:c3056c6162c10800"), Is.EqualTo("ACK 5.01"));
        Assert.That(_driver.Applied, Is.Empty);
        Assert.That(_wlan.Ssid, Is.EqualTo("home"));
    }

    [Test]
    public void Keys_have_their_lengths()
    {
        Assert.That(_bed.Ask("CON PUT /12/0/17 cf=0 \"abc\""), Does.StartWith("ACK 4.00"));
        Assert.That(_bed.Ask("CON PUT /12/0/5 cf=0 \"123456789012345678901234567890123\""), Does.StartWith("ACK 4.00"));
        Assert.That(_bed.Ask("CON PUT /12/0/17 cf=0 \"" + new string('a', 64) + "\""), Is.EqualTo("ACK 2.04"));
        Assert.That(_wlan.Key, Has.Length.EqualTo(64));
    }

    [Test]
    public void Status_is_notified_and_the_signal_told_to_monitoring()
    {
        Assert.That(_bed.Ask("CON GET /12/0/3 observe=0 token=77"), Does.EndWith("\"0\""));
        _wlan.Join("lab", "password");
        Assert.That(_driver.Applied, Is.EqualTo(new[] { "on lab password" }));
        _driver.Status = 1;
        var monitoring = new ConnectivityMonitoringObject();
        _wlan.Refresh(monitoring);
        _bed.AdvanceSeconds(1);
        Assert.That(_bed.Next(), Does.StartWith("NON 2.05 observe=").And.EndsWith("\"1\""));
        Assert.That(monitoring.GetInteger(0, ConnectivityMonitoringResource.RadioSignalStrength, out long signal), Is.EqualTo(Client.Outcome.Ok));
        Assert.That(signal, Is.EqualTo(-60));
        Assert.That(_driver.Applied, Has.Count.EqualTo(1), "what the driver tells is not handed back to it");
    }

    [Test]
    public void Servers_can_neither_create_nor_delete_the_interface()
    {
        Assert.That(_bed.Ask("CON DELETE /12/0"), Is.EqualTo("ACK 4.05"));
        Assert.That(_bed.Ask("CON POST /12 cf=11542 hex:c3056c6162"), Is.EqualTo("ACK 4.05"));
    }
}
