using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Lwm2m.Cellular;

/// <summary>
/// The bytes of a terminal. A read that is blocked in the system cannot be ended from another thread, so it waits in short turns and
/// looks whether the stream was disposed.
/// </summary>
internal sealed class TermiosStream : Stream
{
    private const int TurnMs = 200;

    private readonly object _gate = new();
    private int _descriptor;
    private int _users;
    private bool _isDisposed;

    public TermiosStream(int descriptor) => _descriptor = descriptor;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Enter();
        try
        {
            while (!_isDisposed)
            {
                if (!Wait(LibC.PollIn))
                    continue;
                nint taken = LibC.Read(_descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
                if (taken >= 0)
                    return (int)taken;
                ThrowUnlessPassing();
            }

            return 0;
        }
        finally
        {
            Leave();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Enter();
        try
        {
            while (buffer.Length > 0)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                if (!Wait(LibC.PollOut))
                    continue;
                nint taken = LibC.Write(_descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
                if (taken >= 0)
                    buffer = buffer[(int)taken..];
                else
                    ThrowUnlessPassing();
            }
        }
        finally
        {
            Leave();
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            _isDisposed = true;
            CloseWhenUnused();
        }

        base.Dispose(disposing);
    }

    private bool Wait(short events)
    {
        var request = new PollRequest { Descriptor = _descriptor, Events = events };
        int count = LibC.Poll(ref request, 1, TurnMs);
        if (count < 0)
            ThrowUnlessPassing();
        // A hang-up is left to the read or write that follows.
        return count > 0;
    }

    private static void ThrowUnlessPassing()
    {
        int error = Marshal.GetLastPInvokeError();
        if (error is not (LibC.Interrupted or LibC.TryAgain))
            throw new IOException($"The serial port is lost (error {error}).");
    }

    // The number of a descriptor that is closed may be another file's at once: it is closed when nobody uses it.
    private void Enter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _users++;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _users--;
            CloseWhenUnused();
        }
    }

    private void CloseWhenUnused()
    {
        if (!_isDisposed || _users > 0 || _descriptor < 0)
            return;
        _ = LibC.Close(_descriptor);
        _descriptor = -1;
    }
}
