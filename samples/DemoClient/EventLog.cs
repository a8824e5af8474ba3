using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lwm2m.Client;

namespace Lwm2m.Samples.DemoClient;

/// <summary>
/// Writes events to standard output, one a line and flushed at once: JSON objects, or lines for a person. One buffer and one
/// writer serve all of them. May be called from any thread.
/// </summary>
internal sealed class EventLog : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Base64 keeps its '+': nothing here ends up in a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly object _gate = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly Utf8JsonWriter _json;
    private readonly Stream _output;
    private readonly bool _asJson;

    public EventLog(Stream output, bool asJson)
    {
        _output = output;
        _asJson = asJson;
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    /// <summary>An event that has nothing but its server.</summary>
    public void Write(string name, int ssid)
    {
        lock (_gate)
        {
            Begin(name, ssid);
            End();
        }
    }

    /// <summary>An event with a text, such as a location or a path.</summary>
    public void Write(string name, int ssid, string key, string text)
    {
        lock (_gate)
        {
            Begin(name, ssid);
            _json.WriteString(key, text);
            End();
        }
    }

    /// <summary>An attempt to register, to bootstrap or to send failed.</summary>
    /// <param name="name">Name of the event.</param>
    /// <param name="ssid">The server, 0 for none.</param>
    /// <param name="reason">Why, as a word.</param>
    /// <param name="code">The server's CoAP code, 0 where it gave none.</param>
    /// <param name="retryInMs">Milliseconds until the next attempt; -1 where there is none.</param>
    public void Failed(string name, int ssid, string reason, int code, long retryInMs)
    {
        lock (_gate)
        {
            Begin(name, ssid);
            _json.WriteString("reason", reason);
            if (code != 0)
                _json.WriteString("code", CodeText(code));
            if (retryInMs >= 0)
                _json.WriteNumber("retryInMs", retryInMs);
            End();
        }
    }

    /// <summary>A resource and its value: <c>written</c> by a server, or <c>value</c> as asked for by <c>show</c>.</summary>
    /// <param name="name">Name of the event.</param>
    /// <param name="ssid">The server, 0 for none.</param>
    /// <param name="path">The resource or resource instance.</param>
    /// <param name="values">Reads it. Takes the client's gate, so whoever calls from outside of the runner holds that already.</param>
    public void Value(string name, int ssid, ResourcePath path, LocalValues values)
    {
        lock (_gate)
        {
            Begin(name, ssid);
            WritePath(path);
            _json.WritePropertyName("value");
            values.Write(path, _json);
            End();
        }
    }

    /// <summary>A server executed a resource.</summary>
    public void Executed(int ssid, ResourcePath path, string arguments)
    {
        lock (_gate)
        {
            Begin("executed", ssid);
            WritePath(path);
            _json.WriteString("arguments", arguments);
            End();
        }
    }

    /// <summary>An event that concerns a path.</summary>
    public void Path(string name, int ssid, ResourcePath path)
    {
        lock (_gate)
        {
            Begin(name, ssid);
            WritePath(path);
            End();
        }
    }

    /// <summary>Something went wrong.</summary>
    /// <param name="reason">What, as a word.</param>
    /// <param name="message">What, for a person.</param>
    /// <param name="ssid">The server it concerns, 0 for none.</param>
    public void Error(string reason, string message, int ssid = 0)
    {
        lock (_gate)
        {
            Begin("error", ssid);
            _json.WriteString("reason", reason);
            _json.WriteString("message", message);
            End();
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _json.Dispose();
    }

    private void Begin(string name, int ssid)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("event", name);
        if (ssid != 0)
            _json.WriteNumber("ssid", ssid);
    }

    private void WritePath(ResourcePath path)
    {
        Span<char> text = stackalloc char[ResourcePath.MaxChars];
        _json.WriteString("path", text[..path.Format(text)]);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        ReadOnlySpan<byte> line;
        if (_asJson)
        {
            _buffer.Write("\n"u8);
            line = _buffer.WrittenSpan;
        }
        else
        {
            _line.ResetWrittenCount();
            PlainLine.Write(_buffer.WrittenSpan, _line);
            line = _line.WrittenSpan;
        }

        try
        {
            _output.Write(line);
            _output.Flush();
        }
        catch (IOException)
        {
            // Nobody reads any more. The client goes on; its end comes with standard input or a signal.
        }
    }

    private static string CodeText(int code) =>
        string.Create(CultureInfo.InvariantCulture, $"{code >> 5}.{code & 31:00}");
}
