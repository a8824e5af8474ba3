using System.Linq;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Bootstrap;

public class BootstrapCommandTests
{
    private static StoredObject Sensor(bool isStatic = false)
    {
        var sensor = new StoredObject(new ObjectDefinition(3303, "1.1",
            Resource.Executable(5605), Resource.ReadOnly(5700, DataType.Float, mandatory: true), Resource.ReadWrite(5750, DataType.String)))
        {
            AllowBootstrapDelete = !isStatic
        };
        sensor.AddInstance(0);
        sensor.Set(0, 5700, 21.5);
        return sensor;
    }

    [TestCase("CON PUT /1 cf=11542 hex:08000DC1000AC2010258C10601C10755")]
    [TestCase("CON PUT /1/0 cf=11542 hex:C1000AC2010258C10601C10755")]
    [TestCase("CON PUT /1 cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":10},{\"n\":\"1\",\"v\":600},{\"n\":\"6\",\"vb\":true},{\"n\":\"7\",\"vs\":\"U\"}]\"")]
    [TestCase("CON PUT /1/0 cf=112 hex:84A321652F312F302F006130020AA200613102190258A200613604F5A2006137036155")]
    [TestCase("CON PUT /1 cf=11544 hex:A101A100A4000A0119025806F5076155")]
    public void An_account_can_be_written_in_every_format(string line)
    {
        Bed bed = Provisioning.InSession();
        Assert.That(bed.Command(line), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Client.Servers.ShortServerId(0), Is.EqualTo(10));
        Assert.That(bed.Client.Servers.LifetimeSeconds(0), Is.EqualTo(600));
        Assert.That(bed.Client.Servers.Binding(0), Is.EqualTo("U"));
        bed.Command(Provisioning.Security(1, 10));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
    }

