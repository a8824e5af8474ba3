using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>Order, delays, sequences and failures of several servers (/1/x/13 to 20, /1/x/25), and profiles.</summary>
public class ManyServersTests
{
    [Test]
    public void Every_server_gets_a_registration_of_its_own()
    {
        var bed = new Bed(servers: 3);
        bed.Client.Start();
        bed.Poll();
        Assert.That(Links(bed), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void Ordered_servers_come_one_after_the_other_and_unordered_ones_at_once()
    {
        var bed = new Bed(servers: 3);
        bed.Client.Servers.Set(0, ServerResource.RegistrationPriorityOrder, 7);
        bed.Client.Servers.Set(1, ServerResource.RegistrationPriorityOrder, 3);
        bed.Client.Start();
        bed.Poll();
        Assert.That(Links(bed), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Held));
        bed.AdvanceSeconds(1);
        RegisterAll(bed, 1);
        Assert.That(Links(bed), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public void The_initial_delay_counts_from_the_server_before_and_only_the_first_time()
    {
        var bed = new Bed(servers: 2);
        bed.Client.Servers.Set(0, ServerResource.RegistrationPriorityOrder, 1);
        bed.Client.Servers.Set(1, ServerResource.RegistrationPriorityOrder, 2);
        bed.Client.Servers.Set(1, ServerResource.InitialRegistrationDelayTimer, 30);
        bed.Client.Start();
        bed.AdvanceSeconds(1);
        bed.Next();
        bed.Answer("ACK 2.01 location=rd/1", 0);
        bed.Advance(29_999);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.Advance(1);
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        Assert.That(bed.LastLink, Is.EqualTo(1));
        bed.Answer("ACK 2.01 location=rd/2", 1);
        bed.Client.Restart();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 2.01 location=rd/3", 0);
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        Assert.That(bed.LastLink, Is.EqualTo(1));
    }

    [Test]
    public void A_server_that_fails_for_good_lets_the_next_one_have_its_turn_unless_it_blocks([Values] bool blocks)
    {
        var bed = new Bed(servers: 2);
        bed.Client.Servers.Set(0, ServerResource.RegistrationPriorityOrder, 1);
        bed.Client.Servers.Set(1, ServerResource.RegistrationPriorityOrder, 2);
        bed.Client.Servers.Set(0, ServerResource.RegistrationFailureBlock, blocks);
        bed.Client.Servers.Set(0, ServerResource.CommunicationRetryCount, 2);
        bed.Client.Servers.Set(0, ServerResource.CommunicationRetryTimer, 10);
        bed.Client.Servers.Set(0, ServerResource.CommunicationSequenceDelayTimer, 100);
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 4.03", 0);
        bed.AdvanceSeconds(10);
        bed.Next();
        Assert.That(bed.LastLink, Is.Zero);
        bed.Answer("ACK 4.03", 0);
        bed.AdvanceSeconds(1);
        Assert.That(Links(bed), Is.EqualTo(blocks ? System.Array.Empty<int>() : new[] { 1 }));
        bed.AdvanceSeconds(99);
        Assert.That(Links(bed).Take(1), Is.EqualTo(new[] { blocks ? 0 : 1 }));
    }

    [Test]
    public void Attempts_double_within_a_sequence_and_start_anew_after_its_pause()
    {
        var bed = new Bed();
        bed.Client.Servers.Set(0, ServerResource.CommunicationRetryCount, 3);
        bed.Client.Servers.Set(0, ServerResource.CommunicationRetryTimer, 10);
        bed.Client.Servers.Set(0, ServerResource.CommunicationSequenceDelayTimer, 1000);
        bed.Client.Servers.Set(0, ServerResource.CommunicationSequenceRetryCount, 2);
        bed.Client.Start();
        bed.Poll();
        var pauses = new List<long>();
        for (int attempt = 0; attempt < 7; attempt++)
        {
            bed.Next();
            long refused = bed.Now;
            bed.Answer("ACK 4.03");
            while (bed.Wire.Sent.Count == 0)
                bed.AdvanceSeconds(1);
            pauses.Add((bed.Now - refused) / 1000);
        }

        Assert.That(pauses, Is.EqualTo(new[] { 10, 20, 1000, 10, 20, 1000, 10 }));
    }

    [Test]
    public void An_endless_pause_between_sequences_is_a_day()
    {
        var bed = new Bed();
        bed.Client.Servers.Set(0, ServerResource.CommunicationRetryCount, 1);
        bed.Client.Servers.Set(0, ServerResource.CommunicationRetryTimer, 10);
        bed.Client.Servers.Set(0, ServerResource.CommunicationSequenceDelayTimer, ulong.MaxValue);
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 4.03");
        bed.AdvanceSeconds(86_399);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.AdvanceSeconds(1);
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
    }

    [Test]
    public void The_versions_that_the_server_is_known_to_speak_come_first()
    {
        var bed = new Bed(o => o.HighestVersion = LwM2MVersion.V12);
        bed.Client.Servers.SetInstance(0, ServerResource.SupportedServerVersions, 0, "1.0");
        bed.Client.Servers.SetInstance(0, ServerResource.SupportedServerVersions, 1, "1.1.1");
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.Contain("lwm2m=1.1"));
    }

    [Test]
    public void A_profile_stands_for_the_list()
    {
        var bed = new Bed(o =>
        {
            o.HighestVersion = LwM2MVersion.V12;
            o.ProfileId = "6:27354b9a";
            o.ProfileLinks = "</1/0>,</3/0>";
        });
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd?ep=abc&lt=300&lwm2m=1.2&b=U&pid=6:27354b9a"));
        bed.Answer("ACK 2.01 location=rd/1");
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Registered));
    }

