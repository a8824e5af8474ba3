using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Lwm2m.Coap;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>
/// CoAP messages as a line of text, both ways:
/// <c>CON GET /3/0/0?depth=1 mid=7 token=0a accept=0 observe=0 cf=0 "text"</c> or <c>hex:0102</c>.
/// </summary>
public static class Trace
{
    private static readonly Dictionary<string, int> Methods = new()
    {
        ["GET"] = CoapCode.Get, ["POST"] = CoapCode.Post, ["PUT"] = CoapCode.Put, ["DELETE"] = CoapCode.Delete,
        ["FETCH"] = CoapCode.Fetch, ["PATCH"] = 6, ["IPATCH"] = 7, ["EMPTY"] = 0,
    };

    public static byte[] Build(string line, int defaultMessageId, byte[] defaultToken)
    {
        List<string> words = Split(line);
        CoapType type = words[0] switch
        {
            "CON" => CoapType.Confirmable,
            "NON" => CoapType.NonConfirmable,
            "ACK" => CoapType.Acknowledgement,
            "RST" => CoapType.Reset,
            _ => throw new ArgumentException(line),
        };
        int code = Methods.TryGetValue(words[1], out int method) ? method : ParseCode(words[1]);
        int messageId = defaultMessageId;
        byte[] token = code == 0 ? Array.Empty<byte>() : defaultToken;
        byte[] payload = Array.Empty<byte>();
        var options = new List<(int Number, byte[] Value)>();
        foreach (string word in words.Skip(2))
        {
            int equals = word.IndexOf('=');
            if (word[0] == '/')
                AddPath(options, word);
            else if (word[0] == '"')
                payload = Encoding.UTF8.GetBytes(word[1..^1]);
            else if (word.StartsWith("hex:"))
                payload = Convert.FromHexString(word[4..]);
            else
                AddNamed(options, word[..equals], word[(equals + 1)..], ref messageId, ref token);
        }

        var buffer = new byte[8192];
        var writer = new CoapWriter();
        writer.Begin(buffer, 0, buffer.Length);
        writer.Header(type, code, messageId, token, 0, token.Length);
        foreach ((int number, byte[] value) in options.OrderBy(o => o.Number))
            writer.Option(number, value, 0, value.Length);
        if (payload.Length > 0)
            writer.Payload(payload, 0, payload.Length);
        return buffer[..writer.Length];
    }

    public static string Render(CoapMessage message, bool withIds)
    {
        var text = new StringBuilder();
        text.Append(message.Type switch { CoapType.Confirmable => "CON", CoapType.NonConfirmable => "NON", CoapType.Acknowledgement => "ACK", _ => "RST" });
        text.Append(' ').Append(Name(message.Code));
        if (message.PathCount > 0)
        {
            text.Append(' ');
            for (int index = 0; index < message.PathCount; index++)
            {
                int at = message.PathSegment(index, out int length);
                text.Append('/').Append(Encoding.UTF8.GetString(message.Buffer, at, length));
            }
        }

        for (int index = 0; index < message.QueryCount; index++)
        {
            int at = message.Query(index, out int length);
            text.Append(index == 0 ? '?' : '&').Append(Encoding.UTF8.GetString(message.Buffer, at, length));
        }

        if (withIds)
            text.Append(CultureInfo.InvariantCulture, $" mid={message.MessageId} token={Convert.ToHexString(message.Buffer, message.TokenOffset, message.TokenLength).ToLowerInvariant()}");
        for (int index = 0; index < message.LocationCount; index++)
        {
            int at = message.Location(index, out int length);
            text.Append(index == 0 ? " location=" : "/").Append(Encoding.UTF8.GetString(message.Buffer, at, length));
        }

        Append(text, "observe", message.Observe);
        Append(text, "cf", message.ContentFormat);
        Append(text, "accept", message.Accept);
        Append(text, "block1", message.Block1);
        Append(text, "block2", message.Block2);
        if (message.PayloadLength > 0)
            text.Append(' ').Append(Payload(message));
        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, int value)
    {
        if (value >= 0)
            text.Append(CultureInfo.InvariantCulture, $" {name}={value}");
    }

    private static string Payload(CoapMessage message)
    {
        byte[] payload = message.PayloadBuffer.AsSpan(message.PayloadOffset, message.PayloadLength).ToArray();
        return payload.All(b => b >= 32 && b < 127)
            ? "\"" + Encoding.UTF8.GetString(payload) + "\""
            : "hex:" + Convert.ToHexString(payload).ToLowerInvariant();
    }

    private static string Name(int code)
    {
        foreach ((string name, int value) in Methods)
            if (value == code)
                return name;
        return $"{code >> 5}.{code & 31:00}";
    }

    private static int ParseCode(string text) =>
        (text[0] - '0') << 5 | int.Parse(text[2..], CultureInfo.InvariantCulture);

    private static void AddPath(List<(int Number, byte[] Value)> options, string word)
    {
        int query = word.IndexOf('?');
        string path = query < 0 ? word : word[..query];
        foreach (string segment in path.Split('/').Skip(1))
            if (path != "/")
                options.Add((CoapOption.UriPath, Encoding.UTF8.GetBytes(segment)));
        if (query >= 0)
            foreach (string part in word[(query + 1)..].Split('&'))
                options.Add((CoapOption.UriQuery, Encoding.UTF8.GetBytes(part)));
    }

    private static void AddNamed(List<(int Number, byte[] Value)> options, string name, string value, ref int messageId, ref byte[] token)
    {
        switch (name)
        {
            case "mid":
                messageId = int.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "token":
                token = Convert.FromHexString(value);
                break;
            case "location":
                foreach (string segment in value.Trim('/').Split('/'))
                    options.Add((CoapOption.LocationPath, Encoding.UTF8.GetBytes(segment)));
                break;
            case "cf":
                options.Add((CoapOption.ContentFormat, Uint(value)));
                break;
            case "accept":
                options.Add((CoapOption.Accept, Uint(value)));
                break;
            case "observe":
                options.Add((CoapOption.Observe, Uint(value)));
                break;
            case "block1":
                options.Add((CoapOption.Block1, Uint(value)));
                break;
            case "block2":
                options.Add((CoapOption.Block2, Uint(value)));
                break;
            default:
                options.Add((int.Parse(name, CultureInfo.InvariantCulture), Convert.FromHexString(value)));
                break;
        }
    }

    private static byte[] Uint(string value)
    {
        uint number = uint.Parse(value, CultureInfo.InvariantCulture);
        byte[] bytes = { (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number };
        return bytes.SkipWhile(b => b == 0).ToArray();
    }

    // Words are separated by blanks; a quoted payload may hold blanks and runs to the last quote of the line.
    private static List<string> Split(string line)
    {
        int quote = line.IndexOf('"');
        string head = quote < 0 ? line : line[..quote];
        List<string> words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (quote >= 0)
            words.Add(line[quote..]);
        return words;
    }
}
