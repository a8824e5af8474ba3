namespace Lwm2m.Formats;

/// <summary>What a payload may cost. All tables are made from this once; nothing grows later.</summary>
public sealed class FormatLimits
{
    /// <summary>Deepest nesting of CBOR and JSON containers that is read, 4 to 32.</summary>
    public int MaxDepth { get; set; } = 8;

    /// <summary>Most records, containers of TLV included, that one payload may have; each takes one byte of memory.</summary>
    public int MaxRecords { get; set; } = 128;

    /// <summary>Longest text in bytes that <see cref="PayloadReader.GetString"/> makes a string of.</summary>
    public int MaxStringBytes { get; set; } = 1024;
}
