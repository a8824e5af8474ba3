namespace Lwm2m.Formats;

/// <summary>SenML in JSON (RFC 8428 5), and the same with null for deletion (RFC 8790).</summary>
internal sealed class SenmlJsonReader : JsonValueReader
{
    // Names of members as numbers, see Code.
    private const int Name = 'n';
    private const int Value = 'v';
    private const int Time = 't';
    private const int BaseName = ('b' << 8) | 'n';
    private const int BaseTime = ('b' << 8) | 't';
    private const int BaseValue = ('b' << 8) | 'v';
    private const int StringValue = ('v' << 8) | 's';
    private const int BooleanValue = ('v' << 8) | 'b';
    private const int DataValue = ('v' << 8) | 'd';
    private const int LinkValue = ('v' << 16) | ('l' << 8) | 'o';
    private const int BaseVersion = ('b' << 24) | ('v' << 16) | ('e' << 8) | 'r';

    public SenmlJsonReader(Input input)
        : base(input)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.SenmlJson;

    private protected override int OpaqueItem => JsonItem.Data;

    private protected override FormatStatus Open() => Take('[') ? FormatStatus.Ok : FormatStatus.Malformed;

    internal override FormatStatus Step()
    {
        Input i = In;
        // Remaining: -1 before the first record, then 0.
        bool first = i.Remaining < 0;
        i.Remaining = 0;
        if (Peek() == ']')
        {
            i.Position++;
            i.ClearRecord();
            return Peek() < 0 ? FormatStatus.End : FormatStatus.Malformed;
        }
        if ((!first && !Take(',')) || !Take('{'))
            return FormatStatus.Malformed;
        return ReadRecord();
    }

    private FormatStatus ReadRecord()
    {
        Input i = In;
        int name = -1;
        int nameLength = 0;
        int baseName = -1;
        int baseNameLength = 0;
        double time = 0;
        bool hasTime = false;
        i.Kind = RecordKind.PathOnly;
        i.Wire = WireKind.None;
        i.Flags = JsonItem.None;
        if (!Take('}'))
        {
            do
            {
                int key = Key(out int length);
                if (key < 0)
                    return FormatStatus.Malformed;
                FormatStatus status = FormatStatus.Ok;
                switch (Code(key, length))
                {
                    case Name:
                        if (name >= 0)
                            return FormatStatus.Malformed;
                        name = Text(out nameLength);
                        if (name < 0)
                            return FormatStatus.Malformed;
                        break;
                    case BaseName:
                        if (baseName >= 0)
                            return FormatStatus.Malformed;
                        baseName = Text(out baseNameLength);
                        if (baseName < 0)
                            return FormatStatus.Malformed;
                        break;
                    case Time:
                        if (hasTime || !ReadNumber(out time))
                            return FormatStatus.Malformed;
                        hasTime = true;
                        break;
                    case BaseTime:
                        status = Base(SenmlLabel.BaseTime);
                        break;
                    case BaseValue:
                        status = Base(SenmlLabel.BaseValue);
                        break;
                    case BaseVersion:
                        status = Base(SenmlLabel.BaseVersion);
                        break;
                    case Value:
                        status = ReadValue(JsonItem.Number);
                        break;
                    case StringValue:
                        status = ReadValue(JsonItem.String);
                        break;
                    case BooleanValue:
                        status = ReadValue(JsonItem.Boolean);
                        break;
                    case DataValue:
                        status = ReadValue(JsonItem.Data);
                        break;
                    case LinkValue:
                        status = ReadValue(JsonItem.Link);
                        break;
                    default:
                        // Must be understood (RFC 8428 4.4).
                        if (length > 0 && i.Buffer[key + length - 1] == '_')
                            return FormatStatus.Malformed;
                        status = Skip(i.MaxDepth);
                        break;
                }
                if (status != FormatStatus.Ok)
                    return status;
            }
            while (Take(','));
            if (!Take('}'))
                return FormatStatus.Malformed;
        }
        if (i.BaseValue != 0 && i.Flags == JsonItem.Number && GetFloat(out double value) == FormatStatus.Ok)
        {
            i.Real = value + i.BaseValue;
            i.Flags = JsonItem.Real;
        }
        if (!i.TakeTime(hasTime, time))
            return FormatStatus.Malformed;
        return i.TakeName(baseName, baseNameLength, name, nameLength);
    }

    private FormatStatus Base(int label) =>
        ReadNumber(out double number) && In.TakeBase(label, number) ? FormatStatus.Ok : FormatStatus.Malformed;
}
