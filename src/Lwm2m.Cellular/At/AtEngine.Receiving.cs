using System;

namespace Lwm2m.Cellular;

/// <summary>Bytes to lines. Data is packed, or copied, while it arrives.</summary>
public sealed partial class AtEngine
{
    private const int InText = 0;
    private const int InHex = 1;
    private const int InRaw = 2;

    /// <summary>Rubbish, up to the next end of a line; nobody is told.</summary>
    private const int InRubbish = 3;

    /// <summary>The rest of a line with broken data: its user is told at the end of it.</summary>
    private const int InBroken = 4;

    /// <summary>So many bytes may be unpacked again where what should have been digits turns out to be text.</summary>
    private const int MostUnpackedBytes = 8;

    private readonly byte[][] _prefixes;

    // Commas before the data, in the low seven bits; the high bit for raw data.
    private readonly byte[] _commas;
    private int _prefixCount;

    private int _mode;
    private int _commaCount;
    private int _high;
    private int _rawLeft;

    /// <summary>Has data in lines that begin so packed from its hexadecimal digits while it arrives.</summary>
    /// <param name="prefix">How the line begins, in ASCII, such as <c>+CRTDCP:</c>. Kept, not copied.</param>
    /// <param name="commas">How many commas stand before the data, those in <paramref name="prefix"/> included.</param>
    /// <exception cref="ArgumentException">There are as many as the engine has room for.</exception>
    public void AddHexData(byte[] prefix, int commas) => AddData(prefix, commas);

    /// <summary>Has raw bytes in lines that begin so taken as data; how many there are says the parameter before them.</summary>
    /// <param name="prefix">How the line begins, in ASCII. Kept, not copied.</param>
    /// <param name="commas">How many commas stand before the data, those in <paramref name="prefix"/> included.</param>
    /// <exception cref="ArgumentException">There are as many as the engine has room for.</exception>
    public void AddRawData(byte[] prefix, int commas) => AddData(prefix, commas | 0x80);

    /// <summary>Takes in bytes from the modem. Users are told of whole lines from within; <see cref="Poll"/> is due afterwards.</summary>
    /// <param name="buffer">Where they are.</param>
    /// <param name="offset">Index of the first one.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="nowMs">Monotonic time.</param>
    public void Received(byte[] buffer, int offset, int count, long nowMs)
    {
        int end = offset + count;
        while (offset < end)
        {
            switch (_mode)
            {
                case InText:
                    offset = TakeText(buffer, offset, end, nowMs);
                    break;
                case InHex:
                    offset = TakeHex(buffer, offset, end, nowMs);
                    break;
                case InRaw:
                    offset = TakeRaw(buffer, offset, end, nowMs);
                    break;
                default:
                    offset = SkipToEnd(buffer, offset, end, nowMs);
                    break;
            }
        }
    }

    private void AddData(byte[] prefix, int commas)
    {
        if (_prefixCount == _prefixes.Length)
            throw new ArgumentException("The AT engine has room for fewer kinds of data than were added.");
        _prefixes[_prefixCount] = prefix;
        _commas[_prefixCount++] = (byte)commas;
    }

    private void StartLine()
    {
        _line.Clear();
        _commaCount = 0;
        _high = -1;
        _mode = InText;
    }

    private int TakeText(byte[] buffer, int offset, int end, long nowMs)
    {
        int length = _line.Length;
        if (length == 0 && !BeginsLine(buffer[offset]))
            return offset + 1;

        byte[] line = _line.Buffer;
        int stop = end - offset > line.Length - length ? offset + line.Length - length : end;
        while (offset < stop)
        {
            byte character = buffer[offset];
            if (character < ' ' || character == ',')
                break;
            line[length++] = character;
            offset++;
        }

        _line.Length = length;
        if (offset == end)
            return end;
        byte special = buffer[offset];
        if (special == '\r' || special == '\n')
            EndLine(special, nowMs);
        else if (special == ',' && length < line.Length)
        {
            line[length] = special;
            _line.Length = length + 1;
            _commaCount++;
            LookForData();
        }
        else
            // Too long, or a character that no line has.
            _mode = InRubbish;
        return offset + 1;
    }

    /// <summary>What comes before a line: ends of others, the blank behind a prompt, and the prompt.</summary>
    private bool BeginsLine(byte first)
    {
        if (first == '\r' || first == '\n')
            // The line before may be told by its return alone, and a blank line says nothing.
            return false;
        if (_state == InCommand && _command.WaitsForPrompt)
        {
            if (first == _command.PromptCharacter)
            {
                _command.PassPrompt();
                _dueMs = 0;
                return false;
            }
        }
        else if (first == '>')
            return false;
        if (first == ' ' || first == 0)
            return false;
        if (first < ' ' || first >= 0x7F)
        {
            _mode = InRubbish;
            return false;
        }

        return true;
    }

