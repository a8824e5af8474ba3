using System.Linq;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;
using Lwm2m.Transport;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Bootstrap;

public class BootstrapRollbackTests
{
    private static StoredObject Light()
    {
        var light = new StoredObject(new ObjectDefinition(3311, "1.0",
            Resource.ReadWrite(5850, DataType.Boolean), Resource.ReadWrite(5901, DataType.String), Resource.ReadWrite(5902, DataType.Integer, multiple: true)));
        light.AddInstance(0);
        light.Set(0, 5850, true);
        light.Set(0, 5901, "as built");
        light.SetInstance(0, 5902, 3, 33);
        light.SetInstance(0, 5902, 8, 88);
        return light;
    }

    private static Bed Running(int servers = 1, StoredObject? light = null) => new Bed(setUp: c =>
    {
        c.AddBootstrapServer("coap://127.0.0.9:5683");
        c.Add(light ?? Light());
    }, servers: servers).Registered();

    [Test]
    public void Everything_that_a_failed_bootstrap_wrote_and_deleted_is_put_back()
    {
        Bed bed = Running();
        string before = Dump.Of(bed.Client);
        bed.OpenSession();
        bed.Command("CON PUT /3311/0/5901 cf=0 \"as mean\"");
        bed.Command("CON PUT /3311/0/5902 cf=11542 hex:860241002A41012B");
        bed.Command("CON PUT /3/0/14 cf=0 \"+02:00\"");
        bed.Command("CON PUT /3/0/13 cf=0 \"1000\"");
        bed.Command("CON DELETE /");
        bed.Command(Provisioning.Security(7, 7));
        bed.Command(Provisioning.Server(7, 7));
        bed.Command("CON PUT /3311/5/5850 cf=0 \"0\"");
        Assert.That(Dump.Of(bed.Client), Is.Not.EqualTo(before));
        bed.AdvanceSeconds(247);
        Assert.That(Dump.Of(bed.Client), Is.EqualTo(before));
        Assert.That(bed.Events.Lines, Does.Contain("bootstrap-failed NoFinish 00"));
    }

    [Test]
    public void The_time_of_day_goes_back_with_its_value()
    {
        Bed bed = Running();
        var device = (DeviceObject)bed.Client.Find(3)!;
        long before = device.CurrentTime;
        bed.OpenSession();
        bed.Command("CON PUT /3/0/13 cf=0 \"1000\"");
        Assert.That(device.CurrentTime, Is.InRange(1000, 1001));
        bed.AdvanceSeconds(247);
        Assert.That(device.CurrentTime, Is.InRange(before, before + 1));
    }

    [Test]
    public void What_is_attached_to_and_observed_in_a_deleted_instance_survives_a_failed_bootstrap()
    {
        Bed bed = Running();
        bed.Ask("CON PUT /3311/0?pmin=1");
        bed.Ask("CON GET /3311/0/5850 observe=0 token=01");
        bed.OpenSession();
        bed.Command("CON DELETE /3311");
        bed.AdvanceSeconds(200);
        Assert.That(bed.All(), Has.None.Contains("4.04"));
        bed.AdvanceSeconds(47);
        bed.All();
        Assert.That(bed.Ask("CON GET /3311/0 accept=40"), Does.Contain("</3311/0>;pmin=1"));
        ((StoredObject)bed.Client.Find(3311)!).Set(0, 5850, false);
        bed.AdvanceSeconds(2);
        Assert.That(bed.All().Single(l => l.StartsWith("NON 2.05")), Does.EndWith("\"0\""));
    }

