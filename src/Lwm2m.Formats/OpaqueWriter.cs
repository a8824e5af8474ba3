namespace Lwm2m.Formats;

/// <summary>application/octet-stream: the value of one Opaque resource or resource instance (Core TS 1.2 7.4.2).</summary>
internal sealed class OpaqueWriter : PayloadWriter
{
    public OpaqueWriter(Output output)
        : base(output)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.OctetStream;

    public override void Multiple(int id)
    {
        base.Multiple(id);
        if (Out.Level < 4)
            Out.Fail(FormatStatus.Unsupported);
    }

    public override void Integer(long value) => Out.Fail(FormatStatus.WrongType);

    public override void Unsigned(ulong value) => Out.Fail(FormatStatus.WrongType);

    public override void Float(double value) => Out.Fail(FormatStatus.WrongType);

    public override void Boolean(bool value) => Out.Fail(FormatStatus.WrongType);

    public override void String(string value) => Out.Fail(FormatStatus.WrongType);

    public override void Utf8(byte[] buffer, int offset, int count) => Out.Fail(FormatStatus.WrongType);

    public override void ObjectLink(int objectId, int instanceId) => Out.Fail(FormatStatus.WrongType);

    public override void Opaque(byte[] buffer, int offset, int count)
    {
        if (Take())
            Out.Bytes(buffer, offset, count);
    }

    public override FormatStatus End() => Out.Status;

    private protected override void Open()
    {
        if (Out.Level < 3)
            Out.Fail(FormatStatus.Unsupported);
    }
}
