using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Lwm2m.Interop.Tests;

/// <summary>A bootstrap server on npm's coap: <c>bootstrap-server.js</c> as a process, and what it reports.</summary>
internal sealed class NodeBootstrapServer : IDisposable
{
    private readonly PeerProgram _program;

    private NodeBootstrapServer(PeerProgram program)
    {
        _program = program;
        Port = Event("listening").GetProperty("port").GetInt32();
    }

    public int Port { get; }

    public string Uri => "coap://127.0.0.1:" + Port;

    public string Output => _program.Output + _program.Errors;

    /// <summary>The steps so far, each as its method, path and code.</summary>
    public string[] Steps => _program.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)
        .Where(line => line.GetProperty("event").GetString() == "step")
        .Select(line => $"{Text(line, "method")} {Text(line, "path")} {Text(line, line.TryGetProperty("code", out _) ? "code" : "error")}").ToArray();

    /// <param name="target">URI of the server that clients are to register at.</param>
    /// <param name="options">See the script.</param>
    public static NodeBootstrapServer Start(string target, params string[] options)
    {
        List<string> arguments = [target, .. options];
        return new(PeerProgram.Node("bootstrap-server.js", arguments.ToArray()));
    }

    /// <summary>Waits for an event by its name.</summary>
    public JsonElement Event(string name, int occurrence = 1) =>
        Parse(_program.WaitForLine(line => Text(Parse(line), "event") == name, name, occurrence));

    public bool HasEvent(string name) => _program.Output.Contains($"\"event\":\"{name}\"", StringComparison.Ordinal);

    public void Dispose() => _program.Dispose();

    private static string Text(JsonElement line, string property) => line.GetProperty(property).GetString()!;

    private static JsonElement Parse(string line) => JsonSerializer.Deserialize<JsonElement>(line);
}
