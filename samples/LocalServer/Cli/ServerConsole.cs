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
    private readonly TextReader _input;
    private readonly TextWriter _output;
    private readonly Dictionary<(string Endpoint, Lwm2mPath Path), Observation> _observations = new();
    private readonly RootCommand _commands;
    private readonly CancellationTokenSource _exit = new();

    /// <summary>Makes a console.</summary>
    /// <param name="server">The server.</param>
    /// <param name="input">Where commands come from, one a line.</param>
    /// <param name="output">Where everything is printed.</param>
    public ServerConsole(LocalServer server, TextReader input, TextWriter output)
    {
        _server = server;
        _input = input;
        _output = TextWriter.Synchronized(output);
        _commands = MakeCommands();
    }

    /// <summary>Runs until <c>exit</c>, the end of the input, or until it is stopped.</summary>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, _exit.Token);
        _server.Registered += OnRegistered;
        _server.Updated += OnUpdated;
        _server.Deregistered += OnDeregistered;
        try
        {
            Print($"listening on {_server.Uri}");
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
            _server.Registered -= OnRegistered;
            _server.Updated -= OnUpdated;
            _server.Deregistered -= OnDeregistered;
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
            Print($"error: {parsed.Errors[0].Message} Usage: {Usage(command!)}");
            return;
        }
        try
        {
            var plain = new InvocationConfiguration { Output = _output, Error = _output, EnableDefaultExceptionHandler = false };
            await parsed.InvokeAsync(plain, stop).ConfigureAwait(false);
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
            .Prepend(command.Name));

    private void OnRegistered(object? sender, RegistrationEventArgs e) => Print("registered   " + e.Registration);

    private void OnUpdated(object? sender, RegistrationEventArgs e) => Print("updated      " + e.Registration);

    private void OnDeregistered(object? sender, RegistrationEventArgs e) =>
        Print($"{e.End.ToString()!.ToLowerInvariant(),-12} {e.Registration.Endpoint} {e.Registration.Location}");

    private void Print(string line)
    {
        _output.WriteLine(line);
        _output.Flush();
    }

    private void Print(Answer answer)
    {
        Print(answer.Records.Count == 0 && answer.Links.Count == 0 ? answer.ToString() : answer.CodeText);
        foreach (ResourceRecord record in answer.Records)
            Print("  " + record);
        foreach (LinkEntry link in answer.Links)
            Print("  " + link);
    }
}
