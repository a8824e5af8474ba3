using System;

namespace Lwm2m.Samples;

/// <summary>What happened to a request in queue mode.</summary>
/// <param name="registration">Whose request it is.</param>
/// <param name="request">The request.</param>
public sealed class OperationEventArgs(Registration registration, OperationRequest request) : EventArgs
{
    /// <summary>Whose request it is.</summary>
    public Registration Registration { get; } = registration;

    /// <summary>The request.</summary>
    public OperationRequest Request { get; } = request;
}
