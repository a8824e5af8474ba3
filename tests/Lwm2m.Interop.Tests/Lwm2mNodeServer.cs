using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Lwm2m.Interop.Tests;

/// <summary>npm's lwm2m-node-lib, a LwM2M 1.0 server, as a process that <c>lwm2m-server.js</c> lets speak JSON lines.</summary>
internal sealed class Lwm2mNodeServer : IDisposable
{
    private readonly PeerProgram _program;
    private int _lastId;

    private Lwm2mNodeServer(PeerProgram program) => _program = program;

    public string Uri { get; private set; } = "";

    /// <summary>The number that the server gave to the client; it is the last part of the location, too.</summary>
    public int Device { get; set; }

    public string Output => _program.Output;

    /// <param name="accept">The format that reads ask for; none: the client chooses.</param>
    public static Lwm2mNodeServer Start(string? accept)
    {
        Lwm2mNodeServer server = new(accept == null ? PeerProgram.Lwm2mNodeLib() : PeerProgram.Lwm2mNodeLib(accept));
        server.Uri = $"coap://127.0.0.1:{server.Event("listening").GetProperty("port").GetInt32()}";
        return server;
    }

    /// <summary>Waits for an event by its name.</summary>
    public JsonElement Event(string name, int occurrence = 1) =>
        Parse(_program.WaitForLine(line => Parse(line).TryGetProperty("event", out JsonElement found) && found.GetString() == name, name, occurrence));

    /// <summary>The values of all notifications so far.</summary>
    public string[] Notifications() =>
        Events("notification").Select(line => line.GetProperty("path").GetString() + " " + line.GetProperty("value").GetString()).ToArray();

    /// <summary>All requests of the client so far, each as its code and its Uri-Path options, with a blank before each.</summary>
    public string[] Requests() =>
        Events("request").Select(line => string.Join(' ', line.GetProperty("path").EnumerateArray().Select(part => part.GetString()).Prepend(line.GetProperty("code").GetString()))).ToArray();

    /// <summary>Has the server send a request; returns what it made of the answer: its text, or the code of the error.</summary>
    public string Ask(string operation, string path, object? value = null)
    {
        int id = ++_lastId;
        var command = new Dictionary<string, object?> { ["id"] = id, ["do"] = operation, ["device"] = Device, ["path"] = path, ["value"] = value };
        _program.Type(JsonSerializer.Serialize(command));
        JsonElement answer = Parse(_program.WaitForLine(line => Parse(line).TryGetProperty("id", out JsonElement found) && found.GetInt32() == id, $"{operation} {path}"));
        return answer.TryGetProperty("error", out _) ? answer.GetProperty("code").GetString()! : answer.GetProperty("value").GetString()!;
    }

    public void Dispose() => _program.Dispose();

    private IEnumerable<JsonElement> Events(string name) =>
        _program.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).Where(line => line.TryGetProperty("event", out JsonElement found) && found.GetString() == name);

    private static JsonElement Parse(string line) => JsonSerializer.Deserialize<JsonElement>(line);
}
