namespace Lwm2m.Formats;

/// <summary>
/// JSON of LwM2M 1.0 (Core TS 1.0 6.4.4). The base name is the path of the request, of a single resource that of its instance; the
/// base time, which may stand anywhere, comes last.
/// </summary>
internal sealed class OmaJsonWriter : JsonValueWriter
{
    public OmaJsonWriter(Output output)
        : base(output)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.OmaJson;

    private protected override string StringName => "sv";

    private protected override string BooleanName => "bv";

    private protected override string OpaqueName => "sv";

    private protected override string LinkName => "ov";

    private protected override bool IsUrlBase64 => false;

    public override void Instance(int objectId, int instanceId)
    {
        base.Instance(objectId, instanceId);
        if (instanceId < 0)
            Out.Fail(FormatStatus.Unsupported);
    }

    public override FormatStatus End()
    {
        Output o = Out;
        o.Put(']');
        if (o.HasBaseTime)
        {
            Member("bt");
            Seconds(o.BaseTimeMs);
        }
        o.Put('}');
        return o.Status;
    }

    private protected override void Open()
    {
        Output o = Out;
        o.Text("{\"bn\":\"");
        if (o.Level > 0)
            o.PathText(o.ObjectId, o.InstanceId, o.Level == 4 ? o.ResourceId : -1, -1);
        o.Text("/\",\"e\":[");
    }

    private protected override bool StartRecord(string valueName)
    {
        if (!Take())
            return false;
        Output o = Out;
        if (o.InstanceId < 0)
            return o.Fail(FormatStatus.WrongPath);
        if (o.Count++ > 0)
            o.Put(',');
        o.Put('{');
        Member("n");
        o.Put('"');
        if (o.Level == 0)
        {
            o.Decimal(o.ObjectId);
            o.Put('/');
        }
        if (o.Level < 2)
        {
            o.Decimal(o.InstanceId);
            o.Put('/');
        }
        if (o.Level < 4)
            o.Decimal(o.ResourceId);
        if (o.ResourceInstanceId >= 0)
        {
            if (o.Level < 4)
                o.Put('/');
            o.Decimal(o.ResourceInstanceId);
        }
        o.Put('"');
        if (!o.HasBaseTime)
            o.BaseTimeMs = o.TimeMs;
        if (o.HasTime && o.TimeMs != o.BaseTimeMs)
        {
            Member("t");
            Seconds(o.TimeMs - o.BaseTimeMs);
        }
        Member(valueName);
        return o.Status == FormatStatus.Ok;
    }
}
