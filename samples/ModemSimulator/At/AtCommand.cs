using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>One command of a command line.</summary>
/// <param name="Name">With its sign, in upper case: <c>+CEREG</c>; of a basic command the letter: <c>E</c>, <c>&amp;F</c>.</param>
/// <param name="Form">Form.</param>
/// <param name="Arguments">Without quotation marks.</param>
/// <param name="Quoted">Which arguments stood in quotation marks.</param>
/// <param name="Rest">What follows the equals sign, as it was typed.</param>
internal sealed record AtCommand(string Name, AtForm Form, IReadOnlyList<string> Arguments, IReadOnlyList<bool> Quoted, string Rest)
{
    public int Count => Arguments.Count;

    /// <summary>Splits a command line.</summary>
    /// <param name="body">What follows AT.</param>
    /// <returns>The commands; null when it is none.</returns>
    public static List<AtCommand>? Parse(string body)
    {
        var commands = new List<AtCommand>();
        foreach (string part in Split(body, ';'))
        {
            string rest = part.Trim(' ');
            while (rest.Length > 0 && (char.IsAsciiLetter(rest[0]) || rest[0] == '&'))
            {
                int at = rest[0] == '&' ? 2 : 1;
                int end = at;
                while (end < rest.Length && char.IsAsciiDigit(rest[end]))
                    end++;
                if (at > rest.Length)
                    return null;
                commands.Add(new AtCommand(rest[..at].ToUpperInvariant(), AtForm.Execute, [rest[at..end]], [false], rest[at..end]));
                rest = rest[end..];
            }
            if (rest.Length > 0)
            {
                if (rest[0] is not ('+' or '#' or '%' or '^' or '*'))
                    return null;
                commands.Add(Extended(rest));
            }
        }
        return commands;
    }

    /// <summary>Argument as text; empty when it is missing.</summary>
    public string Text(int index) => index < Arguments.Count ? Arguments[index] : "";

    public bool IsQuoted(int index) => index < Quoted.Count && Quoted[index];

    /// <summary>Whether there is an argument that says something.</summary>
    public bool Has(int index) => Text(index).Length > 0;

    /// <summary>Argument as a number; null when it is none.</summary>
    public int? Number(int index) => int.TryParse(Text(index), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;

    /// <summary>Argument as a number that may be missing.</summary>
    public int NumberOr(int index, int missing) => Has(index) ? Number(index) ?? int.MinValue : missing;

    private static AtCommand Extended(string text)
    {
        int end = 1;
        while (end < text.Length && text[end] is not ('=' or '?'))
            end++;
        string name = text[..end].ToUpperInvariant().TrimEnd(' ');
        string rest = text[end..];
        if (rest.Length == 0)
            return new AtCommand(name, AtForm.Execute, [], [], "");
        if (rest == "?")
            return new AtCommand(name, AtForm.Read, [], [], "");
        if (rest == "=?")
            return new AtCommand(name, AtForm.Test, [], [], "");
        var arguments = new List<string>();
        var quoted = new List<bool>();
        foreach (string argument in Split(rest[1..], ','))
        {
            string trimmed = argument.Trim(' ');
            bool isQuoted = trimmed.Length >= 2 && trimmed[0] == '"' && trimmed[^1] == '"';
            arguments.Add(isQuoted ? trimmed[1..^1] : trimmed);
            quoted.Add(isQuoted);
        }
        return new AtCommand(name, AtForm.Set, arguments, quoted, rest[1..]);
    }

    private static IEnumerable<string> Split(string text, char separator)
    {
        var part = new StringBuilder();
        bool isQuoted = false;
        foreach (char c in text)
        {
            if (c == '"')
                isQuoted = !isQuoted;
            if (c == separator && !isQuoted)
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }
        yield return part.ToString();
    }
}
