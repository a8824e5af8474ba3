using System;
using System.Linq;
using NUnit.Framework;
using Lwm2m.Client.Tests.Bootstrap;
using Lwm2m.Client.Tests.Engine;

namespace Lwm2m.Client.Tests.Storage;

/// <summary>Power cuts of a client that a bootstrap server provisions.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ProvisionedRestartTests
{
    private readonly Device _device = new(servers: 0) { SetUp = client => client.Security.AddBootstrapAccount("coap://127.0.0.9:5683", 0) };

    [Test]
    public void A_provisioned_client_comes_back_without_a_bootstrap()
    {
        Provision();
        Assert.That(_device.ComeBack(), Is.EqualTo(new[] { "CON POST /rd/5a3f" }));
        Assert.That(_device.Bed.Wire.Opened.Single(), Does.StartWith("0 127.0.0.1:5683"));
        _device.Bed.Client.Servers.GetTime(0, ServerResource.LastBootstrapped, out long time);
        Assert.That(time, Is.EqualTo(_device.UnixMs / 1000));
        Assert.That(_device.Bed.Client.HasBootstrapServer, Is.True);
    }

    [Test]
    public void All_of_it_is_stored_before_the_finish_is_answered()
    {
        Bed bed = InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        _device.Files.Log.Clear();
        bed.Poll();
        Assert.That(_device.Files.Log, Is.Empty, "the half of a bootstrap is not stored");
        bed.Wire.OnSend = () =>
        {
            Assert.That(_device.Files.Log, Has.Some.StartsWith("close accounts"));
            bed.Wire.OnSend = null;
        };
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Wire.OnSend, Is.Null);
    }

    [Test]
    public void A_power_cut_before_the_finish_leaves_the_client_as_it_was([Values] bool provisioned)
    {
        if (provisioned)
            Provision();
        Bed bed = provisioned ? _device.Bed.OpenSession() : InSession();
        Assert.That(bed.Command("CON DELETE /"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.Command(Provisioning.Security(1, 7, "coap://127.0.0.7:5683")), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Command(Provisioning.Server(0, 7)), Is.EqualTo("ACK 2.04"));
        bed.Poll();
        bed = _device.SwitchOn();
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo(provisioned ? "CON POST /rd/5a3f" : Provisioning.Request));
        Assert.That(_device.Object.HasInstance(0), Is.True);
    }

    [Test]
    public void What_the_bootstrap_did_to_other_objects_stays_done()
    {
        Bed bed = InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        Assert.That(bed.Command("CON DELETE /26241/0"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.Command("CON PUT /26241/5 cf=110 \"[{\"n\":\"/26241/5/1\",\"v\":55},{\"n\":\"/26241/5/2\",\"v\":1.5}]\""), Is.EqualTo("ACK 2.04"));
        Finish();
        _device.ComeBack();
        Assert.That(_device.Object.HasInstance(0), Is.False);
        Assert.That(_device.Ask("CON GET /26241/5/1"), Is.EqualTo("ACK 2.05 cf=0 \"55\""));
        Assert.That(_device.Ask("CON GET /26241/5/2"), Is.EqualTo("ACK 2.05 cf=0 \"1.5\""));
    }

    [Test]
    public void A_server_that_the_bootstrap_changed_is_registered_at_anew()
    {
        Provision();
        _device.Ask("CON GET /26241/0/2 observe=0");
        Bed bed = _device.Bed.OpenSession();
        bed.Command(Provisioning.Security(1, 1, "coap://127.0.0.7:5683"));
        bed.Command("CON POST /bs");
        bed = _device.SwitchOn();
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc"));
        Assert.That(bed.Wire.Opened.Single(), Does.StartWith("0 127.0.0.7:5683"));
    }

    [Test]
    public void A_power_cut_at_any_step_of_the_finish_leaves_the_old_accounts_or_the_new_ones([Range(1, 3)] int seed)
    {
        Provision();
        for (long step = seed; ; step += 5)
        {
            Device device = _device.Copy(seed * 1000 + (int)step);
            device.ComeBack();
            Bed bed = device.Bed.OpenSession();
            bed.Command("CON DELETE /");
            bed.Command(Provisioning.Security(1, 7, "coap://127.0.0.7:5683"));
            bed.Command(Provisioning.Server(3, 7));
            device.Files.CutAtStep = device.Files.Steps + step;
            bool isAcknowledged = bed.Command("CON POST /bs") == "ACK 2.04" && !device.Files.IsOff;
            bool wasOff = device.Files.IsOff;
            string because = $"seed {seed}, step {step}";
            string sent = device.ComeBack().Single();
            bool isNew = device.Bed.Client.Account(0).ShortServerId == 7;
            Assert.That(isNew || !isAcknowledged, Is.True, because);
            Assert.That(device.Bed.Client.Account(0).Uri, Is.EqualTo(isNew ? "coap://127.0.0.7:5683" : "coap://127.0.0.1:5683"), because);
            Assert.That(sent, isNew ? Does.StartWith("CON POST /rd?") : Is.EqualTo("CON POST /rd/5a3f"), because);
            Assert.That(device.Bed.Events.Lines, Has.None.StartsWith("storage"), because);
            if (!wasOff)
                break;
        }
    }

    [Test]
    public void A_finish_that_cannot_be_stored_is_no_success()
    {
        Bed bed = InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        _device.Files.IsReadOnly = true;
        Assert.That(bed.Command("CON POST /bs"), Does.StartWith("ACK 5.03"));
        _device.Files.IsReadOnly = false;
        bed.Next();
        bed.Answer("ACK 2.01 location=rd/5a3f");
        bed.AdvanceSeconds(61);
        Assert.That(_device.ComeBack(), Is.EqualTo(new[] { "CON POST /rd/5a3f" }), "it was stored later");
    }

    private Bed InSession()
    {
        Bed bed = _device.SwitchOn();
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 2.04", bed.BootstrapLink);
        return bed;
    }

    private void Provision()
    {
        Bed bed = InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        Finish();
    }

    private void Finish()
    {
        Assert.That(_device.Bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(_device.Bed.Next(), Does.StartWith("CON POST /rd?"));
        _device.Bed.Answer("ACK 2.01 location=rd/5a3f");
    }
}
