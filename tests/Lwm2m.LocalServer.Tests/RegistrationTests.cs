using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

public class RegistrationTests : ServerFixture
{
    private const int Links = ContentFormat.LinkFormat;

    [Test]
    public async Task Register_gets_a_location_and_tells_everything()
    {
        RawMessage answer = Device.Ask(
            CoapCode.Post, "/rd", ["ep=abc", "lt=300", "lwm2m=1.2", "b=UT", "Q", "sms=491234", "pid=oma:x"], Links, "</>;ct=\"60 112\",</1/0>,</3/0>;ver=1.1,</5>");
        Assert.That(answer.Type, Is.EqualTo(CoapType.Acknowledgement));
        Assert.That(answer.Code, Is.EqualTo(CoapCode.Created));
        Assert.That(answer.Location, Does.Match("^/rd/[0-9a-f]{4}$"));

        Registration registration = await Server.WaitForRegistrationAsync("abc", Stop);
        Assert.That(registration.Location, Is.EqualTo(answer.Location));
        Assert.That(registration.LifetimeSeconds, Is.EqualTo(300));
        Assert.That(registration.Version, Is.EqualTo("1.2"));
        Assert.That(registration.Binding, Is.EqualTo("UT"));
        Assert.That(registration.QueueMode, Is.True);
        Assert.That(registration.Sms, Is.EqualTo("491234"));
        Assert.That(registration.ProfileId, Is.EqualTo("oma:x"));
        Assert.That(registration.Address, Is.EqualTo(Device.Address));
        Assert.That(registration.IsActive, Is.True);
        Assert.That(string.Join(" ", registration.Links.Select(l => l.Path)), Is.EqualTo("/ /1/0 /3/0 /5"));
        Assert.That(registration.Links[0]["ct"], Is.EqualTo("60 112"));
        Assert.That(registration.Links[2]["ver"], Is.EqualTo("1.1"));
        Assert.That(registration.Links[2]["nope"], Is.Null);
    }

    [TestCase("lt=300", "lwm2m=1.1", Description = "no ep")]
    [TestCase("ep=", "lt=300")]
    [TestCase("ep=abc", "lwm2m=1.1", Description = "no lt")]
    [TestCase("ep=abc", "lt=x")]
    [TestCase("ep=abc", "lt=-1")]
    [TestCase("ep=abc", "lt=4294967296")]
    [TestCase("ep=abc", "lt=300", "lt=300")]
    [TestCase("ep=abc", "lt=300", "colour=blue")]
    [TestCase("ep=abc", "lt=300", "Q=1")]
    [TestCase("ep=abc", "lt=300", "b=X")]
    public void A_bad_parameter_gets_4_00(params string[] query)
    {
        RawMessage answer = Device.Ask(CoapCode.Post, "/rd", query, Links, "</1/0>");
        Assert.That(answer.Code, Is.EqualTo(CoapCode.BadRequest));
        Assert.That(answer.Text, Is.Not.Empty);
        Assert.That(Server.Registrations, Is.Empty);
    }

    [TestCase(Links, "</1/0>,<", CoapCode.BadRequest)]
    [TestCase(Links, null, CoapCode.BadRequest)]
    [TestCase(0, "</1/0>", CoapCode.UnsupportedContentFormat)]
    public void A_bad_object_list_is_refused(int format, string? payload, int code)
    {
        Assert.That(Device.Ask(CoapCode.Post, "/rd", ["ep=abc", "lt=300"], format, payload).Code, Is.EqualTo(code));
        Assert.That(Server.Registrations, Is.Empty);
    }

    [TestCase("3.0")]
    [TestCase("x")]
    public void A_version_nobody_knows_gets_4_12(string version)
    {
        RawMessage answer = Device.Ask(CoapCode.Post, "/rd", ["ep=abc", "lt=300", "lwm2m=" + version], Links, "</1/0>");
        Assert.That(answer.Code, Is.EqualTo(CoapCode.PreconditionFailed));
    }

    [Test]
    public async Task Update_changes_what_it_names_and_nothing_else()
    {
        Registration registration = await RegisteredAsync();
        Task updated = registration.NextUpdateAsync(Stop);
        Assert.That(Device.Ask(CoapCode.Post, registration.Location, ["lt=60"]).Code, Is.EqualTo(CoapCode.Changed));
        await updated;
        Assert.That(registration.LifetimeSeconds, Is.EqualTo(60));
        Assert.That(registration.Links, Has.Count.EqualTo(2));
        Assert.That(registration.Updates, Is.EqualTo(1));

        Assert.That(Device.Ask(CoapCode.Post, registration.Location, null, Links, "</1/0>,</3/0>,</16/0>").Code, Is.EqualTo(CoapCode.Changed));
        Assert.That(registration.LifetimeSeconds, Is.EqualTo(60));
        Assert.That(registration.Links, Has.Count.EqualTo(3));
    }

