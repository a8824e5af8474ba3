using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Lwm2m.Coap.Tests;

/// <summary>
/// Datagrams in words and back, by a codec that shares nothing with the library:
/// <c>CON GET 1234 t=aabb /3/0 ?lt=300 Observe=0 CF=40 Block1=0/1/64 | text</c>. A payload of <c>64@128</c> is 64 bytes of the test pattern
/// from place 128 on; <c>x0a0b</c> is hex.
/// </summary>
internal sealed class Wire
{
    private static readonly string[] Types = { "CON", "NON", "ACK", "RST" };

    private static readonly Dictionary<int, string> Methods = new()
    {
        [1] = "GET", [2] = "POST", [3] = "PUT", [4] = "DELETE", [5] = "FETCH", [6] = "PATCH", [7] = "IPATCH",
    };

    private static readonly Dictionary<int, (string Name, char Format)> Names = new()
    {
        [1] = ("IfMatch", 'x'), [3] = ("Host", 's'), [4] = ("ETag", 'x'), [5] = ("IfNoneMatch", 'x'), [6] = ("Observe", 'u'), [7] = ("Port", 'u'),
        [8] = ("Loc", 's'), [9] = ("Oscore", 'x'), [12] = ("CF", 'u'), [14] = ("MaxAge", 'u'), [16] = ("Hop", 'u'), [17] = ("Accept", 'u'),
        [20] = ("LocQuery", 's'), [23] = ("Block2", 'b'), [27] = ("Block1", 'b'), [28] = ("Size2", 'u'), [35] = ("ProxyUri", 's'),
        [39] = ("ProxyScheme", 's'), [60] = ("Size1", 'u'), [252] = ("Echo", 'x'), [258] = ("NoResponse", 'u'), [292] = ("RTag", 'x'),
    };

    public int Type { get; set; }

    public int Code { get; set; }

    public int Mid { get; set; }

    public byte[] TokenBytes { get; set; } = Array.Empty<byte>();

    public string Token => Hex(TokenBytes);

    public List<(int Number, byte[] Value)> Options { get; } = new();

    public byte[] Payload { get; set; } = Array.Empty<byte>();

