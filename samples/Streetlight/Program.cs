using System;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Client;
using Spectre.Console;

namespace Lwm2m.Samples.Streetlight;

internal static class Program
{
    private const int LifetimeSeconds = 300;

    // What a device should leave is 93 s: nobody wants to watch that.
    private const int AwakeMs = 3000;

    private static async Task<int> Main(string[] args)
    {
        Settings? settings = CommandLine.Read(args, out int exitCode);
        if (settings == null)
            return exitCode;

        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);
        void Leave(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        if (settings.ExitAfterSeconds is { } seconds)
            stop.CancelAfter(TimeSpan.FromSeconds(seconds));
        bool isPlain = Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi;
        using IStage stage = isPlain ? new PlainStage(Console.Out) : new TerminalStage(AnsiConsole.Console);
        try
        {
            await (settings.Server == null ? TellStoryAsync(settings, stage, stop.Token) : ServeAsync(settings, settings.Server, stage, stop.Token));
            return 0;
        }
        catch (Exception problem) when (problem is TimeoutException or InvalidOperationException or ExchangeFailedException)
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
    }

    private static async Task ServeAsync(Settings settings, string uri, IStage stage, CancellationToken stop)
    {
        stage.Say(Side.Lamp, $"'{settings.Endpoint}' starts; Ctrl-C ends it");
        Lwm2mClient client = MakeClient(settings, new Lamp(stage), new LampEvents(stage));
        client.AddServer(uri, lifetimeSeconds: LifetimeSeconds);
        await client.RunAsync(stop);
    }

    private static async Task TellStoryAsync(Settings settings, IStage stage, CancellationToken stop)
    {
        await using LocalServer server = LocalServer.Start(new LocalServerOptions { Port = 0, TcpPort = 0, AwakeMs = AwakeMs - 200 });
        await using Bearer bearer = Bearer.Make(settings.Bearer ?? "udp", server);
        server.Provision(settings.Endpoint, new BootstrapAccount(bearer.Uri) { LifetimeSeconds = LifetimeSeconds, Binding = bearer.Letter });
        stage.Say(Side.Server, $"listens at {bearer.Uri}, and bootstraps there");
        var lamp = new Lamp(stage);
        var events = new LampEvents(stage);
        Lwm2mClient client = MakeClient(settings, lamp, events);
        client.AddBootstrapServer(bearer.Uri);
        bearer.Connect(client);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
        stage.Say(Side.Lamp, $"'{settings.Endpoint}' starts; all it knows is its bootstrap server");
        Task running = client.RunAsync(leave.Token);
        Registration? registration = null;
        try
        {
            await new Story(server, client, lamp, events, stage, bearer, settings).RunAsync(stop);
            registration = server.Find(settings.Endpoint);
        }
        catch (OperationCanceledException)
        {
            stage.Say(Side.Lamp, "is asked to leave");
        }
        finally
        {
            await leave.CancelAsync();
            await running;
        }

        if (registration != null)
            stage.Say(Side.Server, $"{registration.Endpoint} is gone: {await registration.Ended.WaitAsync(TimeSpan.FromSeconds(10), CancellationToken.None)}");
    }

    private static Lwm2mClient MakeClient(Settings settings, Lamp lamp, LampEvents events)
    {
        var options = new ClientOptions(settings.Endpoint) { QueueMode = true, AwakeMs = AwakeMs, AckTimeoutMs = 1000 };
        var client = new Lwm2mClient(options) { Listener = events };
        client.Add(new DeviceObject("Lwm2m.Client", "Streetlight"));
        client.Add(lamp);
        return client;
    }
}