    [TestCase("ep=abc")]
    [TestCase("lwm2m=1.1")]
    [TestCase("lt=x")]
    public async Task A_bad_update_gets_4_00_and_changes_nothing(string parameter)
    {
        Registration registration = await RegisteredAsync();
        Assert.That(Device.Ask(CoapCode.Post, registration.Location, [parameter]).Code, Is.EqualTo(CoapCode.BadRequest));
        Assert.That(registration.Updates, Is.Zero);
        Assert.That(registration.LifetimeSeconds, Is.EqualTo(300));
    }

    [Test]
    public async Task Deregister_ends_the_registration()
    {
        Registration registration = await RegisteredAsync();
        Assert.That(Device.Ask(CoapCode.Delete, registration.Location).Code, Is.EqualTo(CoapCode.Deleted));
        Assert.That(await registration.Ended, Is.EqualTo(RegistrationEnd.Deregistered));
        Assert.That(Server.Find("abc"), Is.Null);
    }

    [TestCase(CoapCode.Post, "/rd/zzzz", CoapCode.NotFound)]
    [TestCase(CoapCode.Delete, "/rd/zzzz", CoapCode.NotFound)]
    [TestCase(CoapCode.Post, "/elsewhere", CoapCode.NotFound)]
    [TestCase(CoapCode.Get, "/rd", CoapCode.MethodNotAllowed)]
    public void What_is_not_there_gets_an_error(int method, string path, int code)
    {
        Assert.That(Device.Ask(method, path).Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_lifetime_that_is_over_ends_the_registration()
    {
        Device.Ask(CoapCode.Post, "/rd", ["ep=abc", "lt=1"], Links, "</1/0>");
        Registration registration = await Server.WaitForRegistrationAsync("abc", Stop);
        Assert.That(await registration.Ended.WaitAsync(Stop), Is.EqualTo(RegistrationEnd.Expired));
        Assert.That(Device.Ask(CoapCode.Post, registration.Location).Code, Is.EqualTo(CoapCode.NotFound));
    }

    [Test]
    public async Task A_lifetime_of_0_never_ends()
    {
        Device.Ask(CoapCode.Post, "/rd", ["ep=abc", "lt=0"], Links, "</1/0>");
        Registration registration = await Server.WaitForRegistrationAsync("abc", Stop);
        await Task.Delay(50);
        Assert.That(registration.IsActive, Is.True);
    }

    [Test]
    public async Task Registering_anew_replaces_the_old_registration()
    {
        Registration first = await RegisteredAsync();
        Registration second = await RegisteredAsync();
        Assert.That(await first.Ended, Is.EqualTo(RegistrationEnd.Replaced));
        Assert.That(second.Location, Is.Not.EqualTo(first.Location));
        Assert.That(Server.Registrations, Is.EqualTo(new[] { second }));
    }

    [Test]
    public void A_repeated_register_is_answered_with_the_same_bytes_and_registers_once()
    {
        byte[] request = Device.Request(CoapCode.Post, "/rd", ["ep=abc", "lt=300"], Links, "</1/0>");
        Device.SendBytes(request);
        byte[] first = Device.ReceiveBytes();
        Device.SendBytes(request);
        Assert.That(Device.ReceiveBytes(), Is.EqualTo(first));
        Assert.That(Server.Registrations, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Events_come_in_order()
    {
        var events = new List<string>();
        Server.Registered += (_, e) => events.Add("registered " + e.Registration.Endpoint);
        Server.Updated += (_, e) => events.Add("updated " + e.Registration.LifetimeSeconds);
        var end = new TaskCompletionSource();
        Server.Deregistered += (_, e) =>
        {
            events.Add(e.End.ToString()!);
            end.SetResult();
        };
        string location = Device.Register();
        Device.Ask(CoapCode.Post, location, ["lt=60"]);
        Device.Ask(CoapCode.Delete, location);
        await end.Task.WaitAsync(Stop);
        Assert.That(events, Is.EqualTo(new[] { "registered abc", "updated 60", "Deregistered" }));
    }

    [Test]
    public async Task A_handler_that_fails_does_not_stop_the_others()
    {
        var second = new TaskCompletionSource();
        Server.Registered += (_, _) => throw new InvalidOperationException("on purpose");
        Server.Deregistered += (_, _) => second.SetResult();
        Device.Ask(CoapCode.Delete, Device.Register());
        await second.Task.WaitAsync(Stop);
    }

    [Test]
    public async Task Waiting_for_a_registration_ends_when_it_comes()
    {
        Task<Registration> waiting = Server.WaitForRegistrationAsync("late", Stop);
        Device.Register("early");
        Assert.That(waiting.IsCompleted, Is.False);
        Device.Register("late");
        Assert.That((await waiting).Endpoint, Is.EqualTo("late"));
    }

    [Test]
    public async Task An_update_from_a_new_address_moves_the_client()
    {
        Registration registration = await RegisteredAsync();
        using var moved = new RawDevice(Server);
        Assert.That(moved.Ask(CoapCode.Post, registration.Location).Code, Is.EqualTo(CoapCode.Changed));
        Task<Answer> read = registration.ReadAsync("/3/0/0", stop: Stop);
        RawMessage request = moved.Receive();
        moved.Respond(request, CoapCode.Content, 0, "x"u8.ToArray());
        Assert.That((await read).Value, Is.EqualTo("x"));
    }

    [Test]
    public async Task A_place_of_a_stranger_is_given_away_and_that_of_a_client_is_not()
    {
        // Three places: one client, two strangers.
        Registration registration = await RegisteredAsync();
        for (int i = 0; i < 5; i++)
        {
            using var stranger = new RawDevice(Server);
            Assert.That(stranger.Ask(CoapCode.Get, "/").Code, Is.EqualTo(CoapCode.NotFound));
        }
        Assert.That(registration.IsActive, Is.True);
        Assert.That(Device.Ask(CoapCode.Post, registration.Location).Code, Is.EqualTo(CoapCode.Changed));
    }

    [Test]
    public void Rubbish_is_survived()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        using var other = new RawDevice(Server);
        for (int i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            if (bytes.Length > 0 && i % 2 == 0)
                bytes[0] = (byte)(0x40 | bytes[0] & 0x3f);
            Device.SendBytes(bytes);
            // Asking in between keeps the socket's buffer from running over.
            if (i % 50 == 0)
                Assert.That(other.Ask(CoapCode.Get, "/").Code, Is.EqualTo(CoapCode.NotFound), $"seed {Seed}, datagram {i}");
        }
        Assert.That(other.Register(), Is.Not.Empty);
    }

    [Test]
    public async Task Forgetting_a_client_makes_its_update_get_4_04()
    {
        Registration registration = await RegisteredAsync();
        Server.Forget(registration);
        Assert.That(await registration.Ended, Is.EqualTo(RegistrationEnd.Forgotten));
        Assert.That(Device.Ask(CoapCode.Post, registration.Location).Code, Is.EqualTo(CoapCode.NotFound));
    }

    [Test]
    public async Task Codes_are_answered_as_told_and_then_no_more()
    {
        Server.Faults.AnswerRegister(CoapCode.Forbidden);
        Server.Faults.AnswerRegister(CoapCode.ServiceUnavailable);
        Assert.That(Device.Ask(CoapCode.Post, "/rd", ["ep=abc", "lt=300"], Links, "</1/0>").Code, Is.EqualTo(CoapCode.Forbidden));
        Assert.That(Device.Ask(CoapCode.Post, "/rd", ["ep=abc", "lt=300"], Links, "</1/0>").Code, Is.EqualTo(CoapCode.ServiceUnavailable));
        Assert.That(Server.Registrations, Is.Empty);
        Registration registration = await RegisteredAsync();
        Server.Faults.AnswerUpdate(CoapCode.NotFound);
        Assert.That(Device.Ask(CoapCode.Post, registration.Location).Code, Is.EqualTo(CoapCode.NotFound));
        Assert.That(Device.Ask(CoapCode.Post, registration.Location).Code, Is.EqualTo(CoapCode.Changed));
        Server.Faults.AnswerDeregister(CoapCode.InternalServerError);
        Assert.That(Device.Ask(CoapCode.Delete, registration.Location).Code, Is.EqualTo(CoapCode.InternalServerError));
        Assert.That(registration.IsActive, Is.True);
    }

    [Test]
    public void Datagrams_are_lost_as_told()
    {
        byte[] request = Device.Request(CoapCode.Post, "/rd", ["ep=abc", "lt=300"], Links, "</1/0>");
        Server.Faults.DropReceived(2);
        Device.SendBytes(request);
        Device.SendBytes(request);
        Device.SendBytes(request);
        Assert.That(new RawMessage(Device.ReceiveBytes()).Code, Is.EqualTo(CoapCode.Created));
        Server.Faults.DropSent(1);
        Device.SendBytes(request);
        Device.SendBytes(request);
        Assert.That(new RawMessage(Device.ReceiveBytes()).Code, Is.EqualTo(CoapCode.Created));
        Assert.That(Device.HasMessage, Is.False);
    }

    [Test]
    public async Task It_listens_on_ipv6()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Address = IPAddress.IPv6Loopback, Port = 0 });
        using var device = new RawDevice(server);
        device.Register("six");
        Assert.That(server.Uri, Is.EqualTo($"coap://[::1]:{server.EndPoint.Port}"));
        Assert.That(server.Find("six"), Is.Not.Null);
    }

    [Test]
    public void A_port_in_use_throws()
    {
        Assert.That(() => LocalServer.Start(new LocalServerOptions { Port = Server.EndPoint.Port }), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public async Task The_end_of_the_server_ends_registrations_and_waits()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadAsync("/3/0/0");
        Task<Answer> queued = registration.ReadAsync("/3/0/1");
        await Server.DisposeAsync();
        Assert.That(async () => await read, Throws.InstanceOf<ExchangeFailedException>());
        Assert.That(async () => await queued, Throws.InstanceOf<ExchangeFailedException>());
        Assert.That(await registration.Ended, Is.EqualTo(RegistrationEnd.Forgotten));
    }
}