    private void LookForData()
    {
        if (_state == InCommand && _command.ExpectedCommas == _commaCount && _command.Expects(_line))
        {
            BeginData(_command.ExpectsRaw);
            return;
        }

        for (int index = 0; index < _prefixCount; index++)
        {
            int commas = _commas[index];
            if ((commas & 0x7F) != _commaCount || !_line.StartsWith(_prefixes[index]))
                continue;
            BeginData(commas > 0x7F);
            return;
        }
    }

    private void BeginData(bool isRaw)
    {
        if (!isRaw)
        {
            _mode = InHex;
            _line.DataOffset = _line.Length;
            return;
        }

        _line.Rewind();
        bool hasCount = _line.TryNumber(_commaCount - 1, out long count);
        _line.Rewind();
        // Without a count there is no telling where the data ends.
        if (!hasCount || count < 0 || count > 0xFFFF)
        {
            _mode = InRubbish;
            return;
        }

        _line.DataOffset = _line.Length;
        if (count > 0)
            BeginRaw((int)count);
    }

    private void BeginRaw(int count)
    {
        _mode = InRaw;
        _rawLeft = count;
        _line.DataLength = count <= _line.Buffer.Length - _line.Length ? count : -1;
    }

    private int TakeHex(byte[] buffer, int offset, int end, long nowMs)
    {
        byte[] line = _line.Buffer;
        int length = _line.Length;
        int high = _high;
        while (offset < end)
        {
            int digit = buffer[offset] - '0';
            if (digit < 0 || digit > 9)
            {
                digit = (buffer[offset] | 0x20) - 'a' + 10;
                if (digit < 10 || digit > 15)
                    break;
            }

            offset++;
            if (high < 0)
            {
                high = digit;
                continue;
            }

            if (length == line.Length)
            {
                BreakData();
                return offset;
            }

            line[length++] = (byte)((high << 4) | digit);
            high = -1;
        }

        _line.Length = length;
        _high = high;
        if (offset == end)
            return end;
        return EndHex(buffer[offset], nowMs) ? offset + 1 : offset;
    }

    /// <summary>A character that is no digit.</summary>
    /// <returns>True when it is used up.</returns>
    private bool EndHex(byte character, long nowMs)
    {
        int start = _line.DataOffset;
        bool isEmpty = _line.Length == start && _high < 0;
        if (start == 0 && isEmpty && (character == '\r' || character == '\n' || character == ' '))
            return true;
        if (character == '"' && isEmpty && _line.DataLength == 0)
        {
            // The quote that opens the data. The second one of an empty pair ends it.
            _line.DataLength = -1;
            return true;
        }

        if (character != '"' && character != ',' && character != '\r' && character != '\n')
        {
            if (start == 0 && _line.Length <= MostUnpackedBytes)
                UnpackLine();
            else
                BreakData();
            return false;
        }

        if (_high >= 0)
        {
            BreakData();
            return false;
        }

        _line.DataLength = _line.Length - start;
        _mode = InText;
        if (start == 0 && _line.Length == 0)
        {
            // An empty pair of quotes where a line of digits was due.
            Dispatch(nowMs);
            return true;
        }

        return character == '"';
    }

    /// <summary>The line that should have been digits is another one: it becomes text again.</summary>
    private void UnpackLine()
    {
        byte[] line = _line.Buffer;
        int length = _line.Length * 2;
        for (int index = length - 1; index >= 0; index--)
        {
            int value = line[index >> 1];
            line[index] = HexDigit((index & 1) == 0 ? value >> 4 : value & 15);
        }

        if (_high >= 0)
            line[length++] = HexDigit(_high);
        _line.Clear();
        _line.Length = length;
        _high = -1;
        _mode = InText;
    }

    private void BreakData()
    {
        _line.Length = _line.DataOffset;
        _line.DataLength = -1;
        _mode = InBroken;
    }

    private int TakeRaw(byte[] buffer, int offset, int end, long nowMs)
    {
        // The line feed behind the line before is no data.
        if (EndedWithReturn && buffer[offset] == '\n')
        {
            EndedWithReturn = false;
            return offset + 1;
        }

        EndedWithReturn = false;
        int count = end - offset < _rawLeft ? end - offset : _rawLeft;
        if (_line.DataLength >= 0)
        {
            Array.Copy(buffer, offset, _line.Buffer, _line.Length, count);
            _line.Length += count;
        }

        _rawLeft -= count;
        if (_rawLeft > 0)
            return end;
        _mode = InText;
        // Bytes of their own are no line: nothing ends them but their number.
        if (_line.DataOffset == 0)
            Dispatch(nowMs);
        else if (_line.DataLength < 0)
            _mode = InBroken;
        return offset + count;
    }

    private int SkipToEnd(byte[] buffer, int offset, int end, long nowMs)
    {
        while (offset < end)
        {
            byte character = buffer[offset++];
            if (character != '\r' && character != '\n')
                continue;
            if (_mode == InBroken)
            {
                EndLine(character, nowMs);
                break;
            }

            StartLine();
            _follower = null;
            break;
        }

        return offset;
    }

    private void EndLine(byte end, long nowMs)
    {
        EndedWithReturn = end == '\r';
        Dispatch(nowMs);
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' - 10 + value);
}
