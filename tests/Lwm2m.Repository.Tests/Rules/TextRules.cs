using System.Text.RegularExpressions;

namespace Lwm2m.Repository.Tests.Rules;

/// <summary>What holds for every text file.</summary>
public static partial class TextRules
{
    public const int MaxSourceLines = 500;

    // Put together here, so that this file does not complain about itself.
    private static readonly Regex PromiseWords = new(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b|NotImplemented" + "Exception", RegexOptions.CultureInvariant);

    public static IEnumerable<string> Length(RepositoryFile file)
    {
        if (file.Lines.Length > MaxSourceLines)
            yield return file.At(MaxSourceLines + 1, $"{file.Lines.Length} lines: find the seam and move one theme to a file of its own (at most {MaxSourceLines})");
    }

    public static IEnumerable<string> Promises(RepositoryFile file) =>
        Lines(file, PromiseWords, "finish it now, or open an issue and leave no mark in the code");

    public static IEnumerable<string> Whitespace(RepositoryFile file)
    {
        if (file.Text.Contains('\r'))
            yield return file.At(1, "has carriage returns: save it with LF line ends");
        if (file.Text.Length > 0 && !file.Text.EndsWith('\n'))
            yield return file.At(file.Lines.Length, "does not end in a line end: add one");
        if (file.Text.EndsWith("\n\n", StringComparison.Ordinal))
            yield return file.At(file.Lines.Length, "ends in empty lines: remove them");
        for (int i = 0; i < file.Lines.Length; i++)
        {
            string line = file.Lines[i];
            if (line.Length > 0 && line[^1] is ' ' or '\t')
                yield return file.At(i + 1, "trailing whitespace: remove it");
        }
    }

    public static IEnumerable<string> MachinePaths(RepositoryFile file) =>
        Lines(file, MachinePath(), "names a folder of one machine: use a path from the repository's root, or the system's folder for temporary files");

    public static IEnumerable<string> OutsidePaths(RepositoryFile file) =>
        Lines(file, OutsidePath(), "the repository stands alone: copy what is needed into it");

    private static IEnumerable<string> Lines(RepositoryFile file, Regex forbidden, string message)
    {
        for (int i = 0; i < file.Lines.Length; i++)
        {
            Match match = forbidden.Match(file.Lines[i]);
            if (match.Success)
                yield return file.At(i + 1, $"'{match.Value.Trim()}': {message}");
        }
    }

    [GeneratedRegex(@"(?<![\w.~}$-])/(home|root|Users|work|tmp)/\w|(?<![A-Za-z])[C-F]:\\{1,2}[A-Za-z]{3}", RegexOptions.CultureInvariant)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\.\./shared\b", RegexOptions.CultureInvariant)]
    private static partial Regex OutsidePath();
}
