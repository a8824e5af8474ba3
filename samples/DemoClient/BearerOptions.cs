using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;

namespace Lwm2m.Samples.DemoClient;

/// <summary>The options that say over what the servers are reached.</summary>
internal static class BearerOptions
{
    private const string Letters = "UTSN";

    private static readonly Option<string?> Modem = new("--modem")
    {
        Description = "Modem at a serial port, or at tcp:HOST:PORT, a serial server. With a profile that has sockets, coap and coap+tcp go through them.",
        HelpName = "PORT[@BAUD][;profile=NAME]",
    };

    private static readonly Option<string?> Binding = new("--binding")
    {
        Description = "Letters of the bindings that the servers may use: U, T, S, N; without it those that go with their URIs.",
        HelpName = "U|T|S|N...",
    };

    private static readonly Option<string?> SmsNumber = new("--sms-number")
    {
        Description = "The device's own number (MSISDN), digits without +: the parameter sms of Register.",
        HelpName = "DIGITS",
    };

    private static readonly Option<string?> ServiceCentre = new("--smsc")
    {
        Description = "Number of the short message service centre; without it the one on the SIM.",
        HelpName = "NUMBER",
    };

    private static readonly Option<string?> Apn = new("--apn")
    {
        Description = "Access point name of the modem; with it, servers with a coap URI can be reached without IP, too.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Trust = new("--trust")
    {
        Description = "Certificates that servers of coaps+tcp are checked against, PEM or DER; without it those of the system.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Certificate = new("--cert") { Description = "The client's own certificate, PEM or DER.", HelpName = "FILE" };

    private static readonly Option<string?> Key = new("--key") { Description = "The key of --cert, PEM or DER.", HelpName = "FILE" };

    /// <summary>Adds the options and their checks.</summary>
    public static void AddTo(RootCommand root)
    {
        Modem.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && ModemArgument.TryParse(result.Tokens[0].Value, out string error) == null)
                result.AddError(error);
        });
        Binding.Validators.Add(result =>
        {
            if (result.Tokens.Count != 1)
                return;
            string text = result.Tokens[0].Value;
            if (text.Length == 0 || text.Any(l => !Letters.Contains(l, StringComparison.Ordinal)) || text.Distinct().Count() != text.Length)
                result.AddError($"--binding: '{text}' is not one or more of U, T, S and N, each once.");
        });
        Number(SmsNumber, allowsPlus: false);
        Number(ServiceCentre, allowsPlus: true);
        foreach (Option<string?> file in new[] { Trust, Certificate, Key })
        {
            file.Validators.Add(result =>
            {
                if (result.Tokens.Count == 1 && !File.Exists(result.Tokens[0].Value))
                    result.AddError($"{file.Name}: there is no file '{result.Tokens[0].Value}'.");
            });
        }

        foreach (Option option in new Option[] { Modem, Binding, SmsNumber, ServiceCentre, Apn, Trust, Certificate, Key })
            root.Options.Add(option);
    }

    /// <summary>What makes sense only together.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="servers">All servers and bootstrap servers that it names.</param>
    public static void CheckTogether(CommandResult result, IReadOnlyCollection<ServerArgument> servers)
    {
        bool hasModem = result.GetResult(Modem) != null;
        string binding = result.GetResult(Binding) is { Tokens: [Token only, ..] } ? only.Value : "";
        foreach (char letter in "SN")
        {
            if (hasModem || !(binding.Contains(letter, StringComparison.Ordinal) || servers.Any(s => s.Binding == letter)))
                continue;
            result.AddError(letter == 'S'
                ? "Short messages (tel:, --binding S) need --modem."
                : "Non-IP delivery (coap+nidd, --binding N) needs --modem.");
        }

        foreach (Option<string?> option in new[] { ServiceCentre, Apn })
        {
            if (!hasModem && result.GetResult(option) != null)
                result.AddError($"{option.Name} needs --modem.");
        }

        if (result.GetResult(Key) != null && result.GetResult(Certificate) == null)
            result.AddError("--key needs --cert: a key alone identifies nobody.");
    }

    /// <summary>What was chosen.</summary>
    public static BearerSettings Settings(ParseResult parsed) => new(
        parsed.GetValue(Modem) is { } modem ? ModemArgument.TryParse(modem, out _) : null,
        parsed.GetValue(Binding),
        parsed.GetValue(SmsNumber),
        parsed.GetValue(ServiceCentre),
        parsed.GetValue(Apn),
        parsed.GetValue(Trust),
        parsed.GetValue(Certificate),
        parsed.GetValue(Key));

    private static void Number(Option<string?> option, bool allowsPlus) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count != 1)
            return;
        string text = result.Tokens[0].Value;
        string digits = allowsPlus && text.StartsWith('+') ? text[1..] : text;
        if (digits.Length is < 1 or > 20 || !digits.All(char.IsAsciiDigit))
            result.AddError($"{option.Name}: '{text}' is no number{(allowsPlus ? "" : ", digits without +")}.");
    });
}
