using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>DemoClient comes, stays and goes as its command line and standard input say.</summary>
[Parallelizable(ParallelScope.All)]
public class DemoClientRegistrationTests
{
    [Test]
    public async Task Registered_says_ssid_and_location()
    {
        await using Demo demo = await Demo.StartRegisteredAsync("--lifetime", "300");
        await demo.LineAsync($$"""{"event":"registered","ssid":1,"location":"{{demo.Client.Location}}"}""");
        Assert.That(demo.Client.LifetimeSeconds, Is.EqualTo(300));
        Assert.That(demo.Client.Version, Is.EqualTo("1.2"));
        Assert.That(demo.Client.Links.Select(link => link.Target),
            Is.SupersetOf(new[] { "/1/0", "/3/0", "/16", "/3303/0", "/3311/0", "/3442/0" }).And.Not.Contains("/0/0").And.Not.Contains("/0"));
        await demo.ExitAsync();
    }

    [TestCase("1.0")]
    [TestCase("1.1")]
    public async Task Lwm2m_is_the_version_offered(string version)
    {
        await using Demo demo = await Demo.StartRegisteredAsync("--lwm2m", version);
        Assert.That(demo.Client.Version, Is.EqualTo(version));
        await demo.ExitAsync();
    }

    [Test]
    public async Task Steps_down_where_the_server_refuses_the_highest_version()
    {
        await using Demo demo = Demo.Start(new LocalServerOptions { RefusedVersions = { "1.2" } });
        await demo.RegisteredAsync();
        Assert.That(demo.Client.Version, Is.EqualTo("1.1"));
        Assert.That(demo.Process.Output, Has.Length.EqualTo(1), "stepping down is no failure");
        await demo.ExitAsync();
    }

