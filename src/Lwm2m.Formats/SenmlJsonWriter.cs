namespace Lwm2m.Formats;

/// <summary>SenML in JSON (RFC 8428 5), with base names as in CBOR.</summary>
internal sealed class SenmlJsonWriter : JsonValueWriter
{
    public SenmlJsonWriter(Output output)
        : base(output)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.SenmlJson;

    private protected override string StringName => "vs";

    private protected override string BooleanName => "vb";

    private protected override string OpaqueName => "vd";

    private protected override string LinkName => "vlo";

    private protected override bool IsUrlBase64 => true;

    public override void Instance(int objectId, int instanceId)
    {
        base.Instance(objectId, instanceId);
        if (instanceId < 0)
            Out.Fail(FormatStatus.Unsupported);
        if (Out.Level < 2)
            Out.BaseDue = true;
    }

    public override void Path(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        Output o = Out;
        if (!o.BaseDue)
            o.Fail(FormatStatus.WrongPath);
        o.Text(o.Count++ > 0 ? ",{\"n\":\"" : "{\"n\":\"");
        if (objectId < 0)
            o.Put('/');
        o.PathText(objectId, instanceId, resourceId, resourceInstanceId);
        o.Text("\"}");
    }

    public override void Null()
    {
        if (StartRecord("v"))
            Out.Text("null}");
    }

    public override FormatStatus End()
    {
        Out.Put(']');
        return Out.Status;
    }

    private protected override void Open() => Out.Put('[');

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
        if (o.BaseDue)
            BaseName();
        if (o.HasTime && !o.HasBaseTime)
        {
            o.BaseTimeMs = o.TimeMs;
            Member("bt");
            Seconds(o.TimeMs);
        }
        Name();
        if (o.HasTime && o.TimeMs != o.BaseTimeMs)
        {
            Member("t");
            Seconds(o.TimeMs - o.BaseTimeMs);
        }
        Member(valueName);
        return o.Status == FormatStatus.Ok;
    }

    private void BaseName()
    {
        Output o = Out;
        o.BaseDue = false;
        Member("bn");
        o.Put('"');
        if (o.Level < 3)
            o.PathText(o.ObjectId, o.InstanceId, -1, -1);
        else
            o.PathText(o.ObjectId, o.InstanceId, o.ResourceId, o.Level == 4 ? o.ResourceInstanceId : -1);
        if (o.Level < 3 || (o.Level == 3 && o.ResourceInstanceId >= 0))
            o.Put('/');
        o.Put('"');
    }

    private void Name()
    {
        Output o = Out;
        if (o.Level == 4 || (o.Level == 3 && o.ResourceInstanceId < 0))
            return;
        Member("n");
        o.Put('"');
        if (o.Level < 3)
        {
            o.Decimal(o.ResourceId);
            if (o.ResourceInstanceId >= 0)
                o.Put('/');
        }
        if (o.ResourceInstanceId >= 0)
            o.Decimal(o.ResourceInstanceId);
        o.Put('"');
    }
}