    [Test]
    public void A_resource_can_be_written_in_text_and_its_instance_comes_to_be()
    {
        Bed bed = Provisioning.InSession();
        Assert.That(bed.Command("CON PUT /1/5/1 cf=0 \"600\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Command("CON PUT /0/2/5 cf=42 hex:00FF"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Client.Servers.LifetimeSeconds(5), Is.EqualTo(600));
        bed.Client.Security.GetOpaque(2, SecurityResource.SecretKey, out byte[] key);
        Assert.That(key, Is.EqualTo(new byte[] { 0, 255 }));
    }

    [Test]
    public void An_instance_is_written_as_a_whole_and_a_resource_alone()
    {
        Bed bed = Provisioning.InSession();
        bed.Command(Provisioning.Server(0, 1));
        bed.Command("CON PUT /1/0/2 cf=0 \"10\"");
        Assert.That(bed.Client.Servers.IsSet(0, ServerResource.Lifetime));
        Assert.That(bed.Client.Servers.DefaultMinimumPeriodSeconds(0), Is.EqualTo(10));
        bed.Command(Provisioning.Server(0, 1, 500));
        Assert.That(bed.Client.Servers.IsSet(0, ServerResource.DefaultMinimumPeriod), Is.False);
        Assert.That(bed.Client.Servers.LifetimeSeconds(0), Is.EqualTo(500));
    }

    [Test]
    public void Instances_of_a_payload_in_any_order_keep_all_their_values()
    {
        Bed bed = Provisioning.InSession();
        Assert.That(bed.Command("CON PUT /1 cf=110 \"[{\"n\":\"/1/0/0\",\"v\":1},{\"n\":\"/1/4/0\",\"v\":2},{\"n\":\"/1/0/1\",\"v\":30},"
            + "{\"n\":\"/1/4/1\",\"v\":40}]\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Client.Servers.ShortServerId(0), Is.EqualTo(1));
        Assert.That(bed.Client.Servers.LifetimeSeconds(0), Is.EqualTo(30));
        Assert.That(bed.Client.Servers.ShortServerId(4), Is.EqualTo(2));
        Assert.That(bed.Client.Servers.LifetimeSeconds(4), Is.EqualTo(40));
    }

    [Test]
    public void What_servers_cannot_write_a_bootstrap_server_can()
    {
        StoredObject sensor = Sensor();
        Bed bed = Provisioning.InSession(c => c.Add(sensor));
        Assert.That(bed.Command("CON PUT /3303/0/5700 cf=0 \"-4.5\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Command("CON PUT /3303/7 cf=110 \"[{\"n\":\"/3303/7/5750\",\"vs\":\"here\"},{\"n\":\"/3303/7/9999\",\"v\":1}]\""), Is.EqualTo("ACK 2.04"));
        sensor.GetFloat(0, 5700, out double value);
        Assert.That(value, Is.EqualTo(-4.5));
        Assert.That(sensor.HasInstance(7));
    }

    [TestCase("CON PUT /")]
    [TestCase("CON PUT /1/0 \"x\"")]
    [TestCase("CON PUT /9999/0 cf=0 \"1\"")]
    [TestCase("CON PUT /1/0/9999 cf=0 \"1\"")]
    [TestCase("CON PUT /1/0/4 cf=0 \"1\"")]
    [TestCase("CON PUT /1/0/1/0 cf=0 \"1\"")]
    [TestCase("CON PUT /1/0/1 cf=0 \"many\"")]
    [TestCase("CON PUT /1/0/7 cf=0 \"XYZ\"")]
    [TestCase("CON PUT /1/0 cf=110 \"[{\"n\":\"/1/1/0\",\"v\":1}]\"")]
    [TestCase("CON PUT /1 cf=110 \"[{\"n\":\"/1/0/0\",\"v\":1},{\"n\":\"/1/1/0\",\"vs\":\"a\"}]\"")]
    [TestCase("CON PUT /1 cf=11542 hex:C10001")]
    [TestCase("CON PUT /3/1 cf=11542 hex:C10001")]
    [TestCase("CON PUT /1/65535 cf=11542 hex:C10001")]
    [TestCase("CON PUT /1/0 cf=110 \"nonsense\"")]
    [TestCase("CON PUT /1 cf=11542 hex:080011C1000AC20102588106010BC7015501")]
    [TestCase("CON PUT /what/ever cf=0 \"1\"")]
    [TestCase("CON POST /1/0/8")]
    [TestCase("CON POST /")]
    [TestCase("CON POST /bs/0")]
    [TestCase("CON POST /1 cf=11542 hex:C10001")]
    [TestCase("CON DELETE /bs")]
    [TestCase("CON DELETE /1/0/1")]
    [TestCase("CON DELETE /3/0")]
    [TestCase("CON DELETE /0/0")]
    [TestCase("CON FETCH / cf=110 \"[]\"")]
    [TestCase("CON GET /bs accept=40")]
    [TestCase("CON GET /1/0 accept=40")]
    [TestCase("CON GET /1/2/3/4/5 accept=40")]
    public void Nonsense_is_refused_with_4_00_changes_nothing_and_leaves_the_session_open(string line)
    {
        Bed bed = Provisioning.InSession();
        string before = Dump.Of(bed.Client);
        Assert.That(bed.Command(line), Does.StartWith("ACK 4.00"));
        Assert.That(Dump.Of(bed.Client), Is.EqualTo(before));
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
    }

    [Test]
    public void A_format_that_does_not_suit_gets_4_15()
    {
        Bed bed = Provisioning.InSession();
        Assert.That(bed.Command("CON PUT /1/0 cf=0 \"1\""), Is.EqualTo("ACK 4.15"));
        Assert.That(bed.Command("CON PUT /1/0 cf=50 \"{}\""), Is.EqualTo("ACK 4.15"));
        Assert.That(bed.Command("CON PUT /1/0/1 cf=42 hex:01"), Is.EqualTo("ACK 4.15"));
    }

    [Test]
    public void What_does_not_fit_is_refused_as_a_whole()
    {
        Bed bed = Provisioning.InSession();
        for (int instance = 0; instance < 16; instance++)
            Assert.That(bed.Command($"CON PUT /1/{instance}/1 cf=0 \"60\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Command("CON PUT /1/16/1 cf=0 \"60\""), Does.StartWith("ACK 5.03"));
        Assert.That(bed.Client.Servers.InstanceCount, Is.EqualTo(16));
    }

    [Test]
    public void A_repeated_command_runs_once_and_gets_the_same_answer()
    {
        Bed bed = Provisioning.InSession();
        bed.Command(Provisioning.Server(0, 1));
        Assert.That(bed.Command("CON DELETE /1/0 mid=77"), Is.EqualTo("ACK 2.02"));
        byte[] first = bed.LastDatagram;
        bed.Command(Provisioning.Server(0, 2));
        Assert.That(bed.Command("CON DELETE /1/0 mid=77"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.LastDatagram, Is.EqualTo(first));
        Assert.That(bed.Client.Servers.ShortServerId(0), Is.EqualTo(2));
    }

    [Test]
    public void A_repeated_finish_gets_its_answer_again_while_the_client_registers()
    {
        Bed bed = Provisioning.InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        Assert.That(bed.Command("CON POST /bs mid=77"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Answer("ACK 2.01 location=rd/1");
        bed.AdvanceSeconds(45);
        Assert.That(bed.Command("CON POST /bs mid=77"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Command("CON DELETE /"), Is.EqualTo("-"), "the session is over");
        bed.AdvanceSeconds(48);
        Assert.That(bed.Client.BootstrapState, Is.EqualTo(BootstrapState.Off));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrapped", "registered 1 /rd/1" }));
    }

    [Test]
    public void Commands_before_the_session_is_open_are_ignored()
    {
        Bed bed = Provisioning.Fresh();
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        Assert.That(bed.Command("CON DELETE /"), Is.EqualTo("-"));
    }

    [Test]
    public void Bootstrap_delete_spares_the_bootstrap_account()
    {
        Bed bed = new Bed(setUp: c => c.AddBootstrapServer("coap://127.0.0.9:5683")).Registered().OpenSession();
        Assert.That(bed.Command("CON GET / accept=40"),
            Is.EqualTo("ACK 2.05 cf=40 \"</>;lwm2m=1.1,</0/0>;ssid=1;uri=\"coap://127.0.0.1:5683\",</0/1>,</1/0>;ssid=1,</2>,</3/0>\""));
        Assert.That(bed.Command("CON GET /1 accept=110"),
            Does.StartWith("ACK 2.05 cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":1},{\"n\":\"1\",\"v\":300}"));
        Assert.That(bed.Command("CON DELETE /0"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.Command("CON DELETE /1"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.Command("CON GET / accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</>;lwm2m=1.1,</0/1>,</1>,</2>,</3/0>\""));
        bed.Command(Provisioning.Security(0, 4));
        bed.Command(Provisioning.Server(0, 4));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
    }

    [Test]
    public void Delete_of_everything_spares_the_device_the_bootstrap_account_and_what_is_static()
    {
        StoredObject soldered = Sensor(isStatic: true);
        var other = new StoredObject(new ObjectDefinition(3311, "1.0", Resource.ReadWrite(5850, DataType.Boolean)));
        other.AddInstance(0);
        other.AddInstance(9);
        Bed bed = new Bed(setUp: c =>
        {
            c.AddBootstrapServer("coap://127.0.0.9:5683");
            c.Add(soldered);
            c.Add(other);
        }).Registered().OpenSession();
        Assert.That(bed.Command("CON DELETE /"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.Command("CON GET / accept=40"),
            Is.EqualTo("ACK 2.05 cf=40 \"</>;lwm2m=1.1,</0/1>,</1>,</2>,</3/0>,</3303>;ver=1.1,</3303/0>,</3311>\""));
        Assert.That(bed.Command("CON DELETE /3303/0"), Does.StartWith("ACK 4.00"));
        Assert.That(bed.Command("CON DELETE /3303"), Is.EqualTo("ACK 2.02"));
        Assert.That(soldered.InstanceCount, Is.EqualTo(1));
    }

    [Test]
    public void Delete_of_what_is_not_there_is_done_already()
    {
        Bed bed = Provisioning.InSession();
        Assert.That(bed.Command("CON DELETE /1/5"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.Command("CON DELETE /4711"), Is.EqualTo("ACK 2.02"));
    }

    [Test]
    public void A_deleted_security_instance_takes_its_server_instance_along()
    {
        Bed bed = new Bed(setUp: c => c.AddBootstrapServer("coap://127.0.0.9:5683"), servers: 2).Registered().OpenSession();
        Assert.That(bed.Command("CON DELETE /0/0"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.Command("CON GET /1 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</>;lwm2m=1.1,</1/1>;ssid=2\""));
        Assert.That(bed.Client.Servers.InstanceOf(1), Is.EqualTo(-1));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Client.AccountCount, Is.EqualTo(1));
        Assert.That(bed.Client.Account(0).ShortServerId, Is.EqualTo(2));
    }

    [Test]
    public void Accounts_read_back_as_they_were_written()
    {
        Bed bed = Provisioning.InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        const string values = "\"[{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":1},{\"n\":\"1\",\"v\":300},{\"n\":\"6\",\"vb\":true},{\"n\":\"7\",\"vs\":\"U\"}]\"";
        Assert.That(bed.Command("CON GET /1 accept=110"), Is.EqualTo("ACK 2.05 cf=110 " + values));
        Assert.That(bed.Command("CON GET /1/0 accept=110"), Is.EqualTo("ACK 2.05 cf=110 " + values));
        Assert.That(bed.Command("CON GET /1/0 accept=11542"), Is.EqualTo("ACK 2.05 cf=11542 hex:c10001c201012cc10601c10755"));
        Assert.That(bed.Command("CON GET /1/0"), Does.StartWith("ACK 2.05 cf=112 hex:"));
        Assert.That(bed.Command("CON GET /1/0 accept=0"), Is.EqualTo("ACK 4.06"));
        Assert.That(bed.Command("CON GET /1/7 accept=110"), Is.EqualTo("ACK 4.04"));
        Assert.That(bed.Command("CON GET /1/0/1 accept=0"), Does.StartWith("ACK 4.05"));
        Assert.That(bed.Command("CON GET /0 accept=110"), Does.StartWith("ACK 4.05"));
        Assert.That(bed.Command("CON GET /3/0 accept=110"), Does.StartWith("ACK 4.05"));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
    }

    [Test]
    public void Accounts_and_rights_read_back()
    {
        Bed bed = Provisioning.InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        Assert.That(bed.Command("CON PUT /2/0 cf=110 \"[{\"bn\":\"/2/0/\",\"n\":\"0\",\"v\":3},{\"n\":\"1\",\"v\":0},{\"n\":\"2/0\",\"v\":31},{\"n\":\"3\",\"v\":65535}]\""),
            Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Command("CON GET /1 accept=110"), Is.EqualTo("ACK 2.05 cf=110 \"[{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":1},{\"n\":\"1\",\"v\":300},"
            + "{\"n\":\"6\",\"vb\":true},{\"n\":\"7\",\"vs\":\"U\"}]\""));
        Assert.That(bed.Command("CON GET /2 accept=110"),
            Is.EqualTo("ACK 2.05 cf=110 \"[{\"bn\":\"/2/0/\",\"n\":\"0\",\"v\":3},{\"n\":\"1\",\"v\":0},{\"n\":\"2/0\",\"v\":31},{\"n\":\"3\",\"v\":65535}]\""));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
    }

    [Test]
    public void Discover_shows_versions_and_one_object_alone()
    {
        Bed bed = Provisioning.InSession(c => c.Add(Sensor()));
        Assert.That(bed.Command("CON GET /3303 accept=40"), Is.EqualTo("ACK 2.05 cf=40 \"</>;lwm2m=1.1,</3303>;ver=1.1,</3303/0>\""));
        Assert.That(bed.Command("CON GET /4711 accept=40"), Is.EqualTo("ACK 4.04"));
        Assert.That(bed.Command("CON GET /"), Does.StartWith("ACK 2.05 cf=40"));
    }

    [TestCase("CON PUT /0/1/10 cf=0 \"0\"", "/0/1/10 is missing or out of range")]
    [TestCase("CON PUT /0/1/0 cf=0 \"here\"", "/0/1/0 is no server URI")]
    [TestCase("CON DELETE /1/0", "no instance of /1 has the Short Server ID of /0/1")]
    [TestCase("CON DELETE /0/1", "there is no server account")]
    [TestCase("CON PUT /0/1/1 cf=0 \"1\"", "/0/1 is a second bootstrap account")]
    [TestCase("CON PUT /0/2 cf=11542 hex:C10A01C10100C10203C80008636F61703A2F2F61", "/0/2/10 is doubled")]
    [TestCase("CON PUT /1/9 cf=11542 hex:C10001C1013CC10601C10755", "/1/9/0 is doubled")]
    [TestCase("CON PUT /1/9 cf=11542 hex:C10002C1013CC10601C10755", "no instance of /0 has the Short Server ID of /1/9")]
    [TestCase("CON PUT /0/1/17 cf=0 \"21:0\"", "/0/1/17 links to nothing")]
    public void Finish_says_what_is_wrong(string spoils, string why)
    {
        Bed bed = Provisioning.InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        Assert.That(bed.Command(spoils), Does.StartWith("ACK 2.0"));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo($"ACK 4.06 \"{why}\""));
        bed.AdvanceSeconds(247);
        Assert.That(bed.Events.Lines.Single(), Is.EqualTo("bootstrap-failed Inconsistent 00"));
    }

    [Test]
    public void More_servers_than_the_limit_are_inconsistent()
    {
        Bed bed = Provisioning.InSession();
        for (int server = 1; server <= 5; server++)
        {
            bed.Command(Provisioning.Security(server, server));
            bed.Command(Provisioning.Server(server, server));
        }

        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 4.06 \"/0/5 is one server too many\""));
    }
}
