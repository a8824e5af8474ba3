using System;
using Lwm2m.Samples.ModemSimulator;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>The bytes of a simulated modem, without a thread.</summary>
internal sealed class SimulatorPort : IModemPort
{
    private readonly SimulatedModem _modem;
    private int _end;

    public SimulatorPort(SimulatedModem modem)
    {
        _modem = modem;
        modem.Output += said =>
        {
            said.CopyTo(Input.AsMemory(_end));
            _end += said.Length;
        };
    }

    public bool IsOpen => true;

    public int Openings => 1;

    public byte[] Input { get; } = new byte[1 << 16];

    public bool HasOutput => _end > 0;

    public int Peek(out int offset)
    {
        offset = 0;
        return _end;
    }

    public void Take(int count)
    {
        _end -= count;
        Array.Copy(Input, count, Input, 0, _end);
    }

    public void Attach(IWakeUp? runner)
    {
    }

    public int Write(byte[] buffer, int offset, int count)
    {
        _modem.Receive(buffer.AsSpan(offset, count));
        return count;
    }
}
