using System;
using System.Linq;
using System.Threading.Tasks;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>DemoClient's command <c>send</c>: one message a call, and what became of it.</summary>
[Parallelizable(ParallelScope.All)]
public class DemoClientSendTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task What_is_sent_arrives_as_one_message_and_is_told()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        Assert.That((await demo.Client.WriteAsync("/1/0/23", false)).CodeText, Is.EqualTo("2.04"));
        demo.Process.Type("send /3303/0/5700 /3/0/9");
        SentData sent = await demo.Client.NextSendAsync().AsTask().WaitAsync(Patience);
        Assert.That(sent.Records.Select(v => v.ToString()), Is.EqualTo(new[] { "/3303/0/5700 = 21.5", "/3/0/9 = 87" }));
        await demo.LineAsync("""{"event":"sent","ssid":1}""");
        await demo.ExitAsync();
    }

    [Test]
    public async Task A_muted_server_is_sent_nothing()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        demo.Process.Type("send /3303/0/5700");
        await demo.LineAsync("""{"event":"send-failed","reason":"muted"}""");
        Assert.That((await demo.Client.WriteAsync("/1/0/23", false)).CodeText, Is.EqualTo("2.04"));
        demo.Process.Type("send /3303/0/9999");
        await demo.LineAsync("""{"event":"send-failed","reason":"not-found"}""");
        demo.Process.Type("send");
        await demo.EventAsync("error");
        await demo.ExitAsync();
    }

    [Test]
    public async Task A_refusal_is_told_with_its_code()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        Assert.That((await demo.Client.WriteAsync("/1/0/23", false)).CodeText, Is.EqualTo("2.04"));
        demo.Server.Faults.AnswerSend(CoapCode.NotFound);
        demo.Process.Type("send /3303/0/5700");
        await demo.LineAsync("""{"event":"send-failed","ssid":1,"reason":"rejected","code":"4.04"}""");
        await demo.ExitAsync();
    }
}
