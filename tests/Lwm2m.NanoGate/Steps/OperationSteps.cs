namespace Lwm2m.NanoGate.Steps;

/// <summary>Steps of one operation with small and with full tables.</summary>
public sealed record OperationSteps(BoardOperation Operation, StepCount Small, StepCount Full)
{
    /// <summary>A hash chain or heap may take a few steps more when it is full; a scan takes at least some for each of dozens of entries.</summary>
    private const int Slack = 150;

    /// <summary>True when full tables make the operation dearer than a longer hash chain explains.</summary>
    public bool Grows => !Operation.WalksOnPurpose && Full.Total > Small.Total + Small.Total / 5 + Slack;

    /// <summary>True when it takes more steps than it may.</summary>
    public bool IsOverLimit => Operation.MaxSteps > 0 && Math.Max(Small.Total, Full.Total) > Operation.MaxSteps;
}
