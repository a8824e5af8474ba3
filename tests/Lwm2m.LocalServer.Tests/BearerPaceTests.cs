using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>The server's patience with a client, by the binding that it registered with.</summary>
public class BearerPaceTests : ServerFixture
{
    protected override void Configure(LocalServerOptions options) => options.AckTimeoutMs = 20;

    [TestCase("U", true)]
    [TestCase("UQ", true)]
    [TestCase("S", false)]
    [TestCase("SQ", false)]
    [TestCase("N", false)]
    [TestCase("NU", false)]
    public async Task A_request_is_repeated_as_the_bearer_bears_it(string binding, bool isRepeated)
    {
        Registration registration = await RegisteredAsync("</1/0>,</3/0>", "b=" + binding);
        Task<Answer> reading = registration.ReadAsync("/3/0/0", stop: Stop);
        RawMessage request = Device.Receive();
        await Task.Delay(150);
        Assert.That(Device.HasMessage, Is.EqualTo(isRepeated));
        Device.Respond(request, CoapCode.Content, ContentFormat.PlainText, "abc"u8.ToArray());
        Assert.That((await reading).Value, Is.EqualTo("abc"));
    }

    [Test]
    public async Task Blocks_for_a_non_ip_client_are_small()
    {
        Registration registration = await RegisteredAsync("</1/0>,</3/0>", "b=N");
        _ = registration.WriteRawAsync("/3/0/15", new byte[1200], ContentFormat.OctetStream, stop: Stop);
        Assert.That(Device.Receive().Payload, Has.Length.EqualTo(512));
    }
}
