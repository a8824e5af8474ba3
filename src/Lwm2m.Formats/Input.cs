using System;

namespace Lwm2m.Formats;

/// <summary>
/// What is read, how far, and the record reached. All readers of a <see cref="PayloadFormats"/> share one: a field costs 12 bytes on
/// the board.
/// </summary>
internal sealed class Input
{
    public readonly Numbers Numbers;
    public readonly int MaxDepth;
    public readonly int MaxRecords;
    public readonly int MaxStringBytes;

    /// <summary>Open containers; what an entry means is the reader's affair.</summary>
    public readonly int[] Stack = new int[12];

    public byte[] Buffer = new byte[0];
    public int Start;
    public int Position;
    public int End;
    public FormatStatus Status = FormatStatus.End;

    /// <summary>Number of ids in the path of the request.</summary>
    public int Level;

    public ulong RequestPath;

    /// <summary>Path of the record, packed (<see cref="PathIds"/>).</summary>
    public ulong Path;

    public RecordKind Kind;
    public WireKind Wire;

    /// <summary>True for a resource instance that came inside a container of its resource.</summary>
    public bool FromMultiple;

    public int ValueOffset;
    public int ValueLength;

    /// <summary>The number of an integer, or 0 and 1 of a boolean.</summary>
    public long Number;

    /// <summary>The value of a float on the wire.</summary>
    public double Real;

    /// <summary>What else the format keeps of the value, such as tags of CBOR.</summary>
    public int Flags;

    public bool HasTime;
    public long TimeMs;
    public int PrefixOffset;
    public int PrefixLength;

    /// <summary>State that goes from record to record: base fields of SenML, container of TLV.</summary>
    public ulong BasePath;

    public int BaseDepth;
    public int BaseCurrent;
    public bool HasBaseTime;
    public long BaseTimeMs;
    public double BaseValue;

    /// <summary>Records that a definite container still has, or -1.</summary>
    public int Remaining;

    private readonly byte[] _filter;
    private bool _filterInUse;
    private int _records;
    private ulong _highestPath;
    private int _replays;

    public Input(Numbers numbers, FormatLimits limits)
    {
        Numbers = numbers;
        MaxDepth = limits.MaxDepth;
        MaxRecords = limits.MaxRecords;
        MaxStringBytes = limits.MaxStringBytes;
        int size = 16;
        while (size < limits.MaxRecords)
            size *= 2;
        _filter = new byte[size];
    }

    public void Begin(byte[] buffer, int offset, int count, int level, ulong path)
    {
        Buffer = buffer;
        Start = offset;
        End = offset + count;
        Level = level;
        RequestPath = path;
        _filterInUse = false;
        _records = 0;
        _highestPath = 0;
        _replays = 0;
        Rewind();
    }

    /// <summary>Back to the first record; what is known of duplicates stays.</summary>
    public void Rewind()
    {
        Position = Start;
        Status = FormatStatus.Ok;
        Path = RequestPath;
        PrefixOffset = 0;
        PrefixLength = 0;
        BasePath = 0;
        BaseDepth = 0;
        BaseCurrent = SenmlName.Nothing;
        HasBaseTime = false;
        BaseTimeMs = 0;
        BaseValue = 0;
        Remaining = -1;
        ClearRecord();
    }

    public void ClearRecord()
    {
        Kind = RecordKind.None;
        Wire = WireKind.None;
        FromMultiple = false;
        HasTime = false;
        TimeMs = 0;
        Flags = 0;
        Number = 0;
        Real = 0;
    }

    /// <summary>True when the record names the resource of the request.</summary>
    public bool InRequestResource => (Path & 0xFFFFFFFFFFFF0000UL) == (RequestPath & 0xFFFFFFFFFFFF0000UL);

    /// <summary>True when the record's path is the request's or below it.</summary>
    public bool InRequest => Level == 0 || ((Path ^ RequestPath) >> (64 - (16 * Level))) == 0;

    /// <summary>Base fields of SenML hold from their record on (RFC 8428 4.1).</summary>
    public bool TakeBase(int label, double number)
    {
        switch (label)
        {
            case SenmlLabel.BaseTime:
                HasBaseTime = true;
                return ToMs(number, out BaseTimeMs);
            case SenmlLabel.BaseVersion:
                return number <= SenmlLabel.Version;
            default:
                BaseValue = number;
                return true;
        }
    }

    /// <summary>The time of a record: base time and its own (RFC 8428 4.5.3).</summary>
    public bool TakeTime(bool given, double seconds)
    {
        HasTime = given || HasBaseTime;
        TimeMs = BaseTimeMs;
        if (!given)
            return true;
        bool ok = ToMs(seconds, out long ms);
        TimeMs += ms;
        return ok;
    }

