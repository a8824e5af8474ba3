using System.Text;

namespace Lwm2m.Formats;

/// <summary>Tokens of JSON (RFC 8259) and their values; what SenML JSON and OMA JSON share.</summary>
internal abstract class JsonValueReader : PayloadReader
{
    private protected JsonValueReader(Input input)
        : base(input)
    {
    }

    public override FormatStatus GetInteger(out long value)
    {
        Input i = In;
        value = 0;
        if (i.Flags == JsonItem.Number)
        {
            // Exactly, where the text is one of an integer: a double has 53 bits only.
            FormatStatus status = Numbers.Parse(i.Buffer, i.ValueOffset, i.ValueLength, out value);
            if (status != FormatStatus.Malformed)
                return status;
        }
        FormatStatus real = GetFloat(out double number);
        if (real != FormatStatus.Ok)
            return real;
        if (!(number >= -9007199254740992.0 && number <= 9007199254740992.0))
            return FormatStatus.OutOfRange;
        value = (long)number;
        return value == number ? FormatStatus.Ok : FormatStatus.WrongType;
    }

    public override FormatStatus GetUnsigned(out ulong value)
    {
        Input i = In;
        value = 0;
        if (i.Flags == JsonItem.Number)
        {
            FormatStatus status = Numbers.ParseUnsigned(i.Buffer, i.ValueOffset, i.ValueLength, out value);
            if (status != FormatStatus.Malformed)
                return status;
        }
        FormatStatus whole = GetInteger(out long signed);
        value = (ulong)signed;
        return whole == FormatStatus.Ok && signed < 0 ? FormatStatus.OutOfRange : whole;
    }

    public override FormatStatus GetFloat(out double value)
    {
        Input i = In;
        value = i.Real;
        if (i.Flags == JsonItem.Real)
            return FormatStatus.Ok;
        value = 0;
        if (i.Flags != JsonItem.Number)
            return FormatStatus.WrongType;
        return i.Numbers.ParseFloat(i.Buffer, i.ValueOffset, i.ValueLength, out value);
    }

    public override FormatStatus GetTime(out long unixSeconds)
    {
        FormatStatus status = GetInteger(out unixSeconds);
        if (status != FormatStatus.WrongType || GetFloat(out double seconds) != FormatStatus.Ok)
            return status;
        unixSeconds = (long)seconds;
        if (unixSeconds > seconds)
            unixSeconds--;
        return FormatStatus.Ok;
    }

    public override FormatStatus GetBoolean(out bool value)
    {
        value = In.Number != 0;
        return In.Flags == JsonItem.Boolean ? FormatStatus.Ok : FormatStatus.WrongType;
    }

    public override FormatStatus GetString(out string? value)
    {
        Input i = In;
        value = null;
        if (i.Flags != JsonItem.String)
            return FormatStatus.WrongType;
        FormatStatus status = Unescape(null, 0, 0, out int length);
        if (status != FormatStatus.Ok)
            return status;
        if (length > i.MaxStringBytes)
            return FormatStatus.TooLong;
        if (length == i.ValueLength)
        {
            value = Encoding.UTF8.GetString(i.Buffer, i.ValueOffset, length);
            return FormatStatus.Ok;
        }
        byte[] text = new byte[length];
        Unescape(text, 0, length, out length);
        value = Encoding.UTF8.GetString(text, 0, length);
        return FormatStatus.Ok;
    }

    public override FormatStatus GetUtf8(byte[] into, int offset, int limit, out int length)
    {
        length = 0;
        return In.Flags == JsonItem.String ? Unescape(into, offset, limit, out length) : FormatStatus.WrongType;
    }

    public override FormatStatus GetOpaque(byte[] into, int offset, int limit, out int length)
    {
        Input i = In;
        length = 0;
        if (i.Flags != OpaqueItem)
            return FormatStatus.WrongType;
        return Base64.Decode(i.Buffer, i.ValueOffset, i.ValueLength, into, offset, limit, out length);
    }

    public override FormatStatus GetObjectLink(out int objectId, out int instanceId)
    {
        Input i = In;
        objectId = instanceId = 0;
        if (i.Flags != JsonItem.Link)
            return FormatStatus.WrongType;
        return LinkText.Parse(i.Buffer, i.ValueOffset, i.ValueLength, out objectId, out instanceId);
    }

    /// <summary>Where bytes stand: SenML has a name for them, OMA JSON says they are text.</summary>
    private protected abstract int OpaqueItem { get; }