    /// <summary>The test pattern: no two places within 64 kB that are a power of two apart look alike.</summary>
    public static byte[] Pattern(int length, int from = 0)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte)(((from + i) * 31) ^ ((from + i) >> 4) * 7);
        return bytes;
    }

    public static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    public static byte[] Datagram(string text) => Parse(text).Encode();

    /// <summary>Reads the words; <c>*</c> stands for anything where a message id, token, ETag or Request-Tag belongs.</summary>
    public static Wire Parse(string text)
    {
        Wire wire = new();
        string head = text;
        int bar = text.IndexOf(" | ", StringComparison.Ordinal);
        if (bar >= 0)
        {
            head = text[..bar];
            wire.Payload = ParsePayload(text[(bar + 3)..]);
        }

        string[] words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        wire.Type = Array.IndexOf(Types, words[0]);
        wire.Code = ParseCode(words[1]);
        wire.Mid = words[2] == "*" ? 0 : int.Parse(words[2], CultureInfo.InvariantCulture);
        foreach (string word in words.Skip(3)) wire.ParseWord(word);
        List<(int Number, byte[] Value)> sorted = wire.Options.OrderBy(o => o.Number).ToList();
        wire.Options.Clear();
        wire.Options.AddRange(sorted);
        return wire;
    }

    public static Wire Decode(byte[] datagram)
    {
        Wire wire = new() { Type = (datagram[0] >> 4) & 3, Code = datagram[1], Mid = (datagram[2] << 8) | datagram[3] };
        if (datagram[0] >> 6 != 1) throw new FormatException("version");
        int at = 4 + (datagram[0] & 15);
        wire.TokenBytes = datagram[4..at];
        int number = 0;
        while (at < datagram.Length)
        {
            int head = datagram[at++];
            if (head == 0xFF)
            {
                wire.Payload = datagram[at..];
                if (wire.Payload.Length == 0) throw new FormatException("marker without payload");
                break;
            }

            number += Extended(datagram, head >> 4, ref at);
            int length = Extended(datagram, head & 15, ref at);
            wire.Options.Add((number, datagram[at..(at + length)]));
            at += length;
        }

        return wire;
    }

    public byte[] Encode()
    {
        List<byte> bytes = new() { (byte)(0x40 | (Type << 4) | TokenBytes.Length), (byte)Code, (byte)(Mid >> 8), (byte)Mid };
        bytes.AddRange(TokenBytes);
        int last = 0;
        foreach ((int number, byte[] value) in Options)
        {
            List<byte> extra = new();
            int high = Nibble(number - last, extra);
            int low = Nibble(value.Length, extra);
            bytes.Add((byte)((high << 4) | low));
            bytes.AddRange(extra);
            bytes.AddRange(value);
            last = number;
        }

        if (Payload.Length > 0)
        {
            bytes.Add(0xFF);
            bytes.AddRange(Payload);
        }

        return bytes.ToArray();
    }

    public override string ToString() => Describe(this);

    /// <summary>The message in words, with <c>*</c> wherever <paramref name="like"/> has one.</summary>
    public string ToString(string like)
    {
        string[] words = like.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string text = Describe(this, words.Length > 2 && words[2] == "*", like.Contains("t=*"), like.Contains("ETag=*"), like.Contains("RTag=*"));
        return text;
    }

    /// <summary>An expectation in the same order and spelling as <see cref="ToString(string)"/>.</summary>
    public static string Canonical(string text) => Parse(text).ToString(text);

    private static string Describe(Wire wire, bool anyMid = false, bool anyToken = false, bool anyETag = false, bool anyTag = false)
    {
        StringBuilder text = new();
        text.Append(Types[wire.Type]).Append(' ').Append(CodeName(wire.Code)).Append(' ').Append(anyMid ? "*" : wire.Mid);
        if (anyToken) text.Append(" t=*");
        else if (wire.TokenBytes.Length > 0) text.Append(" t=").Append(wire.Token);
        foreach (IGrouping<int, (int Number, byte[] Value)> group in wire.Options.GroupBy(o => o.Number))
        {
            string[] values = group.Select(o => Value(o.Number, o.Value)).ToArray();
            if (group.Key == 11) text.Append(' ').Append(string.Concat(values.Select(v => "/" + v)));
            else if (group.Key == 15) text.Append(" ?").Append(string.Join('&', values));
            else if (group.Key == 8) text.Append(" Loc=").Append(string.Concat(values.Select(v => "/" + v)));
            else if (group.Key == 4 && anyETag) text.Append(" ETag=*");
            else if (group.Key == 292 && anyTag) text.Append(" RTag=*");
            else foreach (string value in values) text.Append(' ').Append(Name(group.Key)).Append('=').Append(value);
        }

        if (wire.Payload.Length > 0) text.Append(" | ").Append(PayloadText(wire.Payload));
        return text.ToString();
    }

    private static string PayloadText(byte[] payload)
    {
        if (payload.Length >= 16)
        {
            for (int from = 0; from < 70000; from++)
            {
                byte first = (byte)((from * 31) ^ (from >> 4) * 7);
                if (payload[0] == first && payload.AsSpan().SequenceEqual(Pattern(payload.Length, from))) return payload.Length + "@" + from;
            }
        }

        return payload.All(b => b is >= 32 and < 127) ? Encoding.UTF8.GetString(payload) : "x" + Hex(payload);
    }

    private static byte[] ParsePayload(string text)
    {
        int at = text.IndexOf('@');
        if (at > 0 && int.TryParse(text[..at], out int length) && int.TryParse(text[(at + 1)..], out int from)) return Pattern(length, from);
        if (text.Length > 1 && text[0] == 'x' && text.Length % 2 == 1 && text[1..].All(Uri.IsHexDigit)) return Convert.FromHexString(text[1..]);
        return Encoding.UTF8.GetBytes(text);
    }

    private void ParseWord(string word)
    {
        if (word[0] == '/')
        {
            foreach (string segment in word[1..].Split('/')) Options.Add((11, Encoding.UTF8.GetBytes(segment)));
            return;
        }

        if (word[0] == '?')
        {
            foreach (string query in word[1..].Split('&')) Options.Add((15, Encoding.UTF8.GetBytes(query)));
            return;
        }

        int equals = word.IndexOf('=');
        string name = word[..equals];
        string value = word[(equals + 1)..];
        if (name == "t")
        {
            if (value != "*") TokenBytes = Convert.FromHexString(value);
            return;
        }

        if (name == "Loc")
        {
            foreach (string segment in value[1..].Split('/')) Options.Add((8, Encoding.UTF8.GetBytes(segment)));
            return;
        }

        int number = name[0] == '#' ? int.Parse(name[1..], CultureInfo.InvariantCulture) : Names.First(n => n.Value.Name == name).Key;
        char format = name[0] == '#' ? 'x' : Names[number].Format;
        Options.Add((number, value == "*" ? Array.Empty<byte>() : ParseValue(format, value)));
    }

    private static byte[] ParseValue(char format, string value)
    {
        switch (format)
        {
            case 's':
                return Encoding.UTF8.GetBytes(value);
            case 'u':
                return Shortest(long.Parse(value, CultureInfo.InvariantCulture));
            case 'b':
                string[] parts = value.Split('/');
                int szx = parts[2] == "bert" ? 7 : (int)Math.Log2(int.Parse(parts[2], CultureInfo.InvariantCulture)) - 4;
                return Shortest((long.Parse(parts[0], CultureInfo.InvariantCulture) << 4) | (parts[1] == "1" ? 8L : 0) | (long)szx);
            default:
                return Convert.FromHexString(value);
        }
    }

    private static string Value(int number, byte[] value)
    {
        char format = number is 11 or 15 ? 's' : Names.TryGetValue(number, out (string Name, char Format) known) ? known.Format : 'x';
        long uint32 = value.Aggregate(0L, (sum, b) => (sum << 8) | b);
        return format switch
        {
            's' => Encoding.UTF8.GetString(value),
            'u' => uint32.ToString(CultureInfo.InvariantCulture),
            'b' => (uint32 >> 4) + "/" + ((uint32 >> 3) & 1) + "/" + ((uint32 & 7) == 7 ? "bert" : 16 << (int)(uint32 & 7)),
            _ => Hex(value),
        };
    }

    private static string Name(int number) => Names.TryGetValue(number, out (string Name, char Format) known) ? known.Name : "#" + number;

    private static string CodeName(int code) =>
        code == 0 ? "-" : Methods.TryGetValue(code, out string? method) ? method : (code >> 5) + "." + (code & 31).ToString("00", CultureInfo.InvariantCulture);

    private static int ParseCode(string text)
    {
        if (text == "-") return 0;
        foreach (KeyValuePair<int, string> method in Methods)
        {
            if (method.Value == text) return method.Key;
        }

        string[] parts = text.Split('.');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture) << 5) | int.Parse(parts[1], CultureInfo.InvariantCulture);
    }

    private static byte[] Shortest(long value)
    {
        List<byte> bytes = new();
        for (; value != 0; value >>= 8) bytes.Insert(0, (byte)value);
        return bytes.ToArray();
    }

    private static int Nibble(int value, List<byte> extra)
    {
        if (value < 13) return value;
        if (value < 269)
        {
            extra.Add((byte)(value - 13));
            return 13;
        }

        extra.Add((byte)((value - 269) >> 8));
        extra.Add((byte)(value - 269));
        return 14;
    }

    private static int Extended(byte[] datagram, int nibble, ref int at)
    {
        if (nibble < 13) return nibble;
        if (nibble == 13) return datagram[at++] + 13;
        if (nibble == 15) throw new FormatException("nibble 15");
        at += 2;
        return ((datagram[at - 2] << 8) | datagram[at - 1]) + 269;
    }
}
