using System.Globalization;
using System.Text;

namespace Lwm2m.NanoGate.Steps;

/// <summary>Instructions that an operation executed, in all and by method (most expensive first, own instructions only).</summary>
public sealed record StepCount(long Total, IReadOnlyList<(string Method, long Steps, long Calls)> Methods)
{
    /// <summary>Markdown: the methods that took most.</summary>
    public string Render(int maxRows = 15)
    {
        StringBuilder text = new();
        text.AppendLine("| method | calls | steps |");
        text.AppendLine("|---|--:|--:|");
        foreach ((string method, long steps, long calls) in Methods.Take(maxRows))
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| {method} | {calls} | {steps:N0} |"));
        text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| **in all** | {Methods.Sum(m => m.Calls)} | **{Total:N0}** |"));
        return text.ToString();
    }
}