    private protected override FormatStatus CheckText() =>
        In.Flags == JsonItem.String ? Unescape(null, 0, 0, out _) : FormatStatus.WrongType;

    private protected override FormatStatus CheckOpaque()
    {
        Input i = In;
        if (i.Flags != OpaqueItem)
            return FormatStatus.WrongType;
        return Base64.Decode(i.Buffer, i.ValueOffset, i.ValueLength, null, 0, 0, out _);
    }

    /// <summary>Passes over white space; gives the character after it without taking it, or -1 at the end.</summary>
    private protected int Peek()
    {
        Input i = In;
        byte[] buffer = i.Buffer;
        int p = i.Position;
        int end = i.End;
        while (p < end)
        {
            int c = buffer[p];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            {
                i.Position = p;
                return c;
            }
            p++;
        }
        i.Position = p;
        return -1;
    }

    /// <summary>Takes a character after white space.</summary>
    private protected bool Take(int expected)
    {
        if (Peek() != expected)
            return false;
        In.Position++;
        return true;
    }

    /// <summary>Takes a string; gives where its content starts, or -1.</summary>
    private protected int Text(out int length)
    {
        Input i = In;
        length = 0;
        if (!Take('"'))
            return -1;
        byte[] buffer = i.Buffer;
        int end = i.End;
        int start = i.Position;
        for (int p = start; p < end; p++)
        {
            int c = buffer[p];
            if (c == '"')
            {
                length = p - start;
                i.Position = p + 1;
                return start;
            }
            if (c == '\\')
                p++;
        }
        return -1;
    }

    /// <summary>Takes the name of a member and the colon; gives where the name starts, or -1.</summary>
    private protected int Key(out int length)
    {
        int start = Text(out length);
        return start >= 0 && Take(':') ? start : -1;
    }

    /// <summary>A name of at most four characters as a number, its first character highest; 0 for a longer one.</summary>
    private protected int Code(int start, int length)
    {
        if (length > 4)
            return 0;
        byte[] buffer = In.Buffer;
        int code = 0;
        for (int p = start; p < start + length; p++)
            code = (code << 8) | buffer[p];
        return code;
    }

    /// <summary>Takes a number that is not the record's value.</summary>
    private protected bool ReadNumber(out double value)
    {
        value = 0;
        Input i = In;
        int start = NumberText(out int length);
        return start >= 0 && i.Numbers.ParseFloat(i.Buffer, start, length, out value) == FormatStatus.Ok;
    }

    /// <summary>Takes the value of the record under a name that says what type it must have; null goes with any.</summary>
    private protected FormatStatus ReadValue(int item)
    {
        Input i = In;
        if (i.Kind != RecordKind.PathOnly)
            return FormatStatus.Malformed;
        i.Kind = RecordKind.Value;
        i.Flags = item;
        int c = Peek();
        if (c == 'n')
        {
            i.Kind = RecordKind.Null;
            i.Wire = WireKind.Null;
            i.Flags = JsonItem.Null;
            return Word("null");
        }
        if (item == JsonItem.Number)
        {
            i.Wire = WireKind.Number;
            i.ValueOffset = NumberText(out i.ValueLength);
            return i.ValueOffset >= 0 ? FormatStatus.Ok : FormatStatus.Malformed;
        }
        if (item == JsonItem.Boolean)
        {
            i.Wire = WireKind.Boolean;
            i.Number = c == 't' ? 1 : 0;
            return Word(c == 't' ? "true" : "false");
        }
        i.Wire = item == JsonItem.String ? WireKind.String : item == JsonItem.Data ? WireKind.Opaque : WireKind.ObjectLink;
        i.ValueOffset = Text(out i.ValueLength);
        return i.ValueOffset >= 0 ? FormatStatus.Ok : FormatStatus.Malformed;
    }

    /// <summary>Passes over one value of any kind.</summary>
    private protected FormatStatus Skip(int depth)
    {
        if (depth <= 0)
            return FormatStatus.TooDeep;
        switch (Peek())
        {
            case '"':
                return Text(out _) >= 0 ? FormatStatus.Ok : FormatStatus.Malformed;
            case '{':
                return SkipEntries('}', true, depth - 1);
            case '[':
                return SkipEntries(']', false, depth - 1);
            case 't':
                return Word("true");
            case 'f':
                return Word("false");
            case 'n':
                return Word("null");
            default:
                return NumberText(out _) >= 0 ? FormatStatus.Ok : FormatStatus.Malformed;
        }
    }

