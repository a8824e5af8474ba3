namespace Lwm2m.Formats;

/// <summary>Data types of LwM2M resources (Core TS 1.2 Appendix C).</summary>
public enum DataType
{
    /// <summary>No value: an executable resource.</summary>
    None,

    /// <summary>UTF-8 text.</summary>
    String,

    /// <summary>Signed integer of at most 64 bits.</summary>
    Integer,

    /// <summary>Unsigned integer of at most 64 bits (LwM2M 1.1).</summary>
    Unsigned,

    /// <summary>IEEE 754 number of 32 or 64 bits.</summary>
    Float,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Bytes.</summary>
    Opaque,

    /// <summary>Seconds since 1970-01-01T00:00:00Z, negative before it.</summary>
    Time,

    /// <summary>Object id and instance id; 65535:65535 points nowhere.</summary>
    ObjectLink,

    /// <summary>Text in CoRE link format (LwM2M 1.1).</summary>
    CoreLink,
}
