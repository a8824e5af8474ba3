using System.Text;

namespace Lwm2m.Formats;

/// <summary>
/// Reads CoRE link format (RFC 6690): <see cref="Begin"/>, then <see cref="Next"/> for each link and <see cref="NextAttribute"/> for
/// each of its attributes. Lenient where it does no harm: spaces around separators and values of any characters are taken.
/// </summary>
public sealed class LinkReader
{
    private readonly Numbers _numbers;
    private byte[] _buffer = new byte[0];
    private int _position;
    private int _end;
    private FormatStatus _status = FormatStatus.End;
    private bool _inLink;
    private string _root = "";
    private ulong _path;

    /// <summary>Makes a reader.</summary>
    /// <param name="numbers">Converts numbers; may be shared with other readers of the same thread.</param>
    public LinkReader(Numbers numbers) => _numbers = numbers;

    /// <summary>Index of the link's target, without its angle brackets.</summary>
    public int TargetOffset { get; private set; }

    /// <summary>Length of the target in bytes.</summary>
    public int TargetLength { get; private set; }

    /// <summary>True when the target is the root or a path of at most four ids below it.</summary>
    public bool IsPath { get; private set; }

    /// <summary>Object id of the target, or -1.</summary>
    public int ObjectId => (int)(_path >> 48) - 1;

    /// <summary>Object instance id of the target, or -1.</summary>
    public int InstanceId => (int)((_path >> 32) & 0xFFFF) - 1;

    /// <summary>Resource id of the target, or -1.</summary>
    public int ResourceId => (int)((_path >> 16) & 0xFFFF) - 1;

    /// <summary>Resource instance id of the target, or -1.</summary>
    public int ResourceInstanceId => (int)(_path & 0xFFFF) - 1;

    /// <summary>Index of the attribute's name.</summary>
    public int NameOffset { get; private set; }

    /// <summary>Length of the attribute's name in bytes.</summary>
    public int NameLength { get; private set; }

    /// <summary>Index of the attribute's value, without its quotes.</summary>
    public int ValueOffset { get; private set; }

    /// <summary>Length of the value in bytes, escapes included; 0 where there is none.</summary>
    public int ValueLength { get; private set; }

    /// <summary>True when the value stood in quotes.</summary>
    public bool IsQuoted { get; private set; }

    /// <summary>Starts a list.</summary>
    /// <param name="buffer">Holds it.</param>
    /// <param name="offset">Index of its first byte.</param>
    /// <param name="count">Its length.</param>
    /// <param name="root">The alternate path before all paths, such as "/lwm2m", or "".</param>
    public void Begin(byte[] buffer, int offset, int count, string root)
    {
        _buffer = buffer;
        _position = offset;
        _end = offset + count;
        _root = root;
        _inLink = false;
        _status = FormatStatus.Ok;
        SkipSpaces();
        if (_position == _end)
            _status = FormatStatus.End;
    }

    /// <summary>Goes to the next link; attributes that were not asked for are checked and left.</summary>
    /// <returns><see cref="FormatStatus.Ok"/>, <see cref="FormatStatus.End"/> or <see cref="FormatStatus.Malformed"/>.</returns>
    public FormatStatus Next()
    {
        if (_inLink)
        {
            while (NextAttribute() == FormatStatus.Ok)
            {
            }
            _inLink = false;
            if (_status != FormatStatus.Ok)
                return _status;
            if (_position == _end)
                return _status = FormatStatus.End;
            if (_buffer[_position++] != ',')
                return _status = FormatStatus.Malformed;
            SkipSpaces();
        }
        if (_status != FormatStatus.Ok)
            return _status;
        if (_position == _end || _buffer[_position++] != '<')
            return _status = FormatStatus.Malformed;
        TargetOffset = _position;
        while (_position < _end && _buffer[_position] != '>')
            _position++;
        if (_position == _end)
            return _status = FormatStatus.Malformed;
        TargetLength = _position - TargetOffset;
        _position++;
        _inLink = true;
        ReadPath();
        return FormatStatus.Ok;
    }

