using System;

namespace Lwm2m.Formats;

/// <summary>
/// Where a payload is written and which path it has reached. All writers of a <see cref="PayloadFormats"/> share one: a field costs
/// 12 bytes on the board.
/// </summary>
internal sealed class Output
{
    /// <summary>A time that is none.</summary>
    public const long NoTime = long.MinValue;

    public readonly Numbers Numbers;

    public byte[] Buffer = new byte[0];
    public int Position;
    public int Limit;
    public int Start;
    public FormatStatus Status;

    /// <summary>Number of ids in the path of the request; these ids never change while writing.</summary>
    public int Level;

    public int ObjectId;
    public int InstanceId;
    public int ResourceId;
    public int ResourceInstanceId;

    /// <summary>True inside a multiple-instance resource.</summary>
    public bool InMultiple;

    /// <summary>True when a value is due.</summary>
    public bool Pending;

    /// <summary>Where the header of the open object instance starts, or -1.</summary>
    public int InstanceMark;

    /// <summary>Where the header of the open multiple-instance resource starts, or -1.</summary>
    public int MultipleMark;

    /// <summary>Entries of the outermost container so far.</summary>
    public int Count;

    public int InstanceCount;
    public int MultipleCount;

    /// <summary>True when the base name of SenML must be written anew.</summary>
    public bool BaseDue;

    /// <summary>Time of the records, or <see cref="NoTime"/>.</summary>
    public long TimeMs;

    /// <summary>Base time that was written, or <see cref="NoTime"/>.</summary>
    public long BaseTimeMs;

    public bool HasTime => TimeMs != NoTime;

    public bool HasBaseTime => BaseTimeMs != NoTime;

    public Output(Numbers numbers) => Numbers = numbers;

    public void Begin(byte[] buffer, int offset, int limit, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        Buffer = buffer;
        Position = offset;
        Start = offset;
        Limit = limit;
        Status = FormatStatus.Ok;
        Level = PathIds.Level(objectId, instanceId, resourceId, resourceInstanceId);
        ObjectId = objectId;
        InstanceId = instanceId;
        ResourceId = resourceId;
        ResourceInstanceId = resourceInstanceId;
        InMultiple = Level == 4;
        Pending = Level > 2;
        InstanceMark = -1;
        MultipleMark = -1;
        Count = 0;
        InstanceCount = 0;
        MultipleCount = 0;
        BaseDue = true;
        TimeMs = NoTime;
        BaseTimeMs = NoTime;
    }

    /// <summary>After the start of an instance: no value is due unless the request's path names a resource.</summary>
    public void EndResource()
    {
        if (Level > 2)
            return;
        ResourceId = -1;
        ResourceInstanceId = -1;
        InMultiple = false;
        Pending = false;
    }

    /// <summary>Keeps the first error. Always false, so that a check can return it.</summary>
    public bool Fail(FormatStatus status)
    {
        if (Status == FormatStatus.Ok)
            Status = status;
        return false;
    }

    public bool Room(int count) => Limit - Position >= count || Fail(FormatStatus.BufferFull);

    public void Put(int value)
    {
        if (Position < Limit)
            Buffer[Position++] = (byte)value;
        else
            Fail(FormatStatus.BufferFull);
    }

    /// <summary>Big-endian, the lowest <paramref name="size"/> bytes; the room was checked.</summary>
    public void PutBigEndian(int position, long value, int size)
    {
        byte[] buffer = Buffer;
        while (--size >= 0)
        {
            buffer[position + size] = (byte)value;
            value >>= 8;
        }
    }

    public void Bytes(byte[] source, int offset, int count)
    {
        if (!Room(count))
            return;
        Array.Copy(source, offset, Buffer, Position, count);
        Position += count;
    }

    /// <summary>Text without escapes or length.</summary>
    public void Text(string text)
    {
        int count = Formats.Utf8.Encode(text, Buffer, Position, Limit);
        if (count < 0)
            Fail(FormatStatus.BufferFull);
        else
            Position += count;
    }

    public void Decimal(long value) => Advance(Numbers.Format(value, Buffer, Position, Limit));

    public void DecimalUnsigned(ulong value) => Advance(Numbers.FormatUnsigned(value, Buffer, Position, Limit));

    /// <summary>Shortest text of a number; infinity and NaN have none.</summary>
    public void DecimalFloat(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
            Fail(FormatStatus.OutOfRange);
        else
            Advance(Numbers.FormatFloat(value, Buffer, Position, Limit));
    }

    public void Link(int objectId, int instanceId)
    {
        Decimal(objectId);
        Put(':');
        Decimal(instanceId);
    }

    /// <summary>"/3/0/6/1", as far as there are ids.</summary>
    public void PathText(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        int level = PathIds.Level(objectId, instanceId, resourceId, resourceInstanceId);
        // Room for the longest path saves asking for each character.
        if (Limit - Position < 24 && !Room(PathLength(level, objectId, instanceId, resourceId, resourceInstanceId)))
            return;
        if (level == 0)
            return;
        int p = PutSegment(Buffer, Position, objectId);
        if (level > 1)
            p = PutSegment(Buffer, p, instanceId);
        if (level > 2)
            p = PutSegment(Buffer, p, resourceId);
        if (level > 3)
            p = PutSegment(Buffer, p, resourceInstanceId);
        Position = p;
    }

    /// <summary>Characters that <see cref="PathText"/> writes.</summary>
    public static int PathLength(int level, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        int length = level;
        if (level > 0)
            length += IdDigits(objectId);
        if (level > 1)
            length += IdDigits(instanceId);
        if (level > 2)
            length += IdDigits(resourceId);
        return level > 3 ? length + IdDigits(resourceInstanceId) : length;
    }

    public static int IdDigits(int id)
    {
        if (id < 10)
            return 1;
        if (id < 100)
            return 2;
        if (id < 1000)
            return 3;
        return id < 10000 ? 4 : 5;
    }

    /// <summary>Writes an id in decimal where there is room, and gives the index after it.</summary>
    public static int PutId(byte[] buffer, int p, int id)
    {
        if (id < 10)
        {
            buffer[p] = (byte)('0' + id);
            return p + 1;
        }
        int end = p + IdDigits(id);
        for (int at = end - 1; at > p; at--)
        {
            int rest = id / 10;
            buffer[at] = (byte)('0' + id - (rest * 10));
            id = rest;
        }
        buffer[p] = (byte)('0' + id);
        return end;
    }

    private static int PutSegment(byte[] buffer, int p, int id)
    {
        buffer[p] = (byte)'/';
        return PutId(buffer, p + 1, id);
    }

    /// <summary>Puts a backslash before quotes and backslashes in what was written last.</summary>
    public void EscapeQuoted(int start)
    {
        byte[] buffer = Buffer;
        int extra = 0;
        for (int i = start; i < Position; i++)
        {
            if (buffer[i] == '"' || buffer[i] == '\\')
                extra++;
        }
        if (extra == 0 || !Room(extra))
            return;
        int to = Position + extra;
        for (int from = Position; to > from;)
        {
            byte c = buffer[--from];
            buffer[--to] = c;
            if (c == '"' || c == '\\')
                buffer[--to] = (byte)'\\';
        }
        Position += extra;
    }

    private void Advance(int count)
    {
        if (count < 0)
            Fail(FormatStatus.BufferFull);
        else
            Position += count;
    }
}
