using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>Queue mode (Core 6.5): the awake window, silence, waking, and what the power port is told.</summary>
public class QueueModeTests
{
    private static Bed Queued(System.Action<ClientOptions>? options = null, int lifetime = 3600, System.Action<Lwm2mClient>? setUp = null) =>
        new(o =>
        {
            o.QueueMode = true;
            options?.Invoke(o);
        }, setUp, lifetime);

    [Test]
    public void Queue_mode_is_a_parameter_without_a_value()
    {
        Bed bed = Queued();
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd?ep=abc&lt=3600&lwm2m=1.1&b=U&Q cf=40 \"</1/0>,</3/0>\""));
        bed.Answer("ACK 2.01 location=rd/1");
        Assert.That(bed.Client.Account(0).IsInQueueMode, Is.True);
    }

    [Test]
    public void In_1_0_queue_mode_is_part_of_the_binding()
    {
        Bed bed = Queued(o => o.HighestVersion = LwM2MVersion.V10);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?ep=abc&lt=3600&lwm2m=1.0&b=UQ cf=40"));
    }

    [Test]
    public void A_1_0_server_that_writes_UQ_gets_queue_mode()
    {
        Bed bed = new Bed(o => o.HighestVersion = LwM2MVersion.V10, lifetime: 3600).Registered();
        Assert.That(bed.Client.Account(0).IsInQueueMode, Is.False);
        Assert.That(bed.Ask("CON PUT /1/0/7 cf=0 \"UQ\""), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f?b=UQ"));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Client.Account(0).IsInQueueMode, Is.True);
    }

    [Test]
    public void The_client_sleeps_93_seconds_after_the_last_message_and_not_before()
    {
        Bed bed = Queued().Registered();
        bed.Advance(92_999);
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Registered));
        Assert.That(bed.Ask("CON GET /3/0/16"), Is.EqualTo("ACK 2.05 cf=0 \"U\""));
        bed.Advance(92_999);
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Registered));
        bed.Advance(1);
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Asleep));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "sleeping 1" }));
    }

    [Test]
    public void Asleep_there_is_no_answer_and_no_reset_and_what_came_is_not_served_later()
    {
        Bed bed = Queued(o => o.AwakeMs = 5000).Registered();
        bed.AdvanceSeconds(6);
        bed.Server("CON GET /3/0/16 mid=77");
        bed.Server("CON 2.05 token=ff mid=78");
        bed.Server("CON EMPTY mid=79");
        bed.AdvanceSeconds(60);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.Client.WakeUp();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Next(), Is.EqualTo("-"));
        Assert.That(bed.Ask("CON GET /3/0/16"), Is.EqualTo("ACK 2.05 cf=0 \"U\""));
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "sleeping 1", "awake 1", "updated 1" }));
    }

    [Test]
    public void The_client_wakes_in_time_for_its_lifetime()
    {
        Bed bed = Queued(o => o.AwakeMs = 5000).Registered();
        long registered = bed.Now;
        while (bed.Wire.Sent.Count == 0)
            bed.AdvanceSeconds(1);
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
        Assert.That(bed.Now - registered, Is.EqualTo((3600 - 93) * 1000));
    }

    [Test]
    public void An_exchange_that_is_out_keeps_the_client_awake()
    {
        Bed bed = Queued(o => o.AwakeMs = 1000).Registered();
        bed.Client.Update();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
        bed.Client.Sleep();
        bed.Advance(1500);
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Updating));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Asleep));
    }

    [Test]
    public void Sleep_ends_the_window_at_once_and_is_refused_where_nobody_announced_queue_mode()
    {
        Bed bed = Queued().Registered();
        Assert.That(bed.Client.Sleep(), Is.True);
        bed.Poll();
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Asleep));
        Assert.That(bed.Client.Sleep(), Is.False);
        Assert.That(new Bed().Registered().Client.Sleep(), Is.False);
    }

    [Test]
    public void What_became_due_asleep_is_sent_after_the_update_with_its_last_value()
    {
        Bed bed = Queued(o => o.AwakeMs = 5000).Registered();
        bed.Ask("CON GET /1/0/1 observe=0 token=01");
        bed.AdvanceSeconds(6);
        bed.Client.Servers.Set(0, ServerResource.DisableTimeout, 1);
        bed.Client.Servers.Set(0, ServerResource.DisableTimeout, 2);
        bed.Ask("CON GET /3/0/16");
        bed.AdvanceSeconds(10);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.Client.Servers.Set(0, ServerResource.Lifetime, 4000);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f?lt=4000"));
        Assert.That(bed.Next(), Is.EqualTo("-"), "nothing before the Update is confirmed");
        bed.Answer("ACK 2.04");
        Assert.That(bed.Next(), Is.EqualTo("NON 2.05 observe=2 cf=0 \"4000\""));
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void Pmax_wakes_the_client()
    {
        Bed bed = Queued(o => o.AwakeMs = 5000).Registered();
        bed.Ask("CON PUT /3/0/16?pmax=60");
        bed.Ask("CON GET /3/0/16 observe=0 token=01");
        bed.Advance(59_999);
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Asleep));
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.Advance(1);
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Next(), Is.EqualTo("NON 2.05 observe=2 cf=0 \"U\""));
    }

    [Test]
    public void Pmax_wakes_the_client_also_where_a_change_waits_already()
    {
        Bed bed = Queued(o => o.AwakeMs = 5000).Registered();
        bed.Ask("CON PUT /1/0/1?pmax=60");
        bed.Ask("CON GET /1/0/5 observe=0 token=01");
        bed.Ask("CON PUT /3/0/16?pmax=60");
        bed.Ask("CON GET /3/0/16 observe=0 token=02");
        bed.AdvanceSeconds(20);
        ((DeviceObject)bed.Client.Find(3)!).Binding = "UT";
        bed.Advance(39_999);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.Advance(1);
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Next(), Is.EqualTo("NON 2.05 observe=2 cf=0 \"UT\""));
    }

    [Test]
    public void The_power_port_is_told_how_long_the_device_may_sleep()
    {
        var power = new RecordingPower();
        Bed bed = Queued(o =>
        {
            o.AwakeMs = 5000;
            o.Power = power;
        }).Registered();
        bed.Advance(4999);
        Assert.That(power.Told, Is.Empty);
        bed.Advance(1);
        Assert.That(power.Told, Is.EqualTo(new[] { (3600 - 93) * 1000L - 5000 }));
        bed.AdvanceSeconds(100);
        Assert.That(power.Told, Has.Count.EqualTo(1), "told once, not at each poll");
    }

    [Test]
    public void A_trigger_wakes_the_client_only_where_the_server_may()
    {
        Bed bed = Queued(o => o.AwakeMs = 5000).Registered();
        bed.AdvanceSeconds(6);
        byte[] trigger = Trace.Build("NON POST /1/0/8 mid=1", 1, new byte[] { 1 });
        Assert.That(bed.Client.Triggered(trigger, 0, trigger.Length, bed.Now), Is.False);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.Client.Servers.Set(0, ServerResource.Trigger, true);
        Assert.That(bed.Client.Triggered(trigger, 0, trigger.Length, bed.Now, 1), Is.False, "of another server");
        Assert.That(bed.Client.Triggered(trigger, 0, trigger.Length, bed.Now, 0), Is.True);
        Assert.That(bed.Client.Triggered(trigger, 0, trigger.Length, bed.Now), Is.True);
        bed.Poll();
        Assert.That(bed.All(), Is.EqualTo(new[] { "CON POST /rd/5a3f" }), "an Update, and no answer to the trigger");
        foreach (string other in new[] { "CON GET /1/0/8", "CON POST /3/0/4", "CON POST /1/1/8", "NON POST /1/0/8 cf=0 \"0='T'\"", "ACK EMPTY" })
        {
            byte[] message = Trace.Build(other, 2, new byte[] { 2 });
            Assert.That(bed.Client.Triggered(message, 0, message.Length, bed.Now), Is.False, other);
        }

        Assert.That(bed.Client.Triggered(new byte[] { 1, 2, 3 }, 0, 3, bed.Now), Is.False);
    }

    [Test]
    public void Disabled_means_silence_until_the_time_is_over()
    {
        Bed bed = new Bed().Registered();
        bed.Client.Servers.Set(0, ServerResource.DisableTimeout, 120);
        Assert.That(bed.Ask("CON POST /1/0/4"), Is.EqualTo("ACK 2.04"));
        Assert.That(bed.Next(), Is.EqualTo("CON DELETE /rd/5a3f"));
        bed.Answer("ACK 2.02");
        bed.Server("CON GET /3/0/16");
        bed.Server("CON EMPTY");
        bed.Advance(119_999);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.Advance(1);
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
    }

    private sealed class RecordingPower : IPower
    {
        public List<long> Told { get; } = new();

        public void MaySleep(long milliseconds) => Told.Add(milliseconds);
    }
}
