using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// A port of the engine: carries bytes over numbered links, each of which has one peer. What happens on a link is
/// reported to <see cref="ILinkEvents"/> by whoever pumps the transport, never from within a call of this interface.
/// </summary>
public interface ITransport
{
    /// <summary>The letter of this transport in the LwM2M binding: <c>U</c> for UDP, <c>T</c> for TCP (Core 6.2.1.2).</summary>
    char Binding { get; }

    /// <summary>
    /// True when what is sent arrives complete and in order, so that CoAP does not repeat it: messages are NON, and their ids mean nothing.
    /// Framing and signals of RFC 8323 are the transport's own.
    /// </summary>
    bool IsReliable { get; }

    /// <summary>Who takes in what comes for this transport: itself, or the modem that it shares with others. Always the same.</summary>
    IPump Source { get; }

    /// <summary>
    /// ACK_TIMEOUT (RFC 7252 4.8) that fits this bearer in milliseconds, where it is longer than what suits UDP; 0 leaves it to the client.
    /// </summary>
    int AckTimeoutMs { get; }

    /// <summary>How often a message may be repeated on this bearer; 0 where repeating is wrong, as in short messages (Transport 6.6.2), -1 leaves it to the client.</summary>
    int MaxRetransmit { get; }

    /// <summary>True when this transport can reach servers with such a URI.</summary>
    /// <param name="link">The link that it is for: some bearers know their servers by more than the URI.</param>
    /// <param name="uri">The server.</param>
    bool CanOpen(int link, ServerUri uri);

    /// <summary>
    /// Opens a link and returns at once; <see cref="ILinkEvents.LinkUp"/> or <see cref="ILinkEvents.LinkDown"/> follows.
    /// A link that is open is closed first. A name is resolved anew each time; where it has several addresses and nothing
    /// was heard from the last one, the next one is tried.
    /// </summary>
    /// <param name="link">Number of the link, from 0.</param>
    /// <param name="uri">The server.</param>
    /// <param name="localPort">Local port 1..65535, or 0 for any.</param>
    void Open(int link, ServerUri uri, int localPort);

    /// <summary>Sends one datagram and does not wait.</summary>
    /// <param name="link">Number of the link.</param>
    /// <param name="buffer">Where the bytes are; the caller may use it again as soon as this returns.</param>
    /// <param name="offset">Index of the first byte.</param>
    /// <param name="count">Number of bytes.</param>
    /// <returns>False when the datagram was dropped: the link is not up, or the network takes nothing now.</returns>
    bool Send(int link, byte[] buffer, int offset, int count);

    /// <summary>Closes a link. No event follows. Closing a closed link does nothing.</summary>
    /// <param name="link">Number of the link.</param>
    void Close(int link);

    /// <summary>The local port of a link that is up; 0 where it is not, or has none.</summary>
    /// <param name="link">Number of the link.</param>
    int LocalPort(int link);

    /// <summary>The largest message that this link can be expected to carry whole, in bytes. Known from <see cref="ILinkEvents.LinkUp"/> on.</summary>
    /// <param name="link">Number of the link.</param>
    int MaxDatagramBytes(int link);

    /// <summary>True where a reliable link's peer has said that it takes messages in blocks (RFC 8323 5.3.2). Known from
    /// <see cref="ILinkEvents.LinkUp"/> on; means nothing where <see cref="IsReliable"/> is false.</summary>
    /// <param name="link">Number of the link.</param>
    bool TakesBlocks(int link);

    /// <summary>
    /// True while the link's budget is used up, as of an operator that counts messages: what can wait (a notification, a Send) has to.
    /// Answers may always go. When that ends the pump is due, and so the engine is asked again.
    /// </summary>
    /// <param name="link">Number of the link.</param>
    bool IsHeldBack(int link);
}
