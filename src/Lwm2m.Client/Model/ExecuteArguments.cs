using System;
using System.Text;

namespace Lwm2m.Client;

/// <summary>
/// The arguments of an Execute (Core 8.2.5): up to ten, each a digit with or without a value, as in <c>5</c>, <c>2='10.3'</c>
/// or <c>0='U',3</c>. A view over the request: valid during the call only.
/// </summary>
public sealed class ExecuteArguments
{
    private const int MaxArguments = 10;
    private const int NoValue = 0xFFFF;

    private readonly byte[] _digits = new byte[MaxArguments];

    // Per argument the first byte of its value in the buffer, NoValue when it has none, and the length.
    private readonly ushort[] _values = new ushort[MaxArguments * 2];
    private byte[]? _buffer;
    private int _count;
    private int _digitsSeen;

    /// <summary>Makes an empty list. The client has one and reuses it; tests of handlers make their own.</summary>
    public ExecuteArguments()
    {
    }

    /// <summary>Number of arguments, 0..10.</summary>
    public int Count => _count;

    /// <summary>The digit, 0..9, of the argument at a position, in the order of the request.</summary>
    /// <param name="position">0 to <see cref="Count"/> - 1.</param>
    public int Digit(int position) => _digits[Checked(position)];

    /// <summary>The position of the argument with a digit, or -1.</summary>
    /// <param name="digit">0..9.</param>
    public int Find(int digit)
    {
        for (int position = 0; position < _count; position++)
            if (_digits[position] == digit)
                return position;
        return -1;
    }

    /// <summary>True when the argument has a value, be it empty.</summary>
    /// <param name="position">0 to <see cref="Count"/> - 1.</param>
    public bool HasValue(int position) => _values[Checked(position) * 2] != NoValue;

    /// <summary>The value of the argument, without its quotes; empty when it has none.</summary>
    /// <param name="position">0 to <see cref="Count"/> - 1.</param>
    public string GetValue(int position)
    {
        int length = ValueLength(position);
        return length == 0 ? "" : Encoding.UTF8.GetString(_buffer!, _values[position * 2], length);
    }

    /// <summary>Length of the value in bytes; 0 when it has none.</summary>
    /// <param name="position">0 to <see cref="Count"/> - 1.</param>
    public int ValueLength(int position) => HasValue(position) ? _values[position * 2 + 1] : 0;

    /// <summary>One byte (ASCII) of the value.</summary>
    /// <param name="position">0 to <see cref="Count"/> - 1.</param>
    /// <param name="index">0 to <see cref="ValueLength"/> - 1.</param>
    public byte ValueAt(int position, int index)
    {
        if (index < 0 || index >= ValueLength(position))
            throw new ArgumentOutOfRangeException(nameof(index));
        return _buffer![_values[position * 2] + index];
    }

    /// <summary>Forgets the arguments.</summary>
    public void Clear()
    {
        _count = 0;
        _digitsSeen = 0;
    }

    /// <summary>
    /// Reads the payload of an Execute. Blanks around an argument and inside its quotes are accepted, since an example of the
    /// specification has them; all else is as in the grammar.
    /// </summary>
    /// <param name="buffer">Holds the payload, in its first 65,535 bytes; it is not copied.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length in bytes; 0 is no argument.</param>
    /// <returns><see cref="Outcome.Ok"/>, or <see cref="Outcome.BadRequest"/> with no argument at all.</returns>
    public Outcome Parse(byte[] buffer, int offset, int count)
    {
        Clear();
        _buffer = buffer;
        int end = offset + count;
        if (end > NoValue)
            return Refused();
        int at = SkipBlanks(offset, end);
        if (at == end)
            return Outcome.Ok;

        while (true)
        {
            at = ReadArgument(at, end);
            if (at < 0)
                return Refused();
            at = SkipBlanks(at, end);
            if (at == end)
                return Outcome.Ok;
            if (buffer[at] != ',')
                return Refused();
            at = SkipBlanks(at + 1, end);
        }
    }

    /// <summary>
    /// Reads one Uri-Query option of an Execute as an argument: servers write the binding of a registration trigger so
    /// (<c>POST /1/0/8?0=U</c>, Transport 6.6.1). The value may stand in quotes or not. All options of a request must lie in one buffer.
    /// </summary>
    /// <param name="buffer">Holds the option, in its first 65,535 bytes; it is not copied.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length in bytes.</param>
    /// <returns><see cref="Outcome.Ok"/>, or <see cref="Outcome.BadRequest"/> with no argument at all.</returns>
    public Outcome AddQuery(byte[] buffer, int offset, int count)
    {
        if (_count > 0 && _buffer != buffer)
            return Refused();
        _buffer = buffer;
        int end = offset + count;
        if (end > NoValue)
            return Refused();
        int digit = count > 0 ? buffer[offset] - '0' : -1;
        if (!IsNew(digit))
            return Refused();
        if (count == 1)
        {
            Add(digit, NoValue, 0);
            return Outcome.Ok;
        }

        int value = offset + 2;
        if (buffer[offset + 1] != '=')
            return Refused();
        bool quoted = value < end && buffer[value] == '\'';
        if (quoted && (end - value < 2 || buffer[end - 1] != '\''))
            return Refused();
        int first = quoted ? value + 1 : value;
        int last = quoted ? end - 1 : end;
        for (int at = first; at < last; at++)
            if (!IsValueByte(buffer[at]))
                return Refused();
        Add(digit, first, last - first);
        return Outcome.Ok;
    }

    // Answers the place behind the argument, or -1.
    private int ReadArgument(int at, int end)
    {
        byte[] buffer = _buffer!;
        int digit = at < end ? buffer[at] - '0' : -1;
        if (!IsNew(digit))
            return -1;
        at++;
        if (at == end || buffer[at] != '=')
        {
            Add(digit, NoValue, 0);
            return at;
        }

        at++;
        if (at == end || buffer[at] != '\'')
            return -1;
        int first = ++at;
        while (at < end && buffer[at] != '\'')
        {
            if (!IsValueByte(buffer[at]))
                return -1;
            at++;
        }

        if (at == end)
            return -1;
        Add(digit, first, at - first);
        return at + 1;
    }

    // Each digit at most once (Core 1.2.1, 8.2.5), which also bounds their number.
    private bool IsNew(int digit) => digit >= 0 && digit <= 9 && (_digitsSeen & 1 << digit) == 0;

    private void Add(int digit, int first, int length)
    {
        _digitsSeen |= 1 << digit;
        _digits[_count] = (byte)digit;
        _values[_count * 2] = (ushort)first;
        _values[_count * 2 + 1] = (ushort)length;
        _count++;
    }

    private Outcome Refused()
    {
        Clear();
        return Outcome.BadRequest;
    }

    private int SkipBlanks(int at, int end)
    {
        while (at < end && _buffer![at] == ' ')
            at++;
        return at;
    }

    private int Checked(int position)
    {
        if (position < 0 || position >= _count)
            throw new ArgumentOutOfRangeException(nameof(position));
        return position;
    }

    // CHAR of the grammar: printable ASCII without " ' and \; blanks are tolerated.
    private static bool IsValueByte(byte value) =>
        value >= 0x20 && value <= 0x7E && value != '"' && value != '\'' && value != '\\';
}
