using System.Text;

namespace Lwm2m.Cellular;

/// <summary>
/// A command being written, and then the one in hand. The engine has one of them, which it clears and hands to the user
/// whose turn it is. Text is copied; data is not: its owner keeps it until <see cref="IAtUser.OnResult"/>.
/// </summary>
public sealed partial class AtCommand
{
    /// <summary>How long a command may take when <see cref="TimeoutMs"/> is not set.</summary>
    public const int DefaultTimeoutMs = 10000;

    /// <summary>Room that stays free for the carriage return, Ctrl-Z, and digits on their way.</summary>
    private const int Reserve = 16;

    private const byte CtrlZ = 0x1A;

    // What is true or not, in one field: each costs the board 12 bytes.
    private const int BrokenFlag = 1;
    private const int AnyFlag = 2;
    private const int RawFlag = 4;
    private const int HexFlag = 8;

    private readonly byte[] _buffer;
    private int _length;
    private int _flags;

    internal AtCommand(int bytes)
    {
        _buffer = new byte[bytes + Reserve];
        Clear();
    }

    /// <summary>A number of the user's own, handed back with answers and result.</summary>
    public int Tag { get; set; }

    /// <summary>How long the modem may take for the final result, in milliseconds from the last byte written.</summary>
    public int TimeoutMs { get; set; }

    /// <summary>Who hears of answers and result.</summary>
    internal IAtUser? Owner { get; set; }

    /// <summary>Appends text as it is. The carriage return is the engine's.</summary>
    /// <param name="text">ASCII, such as <c>AT+CSQ</c>.</param>
    public void Text(string text)
    {
        int length = text.Length;
        if (!HasRoom(length))
            return;
        // What is not ASCII takes up to 3 bytes; room for that is missing only near the end.
        if (Limit - _length < 3 * length && !IsAscii(text))
        {
            _flags |= BrokenFlag;
            return;
        }

        _length += Encoding.UTF8.GetBytes(text, 0, length, _buffer, _length);
    }

    /// <summary>Appends text as it is.</summary>
    /// <param name="buffer">Where it is.</param>
    /// <param name="offset">Index of its first byte.</param>
    /// <param name="count">Its length.</param>
    public void Text(byte[] buffer, int offset, int count)
    {
        if (!HasRoom(count))
            return;
        System.Array.Copy(buffer, offset, _buffer, _length, count);
        _length += count;
    }

    /// <summary>Appends one character.</summary>
    /// <param name="character">ASCII.</param>
    public void Character(char character)
    {
        if (HasRoom(1))
            _buffer[_length++] = (byte)character;
    }

    /// <summary>Appends a decimal number.</summary>
    /// <param name="number">The number.</param>
    public void Number(long number)
    {
        if (number < 0)
        {
            Character('-');
            number = -number;
        }

        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10)
            digits++;
        if (!HasRoom(digits))
            return;
        for (int index = _length + digits - 1; index >= _length; index--)
        {
            _buffer[index] = (byte)('0' + number % 10);
            number /= 10;
        }