    private FormatStatus SkipEntries(int close, bool isObject, int depth)
    {
        In.Position++;
        if (Take(close))
            return FormatStatus.Ok;
        do
        {
            if (isObject && Key(out _) < 0)
                return FormatStatus.Malformed;
            FormatStatus status = Skip(depth);
            if (status != FormatStatus.Ok)
                return status;
        }
        while (Take(','));
        return Take(close) ? FormatStatus.Ok : FormatStatus.Malformed;
    }

    /// <summary>Takes the characters of a number; whether they are one shows when it is read.</summary>
    private int NumberText(out int length)
    {
        Input i = In;
        length = 0;
        int c = Peek();
        if (c != '-' && (c < '0' || c > '9'))
            return -1;
        byte[] buffer = i.Buffer;
        int start = i.Position;
        int p = start + 1;
        for (; p < i.End; p++)
        {
            c = buffer[p];
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && (c | 0x20) != 'e')
                break;
        }
        length = p - start;
        i.Position = p;
        return start;
    }

    private FormatStatus Word(string word)
    {
        Input i = In;
        int length = word.Length;
        if (i.End - i.Position < length)
            return FormatStatus.Malformed;
        for (int k = 0; k < length; k++)
        {
            if (i.Buffer[i.Position + k] != word[k])
                return FormatStatus.Malformed;
        }
        i.Position += length;
        return FormatStatus.Ok;
    }

    /// <summary>Copies the text of the value without its escapes; with <paramref name="into"/> null it only checks and counts.</summary>
    private FormatStatus Unescape(byte[]? into, int offset, int limit, out int length)
    {
        Input i = In;
        byte[] buffer = i.Buffer;
        int p = i.ValueOffset;
        int end = p + i.ValueLength;
        int to = offset;
        length = 0;
        // Escapes are ASCII: the text is valid without them when it is valid with them.
        if (!Formats.Utf8.IsValid(buffer, p, i.ValueLength))
            return FormatStatus.Malformed;
        while (p < end)
        {
            int c = buffer[p++];
            if (c < 0x20)
                return FormatStatus.Malformed;
            if (c == '\\')
            {
                c = Escape(buffer, ref p, end);
                if (c < 0)
                    return FormatStatus.Malformed;
            }
            else if (c >= 0x80)
            {
                if (into != null && to < limit)
                    into[to] = (byte)c;
                to++;
                continue;
            }
            int size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (into != null && limit - to >= size)
                PutCharacter(into, to, c, size);
            to += size;
        }
        if (into != null && to > limit)
            return FormatStatus.TooLong;
        length = to - offset;
        return FormatStatus.Ok;
    }

    /// <summary>The character of an escape whose backslash was taken, or -1.</summary>
    private static int Escape(byte[] buffer, ref int p, int end)
    {
        if (p >= end)
            return -1;
        switch (buffer[p++])
        {
            case (byte)'"':
                return '"';
            case (byte)'\\':
                return '\\';
            case (byte)'/':
                return '/';
            case (byte)'b':
                return '\b';
            case (byte)'f':
                return '\f';
            case (byte)'n':
                return '\n';
            case (byte)'r':
                return '\r';
            case (byte)'t':
                return '\t';
            case (byte)'u':
                break;
            default:
                return -1;
        }
        int c = Hex4(buffer, ref p, end);
        if (c < 0xD800 || c > 0xDFFF)
            return c;
        // A character over 16 bits comes as two; one half alone is none.
        if (c > 0xDBFF || end - p < 2 || buffer[p] != '\\' || buffer[p + 1] != 'u')
            return -1;
        p += 2;
        int low = Hex4(buffer, ref p, end);
        if (low < 0xDC00 || low > 0xDFFF)
            return -1;
        return 0x10000 + ((c - 0xD800) << 10) + low - 0xDC00;
    }

    private static int Hex4(byte[] buffer, ref int p, int end)
    {
        if (end - p < 4)
            return -1;
        int value = 0;
        for (int stop = p + 4; p < stop; p++)
        {
            int c = buffer[p];
            int digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
            if (digit < 0)
                return -1;
            value = (value << 4) | digit;
        }
        return value;
    }

    private static void PutCharacter(byte[] into, int to, int c, int size)
    {
        if (size == 1)
        {
            into[to] = (byte)c;
            return;
        }
        for (int k = size - 1; k > 0; k--)
        {
            into[to + k] = (byte)(0x80 | (c & 0x3F));
            c >>= 6;
        }
        into[to] = (byte)((size == 2 ? 0xC0 : size == 3 ? 0xE0 : 0xF0) | c);
    }
}
