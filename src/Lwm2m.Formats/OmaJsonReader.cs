namespace Lwm2m.Formats;

/// <summary>
/// JSON of LwM2M 1.0 (Core TS 1.0 6.4.4): one object with a base name, a base time and an array of entries, in any order. It is
/// looked through once before the first entry is read.
/// </summary>
internal sealed class OmaJsonReader : JsonValueReader
{
    private const int Name = 'n';
    private const int Entries = 'e';
    private const int Value = 'v';
    private const int Time = 't';
    private const int BaseName = ('b' << 8) | 'n';
    private const int BaseTime = ('b' << 8) | 't';
    private const int StringValue = ('s' << 8) | 'v';
    private const int BooleanValue = ('b' << 8) | 'v';
    private const int LinkValue = ('o' << 8) | 'v';

    public OmaJsonReader(Input input)
        : base(input)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.OmaJson;

    private protected override int OpaqueItem => JsonItem.String;

    private protected override FormatStatus Open()
    {
        Input i = In;
        int entries = -1;
        int baseName = -1;
        int baseNameLength = 0;
        if (!Take('{'))
            return FormatStatus.Malformed;
        if (Take('}'))
            return FormatStatus.Malformed;
        do
        {
            int key = Key(out int length);
            if (key < 0)
                return FormatStatus.Malformed;
            switch (Code(key, length))
            {
                case BaseName:
                    baseName = Text(out baseNameLength);
                    if (baseName < 0)
                        return FormatStatus.Malformed;
                    break;
                case BaseTime:
                    if (!ReadNumber(out double time) || !i.TakeBase(SenmlLabel.BaseTime, time))
                        return FormatStatus.Malformed;
                    break;
                case Entries:
                    if (entries >= 0 || Peek() != '[')
                        return FormatStatus.Malformed;
                    entries = i.Position + 1;
                    FormatStatus array = Skip(i.MaxDepth);
                    if (array != FormatStatus.Ok)
                        return array;
                    break;
                default:
                    FormatStatus other = Skip(i.MaxDepth);
                    if (other != FormatStatus.Ok)
                        return other;
                    break;
            }
        }
        while (Take(','));
        if (!Take('}') || Peek() >= 0 || entries < 0)
            return FormatStatus.Malformed;
        if (baseName >= 0)
            i.TakeBaseName(baseName, baseNameLength);
        i.Position = entries;
        return FormatStatus.Ok;
    }

    internal override FormatStatus Step()
    {
        Input i = In;
        bool first = i.Remaining < 0;
        i.Remaining = 0;
        if (Peek() == ']')
        {
            i.ClearRecord();
            return FormatStatus.End;
        }
        if ((!first && !Take(',')) || !Take('{'))
            return FormatStatus.Malformed;
        return ReadEntry();
    }

    private FormatStatus ReadEntry()
    {
        Input i = In;
        int name = -1;
        int nameLength = 0;
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
                    case Time:
                        if (hasTime || !ReadNumber(out time))
                            return FormatStatus.Malformed;
                        hasTime = true;
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
                    case LinkValue:
                        status = ReadValue(JsonItem.Link);
                        break;
                    default:
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
        if (!i.TakeTime(hasTime, time))
            return FormatStatus.Malformed;
        return i.TakeName(-1, 0, name, nameLength);
    }
}
