using System;

namespace Lwm2m.Cellular;

/// <summary>
/// A section of a profile in the form that a transport uses: one array of bytes, so that it costs the board little.
/// </summary>
/// <remarks>
/// The array begins with the place of each key, two bytes each, 0 for none. Commands: <c>40</c> and flags, then literals (length below 40 hexadecimal,
/// bytes) and words (<c>80</c> and the number); <c>00</c> ends the last one. Lines: length and bytes of the name, then parameters as literals and words, and <c>00</c>.
/// </remarks>
internal sealed class ModemDialogue
{
    /// <summary>Nothing matches.</summary>
    public const int NoMatch = 0;

    /// <summary>The line is it.</summary>
    public const int Match = 1;

    /// <summary>The line is it, and the next one is data in hexadecimal digits.</summary>
    public const int MatchHexNext = 2;

    /// <summary>The line is it, and raw data follows.</summary>
    public const int MatchRawNext = 3;

    private readonly byte[] _code;

    /// <summary>Compiles a section.</summary>
    /// <exception cref="ArgumentException">The profile has no such section.</exception>
    public ModemDialogue(ModemProfile profile, string section)
    {
        if (!profile.Has(section))
            throw new ArgumentException("The modem profile " + profile.Name + " has no " + section + ".send.");
        const int room = 2 * ModemKey.Compiled;
        var code = new ModemCode();
        int[] places = new int[ModemKey.Compiled];
        for (int key = 0; key < ModemKey.Compiled; key++)
        {
            string name = section + "." + ModemKey.Name(key);
            int count = profile.Count(name);
            if (count == 0)
                continue;
            places[key] = room + code.Length;
            for (int index = 0; index < count; index++)
                code.Add(key, profile.Value(name, key < ModemKey.Commands ? index : 0)!);
            code.End();
        }

        _code = code.ToArray(room);
        for (int key = 0; key < ModemKey.Compiled; key++)
        {
            _code[2 * key] = (byte)(places[key] >> 8);
            _code[2 * key + 1] = (byte)places[key];
        }

        Sent = profile.Value(section + "." + ModemKey.Name(ModemKey.Sent));
        Unsent = profile.Value(section + "." + ModemKey.Name(ModemKey.Unsent));
    }

    /// <summary>The line of success of a send; null for OK.</summary>
    public string? Sent { get; }

    /// <summary>The line of failure of a send; null for none.</summary>
    public string? Unsent { get; }

    /// <summary>Where the commands or the line of a key begin; 0 where there are none.</summary>
    public int Start(int key) => (_code[2 * key] << 8) | _code[2 * key + 1];

    /// <summary>True when the profile has this key.</summary>
    public bool Has(int key) => Start(key) != 0;

    /// <summary>True when the line of this key has this word.</summary>
    public bool HasWord(int key, int word)
    {
        int at = Start(key);
        if (at == 0)
            return false;
        for (at += 1 + _code[at]; _code[at] != 0; at++)
        {
            if (_code[at] == (ModemCode.Word | word))
                return true;
            if (_code[at] < ModemCode.Command)
                at += _code[at];
        }

        return false;
    }

    /// <summary>True when the command at a place has this word.</summary>
    public bool Uses(int at, int word)
    {
        at++;
        while (true)
        {
            int item = _code[at];
            if (item == (ModemCode.Word | word))
                return true;
            if (item == 0 || item < ModemCode.Word && item >= ModemCode.Command)
                return false;
            at += item >= ModemCode.Word ? 1 : item + 1;
        }
    }

    /// <summary>How many parameters of the line of this key stand before this word.</summary>
    public int CommasBefore(int key, int word)
    {
        int at = Start(key);
        int count = 0;
        for (at += 1 + _code[at]; _code[at] != 0 && _code[at] != (ModemCode.Word | word); at++)
        {
            if (_code[at] != (ModemCode.Word | ModemWord.MayEnd))
                count++;
            if (_code[at] < ModemCode.Command)
                at += _code[at];
        }

        return count;
    }

    /// <summary>The name of the line of this key, such as <c>+CRTDCP:</c>. A copy.</summary>
    public byte[] Prefix(int key)
    {
        int at = Start(key);
        byte[] prefix = new byte[_code[at]];
        Array.Copy(_code, at + 1, prefix, 0, prefix.Length);
        return prefix;
    }

