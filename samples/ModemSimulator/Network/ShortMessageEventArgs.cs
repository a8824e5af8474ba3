using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A short message that the network handled.</summary>
public sealed class ShortMessageEventArgs : EventArgs
{
    internal ShortMessageEventArgs(ShortMessage message) => Message = message;

    /// <summary>The message, one part.</summary>
    public ShortMessage Message { get; }
}
