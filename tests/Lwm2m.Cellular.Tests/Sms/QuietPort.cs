using System;
using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests.Sms;

/// <summary>A modem that says OK to everything and allocates nothing.</summary>
internal sealed class QuietPort : IModemPort
{
    private static readonly byte[] Ok = "\r\nOK\r\n"u8.ToArray();
    private static readonly byte[] Ready = "\r\n+CPIN: READY\r\n\r\nOK\r\n"u8.ToArray();
    private static readonly byte[] Registered = "\r\n+CEREG: 2,1\r\n\r\nOK\r\n"u8.ToArray();
    private static readonly byte[] Prompt = "\r\n> "u8.ToArray();
    private static readonly byte[] Sent = "\r\n+CMGS: 1\r\n\r\nOK\r\n"u8.ToArray();

    private readonly byte[] _line = new byte[1024];
    private int _lineLength;
    private int _end;

    public int SentCount { get; private set; }

    public bool IsOpen => true;

    public int Openings => 1;

    public byte[] Input { get; } = new byte[8192];

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

    public void Say(byte[] bytes)
    {
        Array.Copy(bytes, 0, Input, _end, bytes.Length);
        _end += bytes.Length;
    }

    public int Write(byte[] buffer, int offset, int count)
    {
        for (int i = offset; i < offset + count; i++)
        {
            byte one = buffer[i];
            _line[_lineLength++] = one;
            if (one == 0x1A)
            {
                SentCount++;
                Say(Sent);
            }
            else if (one == '\r')
            {
                Say(Is("AT+CMGS"u8) ? Prompt : Is("AT+CPIN?"u8) ? Ready : Is("AT+CEREG?"u8) ? Registered : Ok);
            }
            else
            {
                continue;
            }

            _lineLength = 0;
        }

        return count;
    }

    private bool Is(ReadOnlySpan<byte> command) => _line.AsSpan(0, _lineLength).StartsWith(command);
}
