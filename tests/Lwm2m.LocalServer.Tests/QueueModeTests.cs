using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

public class QueueModeTests : ServerFixture
{
    private readonly List<string> _told = [];

    [SetUp]
    public void Forget() => _told.Clear();

    [Test]
    public async Task Requests_wait_while_it_sleeps_and_go_out_in_order_one_at_a_time()
    {
        Registration registration = await AsleepAsync();
        Task<Answer> first = registration.ReadAsync("/3/0/0", stop: Stop);
        Task<Answer> second = registration.WriteAsync("/3/0/14", "+02:00", stop: Stop);
        Task<Answer> third = registration.ExecuteAsync("/3/0/4", stop: Stop);
        Assert.That(registration.Queued, Is.EqualTo(new[] { "GET /3/0/0", "PUT /3/0/14", "POST /3/0/4" }));
        await Task.Delay(50, Stop);
        Assert.That(Device.HasMessage, Is.False, "nobody listens");

        // The Update is answered first; then one request, and the next one only after its answer.
        Assert.That(Device.Ask(CoapCode.Post, registration.Location).Code, Is.EqualTo(CoapCode.Changed));
        RawMessage request = Device.Receive();
        Assert.That((request.Code, request.Path), Is.EqualTo((CoapCode.Get, "/3/0/0")));
        Assert.That(registration.Queued, Is.EqualTo(new[] { "PUT /3/0/14", "POST /3/0/4" }));
        await Task.Delay(50, Stop);
        Assert.That(Device.HasMessage, Is.False, "one at a time");
        Device.Respond(request, CoapCode.Content, 0, "AB"u8.ToArray());
        request = Device.Receive();
        Assert.That((request.Code, request.Path), Is.EqualTo((CoapCode.Put, "/3/0/14")));
        Device.Respond(request, CoapCode.Changed);
        request = Device.Receive();
        Assert.That((request.Code, request.Path), Is.EqualTo((CoapCode.Post, "/3/0/4")));
        Device.Respond(request, CoapCode.Changed);

        Assert.That((await first).Value, Is.EqualTo("AB"));
        Assert.That((await second).CodeText, Is.EqualTo("2.04"));
        Assert.That((await third).CodeText, Is.EqualTo("2.04"));
        Assert.That(registration.Queued, Is.Empty);
        Assert.That(
            () => _told.ToArray(),
            Is.EqualTo(new[]
            {
                "queued GET /3/0/0", "queued PUT /3/0/14", "queued POST /3/0/4", "sent GET /3/0/0", "sent PUT /3/0/14", "sent POST /3/0/4",
            }).After(5000, 10));
    }

    [Test]
    public async Task It_is_taken_for_asleep_a_while_after_its_last_message()
    {
        await using LocalServer hasty = LocalServer.Start(new LocalServerOptions { Port = 0, AwakeMs = 10 });
        using var device = new RawDevice(hasty);
        device.Register("abc", "</1/0>", "b=U", "Q");
        Registration registration = await hasty.WaitForRegistrationAsync("abc", Stop);
        Assert.That(() => registration.IsAwake, Is.False.After(5000, 5));
        _ = registration.ReadAsync("/3/0/0", stop: Stop);
        Assert.That(registration.Queued, Is.EqualTo(new[] { "GET /3/0/0" }));
    }

    [Test]
    public async Task A_notification_wakes_it()
    {
        Registration registration = await RegisteredAsync("</1/0>,</3303/0>", "b=U", "Q");
        Task<Observation> observing = registration.ObserveAsync("/3303/0/5700", stop: Stop);
        RawMessage observe = Device.Receive();
        Device.Respond(observe, CoapCode.Content, 0, "20"u8.ToArray(), observe: 1);
        Observation observation = await observing;
        registration.TakeForAsleep();
        Task<Answer> read = registration.ReadAsync("/3/0/0", stop: Stop);
        Assert.That(registration.Queued, Has.Count.EqualTo(1));
        Device.Send(CoapType.NonConfirmable, CoapCode.Content, 1, observe.Token, 0, "21"u8.ToArray(), 2);
        RawMessage request = Device.Receive();
        Assert.That(request.Path, Is.EqualTo("/3/0/0"));
        Device.Respond(request, CoapCode.Content, 0, "AB"u8.ToArray());
        Assert.That((await read).Value, Is.EqualTo("AB"));
        Assert.That((await observation.NextAsync(Stop)).Value, Is.EqualTo(21.0));
    }

