namespace Lwm2m.Transport;

/// <summary>
/// A port: the security of one link, between the transport that carries bytes and CoAP that makes messages: DTLS, OSCORE, or what a test puts
/// there. It owns no socket, clock or thread. All calls come under the engine's gate; buffers handed over are valid during the call only.
/// </summary>
public interface ISecureSession
{
    /// <summary>How many bytes a protected message may have more than what is in it.</summary>
    int OverheadBytes { get; }

    /// <summary>The way to the peer is there: begin. When messages can go <see cref="ISessionLink.Ready"/> is due, at once or later.</summary>
    /// <param name="link">Where the session sends to and delivers; its own until <see cref="End"/>.</param>
    /// <param name="nowMs">Monotonic time.</param>
    void Begin(ISessionLink link, long nowMs);

    /// <summary>Bytes of the peer came in. What they protect goes to <see cref="ISessionLink.Deliver"/>; what is not genuine is dropped.</summary>
    /// <param name="buffer">Holds them.</param>
    /// <param name="offset">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="nowMs">Monotonic time.</param>
    void Received(byte[] buffer, int offset, int count, long nowMs);

    /// <summary>Protects a message and hands it to <see cref="ISessionLink.Transmit"/>. Within this call nothing may be delivered, nor the session fail.</summary>
    /// <param name="buffer">Holds the message; it must be left as it is.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length.</param>
    /// <returns>False when it was dropped.</returns>
    bool Send(byte[] buffer, int offset, int count);

    /// <summary>Does what is due: retransmissions of a handshake and the like.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    /// <returns>When to call again at the latest; <see cref="long.MaxValue"/> when nothing is planned.</returns>
    long Poll(long nowMs);

    /// <summary>The link is closed, or was lost: say good-bye where that is possible, and forget.</summary>
    void End();
}
