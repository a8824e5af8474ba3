namespace Lwm2m.Coap;

/// <summary>What <see cref="CoapMessage.Parse"/> found.</summary>
public enum CoapParseStatus
{
    /// <summary>A well-formed message. Its options may still be unacceptable: see <see cref="CoapMessage.BadOption"/>.</summary>
    Ok = 0,

    /// <summary>Under four bytes: no message at all. Ignore it.</summary>
    TooShort = 1,

    /// <summary>A version other than 1: ignore it (RFC 7252 3).</summary>
    UnknownVersion = 2,

    /// <summary>A message format error. Type, code and message id are set: a CON gets RST, the rest is ignored (RFC 7252 4.2, 4.3).</summary>
    Malformed = 3,

    /// <summary>A code of class 1, 6 or 7, which nothing uses over datagrams: to be treated like a format error (RFC 7252 4.2).</summary>
    ReservedClass = 4,
}
