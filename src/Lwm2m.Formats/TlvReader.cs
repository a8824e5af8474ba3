using System;

namespace Lwm2m.Formats;

/// <summary>
/// TLV (Core TS 1.2 7.4.5). Accepts the instance wrapper where the path names the instance, and bare resource instances or a plain
/// resource where the path names a resource instance, as peers send all of these. <see cref="Input.Stack"/> holds the ends of the
/// open containers.
/// </summary>
internal sealed class TlvReader : RawReader
{
    private const int InstanceEnd = 0;
    private const int MultipleEnd = 1;

    /// <summary>Whether the outermost entries are instances or resources; they cannot be mixed.</summary>
    private const int Outermost = 2;
    private const int Wrapped = 1;
    private const int Bare = 2;

    public TlvReader(Input input)
        : base(input)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.Tlv;

    public override FormatStatus GetInteger(out long value)
    {
        value = 0;
        if (!IsNumber(out int length))
            return Wrong();
        int shift = 64 - (8 * length);
        value = Unsigned(length) << shift >> shift;
        return FormatStatus.Ok;
    }

    public override FormatStatus GetUnsigned(out ulong value)
    {
        value = 0;
        if (!IsNumber(out int length))
            return Wrong();
        value = (ulong)Unsigned(length);
        return FormatStatus.Ok;
    }

    public override FormatStatus GetFloat(out double value)
    {
        value = 0;
        if (!IsNumber(out int length) || length < 4)
            return Wrong();
        long bits = Unsigned(length);
        value = BitConverter.Int64BitsToDouble(length == 4 ? FloatBits.FromSingle((int)bits) : bits);
        return FormatStatus.Ok;
    }

    public override FormatStatus GetBoolean(out bool value)
    {
        value = false;
        if (!IsNumber(out int length) || length != 1)
            return Wrong();
        int b = In.Buffer[In.ValueOffset];
        value = b == 1;
        return b <= 1 ? FormatStatus.Ok : FormatStatus.Malformed;
    }

    public override FormatStatus GetObjectLink(out int objectId, out int instanceId)
    {
        objectId = instanceId = 0;
        if (!IsNumber(out int length) || length != 4)
            return Wrong();
        long link = Unsigned(4);
        objectId = (int)(link >> 16);
        instanceId = (int)(link & 0xFFFF);
        return FormatStatus.Ok;
    }

    public override FormatStatus GetOpaque(byte[] into, int offset, int limit, out int length)
    {
        length = 0;
        return In.Kind == RecordKind.Value ? CopyRaw(into, offset, limit, out length) : FormatStatus.WrongType;
    }

    private protected override FormatStatus CheckOpaque() => In.Kind == RecordKind.Value ? FormatStatus.Ok : FormatStatus.WrongType;

    private protected override FormatStatus Open()
    {
        int[] stack = In.Stack;
        stack[InstanceEnd] = -1;
        stack[MultipleEnd] = -1;
        stack[Outermost] = 0;
        return In.Level == 0 ? FormatStatus.Unsupported : FormatStatus.Ok;
    }

    internal override FormatStatus Step()
    {
        Input i = In;
        int p = i.Position;
        int end = CloseContainers(p);
        i.Kind = RecordKind.None;
        if (p == end)
        {
            i.ClearRecord();
            return FormatStatus.End;
        }

        byte[] buffer = i.Buffer;
        int type = buffer[p++];
        int idSize = (type & TlvKind.WideId) != 0 ? 2 : 1;
        int lengthSize = (type >> TlvKind.LengthShift) & 3;
        if (end - p < idSize + lengthSize)
            return FormatStatus.Malformed;
        int id = buffer[p++];
        if (idSize == 2)
            id = (id << 8) | buffer[p++];
        int length = lengthSize == 0 ? type & 7 : 0;
        for (; lengthSize > 0; lengthSize--)
            length = (length << 8) | buffer[p++];
        if (length > end - p || id == PathIds.Reserved)
            return FormatStatus.Malformed;

        i.ValueOffset = p;
        i.ValueLength = length;
        switch (type & TlvKind.Mask)
        {
            case TlvKind.ObjectInstance:
                return EnterInstance(id);
            case TlvKind.Multiple:
                return EnterMultiple(id);
            case TlvKind.Resource:
                return TakeResource(id);
            default:
                return TakeResourceInstance(id);
        }
    }

