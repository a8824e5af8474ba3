namespace Lwm2m.Transport;

/// <summary>Why a link could not be opened, or was lost.</summary>
public enum LinkFailure
{
    /// <summary>The name of the server has no address, or no name server answered.</summary>
    NameNotFound,

    /// <summary>There is no way to the server's address: no network, no route, or an address family that this device lacks.</summary>
    Unreachable,

    /// <summary>The server refused the connection (streams only: over UDP a refusal closes nothing).</summary>
    Refused,

    /// <summary>The peer or the network closed the link.</summary>
    Closed,

    /// <summary>The requested local port is taken by another socket of this device.</summary>
    LocalPortInUse,

    /// <summary>The device has another address toward the server than when the link was opened.</summary>
    AddressChanged,

    /// <summary>
    /// The security of the link came to nothing: the server's certificate is not trusted, is for another name or has run out, or the server
    /// refused ours. Somebody has to look at it: the next attempt will hardly end otherwise.
    /// </summary>
    SecurityFailed,

    /// <summary>Anything else.</summary>
    Other,
}