    [Test]
    public void What_is_observed_in_a_deleted_instance_ends_when_the_bootstrap_succeeds()
    {
        Bed bed = Running();
        bed.Ask("CON GET /3311/0/5850 observe=0 token=01");
        bed.OpenSession();
        Assert.That(bed.Command("CON DELETE /3311"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.Next(), Is.EqualTo("-"));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.All(), Is.EqualTo(new[] { "CON POST /rd/5a3f cf=40 \"</1/0>,</3/0>,</3311>\"", "NON 4.04" }));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "observe /3311/0/5850", "bootstrapped", "cancel /3311/0/5850" }));
    }

    [Test]
    public void Other_servers_are_neither_answered_nor_told_anything_while_a_bootstrap_is_half_done()
    {
        Bed bed = Running();
        bed.Ask("CON GET /3311/0/5850 observe=0 token=01");
        bed.OpenSession();
        Assert.That(bed.Ask("CON GET /3311/0/5850"), Is.EqualTo("ACK 2.05 cf=0 \"1\""), "nothing is written yet");
        bed.Command("CON PUT /3311/0/5850 cf=0 \"0\"");
        Assert.That(bed.Ask("CON GET /3311/0/5850 mid=501"), Is.EqualTo("-"));
        bed.Client.Update();
        bed.AdvanceSeconds(200);
        Assert.That(bed.All(), Is.Empty);
        bed.Command("CON DELETE /1/9");
        bed.AdvanceSeconds(247);
        Assert.That(bed.All(), Does.Contain("CON POST /rd/5a3f"));
        Assert.That(bed.Ask("CON GET /3311/0/5850"), Is.EqualTo("ACK 2.05 cf=0 \"1\""));
        Assert.That(bed.Client.Account(0).IsRegistered);
    }

    [Test]
    public void A_link_that_comes_up_meanwhile_registers_afterwards()
    {
        Bed bed = Running(servers: 2);
        bed.OpenSession();
        bed.Command("CON DELETE /3311");
        bed.Client.LinkDown(0, LinkFailure.Other, bed.Now);
        bed.Poll();
        Assert.That(bed.All(), Is.Empty);
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.All(), Does.Contain("CON POST /rd?ep=abc&lt=300&lwm2m=1.1&b=U cf=40 \"</1/0>,</1/1>,</2/0>,</2/1>,</2/2>,</2/3>,</3/0>,</3311>\""));
    }

    [Test]
    public void Accounts_that_a_bootstrap_left_alone_keep_their_registration()
    {
        Bed bed = Running(servers: 2);
        bed.OpenSession();
        bed.Command("CON PUT /1/1/1 cf=0 \"600\"");
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Registered));
        Assert.That(bed.All(), Is.EqualTo(new[] { "CON POST /rd?ep=abc&lt=600&lwm2m=1.1&b=U cf=40 \"</1/0>,</1/1>,</2/0>,</2/1>,</2/2>,</2/3>,</2/4>,</3/0>,</3311/0>\"" }));
        Assert.That(bed.LastLink, Is.EqualTo(1));
    }

    [Test]
    public void A_deleted_account_is_left_and_the_next_one_takes_its_place_with_its_attributes()
    {
        Bed bed = Running(servers: 2);
        bed.Server("CON PUT /3311/0?pmin=7", 1);
        bed.Next();
        bed.OpenSession();
        bed.Command("CON DELETE /0/0");
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Client.AccountCount, Is.EqualTo(1));
        Assert.That(bed.Client.Account(0).ShortServerId, Is.EqualTo(2));
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        Assert.That(bed.Wire.Opened.Last(), Is.EqualTo("0 127.0.0.2:5683 from 0"));
        bed.Answer("ACK 2.01 location=rd/9", 0);
        Assert.That(bed.Ask("CON GET /3311/0 accept=40"), Does.Contain("</3311/0>;pmin=7"));
    }

    [Test]
    public void What_a_deleted_server_alone_could_reach_goes_with_it()
    {
        Bed bed = Running(servers: 2);
        bed.Server("CON POST /3311 cf=11542 hex:C1BA01", 1);
        Assert.That(bed.Next(), Does.StartWith("ACK 2.01 location=3311/1"));
        Assert.That(((AccessControlObject)bed.Client.Find(2)!).OwnerOf(3311, 1), Is.EqualTo(2));
        for (int update = 0; update < 2; update++)
        {
            Assert.That(bed.Next(), Does.StartWith("CON POST /rd/5a3f cf=40"));
            bed.Answer("ACK 2.04", bed.LastLink);
        }

        bed.OpenSession();
        Assert.That(bed.Command("CON DELETE /0/1"), Is.EqualTo("ACK 2.02"));
        Assert.That(bed.Client.Find(3311)!.HasInstance(1), Is.False);
        Assert.That(bed.Client.Find(3311)!.HasInstance(0));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(((AccessControlObject)bed.Client.Find(2)!).OwnerOf(3311, 1), Is.EqualTo(-1));
        Assert.That(bed.Client.AccountCount, Is.EqualTo(1));
    }

    [Test]
    public void A_server_that_is_new_comes_besides_those_that_are_there()
    {
        Bed bed = Running();
        bed.OpenSession();
        bed.Command(Provisioning.Security(4, 4, "coap://127.0.0.4:5683"));
        bed.Command(Provisioning.Server(4, 4));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Client.AccountCount, Is.EqualTo(2));
        Assert.That(bed.Client.Account(0).IsRegistered);
        Assert.That(bed.Wire.Opened.Last(), Is.EqualTo("1 127.0.0.4:5683 from 0"));
    }

    [Test]
    public void A_successful_bootstrap_is_stamped()
    {
        Bed bed = Provisioning.InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        bed.Command("CON POST /bs");
        Assert.That(bed.Client.Servers.GetTime(0, ServerResource.LastBootstrapped, out long seconds), Is.EqualTo(Outcome.Ok));
        Assert.That(seconds, Is.GreaterThan(1_600_000_000));
    }

    [Test]
    public void The_bootstrap_account_is_purged_when_its_time_is_over()
    {
        Bed bed = Provisioning.InSession(timeout: 1000);
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1, 0));
        bed.Command("CON POST /bs");
        bed.Next();
        bed.Answer("ACK 2.01 location=rd/1");
        bed.AdvanceSeconds(999.9);
        Assert.That(bed.Client.Security.BootstrapInstance(), Is.Zero);
        bed.Advance(100);
        Assert.That(bed.Client.Security.BootstrapInstance(), Is.EqualTo(-1));
        Assert.That(bed.Client.HasBootstrapServer, Is.False);
        Assert.That(bed.Client.Bootstrap(), Is.False);
        bed.All();
        Assert.That(bed.Ask("CON POST /1/0/9"), Is.EqualTo("ACK 4.05"));
    }

    [Test]
    public void A_bootstrap_server_can_name_its_successor()
    {
        Bed bed = Provisioning.InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        Assert.That(bed.Command("CON PUT /0/0/0 cf=0 \"coap://127.0.0.77:5683\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        bed.Client.Bootstrap();
        bed.Poll();
        Assert.That(bed.Wire.Opened.Last(), Is.EqualTo($"{bed.BootstrapLink} 127.0.0.77:5683 from 0"));
    }

    [Test]
    public void The_old_bootstrap_account_stays_when_its_change_is_taken_back()
    {
        Bed bed = Provisioning.InSession();
        bed.Command("CON PUT /0/0/0 cf=0 \"coap://127.0.0.77:5683\"");
        bed.AdvanceSeconds(247);
        Assert.That(bed.Client.Security.Uri(0), Is.EqualTo("coap://127.0.0.9:5683"));
        bed.AdvanceSeconds(3);
        Assert.That(bed.Wire.Opened.Last(), Is.EqualTo($"{bed.BootstrapLink} 127.0.0.9:5683 from 0"));
    }

    [Test]
    public void A_failed_session_puts_back_the_same_bytes_whatever_was_commanded()
    {
        const int seed = 20261121;
        TestContext.Out.WriteLine("seed " + seed);
        var random = new SeededRandom(seed);
        for (int round = 0; round < 150; round++)
        {
            Bed bed = Running(servers: 1 + random.Next() % 3);
            string before = Dump.Of(bed.Client);
            bed.OpenSession();
            for (int command = random.Next() % 25; command >= 0; command--)
            {
                bed.Server(RandomCommands.Next(random), bed.BootstrapLink);
                bed.All();
            }

            if (bed.Client.BootstrapState != BootstrapState.InSession)
                continue;
            bed.AdvanceSeconds(248);
            Assert.That(Dump.Of(bed.Client), Is.EqualTo(before), $"round {round}");
            Assert.That(bed.Events.Lines, Has.None.StartsWith("threw"));
        }
    }
}
