using System;
using System.Collections.Generic;
using System.Linq;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Client.Tests.Reporting;
using Lwm2m.Formats;
using Lwm2m.Transport;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Sending;

/// <summary>Send from the call to the event, with what goes over the wire in between.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class SendTests
{
    private const string Path = "/3303/0/5700";

    // [{-2: "/3303/0/", 0: "5700", 2: 21.5}]
    private const string At21 = "CON POST /dp cf=112 hex:81a321682f333330332f302f006435373030" + "02f94d60";
    private const string At22 = "CON POST /dp cf=112 hex:81a321682f333330332f302f006435373030" + "02f94d80";

    private readonly StoredObject _sensor = new(new ObjectDefinition(3303, "1.0",
        Resource.ReadOnly(5601, DataType.Float), Resource.Executable(5605), Resource.ReadOnly(5700, DataType.Float, mandatory: true),
        Resource.ReadOnly(5701, DataType.String)));

    private Bed Sensor(Action<ClientOptions>? options = null, int servers = 1, int lifetime = 0)
    {
        _sensor.AddInstance(0);
        _sensor.Set(0, 5700, 21.5);
        var bed = new Bed(options, c => c.Add(_sensor), lifetime, servers);
        for (int server = 0; server < servers; server++)
            bed.Client.Servers.Set(server, ServerResource.MuteSend, false);
        return bed;
    }

    private static Outcome Send(Bed bed, string path, int server = 0)
    {
        Outcome outcome = bed.Client.Send(server, new[] { path }, out _);
        bed.Poll();
        return outcome;
    }

    [Test]
    public void Present_value_goes_out_and_the_confirmation_is_told()
    {
        Bed bed = Sensor().Registered();
        Assert.That(bed.Client.Send(0, new[] { Path }, out int id), Is.EqualTo(Outcome.Ok));
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo(At21));
        Assert.That(bed.Events.Lines, Is.Empty);
        bed.Answer("ACK 2.04");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "sent 1 " + id }));
        bed.AdvanceSeconds(10_000);
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void Several_paths_are_one_message()
    {
        Bed bed = Sensor().Registered();
        bed.Client.Send(1, new[] { "/3303/0", "/1/0/1", "/3/0/16" }, out _);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /dp cf=112 hex:83a321682f333330332f302f00643537303002f94d60"
            + "a321652f312f302f0061310200" + "a321652f332f302f0062313603" + "6155"));
    }

    [Test]
    public void Muted_server_gets_nothing_until_it_says_otherwise()
    {
        Bed bed = Sensor();
        bed.Client.Servers.Clear(0, ServerResource.MuteSend);
        bed.Registered();
        Assert.That(Send(bed, Path), Is.EqualTo(Outcome.Forbidden), "absent is muted");
        bed.Ask("CON PUT /1/0/23 cf=0 \"0\"");
        Assert.That(Send(bed, Path), Is.EqualTo(Outcome.Ok));
        Assert.That(bed.Next(), Is.EqualTo(At21));
        bed.Answer("ACK 2.04");
        bed.Ask("CON PUT /1/0/23 cf=0 \"1\"");
        Assert.That(Send(bed, Path), Is.EqualTo(Outcome.Forbidden));
        Assert.That(bed.Next(), Is.EqualTo("-"));
    }

    [Test]
    public void What_waits_when_the_server_mutes_waits_until_it_unmutes()
    {
        Bed bed = Sensor().Registered();
        Send(bed, Path);
        bed.Next();
        _sensor.Set(0, 5700, 22.0);
        Send(bed, Path);
        bed.Ask("CON PUT /1/0/23 cf=0 \"1\"");
        bed.Receive(Array.Empty<byte>());
        bed.AdvanceSeconds(200);
        bed.All();
        Assert.That(bed.Client.SendBytesQueued, Is.GreaterThan(0));
        bed.AdvanceSeconds(1000);
        Assert.That(bed.All(), Is.Empty);
        bed.Server("CON PUT /1/0/23 cf=0 \"0\"");
        Assert.That(bed.All(), Is.EqualTo(new[] { "ACK 2.04", At21 }));
        bed.Answer("ACK 2.04");
        Assert.That(bed.All(), Is.EqualTo(new[] { At22 }));
    }

    [Test]
    public void What_cannot_be_sent_is_refused_at_the_call()
    {
        Bed bed = Sensor();
        Assert.That(bed.Client.Send(0, new[] { Path }, out int id), Is.EqualTo(Outcome.NotFound), "not started");
        Assert.That(id, Is.Zero);
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        Assert.That(Send(bed, Path), Is.EqualTo(Outcome.PreconditionFailed));
        bed.Answer("ACK 2.01 location=rd/1");
        Assert.That(Send(bed, Path, 7), Is.EqualTo(Outcome.NotFound));
        Assert.That(Send(bed, "/3303/1/5700"), Is.EqualTo(Outcome.NotFound));
        Assert.That(Send(bed, "/3303/0/5601"), Is.EqualTo(Outcome.NotFound), "without a value");
        Assert.That(Send(bed, "/3303/0/9"), Is.EqualTo(Outcome.NotFound));
        Assert.That(Send(bed, "/9"), Is.EqualTo(Outcome.NotFound));
        Assert.That(Send(bed, "/0/0/0"), Is.EqualTo(Outcome.NotFound), "in no registration");
        Assert.That(Send(bed, "/3303/0/5605"), Is.EqualTo(Outcome.MethodNotAllowed));
        Assert.That(Send(bed, Path + "/0"), Is.EqualTo(Outcome.MethodNotAllowed));
        Assert.That(bed.Client.Send(0, 70_000, 0, 0, -1, out _), Is.EqualTo(Outcome.NotFound));
        Assert.That(bed.Next(), Is.EqualTo("-"));
        foreach (string bad in new[] { "", "/", "3303/0", "/3303//0", "/3303/", "/65535", "/1/2/3/4/5", "/1 ", "/-1", "/99999999999" })
            Assert.That(() => bed.Client.Send(0, new[] { bad }, out _), Throws.ArgumentException.With.Message.Contains("'" + bad + "'"));
        Assert.That(() => bed.Client.Send(0, Array.Empty<string>(), out _), Throws.ArgumentException);
    }

    [Test]
    public void Servers_of_1_0_get_none()
    {
        Bed bed = Sensor(o => o.HighestVersion = LwM2MVersion.V10).Registered();
        Assert.That(Send(bed, Path), Is.EqualTo(Outcome.Forbidden));
    }

    [Test]
    public void Values_are_those_of_the_call_and_messages_go_one_by_one()
    {
        Bed bed = Sensor().Registered();
        Send(bed, Path);
        _sensor.Set(0, 5700, 22.0);
        Send(bed, Path);
        Assert.That(bed.All(), Is.EqualTo(new[] { At21 }));
        bed.Answer("ACK 2.04");
        Assert.That(bed.All(), Is.EqualTo(new[] { At22 }));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "sent 1 1", "sent 1 2" }));
    }

    [Test]
    public void Unconfirmed_message_is_sent_again_after_growing_pauses()
    {
        Bed bed = Sensor(o => o.MaxRetransmit = 0).Registered();
        Send(bed, Path);
        var times = new List<long>();
        long start = bed.Now;
        for (int second = 0; second < 40; second++)
        {
            foreach (string line in bed.All())
            {
                Assert.That(line, Is.EqualTo(At21));
                times.Add((bed.Now - start) / 1000);
            }

            bed.AdvanceSeconds(1);
        }

        // Each is given up after 2 s to 3 s; the pauses are 2 s, 4 s, 8 s.
        long[] steps = times.Zip(times.Skip(1), (before, after) => after - before).ToArray();
        Assert.That(steps[0], Is.InRange(4, 6));
        Assert.That(steps[1], Is.InRange(6, 8));
        Assert.That(steps[2], Is.InRange(10, 12));
        Assert.That(bed.Events.Lines, Is.Empty);
    }

    [TestCase("ACK 5.03")]
    [TestCase("ACK 5.00")]
    public void Server_in_trouble_gets_it_again(string answer)
    {
        Bed bed = Sensor().Registered();
        Send(bed, Path);
        bed.Next();
        bed.Answer(answer);
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.AdvanceSeconds(2);
        Assert.That(bed.Next(), Is.EqualTo(At21));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "sent 1 1" }));
    }

    [TestCase("ACK 4.04", "84")]
    [TestCase("ACK 4.00", "80")]
    [TestCase("RST EMPTY", "00")]
    public void Refused_message_is_dropped_and_the_next_one_goes(string answer, string code)
    {
        Bed bed = Sensor().Registered();
        Send(bed, Path);
        _sensor.Set(0, 5700, 22.0);
        Send(bed, Path);
        bed.Next();
        bed.Answer(answer);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "send failed 1 1 " + code }));
        Assert.That(bed.Next(), Is.EqualTo(At22));
    }

    [Test]
    public void Full_queue_refuses_and_takes_again_when_there_is_room()
    {
        // The message is 20 bytes, and 8 go before it.
        Bed bed = Sensor(o => o.Limits.SendQueueBytes = 60).Registered();
        Assert.That(Send(bed, Path), Is.EqualTo(Outcome.Ok));
        Assert.That(Send(bed, Path), Is.EqualTo(Outcome.Ok));
        Assert.That(Send(bed, Path), Is.EqualTo(Outcome.ServiceUnavailable));
        Assert.That(bed.Next(), Is.EqualTo(At21));
        bed.Answer("ACK 2.04");
        bed.Next();
        bed.Answer("ACK 2.04");
        _sensor.Set(0, 5701, new string('x', 80));
        Assert.That(Send(bed, "/3303/0/5701"), Is.EqualTo(Outcome.RequestEntityTooLarge));
        Assert.That(Send(bed, Path), Is.EqualTo(Outcome.Ok));
    }

    [Test]
    public void Message_larger_than_a_block_goes_block_by_block()
    {
        Bed bed = Sensor().Registered();
        _sensor.Set(0, 5701, new string('x', 200));
        bed.Client.Send(0, Enumerable.Repeat("/3303/0/5701", 7).ToArray(), out _);
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /dp cf=112 block1=14 "));
        bed.Answer("ACK 2.31 block1=14");
        Assert.That(bed.Next(), Does.StartWith("CON POST /dp cf=112 block1=22 "));
        bed.Answer("ACK 2.04 block1=22");
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "sent 1 1" }));
    }

    [Test]
    public void Message_outlives_the_registration()
    {
        Bed bed = Sensor().Registered();
        Send(bed, Path);
        bed.Next();
        bed.Client.LinkDown(0, LinkFailure.Unreachable, bed.Now);
        bed.Poll();
        Assert.That(bed.Next(), Does.StartWith("CON POST /rd?"));
        bed.Answer("ACK 2.01 location=rd/2");
        Assert.That(bed.Next(), Is.EqualTo(At21));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Events.Lines.Last(), Is.EqualTo("sent 1 1"));
    }

    [Test]
    public void Sleeping_client_wakes_to_send()
    {
        Bed bed = Sensor(o =>
        {
            o.QueueMode = true;
            o.AwakeMs = 1000;
        }).Registered();
        bed.AdvanceSeconds(60);
        Assert.That(bed.Client.Account(0).IsAwake, Is.False);
        Assert.That(Send(bed, Path), Is.EqualTo(Outcome.Ok));
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Next(), Is.EqualTo(At21));
        bed.Answer("ACK 5.03");
        bed.AdvanceSeconds(1.5);
        Assert.That(bed.Client.Account(0).IsAwake, Is.False);
        bed.AdvanceSeconds(0.5);
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"), "it wakes for the next attempt");
        bed.Answer("ACK 2.04");
        Assert.That(bed.Next(), Is.EqualTo(At21));
    }

    [Test]
    public void Update_and_notifications_go_first()
    {
        Bed bed = Sensor().Registered();
        bed.Ask("CON PUT /3303/0/5700?con=1");
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        Send(bed, Path);
        Assert.That(bed.Next(), Is.EqualTo(At21));
        Send(bed, Path);
        bed.Client.Update();
        _sensor.Set(0, 5700, 22.0);
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("-"));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Next(), Is.EqualTo("CON POST /rd/5a3f"));
        bed.Answer("ACK 2.04");
        Assert.That(bed.Next(), Is.EqualTo("CON 2.05 observe=2 cf=0 \"22\""));
        bed.Answer("ACK EMPTY");
        Assert.That(bed.Next(), Is.EqualTo(At21));
    }

    [Test]
    public void Each_server_confirms_for_itself_and_those_that_are_muted_are_left_out()
    {
        Bed bed = Sensor(servers: 3);
        bed.Client.Servers.Set(1, ServerResource.MuteSend, true);
        bed.Client.Start();
        bed.Poll();
        for (int link = 0; link < 3; link++)
        {
            bed.Next();
            bed.Answer("ACK 2.01 location=rd/" + link, link);
        }

        bed.Events.Lines.Clear();
        Assert.That(Send(bed, Path), Is.EqualTo(Outcome.Ok));
        Assert.That(bed.Next(), Is.EqualTo(At21));
        bed.Answer("ACK 2.04", 0);
        Assert.That(bed.Next(), Is.EqualTo(At21));
        bed.Answer("ACK 4.04", 2);
        Assert.That(bed.Events.Lines, Is.EqualTo(new[] { "sent 1 1", "send failed 3 1 84" }));
        Assert.That(Send(bed, Path, 2), Is.EqualTo(Outcome.Forbidden));
    }

    [Test]
    public void Recorded_values_are_one_message_with_their_times()
    {
        Bed? bed = null;
        bed = Sensor(o => o.WallClock = new SteadyWallClock(() => bed?.Now ?? 0, 1_699_999_000_000)).Registered();
        for (int second = 0; second < 3; second++)
        {
            _sensor.Set(0, 5700, 21.0 + second);
            Assert.That(bed.Client.Record(Path), Is.EqualTo(Outcome.Ok));
            bed.AdvanceSeconds(10);
        }

        Assert.That(bed.Client.SendRecorded(0, out int id), Is.EqualTo(Outcome.Ok));
        Assert.That(id, Is.EqualTo(1));
        bed.Poll();
        Assert.That(bed.Next(), Is.EqualTo("CON POST /dp cf=112 hex:83" + "a421682f333330332f302f221a6553f10000643537303002f94d40"
            + "a421682f333330332f302f0064353730300" + "60a02f94d80" + "a421682f333330332f302f00643537303006" + "1402f94dc0"));
        Assert.That(bed.Client.SendRecorded(0, out _), Is.EqualTo(Outcome.NotFound), "they are forgotten");
        Assert.That(bed.Client.Record("/3303/0/5605"), Is.EqualTo(Outcome.MethodNotAllowed));
        Assert.That(bed.Client.Record("/3303/0/5601"), Is.EqualTo(Outcome.NotFound));
        Assert.That(bed.Client.Record("/3303/0"), Is.EqualTo(Outcome.BadRequest));
    }

    [Test]
    public void Recorded_values_stay_when_they_cannot_be_sent()
    {
        Bed bed = Sensor();
        bed.Client.Record(Path);
        Assert.That(bed.Client.SendRecorded(0, out _), Is.EqualTo(Outcome.NotFound));
        bed.Registered();
        Assert.That(bed.Client.SendRecorded(0, out _), Is.EqualTo(Outcome.Ok));
    }

    // The request's payload is being read, and an answer written, while the handler sends.
    [Test]
    public void Handler_may_send_in_the_middle_of_a_request()
    {
        Bed? bed = null;
        var outcomes = new List<Outcome>();
        var eager = new EagerObject(() =>
        {
            outcomes.Add(bed!.Client.Send(0, new[] { Path }, out _));
            outcomes.Add(bed.Client.Record(Path));
        });
        _sensor.AddInstance(0);
        _sensor.Set(0, 5700, 21.5);
        bed = new Bed(setUp: c =>
        {
            c.Add(_sensor);
            c.Add(eager);
        }, lifetime: 0);
        bed.Client.Servers.Set(0, ServerResource.MuteSend, false);
        bed.Registered();
        bed.Server("CON GET /3400/0 accept=110");
        Assert.That(bed.Next(), Is.EqualTo("ACK 2.05 cf=110 \"[{\"bn\":\"/3400/0/\",\"n\":\"1\",\"v\":7},{\"n\":\"2\",\"v\":7}]\""));
        Assert.That(bed.Next(), Is.EqualTo(At21));
        Assert.That(outcomes, Is.EqualTo(new[] { Outcome.Ok, Outcome.Ok, Outcome.Ok, Outcome.Ok }));
    }

    [Test]
    public void Send_and_its_confirmation_allocate_nothing()
    {
        Bed bed = Sensor();
        bed.Client.Listener = null;
        bed.Registered();
        bed.Wire.Counting = true;
        var answer = new byte[8];
        string[] paths = { Path, "/1/0" };
        Rounds(bed, paths, answer, 100);
        int before = bed.Wire.Count;
        long start = GC.GetAllocatedBytesForCurrentThread();
        Rounds(bed, paths, answer, 500);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.That(bed.Wire.Count - before, Is.EqualTo(500));
        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public void Whatever_the_network_does_each_message_is_told_once_and_in_order([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        Bed bed = Sensor(o => o.Limits.SendQueueBytes = 200).Registered();
        bed.Ask("CON GET /3303/0/5700?con=1 observe=0 accept=0");
        var accepted = new List<string>();
        for (int step = 0; step < 300; step++)
        {
            if (step < 250 && random.Next(3) == 0)
            {
                _sensor.Set(0, 5700, step / 4.0);
                if (bed.Client.Send(0, new[] { Path }, out int id) == Outcome.Ok)
                    accepted.Add("sent 1 " + id);
            }

            bed.AdvanceSeconds(random.Next(8));
            for (string line = bed.Next(); line != "-"; line = bed.Next())
            {
                // Lossy at first, well at last.
                if (step < 250 && random.Next(3) == 0)
                    continue;
                if (line.StartsWith("CON POST /dp"))
                    bed.Answer(step < 250 && random.Next(4) == 0 ? "ACK 5.03" : "ACK 2.04");
                else if (line.StartsWith("CON POST /rd?"))
                    bed.Answer("ACK 2.01 location=rd/1");
                else if (line.StartsWith("CON POST /rd"))
                    bed.Answer("ACK 2.04");
                else if (line.StartsWith("CON"))
                    bed.Answer("ACK EMPTY");
            }
        }

        for (int round = 0; round < 100; round++)
        {
            bed.AdvanceSeconds(30);
            for (string line = bed.Next(); line != "-"; line = bed.Next())
                bed.Answer(line.StartsWith("CON POST") ? "ACK 2.04" : "ACK EMPTY");
        }

        Assert.That(accepted, Is.Not.Empty, "seed " + seed);
        Assert.That(bed.Events.Lines.Where(line => line.StartsWith("sent")), Is.EqualTo(accepted), "seed " + seed);
        Assert.That(bed.Client.SendBytesQueued, Is.Zero, "seed " + seed);
    }

    private void Rounds(Bed bed, string[] paths, byte[] answer, int times)
    {
        for (int round = 0; round < times; round++)
        {
            _sensor.Set(0, 5700, round + 0.5);
            bed.Client.Send(0, paths, out _);
            bed.Client.Poll(bed.Now);
            Array.Copy(bed.Wire.Last, 0, answer, 0, 8);
            answer[0] = 0x64;
            answer[1] = 0x44;
            bed.Client.Received(0, answer, 0, 8, bed.Now);
            bed.Client.Poll(bed.Now);
        }
    }
}
