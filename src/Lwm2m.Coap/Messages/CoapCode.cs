namespace Lwm2m.Coap;

/// <summary>Method and response codes as they stand in the header: class in 3 bits, detail in 5 (RFC 7252 12.1, 7959, 8132, 8323, 8516, 8768).</summary>
public static class CoapCode
{
    /// <summary>0.00: ping, empty ACK or RST.</summary>
    public const int Empty = 0x00;

    /// <summary>0.01.</summary>
    public const int Get = 0x01;

    /// <summary>0.02.</summary>
    public const int Post = 0x02;

    /// <summary>0.03.</summary>
    public const int Put = 0x03;

    /// <summary>0.04.</summary>
    public const int Delete = 0x04;

    /// <summary>0.05 (RFC 8132): a safe read with a body.</summary>
    public const int Fetch = 0x05;

    /// <summary>0.06 (RFC 8132).</summary>
    public const int Patch = 0x06;

    /// <summary>0.07 (RFC 8132): idempotent patch.</summary>
    public const int IPatch = 0x07;

    /// <summary>2.01.</summary>
    public const int Created = 0x41;

    /// <summary>2.02.</summary>
    public const int Deleted = 0x42;

    /// <summary>2.03: the representation named by the request's ETag is still good.</summary>
    public const int Valid = 0x43;

    /// <summary>2.04.</summary>
    public const int Changed = 0x44;

    /// <summary>2.05.</summary>
    public const int Content = 0x45;

    /// <summary>2.31 (RFC 7959): block taken, send the next.</summary>
    public const int Continue = 0x5F;

    /// <summary>4.00.</summary>
    public const int BadRequest = 0x80;

    /// <summary>4.01.</summary>
    public const int Unauthorized = 0x81;

    /// <summary>4.02: a critical option is unknown or malformed.</summary>
    public const int BadOption = 0x82;

    /// <summary>4.03.</summary>
    public const int Forbidden = 0x83;

    /// <summary>4.04.</summary>
    public const int NotFound = 0x84;

    /// <summary>4.05.</summary>
    public const int MethodNotAllowed = 0x85;

    /// <summary>4.06.</summary>
    public const int NotAcceptable = 0x86;

    /// <summary>4.08 (RFC 7959): blocks are missing, start over.</summary>
    public const int RequestEntityIncomplete = 0x88;

    /// <summary>4.09 (RFC 8132).</summary>
    public const int Conflict = 0x89;

    /// <summary>4.12.</summary>
    public const int PreconditionFailed = 0x8C;

    /// <summary>4.13: Size1 in the response says how much would do.</summary>
    public const int RequestEntityTooLarge = 0x8D;

    /// <summary>4.15.</summary>
    public const int UnsupportedContentFormat = 0x8F;

    /// <summary>4.22 (RFC 8132).</summary>
    public const int UnprocessableEntity = 0x96;

    /// <summary>4.29 (RFC 8516): Max-Age says when to try again.</summary>
    public const int TooManyRequests = 0x9D;

    /// <summary>5.00.</summary>
    public const int InternalServerError = 0xA0;

    /// <summary>5.01.</summary>
    public const int NotImplemented = 0xA1;

    /// <summary>5.02.</summary>
    public const int BadGateway = 0xA2;

    /// <summary>5.03: Max-Age says when to try again.</summary>
    public const int ServiceUnavailable = 0xA3;

    /// <summary>5.04.</summary>
    public const int GatewayTimeout = 0xA4;

    /// <summary>5.05.</summary>
    public const int ProxyingNotSupported = 0xA5;

    /// <summary>5.08 (RFC 8768).</summary>
    public const int HopLimitReached = 0xA8;

    /// <summary>7.01 (RFC 8323 5.3): Capabilities and Settings, the first message of a connection.</summary>
    public const int Csm = 0xE1;

    /// <summary>7.02 (RFC 8323 5.4).</summary>
    public const int Ping = 0xE2;

    /// <summary>7.03 (RFC 8323 5.4).</summary>
    public const int Pong = 0xE3;

    /// <summary>7.04 (RFC 8323 5.5).</summary>
    public const int Release = 0xE4;

    /// <summary>7.05 (RFC 8323 5.6).</summary>
    public const int Abort = 0xE5;

    /// <summary>Class of a code: 0 request, 2 success, 4 client error, 5 server error, 7 signal of a connection.</summary>
    public static int Class(int code) => code >> 5;

    /// <summary>Detail of a code: the 05 of 2.05.</summary>
    public static int Detail(int code) => code & 0x1F;

    /// <summary>True for 2.xx.</summary>
    public static bool IsSuccess(int code) => code >> 5 == 2;
}
