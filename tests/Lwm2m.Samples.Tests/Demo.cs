using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>A DemoClient with <c>--json</c> and the server it registers at, both on loopback.</summary>
internal sealed class Demo : IAsyncDisposable
{
    public const string Endpoint = "demo-under-test";

    private Demo(LocalServer server, SampleProcess process)
    {
        Server = server;
        Process = process;
    }

    public LocalServer Server { get; }

    public SampleProcess Process { get; }

    /// <summary>The registration after <see cref="RegisteredAsync"/>.</summary>
    public Registration Client { get; private set; } = null!;

    /// <summary>Starts a server on any free port, and a DemoClient that is told of it.</summary>
    public static Demo Start(params string[] arguments) => Start(new LocalServerOptions(), arguments);

    /// <summary>Starts a server on any free port, and a DemoClient that is told of it.</summary>
    public static Demo Start(LocalServerOptions options, params string[] arguments)
    {
        options.Port = 0;
        LocalServer server = LocalServer.Start(options);
        return new Demo(server, SampleProcess.Start("DemoClient", ["--endpoint", Endpoint, "--server", server.Uri, "--json", .. arguments]));
    }

    /// <summary>Starts both and waits for the registration and its event.</summary>
    public static async Task<Demo> StartRegisteredAsync(params string[] arguments)
    {
        Demo demo = Start(arguments);
        await demo.RegisteredAsync();
        return demo;
    }

    /// <summary>Waits for an event line that says <c>registered</c>, and takes the registration.</summary>
    public async Task RegisteredAsync(int occurrence = 1)
    {
        await EventAsync("registered", occurrence);
        Client = Server.Find(Endpoint) ?? throw new AssertionException("The event came, but the server has no registration.");
    }

    /// <summary>Waits for exactly this line of output.</summary>
    public Task LineAsync(string line, int occurrence = 1) => Process.LineAsync(line, occurrence);

    /// <summary>Waits for an event by its name.</summary>
    public Task<string> EventAsync(string name, int occurrence = 1) =>
        Process.LineAsync(line => line.StartsWith($"{{\"event\":\"{name}\"", StringComparison.Ordinal), $"event '{name}'", occurrence);

    /// <summary>Ends the program by a command and expects it to end well, with nothing but JSON objects on its output.</summary>
    public async Task ExitAsync()
    {
        Process.Type("exit");
        await EndedWellAsync();
    }

    /// <summary>Expects the program to de-register and to end well, with nothing but JSON objects on its output.</summary>
    public async Task EndedWellAsync()
    {
        Assert.That(await Process.ExitAsync(), Is.Zero, Process.Errors);
        Assert.That(await Client.Ended.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(RegistrationEnd.Deregistered));
        Assert.That(Process.Output.Last(), Is.EqualTo("""{"event":"deregistered","ssid":1}"""));
        Assert.That(Process.Output.Where(line => !IsEvent(line)), Is.Empty);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static bool IsEvent(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("event", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
