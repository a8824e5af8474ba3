namespace Lwm2m.Coap;

/// <summary>The value of Block1 and Block2 (RFC 7959 2.2): block number, more-flag and size exponent in one number of up to 24 bits.</summary>
public static class BlockOption
{
    /// <summary>What <see cref="Decode"/> returns for a value that is none.</summary>
    public const int Invalid = -1;

    /// <summary>Largest block number, 2^20 - 1.</summary>
    public const int MaxNum = 0xFFFFF;

    /// <summary>Largest size exponent over datagrams: 1024 bytes.</summary>
    public const int MaxSzx = 6;

    /// <summary>
    /// The exponent that RFC 8323 6 keeps for TCP (BERT: any number of 1024 bytes at once, numbered in units of 1024) and that is an error over
    /// datagrams.
    /// </summary>
    public const int ReservedSzx = 7;

    /// <summary>Unit of the blocks of <see cref="ReservedSzx"/>, in bytes.</summary>
    public const int BertUnit = 1024;

    /// <summary>Puts a value together.</summary>
    /// <param name="num">Block number, 0..<see cref="MaxNum"/>, in units of the block size.</param>
    /// <param name="more">True when blocks follow.</param>
    /// <param name="szx">Size exponent 0..6: the size is 16 &lt;&lt; szx; 7 for BERT.</param>
    public static int Encode(int num, bool more, int szx) => (num << 4) | (more ? 8 : 0) | szx;

    /// <summary>Reads an option value; <see cref="Invalid"/> when it has more than three bytes or the reserved size 7.</summary>
    public static int Decode(byte[] buffer, int offset, int length)
    {
        if (length > 3) return Invalid;
        int value = 0;
        for (int i = 0; i < length; i++) value = (value << 8) | buffer[offset + i];
        return (value & 7) == ReservedSzx ? Invalid : value;
    }

    /// <summary>Block number of a value.</summary>
    public static int Num(int value) => value >> 4;

    /// <summary>True when blocks follow.</summary>
    public static bool More(int value) => (value & 8) != 0;

    /// <summary>Size exponent, 0..7.</summary>
    public static int Szx(int value) => value & 7;

    /// <summary>Block size in bytes, 16..1024; with exponent 7 the unit, of which a block has several.</summary>
    public static int Size(int value) => 1 << Shift(value & 7);

    /// <summary>Where the block begins in the body, in bytes.</summary>
    public static int Offset(int value) => (value >> 4) << Shift(value & 7);

    /// <summary>The exponent of the largest block size that is not over <paramref name="size"/> bytes; 0 for anything under 32.</summary>
    public static int SzxFor(int size)
    {
        int szx = MaxSzx;
        while (szx > 0 && 16 << szx > size) szx--;
        return szx;
    }

    /// <summary>The value for a block that begins at <paramref name="offset"/>, in bytes.</summary>
    internal static int At(int offset, bool more, int szx) => Encode(offset >> Shift(szx), more, szx);

    /// <summary>True when a block of that length cannot have that value: one that others follow is full, the last one no longer than that.</summary>
    internal static bool IsWrongLength(int value, int length)
    {
        bool more = More(value);
        if (Szx(value) == ReservedSzx) return more && (length == 0 || (length & (BertUnit - 1)) != 0);
        return more ? length != Size(value) : length > Size(value);
    }

    private static int Shift(int szx) => szx == ReservedSzx ? MaxSzx + 4 : szx + 4;
}
