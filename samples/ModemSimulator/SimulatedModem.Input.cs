using System;
using System.Collections.Generic;
using System.Text;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>From bytes to commands.</summary>
public sealed partial class SimulatedModem
{
    private readonly Dictionary<string, Action<AtExchange>> _commands = [];
    private readonly StringBuilder _line = new();
    private readonly Queue<byte> _held = new();
    private readonly Queue<AtCommand> _toDo = new();
    private AtExchange? _exchange;
    private AtPrompt? _prompt;
    private string _lastLine = "";
    private bool _isTooLong;
    private DateTimeOffset _lineFreeAt;
    private bool _isDraining;

    /// <summary>ATE.</summary>
    internal bool Echo { get; set; }

    /// <summary>ATV.</summary>
    internal bool IsVerbose { get; set; }

    /// <summary>+CMEE.</summary>
    internal int ErrorLevel;

    /// <summary>Is told that bytes came, before they are looked at; gives how many of them are lost because the modem slept.</summary>
    internal Func<int>? Waking { get; set; }

    internal void On(string name, Action<AtExchange> command) => _commands[name] = command;

    internal void StartPrompt(AtPrompt prompt)
    {
        _prompt = prompt;
        WriteRaw("\r\n" + prompt.Text);
    }

    internal void OnSuccess(string? result)
    {
        _exchange = null;
        if (result == null && _toDo.Count > 0)
            RunNext();
        else
            Finish(result ?? "OK", result == null ? 0 : -1);
    }

    internal void OnFailure(string result)
    {
        _exchange = null;
        Finish(result, 4);
    }

    // Bytes come no sooner than the serial line carries them.
    private void Arrive(byte[] data)
    {
        if (Options.Baud <= 0)
        {
            Take(data);
            return;
        }
        DateTimeOffset start = _lineFreeAt > Loop.Now ? _lineFreeAt : Loop.Now;
        _lineFreeAt = start + SerialTime(data.Length);
        Loop.After(_lineFreeAt - Loop.Now, () => Take(data));
    }

    private void Take(byte[] data)
    {
        if (!_isOn || Faults.IsSilent)
            return;
        int lost = Waking?.Invoke() ?? 0;
        for (int i = Math.Min(lost, data.Length); i < data.Length; i++)
            _held.Enqueue(data[i]);
        Drain();
    }

    // A command that is being carried out lets what follows wait.
    private void Drain()
    {
        if (_isDraining)
            return;
        _isDraining = true;
        while (_isOn && (_exchange == null || _prompt != null) && !_isFinishing && _held.TryDequeue(out byte value))
            Take(value);
        _isDraining = false;
    }

    private void Take(byte value)
    {
        if (_prompt != null)
        {
            TakeTyped(_prompt, value);
            return;
        }
        if (Echo)
            Write([value]);
        if (value == '\r')
        {
            RunLine();
            return;
        }
        if (value == '\b')
        {
            if (_line.Length > 0)
                _line.Length--;
            return;
        }
        if (value == '\n')
            return;
        if (_line.Length >= Profile.MaxLine)
            _isTooLong = true;
        else
            _line.Append((char)value);
        if (value == '/' && _line.Length == 2 && _line[0] is 'a' or 'A')
        {
            _line.Clear().Append(_lastLine);
            RunLine();
        }
    }

    private void TakeTyped(AtPrompt prompt, byte value)
    {
        if (Echo && prompt.Count < 0 && value >= 0x20)
            Write([value]);
        if (!prompt.Take(value, out byte[]? typed))
            return;
        _prompt = null;
        Log(typed == null ? "typed: ESC" : $"typed: {Encoding.Latin1.GetString(typed)}");
        prompt.Typed(typed);
    }

    private void RunLine()
    {
        string line = _line.ToString();
        _line.Clear();
        bool isTooLong = _isTooLong;
        _isTooLong = false;
        int start = line.IndexOf("AT", StringComparison.OrdinalIgnoreCase);
        // What is no command gets no answer (V.250 5.2.1).
        if (start < 0)
            return;
        Log("> " + line);
        _lastLine = line;
        if (Faults.Chance(Faults.EchoFlip))
            Echo = !Echo;
        if (isTooLong || AtCommand.Parse(line[(start + 2)..]) is not { } commands)
        {
            Finish("ERROR", 4);
            return;
        }
        _toDo.Clear();
        foreach (AtCommand command in commands)
            _toDo.Enqueue(command);
        RunNext();
    }

    private void RunNext()
    {
        if (!_toDo.TryDequeue(out AtCommand? command))
        {
            Finish("OK", 0);
            return;
        }
        int reset = Faults.TakeReset(command.Name);
        if (reset == 0)
        {
            Restart();
            return;
        }
        _cutAfter = reset;
        var exchange = new AtExchange(this, command);
        _exchange = exchange;
        if (Faults.TakeFailure(command.Name) is { } failure)
            exchange.Fail(failure);
        else if (!_commands.TryGetValue(command.Name, out Action<AtExchange>? action))
            exchange.Cme(CmeError.NotSupported);
        else if (Sim is SimState.PinRequired or SimState.PukRequired && !BasicFeature.WorksWithoutPin(command.Name))
            exchange.Cme(Sim == SimState.PinRequired ? CmeError.SimPin : CmeError.SimPuk);
        else
            action(exchange);
    }

    private void ForgetInput()
    {
        _held.Clear();
        _line.Clear();
        _toDo.Clear();
        _exchange = null;
        _prompt = null;
        _isTooLong = false;
    }
}
