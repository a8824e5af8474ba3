namespace Lwm2m.Transport;

/// <summary>
/// What TLS needs: whom to believe, and who we are. The server's chain, name and time are always checked; nothing here or elsewhere switches
/// that off. Certificates are X.509, in PEM or DER.
/// </summary>
public sealed class TlsOptions
{
    /// <summary>
    /// The roots that a server's chain must lead to; PEM may hold several. Null for those of the system: on .NET its store, on the board the
    /// certificates that were deployed to its storage.
    /// </summary>
    public byte[]? Trust { get; set; }

    /// <summary>Our own certificate for servers that ask for one; in PEM the chain above it may follow. Null for none.</summary>
    public byte[]? Certificate { get; set; }

    /// <summary>The private key of <see cref="Certificate"/>, not encrypted: PKCS#8, on .NET PKCS#1 and SEC 1 in PEM too.</summary>
    public byte[]? Key { get; set; }
}
