using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>DemoClient's life beyond one registration: bootstrap, storage, queue mode.</summary>
[Parallelizable(ParallelScope.All)]
public class DemoClientLifeTests
{
    private const string Endpoint = "life";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Bootstrap_gives_it_its_server_and_the_trigger_does_so_again()
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
        server.Provision(Endpoint, new BootstrapAccount(server.Uri, 42) { LifetimeSeconds = 777 });
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--endpoint", Endpoint, "--bootstrap", server.Uri, "--json");
        await Event(demo, "bootstrapped");
        await demo.LineAsync(line => line.StartsWith("""{"event":"registered","ssid":42,"location":""", StringComparison.Ordinal), "registration");
        Registration client = await server.WaitForRegistrationAsync(Endpoint).WaitAsync(Patience);
        Assert.That(client.LifetimeSeconds, Is.EqualTo(777));
        Assert.That((await client.ExecuteAsync("/1/0/9")).CodeText, Is.EqualTo("2.04"));
        await Event(demo, "bootstrapped", 2);
        demo.Type("bootstrap");
        await Event(demo, "bootstrapped", 3);
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero, demo.Errors);
    }

    [Test]
    public async Task A_bootstrap_server_that_refuses_is_told_with_its_code()
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
        server.Faults.AnswerPack(0x80);
        for (int attempt = 0; attempt < 3; attempt++)
            server.Faults.AnswerBootstrap(0x80);
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--endpoint", "unknown", "--bootstrap", server.Uri, "--json");
        string failed = await Event(demo, "bootstrap-failed");
        Assert.That(failed, Does.StartWith("""{"event":"bootstrap-failed","reason":"rejected","code":"4.00",""").And.Contain("\"retryInMs\":"));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public async Task After_a_kill_it_comes_back_with_an_update_from_the_same_port()
    {
        string folder = Directory.CreateTempSubdirectory("demo-storage-").FullName;
        try
        {
            await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
            server.Provision(Endpoint, new BootstrapAccount(server.Uri));
            Registration before;
            await using (SampleProcess first = SampleProcess.Start("DemoClient", "--endpoint", Endpoint, "--bootstrap", server.Uri, "--storage", folder, "--json"))
            {
                await Event(first, "registered");
                before = await server.WaitForRegistrationAsync(Endpoint).WaitAsync(Patience);
                await before.ObserveAsync("/3303/0/5700").WaitAsync(Patience);
                first.Signal(9);
                await first.ExitAsync();
            }

            int port = before.Address.Port;
            Assert.That(UnixModeOf(folder), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Task updated = before.NextUpdateAsync();
            await using SampleProcess second = SampleProcess.Start("DemoClient", "--endpoint", Endpoint, "--server", "coap://127.0.0.1:9", "--storage", folder, "--json");
            await updated.WaitAsync(Patience);
            await Event(second, "updated");
            Registration after = server.Find(Endpoint)!;
            Assert.That((after.Location, after.Address.Port), Is.EqualTo((before.Location, port)));
            Assert.That(second.Output.Where(line => line.Contains("bootstrapped", StringComparison.Ordinal) || line.Contains("registered", StringComparison.Ordinal)), Is.Empty);
            second.Type("exit");
            Assert.That(await second.ExitAsync(), Is.Zero, second.Errors);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public async Task A_corrupt_record_is_set_aside_and_the_factory_takes_over()
    {
        string folder = Directory.CreateTempSubdirectory("demo-storage-").FullName;
        try
        {
            await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
            string[] arguments = ["--endpoint", Endpoint, "--server", server.Uri, "--storage", folder, "--json"];
            await using (SampleProcess first = SampleProcess.Start("DemoClient", arguments))
            {
                await Event(first, "registered");
                Registration client = await server.WaitForRegistrationAsync(Endpoint).WaitAsync(Patience);
                Assert.That((await client.WriteAsync("/1/0/1", 500L)).CodeText, Is.EqualTo("2.04"));
                first.Type("exit");
                await first.ExitAsync();
            }

            foreach (string file in Directory.GetFiles(folder))
                await File.WriteAllBytesAsync(file, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
            await using SampleProcess second = SampleProcess.Start("DemoClient", arguments);
            Assert.That(await Event(second, "error"), Does.Contain("storage-corrupt"));
            await Event(second, "registered");
            Registration again = await server.WaitForRegistrationAsync(Endpoint).WaitAsync(Patience);
            Assert.That(again.LifetimeSeconds, Is.EqualTo(86400));
            second.Type("exit");
            Assert.That(await second.ExitAsync(), Is.Zero, second.Errors);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public async Task In_queue_mode_it_sleeps_and_wakes_on_command()
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0, AwakeMs = 300 });
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--endpoint", Endpoint, "--server", server.Uri, "--queue", "--awake", "500", "--json");
        Registration client = await server.WaitForRegistrationAsync(Endpoint).WaitAsync(Patience);
        Assert.That(client.QueueMode, Is.True);
        await demo.LineAsync("""{"event":"sleeping","ssid":1}""");
        Task<Answer> read = client.ReadAsync("/3/0/1");
        await Task.Delay(200);
        Assert.That(read.IsCompleted, Is.False, "the server waits");
        demo.Type("wake");
        await demo.LineAsync("""{"event":"awake","ssid":1}""");
        await demo.LineAsync("""{"event":"updated","ssid":1}""");
        Assert.That((await read.WaitAsync(Patience)).CodeText, Is.EqualTo("2.05"));
        await demo.LineAsync("""{"event":"sleeping","ssid":1}""", 2);
        demo.Type("wake");
        await demo.LineAsync("""{"event":"awake","ssid":1}""", 2);
        demo.Type("sleep");
        await demo.LineAsync("""{"event":"sleeping","ssid":1}""", 3);
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero, demo.Errors);
    }

    [Test]
    public async Task Trace_is_a_line_for_each_message_on_standard_error_and_hides_keys()
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
        server.Provision(Endpoint, new BootstrapAccount(server.Uri) { Security = new Dictionary<int, object> { [5] = "geheim"u8.ToArray() } });
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--endpoint", Endpoint, "--bootstrap", server.Uri, "--trace", "--json");
        await Event(demo, "registered");
        Registration client = await server.WaitForRegistrationAsync(Endpoint).WaitAsync(Patience);
        Assert.That((await client.ReadAsync("/3/0/1")).CodeText, Is.EqualTo("2.05"));
        demo.Type("exit");
        Assert.That(await demo.ExitAsync(), Is.Zero, demo.Errors);
        string[] lines = demo.Errors.Split('\n');
        Assert.That(lines.Count(line => line.Contains("POST", StringComparison.Ordinal) && line.Contains("/rd", StringComparison.Ordinal)), Is.EqualTo(1), demo.Errors);
        Assert.That(lines.Count(line => line.Contains("GET", StringComparison.Ordinal) && line.Contains("/3/0/1", StringComparison.Ordinal)), Is.EqualTo(1), demo.Errors);
        Assert.That(demo.Errors, Does.Not.Contain("geheim").And.Not.Contain("67656865696d").IgnoreCase);
    }

    [TestCase("bootstrap", "not-supported")]
    [TestCase("sleep", "not-in-queue-mode")]
    [TestCase("wake", "not-asleep")]
    public async Task What_cannot_be_done_is_told(string command, string reason)
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0 });
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--endpoint", Endpoint, "--server", server.Uri, "--json");
        await Event(demo, "registered");
        demo.Type(command);
        Assert.That(await Event(demo, "error"), Does.Contain($"\"reason\":\"{reason}\""));
    }

    private static Task<string> Event(SampleProcess demo, string name, int occurrence = 1) =>
        demo.LineAsync(line => line.StartsWith($"{{\"event\":\"{name}\"", StringComparison.Ordinal), $"event '{name}'", occurrence);

    private static UnixFileMode[] UnixModeOf(string folder) =>
        OperatingSystem.IsWindows() ? [] : Directory.GetFiles(folder).Select(File.GetUnixFileMode).ToArray();
}
