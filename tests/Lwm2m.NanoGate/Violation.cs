namespace Lwm2m.NanoGate;

/// <summary>Something the board cannot compile or run, or would run badly.</summary>
/// <param name="Rule">Which rule; <see cref="RuleId"/> has the names.</param>
/// <param name="IsError">Errors close the gate; the rest is advice.</param>
/// <param name="Location"><c>file:line</c> or the member's full name.</param>
/// <param name="Message">What is there and what to do instead.</param>
public sealed record Violation(string Rule, bool IsError, string Location, string Message)
{
    public override string ToString() => $"{Location}: {(IsError ? "error" : "warning")} {Rule}: {Message}";
}
