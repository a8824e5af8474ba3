using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace Lwm2m.Transport;

/// <summary>
/// Lets a loop wait for another thread, again and again, without an allocation: one <see cref="Set"/> for each <see cref="WaitAsync"/>, in
/// either order. The loop goes on within <see cref="Set"/>.
/// </summary>
internal sealed class AsyncSignal : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    public ValueTask WaitAsync() => new(this, _core.Version);

    public void Set() => _core.SetResult(true);

    void IValueTaskSource.GetResult(short token)
    {
        _core.GetResult(token);
        _core.Reset();
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
