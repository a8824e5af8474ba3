using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using Lwm2m.Client;

namespace Lwm2m.Samples.DemoClient;

/// <summary>The options of the program. Whatever is unknown or contradicts itself is refused here, before anything is sent.</summary>
internal static class CommandLine
{
    /// <summary>Exit code for a command line that cannot be run.</summary>
    public const int BadCommandLine = 2;

    private const int MaxRetransmissions = 20;

    private static readonly Option<string> Endpoint = new("--endpoint")
    {
        Description = "Endpoint client name, unique at each server.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "demo-client",
    };

    private static readonly Option<string[]> Server = new("--server")
    {
        Description = "Server to register at, by coap, coap+tcp, coaps+tcp, tel:+NUMBER or coap+nidd://APN; repeatable. ssid defaults to 1, 2, ... in order.",
        HelpName = "URI[;ssid=N]",
    };

    private static readonly Option<string?> Bootstrap = new("--bootstrap")
    {
        Description = "Bootstrap server, which may provide the servers to register at.",
        HelpName = "URI",
    };

    private static readonly Option<int> HoldOff = new("--hold-off")
    {
        Description = "Seconds to wait before a bootstrap (/0/x/11).",
        HelpName = "S",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<string?> Storage = new("--storage")
    {
        Description = "Folder in which the client keeps its accounts, registrations and observations over restarts. What it holds wins over --server and --bootstrap.",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Queue = new("--queue") { Description = "Register in queue mode, and sleep when nothing is to be said." };

    private static readonly Option<int> Awake = new("--awake")
    {
        Description = "Milliseconds that the client stays awake after a message in queue mode.",
        HelpName = "MS",
        DefaultValueFactory = _ => 93000,
    };

    private static readonly Option<bool> Trace = new("--trace") { Description = "Write each message as a line to standard error." };

    private static readonly Option<int> Lifetime = new("--lifetime")
    {
        Description = "Lifetime of the registration in seconds; 0 is infinite.",
        HelpName = "S",
        DefaultValueFactory = _ => 86400,
    };

    private static readonly Option<string> Version = new("--lwm2m")
    {
        Description = "Highest LwM2M version offered; the client steps down from there.",
        HelpName = "1.0|1.1|1.2",
        DefaultValueFactory = _ => "1.2",
    };

    private static readonly Option<int> LocalPort = new("--local-port")
    {
        Description = "UDP port to send from; the second server gets the next one, and so on. 0 is any.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<int> AckTimeout = new("--ack-timeout")
    {
        Description = "ACK_TIMEOUT of CoAP in milliseconds.",
        HelpName = "MS",
        DefaultValueFactory = _ => 2000,
    };

    private static readonly Option<int> MaxRetransmit = new("--max-retransmit")
    {
        Description = "MAX_RETRANSMIT of CoAP.",
        HelpName = "N",
        DefaultValueFactory = _ => 4,
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Write each event as a JSON object on a line of standard output, and nothing else.",
    };

    // An argument that begins with @ is an argument, not a file of them.
    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Reads the command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="exitCode">Where null comes back: what the program ends with. Help was shown, or the error is on standard error.</param>
    public static DemoSettings? Read(string[] args, out int exitCode)
    {
        RootCommand root = Define();
        ParseResult parsed = root.Parse(args, Parsing);
        exitCode = BadCommandLine;
        foreach (ParseError error in parsed.Errors)
            Console.Error.WriteLine(error.Message);
        if (parsed.Errors.Count > 0)
            return null;
        if (parsed.Action != root.Action)
        {
            exitCode = parsed.Invoke();
            return null;
        }

        exitCode = 0;
        return Settings(parsed);
    }

    private static RootCommand Define()
    {
        AtLeast(Lifetime, 0, int.MaxValue);
        AtLeast(LocalPort, 0, 65535);
        AtLeast(AckTimeout, 1, 600_000);
        AtLeast(MaxRetransmit, 0, MaxRetransmissions);
        AtLeast(HoldOff, 0, int.MaxValue);
        AtLeast(Awake, 0, int.MaxValue);
        Version.AcceptOnlyFromAmong("1.0", "1.1", "1.2");
        Endpoint.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
                result.AddError("--endpoint: the name is empty.");
        });
        Server.Validators.Add(CheckServers);
        Bootstrap.Validators.Add(result =>
        {
            if (result.Tokens.Count != 1)
                return;
            if (ServerArgument.TryParse(result.Tokens[0].Value, out string error, "--bootstrap") is not { } parsed)
                result.AddError(error);
            else if (parsed.ShortServerId != 0)
                result.AddError("--bootstrap: a bootstrap server has no ssid.");
        });
        Storage.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (result.Tokens[0].Value.Length == 0 || File.Exists(result.Tokens[0].Value)))
                result.AddError($"--storage: '{result.Tokens[0].Value}' is no folder.");
        });
        var root = new RootCommand("An LwM2M client with the objects 0, 1, 3, 16, 3303, 3311 and 3442, driven from standard input: "
            + ConsoleCommands.Known + ".")
        {
            Endpoint, Server, Bootstrap, HoldOff, Lifetime, Version, LocalPort, AckTimeout, MaxRetransmit, Storage, Queue, Awake, Trace, Json,
        };
        BearerOptions.AddTo(root);
        root.Validators.Add(CheckTogether);
        root.SetAction(_ => 0);
        return root;
    }

    private static void AtLeast(Option<int> option, int min, int max) => option.Validators.Add(result =>
    {
        // A value that is no number at all has its own error.
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && (value < min || value > max))
            result.AddError($"{option.Name}: {value} is not in {min}..{max}.");
    });

    private static void CheckServers(OptionResult result)
    {
        var taken = new HashSet<int>();
        int position = 0;
        foreach (Token token in result.Tokens)
        {
            position++;
            ServerArgument? server = ServerArgument.TryParse(token.Value, out string error);
            if (server == null)
                result.AddError(error);
            else if (!taken.Add(IdOf(server, position)))
                result.AddError($"--server: ssid {IdOf(server, position)} is used twice; servers without ;ssid=N count 1, 2, ... in order.");
        }
    }

    private static void CheckTogether(CommandResult result)
    {
        int servers = result.GetResult(Server)?.Tokens.Count ?? 0;
        bool hasBootstrap = IsGiven(result, Bootstrap);
        if (servers == 0 && !hasBootstrap && !IsGiven(result, Storage))
            result.AddError("--server or --bootstrap is required: the client needs somebody to talk to.");
        if (IsGiven(result, HoldOff) && !hasBootstrap)
            result.AddError("--hold-off needs --bootstrap: there is nothing else to hold off.");
        if (IsGiven(result, Awake) && !IsGiven(result, Queue))
            result.AddError("--awake needs --queue: without queue mode the client is always awake.");
        BearerOptions.CheckTogether(result, [.. Named(result, Server), .. Named(result, Bootstrap)]);
        int port = NumberOf(result, LocalPort, 0);
        int links = servers + (hasBootstrap ? 1 : 0);
        if (port is > 0 and <= 65535 && port + links - 1 > 65535)
            result.AddError($"--local-port: {port} leaves no port for the last of {links} servers.");

        // MAX_TRANSMIT_SPAN (RFC 7252 4.8.2): more than a day for one message is a mistake, not a slow bearer.
        double span = NumberOf(result, AckTimeout, 2000) * (Math.Pow(2, NumberOf(result, MaxRetransmit, 4)) - 1) * 1.5;
        if (span > TimeSpan.FromDays(1).TotalMilliseconds)
            result.AddError("--ack-timeout and --max-retransmit together let one message take more than a day.");
    }

    private static IEnumerable<ServerArgument> Named(CommandResult result, Option option) =>
        (result.GetResult(option)?.Tokens ?? []).Select(token => ServerArgument.TryParse(token.Value, out _)).OfType<ServerArgument>();

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static int NumberOf(CommandResult result, Option<int> option, int otherwise) =>
        result.GetResult(option) is { Tokens.Count: 1 } given && int.TryParse(given.Tokens[0].Value, out int value) ? value : otherwise;

    private static int IdOf(ServerArgument server, int position) => server.ShortServerId != 0 ? server.ShortServerId : position;

    private static DemoSettings Settings(ParseResult parsed)
    {
        ServerArgument[] servers = (parsed.GetValue(Server) ?? [])
            .Select((text, index) => ServerArgument.TryParse(text, out _)! is var server
                ? server with { ShortServerId = IdOf(server, index + 1) }
                : server)
            .ToArray();
        return new DemoSettings(
            parsed.GetValue(Endpoint)!,
            servers,
            parsed.GetValue(Bootstrap),
            parsed.GetValue(HoldOff),
            parsed.GetValue(Storage),
            parsed.GetValue(Queue),
            parsed.GetValue(Awake),
            parsed.GetValue(Trace),
            parsed.GetValue(Lifetime),
            parsed.GetValue(Version) switch { "1.0" => LwM2MVersion.V10, "1.1" => LwM2MVersion.V11, _ => LwM2MVersion.V12 },
            parsed.GetValue(LocalPort),
            parsed.GetValue(AckTimeout),
            parsed.GetValue(MaxRetransmit),
            BearerOptions.Settings(parsed),
            parsed.GetValue(Json));
    }
}
