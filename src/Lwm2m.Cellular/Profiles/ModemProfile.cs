using System;

namespace Lwm2m.Cellular;

/// <summary>
/// How a modem is talked to, as text: commands and the lines that the modem writes. So a modem is added without code. Immutable;
/// what a transport needs of it is compiled when the transport is made, and the text can be forgotten then.
/// </summary>
/// <remarks>
/// <para>A line is <c>key = value</c>, blank, or a comment behind <c>#</c>. <c>name</c> names the profile; <c>base</c> names a built-in one, whose lines
/// hold where this one has none of the same key. <c>modem.setup</c> are commands of the modem's own at its start. All other keys have a section before
/// the point: <c>udp</c> and <c>tcp</c> for sockets of the modem, <c>nidd</c> for non-IP data.</para>
/// <para>Commands: <c>define</c> (before the modem attaches, for each link), <c>prepare</c> (once the network is there), <c>open</c>, <c>ask</c>
/// (questions about an open link), <c>send</c>, <c>peek</c> (how much is there to read), <c>read</c>, <c>close</c>, <c>recover</c> (brings a lost context back). A
/// key may stand on several lines: the commands go out in that order, and the first
/// that fails ends them. A command behind <c>?</c> may fail; one behind <c>!</c> goes out only where the one before it failed; one with
/// <c>{apn}</c> or <c>{ifapn}</c>, which writes nothing, is left out where none is set. <c>&gt;</c> is the modem's prompt.</para>
/// <para>Lines from the modem: <c>open.answer</c> (the number that it gave), <c>opened</c>, <c>push</c> and <c>push.other</c> (data as it comes), <c>notify</c>
/// (there is data to read), <c>read.answer</c>, <c>peek.answer</c>, <c>closed</c>, <c>ranges</c> (27.007 <c>+CSODCP=?</c>), <c>context</c>, <c>quota</c>. They are compared parameter by parameter, with
/// quotes or without; parameters behind the last one do not matter, those behind <c>[</c> may be missing, and <c>{}</c> is any. <c>|{hex}</c> and
/// <c>|{raw}</c> at the end: the data is in the next line.</para>
/// <para>Texts: <c>sent</c> and <c>unsent</c>, the final lines of <c>send</c> where it does not end with OK. Numbers: <c>mtu</c>, <c>first</c> (the first number
/// of a link where this device chooses it), <c>links</c>, <c>open.seconds</c> (how long <c>opened</c> may take).</para>
/// <para>Words in braces: <c>id</c> a socket, <c>cid</c> a context, <c>host</c>, <c>port</c>, <c>lport</c>, <c>apn</c>, <c>len</c> bytes of data, <c>digits</c> twice
/// as much, <c>hex</c> or <c>raw</c> the data, <c>most</c> bytes to read, <c>rai</c> and <c>type</c> release assistance and kind of data, <c>,rai</c> and <c>,type</c>
/// the same, left away with their comma where there is nothing to say, <c>err</c> 0 for success, <c>left</c> bytes to read, <c>state</c> 1 for open, <c>mtu</c>, <c>plmn</c> messages
/// in 6 minutes, <c>unit</c> and <c>rate</c> the operator's quota (27.007 <c>+CGAPNRC</c>).</para>
/// </remarks>
public sealed partial class ModemProfile
{
    private const int MostLines = 200;

    private readonly string[] _keys;
    private readonly string[] _values;
    private readonly int[] _lines;
    private int _count;

    /// <summary>Reads a profile.</summary>
    /// <param name="lines">Its lines.</param>
    /// <exception cref="ArgumentException">A line is not understood; the text names line and key.</exception>
    public ModemProfile(params string[] lines)
    {
        Name = "";
        ModemProfile? parent = null;
        for (int index = 0; index < lines.Length; index++)
        {
            if (!Split(lines[index], index + 1, out string key, out string value))
                continue;
            if (key == "name")
                Name = value;
            else if (key == "base")
                parent = Find(value) ?? throw Bad(index + 1, key, "there is no profile " + value);
        }

        int inherited = parent == null ? 0 : parent._count;
        if (lines.Length + inherited > MostLines)
            throw new ArgumentException("Modem profile " + Name + ": more than 200 lines.");
        _keys = new string[lines.Length + inherited];
        _values = new string[_keys.Length];
        _lines = new int[_keys.Length];
        for (int index = 0; index < lines.Length; index++)
            if (Split(lines[index], index + 1, out string key, out string value) && key != "name" && key != "base")
                Add(key, value, index + 1);
        int own = _count;
        for (int index = 0; index < inherited; index++)
            if (IndexOf(parent!._keys[index], 0, own) < 0)
                Add(parent._keys[index], parent._values[index], 0);
        Check(own);
    }

