using System;

namespace Lwm2m.Samples;

/// <summary>What happened in a bootstrap.</summary>
/// <param name="session">The bootstrap.</param>
/// <param name="result">What became of the step that the event is about; null for its beginning and end.</param>
public sealed class BootstrapEventArgs(BootstrapSession session, BootstrapStepResult? result = null) : EventArgs
{
    /// <summary>The bootstrap.</summary>
    public BootstrapSession Session { get; } = session;

    /// <summary>What became of the step that the event is about; null for its beginning and end.</summary>
    public BootstrapStepResult? Result { get; } = result;
}
