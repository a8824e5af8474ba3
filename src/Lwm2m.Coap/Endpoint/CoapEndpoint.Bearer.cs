namespace Lwm2m.Coap;

// What carries the messages of a peer: it may change with each connection.
public sealed partial class CoapEndpoint
{
    /// <summary>Fits a peer to what carries its messages from now on. Between exchanges only.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="isReliable">Becomes <see cref="CoapPeer.IsReliable"/>.</param>
    /// <param name="takesBlocks">Becomes <see cref="CoapPeer.TakesBlocks"/>; means nothing where the peer is not reliable.</param>
    /// <param name="maxMessageBytes">Becomes <see cref="CoapPeer.MaxMessageBytes"/>.</param>
    /// <param name="ackTimeoutMs">ACK_TIMEOUT in milliseconds; 0 for that of the limits.</param>
    /// <param name="maxRetransmit">MAX_RETRANSMIT; -1 for that of the limits.</param>
    public void SetBearer(CoapPeer peer, bool isReliable, bool takesBlocks, int maxMessageBytes, int ackTimeoutMs, int maxRetransmit)
    {
        peer.IsReliable = isReliable;
        peer.TakesBlocks = takesBlocks;
        peer.MaxMessageBytes = maxMessageBytes;
        peer.AckTimeoutMs = ackTimeoutMs > 0 ? ackTimeoutMs : _ackTimeoutMs;
        peer.MaxRetransmit = maxRetransmit >= 0 ? maxRetransmit : _maxRetransmit;
    }
}
