using System.Collections.Generic;
using System.Threading.Tasks;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>A client in queue mode that fell asleep sooner than the server thinks.</summary>
public class DeafClientTests : ServerFixture
{
    protected override void Configure(LocalServerOptions options)
    {
        options.AckTimeoutMs = 10;
        options.MaxRetransmit = 1;
    }

    [Test]
    public async Task One_request_fails_and_the_others_wait()
    {
        Registration registration = await RegisteredAsync("</1/0>,</3/0>", "b=U", "Q");
        var queued = new List<string>();
        Server.OperationQueued += (_, e) => queued.Add(e.Request.ToString());
        Task<Answer> first = registration.ReadAsync("/3/0/0", stop: Stop);
        Task<Answer> second = registration.ReadAsync("/3/0/1", stop: Stop);
        Assert.That(async () => await first, Throws.InstanceOf<ExchangeFailedException>());
        Assert.That(registration.IsAwake, Is.False);
        Assert.That(registration.Queued, Is.EqualTo(new[] { "GET /3/0/1" }));
        Assert.That(() => queued.ToArray(), Is.EqualTo(new[] { "GET /3/0/1" }).After(5000, 10));
        // The first one, and once again.
        Device.Receive();
        Device.Receive();
        Assert.That(Device.HasMessage, Is.False);

        Device.Ask(CoapCode.Post, registration.Location);
        RawMessage request = Device.Receive();
        Assert.That(request.Path, Is.EqualTo("/3/0/1"));
        Device.Respond(request, CoapCode.Content, 0, "x"u8.ToArray());
        Assert.That((await second).Value, Is.EqualTo("x"));
    }
}
