namespace Lwm2m.Coap;

/// <summary>Option numbers (RFC 7252 12.2 and its successors). An odd number is critical: who does not know it must refuse the message.</summary>
public static class CoapOption
{
    /// <summary>If-Match, opaque 0..8.</summary>
    public const int IfMatch = 1;

    /// <summary>Uri-Host, string 1..255.</summary>
    public const int UriHost = 3;

    /// <summary>ETag, opaque 1..8.</summary>
    public const int ETag = 4;

    /// <summary>If-None-Match, empty.</summary>
    public const int IfNoneMatch = 5;

    /// <summary>Observe, uint 0..3 bytes (RFC 7641).</summary>
    public const int Observe = 6;

    /// <summary>Uri-Port, uint 0..2 bytes.</summary>
    public const int UriPort = 7;

    /// <summary>Location-Path, string 0..255, repeatable.</summary>
    public const int LocationPath = 8;

    /// <summary>OSCORE, opaque 0..255 (RFC 8613).</summary>
    public const int Oscore = 9;

    /// <summary>Uri-Path, string 0..255, repeatable.</summary>
    public const int UriPath = 11;

    /// <summary>Content-Format, uint 0..2 bytes.</summary>
    public const int ContentFormat = 12;

    /// <summary>Max-Age in seconds, uint 0..4 bytes, 60 when absent.</summary>
    public const int MaxAge = 14;

    /// <summary>Uri-Query, string 0..255, repeatable.</summary>
    public const int UriQuery = 15;

    /// <summary>Hop-Limit, uint 1 byte (RFC 8768).</summary>
    public const int HopLimit = 16;

    /// <summary>Accept, uint 0..2 bytes.</summary>
    public const int Accept = 17;

    /// <summary>Q-Block1 (RFC 9177).</summary>
    public const int QBlock1 = 19;

    /// <summary>Location-Query, string 0..255, repeatable.</summary>
    public const int LocationQuery = 20;

    /// <summary>EDHOC, empty (RFC 9668).</summary>
    public const int Edhoc = 21;

    /// <summary>Block2, uint 0..3 bytes (RFC 7959).</summary>
    public const int Block2 = 23;

    /// <summary>Block1, uint 0..3 bytes (RFC 7959).</summary>
    public const int Block1 = 27;

    /// <summary>Size2 in bytes, uint 0..4 bytes (RFC 7959).</summary>
    public const int Size2 = 28;

    /// <summary>Q-Block2 (RFC 9177).</summary>
    public const int QBlock2 = 31;

    /// <summary>Proxy-Uri, string 1..1034.</summary>
    public const int ProxyUri = 35;

    /// <summary>Proxy-Scheme, string 1..255.</summary>
    public const int ProxyScheme = 39;

    /// <summary>Size1 in bytes, uint 0..4 bytes (RFC 7959).</summary>
    public const int Size1 = 60;

    /// <summary>Echo, opaque 1..40 (RFC 9175).</summary>
    public const int Echo = 252;

    /// <summary>No-Response, uint 0..1 byte (RFC 7967).</summary>
    public const int NoResponse = 258;

    /// <summary>Request-Tag, opaque 0..8, repeatable (RFC 9175).</summary>
    public const int RequestTag = 292;

    /// <summary>True when a receiver that does not know the option must refuse the message (RFC 7252 5.4.6).</summary>
    public static bool IsCritical(int number) => (number & 1) != 0;
}
