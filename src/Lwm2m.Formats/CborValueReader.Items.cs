using System;

namespace Lwm2m.Formats;

/// <summary>Heads, tags and items (RFC 8949 3).</summary>
internal abstract partial class CborValueReader
{
    /// <summary>Reads one item as the value of the record, tags included.</summary>
    private protected FormatStatus ReadValue()
    {
        Input i = In;
        i.Kind = RecordKind.Value;
        i.Flags = CborItem.None;
        i.ValueLength = 0;
        int first = Head();
        if ((uint)first < CborItem.IndefiniteLength)
        {
            i.Wire = WireKind.Integer;
            i.Flags = CborItem.Positive;
            return FormatStatus.Ok;
        }
        if (first == CborItem.Half)
            return TakeReal(FloatBits.FromHalf((int)i.Number));
        if (first >= CborItem.MajorTag && first < CborItem.MajorOther)
            return ReadTagged(first);
        return ReadUntagged(first);
    }

    /// <summary>Reads a number that is not the record's value; times and base values are of no more use than a double.</summary>
    private protected bool ReadNumber(out double value)
    {
        Input i = In;
        // The value of the record may have been read before it.
        RecordKind kind = i.Kind;
        WireKind wire = i.Wire;
        int flags = i.Flags;
        long number = i.Number;
        double real = i.Real;
        int offset = i.ValueOffset;
        int length = i.ValueLength;
        bool ok = ReadValue() == FormatStatus.Ok;
        ok &= GetFloat(out value) == FormatStatus.Ok;
        i.Kind = kind;
        i.Wire = wire;
        i.Flags = flags;
        i.Number = number;
        i.Real = real;
        i.ValueOffset = offset;
        i.ValueLength = length;
        return ok;
    }

    /// <summary>Reads an initial byte and its argument into <see cref="Input.Number"/>; -1 when it is cut or reserved.</summary>
    private protected int Head()
    {
        Input i = In;
        int p = i.Position;
        if (p >= i.End)
            return -1;
        byte[] buffer = i.Buffer;
        int first = buffer[p++];
        int info = first & 31;
        long argument = info;
        if (info >= 24)
        {
            if (info == CborItem.IndefiniteLength)
                argument = 0;
            else if (info > 27)
                return -1;
            else
            {
                int size = 1 << (info - 24);
                if (i.End - p < size)
                    return -1;
                argument = buffer[p++];
                for (; size > 1; size--)
                    argument = (argument << 8) | buffer[p++];
            }
        }
        i.Number = argument;
        i.Position = p;
        return first;
    }

    /// <summary>Entries of an array or map whose head was read: -1 = indefinite, -2 = more than there are bytes.</summary>
    private protected int Entries(int first)
    {
        if ((first & 31) == CborItem.IndefiniteLength)
            return -1;
        Input i = In;
        return (ulong)i.Number > (ulong)(i.End - i.Position) ? -2 : (int)i.Number;
    }

    /// <summary>Passes over one item of any kind.</summary>
    private protected FormatStatus Skip(int depth)
    {
        Input i = In;
        int first = Head();
        if (first < 0 || first == CborItem.Break)
            return FormatStatus.Malformed;
        if (depth <= 0)
            return FormatStatus.TooDeep;
        switch (first & CborItem.MajorMask)
        {
            case CborItem.MajorBytes:
            case CborItem.MajorText:
                return SkipString(first) ? FormatStatus.Ok : FormatStatus.Malformed;
            case CborItem.MajorTag:
                return (first & 31) == CborItem.IndefiniteLength ? FormatStatus.Malformed : Skip(depth - 1);
            case CborItem.MajorArray:
            case CborItem.MajorMap:
                return SkipEntries(first, depth - 1);
            default:
                return (first & 31) == CborItem.IndefiniteLength ? FormatStatus.Malformed : FormatStatus.Ok;
        }
    }

    private FormatStatus SkipEntries(int first, int depth)
    {
        Input i = In;
        int entries = Entries(first);
        if (entries < -1)
            return FormatStatus.Malformed;
        bool isMap = first >= CborItem.MajorMap;
        while (entries != 0)
        {
            if (entries < 0)
            {
                if (i.Position >= i.End)
                    return FormatStatus.Malformed;
                if (i.Buffer[i.Position] == CborItem.Break)
                {
                    i.Position++;
                    return FormatStatus.Ok;
                }
            }
            else
                entries--;
            FormatStatus status = Skip(depth);
            if (status == FormatStatus.Ok && isMap)
                status = Skip(depth);
            if (status != FormatStatus.Ok)
                return status;
        }
        return FormatStatus.Ok;
    }

