namespace Lwm2m.Formats;

/// <summary>text/plain: the value of one resource or resource instance (Core TS 1.2 7.4.1).</summary>
internal sealed class TextWriter : PayloadWriter
{
    public TextWriter(Output output)
        : base(output)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.PlainText;

    public override void Multiple(int id)
    {
        base.Multiple(id);
        if (Out.Level < 4)
            Out.Fail(FormatStatus.Unsupported);
    }

    public override void Integer(long value)
    {
        if (Take())
            Out.Decimal(value);
    }

    public override void Unsigned(ulong value)
    {
        if (Take())
            Out.DecimalUnsigned(value);
    }

    public override void Float(double value)
    {
        if (Take())
            Out.DecimalFloat(value);
    }

    public override void Boolean(bool value)
    {
        if (Take())
            Out.Put(value ? '1' : '0');
    }

    public override void String(string value)
    {
        if (Take())
            Out.Text(value);
    }

    public override void Utf8(byte[] buffer, int offset, int count)
    {
        if (Take())
            Out.Bytes(buffer, offset, count);
    }

    public override void Opaque(byte[] buffer, int offset, int count)
    {
        if (!Take())
            return;
        Output o = Out;
        int length = Base64.EncodedLength(count, false);
        if (!o.Room(length))
            return;
        Base64.Encode(buffer, offset, count, o.Buffer, o.Position, false);
        o.Position += length;
    }

    public override void ObjectLink(int objectId, int instanceId)
    {
        if (Take())
            Out.Link(objectId, instanceId);
    }

    public override FormatStatus End() => Out.Status;

    private protected override void Open()
    {
        if (Out.Level < 3)
            Out.Fail(FormatStatus.Unsupported);
    }
}
