namespace Lwm2m.Cellular;

/// <summary>Compiles the lines of a profile to bytes that are quickly written and compared; see <see cref="ModemDialogue"/> for their form. Needed only while a transport is made.</summary>
internal sealed class ModemCode
{
    /// <summary>What a literal may be long: more is cut in several.</summary>
    public const int MostLiteral = 63;

    /// <summary>Begins a command; with flags.</summary>
    public const int Command = 0x40;

    /// <summary>The command may fail.</summary>
    public const int MayFail = 1;

    /// <summary>The command goes out only where the one before it failed.</summary>
    public const int Otherwise = 2;

    /// <summary>Marks a word.</summary>
    public const int Word = 0x80;

    private const int MostBytes = 1500;

    private readonly byte[] _bytes = new byte[MostBytes];
    private int _length;
    private string? _problem;

    /// <summary>Number of bytes.</summary>
    public int Length => _length;

    /// <summary>Compiles one line for a check.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? TryAdd(int key, string text)
    {
        _length = 0;
        Add(key, text);
        return _problem;
    }

    /// <summary>Appends a line.</summary>
    public void Add(int key, string text)
    {
        char[] chars = text.ToCharArray();
        for (int index = 0; index < chars.Length; index++)
            if (chars[index] < ' ' || chars[index] > '~')
                _problem = "only printable ASCII is possible";
        if (_length + 3 * chars.Length + 4 > MostBytes)
            _problem = "too long";
        if (_problem != null)
            return;
        if (key < ModemKey.Commands)
            AddCommand(chars);
        else
            AddLine(chars);
    }

    /// <summary>Ends the lines of a key.</summary>
    public void End() => _bytes[_length++] = 0;

    /// <summary>The bytes behind some room.</summary>
    public byte[] ToArray(int room)
    {
        byte[] all = new byte[room + _length];
        System.Array.Copy(_bytes, 0, all, room, _length);
        return all;
    }

    private void AddCommand(char[] text)
    {
        int at = 0;
        int flags = 0;
        if (text[0] == '?' || text[0] == '!')
            flags = text[at++] == '?' ? MayFail : Otherwise;
        _bytes[_length++] = (byte)(Command | flags);
        while (at < text.Length)
        {
            if (text[at] == '{')
                at = AddWord(text, at);
            else if (text[at] == '>')
            {
                _bytes[_length++] = Word | ModemWord.Prompt;
                at++;
            }
            else
            {
                int start = at;
                while (at < text.Length && text[at] != '{' && text[at] != '>')
                    at++;
                AddLiteral(text, start, at);
            }
        }
    }

    // The part that names the line, colon included, then its parameters.
    private void AddLine(char[] text)
    {
        int at = 0;
        for (int index = 0; index < text.Length && text[index] != '{' && text[index] != '"'; index++)
            if (text[index] == ':')
                at = index + 1;
        if (at == 0 && text[0] != '{')
            at = text.Length;
        if (at > MostLiteral)
        {
            _problem = "too long";
            return;
        }

        _bytes[_length++] = (byte)at;
        for (int index = 0; index < at; index++)
            _bytes[_length++] = (byte)text[index];

        while (at < text.Length && _problem == null)
        {
            char one = text[at];
            if (one == ' ' || one == ',' || one == ']')
                at++;
            else if (one == '[')
            {
                _bytes[_length++] = Word | ModemWord.MayEnd;
                at++;
            }
            else if (one == '|')
                at = AddNextLine(text, at);
            else if (one == '{')
                at = AddWord(text, at);
            else
                at = AddParameter(text, at);
        }
    }

    private int AddParameter(char[] text, int at)
    {
        bool isQuoted = text[at] == '"';
        int start = isQuoted ? at + 1 : at;
        int end = start;
        while (end < text.Length && (isQuoted ? text[end] != '"' : text[end] != ',' && text[end] != '[' && text[end] != ']' && text[end] != '|'))
            end++;
        if (end == start || end - start > MostLiteral || isQuoted && end == text.Length)
        {
            _problem = "an empty, endless or too long parameter";
            return end;
        }

        AddLiteral(text, start, end);
        return isQuoted ? end + 1 : end;
    }

    private int AddNextLine(char[] text, int at)
    {
        string rest = new string(text, at + 1, text.Length - at - 1).Trim();
        if (rest == "{hex}")
            _bytes[_length++] = Word | ModemWord.HexNext;
        else if (rest == "{raw}")
            _bytes[_length++] = Word | ModemWord.RawNext;
        else
            _problem = "behind | stands {hex} or {raw}";
        return text.Length;
    }

    private int AddWord(char[] text, int at)
    {
        int end = at + 1;
        while (end < text.Length && text[end] != '}')
            end++;
        string name = new string(text, at + 1, end - at - 1);
        int word = ModemWord.Find(name);
        if (end == text.Length || word < 0)
        {
            _problem = "there is no word {" + name + "}";
            return text.Length;
        }

        _bytes[_length++] = (byte)(Word | word);
        return end + 1;
    }

    private void AddLiteral(char[] text, int start, int end)
    {
        while (start < end)
        {
            int length = end - start < MostLiteral ? end - start : MostLiteral;
            _bytes[_length++] = (byte)length;
            for (int index = 0; index < length; index++)
                _bytes[_length++] = (byte)text[start++];
        }
    }
}
