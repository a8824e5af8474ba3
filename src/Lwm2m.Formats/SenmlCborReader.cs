namespace Lwm2m.Formats;

/// <summary>SenML in CBOR (RFC 8428 6), and the same with null for deletion (RFC 8790).</summary>
internal sealed class SenmlCborReader : CborValueReader
{
    public SenmlCborReader(Input input)
        : base(input)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.SenmlCbor;

    private protected override FormatStatus Open()
    {
        Input i = In;
        int first = Head();
        if (first < 0 || (first & CborItem.MajorMask) != CborItem.MajorArray)
            return FormatStatus.Malformed;
        i.Remaining = Entries(first);
        return i.Remaining < -1 ? FormatStatus.Malformed : FormatStatus.Ok;
    }

    internal override FormatStatus Step()
    {
        Input i = In;
        byte[] buffer = i.Buffer;
        if (i.Remaining <= 0)
        {
            if (i.Remaining < 0 && i.Position >= i.End)
                return FormatStatus.Malformed;
            if (i.Remaining == 0 || buffer[i.Position] == CborItem.Break)
            {
                i.ClearRecord();
                return i.Position - i.Remaining == i.End ? FormatStatus.End : FormatStatus.Malformed;
            }
        }
        else
            i.Remaining--;

        if (i.Position < i.End && (uint)(buffer[i.Position] - CborItem.MajorMap) < 24)
            return ReadRecord(buffer[i.Position++] - CborItem.MajorMap);
        int first = Head();
        if (first < 0 || (first & CborItem.MajorMask) != CborItem.MajorMap)
            return FormatStatus.Malformed;
        int pairs = Entries(first);
        return pairs < -1 ? FormatStatus.Malformed : ReadRecord(pairs);
    }

    private FormatStatus ReadRecord(int pairs)
    {
        Input i = In;
        byte[] buffer = i.Buffer;
        int end = i.End;
        int name = -1;
        int nameLength = 0;
        int baseName = -1;
        int baseNameLength = 0;
        double time = 0;
        bool hasTime = false;
        FormatStatus status;
        i.Kind = RecordKind.PathOnly;
        i.Wire = WireKind.None;
        i.Flags = CborItem.None;

        while (pairs != 0)
        {
            if (i.Position >= end)
                return FormatStatus.Malformed;
            int label = buffer[i.Position];
            if (pairs > 0)
                pairs--;
            else if (label == CborItem.Break)
            {
                i.Position++;
                break;
            }
            switch (label)
            {
                case SenmlLabel.Name:
                    i.Position++;
                    if (name >= 0)
                        return FormatStatus.Malformed;
                    nameLength = TextHead();
                    name = i.Position;
                    if (nameLength < 0)
                        return FormatStatus.Malformed;
                    i.Position = name + nameLength;
                    break;
                case SenmlLabel.BaseName:
                    i.Position++;
                    if (baseName >= 0)
                        return FormatStatus.Malformed;
                    baseNameLength = TextHead();
                    baseName = i.Position;
                    if (baseNameLength < 0)
                        return FormatStatus.Malformed;
                    i.Position = baseName + baseNameLength;
                    break;
                case SenmlLabel.Value:
                case SenmlLabel.StringValue:
                case SenmlLabel.BooleanValue:
                case SenmlLabel.DataValue:
                    i.Position++;
                    status = ReadLabelled(label);
                    if (status != FormatStatus.Ok)
                        return status;
                    break;
                case SenmlLabel.Time:
                    i.Position++;
                    if (hasTime || !ReadNumber(out time))
                        return FormatStatus.Malformed;
                    hasTime = true;
                    break;
                case SenmlLabel.BaseTime:
                case SenmlLabel.BaseValue:
                case SenmlLabel.BaseVersion:
                    i.Position++;
                    if (!ReadNumber(out double number) || !i.TakeBase(label, number))
                        return FormatStatus.Malformed;
                    break;
                default:
                    status = ReadOtherLabel();
                    if (status != FormatStatus.Ok)
                        return status;
                    break;
            }
        }
        if (i.BaseValue != 0 && i.Wire >= WireKind.Integer && i.Wire <= WireKind.Float)
            AddBaseValue();
        if (!i.TakeTime(hasTime, time))
            return FormatStatus.Malformed;
        return i.TakeName(baseName, baseNameLength, name, nameLength);
    }

    /// <summary>Reads the value under its label, which says what type it must have; null goes with any.</summary>
    private FormatStatus ReadLabelled(int label)
    {
        Input i = In;
        if (i.Kind != RecordKind.PathOnly)
            return FormatStatus.Malformed;
        FormatStatus status = ReadValue();
        if (status != FormatStatus.Ok || i.Kind == RecordKind.Null)
            return status;
        WireKind wire = i.Wire;
        bool fits;
        switch (label)
        {
            case SenmlLabel.Value:
                // Tags of time on a number do no harm.
                fits = wire == WireKind.Integer || wire == WireKind.Float || wire == WireKind.Time;
                break;
            case SenmlLabel.StringValue:
                fits = wire == WireKind.String;
                break;
            case SenmlLabel.BooleanValue:
                fits = wire == WireKind.Boolean;
                break;
            case SenmlLabel.DataValue:
                fits = wire == WireKind.Opaque;
                break;
            default:
                fits = i.Flags == CborItem.Text;
                i.Wire = WireKind.ObjectLink;
                break;
        }
        return fits ? FormatStatus.Ok : FormatStatus.Malformed;
    }

    /// <summary>"vlo" is an object link; what is not known is passed over, unless it must be understood (RFC 8428 4.4).</summary>
    private FormatStatus ReadOtherLabel()
    {
        Input i = In;
        int first = Head();
        int major = first & CborItem.MajorMask;
        if (first < 0 || (first & 31) == CborItem.IndefiniteLength || major > CborItem.MajorText || major == CborItem.MajorBytes)
            return FormatStatus.Malformed;
        if (major == CborItem.MajorText)
        {
            long length = i.Number;
            int p = i.Position;
            if ((ulong)length > (ulong)(i.End - p))
                return FormatStatus.Malformed;
            i.Position = p + (int)length;
            if (length == 3 && i.Buffer[p] == 'v' && i.Buffer[p + 1] == 'l' && i.Buffer[p + 2] == 'o')
                return ReadLabelled(SenmlLabel.LinkValue);
            if (length > 0 && i.Buffer[i.Position - 1] == '_')
                return FormatStatus.Malformed;
        }
        return Skip(i.MaxDepth);
    }

    private int TextHead()
    {
        Input i = In;
        // Nearly all names have less than 24 bytes.
        int p = i.Position;
        if (p < i.End)
        {
            int length = i.Buffer[p] - CborItem.MajorText;
            if ((uint)length < 24)
            {
                i.Position = ++p;
                return length <= i.End - p ? length : -1;
            }
        }
        int first = Head();
        if (first < CborItem.MajorText || first >= CborItem.MajorText + CborItem.IndefiniteLength
            || (ulong)i.Number > (ulong)(i.End - i.Position))
            return -1;
        return (int)i.Number;
    }

    private void AddBaseValue()
    {
        Input i = In;
        if (GetFloat(out double value) != FormatStatus.Ok)
            return;
        i.Real = value + i.BaseValue;
        i.Wire = WireKind.Float;
        i.Flags = CborItem.Real;
    }
}
