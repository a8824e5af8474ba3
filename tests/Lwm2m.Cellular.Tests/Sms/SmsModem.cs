using System;
using System.Collections.Generic;
using System.Text;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>
/// A modem that is registered and content: it answers OK, except to what a test has another answer for, and it notes what is said to it
/// about short messages: commands, and the PDU behind a prompt.
/// </summary>
internal sealed class SmsModem : IModemPort
{
    private readonly StringBuilder _line = new();
    private readonly Queue<byte> _output = new();
    private bool _isPrompting;

    /// <summary>Commands of 27.005 and PDUs, in their order.</summary>
    public List<string> Said { get; } = [];

    /// <summary>What it answers to a command or PDU: lines parted by |, the final one last; null for what it says by itself.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>Every byte that was written to it.</summary>
    public StringBuilder Written { get; } = new();

    public bool IsOpen { get; set; } = true;

    public int Openings { get; set; } = 1;

    public byte[] Input { get; } = new byte[64];

    public bool HasOutput => _output.Count > 0;

    public int Peek(out int offset)
    {
        offset = 0;
        int count = 0;
        foreach (byte one in _output)
        {
            if (count == Input.Length)
                break;
            Input[count++] = one;
        }

        return count;
    }

    public void Take(int count)
    {
        for (int i = 0; i < count; i++)
            _output.Dequeue();
    }

    public void Attach(IWakeUp? runner)
    {
    }

    /// <summary>Says lines parted by |.</summary>
    public void Say(string lines)
    {
        foreach (string line in lines.Split('|'))
            SayBytes("\r\n" + line + "\r\n");
    }

    /// <summary>Reports a message as +CMT does.</summary>
    public void Deliver(byte[] pdu) => Say("+CMT: ," + (pdu.Length - 1 - pdu[0]) + "|" + Convert.ToHexString(pdu));

    /// <summary>Takes the notes.</summary>
    public string[] Notes()
    {
        string[] notes = Said.ToArray();
        Said.Clear();
        return notes;
    }

    public int Write(byte[] buffer, int offset, int count)
    {
        for (int i = offset; i < offset + count; i++)
            Take((char)buffer[i]);
        return count;
    }

    private void Take(char character)
    {
        Written.Append(character);
        if (_isPrompting && character == '\x1A')
        {
            _isPrompting = false;
            string pdu = _line.ToString();
            _line.Clear();
            Said.Add(pdu);
            Say(Answer(pdu) ?? "+CMGS: 12|OK");
            return;
        }

        if (_isPrompting || (character != '\r' && character != '\x1B'))
        {
            _line.Append(character);
            return;
        }

        string command = _line.ToString();
        _line.Clear();
        if (character == '\r')
            TakeCommand(command);
    }

    private void TakeCommand(string command)
    {
        if (command.StartsWith("AT+CM", StringComparison.Ordinal) && !command.StartsWith("AT+CMEE", StringComparison.Ordinal)
            || command.StartsWith("AT+CNM", StringComparison.Ordinal) || command.StartsWith("AT+CSMS", StringComparison.Ordinal)
            || command.StartsWith("AT+CPMS", StringComparison.Ordinal))
            Said.Add(command);
        string? answer = Answer(command);
        if (answer == null && command.StartsWith("AT+CMGS=", StringComparison.Ordinal))
        {
            _isPrompting = true;
            SayBytes("\r\n> ");
            return;
        }

        answer ??= command switch
        {
            "AT+CPIN?" => "+CPIN: READY|OK",
            "AT+CEREG?" => "+CEREG: 2,1|OK",
            "AT+CSMS=1" => "+CSMS: 1,1,1|OK",
            _ => "OK",
        };
        if (answer.Length > 0)
            Say(answer);
    }

    private void SayBytes(string bytes)
    {
        foreach (char one in bytes)
            _output.Enqueue((byte)one);
    }
}
