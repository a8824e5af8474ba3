namespace Lwm2m.Coap;

/// <summary>Message type, the T field of the header (RFC 7252 3).</summary>
public enum CoapType
{
    /// <summary>CON: must be acknowledged, is retransmitted until it is.</summary>
    Confirmable = 0,

    /// <summary>NON: fire and forget.</summary>
    NonConfirmable = 1,

    /// <summary>ACK: acknowledges a CON, may carry the response.</summary>
    Acknowledgement = 2,

    /// <summary>RST: the message came, but cannot be processed.</summary>
    Reset = 3,
}
