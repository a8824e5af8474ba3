using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Samples.Cli;

/// <summary>The server's console: prints what clients do, and reads commands.</summary>
public sealed partial class ServerConsole
{
    private readonly LocalServer _server;
    private readonly LocalServer _bootstrap;
    private readonly TextReader _input;
    private readonly TextWriter _output;
    private readonly Dictionary<(string Endpoint, string Paths), Observation> _observations = new();
    private readonly RootCommand _commands;
    private readonly CancellationTokenSource _exit = new();
    private TaskCompletionSource _queued = new();

    /// <summary>Makes a console.</summary>
    /// <param name="server">The server.</param>
    /// <param name="input">Where commands come from, one a line.</param>
    /// <param name="output">Where everything is printed.</param>
    /// <param name="bootstrap">The server that bootstraps, where it has a port of its own; null: <paramref name="server"/> does that, too.</param>
    public ServerConsole(LocalServer server, TextReader input, TextWriter output, LocalServer? bootstrap = null)
    {
        _server = server;
        _bootstrap = bootstrap ?? server;
        _input = input;
        _output = TextWriter.Synchronized(output);
        _commands = MakeCommands();
    }

    /// <summary>Runs until <c>exit</c>, the end of the input, or until it is stopped.</summary>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, _exit.Token);
        Listen();
        try
        {
            Print($"listening on {_server.Uri}");
            if (_server.TcpUri != null)
                Print($"listening on {_server.TcpUri}");
            if (_server.TlsUri != null)
                Print($"listening on {_server.TlsUri}");
            if (_bootstrap != _server)
                Print($"bootstrap on {_bootstrap.Uri}");
            // Console input cannot be cancelled, so it is read on a thread of its own that ends with the process.
            while (!end.IsCancellationRequested
                && await Task.Run(_input.ReadLine, CancellationToken.None).WaitAsync(end.Token).ConfigureAwait(false) is { } line)
                await ExecuteAsync(line, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
        finally
        {
            StopListening();
        }
    }

    private async Task ExecuteAsync(string line, CancellationToken stop)
    {
        string[] words = CommandLineParser.SplitCommandLine(line).ToArray();
        if (words.Length == 0)
            return;
        if (words[0] == "help")
            words = [.. words[1..], "--help"];
        Command? command = _commands.Subcommands.FirstOrDefault(c => c.Name == words[0]);
        if (command == null && words[0] != "--help")
        {
            Print($"error: there is no command \"{words[0]}\"; help shows all");
            return;
        }
        ParseResult parsed = _commands.Parse(words);
        if (parsed.Errors.Count > 0)
        {
            Print($"error: {parsed.Errors[0].Message} Usage: {Usage(parsed.CommandResult.Command)}");
            return;
        }
        var queued = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _queued, queued);
        // What waits for a sleeping client is answered later; until then other commands can be typed.
        await Task.WhenAny(InvokeAsync(parsed, stop), queued.Task).ConfigureAwait(false);
    }

    private async Task InvokeAsync(ParseResult parsed, CancellationToken stop)
    {
        try
        {
            var plain = new InvocationConfiguration { Output = _output, Error = _output, EnableDefaultExceptionHandler = false };
            await parsed.InvokeAsync(plain, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The console ends.
        }
        catch (Exception problem) when (problem is CommandException or ExchangeFailedException or FormatException or ArgumentException)
        {
            Print("error: " + problem.Message);
        }
    }

    private static string Usage(Command command) => string.Join(
        ' ',
        command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name}]" : $"<{a.Name}>")
            .Concat(command.Options.Select(o => $"[{o.Name}]"))
            .Prepend(NameOf(command)));

    /// <summary>With the name of the group that it is in, such as <c>plan account</c>.</summary>
    private static string NameOf(Command command) =>
        command.Parents.FirstOrDefault() is Command and not RootCommand and { } group ? $"{group.Name} {command.Name}" : command.Name;

    private void Print(string line)
    {
        _output.WriteLine(line);
        _output.Flush();
    }

    /// <summary>In one piece, since other lines may come at any time.</summary>
    private void Print(Answer answer)
    {
        string code = answer.Records.Count == 0 && answer.Links.Count == 0 ? answer.ToString() : answer.CodeText;
        IEnumerable<string> content = answer.Records.Select(r => "  " + r).Concat(answer.Links.Select(l => "  " + l));
        Print(string.Join(Environment.NewLine, content.Prepend(code)));
    }
}
