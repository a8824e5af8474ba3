namespace Lwm2m.NanoGate.Steps;

/// <summary>One operation whose steps are counted.</summary>
/// <param name="name">Line in the table, such as <c>GET /3/0/0</c>.</param>
/// <param name="run">What is counted.</param>
public sealed class BoardOperation(string name, Action run)
{
    public string Name { get; } = name;

    public Action Run { get; } = run;

    /// <summary>Called before each run, not counted: builds the datagram that comes in.</summary>
    public Action Prepare { get; init; } = () => { };

    /// <summary>Called after each run, not counted: null when the operation did what it should, else what is wrong.</summary>
    public Func<string?> Check { get; init; } = () => null;

    /// <summary>Most steps that it may take; 0 for no limit of its own.</summary>
    public int MaxSteps { get; init; }

    /// <summary>True when it walks a table on purpose, so that more steps with full tables are no fault: say why where it is set.</summary>
    public bool WalksOnPurpose { get; init; }
}
