using System;
using System.Collections.Generic;
using System.Linq;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Transport;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Bootstrap;

public class BootstrapMachineTests
{
    [Test]
    public void Every_pair_of_state_and_event_is_answered_on_purpose()
    {
        foreach (BootstrapState state in Enum.GetValues<BootstrapState>())
        {
            foreach (BootstrapEvent happened in Enum.GetValues<BootstrapEvent>())
            {
                BootstrapAction action = BootstrapTable.Action(state, happened);
                BootstrapState next = BootstrapTable.Next(state, happened);
                Assert.That(Enum.IsDefined(action) && Enum.IsDefined(next), $"{state} {happened}");
                if (action == BootstrapAction.Ignore)
                    Assert.That(next, Is.EqualTo(state));
            }

            Assert.That(BootstrapTable.Next(state, BootstrapEvent.Stop), Is.EqualTo(BootstrapState.Off), $"{state}");
        }
    }

    [Test]
    public void A_client_with_nothing_to_go_to_does_not_start()
    {
        var client = new Lwm2mClient(new ClientOptions("abc"), new SeededRandom(1));
        Assert.That(() => client.Start(), Throws.InvalidOperationException);
        client.AddBootstrapServer("coap://127.0.0.9:5683", 3);
        client.Start();
        Assert.That(client.HasBootstrapServer);
        Assert.That(() => client.AddBootstrapServer("coap://127.0.0.9:5683"), Throws.InvalidOperationException);
    }

    [Test]
    public void There_is_one_bootstrap_account_and_its_URI_can_be_read()
    {
        var client = new Lwm2mClient(new ClientOptions("abc"), new SeededRandom(1));
        Assert.That(() => client.AddBootstrapServer("nonsense"), Throws.ArgumentException);
        client.AddBootstrapServer("coap://127.0.0.9:5683");
        Assert.That(() => client.AddBootstrapServer("coap://127.0.0.8:5683"), Throws.ArgumentException);
        Assert.That(client.Security.InstanceCount, Is.EqualTo(1));
    }

    [Test]
    public void The_hold_off_time_passes_first_and_only_once()
    {
        Bed bed = Provisioning.Fresh(holdOff: 30);
        bed.Client.Start();
        bed.AdvanceSeconds(29.999);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        Assert.That(bed.Client.BootstrapState, Is.EqualTo(BootstrapState.HoldingOff));
        bed.Advance(1);
        Assert.That(bed.Next(), Is.EqualTo(Provisioning.Request));
        bed.Answer("ACK 5.03", bed.BootstrapLink);
        Assert.That(bed.Events.LastRetryInMs, Is.InRange(2000, 2500));
        bed.Advance(bed.Events.LastRetryInMs - 1);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.Advance(1);
        Assert.That(bed.Next(), Is.EqualTo(Provisioning.Request));
    }

