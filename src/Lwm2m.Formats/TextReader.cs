namespace Lwm2m.Formats;

/// <summary>text/plain: the value of one resource or resource instance (Core TS 1.2 7.4.1).</summary>
internal sealed class TextReader : RawReader
{
    public TextReader(Input input)
        : base(input)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.PlainText;

    public override FormatStatus GetInteger(out long value)
    {
        value = 0;
        Input i = In;
        if (i.Kind != RecordKind.Value)
            return FormatStatus.WrongType;
        return Numbers.Parse(i.Buffer, i.ValueOffset, i.ValueLength, out value);
    }

    public override FormatStatus GetUnsigned(out ulong value)
    {
        value = 0;
        Input i = In;
        if (i.Kind != RecordKind.Value)
            return FormatStatus.WrongType;
        return Numbers.ParseUnsigned(i.Buffer, i.ValueOffset, i.ValueLength, out value);
    }

    public override FormatStatus GetFloat(out double value)
    {
        value = 0;
        Input i = In;
        if (i.Kind != RecordKind.Value)
            return FormatStatus.WrongType;
        return i.Numbers.ParseFloat(i.Buffer, i.ValueOffset, i.ValueLength, out value);
    }

    public override FormatStatus GetBoolean(out bool value)
    {
        value = false;
        Input i = In;
        if (i.Kind != RecordKind.Value)
            return FormatStatus.WrongType;
        if (i.ValueLength != 1)
            return FormatStatus.Malformed;
        int c = i.Buffer[i.ValueOffset];
        value = c == '1';
        return value || c == '0' ? FormatStatus.Ok : FormatStatus.Malformed;
    }

    public override FormatStatus GetOpaque(byte[] into, int offset, int limit, out int length)
    {
        length = 0;
        Input i = In;
        if (i.Kind != RecordKind.Value)
            return FormatStatus.WrongType;
        return Base64.Decode(i.Buffer, i.ValueOffset, i.ValueLength, into, offset, limit, out length);
    }

    public override FormatStatus GetObjectLink(out int objectId, out int instanceId)
    {
        objectId = instanceId = 0;
        Input i = In;
        if (i.Kind != RecordKind.Value)
            return FormatStatus.WrongType;
        return LinkText.Parse(i.Buffer, i.ValueOffset, i.ValueLength, out objectId, out instanceId);
    }

    private protected override FormatStatus CheckOpaque()
    {
        Input i = In;
        if (i.Kind != RecordKind.Value)
            return FormatStatus.WrongType;
        return Base64.Decode(i.Buffer, i.ValueOffset, i.ValueLength, null, 0, 0, out _);
    }

    private protected override FormatStatus Open() => In.Level < 3 ? FormatStatus.Unsupported : FormatStatus.Ok;

    internal override FormatStatus Step() => In.TakeWhole(WireKind.Text);
}
