namespace Lwm2m.Client;

/// <summary>
/// What a handler of an object answers: done, or why not. The values of the errors are CoAP's response codes
/// (RFC 7252 12.1.2, Transport 6.4), so that they go out as they are.
/// </summary>
public enum Outcome
{
    /// <summary>Done. The success code follows from the operation.</summary>
    Ok = 0,

    /// <summary>4.00: the payload or an argument is malformed, has the wrong type, or is out of range.</summary>
    BadRequest = 0x80,

    /// <summary>4.01: the server has no right to do this.</summary>
    Unauthorized = 0x81,

    /// <summary>4.02: an option of the request is not understood.</summary>
    BadOption = 0x82,

    /// <summary>4.03: refused, whoever asks.</summary>
    Forbidden = 0x83,

    /// <summary>4.04: there is no such object, instance, resource or resource instance.</summary>
    NotFound = 0x84,

    /// <summary>4.05: it exists but does not support the operation, or not in its present state.</summary>
    MethodNotAllowed = 0x85,

    /// <summary>4.06: none of the content formats that the server accepts can carry it.</summary>
    NotAcceptable = 0x86,

    /// <summary>4.08: a block of the request is missing (RFC 7959 2.9.2).</summary>
    RequestEntityIncomplete = 0x88,

    /// <summary>4.09: the request conflicts with the present state.</summary>
    Conflict = 0x89,

    /// <summary>4.12: a condition of the request is not met.</summary>
    PreconditionFailed = 0x8C,

    /// <summary>4.13: the payload or a value in it is longer than there is room for.</summary>
    RequestEntityTooLarge = 0x8D,

    /// <summary>4.15: the content format of the payload is not supported for this target.</summary>
    UnsupportedContentFormat = 0x8F,

    /// <summary>5.00: the device failed to do what it should be able to do.</summary>
    InternalError = 0xA0,

    /// <summary>5.01: the device does not implement this.</summary>
    NotImplemented = 0xA1,

    /// <summary>5.03: not now, for want of memory or because something else is under way.</summary>
    ServiceUnavailable = 0xA3
}
