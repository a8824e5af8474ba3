using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>Streetlight tells its story by itself, and can be pointed at another server.</summary>
[Parallelizable(ParallelScope.All)]
public class StreetlightTests
{
    [Test]
    public async Task Piped_the_story_is_lines_in_order()
    {
        await using SampleProcess street = SampleProcess.Start("Streetlight", "--fast");
        Assert.That(await street.ExitAsync(), Is.Zero, street.Errors);
        InOrder(street, "server | listens", "server | bootstraps streetlight-1", "server | streetlight-1 has registered", "server | observes /3311/0/5851",
            "server | switches it on", "lamp   | is on, 100 %", "server | is notified: 2.05 /3311/0/5850 = true",
            "server | dims it to 75 %", "lamp   | is on, 75 %", "server | is notified: 2.05 /3311/0/5851 = 75",
            "server | dims it to 10 %", "lamp   | is on, 10 %", "server | is notified: 2.05 /3311/0/5851 = 10",
            "server | colours it", "lamp   | is on, 60 %, #FF9030",
            "lamp   | somebody presses the button", "lamp   | is off", "server | is notified: 2.05 /3311/0/5850 = false",
            "server | wants to dim it to 40 %", "server | is notified: 2.05 /3311/0/5850 = false", "server | now gets its answer: 2.04",
            "server | is notified: 2.05 /3311/0/5851 = 40", "server | is notified: 2.05 /3311/0/5850 = true",
            "lamp   | has lost its network", "lamp   | has its network back", "server | is notified: 2.05 /3311/0/5850 = false",
            "server | observes /3311/0/5851 no more", "server | starts anew", "server | streetlight-1 has registered again",
            "server | reads /3311/0/5851: 2.05 /3311/0/5851 = 40", "lamp   | has de-registered", "server | streetlight-1 is gone: Deregistered");
        InOrder(street, "lamp   | 'streetlight-1' starts", "lamp   | has its accounts", "lamp   | is registered", "lamp   | is observed: /3311/0/5850",
            "lamp   | sleeps", "lamp   | wakes and sends an update", "lamp   | is observed no more: /3311/0/5850", "lamp   | is registered",
            "lamp   | has de-registered");
        Assert.That(street.Output.Where(line => line.Contains('\u001b', StringComparison.Ordinal)), Is.Empty, "no colours in a pipe");
    }

    [TestCase("udp", "coap://127.0.0.1:")]
    [TestCase("tcp", "coap+tcp://127.0.0.1:")]
    [TestCase("sms", "tel:+491700000001")]
    [TestCase("nidd", "coap+nidd://lwm2m.nidd")]
    public async Task Over_each_bearer_the_street_is_the_same_and_each_step_has_its_price(string bearer, string uri)
    {
        await using SampleProcess street = SampleProcess.Start("Streetlight", "--fast", "--bearer", bearer);
        Assert.That(await street.ExitAsync(), Is.Zero, street.Errors);
        InOrder(street, "server | listens at " + uri, "server | bootstraps streetlight-1", "air    | ", "server | streetlight-1 has registered", "air    | ",
            "server | switches it on", "lamp   | is on, 100 %", "server | is notified: 2.05 /3311/0/5850 = true", "air    | ",
            "server | wants to dim it to 40 %", "server | now gets its answer: 2.04", "lamp   | has lost its ", "server | observes /3311/0/5851 no more",
            "server | starts anew", "server | streetlight-1 has registered again", "server | reads /3311/0/5851: 2.05 /3311/0/5851 = 40", "air    | ",
            "server | streetlight-1 is gone: Deregistered");
        // A notification of a small value over each bearer: what it says and what the layers below add.
        Assert.That(street.Output.Where(line => line.StartsWith("air    | ", StringComparison.Ordinal)),
            Has.All.Match(@"^air    \| \d+ bytes in \d+ messages? up, \d+ bytes in \d+ messages? down$"));
    }

    [Test]
    public async Task At_another_server_it_is_a_lamp_until_its_time_is_over()
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
        await using SampleProcess street = SampleProcess.Start("Streetlight", "--server", server.Uri, "--endpoint", "lamp-7", "--exit-after", "8");
        Registration lamp = await server.WaitForRegistrationAsync("lamp-7").WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That((await lamp.WriteAsync("/3311/0/5850", true)).CodeText, Is.EqualTo("2.04"));
        await street.LineAsync("lamp   | is on, 100 %, #FFFFFF");
        Assert.That(await street.ExitAsync(), Is.Zero, street.Errors);
        Assert.That(await lamp.Ended.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(RegistrationEnd.Deregistered));
    }

    [TestCase(2, TestName = "SIGINT makes the lamp leave cleanly")]
    [TestCase(15, TestName = "SIGTERM makes the lamp leave cleanly")]
    [Platform("Linux,MacOsX")]
    public async Task Signal_makes_the_lamp_leave_cleanly(int signal)
    {
        await using SampleProcess street = SampleProcess.Start("Streetlight");
        await street.LineAsync(line => line.StartsWith("lamp   | is observed", StringComparison.Ordinal), "observation");
        street.Signal(signal);
        Assert.That(await street.ExitAsync(), Is.Zero, street.Errors);
        InOrder(street, "lamp   | is asked to leave", "lamp   | has de-registered");
    }

    [TestCase("--server", "nonsense")]
    [TestCase("--exit-after", "-1")]
    [TestCase("--bearer", "pigeon")]
    [TestCase("--nope", "1")]
    public async Task Bad_command_line_is_refused(string option, string value)
    {
        await using SampleProcess street = SampleProcess.Start("Streetlight", option, value);
        Assert.That(await street.ExitAsync(), Is.EqualTo(2));
        Assert.That(street.Errors, Does.Contain(option));
        Assert.That(street.Output, Is.Empty);
    }

    private static void InOrder(SampleProcess street, params string[] beginnings)
    {
        int at = 0;
        foreach (string line in street.Output)
            if (at < beginnings.Length && line.StartsWith(beginnings[at], StringComparison.Ordinal))
                at++;
        if (at < beginnings.Length)
            Assert.Fail($"'{beginnings[at]}' is missing or out of order in:\n{string.Join('\n', street.Output)}");
    }
}
