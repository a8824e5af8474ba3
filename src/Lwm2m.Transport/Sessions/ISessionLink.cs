namespace Lwm2m.Transport;

/// <summary>What a <see cref="ISecureSession"/> sees of its link.</summary>
public interface ISessionLink
{
    /// <summary>The largest message that the transport carries, in bytes.</summary>
    int MaxBytes { get; }

    /// <summary>Sends bytes to the peer as they are.</summary>
    /// <param name="buffer">Holds them; the caller may use it again as soon as this returns.</param>
    /// <param name="offset">The first.</param>
    /// <param name="count">How many.</param>
    /// <returns>False when they were dropped.</returns>
    bool Transmit(byte[] buffer, int offset, int count);

    /// <summary>A message of the peer, freed of its protection.</summary>
    /// <param name="buffer">Holds it; valid during the call.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length.</param>
    void Deliver(byte[] buffer, int offset, int count);

    /// <summary>From now on messages can be sent.</summary>
    void Ready();

    /// <summary>The session came to nothing, or to its end: the link is closed.</summary>
    /// <param name="reason">Why.</param>
    void Failed(LinkFailure reason);
}
