using System.Linq;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>Several bearers at once: which one leads to a server, what the server is told of them, and how each sets the pace.</summary>
public class BearerTests
{
    private static Bed With(string binding, WireTransport[] more, System.Action<ClientOptions>? options = null, string uri = "coap://127.0.0.1:5683")
    {
        Bed bed = null!;
        bed = new Bed(options, client => client.AddServer(uri, 7, 300, binding), servers: 0);
        foreach (WireTransport one in more)
            bed.Client.UseTransport(one);
        return bed;
    }

    private static Bed Two(string binding, char letter, out WireTransport second, System.Action<ClientOptions>? options = null)
    {
        Bed bed = With(binding, System.Array.Empty<WireTransport>(), options);
        second = new WireTransport(bed.Wire) { Letter = letter };
        bed.Client.UseTransport(second);
        return bed;
    }

    [Test]
    public void The_bindings_of_the_account_decide_not_the_order_of_the_transports()
    {
        Bed bed = Two("N", 'N', out _).Registered();
        Assert.That(bed.Wire.Opened, Is.EqualTo(new[] { "N 0 127.0.0.1:5683 from 0" }));
    }

    [Test]
    public void Without_any_binding_that_is_here_the_first_way_is_taken()
    {
        Bed bed = Two("S", 'N', out _).Registered();
        Assert.That(bed.Wire.Opened, Is.EqualTo(new[] { "0 127.0.0.1:5683 from 0" }));
    }

    [Test]
    public void Register_names_the_bindings_that_both_sides_have()
    {
        Bed bed = Two("NTU", 'N', out _);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc&lt=300&lwm2m=1.1&b=NU cf=40"));
        bed.Answer("ACK 2.01 location=rd/1");
        Assert.That(bed.Ask("CON GET /3/0/16"), Is.EqualTo("ACK 2.05 cf=0 \"UN\""));
    }

    [TestCase("U", "U")]
    [TestCase("S", "S")]
    [TestCase("US", "US")]
    [TestCase("UQS", "UQS")]
    [TestCase("SQ", "SQ")]
    [TestCase("N", "U")]
    public void A_1_0_server_is_told_in_the_words_of_1_0(string binding, string told)
    {
        Bed bed = Two(binding, 'S', out _, o => o.HighestVersion = LwM2MVersion.V10);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc&lt=300&lwm2m=1.0&b=" + told + " cf=40"));
    }

    [Test]
    public void Register_carries_the_devices_own_number()
    {
        Bed bed = With("U", System.Array.Empty<WireTransport>(), o => o.SmsNumber = "491701234567");
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc&lt=300&lwm2m=1.1&b=U&sms=491701234567 cf=40"));
    }

    [Test]
    public void The_preferred_transport_wins_where_it_is_there()
    {
        Bed bed = Two("UN", 'N', out _);
        bed.Client.Servers.Set(0, ServerResource.PreferredTransport, "N");
        bed.Registered();
        Assert.That(bed.Wire.Opened, Is.EqualTo(new[] { "N 0 127.0.0.1:5683 from 0" }));

        bed = Two("UN", 'N', out _);
        bed.Client.Servers.Set(0, ServerResource.PreferredTransport, "T");
        bed.Registered();
        Assert.That(bed.Wire.Opened, Is.EqualTo(new[] { "0 127.0.0.1:5683 from 0" }));
    }

