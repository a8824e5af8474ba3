using System;
using System.Linq;
using Lwm2m.Transport;
using NUnit.Framework;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Engine;

public class RegistrationTests
{
    [Test]
    public void Register_lists_objects_without_security()
    {
        var bed = new Bed();
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd?ep=abc&lt=300&lwm2m=1.1&b=U cf=40 \"</1/0>,</3/0>\""));
        bed.Answer("ACK 2.01 location=rd/5a3f");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "registered 1 /rd/5a3f" }));
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Registered));
    }

    [Test]
    public void Register_in_1_2_announces_the_device_version()
    {
        var bed = new Bed(o => o.HighestVersion = LwM2MVersion.V12);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd?ep=abc&lt=300&lwm2m=1.2&b=U cf=40 \"</1/0>,</3>;ver=1.2,</3/0>\""));
    }

    [Test]
    public void Version_steps_down_on_4_12_only_and_is_remembered()
    {
        var bed = new Bed(o => o.HighestVersion = LwM2MVersion.V12);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.Contain("lwm2m=1.2"));
        bed.Answer("ACK 4.12");
        Assert.That(bed.Next(), Does.Contain("lwm2m=1.1"));
        bed.Answer("ACK 4.12");
        Assert.That(bed.Next(), Does.Contain("lwm2m=1.0"));
        bed.Answer("ACK 2.01 location=rd/1");
        Assert.That(bed.Client.Account(0).Version, Is.EqualTo(LwM2MVersion.V10));
    }

    [Test]
    public void A_server_that_speaks_no_version_is_told_apart_and_asked_again()
    {
        var bed = new Bed(o => o.HighestVersion = LwM2MVersion.V10);
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 4.12");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "failed 1 VersionNotSupported 8c" }));
        bed.AdvanceSeconds(3);
        Assert.That(bed.Next(), Does.Contain("lwm2m=1.0"));
    }

    [Test]
    public void A_refusal_names_its_code_and_the_next_attempt_follows_after_a_growing_pause()
    {
        var bed = new Bed();
        bed.Client.Start();
        bed.Poll();
        long lastPause = 0;
        for (int attempt = 0; attempt < 12; attempt++)
        {
            Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
            long refusedAt = bed.Now;
            bed.Answer("ACK 4.03");
            Assert.That(bed.Events.Lines.Last(), Is.EqualTo("failed 1 Rejected 83"));
            while (bed.Wire.Sent.Count == 0)
                bed.Advance(250);
            long pause = bed.Now - refusedAt;
            Assert.That(pause, Is.GreaterThanOrEqualTo(Math.Min(lastPause * 3 / 2, 900_000)));
            Assert.That(pause, Is.LessThanOrEqualTo(900_000 * 5 / 4 + 250));
            lastPause = pause;
        }
    }

    [Test]
    public void A_silent_server_is_reported_as_silent_and_asked_for_ever()
    {
        var bed = new Bed();
        bed.Client.Start();
        bed.Poll();
        while (bed.Events.Lines.Count == 0)
            bed.Advance(100);
        Assert.That(bed.All().Count(l => l.StartsWith("CON POST /rd?")), Is.EqualTo(5));
        bed.AdvanceSeconds(24 * 3600);
        Assert.That(bed.Events.Lines, Has.All.EqualTo("failed 1 NoAnswer 00"));
        bed.All();
        while (bed.Wire.Sent.Count == 0)
            bed.AdvanceSeconds(1);
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Answer("ACK 2.01 location=rd/1");
        Assert.That(bed.Client.Account(0).IsRegistered);
    }

    [Test]
    public void Retry_resources_of_the_server_object_are_honoured()
    {
        var bed = new Bed();
        bed.Client.Servers.Set(0, ServerResource.CommunicationRetryTimer, 10L);
        bed.Client.Servers.Set(0, ServerResource.CommunicationRetryCount, 2L);
        bed.Client.Servers.Set(0, ServerResource.CommunicationSequenceDelayTimer, 1000L);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST"));
        bed.Answer("ACK 5.03");
        bed.AdvanceSeconds(9.9);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.AdvanceSeconds(0.1);
        Assert.That(bed.Next(), Does.StartWith("CON POST"));
        bed.Answer("ACK 5.03");
        bed.AdvanceSeconds(999);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.AdvanceSeconds(1);
        Assert.That(bed.Next(), Does.StartWith("CON POST"));
    }

    [Test]
    public void Update_keeps_the_registration_alive_and_has_no_parameters()
    {
        Bed bed = new Bed().Registered();
        bed.AdvanceSeconds(300 - 93);
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
        Assert.That(bed.LastDatagram, Has.Length.LessThanOrEqualTo(17));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "updated 1" }));
        bed.AdvanceSeconds(206);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.AdvanceSeconds(1);
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
    }

    [Test]
    public void A_written_lifetime_is_confirmed_by_an_update_at_once()
    {
        Bed bed = new Bed().Registered();
        Assert.That(bed.Ask("CON PUT /1/0/1 cf=0 \"120\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f?lt=120"));
        bed.Answer("ACK 2.04");
        bed.AdvanceSeconds(60);
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
    }

    [Test]
    public void Lifetime_0_is_infinite()
    {
        Bed bed = new Bed(lifetime: 0).Registered();
        bed.AdvanceSeconds(1_000_000);
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void Disable_deregisters_and_comes_back_after_its_time()
    {
        Bed bed = new Bed().Registered();
        bed.Client.Servers.Set(0, ServerResource.DisableTimeout, 60L);
        Assert.That(bed.Ask("CON POST /1/0/4"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Is.EqualTo("CON DELETE /rd/5a3f"));
        bed.Answer("ACK 2.02");
        Assert.That(bed.Events.Lines, Does.Contain("deregistered 1"));
        bed.AdvanceSeconds(59);
        Assert.That(bed.Ask("CON GET /3/0/0"), Is.EqualTo("-"));
        bed.AdvanceSeconds(1);
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc"));
    }

    [Test]
    public void Update_trigger_is_answered_and_followed_by_an_update()
    {
        Bed bed = new Bed().Registered();
        Assert.That(bed.Ask("CON POST /1/0/8"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
    }

    [Test]
    public void An_unknown_registration_is_made_anew()
    {
        Bed bed = new Bed().Registered();
        bed.AdvanceSeconds(207);
        bed.Next();
        bed.Answer("ACK 4.04");
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc"));
        bed.Answer("ACK 2.01 location=rd/2");
        Assert.That(bed.Client.Account(0).LocationPath, Is.EqualTo("/rd/2"));
    }

    [Test]
    public void An_unanswered_update_opens_the_link_anew_and_registers()
    {
        Bed bed = new Bed().Registered();
        bed.AdvanceSeconds(207);
        Assert.That(bed.Wire.Opened, Has.Count.EqualTo(1));
        bed.AdvanceSeconds(94);
        Assert.That(bed.Wire.Opened, Has.Count.EqualTo(2));
        Assert.That(bed.All().Last(), Does.StartWith("CON POST /rd?ep=abc"));
    }

    [Test]
    public void Stop_deregisters_and_ends()
    {
        Bed bed = new Bed().Registered();
        bed.Client.Stop();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON DELETE /rd/5a3f"));
        Assert.That(bed.Client.IsStopped, Is.False);
        bed.Answer("ACK 2.02");
        Assert.That(bed.Client.IsStopped);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "deregistered 1" }));
    }

    [Test]
    public void Restart_registers_anew_without_leaving()
    {
        Bed bed = new Bed().Registered();
        bed.Client.Restart();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc"));
    }

    [Test]
    public void Requests_are_ignored_before_the_registration_is_complete()
    {
        var bed = new Bed();
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        Assert.That(bed.Ask("CON GET /3/0/0 mid=7"), Is.EqualTo("-"));
    }

    [Test]
    public void Two_servers_have_registrations_of_their_own()
    {
        var bed = new Bed(servers: 2);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Answer("ACK 2.01 location=rd/a", 0);
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Answer("ACK 4.00", 1);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "registered 1 /rd/a", "failed 2 Rejected 80" }));
        Assert.That(bed.Ask("CON GET /1/0/0"), Is.EqualTo("ACK 2.05 cf=0 \"1\""));
    }

    [Test]
    public void A_location_of_many_segments_is_replayed_verbatim()
    {
        Bed bed = new Bed().Registered("a/bc/d-e/x_1");
        bed.AdvanceSeconds(207);
        Assert.That(bed.Next(), Is.EqualTo("CON POST /a/bc/d-e/x_1"));
    }

    [Test]
    public void An_unknown_name_is_reported_as_such()
    {
        var bed = new Bed();
        bed.Wire.ComesUp = false;
        bed.Client.Start();
        bed.Poll();
        bed.Client.LinkDown(0, LinkFailure.NameNotFound, bed.Now);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "failed 1 NameNotFound 00" }));
    }

    [Test]
    public void Every_pair_of_state_and_event_is_answered_on_purpose()
    {
        foreach (RegistrationState state in Enum.GetValues<RegistrationState>())
        {
            foreach (RegistrationEvent happened in Enum.GetValues<RegistrationEvent>())
            {
                RegistrationAction action = RegistrationTable.Action(state, happened);
                RegistrationState next = RegistrationTable.Next(state, happened);
                Assert.That(Enum.IsDefined(action) && Enum.IsDefined(next), $"{state} {happened}");
                if (action == RegistrationAction.Ignore)
                    Assert.That(next, Is.EqualTo(state));
            }

            // Whatever the state, the application can stop the client, and it ends.
            RegistrationState stopped = RegistrationTable.Next(state, RegistrationEvent.Stop);
            Assert.That(stopped is RegistrationState.Off or RegistrationState.Deregistering, $"{state}");
        }
    }

    [Test]
    public void A_register_of_four_objects_takes_65_bytes()
    {
        var sensor = new StoredObject(new ObjectDefinition(3303, "1.0", Resource.ReadOnly(5700, DataType.Float, mandatory: true)));
        sensor.AddInstance(0);
        var bed = new Bed(setUp: c => c.Add(sensor));
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd?ep=abc&lt=300&lwm2m=1.1&b=U cf=40 \"</1/0>,</3/0>,</3303/0>\""));
        Assert.That(bed.LastDatagram, Has.Length.EqualTo(65));
    }
}
