namespace Lwm2m.Client;

/// <summary>Why a bootstrap failed. Told apart so that a person can act on it.</summary>
public enum BootstrapFailure
{
    /// <summary>Nothing failed.</summary>
    None = 0,

    /// <summary>The bootstrap server answered with an error, whose code is told with it.</summary>
    Rejected = 1,

    /// <summary>The request was sent MAX_RETRANSMIT + 1 times and nobody answered (RFC 7252 4.2).</summary>
    NoAnswer = 2,

    /// <summary>The peer answered with a Reset: it is no bootstrap server, or does not listen to us.</summary>
    Reset = 3,

    /// <summary>The answer cannot be used.</summary>
    BadAnswer = 4,

    /// <summary>The session was opened, but no Bootstrap-Finish came within EXCHANGE_LIFETIME of the last command.</summary>
    NoFinish = 5,

    /// <summary>Bootstrap-Finish was refused with 4.06, and the server did not mend what was missing.</summary>
    Inconsistent = 6,

    /// <summary>The bootstrap server's name has no address.</summary>
    NameNotFound = 7,

    /// <summary>There is no way to the bootstrap server's address.</summary>
    Unreachable = 8,

    /// <summary>The local port that was asked for is taken.</summary>
    LocalPortInUse = 9,

    /// <summary>The link to the bootstrap server broke.</summary>
    LinkLost = 10,

    /// <summary>The URI of the bootstrap server is malformed, or no transport of this client can open it.</summary>
    BadUri = 11,

    /// <summary>The request is larger than the limits of this client allow.</summary>
    TooLarge = 12,

    /// <summary>The bootstrap information of the smartcard is malformed or inconsistent: the client goes on without it.</summary>
    BadCard = 13,

    /// <summary>The bootstrap server's certificate is not trusted, is for another name or has run out, or the server refused ours.</summary>
    SecurityFailed = 14,

    /// <summary>Nobody listens at the bootstrap server's address and port: it refused the connection.</summary>
    ConnectionRefused = 15
}
