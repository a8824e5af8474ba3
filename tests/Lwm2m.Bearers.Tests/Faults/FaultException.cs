using System;

namespace Lwm2m.Bearers.Tests;

/// <summary>Something that must hold in every <see cref="FaultWorld"/> did not.</summary>
internal sealed class FaultException : Exception
{
    public FaultException(string message)
        : base(message)
    {
    }
}
