using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Bytes on their way from one thread to another, as many as come.</summary>
internal sealed class BytePipe
{
    private readonly Queue<byte> _bytes = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;

    public void Write(ReadOnlySpan<byte> data)
    {
        lock (_bytes)
        {
            foreach (byte value in data)
                _bytes.Enqueue(value);
            Change();
        }
    }

    public void Close()
    {
        lock (_bytes)
        {
            _isClosed = true;
            Change();
        }
    }

    /// <summary>Takes what is there.</summary>
    /// <returns>Bytes taken; 0 at the end; -1 when there is nothing now.</returns>
    public int TryRead(Span<byte> buffer, out Task changed)
    {
        lock (_bytes)
        {
            changed = _changed.Task;
            int count = 0;
            while (count < buffer.Length && _bytes.TryDequeue(out byte value))
                buffer[count++] = value;
            if (count > 0 || buffer.Length == 0)
                return count;
            return _isClosed ? 0 : -1;
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop)
    {
        while (true)
        {
            int count = TryRead(buffer.Span, out Task changed);
            if (count >= 0)
                return count;
            await changed.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    private void Change()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
