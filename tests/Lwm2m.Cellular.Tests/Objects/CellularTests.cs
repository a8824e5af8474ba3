using Lwm2m.Client.Tests.Engine;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Objects;

public class CellularTests
{
    private readonly RecordingSettings _settings = new();
    private CellularObject _cellular = null!;
    private Bed _bed = null!;

    [SetUp]
    public void SetUp()
    {
        _settings.Lines.Clear();
        _cellular = new CellularObject { Settings = _settings };
        _bed = new Bed(setUp: client => client.Add(_cellular)).Registered();
    }

    [Test]
    public void Timers_that_a_server_writes_are_a_wish_and_what_the_network_grants_takes_their_place()
    {
        // 4: 86400, 5: 60
        Assert.That(_bed.Ask("CON POST /10/0 cf=11542 hex:c40400015180c1053c"), Is.EqualTo("ACK 2.04"));
        Assert.That(_settings.Lines, Is.EqualTo(new[] { "/10/0/4", "/10/0/5" }));
        _settings.Lines.Clear();
        _cellular.GrantPsm(36000, 20);
        Assert.That(_settings.Lines, Is.Empty, "what the network says asks for nothing");
        Assert.That(_bed.Ask("CON GET /10/0/4"), Is.EqualTo("ACK 2.05 cf=0 \"36000\""));
        Assert.That(_bed.Ask("CON GET /10/0/5"), Is.EqualTo("ACK 2.05 cf=0 \"20\""));
        Assert.That(_bed.Ask("CON GET /10/0/13"), Is.EqualTo("ACK 2.05 cf=0 \"1\""));
        _cellular.GrantPsm(-1, -1);
        Assert.That(_bed.Ask("CON GET /10/0/13"), Is.EqualTo("ACK 2.05 cf=0 \"0\""));
        Assert.That(_bed.Ask("CON GET /10/0/4"), Is.EqualTo("ACK 2.05 cf=0 \"36000\""));
    }

    [Test]
    public void Granted_timers_are_notified()
    {
        Assert.That(_bed.Ask("CON GET /10/0/5 observe=0 token=77"), Is.EqualTo("ACK 4.04"));
        _cellular.GrantPsm(36000, 20);
        Assert.That(_bed.Ask("CON GET /10/0/5 observe=0 token=77"), Does.EndWith("\"20\""));
        _cellular.GrantPsm(36000, 4);
        _bed.AdvanceSeconds(1);
        Assert.That(_bed.Next(), Does.StartWith("NON 2.05 observe=").And.EndsWith("\"4\""));
    }

    [Test]
    public void Edrx_is_one_octet_for_each_kind_of_network()
    {
        Assert.That(_bed.Ask("CON PUT /10/0/9 cf=42 hex:12"), Is.EqualTo("ACK 2.04"));
        Assert.That(_settings.Lines, Is.EqualTo(new[] { "/10/0/9" }));
        Assert.That(_bed.Ask("CON PUT /10/0/9 cf=42 hex:1234"), Does.StartWith("ACK 4.00"));
        _cellular.GrantEdrx(5, 0x35);
        Assert.That(_bed.Ask("CON GET /10/0/9 accept=42"), Is.EqualTo("ACK 2.05 cf=42 \"5\""));
        Assert.That(_bed.Ask("CON GET /10/0/13"), Is.EqualTo("ACK 2.05 cf=0 \"2\""));
        _cellular.GrantEdrx(0, 0);
        Assert.That(_bed.Ask("CON GET /10/0/13"), Is.EqualTo("ACK 2.05 cf=0 \"0\""));
    }

    [Test]
    public void A_power_saving_mode_that_the_modem_lacks_is_refused_and_nothing_of_that_write_is_kept()
    {
        // 4: 60, 13: 4
        Assert.That(_bed.Ask("CON POST /10/0 cf=11542 hex:c1043cc10d04"), Does.StartWith("ACK 4.00"));
        Assert.That(_bed.Ask("CON GET /10/0/4"), Is.EqualTo("ACK 4.04"));
        Assert.That(_settings.Lines, Is.Empty);
    }

    [Test]
    public void Activated_profiles_are_links()
    {
        _cellular.SetActivated(1, true);
        // [{-2: "/10/0/11/", 0: "1", "vlo": "11:1"}]
        Assert.That(_bed.Ask("CON GET /10/0/11 accept=112"), Does.EndWith("2f31302f302f31312f" + "006131" + "63766c6f" + "6431313a31"));
        _cellular.SetActivated(1, false);
        Assert.That(_bed.Ask("CON GET /10/0/11 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:800b"));
    }

    [Test]
    public void A_silenced_radio_is_told_and_back_at_zero_when_it_is_on_again()
    {
        Assert.That(_bed.Ask("CON PUT /10/0/1 cf=0 \"65536\""), Does.StartWith("ACK 4.00"));
        Assert.That(_bed.Ask("CON PUT /10/0/1 cf=0 \"30\""), Is.EqualTo("ACK 2.04"));
        Assert.That(_settings.Lines, Is.EqualTo(new[] { "/10/0/1" }));
        _cellular.RadioEnabled();
        Assert.That(_bed.Ask("CON GET /10/0/1"), Is.EqualTo("ACK 2.05 cf=0 \"0\""));
        Assert.That(_settings.Lines, Has.Count.EqualTo(1));
    }
}
