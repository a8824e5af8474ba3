namespace Lwm2m.Formats;

/// <summary>What a payload itself says of the type of a value.</summary>
public enum WireKind
{
    /// <summary>There is no value.</summary>
    None,

    /// <summary>Bytes without a type: TLV and octet-stream.</summary>
    Raw,

    /// <summary>Text without a type: text/plain.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A floating-point number or decimal fraction.</summary>
    Float,

    /// <summary>A number of JSON, which does not tell whole numbers from others.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Text; in OMA JSON also bytes in base64.</summary>
    String,

    /// <summary>Bytes.</summary>
    Opaque,

    /// <summary>A date or time by tag of CBOR.</summary>
    Time,

    /// <summary>An object link.</summary>
    ObjectLink,

    /// <summary>Null.</summary>
    Null,
}
