namespace Lwm2m.Formats;

/// <summary>The type byte of TLV (Core TS 1.2 7.4.5).</summary>
internal static class TlvKind
{
    public const int ObjectInstance = 0x00;
    public const int ResourceInstance = 0x40;
    public const int Multiple = 0x80;
    public const int Resource = 0xC0;
    public const int Mask = 0xC0;

    /// <summary>The identifier has 16 bits.</summary>
    public const int WideId = 0x20;

    /// <summary>Where the number of bytes of the length field stands; 0 = the length is in the lowest three bits.</summary>
    public const int LengthShift = 3;

    public const int MaxLength = 0xFFFFFF;
}
