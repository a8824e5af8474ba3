using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Samples.DemoClient;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        DemoSettings? settings = CommandLine.Read(args, out int exitCode);
        if (settings == null)
            return exitCode;

        using var stop = new CancellationTokenSource();
        // System.CommandLine would end the process with 143; here a signal is a polite request to leave.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);
        void Leave(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using Stream output = Console.OpenStandardOutput();
        using var log = new EventLog(output, settings.Json);
        Lwm2mClient client;
        Transports transports;
        try
        {
            client = MakeClient(settings, log, out transports);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"--storage: {problem.Message}");
            return CommandLine.BadCommandLine;
        }
        catch (Exception problem) when (problem is CryptographicException || (problem is ArgumentException && settings.Bearer.CertificateFile != null))
        {
            Console.Error.WriteLine($"--trust, --cert or --key: {problem.Message}");
            return CommandLine.BadCommandLine;
        }

        using Transports made = transports;

        var values = new LocalValues(client);
        client.Listener = new ClientEvents(log, values);
        Console.Error.WriteLine($"DemoClient '{settings.Endpoint}' with {settings.Servers.Length} server(s); commands on standard input, 'exit' ends.");

        Task running = client.RunAsync(stop.Token);
        var commands = new Thread(() =>
        {
            using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
            new ConsoleCommands(client, log, values).Run(input);
            stop.Cancel();
        })
        {
            IsBackground = true,
            Name = "commands",
        };
        commands.Start();
        try
        {
            await running.ConfigureAwait(false);
            return 0;
        }
        catch (InvalidOperationException problem) when (client.AccountCount == 0)
        {
            // The folder of --storage holds no account, and no other option names one.
            Console.Error.WriteLine(problem.Message);
            return CommandLine.BadCommandLine;
        }
    }

    private static Lwm2mClient MakeClient(DemoSettings settings, EventLog log, out Transports transports)
    {
        var options = new ClientOptions(settings.Endpoint)
        {
            HighestVersion = settings.Version,
            LocalPort = settings.LocalPort,
            AckTimeoutMs = settings.AckTimeoutMs,
            MaxRetransmit = settings.MaxRetransmit,
            Trace = settings.Trace ? new MessageTrace(Console.Error.WriteLine) : null,
            QueueMode = settings.Queue,
            AwakeMs = settings.AwakeMs,
            SmsNumber = settings.Bearer.SmsNumber,
            Storage = settings.StorageFolder == null ? null : new FileStorage(new StorageFolder(settings.StorageFolder)),
        };
        options.Limits.Servers = Math.Max(options.Limits.Servers, settings.Servers.Length);
        options.Limits.AccountValues = Math.Max(options.Limits.AccountValues, 32 * settings.Servers.Length);
        var client = new Lwm2mClient(options);
        foreach (ServerArgument server in settings.Servers)
            client.AddServer(server.Uri, server.ShortServerId, settings.LifetimeSeconds, settings.Bearer.Binding);
        if (settings.BootstrapUri != null)
            client.AddBootstrapServer(settings.BootstrapUri, settings.HoldOffSeconds);
        DeviceObject device = FactoryObjects.AddTo(client);
        device.Rebooting = client.Restart;
        transports = new Transports(client, settings, options.Limits.Servers + 1, options.Limits.Coap.MaxMessageBytes, log);
        return client;
    }
}