    /// <summary>Goes to the next attribute of the link.</summary>
    /// <returns>
    /// <see cref="FormatStatus.Ok"/>, <see cref="FormatStatus.End"/> after the last, or <see cref="FormatStatus.Malformed"/>.
    /// </returns>
    public FormatStatus NextAttribute()
    {
        if (_status != FormatStatus.Ok)
            return _status;
        SkipSpaces();
        if (!_inLink || _position == _end || _buffer[_position] == ',')
            return FormatStatus.End;
        if (_buffer[_position++] != ';')
            return _status = FormatStatus.Malformed;
        SkipSpaces();
        NameOffset = _position;
        while (_position < _end && !IsSeparator(_buffer[_position]) && _buffer[_position] != '=')
            _position++;
        NameLength = _position - NameOffset;
        if (NameLength == 0)
            return _status = FormatStatus.Malformed;
        SkipSpaces();
        ValueOffset = _position;
        ValueLength = 0;
        IsQuoted = false;
        if (_position == _end || _buffer[_position] != '=')
            return FormatStatus.Ok;
        _position++;
        SkipSpaces();
        return ReadValue() ? FormatStatus.Ok : _status = FormatStatus.Malformed;
    }

    /// <summary>Compares the attribute's name.</summary>
    /// <param name="name">ASCII text.</param>
    /// <returns>True when it is the same.</returns>
    public bool NameIs(string name) => Matches(NameOffset, NameLength, name);

    /// <summary>The attribute's value as a whole number.</summary>
    /// <param name="value">The number.</param>
    /// <returns><see cref="FormatStatus.Ok"/>, <see cref="FormatStatus.Malformed"/> or <see cref="FormatStatus.OutOfRange"/>.</returns>
    public FormatStatus GetInteger(out long value) => Numbers.Parse(_buffer, ValueOffset, ValueLength, out value);

    /// <summary>The attribute's value as a number.</summary>
    /// <param name="value">The number.</param>
    /// <returns><see cref="FormatStatus.Ok"/>, <see cref="FormatStatus.Malformed"/> or <see cref="FormatStatus.OutOfRange"/>.</returns>
    public FormatStatus GetFloat(out double value) => _numbers.ParseFloat(_buffer, ValueOffset, ValueLength, out value);

    /// <summary>The attribute's value as a new string, without quotes and escapes.</summary>
    /// <param name="value">The text.</param>
    /// <returns><see cref="FormatStatus.Ok"/>, or <see cref="FormatStatus.Malformed"/> when it is no UTF-8.</returns>
    public FormatStatus GetText(out string? value)
    {
        value = null;
        if (!Utf8.IsValid(_buffer, ValueOffset, ValueLength))
            return FormatStatus.Malformed;
        byte[] text = new byte[ValueLength];
        int length = 0;
        int end = ValueOffset + ValueLength;
        for (int p = ValueOffset; p < end; p++)
        {
            if (IsQuoted && _buffer[p] == '\\' && p + 1 < end)
                p++;
            text[length++] = _buffer[p];
        }
        value = Encoding.UTF8.GetString(text, 0, length);
        return FormatStatus.Ok;
    }

    private bool ReadValue()
    {
        if (_position == _end || _buffer[_position] != '"')
        {
            ValueOffset = _position;
            while (_position < _end && !IsSeparator(_buffer[_position]))
                _position++;
            ValueLength = _position - ValueOffset;
            return true;
        }
        IsQuoted = true;
        ValueOffset = ++_position;
        for (; _position < _end; _position++)
        {
            if (_buffer[_position] == '"')
            {
                ValueLength = _position++ - ValueOffset;
                return true;
            }
            if (_buffer[_position] == '\\')
                _position++;
        }
        _position = _end;
        return false;
    }

    private void ReadPath()
    {
        _path = 0;
        IsPath = false;
        int p = TargetOffset;
        int end = p + TargetLength;
        if (_root.Length > 0)
        {
            if (TargetLength < _root.Length || !Matches(p, _root.Length, _root))
                return;
            p += _root.Length;
            if (p == end)
            {
                IsPath = true;
                return;
            }
        }
        ulong path = 0;
        int depth = 0;
        int current = SenmlName.Nothing;
        if (!SenmlName.Continue(_buffer, p, end, ref path, ref depth, ref current))
            return;
        IsPath = SenmlName.Complete(ref path, ref depth, ref current) && depth <= 4;
        _path = IsPath ? path : 0;
    }

    private bool Matches(int offset, int length, string text)
    {
        if (length != text.Length)
            return false;
        for (int i = 0; i < length; i++)
        {
            if (_buffer[offset + i] != text[i])
                return false;
        }
        return true;
    }

    private void SkipSpaces()
    {
        while (_position < _end && IsSpace(_buffer[_position]))
            _position++;
    }

    private static bool IsSpace(int c) => c == ' ' || c == '\t' || c == '\r' || c == '\n';

    private static bool IsSeparator(int c) => c == ';' || c == ',' || IsSpace(c);
}
