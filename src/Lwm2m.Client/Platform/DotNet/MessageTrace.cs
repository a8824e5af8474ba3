using System;
using System.Globalization;
using System.Text;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// A readable trace: one line for each message, like a packet listing, such as
/// <c>12.345 1 &lt;- CON GET /3/0/0 accept=112 mid=4711 token=0a0b</c>. The time counts in seconds from the first message, the number behind it is the Short
/// Server ID (<c>bs</c> for the bootstrap server). Keys are never shown: payloads of /0 and /21, and answers of the bootstrap server, are
/// told by their length alone.
/// </summary>
public sealed class MessageTrace : IMessageTrace
{
    private const int MostText = 60;
    private const int MostBytes = 16;

    private readonly Action<string> _write;
    private readonly CoapMessage _message = new CoapMessage();
    private readonly StringBuilder _line = new StringBuilder();
    private long _startMs = -1;

    /// <summary>Makes a trace.</summary>
    /// <param name="write">Takes each line, without a line end. Called under the client's gate: it should be quick.</param>
    public MessageTrace(Action<string> write) => _write = write;

    /// <inheritdoc/>
    public void Message(ServerAccount? server, bool isOutgoing, byte[] buffer, int offset, int count, long nowMs)
    {
        if (_startMs < 0)
            _startMs = nowMs;
        _line.Clear();
        _line.Append(CultureInfo.InvariantCulture, $"{(nowMs - _startMs) / 1000.0:0.000} ");
        _line.Append(server == null ? "bs" : server.ShortServerId.ToString(CultureInfo.InvariantCulture)).Append(isOutgoing ? " -> " : " <- ");
        CoapParseStatus status = _message.Parse(buffer, offset, count);
        if (status != CoapParseStatus.Ok)
            _line.Append(CultureInfo.InvariantCulture, $"no CoAP message ({status}), {count} bytes");
        else
            Describe(server == null);
        _write(_line.ToString());
    }

    private void Describe(bool isBootstrap)
    {
        CoapMessage message = _message;
        _line.Append(message.Type switch
        {
            CoapType.Confirmable => "CON ",
            CoapType.NonConfirmable => "NON ",
            CoapType.Acknowledgement => "ACK ",
            _ => "RST "
        });
        _line.Append(CodeName(message.Code));
        Segments();
        Number("observe", message.Observe);
        Block("block1", message.Block1);
        Block("block2", message.Block2);
        Number("accept", message.Accept);
        Number("cf", message.ContentFormat);
        _line.Append(CultureInfo.InvariantCulture, $" mid={message.MessageId}");
        if (message.TokenLength > 0)
            Hex(_line.Append(" token="), message.Buffer, message.TokenOffset, message.TokenLength);
        if (message.PayloadLength > 0)
            Payload(isBootstrap);
    }

    private static string CodeName(int code) => code switch
    {
        CoapCode.Empty => "Empty",
        CoapCode.Get => "GET",
        CoapCode.Post => "POST",
        CoapCode.Put => "PUT",
        CoapCode.Delete => "DELETE",
        5 => "FETCH",
        6 => "PATCH",
        7 => "iPATCH",
        _ => string.Create(CultureInfo.InvariantCulture, $"{code >> 5}.{code & 31:00}")
    };

    private void Segments()
    {
        CoapMessage message = _message;
        if (message.PathCount > 0)
            _line.Append(' ');
        for (int index = 0; index < message.PathCount; index++)
        {
            int at = message.PathSegment(index, out int length);
            Text(_line.Append('/'), at, length, int.MaxValue);
        }

        for (int index = 0; index < message.QueryCount; index++)
        {
            int at = message.Query(index, out int length);
            if (index == 0 && message.PathCount == 0)
                _line.Append(' ');
            Text(_line.Append(index == 0 ? '?' : '&'), at, length, int.MaxValue);
        }

        for (int index = 0; index < message.LocationCount; index++)
        {
            int at = message.Location(index, out int length);
            Text(_line.Append(index == 0 ? " location=/" : "/"), at, length, int.MaxValue);
        }
    }

    private void Number(string name, int value)
    {
        if (value >= 0)
            _line.Append(CultureInfo.InvariantCulture, $" {name}={value}");
    }

    // Number, whether more follow, and size.
    private void Block(string name, int value)
    {
        if (value >= 0)
            _line.Append(CultureInfo.InvariantCulture, $" {name}={value >> 4}/{((value & 8) != 0 ? 1 : 0)}/{16 << (value & 7)}");
    }

    private void Payload(bool isBootstrap)
    {
        CoapMessage message = _message;
        int length = message.PayloadLength;
        _line.Append(CultureInfo.InvariantCulture, $" len={length} ");
        if (IsSecret(isBootstrap))
        {
            _line.Append("(hidden)");
            return;
        }

        bool isDiagnostic = message.Code >= 0x80 && message.ContentFormat < 0;
        switch (message.ContentFormat)
        {
            case ContentFormat.PlainText:
            case ContentFormat.LinkFormat:
            case ContentFormat.SenmlJson:
            case ContentFormat.SenmlEtchJson:
            case ContentFormat.OmaJson:
            case ContentFormat.None when isDiagnostic:
                Text(_line.Append('"'), message.PayloadOffset, length, MostText);
                _line.Append('"');
                break;
            default:
                Hex(_line.Append(FormatName(message.ContentFormat)), message.PayloadBuffer, message.PayloadOffset, length < MostBytes ? length : MostBytes);
                if (length > MostBytes)
                    _line.Append("...");
                break;
        }
    }

    private static string FormatName(int contentFormat) => contentFormat switch
    {
        ContentFormat.Tlv => "TLV ",
        ContentFormat.Cbor => "CBOR ",
        ContentFormat.SenmlCbor => "SenML-CBOR ",
        ContentFormat.SenmlEtchCbor => "SenML-ETCH-CBOR ",
        ContentFormat.Lwm2mCbor => "LwM2M-CBOR ",
        _ => ""
    };

    // Keys stand in /0 and /21; a bootstrap server sends them in requests for those, for the root, and in its answer to Bootstrap-Pack.
    private bool IsSecret(bool isBootstrap)
    {
        CoapMessage message = _message;
        if (message.Code >= 0x20)
            return isBootstrap && message.Code < 0x80 && message.ContentFormat != ContentFormat.LinkFormat;
        if (message.PathCount == 0)
            return isBootstrap;
        int at = message.PathSegment(0, out int length);
        byte[] buffer = message.Buffer;
        return (length == 1 && buffer[at] == '0') || (length == 2 && buffer[at] == '2' && buffer[at + 1] == '1');
    }

    // What would break the line is told by its code.
    private void Text(StringBuilder into, int at, int length, int most)
    {
        string text = Encoding.UTF8.GetString(_message.Buffer, at, length);
        int shown = text.Length < most ? text.Length : most;
        for (int index = 0; index < shown; index++)
        {
            char next = text[index];
            if (char.IsControl(next))
                into.Append(CultureInfo.InvariantCulture, $"\\u{(int)next:x4}");
            else
                into.Append(next);
        }

        if (shown < text.Length)
            into.Append("...");
    }

    private static void Hex(StringBuilder into, byte[] buffer, int at, int length)
    {
        for (int end = at + length; at < end; at++)
            into.Append(buffer[at].ToString("x2", CultureInfo.InvariantCulture));
    }
}
