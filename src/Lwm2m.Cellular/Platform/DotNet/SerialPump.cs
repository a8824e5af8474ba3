using System;
using System.Globalization;
using System.IO;
using System.Threading;
using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>
/// Joins a modem to a stream: one thread opens the port, reads, and opens it anew when it was lost; another one writes. The runner's thread
/// waits for neither. Runs while a runner is attached.
/// </summary>
public sealed class SerialPump : IModemPort
{
    private const int ReopenMs = 1000;

    private readonly ISerialPort _port;
    private readonly object _gate = new();

    // Rings: the bytes from the tail on are taken, the rest is free. Each side moves its own end under the gate.
    private readonly byte[] _output;
    private int _inputTail;
    private int _inputCount;
    private int _outputTail;
    private int _outputCount;

    private Stream? _stream;
    private IWakeUp? _runner;
    private int _openings;

    // Threads of an earlier run see that it is over by another number.
    private int _run;

    /// <summary>Makes a pump; nothing is opened yet.</summary>
    /// <param name="port">The port.</param>
    /// <param name="bufferBytes">Room for bytes each way.</param>
    public SerialPump(ISerialPort port, int bufferBytes = 8192)
    {
        _port = port;
        Input = new byte[bufferBytes];
        _output = new byte[bufferBytes];
    }

