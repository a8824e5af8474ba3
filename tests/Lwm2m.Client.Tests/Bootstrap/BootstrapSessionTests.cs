using System.Linq;
using Lwm2m.Client.Tests.Engine;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Bootstrap;

public class BootstrapSessionTests
{
    [Test]
    public void A_bootstrap_from_nothing()
    {
        Bed bed = Provisioning.Fresh();
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo(Provisioning.Request));
        Assert.That(bed.LastLink, Is.EqualTo(bed.BootstrapLink));
        bed.Answer("ACK 2.04", bed.BootstrapLink);
        Assert.That(bed.Command(Provisioning.Security(1, 1)), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Command(Provisioning.Server(0, 1)), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Command("CON GET / accept=40"),
            Is.EqualTo("ACK 2.05 cf=40 \"</>;lwm2m=1.1,</0/0>,</0/1>;ssid=1;uri=\"coap://127.0.0.1:5683\",</1/0>;ssid=1,</2>,</3/0>\""));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrapped" }));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd?ep=abc&lt=300&lwm2m=1.1&b=U cf=40 \"</1/0>,</3/0>\""));
        Assert.That(bed.LastLink, Is.EqualTo(0));
        bed.Answer("ACK 2.01 location=rd/1");
        Assert.That(bed.Events.Lines.Last(), Is.EqualTo("registered 1 /rd/1"));
    }

    [Test]
    public void An_inconsistent_configuration_is_refused_mended_and_finished()
    {
        Bed bed = Provisioning.InSession();
        Assert.That(bed.Command("CON PUT /1/0/5 cf=0 \"86400\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 4.06 \"/1/0/0 is missing\""));
        Assert.That(bed.Client.BootstrapState, Is.EqualTo(BootstrapState.InSession));
        bed.Command(Provisioning.Security(1, 7));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 4.06 \"no instance of /1 has the Short Server ID of /0/1\""));
        bed.Command(Provisioning.Server(0, 7));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrapped" }));
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc&lt=300"));
    }

    [Test]
    public void A_session_without_finish_is_taken_back_247_s_after_its_last_command()
    {
        Bed bed = Provisioning.InSession();
        bed.AdvanceSeconds(100);
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        bed.AdvanceSeconds(246.999);
        Assert.That(bed.Client.Servers.InstanceCount, Is.EqualTo(1));
        bed.Advance(1);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrap-failed NoFinish 00" }));
        Assert.That(bed.Client.Servers.InstanceCount, Is.Zero);
        Assert.That(bed.Client.Security.InstanceCount, Is.EqualTo(1));
        Assert.That(bed.Client.BootstrapState, Is.EqualTo(BootstrapState.Waiting));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("-"));
    }
}
