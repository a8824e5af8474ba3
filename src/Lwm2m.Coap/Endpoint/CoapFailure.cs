namespace Lwm2m.Coap;

/// <summary>Why an exchange that this endpoint began ended without its answer.</summary>
public enum CoapFailure
{
    /// <summary>No acknowledgement came, all retransmissions are spent (RFC 7252 4.2).</summary>
    Timeout = 0,

    /// <summary>The peer acknowledged the request (or it was NON), but its response never came.</summary>
    ResponseTimeout = 1,

    /// <summary>The peer answered RST.</summary>
    Reset = 2,

    /// <summary>The link went away: <see cref="CoapEndpoint.ResetPeer"/>.</summary>
    LinkLost = 3,

    /// <summary>The response is larger than <see cref="CoapLimits.MaxPayloadBytes"/> or <see cref="CoapLimits.MaxMessageBytes"/>.</summary>
    TooLarge = 4,

    /// <summary>The peer broke the rules of block-wise transfer: wrong number, wrong size, no Block option.</summary>
    BlockMismatch = 5,

    /// <summary>The peer's representation changed again and again while it was fetched, or once while it was streamed.</summary>
    Changed = 6,

    /// <summary>The block transfer stood still and its place was given to another one.</summary>
    TransferDropped = 7,

    /// <summary>No room for one more block transfer.</summary>
    NoTransfer = 8,

    /// <summary>The response carries a critical option that is unknown or malformed.</summary>
    BadResponse = 9,

    /// <summary><see cref="CoapEndpoint.Cancel"/> or <see cref="CoapEndpoint.RemovePeer"/> was called.</summary>
    Cancelled = 10,
}
