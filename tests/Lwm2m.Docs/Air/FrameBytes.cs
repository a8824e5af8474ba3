using Lwm2m.Coap;

namespace Lwm2m.Docs.Air;

/// <summary>How many bytes a message has as a frame of CoAP over TCP (RFC 8323): asked of the stream that the client uses.</summary>
internal sealed class FrameBytes : ICoapStreamOutput, ICoapStreamHandler
{
    private readonly CoapStream _stream;
    private int _written;

    public FrameBytes()
    {
        _stream = new CoapStream(2048, this, this);
        _stream.Start(0);
    }

    public int Of(byte[] datagram)
    {
        _written = 0;
        if (!_stream.Send(datagram, 0, datagram.Length))
            throw new InvalidOperationException("a message of " + datagram.Length + " bytes was not taken");
        return _written;
    }

    public bool Write(byte[] buffer, int offset, int count)
    {
        _written += count;
        return true;
    }

    public void OnMessage(byte[] buffer, int offset, int count, long nowMs)
    {
    }

    public void OnTooLarge(byte[] buffer, int offset, int count, long nowMs)
    {
    }

    public void OnSettings(long nowMs)
    {
    }

    public void OnRelease(int holdOffSeconds, long nowMs)
    {
    }

    public void OnFailed(CoapStreamFailure reason, long nowMs)
    {
    }
}
