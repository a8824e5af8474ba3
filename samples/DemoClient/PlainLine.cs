using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lwm2m.Samples.DemoClient;

/// <summary>An event as a line for a person: <c>12:03:17 registered  ssid 1  location /rd/5a3f</c>.</summary>
internal static class PlainLine
{
    /// <summary>Turns one event, as the JSON object that a program would get, into a line.</summary>
    public static void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> line)
    {
        line.Write(Encoding.UTF8.GetBytes(DateTime.Now.ToString("HH:mm:ss", CultureInfo.InvariantCulture)));
        var reader = new Utf8JsonReader(json);
        bool isName = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    isName = reader.ValueTextEquals("event"u8);
                    if (!isName)
                    {
                        line.Write(reader.CurrentDepth > 1 ? " "u8 : "  "u8);
                        line.Write(reader.ValueSpan);
                        line.Write(reader.CurrentDepth > 1 ? "="u8 : " "u8);
                    }

                    break;
                case JsonTokenType.StartObject when reader.CurrentDepth > 0:
                    line.Write("{"u8);
                    break;
                case JsonTokenType.EndObject when reader.CurrentDepth > 0:
                    line.Write(" }"u8);
                    break;
                case JsonTokenType.String:
                    line.Write(isName ? " "u8 : ""u8);
                    line.Write(Encoding.UTF8.GetBytes(OneLine(reader.GetString()!)));
                    isName = false;
                    break;
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                    line.Write(reader.ValueSpan);
                    break;
            }
        }

        line.Write("\n"u8);
    }

    // A server's text must not write lines of its own, nor steer the terminal.
    private static string OneLine(string text)
    {
        char[] chars = text.ToCharArray();
        for (int index = 0; index < chars.Length; index++)
            if (char.IsControl(chars[index]))
                chars[index] = '\uFFFD';
        return new string(chars);
    }
}
