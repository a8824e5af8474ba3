using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests;

/// <summary>
/// A modem machine over a modem that answers OK to everything, or what it is told to, and notes what bearers asked it. Notes what the engine is
/// told, too: <c>up 0</c>, <c>in 0 40010001</c>.
/// </summary>
internal sealed class BearerBed : IModemPort, ILinkEvents
{
    private static readonly string[] s_machine =
    [
        "AT", "ATE0", "AT+CMEE=1", "AT+CPIN?", "AT+CEREG=4", "AT+CSCON=1", "AT+CFUN=1", "AT+CEREG?", "AT+CESQ", "AT+CGSN=1", "AT+CGSN", "AT+CIMI", "AT+CCID", "AT+COPS=3,2", "AT+COPS?",
    ];

    private readonly Dictionary<string, Queue<string[]>> _answers = [];
    private readonly Queue<byte[]> _input = new();
    private readonly StringBuilder _line = new();
    private int _rawLeft;
    private bool _isStarted;

    public BearerBed(int lineBytes = 1500)
    {
        Modem = new CellularModem(this, new ModemOptions { SignalPeriodSeconds = 0, LineBytes = lineBytes });
    }

    public CellularModem Modem { get; }

    /// <summary>What bearers wrote, a line each; raw data in brackets as digits.</summary>
    public List<string> Sent { get; } = [];

    public List<string> Events { get; } = [];

    public long NowMs { get; private set; } = 1000;

    /// <summary>What the modem says of its registration.</summary>
    public int RegistrationStatus { get; private set; } = 1;

    /// <summary>Whether the modem says anything at all.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Takes what goes out, without noting it.</summary>
    public bool NotesNothing { get; set; }

    /// <summary>What the engine does with what comes in.</summary>
    public ILinkEvents? Engine { get; set; }

    public bool IsOpen => true;

    public int Openings => 1;

    public byte[] Input => _input.Peek();

    /// <summary>The next answer to a command, final result included; several wait for as many commands, and the last one stays.</summary>
    public BearerBed On(string command, params string[] lines)
    {
        if (!_answers.TryGetValue(command, out Queue<string[]>? queue))
            _answers[command] = queue = new Queue<string[]>();
        queue.Enqueue(lines);
        return this;
    }

    /// <summary>Takes back all answers to a command.</summary>
    public void Forget(string command) => _answers.Remove(command);

    public void Say(string bytes) => _input.Enqueue(Encoding.Latin1.GetBytes(bytes));

    public void SayLines(params string[] lines)
    {
        foreach (string line in lines)
            Say("\r\n" + line + "\r\n");
        Run();
    }

    public void SetRegistration(int status)
    {
        RegistrationStatus = status;
        SayLines($"+CEREG: {status}");
    }

    /// <summary>The lines since the last call, and forgets them.</summary>
    public string[] TakeSent()
    {
        string[] all = [.. Sent];
        Sent.Clear();
        return all;
    }

    /// <summary>What the engine was told since the last call. That the network is there with the start says nothing of a bearer.</summary>
    public string[] TakeEvents()
    {
        if (!_isStarted && Events.Count > 0 && Events[0] == "recovered")
            Events.RemoveAt(0);
        _isStarted |= Events.Count > 0;
        string[] all = [.. Events];
        Events.Clear();
        return all;
    }

    public void Open(ITransport transport, string uri, int link = 0, int localPort = 0)
    {
        transport.Open(link, ServerUri.TryParse(uri)!, localPort);
        Run();
    }

    public bool Send(ITransport transport, string hex, int link = 0)
    {
        byte[] bytes = Convert.FromHexString(hex);
        bool isTaken = transport.Send(link, bytes, 0, bytes.Length);
        Run();
        return isTaken;
    }

    public void Run()
    {
        for (int round = 0; round < 10_000; round++)
        {
            bool more = Modem.Pump(this, NowMs);
            long due = Engine == null ? long.MaxValue : Engine.Poll(NowMs);
            if (!more && _input.Count == 0 && Modem.DueMs > NowMs && due > NowMs)
            {
                EngineDueMs = due;
                return;
            }
        }

        throw new InvalidOperationException("The machine does not come to rest.");
    }

    public void Advance(long ms)
    {
        long end = NowMs + ms;
        Run();
        while (true)
        {
            long due = Math.Min(Modem.DueMs, EngineDueMs);
            if (due > end)
                break;
            NowMs = Math.Max(NowMs, due);
            Run();
        }

        NowMs = end;
    }

    public int Peek(out int offset)
    {
        offset = 0;
        return _input.Count == 0 ? 0 : _input.Peek().Length;
    }

    public void Take(int count) => _input.Dequeue();

    public void Attach(IWakeUp? runner)
    {
    }

    public int Write(byte[] buffer, int offset, int count)
    {
        for (int index = 0; index < count; index++)
        {
            char character = (char)buffer[offset + index];
            if (_rawLeft > 0)
            {
                _line.Append(buffer[offset + index].ToString("X2", CultureInfo.InvariantCulture));
                if (--_rawLeft == 0)
                    TakeLine("[" + _line + "]");
            }
            else if (character == '\r')
                TakeLine(_line.ToString());
            else if (character >= ' ')
                _line.Append(character);
        }

        return count;
    }

    public void LinkUp(int link, long nowMs)
    {
        Events.Add($"up {link}");
        Engine?.LinkUp(link, nowMs);
    }

    public void LinkDown(int link, LinkFailure reason, long nowMs)
    {
        Events.Add($"down {link} {reason}");
        Engine?.LinkDown(link, reason, nowMs);
    }

    public void Received(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        if (!NotesNothing)
            Events.Add($"in {link} {Convert.ToHexString(buffer, offset, count)}");
        Engine?.Received(link, buffer, offset, count, nowMs);
    }

    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        Events.Add($"too large {link}");
        Engine?.ReceivedTooLarge(link, buffer, offset, count, nowMs);
    }

    public void Recovered(long nowMs)
    {
        Events.Add("recovered");
        Engine?.Recovered(nowMs);
    }

    public long Poll(long nowMs) => long.MaxValue;

    private long EngineDueMs { get; set; } = long.MaxValue;

    private void TakeLine(string line)
    {
        _line.Clear();
        if (IsSilent)
            return;
        if (Array.IndexOf(s_machine, line) >= 0)
        {
            Answer(line switch
            {
                "AT+CPIN?" => ["+CPIN: READY", "OK"],
                "AT+CEREG?" => [$"+CEREG: 4,{RegistrationStatus},\"1A2B\",\"01C0FFEE\",9", "OK"],
                _ => ["OK"],
            });
            return;
        }

        Sent.Add(line);
        if (!_answers.TryGetValue(line, out Queue<string[]>? queue))
            Answer(["OK"]);
        else
            Answer(queue.Count > 1 ? queue.Dequeue() : queue.Peek());
        if (queue?.Peek() is [">"])
            _rawLeft = int.Parse(line.AsSpan(line.LastIndexOf(',') + 1), CultureInfo.InvariantCulture);
    }

    private void Answer(string[] lines)
    {
        foreach (string line in lines)
            Say(line == ">" ? "\r\n> " : "\r\n" + line + "\r\n");
    }
}