    /// <summary>The profile's name; empty where it has none.</summary>
    public string Name { get; }

    /// <summary>Reads a profile from one text, as of a file.</summary>
    /// <param name="text">The lines, ended by line feeds, with carriage returns or without.</param>
    /// <exception cref="ArgumentException">A line is not understood; the text names line and key.</exception>
    public static ModemProfile Parse(string text) => new ModemProfile(text.Split('\n'));

    /// <summary>The commands of <c>modem.setup</c>, for <see cref="ModemOptions.InitCommands"/>; null where there are none.</summary>
    public string[]? SetupCommands
    {
        get
        {
            int count = Count("modem.setup");
            if (count == 0)
                return null;
            string[] commands = new string[count];
            for (int which = 0; which < count; which++)
                commands[which] = Value("modem.setup", which)!;
            return commands;
        }
    }

    /// <summary>True when the profile has this section: <c>udp</c>, <c>tcp</c> or <c>nidd</c>.</summary>
    /// <param name="section">The section.</param>
    public bool Has(string section) => IndexOf(section + ".send", 0, _count) >= 0;

    /// <summary>How many lines have this key.</summary>
    /// <param name="key">The key with its section.</param>
    public int Count(string key)
    {
        int count = 0;
        for (int index = IndexOf(key, 0, _count); index >= 0; index = IndexOf(key, index + 1, _count))
            count++;
        return count;
    }

    /// <summary>The text behind a key.</summary>
    /// <param name="key">The key with its section, such as <c>udp.open</c>.</param>
    /// <param name="which">Which of several lines, from 0.</param>
    /// <returns>Null where there is none.</returns>
    public string? Value(string key, int which = 0)
    {
        int found = IndexOf(key, 0, _count);
        for (; found >= 0 && which > 0; which--)
            found = IndexOf(key, found + 1, _count);
        return found < 0 ? null : _values[found];
    }

    /// <summary>The number behind a key.</summary>
    internal int Number(string section, int key, int otherwise)
    {
        string? text = Value(section + "." + ModemKey.Name(key));
        return text == null ? otherwise : ReadNumber(text);
    }

    private static bool Split(string line, int number, out string key, out string value)
    {
        key = "";
        value = "";
        line = line.Trim();
        if (line.Length == 0 || line[0] == '#')
            return false;
        int equals = line.IndexOf('=');
        if (equals < 1)
            throw Bad(number, line, "no key and value");
        key = line.Substring(0, equals).Trim();
        value = line.Substring(equals + 1).Trim();
        if (value.Length == 0)
            throw Bad(number, key, "no value");
        return true;
    }

    private static ArgumentException Bad(int line, string key, string problem) =>
        new ArgumentException("Modem profile, line " + line.ToString() + ", " + key + ": " + problem + ".");

    private static int ReadNumber(string text)
    {
        char[] chars = text.ToCharArray();
        int number = 0;
        for (int index = 0; index < chars.Length; index++)
        {
            if (chars[index] < '0' || chars[index] > '9' || number > 99_999)
                return -1;
            number = number * 10 + chars[index] - '0';
        }

        return number;
    }

    private void Add(string key, string value, int line)
    {
        _keys[_count] = key;
        _values[_count] = value;
        _lines[_count++] = line;
    }

    private int IndexOf(string key, int start, int end)
    {
        for (int index = start; index < end; index++)
            if (_keys[index] == key)
                return index;
        return -1;
    }

    private void Check(int own)
    {
        var code = new ModemCode();
        for (int index = 0; index < own; index++)
        {
            string key = _keys[index];
            string? problem = null;
            if (key != "modem.setup")
            {
                int point = key.IndexOf('.');
                string section = point < 0 ? "" : key.Substring(0, point);
                int kind = point < 0 ? -1 : ModemKey.Find(key.Substring(point + 1));
                if (kind < 0 || section != "udp" && section != "tcp" && section != "nidd")
                    problem = "there is no such key";
                else if (kind >= ModemKey.Numbers)
                    problem = ReadNumber(_values[index]) < 0 ? "not a number up to 999999" : null;
                else if (kind < ModemKey.Compiled)
                    problem = code.TryAdd(kind, _values[index]);
            }

            if (problem != null)
                throw Bad(_lines[index], key, problem);
        }
    }
}
