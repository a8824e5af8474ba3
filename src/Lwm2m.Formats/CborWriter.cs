namespace Lwm2m.Formats;

/// <summary>application/cbor: the value of one resource or resource instance as one item (Core TS 1.2 7.4.3).</summary>
internal sealed class CborWriter : CborValueWriter
{
    public CborWriter(Output output)
        : base(output)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.Cbor;

    public override void Multiple(int id)
    {
        base.Multiple(id);
        if (Out.Level < 4)
            Out.Fail(FormatStatus.Unsupported);
    }

    /// <summary>With tag 1, without which Leshan takes no time in this format.</summary>
    public override void Time(long unixSeconds)
    {
        if (Out.Pending)
            Out.Put(CborItem.MajorTag | CborItem.TagEpoch);
        Integer(unixSeconds);
    }

    public override FormatStatus End() => Out.Status;

    private protected override void Open()
    {
        if (Out.Level < 3)
            Out.Fail(FormatStatus.Unsupported);
    }

    private protected override int Prepare(int label, int size) => Take() && Out.Room(size) ? Out.Position : -1;
}
