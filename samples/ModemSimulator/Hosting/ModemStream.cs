using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A modem as a stream in this process.</summary>
internal sealed class ModemStream : Stream
{
    private readonly SimulatedModem _modem;
    private readonly BytePipe _pipe = new();

    public ModemStream(SimulatedModem modem)
    {
        _modem = modem;
        modem.Output += OnOutput;
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override bool CanTimeout => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int ReadTimeout { get; set; } = Timeout.Infinite;

    public override int WriteTimeout { get; set; } = Timeout.Infinite;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Waits for a byte at least. As a serial port does, it fails with TimeoutException when none comes in time.</summary>
    public override int Read(Span<byte> buffer)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            int count = _pipe.TryRead(buffer, out Task changed);
            if (count >= 0)
                return count;
            if (ReadTimeout < 0)
            {
                changed.Wait();
                continue;
            }
            int left = ReadTimeout - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (left <= 0 || !changed.Wait(left))
                throw new TimeoutException($"Nothing came within {ReadTimeout} ms.");
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _pipe.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _pipe.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => _modem.Receive(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => _modem.Receive(buffer);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _modem.Receive(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        _modem.Receive(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _modem.Output -= OnOutput;
        _pipe.Close();
        base.Dispose(disposing);
    }

    private void OnOutput(ReadOnlyMemory<byte> data) => _pipe.Write(data.Span);
}
