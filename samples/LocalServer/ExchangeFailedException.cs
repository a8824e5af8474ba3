using System;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

/// <summary>An operation got no answer.</summary>
public sealed class ExchangeFailedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="operation">What was tried.</param>
    /// <param name="reason">Why there is no answer.</param>
    public ExchangeFailedException(string operation, CoapFailure reason)
        : base($"{operation}: {Explain(reason)}")
    {
        Reason = reason;
    }

    /// <summary>Why there is no answer.</summary>
    public CoapFailure Reason { get; }

    private static string Explain(CoapFailure reason) => reason switch
    {
        CoapFailure.Timeout => "the client does not answer",
        CoapFailure.ResponseTimeout => "the client acknowledged the request, but its response never came",
        CoapFailure.Reset => "the client rejected the message (RST)",
        CoapFailure.LinkLost => "the client is not registered any more",
        CoapFailure.TooLarge => "the message or its answer is too large",
        CoapFailure.Cancelled => "cancelled",
        _ => reason.ToString(),
    };
}
