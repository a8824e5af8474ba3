using System;

namespace Lwm2m.Transport;

/// <summary>The clock of the machine: milliseconds since it was started.</summary>
public sealed class SystemClock : IClock
{
    /// <inheritdoc/>
    public long NowMs => Environment.TickCount64;
}
