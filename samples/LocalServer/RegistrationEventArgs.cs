using System;

namespace Lwm2m.Samples;

/// <summary>What happened to a registration.</summary>
/// <param name="registration">The registration.</param>
/// <param name="end">Why it ended; null when it lives.</param>
public sealed class RegistrationEventArgs(Registration registration, RegistrationEnd? end = null) : EventArgs
{
    /// <summary>The registration.</summary>
    public Registration Registration { get; } = registration;

    /// <summary>Why it ended; null when it lives.</summary>
    public RegistrationEnd? End { get; } = end;
}
