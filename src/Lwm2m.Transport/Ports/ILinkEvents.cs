namespace Lwm2m.Transport;

/// <summary>
/// What a transport's pump calls: the engine. All calls come from one thread at a time, under the runner's gate.
/// </summary>
public interface ILinkEvents
{
    /// <summary>The link can carry messages.</summary>
    /// <param name="link">Number of the link, as given to <see cref="ITransport.Open"/>.</param>
    /// <param name="nowMs">Monotonic time.</param>
    void LinkUp(int link, long nowMs);

    /// <summary>The link could not be opened, or was lost. It is closed: only <see cref="ITransport.Open"/> brings it back.</summary>
    /// <param name="link">Number of the link.</param>
    /// <param name="reason">What went wrong.</param>
    /// <param name="nowMs">Monotonic time.</param>
    void LinkDown(int link, LinkFailure reason, long nowMs);

    /// <summary>A message came in from the peer of this link, in the form of a datagram (RFC 7252) whatever the bearer is.</summary>
    /// <param name="link">Number of the link.</param>
    /// <param name="buffer">Where the bytes are. It belongs to the transport and is valid only during this call.</param>
    /// <param name="offset">Index of the first byte.</param>
    /// <param name="count">Number of bytes; 0 is possible (UDP allows an empty datagram).</param>
    /// <param name="nowMs">Monotonic time.</param>
    void Received(int link, byte[] buffer, int offset, int count, long nowMs);

    /// <summary>A response came that is longer than the transport takes, and was passed over.</summary>
    /// <param name="link">Number of the link.</param>
    /// <param name="buffer">Holds its header and token in the form of a datagram; valid during the call.</param>
    /// <param name="offset">Index of the first byte.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="nowMs">Monotonic time.</param>
    void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs);

    /// <summary>The network is back after it was away, or a link's budget is there again: who waits may try at once.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    void Recovered(long nowMs);

    /// <summary>Does what is due.</summary>
    /// <param name="nowMs">Monotonic time.</param>
    /// <returns>The time at which to call again at the latest; <see cref="long.MaxValue"/> when nothing is planned.</returns>
    long Poll(long nowMs);
}
