namespace Lwm2m.Client;

/// <summary>Why an attempt to register failed, or a registration was lost. Told apart so that a person can act on it.</summary>
public enum RegistrationFailure
{
    /// <summary>Nothing failed.</summary>
    None = 0,

    /// <summary>The server answered with an error; <see cref="ServerAccount.LastFailureCode"/> has its code.</summary>
    Rejected = 1,

    /// <summary>The server speaks none of the LwM2M versions this client offers (4.12 down to 1.0).</summary>
    VersionNotSupported = 2,

    /// <summary>The request was sent MAX_RETRANSMIT + 1 times and nobody answered (RFC 7252 4.2).</summary>
    NoAnswer = 3,

    /// <summary>The peer answered with a Reset: it is no LwM2M server, or does not listen to us.</summary>
    Reset = 4,

    /// <summary>The answer was a success that cannot be used: wrong code, or a location that is too long.</summary>
    BadAnswer = 5,

    /// <summary>The server's name has no address.</summary>
    NameNotFound = 6,

    /// <summary>There is no way to the server's address.</summary>
    Unreachable = 7,

    /// <summary>The local port that was asked for is taken.</summary>
    LocalPortInUse = 8,

    /// <summary>The link to the server broke, or the device's address changed.</summary>
    LinkLost = 9,

    /// <summary>The server URI is malformed, or no transport of this client can open it.</summary>
    BadUri = 10,

    /// <summary>The message is larger than the limits of this client or of the link allow.</summary>
    TooLarge = 11,

    /// <summary>The server's certificate is not trusted, is for another name or has run out, or the server refused ours.</summary>
    SecurityFailed = 12,

    /// <summary>Nobody listens at the server's address and port: it refused the connection.</summary>
    ConnectionRefused = 13
}
