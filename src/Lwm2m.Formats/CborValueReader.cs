using System;
using System.Text;

namespace Lwm2m.Formats;

/// <summary>Values of CBOR (RFC 8949) as LwM2M's types; what CBOR, SenML CBOR and LwM2M CBOR share.</summary>
internal abstract partial class CborValueReader : PayloadReader
{
    private protected CborValueReader(Input input)
        : base(input)
    {
    }

    public override FormatStatus GetInteger(out long value)
    {
        Input i = In;
        value = i.Number;
        switch (i.Flags)
        {
            case CborItem.Positive:
                return value >= 0 ? FormatStatus.Ok : FormatStatus.OutOfRange;
            case CborItem.Negative:
                value = ~value;
                return value < 0 ? FormatStatus.Ok : FormatStatus.OutOfRange;
            default:
                return WholeFloat(out value);
        }
    }

    public override FormatStatus GetUnsigned(out ulong value)
    {
        Input i = In;
        value = (ulong)i.Number;
        if (i.Flags == CborItem.Positive)
            return FormatStatus.Ok;
        FormatStatus status = GetInteger(out long signed);
        value = (ulong)signed;
        return status == FormatStatus.Ok && signed < 0 ? FormatStatus.OutOfRange : status;
    }

    public override FormatStatus GetFloat(out double value)
    {
        Input i = In;
        switch (i.Flags)
        {
            case CborItem.Real:
                value = i.Real;
                return FormatStatus.Ok;
            case CborItem.Positive:
                value = ToDouble(i.Number);
                return FormatStatus.Ok;
            case CborItem.Negative:
                value = i.Number >= 0 ? ~i.Number : -ToDouble(i.Number == -1 ? -1 : i.Number + 1);
                return FormatStatus.Ok;
            case CborItem.Decimal:
                return i.Numbers.FromDecimal((ulong)i.Number, i.ValueOffset, out value);
            case CborItem.NegativeDecimal:
                // -1 - n; n + 1 overflows for one mantissa only, which is off by 2^-64 then.
                ulong magnitude = (ulong)i.Number;
                if (magnitude != ulong.MaxValue)
                    magnitude++;
                FormatStatus status = i.Numbers.FromDecimal(magnitude, i.ValueOffset, out value);
                value = -value;
                return status;
            default:
                value = 0;
                return FormatStatus.WrongType;
        }
    }

    public override FormatStatus GetBoolean(out bool value)
    {
        value = In.Number != 0;
        return In.Flags == CborItem.Boolean ? FormatStatus.Ok : FormatStatus.WrongType;
    }

    public override FormatStatus GetTime(out long unixSeconds)
    {
        Input i = In;
        if (i.Flags == CborItem.DateText)
            return IsoDate.Parse(i.Buffer, i.ValueOffset, i.ValueLength, out unixSeconds);
        FormatStatus status = GetInteger(out unixSeconds);
        if (status != FormatStatus.WrongType || GetFloat(out double seconds) != FormatStatus.Ok)
            return status;
        unixSeconds = (long)seconds;
        if (unixSeconds > seconds)
            unixSeconds--;
        return FormatStatus.Ok;
    }

    public override FormatStatus GetString(out string? value)
    {
        Input i = In;
        value = null;
        FormatStatus status = CheckText();
        if (status != FormatStatus.Ok)
            return status;
        if (i.ValueLength > i.MaxStringBytes)
            return FormatStatus.TooLong;
        if (i.Flags != CborItem.TextChunks)
        {
            value = Encoding.UTF8.GetString(i.Buffer, i.ValueOffset, i.ValueLength);
            return FormatStatus.Ok;
        }
        byte[] text = new byte[i.ValueLength];
        CopyChunks(text, 0);
        value = Encoding.UTF8.GetString(text, 0, text.Length);
        return FormatStatus.Ok;
    }

    public override FormatStatus GetUtf8(byte[] into, int offset, int limit, out int length)
    {
        length = 0;
        FormatStatus status = CheckText();
        return status == FormatStatus.Ok ? Copy(into, offset, limit, out length) : status;
    }

    public override FormatStatus GetOpaque(byte[] into, int offset, int limit, out int length)
    {
        length = 0;
        FormatStatus status = CheckOpaque();
        return status == FormatStatus.Ok ? Copy(into, offset, limit, out length) : status;
    }

    public override FormatStatus GetObjectLink(out int objectId, out int instanceId)
    {
        Input i = In;
        objectId = instanceId = 0;
        if (i.Flags != CborItem.Text)
            return FormatStatus.WrongType;
        return LinkText.Parse(i.Buffer, i.ValueOffset, i.ValueLength, out objectId, out instanceId);
    }

    private protected override FormatStatus CheckText()
    {
        Input i = In;
        if (i.Wire == WireKind.ObjectLink)
            return FormatStatus.WrongType;
        if (i.Flags == CborItem.Text || i.Flags == CborItem.DateText)
            return Formats.Utf8.IsValid(i.Buffer, i.ValueOffset, i.ValueLength) ? FormatStatus.Ok : FormatStatus.Malformed;
        if (i.Flags != CborItem.TextChunks)
            return FormatStatus.WrongType;
        // Each chunk is valid by itself (RFC 8949 3.2.3).
        for (int p = i.ValueOffset; ;)
        {
            int start = ChunkStart(p, out int length);
            if (start < 0)
                return FormatStatus.Ok;
            if (!Formats.Utf8.IsValid(i.Buffer, start, length))
                return FormatStatus.Malformed;
            p = start + length;
        }
    }

    private protected override FormatStatus CheckOpaque() =>
        In.Flags == CborItem.Bytes || In.Flags == CborItem.ByteChunks ? FormatStatus.Ok : FormatStatus.WrongType;

    /// <summary>An unsigned number of 64 bits; the lowest bit is kept, so that it is rounded once.</summary>
    private static double ToDouble(long unsigned) =>
        unsigned >= 0 ? unsigned : 2.0 * (long)(((ulong)unsigned >> 1) | ((ulong)unsigned & 1));

    /// <summary>A float without fraction counts as an integer: SenML knows numbers only.</summary>
    private FormatStatus WholeFloat(out long value)
    {
        value = 0;
        FormatStatus status = GetFloat(out double real);
        if (status != FormatStatus.Ok)
            return status;
        if (!(real >= -9007199254740992.0 && real <= 9007199254740992.0))
            return FormatStatus.OutOfRange;
        value = (long)real;
        return value == real ? FormatStatus.Ok : FormatStatus.WrongType;
    }
}