    /// <summary>A base name replaces the one before it.</summary>
    public void TakeBaseName(int offset, int length)
    {
        ulong path = 0;
        int depth = 0;
        int current = SenmlName.Nothing;
        if (!SenmlName.Continue(Buffer, offset, offset + length, ref path, ref depth, ref current))
            current = SenmlName.Broken;
        BasePath = path;
        BaseDepth = depth;
        BaseCurrent = current;
    }

    /// <summary>The path of a record: base name and name as one text.</summary>
    public FormatStatus TakeName(int baseName, int baseNameLength, int name, int nameLength)
    {
        if (baseName >= 0)
            TakeBaseName(baseName, baseNameLength);
        ulong path = BasePath;
        int depth = BaseDepth;
        int current = BaseCurrent;
        if (current == SenmlName.Nothing && nameLength == 0)
            return FormatStatus.Malformed;
        if (!SenmlName.Continue(Buffer, name, name + nameLength, ref path, ref depth, ref current)
            || !SenmlName.Complete(ref path, ref depth, ref current))
        {
            Path = 0;
            return FormatStatus.NotAPath;
        }
        Path = path;
        return FormatStatus.Ok;
    }

    /// <summary>The payload as a whole is the value of the request's path.</summary>
    public FormatStatus TakeWhole(WireKind wire)
    {
        if (Kind != RecordKind.None)
        {
            ClearRecord();
            return FormatStatus.End;
        }
        Kind = RecordKind.Value;
        Wire = wire;
        ValueOffset = Start;
        ValueLength = End - Start;
        Position = End;
        return FormatStatus.Ok;
    }

    /// <summary>
    /// Counts the record and looks whether its path came before. Ascending paths, which nearly every peer sends, need one comparison.
    /// From the first record that is out of order, a filter of bits tells what certainly is new; what it cannot tell is compared with
    /// all earlier records by reading these again: of paths in no order at all this is one in sixteen at the limit. A payload made to
    /// hit the same bit always is given up when twice as many were compared.
    /// </summary>
    public FormatStatus Admit(PayloadReader reader, FormatStatus status)
    {
        if (++_records > MaxRecords)
            return FormatStatus.TooMany;
        if (status == FormatStatus.NotAPath)
            return status;
        // Records with a time are a history, where a name comes again and again (RFC 8428 4.5.3).
        if (HasTime || PrefixLength > 0)
            return FormatStatus.Ok;
        ulong path = Path;
        if (path > _highestPath || _records == 1)
        {
            _highestPath = path;
            if (_filterInUse)
                Mark(path);
            return FormatStatus.Ok;
        }
        if (_filterInUse)
        {
            if (Mark(path))
                return FormatStatus.Ok;
            if (++_replays > 32 + (_records >> 3))
                return FormatStatus.TooMany;
        }
        return Replay(reader, path);
    }

    /// <summary>Reads the records before this one again, then this one, so that the reader stands where it stood.</summary>
    private FormatStatus Replay(PayloadReader reader, ulong path)
    {
        int earlier = _records - 1;
        bool fill = !_filterInUse;
        if (fill)
            Array.Clear(_filter, 0, _filter.Length);
        bool found = false;
        reader.Restart();
        for (int i = 0; i < earlier; i++)
        {
            if (reader.Step() == FormatStatus.NotAPath || HasTime || PrefixLength > 0)
                continue;
            if (Path == path)
                found = true;
            if (fill)
                Mark(Path);
        }
        reader.Step();
        Mark(path);
        _filterInUse = true;
        return found ? FormatStatus.Malformed : FormatStatus.Ok;
    }

    private static bool ToMs(double seconds, out long ms)
    {
        ms = 0;
        if (!(seconds > -1e13 && seconds < 1e13))
            return false;
        seconds *= 1000;
        ms = (long)(seconds < 0 ? seconds - 0.5 : seconds + 0.5);
        return true;
    }

    /// <summary>Sets the bit of a path; true when it was not set.</summary>
    private bool Mark(ulong path)
    {
        // Multiplicative hashing: the upper bits of the product depend on all bits of the path.
        int bit = (int)((path * 0x9E3779B97F4A7C15UL) >> 40) & ((_filter.Length << 3) - 1);
        int mask = 1 << (bit & 7);
        int index = bit >> 3;
        if ((_filter[index] & mask) != 0)
            return false;
        _filter[index] |= (byte)mask;
        return true;
    }
}