    [Test]
    public void A_trigger_moves_a_sleeping_non_ip_device_to_udp_and_back()
    {
        Bed bed = Two("NU", 'N', out _, o => o.QueueMode = true);
        bed.Client.Servers.Set(0, ServerResource.Trigger, true);
        bed.Registered();
        bed.AdvanceSeconds(94);
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Asleep));

        Assert.That(bed.All(), Is.Empty);
        Trigger(bed, "NON POST /1/0/8 cf=0 \"0='U'\"");
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc&lt=300&lwm2m=1.1&b=NU&Q cf=40"));
        bed.Answer("ACK 2.01 location=rd/2");
        Assert.That(bed.Ask("CON GET /3/0/16"), Is.EqualTo("ACK 2.05 cf=0 \"UN\""));
        bed.AdvanceSeconds(94);

        Trigger(bed, "NON POST /1/0/8?0=N");
        bed.Next();
        bed.Answer("ACK 2.01 location=rd/3");
        Assert.That(bed.Wire.Opened.Select(o => o[..2]), Is.EqualTo(new[] { "N ", "0 ", "N " }));
    }

    [Test]
    public void Two_servers_have_a_bearer_each()
    {
        Bed bed = Two("U", 'N', out _);
        bed.Client.AddServer("coap://127.0.0.2:5683", 8, 300, "N");
        bed.Registered();
        Assert.That(bed.Wire.Opened, Is.EqualTo(new[] { "0 127.0.0.1:5683 from 0", "N 1 127.0.0.2:5683 from 0" }));
    }

    [Test]
    public void Where_the_bearer_must_not_be_repeated_on_a_message_goes_once_and_has_its_time()
    {
        Bed bed = Two("S", 'S', out WireTransport sms);
        sms.Pace = 120_000;
        sms.Repeats = 0;
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Advance(119_999);
        Assert.That(bed.All(), Is.Empty);
        Assert.That(bed.Events.Lines, Has.None.Contains("failed"));
        bed.Advance(60_001);
        Assert.That(bed.Events.Lines, Has.Some.Contains("failed"));
    }

    [Test]
    public void The_pace_of_one_bearer_does_not_stay_with_the_next()
    {
        Bed bed = Two("SU", 'S', out WireTransport sms);
        sms.Pace = 120_000;
        sms.Repeats = 0;
        bed.Client.Servers.Set(0, ServerResource.PreferredTransport, "S");
        bed.Registered();
        Assert.That(bed.Ask("CON POST /1/0/8 cf=0 \"0='U'\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Advance(3000);
        Assert.That(bed.All(), Has.Count.EqualTo(1), "repeated after ACK_TIMEOUT");
    }

    [Test]
    public void While_the_budget_is_used_up_notifications_wait_and_answers_go()
    {
        Bed bed = Two("N", 'N', out WireTransport nonIp);
        bed.Registered();
        bed.Client.Servers.Set(0, ServerResource.DisableTimeout, 800L);
        Assert.That(bed.Ask("CON GET /1/0/5 observe=0"), Does.StartWith("ACK 2.05"));
        nonIp.IsOutOfBudget = true;
        bed.Client.Servers.Set(0, ServerResource.DisableTimeout, 900L);
        bed.Advance(5000);
        Assert.That(bed.All(), Has.None.Contains("900"));
        Assert.That(bed.Ask("CON GET /1/0/5"), Is.EqualTo("ACK 2.05 cf=0 \"900\""));
        nonIp.IsOutOfBudget = false;
        bed.Client.Recovered(bed.Now);
        bed.Poll();
        Assert.That(bed.All(), Has.Some.Contains("2.05").And.Some.Contains("900"));
    }

    [Test]
    public void When_the_network_is_back_who_waits_tries_at_once()
    {
        Bed bed = Two("N", 'N', out WireTransport nonIp);
        nonIp.ComesUp = false;
        bed.Client.Start();
        bed.Poll();
        bed.Client.LinkDown(0, Lwm2m.Transport.LinkFailure.Unreachable, bed.Now);
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Waiting));
        nonIp.ComesUp = true;
        bed.Client.Recovered(bed.Now);
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
    }

    [Test]
    public void A_refused_connection_has_a_name_of_its_own()
    {
        Bed bed = Two("T", 'T', out WireTransport tcp);
        tcp.Reliable = true;
        tcp.ComesUp = false;
        bed.Client.Start();
        bed.Poll();
        bed.Client.LinkDown(0, Lwm2m.Transport.LinkFailure.Refused, bed.Now);
        Assert.That(bed.Client.Account(0).LastFailure, Is.EqualTo(RegistrationFailure.ConnectionRefused));
    }

    [Test]
    public void A_telephone_number_is_the_address_and_the_sender()
    {
        var bed = new Bed(null, client => client.AddServer("tel:+491701234567", 7), servers: 0);
        Assert.That(bed.Client.Security.GetString(0, SecurityResource.ServerUri, out string uri), Is.EqualTo(Outcome.Ok));
        Assert.That(bed.Client.Security.GetString(0, SecurityResource.ServerSmsNumber, out string number), Is.EqualTo(Outcome.Ok));
        Assert.That((uri, number, bed.Client.Servers.Binding(0)), Is.EqualTo(("tel:+491701234567", "+491701234567", "S")));
    }

    private static void Trigger(Bed bed, string line)
    {
        byte[] trigger = Trace.Build(line, 1, new byte[] { 1 });
        Assert.That(bed.Client.Triggered(trigger, 0, trigger.Length, bed.Now), Is.True);
        bed.Poll();
    }
}
