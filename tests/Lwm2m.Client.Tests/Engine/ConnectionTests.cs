using System;
using System.Collections.Generic;
using System.Linq;
using Lwm2m.Client.Tests.Storage;
using Lwm2m.Formats;
using Lwm2m.Transport;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>A server that is reached over a connection (binding T): nothing is confirmed or repeated, and what was agreed ends with the connection.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ConnectionTests
{
    private const string Uri = "coap+tcp://127.0.0.1:5683";

    private readonly StoredObject _sensor = new(new ObjectDefinition(3303, "1.0",
        Resource.ReadWrite(5700, DataType.Float, mandatory: true), Resource.ReadWrite(5750, DataType.String)) { MaxStringBytes = 9000 });

    [Test]
    public void It_registers_with_binding_t_and_repeats_nothing()
    {
        Bed bed = NewBed();
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("NON POST /rd?ep=abc&lt=300&lwm2m=1.1&b=T cf=40 "));
        bed.AdvanceSeconds(90);
        Assert.That(bed.All(), Is.Empty);
        bed.Answer("NON 2.01 location=rd/1");
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Registered));
    }

    [Test]
    public void It_serves_without_acknowledgements()
    {
        Bed bed = Registered();
        Assert.That(bed.Ask("NON GET /3303/0/5700 accept=0"), Is.EqualTo("NON 2.05 cf=0 \"21.5\""));
        Assert.That(bed.Ask("NON PUT /3303/0/5700 cf=0 \"3\""), Is.EqualTo("NON 2.04"));
        Assert.That(bed.Ask("NON DELETE /3/0"), Does.StartWith("NON 4.05"));
        Assert.That(bed.All(), Is.Empty);
    }

    [Test]
    public void It_updates_in_time_and_deregisters()
    {
        Bed bed = Registered();
        bed.AdvanceSeconds(299);
        Assert.That(bed.Next(), Is.EqualTo("NON POST /rd/1"));
        bed.Answer("NON 2.04");
        bed.Client.Stop();
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("NON DELETE /rd/1"));
        bed.Answer("NON 2.02");
        Assert.That(bed.Client.IsStopped, Is.True);
    }

    [TestCase("")]
    [TestCase("?con=1")]
    public void Notifications_are_never_confirmable(string attributes)
    {
        Bed bed = Registered();
        if (attributes.Length > 0)
            Assert.That(bed.Ask("NON PUT /3303/0/5700" + attributes), Is.EqualTo("NON 2.04"));
        Assert.That(bed.Ask("NON GET /3303/0/5700 observe=0 accept=0"), Does.StartWith("NON 2.05 observe="));
        for (int i = 1; i <= 3; i++)
        {
            _sensor.Set(0, 5700, 30.0 + i);
            bed.Poll();
            Assert.That(bed.Next(), Does.StartWith("NON 2.05 observe=").And.EndsWith($"\"{30 + i}\""));
        }
    }

    [Test]
    public void Lost_it_is_tried_within_a_second_and_then_at_pauses_that_double_to_a_minute()
    {
        Bed bed = Registered();
        bed.Ask("NON GET /3303/0/5700 observe=0 accept=0");
        bed.Wire.ComesUp = false;
        bed.Wire.Opened.Clear();
        long lost = bed.Now;
        bed.Client.LinkDown(0, LinkFailure.Closed, bed.Now);
        Assert.That(OpenedAt(bed, 1) - lost, Is.LessThanOrEqualTo(1000));

        var pauses = new List<long>();
        for (int attempt = 2; attempt <= 10; attempt++)
        {
            long failed = bed.Now;
            bed.Client.LinkDown(0, LinkFailure.Refused, bed.Now);
            pauses.Add(OpenedAt(bed, attempt) - failed);
        }
        Assert.That(pauses, Is.EqualTo(new long[] { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000 }));

        bed.Client.LinkUp(0, bed.Now);
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("NON POST /rd?ep=abc"));
        bed.Answer("NON 2.01 location=rd/2");
        _sensor.Set(0, 5700, 40.0);
        bed.AdvanceSeconds(5);
        Assert.That(bed.All(), Is.Empty, "the observation died with its connection");
        Assert.That(bed.Ask("NON GET /3303/0/5700 accept=0"), Is.EqualTo("NON 2.05 cf=0 \"40\""));
    }

    [Test]
    public void The_pauses_begin_anew_after_a_registration()
    {
        Bed bed = Registered();
        bed.Wire.ComesUp = false;
        for (int round = 0; round < 2; round++)
        {
            bed.Wire.Opened.Clear();
            bed.Client.LinkDown(0, LinkFailure.Closed, bed.Now);
            OpenedAt(bed, 1);
            long failed = bed.Now;
            bed.Client.LinkDown(0, LinkFailure.Refused, bed.Now);
            Assert.That(OpenedAt(bed, 2) - failed, Is.EqualTo(1000));
            bed.Client.LinkUp(0, bed.Now);
            bed.Poll();
            bed.Next();
            bed.Answer("NON 2.01 location=rd/2");
        }
    }

    [Test]
    public void A_certificate_that_is_not_trusted_is_told_as_such()
    {
        Bed bed = NewBed();
        bed.Wire.ComesUp = false;
        bed.Client.Start();
        bed.Poll();
        bed.Client.LinkDown(0, LinkFailure.SecurityFailed, bed.Now);
        Assert.That(bed.Client.Account(0).LastFailure, Is.EqualTo(RegistrationFailure.SecurityFailed));
    }

    [Test]
    public void Disabled_it_leaves_and_comes_back_over_a_new_connection()
    {
        Bed bed = Registered();
        bed.Client.Servers.Set(0, ServerResource.DisableTimeout, 60L);
        bed.Wire.Opened.Clear();
        Assert.That(bed.Ask("NON POST /1/0/4"), Is.EqualTo("NON 2.04"));
        Assert.That(bed.Next(), Is.EqualTo("NON DELETE /rd/1"));
        bed.Answer("NON 2.02");
        bed.AdvanceSeconds(59);
        Assert.That(bed.Wire.Opened, Is.Empty);
        bed.AdvanceSeconds(2);
        Assert.That(bed.Wire.Opened, Has.Count.EqualTo(1));
        Assert.That(bed.Next(), Does.StartWith("NON POST /rd?ep=abc"));
    }

    [Test]
    public void In_queue_mode_it_sleeps_and_tells_what_waited_when_it_wakes()
    {
        Bed bed = Registered(o => o.QueueMode = true);
        bed.Ask("NON GET /3303/0/5700 observe=0 accept=0");
        bed.AdvanceSeconds(94);
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Asleep));
        bed.Server("NON GET /3303/0/5700 accept=0");
        Assert.That(bed.All(), Is.Empty, "who sleeps hears nothing");
        _sensor.Set(0, 5700, 25.0);
        bed.Client.Update();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("NON POST /rd/1"));
        bed.Answer("NON 2.04");
        Assert.That(bed.Next(), Does.StartWith("NON 2.05 observe=").And.EndsWith("\"25\""));
    }

    [Test]
    public void A_connection_that_is_lost_while_it_sleeps_means_a_register()
    {
        Bed bed = Registered(o => o.QueueMode = true);
        bed.AdvanceSeconds(94);
        bed.Client.LinkDown(0, LinkFailure.Closed, bed.Now);
        bed.AdvanceSeconds(300);
        Assert.That(bed.Next(), Does.StartWith("NON POST /rd?ep=abc"));
    }

    [Test]
    public void After_a_restart_it_registers_anew_whatever_the_port()
    {
        var device = new Device();
        device.Options = _ => { };
        device.SetUp = client => client.Security.Set(0, SecurityResource.ServerUri, Uri);
        Bed bed = device.SwitchOn();
        MakeStream(bed);
        ComeUp(bed, "rd/1");
        device.Bed.AdvanceSeconds(1);

        bed = device.SwitchOn();
        MakeStream(bed);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("NON POST /rd?ep=abc"));
    }

    [Test]
    public void It_is_bootstrapped_over_a_connection()
    {
        var bed = new Bed(null, client => client.AddBootstrapServer("coap+tcp://127.0.0.9"), servers: 0);
        MakeStream(bed);
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("NON POST /bs?ep=abc"));
        bed.Answer("NON 2.04", bed.BootstrapLink);
        Assert.That(bed.Command("NON DELETE /1"), Is.EqualTo("NON 2.02"));
        Assert.That(bed.Command("NON PUT /0/1/0 cf=0 \"" + Uri + "\""), Does.StartWith("NON 4.").Or.EqualTo("NON 2.04"));
    }

    [Test]
    public void Large_bodies_come_and_go_in_blocks_of_several_kilobytes()
    {
        Bed bed = Registered(o =>
        {
            o.Limits.Coap.MaxMessageBytes = 4096;
            o.Limits.ValueScratchBytes = 9000;
        }, 4096);
        string body = string.Concat(Enumerable.Range(0, 6000).Select(i => (char)('a' + i % 26)));
        // SZX 7: units of 1024 bytes, three of them in a message (RFC 8323 6).
        Assert.That(bed.Ask($"NON PUT /3303/0/5750 cf=0 block1=15 \"{body[..3072]}\""), Is.EqualTo("NON 2.31 block1=15"));
        Assert.That(bed.Ask($"NON PUT /3303/0/5750 cf=0 block1=55 \"{body[3072..]}\""), Does.StartWith("NON 2.04"));
        string first = bed.Ask("NON GET /3303/0/5750 accept=0");
        Assert.That(first, Does.StartWith("NON 2.05 ").And.Contain("block2=15"));
        Assert.That(bed.LastDatagram.Length, Is.InRange(3072, 4096));
    }

    private Bed NewBed(Action<ClientOptions>? options = null, int largest = 1152)
    {
        _sensor.AddInstance(0);
        _sensor.Set(0, 5700, 21.5);
        var bed = new Bed(options, client =>
        {
            client.Add(_sensor);
            client.AddServer(Uri, 1, 300, "T");
        }, servers: 0);
        MakeStream(bed);
        bed.Wire.Largest = largest;
        return bed;
    }

    private static void MakeStream(Bed bed)
    {
        bed.Wire.Letter = 'T';
        bed.Wire.Reliable = true;
        bed.Wire.Schemes = new[] { "coap+tcp" };
    }

    private Bed Registered(Action<ClientOptions>? options = null, int largest = 1152)
    {
        Bed bed = NewBed(options, largest);
        ComeUp(bed, "rd/1");
        return bed;
    }

    private static void ComeUp(Bed bed, string location)
    {
        bed.Client.Start();
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("NON POST /rd?ep=abc"));
        bed.Answer("NON 2.01 location=" + location);
        Assert.That(bed.Client.Account(0).State, Is.EqualTo(RegistrationState.Registered));
        bed.Events.Lines.Clear();
    }

    /// <summary>The time at which a link was opened for the given time.</summary>
    private static long OpenedAt(Bed bed, int count)
    {
        for (int step = 0; step < 10_000 && bed.Wire.Opened.Count < count; step++)
            bed.Advance(10);
        Assert.That(bed.Wire.Opened, Has.Count.EqualTo(count));
        return bed.Now;
    }
}
