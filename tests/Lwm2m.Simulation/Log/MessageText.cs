using System;
using System.Globalization;
using System.Text;
using Lwm2m.Coap;

namespace Lwm2m.Simulation;

/// <summary>A datagram as a line for people.</summary>
internal static class MessageText
{
    private static readonly string[] Types = { "CON", "NON", "ACK", "RST" };
    private static readonly string[] Methods = { "EMPTY", "GET", "POST", "PUT", "DELETE", "FETCH", "PATCH", "IPATCH" };

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(byte[] datagram)
    {
        var message = new CoapMessage();
        if (message.Parse(datagram, 0, datagram.Length) != CoapParseStatus.Ok)
            return "malformed " + Convert.ToHexString(datagram);
        var text = new StringBuilder();
        text.Append(Types[(int)message.Type]).Append(' ');
        text.Append(message.Code < Methods.Length ? Methods[message.Code]
            : string.Create(CultureInfo.InvariantCulture, $"{message.Code >> 5}.{message.Code & 31:00}"));
        text.Append(CultureInfo.InvariantCulture, $" mid={message.MessageId}");
        if (message.TokenLength > 0)
            text.Append(" token=").Append(Convert.ToHexString(datagram, message.TokenOffset, message.TokenLength));
        AppendOptions(text, message);
        if (message.PayloadLength > 0)
            text.Append("  ").Append(Payload(message));
        return text.ToString();
    }

    private static void AppendOptions(StringBuilder text, CoapMessage message)
    {
        for (int index = 0; index < message.PathCount; index++)
        {
            int at = message.PathSegment(index, out int length);
            text.Append(index == 0 ? " /" : "/").Append(Encoding.UTF8.GetString(message.Buffer, at, length));
        }

        for (int index = 0; index < message.QueryCount; index++)
        {
            int at = message.Query(index, out int length);
            text.Append(index == 0 ? '?' : '&').Append(Encoding.UTF8.GetString(message.Buffer, at, length));
        }

        for (int index = 0; index < message.LocationCount; index++)
        {
            int at = message.Location(index, out int length);
            text.Append(index == 0 ? " location=/" : "/").Append(Encoding.UTF8.GetString(message.Buffer, at, length));
        }

        Append(text, "observe", message.Observe);
        Append(text, "cf", message.ContentFormat);
        Append(text, "accept", message.Accept);
        Append(text, "block1", message.Block1);
        Append(text, "block2", message.Block2);
    }

    private static void Append(StringBuilder text, string name, int value)
    {
        if (value >= 0)
            text.Append(CultureInfo.InvariantCulture, $" {name}={value}");
    }

    private static string Payload(CoapMessage message)
    {
        ReadOnlySpan<byte> payload = message.PayloadBuffer.AsSpan(message.PayloadOffset, message.PayloadLength);
        foreach (byte letter in payload)
            if (letter < 32 || letter > 126)
                return "hex:" + Convert.ToHexString(payload);
        return "\"" + Encoding.UTF8.GetString(payload) + "\"";
    }
}