    [Test]
    public void A_profile_that_the_server_cannot_resolve_is_followed_by_the_list()
    {
        var bed = new Bed(o =>
        {
            o.HighestVersion = LwM2MVersion.V12;
            o.ProfileId = "oma:x";
            o.ProfileLinks = "</1/0>,</3/0>";
        });
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 4.09");
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd?ep=abc&lt=300&lwm2m=1.2&b=U cf=40 \"</1/0>,</3>;ver=1.2,</3/0>\""));
        bed.Answer("ACK 4.09");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "failed 1 Rejected 89" }));
    }

    [Test]
    public void What_the_profile_does_not_cover_is_listed_besides_it()
    {
        var bed = new Bed(o =>
        {
            o.HighestVersion = LwM2MVersion.V12;
            o.ProfileId = "6:27354b9a";
            o.ProfileLinks = "</1/0>,</3/0>";
        }, client =>
        {
            var other = new StoredObject(new ObjectDefinition(26241, "1.0", Resource.ReadOnly(0, Formats.DataType.Integer)));
            other.AddInstance(0);
            client.Add(other);
        });
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd?ep=abc&lt=300&lwm2m=1.2&b=U&pid=6:27354b9a cf=40 \"</26241/0>\""));
    }

    [Test]
    public void A_changed_network_opens_links_anew_and_registers()
    {
        Bed bed = new Bed(lifetime: 3600).Registered();
        bed.Ask("CON GET /3/0/16 observe=0 token=01");
        bed.Client.NetworkChanged();
        bed.Poll();
        Assert.That(bed.Wire.Opened, Has.Count.EqualTo(2));
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
    }

    [Test]
    public void A_changed_network_cuts_a_pause_short_and_counts_as_no_failure()
    {
        var bed = new Bed();
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Client.NetworkChanged();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Answer("ACK 4.03");
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.Client.NetworkChanged();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "failed 1 Rejected 83" }));
    }

    private static int[] Links(Bed bed)
    {
        int[] links = bed.Wire.Sent.Select(s => s.Link).ToArray();
        return links;
    }

    private static void RegisterAll(Bed bed, int link)
    {
        while (bed.Wire.Sent.Count > 0)
        {
            bed.Next();
            bed.Answer("ACK 2.01 location=rd/" + bed.LastLink, bed.LastLink);
            if (bed.LastLink == link)
            {
                while (bed.Wire.Sent.Count > 0 && bed.Wire.Sent.Peek().Link != 0)
                    bed.Next();
                return;
            }
        }
    }
}
