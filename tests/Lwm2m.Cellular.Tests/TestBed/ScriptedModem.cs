using System;
using System.Collections.Generic;
using System.Text;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests;

/// <summary>
/// A modem that knows one dialogue: it expects exactly these bytes, in this order, and answers those. Bytes are Latin-1 strings. Answers wait
/// until the bed hands them over.
/// </summary>
internal sealed class ScriptedModem : ISerialOutput
{
    private readonly Queue<(string Expected, string Answer)> _script = new();
    private readonly Queue<string> _answers = new();
    private readonly StringBuilder _unread = new();

    /// <summary>Everything that was written to it.</summary>
    public StringBuilder Written { get; } = new();

    /// <summary>How many bytes one call may write; 0 for a port that takes nothing now.</summary>
    public int RoomBytes { get; set; } = int.MaxValue;

    public int StepsLeft => _script.Count;

    /// <summary>Expects a command line and answers whole lines: <c>On("AT+CSQ", "+CSQ: 20,99", "OK")</c>.</summary>
    public ScriptedModem On(string command, params string[] lines)
    {
        StringBuilder answer = new();
        foreach (string line in lines)
            answer.Append("\r\n").Append(line).Append("\r\n");
        return OnBytes(command + "\r", answer.ToString());
    }

    /// <summary>Expects exactly these bytes and answers those; with an empty answer it stays silent.</summary>
    public ScriptedModem OnBytes(string expected, string answer)
    {
        _script.Enqueue((expected, answer));
        return this;
    }

    /// <summary>Lets the modem say something by itself, bytes as they are.</summary>
    public void Say(string bytes) => _answers.Enqueue(bytes);

    /// <summary>What the modem has said and nobody has taken; null when there is nothing.</summary>
    public string? Take() => _answers.Count > 0 ? _answers.Dequeue() : null;

    /// <summary>Everything that was expected has come.</summary>
    public void AssertDone()
    {
        Assert.That(_unread.ToString(), Is.Empty, "unfinished line");
        Assert.That(_script, Is.Empty, "commands that were not sent");
    }

    public int Write(byte[] buffer, int offset, int count)
    {
        int taken = Math.Min(count, RoomBytes);
        for (int index = 0; index < taken; index++)
            Take((char)buffer[offset + index]);
        return taken;
    }

    private void Take(char character)
    {
        Written.Append(character);
        _unread.Append(character);
        if (_script.Count == 0)
            throw new AssertionException($"Nothing was expected, but '{Show(_unread.ToString())}' was written.");
        (string expected, string answer) = _script.Peek();
        string unread = _unread.ToString();
        if (!expected.StartsWith(unread, StringComparison.Ordinal))
            throw new AssertionException($"Expected '{Show(expected)}', but '{Show(unread)}' was written.");
        if (unread.Length < expected.Length)
            return;
        _script.Dequeue();
        _unread.Clear();
        if (answer.Length > 0)
            _answers.Enqueue(answer);
    }

    private static string Show(string bytes) =>
        bytes.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\x1A", "<Ctrl-Z>", StringComparison.Ordinal).Replace("\x1B", "<ESC>", StringComparison.Ordinal);
}
