using Lwm2m.Client.Tests.Engine;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Objects;

public class BearerSelectionTests
{
    private readonly RecordingSettings _settings = new();
    private BearerSelectionObject _selection = null!;
    private Bed _bed = null!;

    [SetUp]
    public void SetUp()
    {
        _settings.Lines.Clear();
        _selection = new BearerSelectionObject { Settings = _settings };
        _bed = new Bed(setUp: client => client.Add(_selection)).Registered();
    }

    [Test]
    public void Bearers_and_operators_are_written_and_read_back()
    {
        // 0: [14, 4], 6: "26201", 7: true
        const string Preferences = "8600" + "41000e" + "410104" + "c506" + "3236323031" + "c10701";
        Assert.That(_selection.PreferredBearer, Is.Zero);
        Assert.That(_bed.Ask("CON POST /13/0 cf=11542 hex:" + Preferences), Is.EqualTo("ACK 2.04"));
        Assert.That(_bed.Ask("CON GET /13/0 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:" + Preferences));
        Assert.That(_selection.PreferredBearer, Is.EqualTo(14));
        Assert.That(_selection.Operators, Is.EqualTo("26201"));
        Assert.That(_selection.AllowsOnlyOperators, Is.True);
        Assert.That(_settings.Lines, Has.Member("/13/0/0").And.Member("/13/0/6").And.Member("/13/0/7"));
    }

    [Test]
    public void Results_of_a_search_are_read_in_SenML_CBOR_and_ask_for_nothing()
    {
        _selection.SetAvailablePlmns("26201,26202");
        // [{-2: "/13/0/8", 3: "26201,26202"}]
        Assert.That(_bed.Ask("CON GET /13/0/8 accept=112"), Is.EqualTo("ACK 2.05 cf=112 hex:81a221672f31332f302f38036b32363230312c3236323032"));
        Assert.That(_bed.Ask("CON PUT /13/0/8 cf=0 \"x\""), Is.EqualTo("ACK 4.05"));
        Assert.That(_settings.Lines, Is.Empty);
    }

    [TestCase(1, -47)]
    [TestCase(2, -121)]
    [TestCase(3, -141)]
    [TestCase(10, -159)]
    public void A_level_out_of_range_is_refused(int resource, int value) =>
        Assert.That(_bed.Ask($"CON PUT /13/0/{resource} cf=0 \"{value}\""), Does.StartWith("ACK 4.00"));

    [TestCase(0, -1)]
    [TestCase(4, 7)]
    [TestCase(13, 7)]
    [TestCase(14, 9)]
    [TestCase(2, 0)]
    [TestCase(7, -1)]
    public void Preferred_bearers_are_access_technologies(int bearer, int accessTechnology) =>
        Assert.That(BearerSelectionObject.AccessTechnologyOf(bearer), Is.EqualTo(accessTechnology));
}
