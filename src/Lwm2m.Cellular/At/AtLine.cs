namespace Lwm2m.Cellular;

/// <summary>
/// A line from the modem, without its end, or the bytes that follow one. Points into the engine's buffer: made once, and
/// valid only during the call that it is handed to.
/// </summary>
public sealed class AtLine
{
    private int _cursorIndex;
    private int _cursor;

    internal AtLine(int bytes) => Buffer = new byte[bytes];

    /// <summary>Holds the line from index 0 on.</summary>
    public byte[] Buffer { get; }

    /// <summary>Number of bytes, packed data included.</summary>
    public int Length { get; internal set; }

    /// <summary>True when the line carries data: packed from hexadecimal digits, or raw.</summary>
    public bool HasData => DataOffset >= 0;

    /// <summary>Index in <see cref="Buffer"/> of the first byte of data; -1 when there is none.</summary>
    public int DataOffset { get; internal set; }

    /// <summary>Number of bytes of data; -1 when the data was broken: an odd number of digits, something else than digits, or more than the buffer holds.</summary>
    public int DataLength { get; internal set; }

    /// <summary>Set by the user before it answers <see cref="AtTake.TakenWithRawNext"/>: how many raw bytes follow this line.</summary>
    public int RawBytes { get; set; }

    /// <summary>Number of parameters: what stands between commas behind the colon, or behind the start where the line has no name.</summary>
    public int Count
    {
        get
        {
            int index = 0;
            while (Find(index) >= 0)
                index++;
            return index;
        }
    }

    /// <summary>True when the line begins so.</summary>
    /// <param name="text">ASCII.</param>
    public bool StartsWith(string text)
    {
        int length = text.Length;
        if (length > TextLength)
            return false;
        for (int index = 0; index < length; index++)
            if (Buffer[index] != text[index])
                return false;
        return true;
    }

    /// <summary>True when the line begins so.</summary>
    /// <param name="text">ASCII.</param>
    public bool StartsWith(byte[] text)
    {
        int length = text.Length;
        if (length > TextLength)
            return false;
        for (int index = 0; index < length; index++)
            if (Buffer[index] != text[index])
                return false;
        return true;
    }

    /// <summary>True when the line is this text and nothing else.</summary>
    /// <param name="text">ASCII.</param>
    public bool Is(string text) => Length == text.Length && StartsWith(text);

    /// <summary>True when the parameter stands there and is not empty; <c>""</c> is empty.</summary>
    /// <param name="index">From 0.</param>
    public bool IsPresent(int index) => TryText(index, out _, out int length) && length > 0;

    /// <summary>True when the parameter is in quotes.</summary>
    /// <param name="index">From 0.</param>
    public bool IsQuoted(int index)
    {
        int start = Find(index);
        return start >= 0 && start < TextEnd(start) && Buffer[start] == '"';
    }

    /// <summary>Reads a parameter as a decimal number, in quotes or not.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="value">The number; 0 when it is none.</param>
    /// <returns>False when it is missing or no number.</returns>
    public bool TryNumber(int index, out long value)
    {
        value = 0;
        return TryText(index, out int offset, out int length) && ReadNumber(offset, offset + length, 10, out value);
    }

    /// <summary>Reads a parameter as a hexadecimal number, in quotes or not, such as the cell of <c>+CEREG</c>.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="value">The number; 0 when it is none.</param>
    /// <returns>False when it is missing or no number.</returns>
    public bool TryHexNumber(int index, out long value)
    {
        value = 0;
        return TryText(index, out int offset, out int length) && ReadNumber(offset, offset + length, 16, out value);
    }

    /// <summary>Finds a parameter's text in <see cref="Buffer"/>, without quotes.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="offset">Index of its first byte.</param>
    /// <param name="length">Its length; 0 when it is empty.</param>
    /// <returns>False when it is missing.</returns>
    public bool TryText(int index, out int offset, out int length)
    {
        offset = Find(index);
        length = 0;
        if (offset < 0)
            return false;
        int end = ParameterEnd(offset);
        if (offset < end && Buffer[offset] == '"')
        {
            offset++;
            if (end > offset && Buffer[end - 1] == '"')
                end--;
        }

        length = end - offset;
        return true;
    }

