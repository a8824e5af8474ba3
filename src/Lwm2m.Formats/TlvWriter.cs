using System;

namespace Lwm2m.Formats;

/// <summary>
/// TLV (Core TS 1.2 7.4.5). A read of an object wraps each instance; a read of an instance does not. Containers are written without a
/// length field, which is moved in when they close.
/// </summary>
internal sealed class TlvWriter : PayloadWriter
{
    public TlvWriter(Output output)
        : base(output)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.Tlv;

    public override void Instance(int objectId, int instanceId)
    {
        CloseContainers();
        base.Instance(objectId, instanceId);
        // Without a wrapper a Create leaves the choice of the id to the receiver.
        if (Out.Level == 1 && instanceId >= 0)
            Out.InstanceMark = OpenContainer(TlvKind.ObjectInstance, instanceId);
    }

    public override void Resource(int id)
    {
        CloseMultiple();
        base.Resource(id);
    }

    public override void Multiple(int id)
    {
        CloseMultiple();
        base.Multiple(id);
        if (Out.Level < 4)
            Out.MultipleMark = OpenContainer(TlvKind.Multiple, id);
    }

    public override void Integer(long value) =>
        Number(value, value == (sbyte)value ? 1 : value == (short)value ? 2 : value == (int)value ? 4 : 8);

    public override void Unsigned(ulong value) =>
        Number((long)value, value <= byte.MaxValue ? 1 : value <= ushort.MaxValue ? 2 : value <= uint.MaxValue ? 4 : 8);

    public override void Float(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        if ((bits & FloatBits.BeyondSingle) == 0 && FloatBits.ToSingle(bits, out int single))
            Number(single, 4);
        else
            Number(bits, 8);
    }

    public override void Boolean(bool value) => Number(value ? 1 : 0, 1);

    public override void ObjectLink(int objectId, int instanceId) => Number(((long)objectId << 16) | (uint)instanceId, 4);

    public override void String(string value)
    {
        if (!Take())
            return;
        Output o = Out;
        int guess = HeaderSize(value.Length);
        int body = o.Position + guess;
        int count = Formats.Utf8.Encode(value, o.Buffer, body, o.Limit);
        int size = HeaderSize(count);
        if (count < 0 || body - guess + size > o.Limit - count)
        {
            o.Fail(FormatStatus.BufferFull);
            return;
        }
        if (size != guess)
            Array.Copy(o.Buffer, body, o.Buffer, body - guess + size, count);
        if (Header(count))
            o.Position += count;
    }

    public override void Utf8(byte[] buffer, int offset, int count) => Opaque(buffer, offset, count);

    public override void Opaque(byte[] buffer, int offset, int count)
    {
        if (Take() && Header(count))
            Out.Bytes(buffer, offset, count);
    }

    public override FormatStatus End()
    {
        CloseContainers();
        return Out.Status;
    }

    private protected override void Open()
    {
        // The outermost entries are instances of one object: TLV has no way to name it.
        if (Out.Level == 0)
            Out.Fail(FormatStatus.Unsupported);
    }

    private void Number(long value, int size)
    {
        if (!Take() || !Header(size))
            return;
        Output o = Out;
        if (!o.Room(size))
            return;
        o.PutBigEndian(o.Position, value, size);
        o.Position += size;
    }

    private int HeaderSize(int length)
    {
        int id = Out.ResourceInstanceId >= 0 ? Out.ResourceInstanceId : Out.ResourceId;
        return 2 + (id > 255 ? 1 : 0) + LengthSize(length);
    }

    private static int LengthSize(int length) => length < 8 ? 0 : length <= 0xFF ? 1 : length <= 0xFFFF ? 2 : 3;

    /// <summary>Header of a resource or resource instance.</summary>
    private bool Header(int length)
    {
        Output o = Out;
        int kind = TlvKind.Resource;
        int id = o.ResourceId;
        if (o.ResourceInstanceId >= 0)
        {
            kind = TlvKind.ResourceInstance;
            id = o.ResourceInstanceId;
        }
        if (length > TlvKind.MaxLength)
            return o.Fail(FormatStatus.TooLong);
        int size = LengthSize(length);
        if (!o.Room(2 + (id > 255 ? 1 : 0) + size))
            return false;
        byte[] buffer = o.Buffer;
        int p = o.Position;
        if (id > 255)
        {
            buffer[p++] = (byte)(kind | TlvKind.WideId | (size << TlvKind.LengthShift) | (size == 0 ? length : 0));
            buffer[p++] = (byte)(id >> 8);
        }
        else
            buffer[p++] = (byte)(kind | (size << TlvKind.LengthShift) | (size == 0 ? length : 0));
        buffer[p++] = (byte)id;
        o.PutBigEndian(p, length, size);
        o.Position = p + size;
        return true;
    }

    private int OpenContainer(int kind, int id)
    {
        Output o = Out;
        if (o.Status != FormatStatus.Ok)
            return -1;
        int mark = o.Position;
        if (id > 255)
        {
            o.Put(kind | TlvKind.WideId);
            o.Put(id >> 8);
        }
        else
            o.Put(kind);
        o.Put(id);
        return mark;
    }

    private void CloseContainers()
    {
        CloseMultiple();
        if (Out.InstanceMark >= 0)
            CloseContainer(Out.InstanceMark);
        Out.InstanceMark = -1;
    }

    private void CloseMultiple()
    {
        if (Out.MultipleMark >= 0)
            CloseContainer(Out.MultipleMark);
        Out.MultipleMark = -1;
    }

    private void CloseContainer(int mark)
    {
        Output o = Out;
        if (o.Status != FormatStatus.Ok)
            return;
        byte[] buffer = o.Buffer;
        int body = mark + ((buffer[mark] & TlvKind.WideId) != 0 ? 3 : 2);
        int length = o.Position - body;
        if (length < 8)
        {
            buffer[mark] |= (byte)length;
            return;
        }
        int size = LengthSize(length);
        if (length > TlvKind.MaxLength)
        {
            o.Fail(FormatStatus.TooLong);
            return;
        }
        if (!o.Room(size))
            return;
        Array.Copy(buffer, body, buffer, body + size, length);
        o.PutBigEndian(body, length, size);
        buffer[mark] |= (byte)(size << TlvKind.LengthShift);
        o.Position += size;
    }
}
