using System.Linq;
using NUnit.Framework;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Storage;

/// <summary>What a client knows after its power was cut.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class RestartTests
{
    private readonly Device _device = new();

    [Test]
    public void What_a_server_wrote_to_its_account_is_there()
    {
        On();
        Assert.That(_device.Ask("CON PUT /1/0/1 cf=0 \"600\""), Is.EqualTo("ACK 2.04"));
        Bed bed = On();
        Assert.That(bed.Client.Servers.LifetimeSeconds(0), Is.EqualTo(600));
        Assert.That(bed.Client.Security.Uri(0), Is.EqualTo("coap://127.0.0.1:5683"));
    }

    [Test]
    public void Stored_accounts_win_over_those_that_the_application_adds()
    {
        On();
        _device.SetUp = client =>
        {
            client.Security.RemoveInstance(0);
            client.Servers.RemoveInstance(0);
            client.AddServer("coap://127.0.0.9:5683", 9);
        };
        Bed bed = On();
        Assert.That(bed.Client.Account(0).Uri, Is.EqualTo("coap://127.0.0.1:5683"));
        Assert.That(bed.Client.Security.InstanceCount, Is.EqualTo(1));
    }

    [Test]
    public void Secrets_and_what_no_server_can_read_are_kept_whatever_their_length()
    {
        var key = new byte[16];
        var certificate = Enumerable.Range(0, 2000).Select(i => (byte)i).ToArray();
        _device.SetUp = client =>
        {
            client.Security.Definition.MaxStringBytes = 4000;
            client.Security.Set(0, SecurityResource.SecretKey, key);
            client.Security.Set(0, SecurityResource.PublicKeyOrIdentity, certificate);
        };
        On();
        _device.SetUp = client => client.Security.Definition.MaxStringBytes = 4000;
        Bed bed = On();
        bed.Client.Security.GetOpaque(0, SecurityResource.PublicKeyOrIdentity, out byte[] kept);
        Assert.That(kept, Is.EqualTo(certificate));
        bed.Client.Security.GetOpaque(0, SecurityResource.SecretKey, out kept);
        Assert.That(kept, Is.EqualTo(key));
    }

    [Test]
    public void What_the_application_sets_in_an_account_while_the_client_runs_is_kept()
    {
        Bed bed = On();
        bed.Client.Servers.SetTime(0, ServerResource.LastBootstrapped, 1_700_000_000);
        bed.Poll();
        bed = On();
        bed.Client.Servers.GetTime(0, ServerResource.LastBootstrapped, out long time);
        Assert.That(time, Is.EqualTo(1_700_000_000));
    }

    [Test]
    public void An_instance_that_a_server_created_is_there_with_values_of_every_type()
    {
        On();
        Assert.That(_device.Ask("CON POST /26241 cf=110 \"[{\"bn\":\"/26241/7/\",\"n\":\"0\",\"vs\":\"größer\"},{\"n\":\"1\",\"v\":-5},{\"n\":\"3/2\",\"v\":22},{\"n\":\"3/9\",\"v\":99}"
            + ",{\"n\":\"4\",\"vd\":\"AQID\"},{\"n\":\"5\",\"vb\":true},{\"n\":\"6\",\"vlo\":\"3:0\"},{\"n\":\"7\",\"v\":4000000000},{\"n\":\"8\",\"v\":0.1},{\"n\":\"9\",\"v\":1700000000}]\""),
            Does.StartWith("ACK 2.01"));
        _device.Object.Set(7, 2, 3.25);
        _device.Ask("CON PUT /26241/7/1 cf=0 \"-6\"");
        string before = _device.Ask("CON GET /26241/7 accept=110");
        On();
        Assert.That(_device.Ask("CON GET /26241/7 accept=110"), Is.EqualTo(before));
        Assert.That(_device.Ask("CON GET /26241/7/1"), Is.EqualTo("ACK 2.05 cf=0 \"-6\""));
        Assert.That(_device.Ask("CON GET /26241/7/2"), Is.EqualTo("ACK 2.05 cf=0 \"3.25\""), "what the application set goes along");
    }

    [Test]
    public void Of_an_instance_of_the_application_only_what_servers_wrote_comes_back()
    {
        On();
        Assert.That(_device.Ask("CON PUT /26241/0/1 cf=0 \"77\""), Is.EqualTo("ACK 2.04"));
        _device.Object.Set(0, 2, 99.0);
        _device.Ask("CON DELETE /26242/0");
        Assert.That(_device.Ask("CON PUT /26242/0/1 cf=0 \"77\""), Is.EqualTo("ACK 2.04"));
        On();
        Assert.That(_device.Ask("CON GET /26241/0/1"), Is.EqualTo("ACK 2.05 cf=0 \"77\""));
        Assert.That(_device.Ask("CON GET /26241/0/0"), Is.EqualTo("ACK 2.05 cf=0 \"factory\""));
        Assert.That(_device.Ask("CON GET /26241/0/2"), Is.EqualTo("ACK 2.05 cf=0 \"21.5\""));
        Assert.That(_device.Ask("CON GET /26242/0/1"), Is.EqualTo("ACK 2.05 cf=0 \"1\""), "not kept");
    }

    [Test]
    public void A_value_that_a_replace_left_out_stays_away()
    {
        On();
        Assert.That(_device.Ask("CON PUT /26241/0 cf=110 \"[{\"n\":\"/26241/0/1\",\"v\":5}]\""), Is.EqualTo("ACK 2.04"));
        On();
        Assert.That(_device.Ask("CON GET /26241/0/0"), Is.EqualTo("ACK 4.04"));
        Assert.That(_device.Ask("CON GET /26241/0/1"), Is.EqualTo("ACK 2.05 cf=0 \"5\""));
    }

    [Test]
    public void A_deleted_instance_stays_deleted_and_can_be_created_again()
    {
        On();
        Assert.That(_device.Ask("CON DELETE /26241/0"), Is.EqualTo("ACK 2.02"));
        _device.Ask("CON POST /26241 cf=110 \"[{\"n\":\"/26241/3/1\",\"v\":5}]\"");
        Assert.That(_device.Ask("CON DELETE /26241/3"), Is.EqualTo("ACK 2.02"));
        On();
        Assert.That(_device.Object.InstanceCount, Is.Zero);
        _device.Ask("CON POST /26241 cf=110 \"[{\"n\":\"/26241/0/1\",\"v\":5}]\"");
        On();
        Assert.That(_device.Ask("CON GET /26241/0/1"), Is.EqualTo("ACK 2.05 cf=0 \"5\""));
        Assert.That(_device.Ask("CON GET /26241/0/0"), Is.EqualTo("ACK 4.04"), "it is the server's now");
    }

    [Test]
    public void Attributes_are_there_and_go_with_their_instance()
    {
        On();
        _device.Ask("CON PUT /26241/0/2?pmin=10&pmax=60&gt=1.5&lt=-2.5&st=0.25");
        _device.Ask("CON PUT /26241/0?epmin=1&epmax=7");
        _device.Ask("CON PUT /3?pmax=900");
        string before = _device.Ask("CON GET /26241/0 accept=40");
        Assert.That(before, Does.Contain("pmin=10;pmax=60;gt=1.5;lt=-2.5;st=0.25").And.Contain("epmin=1;epmax=7"));
        On();
        Assert.That(_device.Ask("CON GET /26241/0 accept=40"), Is.EqualTo(before));
        Assert.That(_device.Ask("CON GET /3 accept=40"), Does.Contain("pmax=900"));
        _device.Ask("CON DELETE /26241/0");
        _device.Ask("CON POST /26241 cf=110 \"[{\"n\":\"/26241/0/1\",\"v\":5}]\"");
        On();
        Assert.That(_device.Ask("CON GET /26241/0 accept=40"), Does.Not.Contain("pm"));
    }

    [Test]
    public void Each_change_is_in_the_storage_before_its_answer_goes_out()
    {
        Bed bed = On();
        string[] requests =
        {
            "CON PUT /1/0/2 cf=0 \"5\"",
            "CON POST /26241 cf=110 \"[{\"n\":\"/26241/3/1\",\"v\":5}]\"",
            "CON PUT /26241/3/1 cf=0 \"6\"",
            "CON POST /26241/3 cf=110 \"[{\"n\":\"/26241/3/3/4\",\"v\":5}]\"",
            "CON DELETE /26241/3/3/4",
            "CON PUT /26241/3/1?pmin=5",
            "CON GET /26241/3/1 observe=0",
            "CON DELETE /26241/3",
        };
        foreach (string request in requests)
        {
            _device.Files.Log.Clear();
            bed.Wire.OnSend = () =>
            {
                Assert.That(_device.Files.Log.Count(line => line.StartsWith("close", System.StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(2), request);
                bed.Wire.OnSend = null;
            };
            Assert.That(_device.Ask(request), Does.StartWith("ACK 2.0"), request);
            Assert.That(bed.Wire.OnSend, Is.Null);
        }
    }

    [Test]
    public void What_changes_nothing_writes_nothing()
    {
        Bed bed = On();
        _device.Ask("CON GET /26241/0/2 observe=0");
        bed.Poll();
        _device.Files.Log.Clear();
        _device.Ask("CON GET /3/0/0");
        _device.Ask("CON GET /26241/0/2 observe=0");
        _device.Object.Set(0, 2, 5.0);
        _device.Ask("CON PUT /26242/0/1 cf=0 \"7\"");
        _device.Ask("CON PUT /26241/0/1 cf=0 \"no number\"");
        bed.Poll();
        Assert.That(_device.Files.Log, Is.Empty);
    }

    [Test]
    public void A_client_without_storage_starts_as_it_left_the_factory()
    {
        _device.Options = options => options.Storage = null;
        On();
        _device.Ask("CON PUT /1/0/1 cf=0 \"600\"");
        Assert.That(_device.Files.Names, Is.Empty);
        Assert.That(On().Client.Servers.LifetimeSeconds(0), Is.EqualTo(300));
    }

    private Bed On()
    {
        _device.ComeBack();
        return _device.Bed;
    }
}
