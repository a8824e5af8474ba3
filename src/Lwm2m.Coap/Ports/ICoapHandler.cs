namespace Lwm2m.Coap;

/// <summary>
/// Port: what the endpoint tells its owner. Messages and builders handed over are valid during the call only. Each exchange that was
/// begun with a context ends in exactly one last <see cref="OnResponse"/>, <see cref="OnAcknowledged"/> or <see cref="OnFailure"/>.
/// </summary>
public interface ICoapHandler
{
    /// <summary>
    /// A request came, its body complete. Fill the response (its code is 5.00 until set) or call <see cref="CoapResponse.Defer"/>. Within
    /// this call no request and no notification can be begun.
    /// </summary>
    void OnRequest(CoapPeer peer, CoapMessage request, CoapResponse response, long nowMs);

    /// <summary>
    /// The response to a request, its body complete; with <see cref="CoapRequest.StreamResponse"/> once for each block. The exchange is over
    /// (unless blocks follow), so the next request may be begun at once.
    /// </summary>
    void OnResponse(CoapPeer peer, int context, CoapMessage response, long nowMs);

    /// <summary>A request, CON notification, CON separate response or ping came to nothing.</summary>
    void OnFailure(CoapPeer peer, int context, CoapFailure reason, long nowMs);

    /// <summary>A CON notification or separate response was acknowledged, or a ping answered.</summary>
    void OnAcknowledged(CoapPeer peer, int context, long nowMs);

    /// <summary>RST to a message that is not awaited any more: a NON notification, in the first place (RFC 7641 3.6).</summary>
    /// <param name="peer">Who sent it.</param>
    /// <param name="messageId">Message id of the rejected message, as <see cref="CoapEndpoint.SendNotification"/> returned it.</param>
    /// <param name="nowMs">Time of the call.</param>
    void OnReset(CoapPeer peer, int messageId, long nowMs);

    /// <summary>A response whose token belongs to no outstanding request: a notification, or a stray.</summary>
    /// <returns>True when the token is known: a CON is acknowledged. False: a CON is rejected with RST, a NON dropped.</returns>
    bool OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs);
}
