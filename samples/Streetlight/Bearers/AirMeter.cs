using Lwm2m.Cellular;

namespace Lwm2m.Samples.Streetlight;

/// <summary>Counts the messages of a transport, with the headers that each of them has below CoAP.</summary>
/// <param name="headerBytes">Bytes of headers.</param>
internal sealed class AirMeter(int headerBytes) : ITrafficListener
{
    private readonly object _gate = new();
    private AirCount _count;

    public AirCount Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    public void Sent(char binding, int bytes)
    {
        lock (_gate)
            _count = _count with { UpMessages = _count.UpMessages + 1, UpBytes = _count.UpBytes + bytes + headerBytes };
    }

    public void Received(char binding, int bytes)
    {
        lock (_gate)
            _count = _count with { DownMessages = _count.DownMessages + 1, DownBytes = _count.DownBytes + bytes + headerBytes };
    }
}
