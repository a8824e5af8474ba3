using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using Lwm2m.Client;
using Lwm2m.Coap;

namespace Lwm2m.Samples.Streetlight;

/// <summary>The options of the program; none is needed.</summary>
internal static class CommandLine
{
    /// <summary>Exit code for a command line that cannot be run.</summary>
    public const int BadCommandLine = 2;

    private static readonly Option<string?> Server = new("--server")
    {
        Description = "A real server instead of the one inside, such as coap://leshan.example:5683.",
        HelpName = "URI",
    };

    private static readonly Option<string> Endpoint = new("--endpoint")
    {
        Description = "Endpoint client name of the lamp.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "streetlight-1",
    };

    private static readonly Option<double?> ExitAfter = new("--exit-after")
    {
        Description = "Leave after so many seconds.",
        HelpName = "SECONDS",
    };

    private static readonly Option<string?> Over = new("--bearer")
    {
        Description = "What is between the lamp and its server, with the bytes that each step costs on the air; sms and nidd go over a simulated modem.",
        HelpName = "udp|tcp|sms|nidd",
    };

    private static readonly Option<bool> Fast = new("--fast") { Description = "No pauses between the steps." };

    /// <summary>Reads the command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="exitCode">Where null comes back: what the program ends with. Help was shown, or the error is on standard error.</param>
    public static Settings? Read(string[] args, out int exitCode)
    {
        RootCommand root = Define();
        ParseResult parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
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
        return new Settings(parsed.GetValue(Server), parsed.GetValue(Endpoint)!, parsed.GetValue(ExitAfter), parsed.GetValue(Over), parsed.GetValue(Fast));
    }

    private static RootCommand Define()
    {
        Server.Validators.Add(result =>
        {
            string? text = result.Tokens.Count == 1 ? result.Tokens[0].Value : null;
            ServerUri? uri = ServerUri.TryParse(text);
            if (text != null && (uri == null || uri.Scheme is not ("coap" or "coap+tcp" or "coaps+tcp")))
                result.AddError($"--server: '{text}' is no server URI such as coap://host:5683.");
        });
        Over.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !Bearer.Names.Contains(result.Tokens[0].Value))
                result.AddError($"--bearer: '{result.Tokens[0].Value}' is none of {string.Join(", ", Bearer.Names)}.");
        });
        Endpoint.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
                result.AddError("--endpoint: the name is empty.");
        });
        ExitAfter.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<double?>() is not (>= 0 and <= 1e9))
                result.AddError($"--exit-after: {result.Tokens[0].Value} is not in 0..1000000000.");
        });
        var root = new RootCommand("A street lamp that a server switches, dims, colours and observes over LwM2M. Without --server it brings a server along.")
        {
            Server, Endpoint, ExitAfter, Over, Fast,
        };
        root.Validators.Add(result =>
        {
            if (result.GetResult(Over) != null && result.GetResult(Server) != null)
                result.AddError("--bearer is for the server inside; with --server its URI says what is between.");
        });
        root.SetAction(_ => 0);
        return root;
    }
}
