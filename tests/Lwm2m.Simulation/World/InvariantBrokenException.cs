using System;

namespace Lwm2m.Simulation;

/// <summary>Something that must always hold did not.</summary>
internal sealed class InvariantBrokenException : Exception
{
    public InvariantBrokenException(string message)
        : base(message)
    {
    }

    public InvariantBrokenException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public InvariantBrokenException()
    {
    }
}