    private FormatStatus ReadTagged(int first)
    {
        Input i = In;
        long tag = -1;
        for (int depth = i.MaxDepth; first >= CborItem.MajorTag && first < CborItem.MajorOther; depth--)
        {
            if (depth == 0)
                return FormatStatus.TooDeep;
            if ((first & 31) == CborItem.IndefiniteLength)
                return FormatStatus.Malformed;
            tag = i.Number;
            first = Head();
        }
        if (tag == CborItem.TagDecimal)
            return ReadDecimal(first);
        FormatStatus status = ReadUntagged(first);
        if (status != FormatStatus.Ok)
            return status;
        if (tag == CborItem.TagDateText && i.Flags == CborItem.Text)
        {
            i.Flags = CborItem.DateText;
            i.Wire = WireKind.Time;
        }
        else if (tag == CborItem.TagEpoch && i.Flags >= CborItem.Positive && i.Flags <= CborItem.Real)
            i.Wire = WireKind.Time;
        else if (tag == 2 || tag == 3)
        {
            // Numbers over 64 bits, in bytes: of no type of LwM2M.
            i.Flags = CborItem.None;
            i.Wire = WireKind.Integer;
        }
        return FormatStatus.Ok;
    }

    /// <summary>Tag 4: [exponent, mantissa], the exact value of mantissa * 10^exponent (RFC 8949 3.4.4).</summary>
    private FormatStatus ReadDecimal(int first)
    {
        Input i = In;
        if (first != CborItem.MajorArray + 2)
            return FormatStatus.Malformed;
        int major = Head();
        if (major < 0 || major >= CborItem.MajorBytes)
            return FormatStatus.Malformed;
        long exponent = i.Number;
        // No double is as big or as small; and the sum with the digits of the mantissa must not overflow.
        if ((ulong)exponent > 1000)
            exponent = 1000;
        if (major >= CborItem.MajorNegative)
            exponent = ~exponent;
        major = Head();
        if (major < 0 || major >= CborItem.MajorBytes)
            return FormatStatus.Malformed;
        // There is no text whose place must be kept.
        i.ValueOffset = (int)exponent;
        i.Wire = WireKind.Float;
        i.Flags = major >= CborItem.MajorNegative ? CborItem.NegativeDecimal : CborItem.Decimal;
        return FormatStatus.Ok;
    }

    private FormatStatus ReadUntagged(int first)
    {
        Input i = In;
        if (first < 0)
            return FormatStatus.Malformed;
        bool indefinite = (first & 31) == CborItem.IndefiniteLength;
        switch (first & CborItem.MajorMask)
        {
            case CborItem.MajorUnsigned:
                i.Wire = WireKind.Integer;
                i.Flags = CborItem.Positive;
                return indefinite ? FormatStatus.Malformed : FormatStatus.Ok;
            case CborItem.MajorNegative:
                i.Wire = WireKind.Integer;
                i.Flags = CborItem.Negative;
                return indefinite ? FormatStatus.Malformed : FormatStatus.Ok;
            case CborItem.MajorBytes:
                i.Wire = WireKind.Opaque;
                i.Flags = indefinite ? CborItem.ByteChunks : CborItem.Bytes;
                return SkipString(first) ? FormatStatus.Ok : FormatStatus.Malformed;
            case CborItem.MajorText:
                i.Wire = WireKind.String;
                i.Flags = indefinite ? CborItem.TextChunks : CborItem.Text;
                return SkipString(first) ? FormatStatus.Ok : FormatStatus.Malformed;
            case CborItem.MajorOther:
                return ReadOther(first);
            default:
                return FormatStatus.Malformed;
        }
    }

    private FormatStatus ReadOther(int first)
    {
        Input i = In;
        switch (first)
        {
            case CborItem.False:
            case CborItem.True:
                i.Wire = WireKind.Boolean;
                i.Flags = CborItem.Boolean;
                i.Number = first - CborItem.False;
                return FormatStatus.Ok;
            case CborItem.Null:
                i.Wire = WireKind.Null;
                i.Kind = RecordKind.Null;
                return FormatStatus.Ok;
            case CborItem.Half:
                return TakeReal(FloatBits.FromHalf((int)i.Number));
            case CborItem.Single:
                return TakeReal(FloatBits.FromSingle((int)i.Number));
            case CborItem.Double:
                return TakeReal(i.Number);
            default:
                return FormatStatus.Malformed;
        }
    }

    private FormatStatus TakeReal(long bits)
    {
        Input i = In;
        i.Wire = WireKind.Float;
        i.Flags = CborItem.Real;
        i.Real = BitConverter.Int64BitsToDouble(bits);
        return FormatStatus.Ok;
    }
}
