using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lwm2m.Repository.Tests.Rules;

/// <summary>What holds for the documents.</summary>
public static partial class MarkdownRules
{
    /// <summary>Links to files of the repository, and to headings in them, lead somewhere.</summary>
    /// <param name="file">The document.</param>
    /// <param name="exists">Whether a path from the repository's root is a file or folder.</param>
    /// <param name="find">The document at a path, or null.</param>
    public static IEnumerable<string> Links(RepositoryFile file, Func<string, bool> exists, Func<string, RepositoryFile?> find)
    {
        foreach ((int line, string text) in Prose(file))
        {
            foreach (Match match in Link().Matches(text))
            {
                string target = match.Groups["target"].Value;
                if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
                    continue;
                string[] parts = target.Split('#', 2);
                string path = parts[0].Length == 0 ? file.Path : Resolve(file.Path, parts[0]);
                if (!exists(path))
                    yield return file.At(line, $"'{target}' leads to {path}, which does not exist: mend the link");
                else if (parts.Length == 2 && find(path) is { } document && !Headings(document).Contains(parts[1]))
                    yield return file.At(line, $"'{target}': {path} has no heading #{parts[1]}");
            }
        }
    }

    private static IEnumerable<string> Headings(RepositoryFile document) =>
        Prose(document).Where(l => l.Text.StartsWith('#')).Select(l => Anchor(l.Text.TrimStart('#').Trim()));

    // As GitHub makes them: lower case, spaces to dashes, punctuation dropped.
    private static string Anchor(string heading)
    {
        StringBuilder anchor = new();
        foreach (char c in heading.ToLower(CultureInfo.InvariantCulture))
        {
            if (char.IsLetterOrDigit(c) || c is '-' or '_')
                anchor.Append(c);
            else if (c == ' ')
                anchor.Append('-');
        }

        return anchor.ToString();
    }

    private static string Resolve(string from, string target)
    {
        List<string> parts = target.StartsWith('/') ? [] : [.. from.Split('/')[..^1]];
        foreach (string part in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "." || (part == ".." && parts.Count == 0))
                continue;
            if (part == "..")
                parts.RemoveAt(parts.Count - 1);
            else
                parts.Add(part);
        }

        return string.Join('/', parts);
    }

    /// <summary>Lines outside of fenced code, with code spans blanked.</summary>
    private static IEnumerable<(int Number, string Text)> Prose(RepositoryFile file)
    {
        bool fenced = false;
        for (int i = 0; i < file.Lines.Length; i++)
        {
            string line = file.Lines[i];
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                fenced = !fenced;
            else if (!fenced)
                yield return (i + 1, line.StartsWith('#') ? line : CodeSpan().Replace(line, "x"));
        }
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(?:\s+""[^""]*"")?\)|(?:src|href)=""(?<target>[^""]+)""|^\[[^\]]+\]:\s*(?<target>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`", RegexOptions.CultureInvariant)]
    private static partial Regex CodeSpan();
}
