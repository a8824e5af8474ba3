using System;

namespace Lwm2m.Samples;

/// <summary>A client sent data by itself.</summary>
/// <param name="registration">Whose data it is.</param>
/// <param name="data">The data.</param>
public sealed class SendEventArgs(Registration registration, SentData data) : EventArgs
{
    /// <summary>Whose data it is.</summary>
    public Registration Registration { get; } = registration;

    /// <summary>The data.</summary>
    public SentData Data { get; } = data;
}
