using System;
using System.Collections.Generic;
using System.Text;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>From lines to bytes.</summary>
public sealed partial class SimulatedModem
{
    private readonly Queue<string> _urcs = new();
    private readonly Queue<byte> _outgoing = new();
    private readonly List<byte> _written = [];
    private IDisposable? _pacer, _final;
    private bool _isFlushPosted, _isFinishing;
    private int _cutAfter = -1;

    /// <summary>A line of an answer.</summary>
    internal void WriteLine(string text)
    {
        LogLines(text);
        Write(Encoding.Latin1.GetBytes(IsVerbose ? $"\r\n{text}\r\n" : $"{text}\r\n"));
        if (!Faults.UrcsBetweenLines)
            return;
        ReleaseUrcs();
        if (Faults.Chance(Faults.UrcRepetition) && Feature<RegistrationFeature>().Current is { } repeated)
            WriteRaw($"\r\n{repeated}\r\n");
    }

    /// <summary>Bytes without a frame around them.</summary>
    internal void WriteRaw(string text) => Write(Encoding.Latin1.GetBytes(text));

    /// <summary>An unsolicited line. It waits for the end of a command that is being carried out.</summary>
    /// <param name="text">The line; what it carries may be any bytes, as Latin-1.</param>
    internal void Urc(string text)
    {
        if (!_isOn)
            return;
        if (Faults.TakeUrcLoss(text))
        {
            Log("lost: " + text);
            return;
        }
        _urcs.Enqueue(text);
        if (_prompt == null && ((_exchange == null && !_isFinishing) || Faults.UrcsBetweenLines))
            ReleaseUrcs();
    }

    private void ReleaseUrcs()
    {
        if (_prompt != null)
            return;
        while (_urcs.TryDequeue(out string? text))
        {
            LogLines(text);
            WriteRaw($"\r\n{text}\r\n");
        }
    }

    private void Finish(string result, int number)
    {
        _toDo.Clear();
        if (Faults.FinalDelay <= TimeSpan.Zero)
        {
            WriteFinal(result, number);
            return;
        }
        _isFinishing = true;
        _final = Loop.After(Faults.FinalDelay, () =>
        {
            _isFinishing = false;
            WriteFinal(result, number);
            Drain();
        });
    }

    // Results of the vendor's and extended errors have no number (27.007 9.1).
    private void WriteFinal(string result, int number)
    {
        LogLines(result);
        WriteRaw(IsVerbose || number < 0 || result.StartsWith('+') ? $"\r\n{result}\r\n" : $"{number}\r");
        ReleaseUrcs();
        Loop.Post(Drain);
    }

    private void Write(ReadOnlySpan<byte> data)
    {
        if (!_isOn || Faults.IsSilent)
            return;
        if (Faults.Chance(Faults.Garbage))
        {
            for (int i = 1 + Faults.Next(4); i > 0; i--)
                _written.Add((byte)Faults.Next(256));
        }
        if (_cutAfter >= 0)
            data = data[..Math.Min(data.Length, _cutAfter)];
        _written.AddRange(data);
        if (!_isFlushPosted)
            Loop.Post(Flush);
        _isFlushPosted = true;
        if (_cutAfter < 0)
            return;
        _cutAfter -= data.Length;
        if (_cutAfter == 0 && data.Length > 0)
            Loop.Post(Restart);
    }

    private void Flush()
    {
        _isFlushPosted = false;
        byte[] data = [.. _written];
        _written.Clear();
        if (Options.Baud <= 0 && Faults.ChunkBytes <= 0 && _outgoing.Count == 0)
        {
            Emit(data);
            return;
        }
        foreach (byte value in data)
            _outgoing.Enqueue(value);
        if (_pacer == null)
            Pace();
    }

    // A few bytes, a pause, a few bytes.
    private void Pace()
    {
        _pacer = null;
        if (_outgoing.Count == 0)
            return;
        int count = Math.Min(_outgoing.Count, Faults.ChunkBytes > 0 ? 1 + Faults.Next(Faults.ChunkBytes) : 16);
        byte[] chunk = new byte[count];
        for (int i = 0; i < count; i++)
            chunk[i] = _outgoing.Dequeue();
        TimeSpan pause = SerialTime(count);
        if (Faults.ChunkBytes > 0 && Faults.ChunkDelay > pause)
            pause = Faults.ChunkDelay;
        _pacer = Loop.After(pause, () =>
        {
            Emit(chunk);
            Pace();
        });
    }

    private void Emit(byte[] data)
    {
        if (data.Length > 0)
            Loop.Tell(() => Output?.Invoke(data));
    }

    private TimeSpan SerialTime(int bytes) => Options.Baud <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(bytes * 10.0 / Options.Baud);

    private void ForgetOutput()
    {
        _urcs.Clear();
        _outgoing.Clear();
        _written.Clear();
        _pacer?.Dispose();
        _pacer = null;
        _final?.Dispose();
        _isFinishing = false;
        _cutAfter = -1;
    }

    private void LogLines(string text) => Log("< " + text.Replace("\r\n", " | ", StringComparison.Ordinal));
}
