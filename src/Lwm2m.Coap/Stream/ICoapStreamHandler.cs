namespace Lwm2m.Coap;

/// <summary>Port: what a <see cref="CoapStream"/> tells its owner. Buffers are valid during the call only.</summary>
public interface ICoapStreamHandler
{
    /// <summary>
    /// A request or response came: in the form of a datagram of type NON with message id 0, so that <see cref="CoapEndpoint.Receive"/> takes it.
    /// </summary>
    void OnMessage(byte[] buffer, int offset, int count, long nowMs);

    /// <summary>
    /// A response over <see cref="CoapStream.MaxMessageBytes"/> came and was passed over: header and token of it, in the form of a datagram, for
    /// <see cref="CoapEndpoint.ReceiveTooLarge"/>. A request of that size was answered 4.13 by the stream.
    /// </summary>
    void OnTooLarge(byte[] buffer, int offset, int count, long nowMs);

    /// <summary>
    /// The peer's CSM came, or a further one: <see cref="CoapStream.PeerMaxMessageBytes"/> and <see cref="CoapStream.PeerTakesBlocks"/> may have
    /// changed.
    /// </summary>
    void OnSettings(long nowMs);

    /// <summary>The peer wants the connection to end (RFC 8323 5.5): answer what is still to be answered, close, and connect anew.</summary>
    /// <param name="holdOffSeconds">How long to wait at least before that; 0 when the peer did not say.</param>
    /// <param name="nowMs">Time of the call.</param>
    void OnRelease(int holdOffSeconds, long nowMs);

    /// <summary>The connection is of no more use and must be closed: nothing comes out of the stream until it is started anew.</summary>
    void OnFailed(CoapStreamFailure reason, long nowMs);
}
