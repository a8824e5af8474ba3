using System;
using Lwm2m.Cellular;
using Lwm2m.Samples.ModemSimulator;
using Lwm2m.Transport;

namespace Lwm2m.Bearers.Tests;

/// <summary>
/// The line between the two, without a thread: what the modem says waits for the next pump, and what the engine says for <see cref="Flush"/>. Allocates
/// nothing while the engine has its turn.
/// </summary>
internal sealed class FaultPort : IModemPort
{
    private readonly byte[] _output = new byte[8192];
    private readonly SimulatedModem _modem;
    private int _inputEnd;
    private int _inputStart;
    private int _outputEnd;

    public FaultPort(SimulatedModem modem)
    {
        _modem = modem;
        modem.Output += Say;
    }

    public bool IsOpen => true;

    public int Openings => 1;

    public byte[] Input { get; } = new byte[1 << 16];

    public bool HasInput => _inputEnd > _inputStart;

    public int Peek(out int offset)
    {
        offset = _inputStart;
        return _inputEnd - _inputStart;
    }

    public void Take(int count)
    {
        _inputStart += count;
        if (_inputStart == _inputEnd)
            _inputStart = _inputEnd = 0;
    }

    public int Write(byte[] buffer, int offset, int count)
    {
        count = Math.Min(count, _output.Length - _outputEnd);
        Array.Copy(buffer, offset, _output, _outputEnd, count);
        _outputEnd += count;
        return count;
    }

    public void Attach(IWakeUp? runner)
    {
    }

    /// <summary>Hands over what was written.</summary>
    /// <returns>False when there was nothing.</returns>
    public bool Flush()
    {
        if (_outputEnd == 0)
            return false;
        byte[] written = _output.AsSpan(0, _outputEnd).ToArray();
        _outputEnd = 0;
        _modem.Receive(written);
        return true;
    }

    private void Say(ReadOnlyMemory<byte> data)
    {
        data.Span.CopyTo(Input.AsSpan(_inputEnd));
        _inputEnd += data.Length;
    }
}
