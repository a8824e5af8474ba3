using System.Threading.Tasks;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

public class SilentClientTests : ServerFixture
{
    protected override void Configure(LocalServerOptions options)
    {
        options.AckTimeoutMs = 10;
        options.MaxRetransmit = 2;
    }

    [Test]
    public async Task A_request_is_repeated_with_the_same_bytes_and_then_fails()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadAsync("/3/0/0", stop: Stop);
        byte[] first = Device.ReceiveBytes();
        Assert.That(Device.ReceiveBytes(), Is.EqualTo(first));
        Assert.That(Device.ReceiveBytes(), Is.EqualTo(first));
        ExchangeFailedException problem = Assert.ThrowsAsync<ExchangeFailedException>(() => read)!;
        Assert.That(problem.Reason, Is.EqualTo(CoapFailure.Timeout));
        Assert.That(problem.Message, Is.EqualTo("GET /3/0/0 on abc: the client does not answer"));
    }

    [Test]
    public async Task The_next_request_goes_out_after_a_failure()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> first = registration.ReadAsync("/3/0/0", stop: Stop);
        Task<Answer> second = registration.ReadAsync("/3/0/1", stop: Stop);
        RawMessage request;
        do
        {
            request = Device.Receive();
        }
        while (request.Path != "/3/0/1");
        Device.Respond(request, CoapCode.Content, 0, "x"u8.ToArray());
        Assert.That((await second).Value, Is.EqualTo("x"));
        Assert.That(async () => await first, Throws.InstanceOf<ExchangeFailedException>());
    }
}