    /// <summary>Unpacks a parameter of hexadecimal digits that was not packed while it arrived.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="target">Where the bytes go.</param>
    /// <param name="offset">Index of the first one.</param>
    /// <returns>The number of bytes; -1 when it is missing, broken, or does not fit.</returns>
    public int TryHex(int index, byte[] target, int offset)
    {
        if (!TryText(index, out int start, out int length) || (length & 1) != 0 || length / 2 > target.Length - offset)
            return -1;
        for (int end = start + length; start < end; start += 2)
        {
            int high = Digit(Buffer[start]);
            int low = Digit(Buffer[start + 1]);
            if (high < 0 || low < 0)
                return -1;
            target[offset++] = (byte)((high << 4) | low);
        }

        return length / 2;
    }

    /// <summary>What a hexadecimal digit is worth, or -1.</summary>
    internal static int Digit(int character)
    {
        int digit = character - '0';
        if (digit >= 0 && digit <= 9)
            return digit;
        digit = (character | 0x20) - 'a';
        return digit >= 0 && digit <= 5 ? digit + 10 : -1;
    }

    internal bool HasAt(int offset, string text)
    {
        int length = text.Length;
        if (length > Length - offset)
            return false;
        for (int index = 0; index < length; index++)
            if (Buffer[offset + index] != text[index])
                return false;
        return true;
    }

    internal void Clear()
    {
        Length = 0;
        DataOffset = -1;
        DataLength = 0;
        RawBytes = 0;
        Rewind();
    }

    internal void Rewind() => _cursorIndex = -1;

    internal bool ReadNumber(int offset, int end, int radix, out long value)
    {
        value = 0;
        bool isNegative = radix == 10 && offset < end && Buffer[offset] == '-';
        if (isNegative)
            offset++;
        // 18 decimal or 15 hexadecimal digits fit a long.
        if (offset == end || end - offset > (radix == 10 ? 18 : 15))
            return false;
        for (; offset < end; offset++)
        {
            int digit = Digit(Buffer[offset]);
            if (digit < 0 || digit >= radix)
                return false;
            value = value * radix + digit;
        }

        if (isNegative)
            value = -value;
        return true;
    }

    /// <summary>Length of the text before data.</summary>
    private int TextLength => DataOffset >= 0 ? DataOffset : Length;

    /// <summary>Where a parameter begins, blanks skipped; -1 when it is missing. Goes on from the last one that was found.</summary>
    private int Find(int index)
    {
        if (_cursorIndex < 0 || index < _cursorIndex)
        {
            _cursor = FirstParameter();
            if (_cursor < 0)
                return -1;
            _cursorIndex = 0;
        }

        while (_cursorIndex < index)
        {
            int end = ParameterEnd(_cursor);
            if (end >= Length)
                return -1;
            _cursor = SkipBlanks(end + 1);
            _cursorIndex++;
        }

        return _cursor;
    }

    private int FirstParameter()
    {
        int length = TextLength;
        if (length == 0)
            return -1;
        byte first = Buffer[0];
        if (first == '"' || Digit(first) >= 0 && first <= '9')
            return 0;
        for (int index = 0; index < length; index++)
            if (Buffer[index] == ':')
                return SkipBlanks(index + 1);
        return -1;
    }

    private int SkipBlanks(int offset)
    {
        while (offset != DataOffset && offset < Length && Buffer[offset] == ' ')
            offset++;
        return offset;
    }

    /// <summary>Index of the comma behind a parameter, or of the end of the line. Commas in quotes and in data do not count.</summary>
    private int ParameterEnd(int start)
    {
        int end = Length;
        bool isQuoted = false;
        for (int index = start; index < end; index++)
        {
            if (index == DataOffset)
            {
                if (DataLength < 0)
                    return end;
                index += DataLength;
                if (index >= end)
                    return end;
            }

            byte character = Buffer[index];
            if (character == '"')
                isQuoted = !isQuoted;
            else if (character == ',' && !isQuoted)
                return index;
        }

        return end;
    }

    private int TextEnd(int start) => start == DataOffset ? start : Length;
}