    [Test]
    public async Task Refused_registration_says_reason_and_code_and_is_tried_again()
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
        server.Faults.AnswerRegister(CoapCode.Forbidden);
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--endpoint", "e", "--server", server.Uri, "--json");
        await demo.LineAsync(
            line => line.StartsWith("""{"event":"registration-failed","ssid":1,"reason":"rejected","code":"4.03",""", StringComparison.Ordinal), "failure");
        await server.WaitForRegistrationAsync("e").WaitAsync(TimeSpan.FromSeconds(60));
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero);
    }

    [Test]
    public async Task Sends_from_the_local_port()
    {
        int port = FreePort();
        await using Demo demo = await Demo.StartRegisteredAsync("--local-port", $"{port}");
        Assert.That(demo.Client.Address.Port, Is.EqualTo(port));
        await demo.ExitAsync();
    }

    [Test]
    public async Task Update_command_updates()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        demo.Process.Type("update");
        await demo.LineAsync("""{"event":"updated","ssid":1}""");
        demo.Process.Type("update 1");
        await demo.LineAsync("""{"event":"updated","ssid":1}""", 2);
        Assert.That(demo.Client.Updates, Is.EqualTo(2));
        demo.Process.Type("update 9");
        Assert.That(await demo.EventAsync("error"), Does.Contain("ssid 9"));
        await demo.ExitAsync();
    }

    [Test]
    public async Task Written_lifetime_is_told_by_an_update()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        await demo.Client.WriteAsync("/1/0/1", 600);
        await demo.LineAsync("""{"event":"written","ssid":1,"path":"/1/0/1","value":600}""");
        await demo.LineAsync("""{"event":"updated","ssid":1}""");
        Assert.That(demo.Client.LifetimeSeconds, Is.EqualTo(600));
        await demo.ExitAsync();
    }

    [Test]
    public async Task Deregister_command_leaves_and_the_program_stays()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        demo.Process.Type("deregister");
        await demo.LineAsync("""{"event":"deregistered","ssid":1}""");
        Assert.That(await demo.Client.Ended, Is.EqualTo(RegistrationEnd.Deregistered));
        demo.Process.Type("show /3303/0/5700");
        await demo.LineAsync("""{"event":"value","path":"/3303/0/5700","value":21.5}""");
        demo.Process.Type("update");
        Assert.That(await demo.EventAsync("error"), Does.Contain("not-registered"));
        demo.Process.Type("exit");
        Assert.That(await demo.Process.ExitAsync(), Is.Zero);
    }

    [Test]
    public async Task Reboot_is_answered_and_the_client_starts_again()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        Registration before = demo.Client;
        Answer answer = await demo.Client.ExecuteAsync("/3/0/4");
        Assert.That(answer.CodeText, Is.EqualTo("2.04"));
        await demo.LineAsync("""{"event":"rebooting","ssid":1}""");
        await demo.RegisteredAsync(2);
        Assert.That(await before.Ended, Is.EqualTo(RegistrationEnd.Replaced));
        Assert.That((await demo.Client.ReadAsync("/3303/0/5700")).Value, Is.EqualTo(21.5));
        await demo.ExitAsync();
    }

    [Test]
    public async Task End_of_input_deregisters_and_exits_with_0()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        demo.Process.EndInput();
        await demo.EndedWellAsync();
    }

    [TestCase(2, TestName = "SIGINT deregisters and exits with 0")]
    [TestCase(15, TestName = "SIGTERM deregisters and exits with 0")]
    [Platform("Linux,MacOsX")]
    public async Task Signal_deregisters_and_exits_with_0(int signal)
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        demo.Process.Signal(signal);
        await demo.EndedWellAsync();
    }

    [Test]
    public async Task Exit_ends_without_any_server()
    {
        await using SampleProcess demo = SampleProcess.Start(
            "DemoClient", "--server", $"coap://127.0.0.1:{FreePort()}", "--ack-timeout", "50", "--max-retransmit", "1", "--json");
        string failure = await demo.LineAsync(line => line.Contains("registration-failed", StringComparison.Ordinal), "failure");
        Assert.That(failure, Does.Contain("\"reason\":\"no-answer\"").And.Not.Contain("\"code\""));
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero);
    }

    [Test]
    public async Task Each_server_has_its_account_and_its_events()
    {
        await using LocalServer first = LocalServer.Start(new LocalServerOptions { Port = 0 });
        await using LocalServer second = LocalServer.Start(new LocalServerOptions { Port = 0 });
        await using SampleProcess demo = SampleProcess.Start(
            "DemoClient", "--endpoint", "e", "--server", first.Uri + ";ssid=7", "--server", second.Uri, "--json");
        Registration at7 = await first.WaitForRegistrationAsync("e").WaitAsync(TimeSpan.FromSeconds(60));
        Registration at2 = await second.WaitForRegistrationAsync("e").WaitAsync(TimeSpan.FromSeconds(60));
        await demo.LineAsync($$"""{"event":"registered","ssid":7,"location":"{{at7.Location}}"}""");
        await demo.LineAsync($$"""{"event":"registered","ssid":2,"location":"{{at2.Location}}"}""");
        Assert.That((await at7.ReadAsync("/1/0/0")).Value, Is.EqualTo(7));
        Assert.That((await at2.ReadAsync("/1/1/0")).Value, Is.EqualTo(2));
        demo.Type("update 2");
        await demo.LineAsync("""{"event":"updated","ssid":2}""");
        Assert.That(at7.Updates, Is.Zero);
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero);
        Assert.That(await Task.WhenAll(at7.Ended, at2.Ended), Is.All.EqualTo(RegistrationEnd.Deregistered));
    }

    [Test]
    public async Task Without_json_the_lines_are_for_people()
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--endpoint", "e", "--server", server.Uri);
        string line = await demo.LineAsync(candidate => candidate.Contains("registered", StringComparison.Ordinal), "registration");
        Assert.That(line, Does.Match(@"^\d\d:\d\d:\d\d registered  ssid 1  location /rd/\w+$"));
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