    /// <summary>The command at a place.</summary>
    /// <param name="command">Where it is written.</param>
    /// <param name="at">The place.</param>
    /// <param name="words">Writes the words.</param>
    /// <returns>The place of the next command; 0 when this is the last one.</returns>
    public int Write(AtCommand command, int at, IModemWords words)
    {
        byte[] code = _code;
        at++;
        while (true)
        {
            int item = code[at];
            if (item == 0)
                return 0;
            if (item >= ModemCode.Word)
            {
                if (item == (ModemCode.Word | ModemWord.Prompt))
                    command.Prompt();
                else
                    words.WriteWord(command, item & 0x7F);
                at++;
            }
            else if (item >= ModemCode.Command)
                return at;
            else
            {
                command.Text(code, at + 1, item);
                at += item + 1;
            }
        }
    }

    /// <summary>What follows the command at a place: the next one to be written. <see cref="Write"/> without writing.</summary>
    /// <param name="at">The place.</param>
    /// <param name="hasFailed">What became of it.</param>
    /// <returns>The place of the next command; 0 when it was the last one, -1 when the failure ends them all.</returns>
    public int Next(int at, bool hasFailed)
    {
        bool mayFail = (_code[at] & ModemCode.MayFail) != 0;
        while (true)
        {
            at = Skip(at);
            bool isOtherwise = at != 0 && (_code[at] & ModemCode.Otherwise) != 0;
            if (hasFailed)
                return isOtherwise ? at : mayFail ? at : -1;
            if (!isOtherwise)
                return at;
        }
    }

    /// <summary>Compares a line with that of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="line">The line.</param>
    /// <param name="values">Takes the numbers in it, by word; 0 for what is missing.</param>
    /// <returns>One of the numbers above.</returns>
    public int Compare(int key, AtLine line, int[] values)
    {
        int at = Start(key);
        if (at == 0 || !HasName(line, at))
            return NoMatch;
        byte[] code = _code;
        Array.Clear(values, 0, values.Length);
        // Zero is a number that sockets and contexts may have.
        values[ModemWord.Id] = -1;
        values[ModemWord.Cid] = -1;
        int index = 0;
        bool mayEnd = false;
        for (at += 1 + code[at]; code[at] != 0; at++)
        {
            int item = code[at];
            switch (item)
            {
                case ModemCode.Word | ModemWord.MayEnd:
                    mayEnd = true;
                    continue;
                case ModemCode.Word | ModemWord.HexNext:
                    return MatchHexNext;
                case ModemCode.Word | ModemWord.RawNext:
                    return values[ModemWord.Length] >= 0 ? MatchRawNext : NoMatch;
            }

            if (!line.TryText(index, out int offset, out int length))
                return mayEnd ? Match : NoMatch;
            if (item < ModemCode.Command)
            {
                if (!IsText(line, offset, length, at))
                    return NoMatch;
                at += item;
            }
            else if (!TakeWord(item & 0x7F, line, index, offset, length, mayEnd, values))
                return NoMatch;
            index++;
        }

        return Match;
    }

    private static bool TakeWord(int word, AtLine line, int index, int offset, int length, bool mayBeEmpty, int[] values)
    {
        if (word == ModemWord.Hex || word == ModemWord.Raw)
            return line.HasData && (length == 0 || offset == line.DataOffset);
        if (word == ModemWord.Any || word > ModemWord.LastNumber || length == 0 && mayBeEmpty)
            return true;
        if (!line.TryNumber(index, out long number) || number < int.MinValue || number > int.MaxValue)
            return false;
        values[word] = (int)number;
        return true;
    }

    private int Skip(int at)
    {
        at++;
        while (true)
        {
            int item = _code[at];
            if (item == 0)
                return 0;
            if (item >= ModemCode.Word)
                at++;
            else if (item >= ModemCode.Command)
                return at;
            else
                at += item + 1;
        }
    }

    private bool HasName(AtLine line, int at)
    {
        int length = _code[at];
        if (length > line.Length)
            return false;
        byte[] text = line.Buffer;
        byte[] code = _code;
        for (int index = 0; index < length; index++)
            if (text[index] != code[at + 1 + index])
                return false;
        return true;
    }

    private bool IsText(AtLine line, int offset, int length, int at)
    {
        if (_code[at] != length)
            return false;
        for (int index = 0; index < length; index++)
            if (line.Buffer[offset + index] != _code[at + 1 + index])
                return false;
        return true;
    }
}
