using System.Linq;
using NUnit.Framework;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Engine;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class CreateDeleteTests
{
    private readonly StoredObject _portfolio = new(new ObjectDefinition(16, "1.0",
        Resource.ReadWrite(0, DataType.String, multiple: true, mandatory: true),
        Resource.Executable(1),
        Resource.ReadOnly(2, DataType.Opaque, multiple: true),
        Resource.ReadOnly(3, DataType.Integer)) { MaxInstances = 3 }) { AllowCreate = true };

    private Bed Portfolio() => new Bed(setUp: c => c.Add(_portfolio)).Registered();

    [Test]
    public void Create_portfolio_with_a_given_id_and_update_the_list()
    {
        Bed bed = Portfolio();
        Assert.That(bed.Ask("CON POST /16 cf=11542 hex:08012E88002B480011486F737420446576696365204944202332480114486F737420446576696365204D6F64656C202332"),
            Is.EqualTo("ACK 2.01 location=16/1"));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "created /16/1" }));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f cf=40 \"</1/0>,</3/0>,</16/1>\""));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Ask("CON GET /16/1/0/1 accept=0"), Is.EqualTo("ACK 2.05 cf=0 \"Host Device Model #2\""));
    }

    [Test]
    public void Delete_portfolio_and_update_the_list()
    {
        Bed bed = Portfolio();
        bed.Ask("CON POST /16 cf=110 \"[{\"n\":\"/16/7/0/0\",\"vs\":\"x\"}]\"");
        bed.Next();
        bed.Answer("ACK 2.04");
        Assert.That(bed.Ask("CON DELETE /16/7"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f cf=40 \"</1/0>,</3/0>,</16>\""));
        Assert.That(bed.Events.Lines.Last(l => l.StartsWith("deleted")), Is.EqualTo("deleted /16/7"));
    }

    [Test]
    public void The_client_chooses_the_lowest_free_id_where_the_payload_names_none()
    {
        Bed bed = Portfolio();
        Assert.That(bed.Ask("CON POST /16 cf=11542 hex:8300410058"), Is.EqualTo("ACK 2.01 location=16/0"));
        bed.Next();
        bed.Answer("ACK 2.04");
        Assert.That(bed.Ask("CON POST /16 cf=11544 hex:A1821019FFFFA100A1006178"),
            Is.EqualTo("ACK 2.01 location=16/1"));
    }

    [TestCase("POST /16 cf=110 \"[{\"n\":\"/16/0/0/0\",\"vs\":\"x\"},{\"n\":\"/16/1/0/0\",\"vs\":\"x\"}]\"", "4.00", TestName = "Create: two instances in one payload")]
    [TestCase("POST /16", "4.00", TestName = "Create: mandatory resource missing")]
    [TestCase("POST /16 cf=110 \"[{\"n\":\"/17/0/0/0\",\"vs\":\"x\"}]\"", "4.00", TestName = "Create: another object")]
    [TestCase("POST /16 cf=0 \"x\"", "4.15", TestName = "Create: text")]
    [TestCase("POST /9 cf=11542 hex:0000", "4.04", TestName = "Create: unknown object")]
    [TestCase("POST /1 cf=11542 hex:0005", "4.05", TestName = "Create: server object")]
    [TestCase("POST /3", "4.05", TestName = "Int 680: create device")]
    [TestCase("DELETE /3/0", "4.05", TestName = "Int 685: delete device")]
    [TestCase("DELETE /1/0", "4.05", TestName = "Delete: server account")]
    [TestCase("DELETE /16/9", "4.04", TestName = "Delete: unknown instance")]
    [TestCase("DELETE /16", "4.05", TestName = "Delete: object level")]
    [TestCase("DELETE /16/0/0", "4.05", TestName = "Delete: resource level")]
    public void What_cannot_be_created_or_deleted(string request, string code)
    {
        Bed bed = Portfolio();
        Assert.That(bed.Ask("CON " + request), Does.StartWith("ACK " + code));
        Assert.That(_portfolio.InstanceCount, Is.Zero);
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void An_id_in_use_is_refused_whole_and_a_full_object_says_so()
    {
        Bed bed = Portfolio();
        for (int id = 0; id < 3; id++)
        {
            Assert.That(bed.Ask($"CON POST /16 cf=110 \"[{{\"n\":\"/16/{id}/0/0\",\"vs\":\"x\"}}]\""), Is.EqualTo($"ACK 2.01 location=16/{id}"));
            bed.All();
        }

        Assert.That(bed.Ask("CON POST /16 cf=110 \"[{\"n\":\"/16/0/0/0\",\"vs\":\"y\"}]\""), Does.StartWith("ACK 4.00"));
        Assert.That(bed.Ask("CON GET /16/0/0/0 accept=0"), Is.EqualTo("ACK 2.05 cf=0 \"x\""));
        Assert.That(bed.Ask("CON POST /16 cf=110 \"[{\"n\":\"/16/5/0/0\",\"vs\":\"y\"}]\""), Does.StartWith("ACK 5.03"));
    }

    [Test]
    public void Resource_instances_are_written_merged_and_replaced()
    {
        Bed bed = Portfolio();
        bed.Ask("CON POST /16 cf=110 \"[{\"n\":\"/16/0/0/0\",\"vs\":\"Red\"},{\"n\":\"/16/0/0/1\",\"vs\":\"Green\"}]\"");
        bed.All();
        Assert.That(bed.Ask("CON PUT /16/0/0/1 cf=0 \"Blue\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Ask("CON GET /16/0/0/1 accept=0"), Is.EqualTo("ACK 2.05 cf=0 \"Blue\""));
        Assert.That(bed.Ask("CON PUT /16/0/0/7 cf=0 \"Blue\""), Is.EqualTo("ACK 4.04"));
        Assert.That(bed.Ask("CON POST /16/0/0 cf=110 \"[{\"n\":\"/16/0/0/1\",\"vs\":\"Yellow\"},{\"n\":\"/16/0/0/3\",\"vs\":\"Blue\"}]\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Ask("CON GET /16/0/0 accept=110"), Is.EqualTo(
            "ACK 2.05 cf=110 \"[{\"bn\":\"/16/0/0/\",\"n\":\"0\",\"vs\":\"Red\"},{\"n\":\"1\",\"vs\":\"Yellow\"},{\"n\":\"3\",\"vs\":\"Blue\"}]\""));
        Assert.That(bed.Ask("CON PUT /16/0/0 cf=110 \"[{\"n\":\"/16/0/0/5\",\"vs\":\"Only\"}]\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Ask("CON GET /16/0/0 accept=110"), Does.Contain("Only").And.Not.Contain("Red"));
        Assert.That(bed.Ask("CON GET /16/0/0 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</16/0/0>;dim=1,</16/0/0/5>\""));
    }

    [Test]
    public void Delete_of_a_resource_instance()
    {
        Bed bed = Portfolio();
        bed.Ask("CON POST /16 cf=110 \"[{\"n\":\"/16/0/0/0\",\"vs\":\"Red\"},{\"n\":\"/16/0/0/1\",\"vs\":\"Green\"}]\"");
        bed.All();
        Assert.That(bed.Ask("CON DELETE /16/0/0/1"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.Ask("CON DELETE /16/0/0/1"), Is.EqualTo("ACK 4.04"));
        Assert.That(bed.Ask("CON GET /16/0/0/1"), Is.EqualTo("ACK 4.04"));
    }

    [Test]
    public void What_is_observed_in_a_deleted_instance_ends_with_4_04_and_the_object_is_observed_on()
    {
        Bed bed = Portfolio();
        bed.Ask("CON POST /16 cf=110 \"[{\"n\":\"/16/0/0/0\",\"vs\":\"Red\"}]\"");
        bed.Next();
        bed.Answer("ACK 2.04");
        bed.Ask("CON GET /16/0/0 observe=0 accept=110 token=01");
        bed.Ask("CON GET /16 observe=0 accept=110 token=02");
        bed.Ask("CON PUT /16/0?pmin=100");
        Assert.That(bed.Ask("CON DELETE /16/0"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.All(), Is.EquivalentTo(new[] { "CON POST /rd/5a3f cf=40 \"</1/0>,</3/0>,</16>\"", "NON 4.04", "NON 2.05 observe=2 cf=110 \"[]\"" }));
    }

    [Test]
    public void Reading_an_object_without_instances_is_empty_content()
    {
        Assert.That(Portfolio().Ask("CON GET /16 accept=110"), Is.EqualTo("ACK 2.05 cf=110 \"[]\""));
    }

    [Test]
    public void An_instance_that_the_application_removes_ends_its_observations_and_attributes_too()
    {
        Bed bed = Portfolio();
        bed.Ask("CON POST /16 cf=110 \"[{\"n\":\"/16/0/0/0\",\"vs\":\"Red\"}]\"");
        bed.Next();
        bed.Answer("ACK 2.04");
        bed.Ask("CON GET /16/0/0 observe=0 accept=110 token=01");
        bed.Ask("CON PUT /16/0?pmin=100");
        _portfolio.RemoveInstance(0);
        bed.Poll();
        Assert.That(bed.All(), Is.EquivalentTo(new[] { "CON POST /rd/5a3f cf=40 \"</1/0>,</3/0>,</16>\"", "NON 4.04" }));
        _portfolio.AddInstance(0);
        bed.Poll();
        Assert.That(bed.Ask("CON GET /16/0 accept=40"), Does.StartWith("ACK 2.05 cf=40 \"</16/0>,"));
    }
}