    [Test]
    public async Task A_send_wakes_it()
    {
        Registration registration = await AsleepAsync();
        Task<Answer> read = registration.ReadAsync("/3/0/0", stop: Stop);
        Assert.That(Device.Ask(CoapCode.Post, "/dp", null, ContentFormat.SenmlJson, "[{\"n\":\"/3/0/9\",\"v\":1}]").Code, Is.EqualTo(CoapCode.Changed));
        Device.Respond(Device.Receive(), CoapCode.Content, 0, "AB"u8.ToArray());
        Assert.That((await read).Value, Is.EqualTo("AB"));
    }

    [Test]
    public async Task While_it_is_awake_requests_go_out_at_once()
    {
        Registration registration = await RegisteredAsync("</1/0>", "b=U", "Q");
        Assert.That(registration.QueueMode, Is.True);
        Assert.That(registration.IsAwake, Is.True);
        Task<Answer> read = registration.ReadAsync("/3/0/0", stop: Stop);
        Device.Respond(Device.Receive(), CoapCode.Content, 0, "AB"u8.ToArray());
        await read;
        Assert.That(_told, Is.Empty);
    }

    [Test]
    public async Task Queue_mode_of_1_0_is_part_of_the_binding()
    {
        Device.Ask(CoapCode.Post, "/rd", ["ep=abc", "lt=300", "lwm2m=1.0", "b=UQ"], ContentFormat.LinkFormat, "</1/0>");
        Registration registration = await Server.WaitForRegistrationAsync("abc", Stop);
        Assert.That(registration.QueueMode, Is.True);
        registration.TakeForAsleep();
        _ = registration.ReadAsync("/3/0/0", stop: Stop);
        Assert.That(registration.Queued, Has.Count.EqualTo(1));
        // A new binding without it ends it: what waited goes out, and nothing waits any more.
        Device.Ask(CoapCode.Post, registration.Location, ["b=U"]);
        Assert.That(registration.QueueMode, Is.False);
        Assert.That(Device.Receive().Path, Is.EqualTo("/3/0/0"));
        Assert.That(registration.IsAwake, Is.True);
    }

    [Test]
    public async Task An_update_that_says_nothing_of_it_leaves_it_on()
    {
        Registration registration = await AsleepAsync();
        Device.Ask(CoapCode.Post, registration.Location, ["b=UT"]);
        Assert.That(registration.QueueMode, Is.True);
    }

    [Test]
    public async Task Without_queue_mode_nothing_waits()
    {
        Registration registration = await RegisteredAsync();
        await Task.Delay(50, Stop);
        Assert.That(registration.IsAwake, Is.True);
        _ = registration.ReadAsync("/3/0/0", stop: Stop);
        Assert.That(Device.Receive().Path, Is.EqualTo("/3/0/0"));
    }

    [Test]
    public async Task What_waits_can_be_given_up()
    {
        Registration registration = await AsleepAsync();
        using var giveUp = new CancellationTokenSource();
        Task<Answer> first = registration.ReadAsync("/3/0/0", stop: giveUp.Token);
        Task<Answer> second = registration.ReadAsync("/3/0/1", stop: Stop);
        await giveUp.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Device.Ask(CoapCode.Post, registration.Location);
        RawMessage request = Device.Receive();
        Assert.That(request.Path, Is.EqualTo("/3/0/1"));
        Device.Respond(request, CoapCode.Content, 0, "x"u8.ToArray());
        await second;
    }

    [Test]
    public async Task The_end_of_the_registration_fails_what_waits()
    {
        Registration registration = await AsleepAsync();
        Task<Answer> read = registration.ReadAsync("/3/0/0", stop: Stop);
        Device.Ask(CoapCode.Delete, registration.Location);
        ExchangeFailedException problem = Assert.ThrowsAsync<ExchangeFailedException>(() => read)!;
        Assert.That(problem.Reason, Is.EqualTo(CoapFailure.LinkLost));
    }

    [Test]
    public async Task It_may_come_back_from_another_address()
    {
        Registration registration = await AsleepAsync();
        Task<Answer> read = registration.ReadAsync("/3/0/0", stop: Stop);
        using var moved = new RawDevice(Server);
        Assert.That(moved.Ask(CoapCode.Post, registration.Location).Code, Is.EqualTo(CoapCode.Changed));
        moved.Respond(moved.Receive(), CoapCode.Content, 0, "AB"u8.ToArray());
        Assert.That((await read).Value, Is.EqualTo("AB"));
        Assert.That(Device.HasMessage, Is.False);
    }

    private async Task<Registration> AsleepAsync()
    {
        Registration registration = await RegisteredAsync("</1/0>,</3/0>", "b=U", "Q");
        Server.OperationQueued += (_, e) => _told.Add("queued " + e.Request);
        Server.OperationSent += (_, e) => _told.Add("sent " + e.Request);
        registration.TakeForAsleep();
        return registration;
    }
}
