using System;

namespace Lwm2m.Formats;

/// <summary>Values in CBOR, each in its shortest exact form; what CBOR, SenML CBOR and LwM2M CBOR share.</summary>
internal abstract class CborValueWriter : PayloadWriter
{
    private protected CborValueWriter(Output output)
        : base(output)
    {
    }

    public override void Integer(long value)
    {
        if (value < 0)
            WriteNumber(SenmlLabel.Value, CborItem.MajorNegative, ~value);
        else
            WriteNumber(SenmlLabel.Value, CborItem.MajorUnsigned, value);
    }

    public override void Unsigned(ulong value) => WriteNumber(SenmlLabel.Value, CborItem.MajorUnsigned, (long)value);

    public override void Float(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        if ((bits & FloatBits.BeyondSingle) != 0)
            WriteReal(CborItem.Double, bits, 8);
        else if ((bits & FloatBits.BeyondHalf) == 0 && FloatBits.ToHalf(bits, out int narrow))
            WriteReal(CborItem.Half, narrow, 2);
        else if (FloatBits.ToSingle(bits, out narrow))
            WriteReal(CborItem.Single, narrow, 4);
        else
            WriteReal(CborItem.Double, bits, 8);
    }

    public override void Boolean(bool value) => WriteSimple(SenmlLabel.BooleanValue, value ? CborItem.True : CborItem.False);

    public override void Null() => WriteSimple(SenmlLabel.Value, CborItem.Null);

    public override void String(string value)
    {
        int guess = HeadSize(value.Length);
        int p = Prepare(SenmlLabel.StringValue, guess);
        if (p < 0)
            return;
        Output o = Out;
        int count = Formats.Utf8.Encode(value, o.Buffer, p + guess, o.Limit);
        int size = HeadSize(count);
        if (count < 0 || o.Limit - p < size + count)
        {
            o.Fail(FormatStatus.BufferFull);
            return;
        }
        if (size != guess)
            Array.Copy(o.Buffer, p + guess, o.Buffer, p + size, count);
        PutHead(p, CborItem.MajorText, count, size);
        o.Position = p + size + count;
    }

    public override void Utf8(byte[] buffer, int offset, int count) =>
        WriteBytes(SenmlLabel.StringValue, CborItem.MajorText, buffer, offset, count);

    public override void Opaque(byte[] buffer, int offset, int count) =>
        WriteBytes(SenmlLabel.DataValue, CborItem.MajorBytes, buffer, offset, count);

    public override void ObjectLink(int objectId, int instanceId)
    {
        int count = Output.IdDigits(objectId) + 1 + Output.IdDigits(instanceId);
        int p = Prepare(SenmlLabel.LinkValue, 1 + count);
        if (p < 0)
            return;
        Output o = Out;
        o.Buffer[p] = (byte)(CborItem.MajorText | count);
        o.Position = p + 1;
        o.Link(objectId, instanceId);
    }

    /// <summary>Writes what stands before a value of so many bytes, head included, and gives where it goes, or -1.</summary>
    /// <param name="label">Its label in SenML.</param>
    /// <param name="size">Bytes of the value that must fit.</param>
    private protected abstract int Prepare(int label, int size);

    private protected static int HeadSize(long argument)
    {
        if ((ulong)argument < 24)
            return 1;
        if ((ulong)argument <= 0xFF)
            return 2;
        if ((ulong)argument <= 0xFFFF)
            return 3;
        return (ulong)argument <= uint.MaxValue ? 5 : 9;
    }

    private protected void PutHead(int position, int major, long argument, int size)
    {
        Output o = Out;
        if (size == 1)
        {
            o.Buffer[position] = (byte)(major | (int)argument);
            return;
        }
        if (size == 2)
        {
            o.Buffer[position] = (byte)(major | 24);
            o.Buffer[position + 1] = (byte)argument;
            return;
        }
        o.Buffer[position] = (byte)(major | (size == 3 ? 25 : size == 5 ? 26 : 27));
        o.PutBigEndian(position + 1, argument, size - 1);
    }

    /// <summary>Writes an id as an unsigned number.</summary>
    private protected void PutId(int id)
    {
        Output o = Out;
        int size = HeadSize(id);
        if (!o.Room(size))
            return;
        PutHead(o.Position, CborItem.MajorUnsigned, id, size);
        o.Position += size;
    }

    /// <summary>Sets the number of entries of a container whose head got one byte; a longer head moves the content up.</summary>
    private protected void CloseContainer(int mark, int major, int count)
    {
        Output o = Out;
        if (o.Status != FormatStatus.Ok)
            return;
        int more = HeadSize(count) - 1;
        if (more > 0)
        {
            if (!o.Room(more))
                return;
            Array.Copy(o.Buffer, mark + 1, o.Buffer, mark + 1 + more, o.Position - mark - 1);
            o.Position += more;
        }
        PutHead(mark, major, count, more + 1);
    }

    private void WriteNumber(int label, int major, long argument)
    {
        int size = HeadSize(argument);
        int p = Prepare(label, size);
        if (p < 0)
            return;
        PutHead(p, major, argument, size);
        Out.Position = p + size;
    }

    private void WriteReal(int first, long bits, int size)
    {
        int p = Prepare(SenmlLabel.Value, size + 1);
        if (p < 0)
            return;
        Output o = Out;
        byte[] buffer = o.Buffer;
        buffer[p++] = (byte)first;
        if (size == 2)
        {
            buffer[p] = (byte)(bits >> 8);
            buffer[p + 1] = (byte)bits;
        }
        else
            o.PutBigEndian(p, bits, size);
        o.Position = p + size;
    }

    private void WriteSimple(int label, int item)
    {
        int p = Prepare(label, 1);
        if (p < 0)
            return;
        Out.Buffer[p] = (byte)item;
        Out.Position = p + 1;
    }

    private void WriteBytes(int label, int major, byte[] buffer, int offset, int count)
    {
        int size = HeadSize(count);
        int p = Prepare(label, size);
        if (p < 0)
            return;
        PutHead(p, major, count, size);
        Out.Position = p + size;
        Out.Bytes(buffer, offset, count);
    }
}
