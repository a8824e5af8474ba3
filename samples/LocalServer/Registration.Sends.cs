using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Lwm2m.Samples;

// What the client sends by itself.
public sealed partial class Registration
{
    // Who waits for nothing must not cost memory for ever.
    private readonly Channel<SentData> _sent = Channel.CreateBounded<SentData>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Waits for the next Send that was not handed out yet; of those, the last 1,000 are kept.</summary>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="ChannelClosedException">The registration ended, and nothing is left.</exception>
    public ValueTask<SentData> NextSendAsync(CancellationToken stop = default) => _sent.Reader.ReadAsync(stop);

    internal void Add(SentData data) => _sent.Writer.TryWrite(data);
}
