namespace Lwm2m.Formats;

/// <summary>Initial bytes of CBOR (RFC 8949 3) and what <see cref="Input.Flags"/> keeps of an item.</summary>
internal static class CborItem
{
    public const int MajorUnsigned = 0x00;
    public const int MajorNegative = 0x20;
    public const int MajorBytes = 0x40;
    public const int MajorText = 0x60;
    public const int MajorArray = 0x80;
    public const int MajorMap = 0xA0;
    public const int MajorTag = 0xC0;
    public const int MajorOther = 0xE0;
    public const int MajorMask = 0xE0;

    public const int IndefiniteLength = 31;
    public const int False = 0xF4;
    public const int True = 0xF5;
    public const int Null = 0xF6;
    public const int Half = 0xF9;
    public const int Single = 0xFA;
    public const int Double = 0xFB;
    public const int Break = 0xFF;

    public const int TagDateText = 0;
    public const int TagEpoch = 1;
    public const int TagDecimal = 4;

    /// <summary>Kinds of items as the getters tell them apart.</summary>
    public const int None = 0;
    public const int Positive = 1;
    public const int Negative = 2;
    public const int Real = 3;
    public const int Decimal = 4;
    public const int NegativeDecimal = 5;
    public const int Boolean = 6;
    public const int Text = 7;
    public const int TextChunks = 8;
    public const int Bytes = 9;
    public const int ByteChunks = 10;
    public const int DateText = 11;
}