        _length += digits;
    }

    /// <summary>Appends text in quotes. A quote or control character in it makes the command <see cref="AtResult.NotSent"/>: it would end the parameter.</summary>
    /// <param name="text">ASCII, such as the name of an access point.</param>
    public void Quoted(string text)
    {
        Character('"');
        int start = _length;
        Text(text);
        CloseQuotes(start);
    }

    /// <summary>Appends text in quotes.</summary>
    /// <param name="buffer">Where it is.</param>
    /// <param name="offset">Index of its first byte.</param>
    /// <param name="count">Its length.</param>
    public void Quoted(byte[] buffer, int offset, int count)
    {
        Character('"');
        int start = _length;
        Text(buffer, offset, count);
        CloseQuotes(start);
    }

    /// <summary>Appends one byte as two hexadecimal digits, as of a header in front of data. Copied.</summary>
    /// <param name="value">0..255.</param>
    public void HexByte(int value)
    {
        if (!HasRoom(2))
            return;
        _buffer[_length++] = HexDigit((value >> 4) & 15);
        _buffer[_length++] = HexDigit(value & 15);
    }

    /// <summary>Has data written here, two hexadecimal digits a byte, while it goes out. Not copied; one run of data a command.</summary>
    /// <param name="data">Where it is; unchanged until <see cref="IAtUser.OnResult"/>.</param>
    /// <param name="offset">Index of its first byte.</param>
    /// <param name="count">Number of bytes.</param>
    public void Hex(byte[] data, int offset, int count) => SetData(data, offset, count, true);

    /// <summary>Has data written here as it is, behind a prompt. Not copied; one run of data a command.</summary>
    /// <param name="data">Where it is; unchanged until <see cref="IAtUser.OnResult"/>.</param>
    /// <param name="offset">Index of its first byte.</param>
    /// <param name="count">Number of bytes.</param>
    public void Raw(byte[] data, int offset, int count) => SetData(data, offset, count, false);

    /// <summary>Ends the command line here; what is appended from now on is written when the modem shows its prompt.</summary>
    /// <param name="character">The prompt, a character at the beginning of a line.</param>
    public void Prompt(char character = '>')
    {
        _buffer[_length++] = (byte)'\r';
        PromptAt = _length;
        PromptCharacter = character;
    }

    /// <summary>Appends the Ctrl-Z that ends text behind a prompt, as of <c>AT+CMGS</c>.</summary>
    public void EndOfText() => Character((char)CtrlZ);

    /// <summary>Lines that begin so are the command's answer.</summary>
    /// <param name="prefix">ASCII, such as <c>+CSQ:</c>.</param>
    public void Expect(string prefix) => ExpectedPrefix = prefix;

    /// <summary>Any line that no user takes as unsolicited is the command's answer, as of <c>AT+CIMI</c>.</summary>
    public void ExpectAny() => _flags |= AnyFlag;

    /// <summary>As <see cref="Expect"/>, and one parameter of that line is data that arrives as hexadecimal digits.</summary>
    /// <param name="prefix">How the line begins; empty for one that begins with a number.</param>
    /// <param name="commas">How many commas stand before the data.</param>
    public void ExpectHex(string prefix, int commas) => ExpectData(prefix, commas, false);

    /// <summary>As <see cref="Expect"/>, and behind a comma of that line stand raw bytes, as many as the parameter before says: <c>+CARECV: 4,....</c></summary>
    /// <param name="prefix">How the line begins; empty for one that begins with a number.</param>
    /// <param name="commas">How many commas stand before the data, that one included.</param>
    public void ExpectRaw(string prefix, int commas) => ExpectData(prefix, commas, true);

    /// <summary>Names the final results of a command that does not end with <c>OK</c>: an <c>OK</c> is passed over then. Errors end it all the same.</summary>
    /// <param name="success">The line of success, such as <c>SEND OK</c>.</param>
    /// <param name="failure">The line of failure, such as <c>SEND FAIL</c>; null for none of its own.</param>
    public void FinishOn(string success, string? failure)
    {
        Success = success;
        Failure = failure;
    }

    internal string? ExpectedPrefix { get; private set; }

    internal bool ExpectsAny => (_flags & AnyFlag) != 0;

    /// <summary>Commas before data in the expected answer; 0 when there is none.</summary>
    internal int ExpectedCommas { get; private set; }

    internal bool ExpectsRaw => (_flags & RawFlag) != 0;

    internal string? Success { get; private set; }

    internal string? Failure { get; private set; }

    internal bool IsBroken => (_flags & BrokenFlag) != 0;

    /// <summary>True when the line answers this command by how it begins.</summary>
    internal bool Expects(AtLine line)
    {
        if (ExpectedPrefix == null)
            return false;
        return ExpectedPrefix.Length > 0 ? line.StartsWith(ExpectedPrefix) : line.Buffer[0] >= '0' && line.Buffer[0] <= '9';
    }

    internal void Clear()
    {
        _length = 0;
        _flags = 0;
        Tag = 0;
        TimeoutMs = DefaultTimeoutMs;
        Owner = null;
        PromptAt = 0;
        PromptCharacter = '\0';
        _dataAt = -1;
        _data = null;
        _written = 0;
        ExpectedPrefix = null;
        ExpectedCommas = 0;
        Success = null;
        Failure = null;
    }

    private int Limit => _buffer.Length - Reserve;

    private void ExpectData(string prefix, int commas, bool isRaw)
    {
        ExpectedPrefix = prefix;
        ExpectedCommas = commas;
        if (isRaw)
            _flags |= RawFlag;
    }

    private void SetData(byte[] data, int offset, int count, bool isHex)
    {
        if (count == 0)
            return;
        // A second run of data has no place.
        if (_dataAt >= 0)
            _flags |= BrokenFlag;
        _dataAt = _length;
        _data = data;
        _dataOffset = offset;
        _dataLength = isHex ? 2 * count : count;
        if (isHex)
            _flags |= HexFlag;
    }

    private bool HasRoom(int count)
    {
        if (count <= Limit - _length)
            return true;
        _flags |= BrokenFlag;
        return false;
    }

    private void CloseQuotes(int start)
    {
        for (int index = start; index < _length; index++)
            if (_buffer[index] < ' ' || _buffer[index] == '"')
                _flags |= BrokenFlag;
        Character('"');
    }

    private static bool IsAscii(string text)
    {
        for (int index = 0; index < text.Length; index++)
            if (text[index] >= 0x80)
                return false;
        return true;
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' - 10 + value);
}
