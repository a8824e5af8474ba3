namespace Lwm2m.Formats;

/// <summary>application/octet-stream: the value of one Opaque resource or resource instance (Core TS 1.2 7.4.2).</summary>
internal sealed class OpaqueReader : RawReader
{
    public OpaqueReader(Input input)
        : base(input)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.OctetStream;

    public override FormatStatus GetInteger(out long value)
    {
        value = 0;
        return FormatStatus.WrongType;
    }

    public override FormatStatus GetUnsigned(out ulong value)
    {
        value = 0;
        return FormatStatus.WrongType;
    }

    public override FormatStatus GetFloat(out double value)
    {
        value = 0;
        return FormatStatus.WrongType;
    }

    public override FormatStatus GetBoolean(out bool value)
    {
        value = false;
        return FormatStatus.WrongType;
    }

    public override FormatStatus GetObjectLink(out int objectId, out int instanceId)
    {
        objectId = instanceId = 0;
        return FormatStatus.WrongType;
    }

    public override FormatStatus GetOpaque(byte[] into, int offset, int limit, out int length)
    {
        length = 0;
        return In.Kind == RecordKind.Value ? CopyRaw(into, offset, limit, out length) : FormatStatus.WrongType;
    }

    private protected override FormatStatus CheckText() => FormatStatus.WrongType;

    private protected override FormatStatus CheckOpaque() => In.Kind == RecordKind.Value ? FormatStatus.Ok : FormatStatus.WrongType;

    private protected override FormatStatus Open() => In.Level < 3 ? FormatStatus.Unsupported : FormatStatus.Ok;

    internal override FormatStatus Step() => In.TakeWhole(WireKind.Raw);
}
