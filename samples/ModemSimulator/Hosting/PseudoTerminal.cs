using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>The modem's serial line as a pseudo-terminal of Linux, in raw mode.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100;
    private readonly SafeFileHandle _master, _slave;
    private readonly SimulatedModem _modem;
    private readonly BytePipe _outgoing = new();
    private volatile bool _isClosed;

    public PseudoTerminal(SimulatedModem modem)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Pseudo-terminals are opened on Linux alone; use a TCP port.");
        _modem = modem;
        int master = LibC.OpenMaster(ReadWrite | NoControllingTerminal);
        if (master < 0)
            throw new IOException($"posix_openpt failed: error {Marshal.GetLastPInvokeError()}.");
        _master = new SafeFileHandle(master, true);
        byte[] name = new byte[128];
        if (LibC.Grant(master) != 0 || LibC.Unlock(master) != 0 || LibC.Name(master, name, name.Length) != 0)
            throw new IOException($"The pseudo-terminal cannot be used: error {Marshal.GetLastPInvokeError()}.");
        Path = System.Text.Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
        // Its other end stays open here, so that a host may close it and come again.
        _slave = new SafeFileHandle(LibC.Open(Path, ReadWrite | NoControllingTerminal), true);
        if (_slave.IsInvalid)
            throw new IOException($"{Path} cannot be opened: error {Marshal.GetLastPInvokeError()}.");
        SetRaw();
        modem.Output += OnOutput;
        new Thread(Read) { IsBackground = true, Name = "pseudo-terminal" }.Start();
        _ = Task.Run(WriteAsync);
    }

    public string Path { get; }

    public void Dispose()
    {
        _isClosed = true;
        _modem.Output -= OnOutput;
        _outgoing.Close();
    }

    private void SetRaw()
    {
        byte[] settings = new byte[256];
        int slave = (int)_slave.DangerousGetHandle();
        if (LibC.GetAttributes(slave, settings) != 0)
            throw new IOException($"{Path} has no settings: error {Marshal.GetLastPInvokeError()}.");
        LibC.MakeRaw(settings);
        if (LibC.SetAttributes(slave, 0, settings) != 0)
            throw new IOException($"{Path} cannot be set to raw mode: error {Marshal.GetLastPInvokeError()}.");
    }

    private void OnOutput(ReadOnlyMemory<byte> data) => _outgoing.Write(data.Span);

    // Polled, so that closing it does not have to wait for a byte.
    private void Read()
    {
        int master = (int)_master.DangerousGetHandle();
        byte[] buffer = new byte[4096];
        var poll = new PollRequest { Handle = master, Events = 1 };
        while (!_isClosed)
        {
            if (LibC.Poll(ref poll, 1, 100) <= 0)
                continue;
            nint count = LibC.Read(master, buffer, buffer.Length);
            if (count <= 0)
                break;
            _modem.Receive(buffer.AsSpan(0, (int)count));
        }
        _slave.Dispose();
        _master.Dispose();
    }

    private async Task WriteAsync()
    {
        byte[] buffer = new byte[1024];
        int master = (int)_master.DangerousGetHandle();
        while (await _outgoing.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false) is > 0 and { } count)
        {
            var poll = new PollRequest { Handle = master, Events = 4 };
            for (int at = 0; at < count && !_isClosed;)
            {
                // Nobody reads there: what does not fit waits, as long as the terminal is open.
                if (LibC.Poll(ref poll, 1, 100) <= 0)
                    continue;
                byte[] rest = buffer[at..count];
                nint written = LibC.Write(master, rest, rest.Length);
                if (written < 0)
                    return;
                at += (int)written;
            }
        }
    }
}
