using Lwm2m.Client.Tests.Model;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Objects;

public class PortfolioTests
{
    // The identities that the enabler's own test creates: 0 and 1.
    private const string Identities = "88002B" + "480011" + "486F737420446576696365204944202332" + "480114" + "486F737420446576696365204D6F64656C202332";

    private static Bench Created(out Portfolio portfolio)
    {
        portfolio = new Portfolio();
        Bench bench = new(portfolio);
        Assert.That(bench.Tested.InstanceCount, Is.Zero);
        Assert.That(bench.Tested.Create(1), Is.EqualTo(Outcome.Ok));
        return bench;
    }

    [Test]
    public void A_server_creates_an_instance_with_its_identities()
    {
        Bench bench = Created(out _);
        Assert.That(bench.Tested.Has(1, 0), Is.False, "until it is written: a Create without identities is refused");
        Assert.That(bench.PutTlv(1, -1, Identities), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(1, 0, 0), Is.EqualTo("Host Device ID #2"));
        Assert.That(bench.Text(1, 0, 1), Is.EqualTo("Host Device Model #2"));
        Assert.That(bench.Tested.Has(1, 2), Is.True, "mandatory, and nothing that a server could write");
        Assert.That(bench.Tlv(1, 2), Is.EqualTo("8002"));
        Assert.That(bench.Tested.Delete(1), Is.EqualTo(Outcome.Ok));
    }

    [Test]
    public void Without_a_service_there_is_nothing_to_ask_for()
    {
        Bench bench = Created(out _);
        Assert.That(bench.Tested.Has(1, Portfolio.GetAuthData), Is.False);
        Assert.That(bench.Tested.Has(1, Portfolio.AuthStatus), Is.False);
        Assert.That(bench.Post(1, Portfolio.GetAuthData), Is.EqualTo(Outcome.MethodNotAllowed));
    }

    [Test]
    public void Data_are_made_on_demand_and_idle_again_once_they_were_read()
    {
        Bench bench = Created(out Portfolio portfolio);
        portfolio.Service = (_, instance, arguments) => arguments.Count == 0 ? null : [(byte)instance, (byte)arguments.Digit(0)];
        Assert.That(bench.Tested.Has(1, Portfolio.GetAuthData), Is.True);
        Assert.That(bench.Text(1, 3), Is.EqualTo("0"));
        Assert.That(bench.Post(1, 1, "7"), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(1, 3), Is.EqualTo("1"));
        Assert.That(bench.Probe(1, 2), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(1, 3), Is.EqualTo("1"), "a look at the value is no read");
        Assert.That(bench.Tlv(1, 2), Is.EqualTo("8402" + "42000107"));
        Assert.That(bench.Text(1, 3), Is.EqualTo("0"));
        Assert.That(bench.Post(1, 1), Is.EqualTo(Outcome.Ok));
        Assert.That(bench.Text(1, 3), Is.EqualTo("2"));
        Assert.That(bench.Tlv(1, 2), Is.EqualTo("8002"));
    }
}
