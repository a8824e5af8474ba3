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

    public override void AtTime(long unixMs)
    {
        Out.HasTime = true;
        Out.TimeMs = unixMs;
    }

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
        int length = PathLength(objectId, instanceId, resourceId, resourceInstanceId);
        if (!o.Room(3 + length))
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
            nameLength = IdDigits(resource) + (instance < 0 ? 0 : 1 + IdDigits(instance));
        else if (level == 3 && instance >= 0)
            nameLength = IdDigits(instance);
        int pairs = nameLength > 0 ? 2 : 1;
        int need = size + 1 + (nameLength > 0 ? nameLength + 2 : 0) + (label == SenmlLabel.LinkValue ? 4 : 1);
        int baseLength = 0;
        if (o.BaseDue)
        {
            baseLength = 3 + IdDigits(o.ObjectId) + IdDigits(o.InstanceId);
            if (level >= 3)
                baseLength += IdDigits(resource) + (instance < 0 ? 0 : 1 + (level == 4 ? IdDigits(instance) : 0));
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
            o.HasBaseTime = true;
            o.BaseTimeMs = o.TimeMs;
            p = PutTime(p, SenmlLabel.BaseTime, o.TimeMs);
        }
        if (nameLength > 0)
        {
            buffer[p++] = SenmlLabel.Name;
            buffer[p++] = (byte)(CborItem.MajorText | nameLength);
            if (level < 3)
            {
                p = PutDecimal(buffer, p, resource);
                if (instance >= 0)
                {
                    buffer[p++] = (byte)'/';
                    p = PutDecimal(buffer, p, instance);
                }
            }
            else
                p = PutDecimal(buffer, p, instance);
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
        int digits = IdDigits(resource);
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
        int end = p + digits;
        for (int at = end - 1; at > p; at--)
        {
            int rest = resource / 10;
            buffer[at] = (byte)('0' + resource - (rest * 10));
            resource = rest;
        }
        buffer[p] = (byte)('0' + resource);
        buffer[end] = (byte)label;
        return end + 1;
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
        p = PutDecimal(buffer, p, o.ObjectId);
        buffer[p++] = (byte)'/';
        p = PutDecimal(buffer, p, o.InstanceId);
        buffer[p++] = (byte)'/';
        if (o.Level < 3)
            return p;
        p = PutDecimal(buffer, p, o.ResourceId);
        if (o.ResourceInstanceId < 0)
            return p;
        buffer[p++] = (byte)'/';
        return o.Level == 4 ? PutDecimal(buffer, p, o.ResourceInstanceId) : p;
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

    private static int PutDecimal(byte[] buffer, int p, int id)
    {
        if (id >= 10)
        {
            int rest = id / 10;
            p = PutDecimal(buffer, p, rest);
            id -= rest * 10;
        }
        buffer[p] = (byte)('0' + id);
        return p + 1;
    }

    private static int PathLength(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        if (objectId < 0)
            return 1;
        int length = 1 + IdDigits(objectId);
        if (instanceId >= 0)
            length += 1 + IdDigits(instanceId);
        if (resourceId >= 0)
            length += 1 + IdDigits(resourceId);
        return resourceInstanceId >= 0 ? length + 1 + IdDigits(resourceInstanceId) : length;
    }
}
