using System;
using System.Text;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests;

/// <summary>A port in memory with a scripted modem behind it.</summary>
internal sealed class ScriptedPort : IModemPort
{
    private int _count;
    private int _offset;

    public ScriptedModem Modem { get; } = new();

    public bool IsOpen { get; private set; } = true;

    public int Openings { get; private set; } = 1;

    public byte[] Input { get; } = new byte[8192];

    /// <summary>Bytes handed over in one piece; 1 splits everything.</summary>
    public int PieceBytes { get; set; } = int.MaxValue;

    public void Open()
    {
        IsOpen = true;
        Openings++;
    }

    public void Lose() => IsOpen = false;

    public int Write(byte[] buffer, int offset, int count) => IsOpen ? Modem.Write(buffer, offset, count) : 0;

    public int Peek(out int offset)
    {
        if (_count == 0 && Modem.Take() is { } said)
        {
            _offset = 0;
            _count = Encoding.Latin1.GetBytes(said, Input);
        }

        offset = _offset;
        return Math.Min(_count, PieceBytes);
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
