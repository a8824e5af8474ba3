namespace Lwm2m.Formats;

/// <summary>
/// LwM2M CBOR (Core TS 1.2 7.4.7): maps whose keys are ids or arrays of ids, below each other in any grouping. Paths are absolute: the
/// exemption of 1.2.0 for Write and Create was taken back in 1.2.1, and is ambiguous. <see cref="Input.Stack"/> holds for each open
/// map the entries left (-1 = indefinite) and the number of ids before it.
/// </summary>
internal sealed class Lwm2mCborReader : CborValueReader
{
    public Lwm2mCborReader(Input input)
        : base(input)
    {
    }

    public override int ContentFormat => Formats.ContentFormat.Lwm2mCbor;

    private protected override FormatStatus Open()
    {
        Input i = In;
        i.BaseDepth = 0;
        i.Path = 0;
        int first = Head();
        if (first < 0 || (first & CborItem.MajorMask) != CborItem.MajorMap)
            return FormatStatus.Malformed;
        int entries = Entries(first);
        if (entries < -1)
            return FormatStatus.Malformed;
        Push(entries, 0);
        return FormatStatus.Ok;
    }

    internal override FormatStatus Step()
    {
        Input i = In;
        int[] stack = i.Stack;
        i.Kind = RecordKind.None;
        i.FromMultiple = false;
        while (i.BaseDepth > 0)
        {
            int top = (i.BaseDepth - 1) << 1;
            int left = stack[top];
            if (left == 0)
            {
                i.BaseDepth--;
                continue;
            }
            if (left > 0)
                stack[top] = left - 1;
            else if (i.Position < i.End && i.Buffer[i.Position] == CborItem.Break)
            {
                i.Position++;
                i.BaseDepth--;
                continue;
            }
            FormatStatus status = ReadEntry(top == 0, stack[top + 1]);
            if (status != FormatStatus.Ok || i.Kind != RecordKind.None)
                return status;
        }
        i.ClearRecord();
        return i.Position == i.End ? FormatStatus.End : FormatStatus.Malformed;
    }

    private FormatStatus ReadEntry(bool outermost, int above)
    {
        Input i = In;
        if (outermost)
            i.PrefixLength = 0;
        int depth = ReadKey(outermost, above);
        if (depth < 0)
            return FormatStatus.Malformed;
        if (i.Position >= i.End)
            return FormatStatus.Malformed;
        if ((i.Buffer[i.Position] & CborItem.MajorMask) == CborItem.MajorMap)
            return EnterMap(depth);
        if (depth < 3)
            return FormatStatus.Malformed;
        i.FromMultiple = above == 3;
        return ReadValue();
    }

    private FormatStatus EnterMap(int depth)
    {
        Input i = In;
        if (depth == 4)
            return FormatStatus.Malformed;
        int first = Head();
        int entries = first < 0 ? -2 : Entries(first);
        if (entries < -1)
            return FormatStatus.Malformed;
        if (entries < 0 && i.Position < i.End && i.Buffer[i.Position] == CborItem.Break)
        {
            i.Position++;
            entries = 0;
        }
        if (entries != 0)
            Push(entries, depth);
        else if (depth == 2)
            i.Kind = RecordKind.EmptyInstance;
        else if (depth == 3)
            i.Kind = RecordKind.EmptyMultiple;
        if (entries == 0)
        {
            i.Wire = WireKind.None;
            i.Flags = CborItem.None;
        }
        return FormatStatus.Ok;
    }

    /// <summary>Reads a key into the path; gives the number of ids, or -1.</summary>
    private int ReadKey(bool outermost, int depth)
    {
        Input i = In;
        i.Path = depth == 0 ? 0 : i.Path & (ulong.MaxValue << (64 - (depth << 4)));
        int first = Head();
        if (first < 0)
            return -1;
        if ((first & CborItem.MajorMask) != CborItem.MajorArray)
            return AddKey(first, outermost, depth);
        int entries = Entries(first);
        if (entries == 0 || entries < -1)
            return -1;
        bool isFirst = true;
        while (entries != 0)
        {
            first = Head();
            if (entries > 0)
                entries--;
            else if (first == CborItem.Break)
                return isFirst ? -1 : depth;
            if (first < 0)
                return -1;
            depth = AddKey(first, outermost && isFirst, depth);
            if (depth < 0)
                return -1;
            isFirst = false;
        }
        return depth;
    }

    private int AddKey(int first, bool mayBePrefix, int depth)
    {
        Input i = In;
        if ((first & 31) == CborItem.IndefiniteLength)
            return -1;
        int major = first & CborItem.MajorMask;
        if (major == CborItem.MajorText && mayBePrefix)
        {
            if ((ulong)i.Number > (ulong)(i.End - i.Position))
                return -1;
            i.PrefixOffset = i.Position;
            i.PrefixLength = (int)i.Number;
            i.Position += i.PrefixLength;
            return depth;
        }
        if (major != CborItem.MajorUnsigned || (ulong)i.Number > PathIds.Reserved || depth == 4)
            return -1;
        int id = (int)i.Number;
        if (id == PathIds.Reserved)
        {
            // Create: the receiver picks the instance's id (1.2.1). It is absent then, as in TLV.
            return depth == 1 ? depth + 1 : -1;
        }
        i.Path |= (ulong)(uint)(id + 1) << (48 - (depth << 4));
        return depth + 1;
    }

    private void Push(int entries, int depth)
    {
        int top = In.BaseDepth++ << 1;
        In.Stack[top] = entries;
        In.Stack[top + 1] = depth;
    }
}
