namespace Lwm2m.Formats;

/// <summary>application/cbor: exactly one item, the value of one resource or resource instance (Core TS 1.2 7.4.3).</summary>
internal sealed class CborReader : CborValueReader
{
    public CborReader(Input input)
        : base(input)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.Cbor;

    private protected override FormatStatus Open() => In.Level < 3 ? FormatStatus.Unsupported : FormatStatus.Ok;

    internal override FormatStatus Step()
    {
        Input i = In;
        if (i.Kind != RecordKind.None)
        {
            i.ClearRecord();
            return FormatStatus.End;
        }
        FormatStatus status = ReadValue();
        return status == FormatStatus.Ok && i.Position != i.End ? FormatStatus.Malformed : status;
    }
}