    [Test]
    public void What_the_application_asks_for_needs_no_hold_off()
    {
        Bed bed = Provisioning.Fresh(holdOff: 3600);
        bed.Client.Start();
        bed.AdvanceSeconds(1);
        Assert.That(bed.Client.Bootstrap());
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo(Provisioning.Request));
    }

    [Test]
    public void A_request_that_is_refused_is_repeated_in_the_form_of_1_0()
    {
        Bed bed = Provisioning.Fresh();
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 4.15", bed.BootstrapLink);
        Assert.That(bed.Next(), Is.EqualTo("CON POST /bs?ep=abc"));
        bed.Answer("ACK 4.00", bed.BootstrapLink);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrap-failed Rejected 80" }));
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void A_client_of_1_0_sends_the_form_of_1_0_once()
    {
        Bed bed = Provisioning.Fresh(version: LwM2MVersion.V10);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /bs?ep=abc"));
        bed.Answer("ACK 4.00", bed.BootstrapLink);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrap-failed Rejected 80" }));
    }

    [Test]
    public void Attempts_go_on_for_ever_with_growing_pauses()
    {
        Bed bed = Provisioning.Fresh();
        bed.Client.Start();
        bed.Poll();
        var pauses = new List<long>();
        for (int attempt = 0; attempt < 14; attempt++)
        {
            Assert.That(bed.Next(), Is.EqualTo(Provisioning.Request));
            bed.Answer("ACK 5.00", bed.BootstrapLink);
            pauses.Add(bed.Events.LastRetryInMs);
            bed.Advance(pauses[^1]);
        }

        for (int index = 0; index < pauses.Count; index++)
        {
            long least = Math.Min(2000L << index, 900_000);
            Assert.That(pauses[index], Is.InRange(least, least * 5 / 4));
        }

        Assert.That(pauses.Distinct().Count(), Is.GreaterThan(10), "a fleet must not come back in one instant");
    }

    [Test]
    public void A_silent_bootstrap_server_is_told_apart()
    {
        Bed bed = Provisioning.Fresh();
        bed.Client.Start();
        bed.AdvanceSeconds(94);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrap-failed NoAnswer 00" }));
        Assert.That(bed.All().Count(l => l == Provisioning.Request), Is.GreaterThanOrEqualTo(5));
    }

    [Test]
    public void A_reset_a_strange_answer_and_a_dead_link_are_told_apart()
    {
        Bed bed = Provisioning.Fresh();
        bed.Client.Start();
        bed.Poll();
        bed.Next(withIds: true);
        bed.Answer("RST EMPTY", bed.BootstrapLink);
        bed.AdvanceSeconds(3);
        bed.Next();
        bed.Answer("ACK 2.05", bed.BootstrapLink);
        bed.Wire.ComesUp = false;
        bed.AdvanceSeconds(6);
        bed.Client.LinkDown(bed.BootstrapLink, LinkFailure.NameNotFound, bed.Now);
        bed.AdvanceSeconds(11);
        bed.Client.LinkDown(bed.BootstrapLink, LinkFailure.Unreachable, bed.Now);
        bed.AdvanceSeconds(21);
        bed.AdvanceSeconds(60);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[]
        {
            "bootstrap-failed Reset 00", "bootstrap-failed BadAnswer 45", "bootstrap-failed NameNotFound 00",
            "bootstrap-failed Unreachable 00", "bootstrap-failed Unreachable 00"
        }));
    }

    [Test]
    public void A_URI_that_no_transport_opens_is_told_apart()
    {
        var bed = new Bed(setUp: c => c.Security.AddBootstrapAccount("coaps://127.0.0.9"), servers: 0);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrap-failed BadUri 00" }));
    }

    [Test]
    public void A_server_starts_a_bootstrap_without_hold_off()
    {
        Bed bed = new Bed(setUp: c => c.AddBootstrapServer("coap://127.0.0.9:5683", 3600)).Registered();
        Assert.That(bed.Ask("CON POST /1/0/9"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Is.EqualTo(Provisioning.Request));
        Assert.That(bed.LastLink, Is.EqualTo(bed.BootstrapLink));
        bed.Answer("ACK 2.04", bed.BootstrapLink);
        Assert.That(bed.Client.Account(0).IsRegistered);
    }

    [Test]
    public void Without_a_bootstrap_account_the_trigger_is_not_allowed()
    {
        Bed bed = new Bed().Registered();
        Assert.That(bed.Ask("CON POST /1/0/9"), Is.EqualTo("ACK 4.05"));
        Assert.That(bed.Client.Bootstrap(), Is.False);
    }

    [Test]
    public void A_server_out_of_reach_leads_to_a_bootstrap_after_the_hold_off_time()
    {
        var bed = new Bed(setUp: c => c.AddBootstrapServer("coap://127.0.0.9:5683", 10));
        bed.Client.Start();
        while (bed.Client.BootstrapState != BootstrapState.HoldingOff)
            bed.Advance(100);
        Assert.That(bed.Events.Lines.Count(l => l == "failed 1 NoAnswer 00"), Is.EqualTo(5));
        bed.All();
        bed.AdvanceSeconds(9.9);
        Assert.That(bed.All(), Has.None.EqualTo(Provisioning.Request));
        bed.Advance(101);
        while (bed.Next() != Provisioning.Request)
            Assert.That(bed.Wire.Sent, Is.Not.Empty);
        bed.Answer("ACK 2.04", bed.BootstrapLink);
        bed.Command(Provisioning.Security(0, 1, "coap://127.0.0.5:5683"));
        bed.All();
        bed.Command("CON POST /bs");
        Assert.That(bed.Events.Lines.Last(), Is.EqualTo("bootstrapped"));
        Assert.That(bed.Wire.Opened.Last(), Is.EqualTo("0 127.0.0.5:5683 from 0"));
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Answer("ACK 2.01 location=rd/1");
        Assert.That(bed.Client.Account(0).IsRegistered);
    }

    [Test]
    public void Factory_accounts_come_before_the_bootstrap_server()
    {
        var bed = new Bed(setUp: c => c.AddBootstrapServer("coap://127.0.0.9:5683"));
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Answer("ACK 2.01 location=rd/1");
        bed.AdvanceSeconds(100);
        Assert.That(bed.Client.BootstrapState, Is.EqualTo(BootstrapState.Off));
        Assert.That(bed.Wire.Opened, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_bootstrap_that_is_waited_for_is_given_up_when_the_server_comes_back()
    {
        var bed = new Bed(setUp: c => c.AddBootstrapServer("coap://127.0.0.9:5683", 3600));
        bed.Client.Start();
        while (bed.Client.BootstrapState != BootstrapState.HoldingOff)
            bed.Advance(100);
        bed.All();
        bed.Client.Update();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Answer("ACK 2.01 location=rd/1");
        Assert.That(bed.Client.BootstrapState, Is.EqualTo(BootstrapState.Off));
    }

    [Test]
    public void Stop_ends_a_bootstrap_and_takes_it_back()
    {
        Bed bed = Provisioning.InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Client.Stop();
        bed.Poll();
        Assert.That(bed.Client.IsStopped);
        Assert.That(bed.Client.Security.InstanceCount, Is.EqualTo(1));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("-"));
    }

    [Test]
    public void Restart_takes_a_bootstrap_back_and_begins_anew()
    {
        Bed bed = Provisioning.InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Client.Restart();
        bed.Poll();
        Assert.That(bed.Client.Security.InstanceCount, Is.EqualTo(1));
        Assert.That(bed.Next(), Is.EqualTo(Provisioning.Request));
    }

    [Test]
    public void A_lost_link_takes_a_session_back()
    {
        Bed bed = Provisioning.InSession();
        bed.Command(Provisioning.Security(1, 1));
        bed.Client.LinkDown(bed.BootstrapLink, LinkFailure.Other, bed.Now);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "bootstrap-failed LinkLost 00" }));
        Assert.That(bed.Client.Security.InstanceCount, Is.EqualTo(1));
        bed.AdvanceSeconds(3);
        Assert.That(bed.Next(), Is.EqualTo(Provisioning.Request));
    }

    [Test]
    public void A_listener_that_throws_disturbs_no_bootstrap()
    {
        Bed bed = Provisioning.Fresh();
        bed.Client.Listener = new ThrowingListener();
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 5.00", bed.BootstrapLink);
        bed.AdvanceSeconds(3);
        bed.Next();
        bed.Answer("ACK 2.04", bed.BootstrapLink);
        bed.Command(Provisioning.Security(1, 1));
        bed.Command(Provisioning.Server(0, 1));
        Assert.That(bed.Command("CON POST /bs"), Is.EqualTo("ACK 2.04"));
        Assert.That(((ThrowingListener)bed.Client.Listener!).Reported, Is.EqualTo(10));
    }

    private sealed class ThrowingListener : ClientListener
    {
        public int Reported;

        public override void OnBootstrapStateChanged(BootstrapState state, BootstrapState before) => throw new InvalidOperationException();

        public override void OnBootstrapped() => throw new InvalidOperationException();

        public override void OnBootstrapFailed(BootstrapFailure reason, int code, long retryInMs) => throw new InvalidOperationException();

        public override void OnHandlerError(ServerAccount? server, Exception thrown) => Reported++;
    }
}
