using System.Globalization;
using System.Text;
using Lwm2m.Coap;

namespace Lwm2m.NanoGate.Report.Scenarios;

/// <summary>Builds the datagrams that a server sends, one new message id each.</summary>
internal sealed class Datagram
{
    private readonly CoapWriter _writer = new();
    private readonly byte[] _buffer = new byte[2048];
    private int _messageId = 100;

    /// <summary>A confirmable request.</summary>
    /// <param name="code">Method.</param>
    /// <param name="uri">Path and query, such as <c>/3303/0?pmin=10</c>.</param>
    /// <param name="token">Its token, as a number of four bytes.</param>
    /// <param name="accept">Accept option, or -1.</param>
    /// <param name="contentFormat">Content-Format of the payload, or -1.</param>
    /// <param name="observe">Observe option, or -1.</param>
    /// <param name="payload">Body, may be empty.</param>
    public byte[] Request(int code, string uri, int token = 0x01020304, int accept = -1, int contentFormat = -1, int observe = -1, byte[]? payload = null)
    {
        string[] parts = uri.Split('?');
        byte[] tokenBytes = [(byte)(token >> 24), (byte)(token >> 16), (byte)(token >> 8), (byte)token];
        _writer.Begin(_buffer, 0, _buffer.Length);
        _writer.Header(CoapType.Confirmable, code, ++_messageId & 0xFFFF, tokenBytes, 0, tokenBytes.Length);
        if (observe >= 0)
            _writer.UintOption(CoapOption.Observe, observe);
        foreach (string segment in parts[0].Split('/', StringSplitOptions.RemoveEmptyEntries))
            _writer.StringOption(CoapOption.UriPath, segment);
        if (contentFormat >= 0)
            _writer.UintOption(CoapOption.ContentFormat, contentFormat);
        if (parts.Length > 1)
        {
            foreach (string query in parts[1].Split('&'))
                _writer.StringOption(CoapOption.UriQuery, query);
        }

        if (accept >= 0)
            _writer.UintOption(CoapOption.Accept, accept);
        if (payload != null)
            _writer.Payload(payload, 0, payload.Length);
        return _buffer[.._writer.Length];
    }

    /// <summary>The acknowledgement of a message that the client sent, with a code and perhaps a location.</summary>
    public byte[] Answer(byte[] request, int code, params string[] location)
    {
        int tokenLength = request[0] & 0xF;
        _writer.Begin(_buffer, 0, _buffer.Length);
        _writer.Header(CoapType.Acknowledgement, code, request[2] << 8 | request[3], request, 4, tokenLength);
        foreach (string segment in location)
            _writer.StringOption(CoapOption.LocationPath, segment);
        return _buffer[.._writer.Length];
    }

    /// <summary>The acknowledgement of a block of a request that has more of them; null for the last one and for other messages.</summary>
    public byte[]? Continue(byte[] request)
    {
        var parsed = new CoapMessage();
        if (parsed.Parse(request, 0, request.Length) != CoapParseStatus.Ok || parsed.Block1 < 0 || (parsed.Block1 & 8) == 0)
            return null;
        _writer.Begin(_buffer, 0, _buffer.Length);
        _writer.Header(CoapType.Acknowledgement, CoapCode.Continue, parsed.MessageId, request, parsed.TokenOffset, parsed.TokenLength);
        _writer.UintOption(CoapOption.Block1, parsed.Block1);
        return _buffer[.._writer.Length];
    }

    /// <summary>Null when a message has the code, such as <c>2.05</c>; else what it is.</summary>
    public static string? Expect(string code, byte[]? message)
    {
        if (message == null)
            return "nothing was sent";
        string got = string.Create(CultureInfo.InvariantCulture, $"{message[1] >> 5}.{message[1] & 31:00}");
        return got == code ? null : $"{got} instead of {code}: {Encoding.ASCII.GetString(message)}";
    }
}
