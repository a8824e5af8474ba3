using Lwm2m.Coap;

namespace Lwm2m.Samples;

/// <summary>What became of a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Request">The request; for a Pack, its body is what the client was answered.</param>
/// <param name="Answer">The client's answer; null without one.</param>
/// <param name="Failure">Why there is none; null when there is one, or when nothing was sent.</param>
public sealed record BootstrapStepResult(BootstrapStep Step, OperationRequest Request, Answer? Answer, CoapFailure? Failure)
{
    /// <summary>True when the step was left out on purpose (<see cref="Faults"/>).</summary>
    public bool IsLost => Answer == null && Failure == null;

    /// <summary>True when the client answered 2.xx.</summary>
    public bool IsSuccess => Answer is { IsSuccess: true };

    /// <summary>Request and answer on one line, such as <c>PUT /1/0: 2.04</c>.</summary>
    public override string ToString() => $"{Request}: {(IsLost ? "not sent" : Answer?.ToString() ?? Failure.ToString())}";
}
