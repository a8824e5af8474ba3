using System;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>DemoClient between two servers: what comes from the factory is open to both, /1 and what one creates is its own.</summary>
[Parallelizable(ParallelScope.All)]
public class DemoClientAccessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Each_server_has_its_own_account_and_what_it_creates_and_shares_the_rest()
    {
        await using LocalServer one = LocalServer.Start(new LocalServerOptions { Port = 0 });
        await using LocalServer two = LocalServer.Start(new LocalServerOptions { Port = 0 });
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--endpoint", "shared", "--server", one.Uri + ";ssid=11", "--server", two.Uri + ";ssid=22", "--json");
        Registration first = await one.WaitForRegistrationAsync("shared").WaitAsync(Patience);
        Registration second = await two.WaitForRegistrationAsync("shared").WaitAsync(Patience);

        Assert.Multiple(async () =>
        {
            Assert.That(await CodeAsync(first.ReadAsync("/3/0/0")), Is.EqualTo("2.05"));
            Assert.That(await CodeAsync(second.ReadAsync("/3/0/0")), Is.EqualTo("2.05"));
            Assert.That(await CodeAsync(first.WriteAsync("/3311/0/5851", 20L)), Is.EqualTo("2.04"));
            Assert.That(await CodeAsync(second.WriteAsync("/3311/0/5851", 30L)), Is.EqualTo("2.04"));

            Assert.That(await CodeAsync(first.ReadAsync("/1/0/0")), Is.EqualTo("2.05"));
            Assert.That(await CodeAsync(first.ReadAsync("/1/1/0")), Is.EqualTo("4.01"));
            Assert.That(await CodeAsync(second.ReadAsync("/1/0")), Is.EqualTo("4.01"));
            Assert.That(await CodeAsync(second.ReadAsync("/1/1/0")), Is.EqualTo("2.05"));
            Assert.That(await CodeAsync(second.WriteAsync("/1/0/1", 100L)), Is.EqualTo("4.01"));
            Assert.That(await CodeAsync(second.ExecuteAsync("/1/0/8")), Is.EqualTo("4.01"));
            Assert.That(await CodeAsync(first.WriteAsync("/1/0/23", false)), Is.EqualTo("2.04"));
            Assert.That((await first.ReadAsync("/1").WaitAsync(Patience)).ToString(), Does.Contain("/1/0/0 = 11").And.Not.Contain("/1/1"));

            Assert.That(await CodeAsync(first.SendAsync(Create(3))), Is.EqualTo("2.01"));
            Assert.That(await CodeAsync(first.ReadAsync("/16/3")), Is.EqualTo("2.05"));
            Assert.That(await CodeAsync(second.ReadAsync("/16/3")), Is.EqualTo("4.01"));
            Assert.That(await CodeAsync(second.DeleteAsync("/16/3")), Is.EqualTo("4.01"));
            Assert.That(await CodeAsync(first.DeleteAsync("/16/3")), Is.EqualTo("2.02"));
            Assert.That(await CodeAsync(second.SendAsync(Create(4))), Is.EqualTo("2.01"));
            Assert.That(await CodeAsync(first.ReadAsync("/0/0")), Is.EqualTo("4.01"));
        });
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero, demo.Errors);
    }

    // TLV: an instance with /16/x/0/0 = "mine".
    private static OperationRequest Create(byte instance) => new()
    {
        Code = CoapCode.Post,
        Path = "/16",
        ContentFormat = ContentFormat.Tlv,
        Payload = [0x08, instance, 8, 0x86, 0, 0x44, 0, (byte)'m', (byte)'i', (byte)'n', (byte)'e'],
    };

    private static async Task<string> CodeAsync(Task<Answer> answer) => (await answer.WaitAsync(Patience)).CodeText;
}
