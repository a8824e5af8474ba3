namespace Lwm2m.Client;

/// <summary>A port of the client: who wants to see each CoAP message as it comes and goes, for logs and troubleshooting.</summary>
public interface IMessageTrace
{
    /// <summary>A message came in or goes out. Called under the client's gate, in the order of the messages, retransmissions included.
    /// Messages of a bootstrap server carry keys: show no payload of /0 and /21.</summary>
    /// <param name="server">The server; null for the bootstrap server.</param>
    /// <param name="isOutgoing">True for a message of the client.</param>
    /// <param name="buffer">Holds the message; valid during the call only, and not to be changed.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length in bytes.</param>
    /// <param name="nowMs">Monotonic time in milliseconds.</param>
    void Message(ServerAccount? server, bool isOutgoing, byte[] buffer, int offset, int count, long nowMs);
}