    private int CloseContainers(int position)
    {
        int[] stack = In.Stack;
        if (stack[MultipleEnd] == position)
            stack[MultipleEnd] = -1;
        if (stack[InstanceEnd] == position && stack[MultipleEnd] < 0)
            stack[InstanceEnd] = -1;
        if (stack[MultipleEnd] >= 0)
            return stack[MultipleEnd];
        return stack[InstanceEnd] >= 0 ? stack[InstanceEnd] : In.End;
    }

    private FormatStatus EnterInstance(int id)
    {
        Input i = In;
        int[] stack = i.Stack;
        if (stack[InstanceEnd] >= 0 || stack[MultipleEnd] >= 0 || stack[Outermost] == Bare || i.Level > 2)
            return FormatStatus.Malformed;
        stack[Outermost] = Wrapped;
        i.Path = (i.Path & 0xFFFF000000000000UL) | ((ulong)(id + 1) << 32);
        i.Position = i.ValueOffset;
        if (i.ValueLength == 0)
            i.Kind = RecordKind.EmptyInstance;
        else
            stack[InstanceEnd] = i.ValueOffset + i.ValueLength;
        return FormatStatus.Ok;
    }

    private FormatStatus EnterMultiple(int id)
    {
        Input i = In;
        if (!IsResourcePlace())
            return FormatStatus.Malformed;
        i.Path = (i.Path & 0xFFFFFFFF00000000UL) | ((ulong)(id + 1) << 16);
        i.Position = i.ValueOffset;
        if (i.ValueLength == 0)
            i.Kind = RecordKind.EmptyMultiple;
        else
            i.Stack[MultipleEnd] = i.ValueOffset + i.ValueLength;
        return FormatStatus.Ok;
    }

    private FormatStatus TakeResource(int id)
    {
        Input i = In;
        if (!IsResourcePlace())
            return FormatStatus.Malformed;
        i.Path = (i.Path & 0xFFFFFFFF00000000UL) | ((ulong)(id + 1) << 16);
        // Some peers send the value of a resource instance as a resource of the one id or the other.
        if (i.Level == 4 && (i.InRequestResource || id + 1 == (int)(i.RequestPath & 0xFFFF)))
            i.Path = i.RequestPath;
        return TakeValue(false);
    }

    private FormatStatus TakeResourceInstance(int id)
    {
        Input i = In;
        bool inside = i.Stack[MultipleEnd] >= 0;
        if (!inside)
        {
            if (i.Level < 3 || i.Stack[InstanceEnd] >= 0)
                return FormatStatus.Malformed;
            i.Path = i.RequestPath;
        }
        i.Path = (i.Path & 0xFFFFFFFFFFFF0000UL) | (uint)(id + 1);
        return TakeValue(inside);
    }

    private FormatStatus TakeValue(bool fromMultiple)
    {
        Input i = In;
        i.Kind = RecordKind.Value;
        i.Wire = WireKind.Raw;
        i.FromMultiple = fromMultiple;
        i.Position = i.ValueOffset + i.ValueLength;
        return FormatStatus.Ok;
    }

    /// <summary>Resources lie in an instance, or outermost where no instance does.</summary>
    private bool IsResourcePlace()
    {
        int[] stack = In.Stack;
        if (stack[MultipleEnd] >= 0)
            return false;
        if (stack[InstanceEnd] >= 0)
            return true;
        if (stack[Outermost] == Wrapped)
            return false;
        stack[Outermost] = Bare;
        return true;
    }

    private bool IsNumber(out int length)
    {
        length = In.ValueLength;
        return In.Kind == RecordKind.Value && (length == 1 || length == 2 || length == 4 || length == 8);
    }

    private FormatStatus Wrong() => In.Kind == RecordKind.Value ? FormatStatus.Malformed : FormatStatus.WrongType;

    private long Unsigned(int length)
    {
        byte[] buffer = In.Buffer;
        int p = In.ValueOffset;
        long value = buffer[p];
        for (int end = p + length; ++p < end;)
            value = (value << 8) | buffer[p];
        return value;
    }
}
