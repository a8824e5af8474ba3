using System;
using System.Collections.Generic;
using System.Text;

namespace Lwm2m.Cellular.Tests;

/// <summary>A modem that can be made to answer as a good one does. While it does not, it swallows what it is told.</summary>
internal sealed class FuzzModem : ISerialOutput
{
    private readonly StringBuilder _line = new();
    private readonly Queue<byte[]> _answers = new();
    private bool _isAtPrompt;

    public bool IsGood { get; set; }

    /// <summary>How many bytes it takes at once, newly chosen for each call.</summary>
    public Func<int> Room { get; set; } = () => int.MaxValue;

    public byte[]? Take() => _answers.Count > 0 ? _answers.Dequeue() : null;

    public void Clear()
    {
        _answers.Clear();
        _line.Clear();
        _isAtPrompt = false;
    }

    public int Write(byte[] buffer, int offset, int count)
    {
        count = Math.Min(count, Room());
        for (int index = offset; index < offset + count; index++)
            Take(buffer[index]);
        return count;
    }

    private void Take(byte character)
    {
        if (character == 0x1B)
        {
            _line.Clear();
            _isAtPrompt = false;
            return;
        }

        bool isEnd = character == (_isAtPrompt ? 0x1A : '\r');
        if (!isEnd)
        {
            _line.Append((char)character);
            return;
        }

        string line = _line.ToString();
        _line.Clear();
        if (!IsGood)
            return;
        if (_isAtPrompt)
        {
            _isAtPrompt = false;
            Say("\r\n+CMGS: 1\r\n\r\nOK\r\n");
        }
        else if (line.StartsWith("AT+CMGS", StringComparison.Ordinal))
        {
            _isAtPrompt = true;
            Say("\r\n> ");
        }
        else
            Say(line == "AT+CSQ" ? "\r\n+CSQ: 20,99\r\n\r\nOK\r\n" : "\r\nOK\r\n");
    }

    private void Say(string bytes) => _answers.Enqueue(Encoding.Latin1.GetBytes(bytes));
}
