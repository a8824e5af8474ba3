using System;
using System.Collections.Generic;
using Lwm2m.Samples.ModemSimulator;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests;

/// <summary>A port in memory with a simulated modem behind it.</summary>
internal sealed class SimulatedPort : IModemPort
{
    private readonly SimulatedModem _modem;
    private readonly Queue<byte> _waiting = new();
    private int _count;
    private int _offset;

    public SimulatedPort(SimulatedModem modem)
    {
        _modem = modem;
        modem.Output += bytes =>
        {
            foreach (byte one in bytes.Span)
                _waiting.Enqueue(one);
        };
    }

    public bool IsOpen => true;

    public int Openings => 1;

    public byte[] Input { get; } = new byte[256];

    public int Write(byte[] buffer, int offset, int count)
    {
        _modem.Receive(buffer.AsSpan(offset, count));
        return count;
    }

    public int Peek(out int offset)
    {
        if (_count == 0)
        {
            _offset = 0;
            while (_count < Input.Length && _waiting.TryDequeue(out byte one))
                Input[_count++] = one;
        }

        offset = _offset;
        return _count;
    }

    public void Take(int count)
    {
        _offset += count;
        _count -= count;
    }

    public void Attach(IWakeUp? runner)
    {
    }
}
