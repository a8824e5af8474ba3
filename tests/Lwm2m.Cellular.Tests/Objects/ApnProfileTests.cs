using Lwm2m.Client.Tests.Engine;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Objects;

public class ApnProfileTests
{
    private readonly RecordingSettings _settings = new();
    private ApnProfileObject _profiles = null!;
    private Bed _bed = null!;

    [SetUp]
    public void SetUp()
    {
        _profiles = new ApnProfileObject();
        Assert.That(_profiles.AddProfile("sensors", "iot.nidd", ApnProfileObject.NonIP), Is.Zero);
        _settings.Lines.Clear();
        _profiles.Settings = _settings;
        _bed = new Bed(setUp: client => client.Add(_profiles)).Registered();
    }

    [Test]
    public void A_profile_is_read_in_TLV() =>
        Assert.That(_bed.Ask("CON GET /11/0 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:"
            + "c700" + "73656e736f7273" + "c80108" + "696f742e6e696464" + "c10403" + "c11800"));

    [Test]
    public void A_server_creates_changes_and_deletes_a_profile()
    {
        // 0: "web", 1: "net", 4: 2, 5: "u", 6: "pw"
        Assert.That(_bed.Ask("CON POST /11 cf=11542 hex:0801" + "14" + "c300776562" + "c3016e6574" + "c10402" + "c10575" + "c2067077"), Is.EqualTo("ACK 2.01 location=11/1"));
        Assert.That(_settings.Lines, Is.EqualTo(new[] { "/11/1/0", "/11/1/1", "/11/1/4", "/11/1/5", "/11/1/6" }));
        Assert.That(_bed.Next(), Does.StartWith("CON POST /rd/5a3f").And.Contains("</11/1>"));
        Assert.That(_profiles.IsEnabled(1), Is.True);
        Assert.That(_bed.Ask("CON PUT /11/1/3 cf=0 \"0\""), Is.EqualTo("ACK 2.04"));
        Assert.That(_profiles.IsEnabled(1), Is.False);
        _settings.Lines.Clear();
        Assert.That(_bed.Ask("CON DELETE /11/1"), Is.EqualTo("ACK 2.02"));
        Assert.That(_settings.Lines, Is.EqualTo(new[] { "/11/1/-1" }));
        Assert.That(_profiles.IsEnabled(1), Is.False);
    }

    [Test]
    public void A_secret_can_be_written_and_not_be_read()
    {
        Assert.That(_bed.Ask("CON PUT /11/0/6 cf=0 \"pw\""), Is.EqualTo("ACK 2.04"));
        Assert.That(_bed.Ask("CON GET /11/0/6"), Is.EqualTo("ACK 4.05"));
        Assert.That(_bed.Ask("CON GET /11/0 accept=11542"), Does.Not.Contain("7077"));
        Assert.That(_profiles.GetString(0, ApnProfileResource.Secret, out string secret), Is.EqualTo(Client.Outcome.Ok));
        Assert.That(secret, Is.EqualTo("pw"));
    }

    [TestCase(4, "4")]
    [TestCase(24, "-1")]
    [TestCase(27, "5")]
    public void A_choice_out_of_its_list_is_refused(int resource, string value) =>
        Assert.That(_bed.Ask($"CON PUT /11/0/{resource} cf=0 \"{value}\""), Does.StartWith("ACK 4.00"));

    [Test]
    public void Rate_control_is_told_and_asks_for_nothing()
    {
        _profiles.SetRateControl(0, 100, 2);
        _profiles.SetExceptionRateControl(0, 10, 3);
        Assert.That(_bed.Ask("CON GET /11/0 accept=11542"), Does.EndWith("c11800" + "c11964" + "c11b02" + "c11c0a" + "c11d03"));
        Assert.That(_settings.Lines, Is.Empty);
        _profiles.SetRateControl(0, -1, 0);
        Assert.That(_bed.Ask("CON GET /11/0/25"), Is.EqualTo("ACK 4.04"));
    }

    [Test]
    public void The_last_four_attempts_to_connect_are_remembered()
    {
        for (int attempt = 0; attempt < 7; attempt++)
            _profiles.AddAttempt(0, 1_700_000_000 + attempt, attempt == 5 ? 27 : -1);
        _profiles.EndConnection(0, 1_700_000_100);
        Assert.That(_bed.Ask("CON GET /11/0/9 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:"
            + "880918" + "44036553f103" + "44046553f104" + "44056553f105" + "44066553f106"));
        Assert.That(_bed.Ask("CON GET /11/0/10 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:" + "880a0c" + "410300" + "410400" + "410501" + "410600"));
        Assert.That(_bed.Ask("CON GET /11/0/11 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:" + "830b" + "41051b"));
        Assert.That(_bed.Ask("CON GET /11/0/12 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:" + "860c" + "44066553f164"));
    }
}
