namespace Lwm2m.Formats;

/// <summary>
/// SenML in CBOR (RFC 8428 6). Each object instance starts with its path as base name, so that the names of its resources are short;
/// where the request names a single value, the base name is its path and there is no name.
/// </summary>
internal sealed class SenmlCborWriter : CborValueWriter
{
    public SenmlCborWriter(Output output)
        : base(output)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.SenmlCbor;

    public override void Instance(int objectId, int instanceId)
    {
        base.Instance(objectId, instanceId);
        if (instanceId < 0)
            Out.Fail(FormatStatus.Unsupported);
        if (Out.Level < 2)
            Out.BaseDue = true;
    }

    public override void AtTime(long unixMs) => Out.TimeMs = unixMs;

    public override void Path(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        Output o = Out;
        if (o.Status != FormatStatus.Ok)
            return;
        if (!o.BaseDue)
        {
            o.Fail(FormatStatus.WrongPath);
            return;
        }
        o.Count++;
        int level = PathIds.Level(objectId, instanceId, resourceId, resourceInstanceId);
        int length = level == 0 ? 1 : Output.PathLength(level, objectId, instanceId, resourceId, resourceInstanceId);
        if (!o.Room(2 + HeadSize(length) + length))
            return;
        o.Put(CborItem.MajorMap | 1);
        o.Put(SenmlLabel.Name);
        int size = HeadSize(length);
        PutHead(o.Position, CborItem.MajorText, length, size);
        o.Position += size;
        if (objectId < 0)
            o.Put('/');
        o.PathText(objectId, instanceId, resourceId, resourceInstanceId);
    }

    public override FormatStatus End()
    {
        CloseContainer(Out.Start, CborItem.MajorArray, Out.Count);
        return Out.Status;
    }

    private protected override void Open() => Out.Put(CborItem.MajorArray);

    private protected override int Prepare(int label, int size)
    {
        if (!Take())
            return -1;
        Output o = Out;
        if (o.InstanceId < 0)
        {
            o.Fail(FormatStatus.WrongPath);
            return -1;
        }
        int resource = o.ResourceId;
        int instance = o.ResourceInstanceId;
        int level = o.Level;
        if (level < 3 && instance < 0 && !o.BaseDue && !o.HasTime && label != SenmlLabel.LinkValue)
            return PrepareNamed(label, size, resource);

        int nameLength = 0;
        if (level < 3)
            nameLength = Output.IdDigits(resource) + (instance < 0 ? 0 : 1 + Output.IdDigits(instance));
        else if (level == 3 && instance >= 0)
            nameLength = Output.IdDigits(instance);
        int pairs = nameLength > 0 ? 2 : 1;
        int need = size + 1 + (nameLength > 0 ? nameLength + 2 : 0) + (label == SenmlLabel.LinkValue ? 4 : 1);
        int baseLength = 0;
        if (o.BaseDue)
        {
            baseLength = 3 + Output.IdDigits(o.ObjectId) + Output.IdDigits(o.InstanceId);
            if (level >= 3)
                baseLength += Output.IdDigits(resource) + (instance < 0 ? 0 : 1 + (level == 4 ? Output.IdDigits(instance) : 0));
            pairs++;
            need += 1 + HeadSize(baseLength) + baseLength;
        }
        if (o.HasTime)
        {
            bool newBase = !o.HasBaseTime;
            if (newBase || o.TimeMs != o.BaseTimeMs)
            {
                pairs++;
                need += 10;
            }
        }
        int p = o.Position;
        if (o.Limit - p < need)
        {
            o.Fail(FormatStatus.BufferFull);
            return -1;
        }

        byte[] buffer = o.Buffer;
        buffer[p++] = (byte)(CborItem.MajorMap | pairs);
        o.Count++;
        if (baseLength > 0)
            p = PutBaseName(p, baseLength);
        if (o.HasTime && !o.HasBaseTime)
        {
            o.BaseTimeMs = o.TimeMs;
            p = PutTime(p, SenmlLabel.BaseTime, o.TimeMs);
        }
        if (nameLength > 0)
        {
            buffer[p++] = SenmlLabel.Name;
            buffer[p++] = (byte)(CborItem.MajorText | nameLength);
            if (level < 3)
            {
                p = Output.PutId(buffer, p, resource);
                if (instance >= 0)
                {
                    buffer[p++] = (byte)'/';
                    p = Output.PutId(buffer, p, instance);
                }
            }
            else
                p = Output.PutId(buffer, p, instance);
        }
        if (o.HasTime && o.TimeMs != o.BaseTimeMs)
            p = PutTime(p, SenmlLabel.Time, o.TimeMs - o.BaseTimeMs);
        buffer[p++] = (byte)label;
        if (label == SenmlLabel.LinkValue)
        {
            buffer[p++] = (byte)'v';
            buffer[p++] = (byte)'l';
            buffer[p++] = (byte)'o';
        }
        return p;
    }

    /// <summary>Nearly all records: {0: "5700", 2: value}.</summary>
    private int PrepareNamed(int label, int size, int resource)
    {
        Output o = Out;
        int p = o.Position;
        int digits = Output.IdDigits(resource);
        if (o.Limit - p < 4 + digits + size)
        {
            o.Fail(FormatStatus.BufferFull);
            return -1;
        }
        o.Count++;
        byte[] buffer = o.Buffer;
        buffer[p] = CborItem.MajorMap | 2;
        buffer[p + 1] = SenmlLabel.Name;
        buffer[p + 2] = (byte)(CborItem.MajorText | digits);
        p += 3;
        p = Output.PutId(buffer, p, resource);
        buffer[p] = (byte)label;
        return p + 1;
    }

    private int PutBaseName(int p, int length)
    {
        Output o = Out;
        byte[] buffer = o.Buffer;
        o.BaseDue = false;
        buffer[p++] = SenmlLabel.BaseName;
        int size = HeadSize(length);
        PutHead(p, CborItem.MajorText, length, size);
        p += size;
        buffer[p++] = (byte)'/';
        p = Output.PutId(buffer, p, o.ObjectId);
        buffer[p++] = (byte)'/';
        p = Output.PutId(buffer, p, o.InstanceId);
        buffer[p++] = (byte)'/';
        if (o.Level < 3)
            return p;
        p = Output.PutId(buffer, p, o.ResourceId);
        if (o.ResourceInstanceId < 0)
            return p;
        buffer[p++] = (byte)'/';
        return o.Level == 4 ? Output.PutId(buffer, p, o.ResourceInstanceId) : p;
    }

    /// <summary>Seconds as a whole number where they are one.</summary>
    private int PutTime(int p, int label, long ms)
    {
        Output o = Out;
        o.Buffer[p++] = (byte)label;
        long seconds = ms / 1000;
        if (seconds * 1000 != ms)
        {
            o.Buffer[p++] = CborItem.Double;
            o.PutBigEndian(p, System.BitConverter.DoubleToInt64Bits(ms / 1000.0), 8);
            return p + 8;
        }
        long argument = seconds < 0 ? ~seconds : seconds;
        int size = HeadSize(argument);
        PutHead(p, seconds < 0 ? CborItem.MajorNegative : CborItem.MajorUnsigned, argument, size);
        return p + size;
    }
}