    /// <inheritdoc/>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _stream != null;
            }
        }
    }

    /// <inheritdoc/>
    public int Openings
    {
        get
        {
            lock (_gate)
            {
                return _openings;
            }
        }
    }

    /// <inheritdoc/>
    public byte[] Input { get; }

    /// <summary>Makes a pump for a port by its name.</summary>
    /// <param name="name"><c>tcp:HOST:PORT</c>, or the path of a Linux terminal with <c>@BAUD</c> behind it where that is not 115200.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static SerialPump For(string name)
    {
        if (name.StartsWith("tcp:", StringComparison.Ordinal))
        {
            int colon = name.LastIndexOf(':');
            if (colon > 4 && int.TryParse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536)
                return new SerialPump(new TcpPort(name[4..colon].Trim('[', ']'), port));
            throw new FormatException($"'{name}' is not tcp:HOST:PORT.");
        }

        int at = name.LastIndexOf('@');
        if (at < 0)
            return new SerialPump(new TermiosPort(name));
        if (int.TryParse(name.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int baud) && TermiosPort.IsSpeed(baud))
            return new SerialPump(new TermiosPort(name[..at], baud));
        throw new FormatException($"'{name}' has a speed that serial ports do not have.");
    }

    /// <inheritdoc/>
    public int Write(byte[] buffer, int offset, int count)
    {
        lock (_gate)
        {
            if (_stream == null)
                return 0;
            int taken = 0;
            while (taken < count && _outputCount < _output.Length)
            {
                int head = (_outputTail + _outputCount) % _output.Length;
                int run = Math.Min(Math.Min(count - taken, _output.Length - _outputCount), _output.Length - head);
                Array.Copy(buffer, offset + taken, _output, head, run);
                _outputCount += run;
                taken += run;
            }

            if (taken > 0)
                Monitor.PulseAll(_gate);
            return taken;
        }
    }

    /// <inheritdoc/>
    public int Peek(out int offset)
    {
        lock (_gate)
        {
            offset = _inputTail;
            return Math.Min(_inputCount, Input.Length - _inputTail);
        }
    }

    /// <inheritdoc/>
    public void Take(int count)
    {
        lock (_gate)
        {
            // A port that was opened in between has emptied the ring.
            count = Math.Min(count, _inputCount);
            _inputTail = (_inputTail + count) % Input.Length;
            _inputCount -= count;
            Monitor.PulseAll(_gate);
        }
    }

    /// <inheritdoc/>
    public void Attach(IWakeUp? runner)
    {
        int run;
        lock (_gate)
        {
            _runner = runner;
            run = ++_run;
            Monitor.PulseAll(_gate);
        }

        Close();
        if (runner == null)
            return;
        Start("LwM2M modem reader", () => Read(run));
        Start("LwM2M modem writer", () => Write(run));
    }

    private static void Start(string name, ThreadStart body) => new Thread(body) { IsBackground = true, Name = name }.Start();

    private void Read(int run)
    {
        while (IsCurrent(run))
        {
            Stream? stream = TryOpen();
            if (stream != null && Begin(stream, run))
                ReadAll(stream, run);
            stream?.Dispose();
            Rest(run);
        }
    }

    private Stream? TryOpen()
    {
        try
        {
            return _port.TryOpen();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Not there now, or somebody else's: as good as null.
            return null;
        }
    }

    private bool Begin(Stream stream, int run)
    {
        IWakeUp? runner;
        lock (_gate)
        {
            if (run != _run)
                return false;
            _stream = stream;
            _openings++;
            _inputTail = 0;
            _inputCount = 0;
            _outputTail = 0;
            _outputCount = 0;
            runner = _runner;
        }

        runner?.Wake();
        return true;
    }

    private void ReadAll(Stream stream, int run)
    {
        try
        {
            while (TryReserve(stream, run, out int head, out int room))
            {
                int count = stream.Read(Input, head, room);
                if (count <= 0)
                    break;
                Commit(stream, count);
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // The port is gone: that is told below, and it is opened again.
        }

        Lose(stream);
    }

    /// <summary>Waits for room in the ring; a modem that is not read has to wait, as with any serial port.</summary>
    private bool TryReserve(Stream stream, int run, out int head, out int room)
    {
        lock (_gate)
        {
            while (_stream == stream && run == _run && _inputCount == Input.Length)
                Monitor.Wait(_gate);
            head = (_inputTail + _inputCount) % Input.Length;
            room = Math.Min(Input.Length - _inputCount, Input.Length - head);
            return _stream == stream && run == _run;
        }
    }

    private void Commit(Stream stream, int count)
    {
        IWakeUp? runner;
        lock (_gate)
        {
            if (_stream != stream)
                return;
            _inputCount += count;
            runner = _runner;
        }

        runner?.Wake();
    }

    private void Write(int run)
    {
        while (true)
        {
            Stream stream;
            int tail;
            int count;
            lock (_gate)
            {
                while (run == _run && (_stream == null || _outputCount == 0))
                    Monitor.Wait(_gate);
                if (run != _run)
                    return;
                stream = _stream!;
                tail = _outputTail;
                count = Math.Min(_outputCount, _output.Length - tail);
            }

            WriteRun(stream, tail, count);
        }
    }

    private void WriteRun(Stream stream, int tail, int count)
    {
        try
        {
            stream.Write(_output, tail, count);
            stream.Flush();
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            Lose(stream);
            return;
        }

        IWakeUp? runner;
        lock (_gate)
        {
            if (_stream != stream)
                return;
            _outputTail = (tail + count) % _output.Length;
            _outputCount -= count;
            runner = _runner;
        }

        // What did not fit before may fit now.
        runner?.Wake();
    }

    private void Lose(Stream stream)
    {
        IWakeUp? runner;
        lock (_gate)
        {
            if (_stream != stream)
                return;
            _stream = null;
            runner = _runner;
            Monitor.PulseAll(_gate);
        }

        stream.Dispose();
        runner?.Wake();
    }

    private void Close()
    {
        Stream? stream;
        lock (_gate)
        {
            stream = _stream;
        }

        if (stream != null)
            Lose(stream);
    }

    private bool IsCurrent(int run)
    {
        lock (_gate)
        {
            return run == _run;
        }
    }

    private void Rest(int run)
    {
        lock (_gate)
        {
            if (run == _run)
                Monitor.Wait(_gate, ReopenMs);
        }
    }
}
