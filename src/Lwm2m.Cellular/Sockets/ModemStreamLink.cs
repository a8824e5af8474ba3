using Lwm2m.Coap;

namespace Lwm2m.Cellular;

/// <summary>A link over TCP: frames of RFC 8323 between it and the socket.</summary>
internal sealed class ModemStreamLink : ModemLink, ICoapStreamOutput, ICoapStreamHandler
{
    private readonly ModemSocketTransport _owner;

    public ModemStreamLink(ModemSocketTransport owner, int index, int maxMessageBytes, int keepAliveMs)
        : base(index)
    {
        _owner = owner;
        Stream = new CoapStream(maxMessageBytes, this, this) { KeepAliveMs = keepAliveMs };
    }

    public CoapStream Stream { get; }

    public bool Write(byte[] buffer, int offset, int count) => _owner.WriteBytes(this, buffer, offset, count);

    public void OnMessage(byte[] buffer, int offset, int count, long nowMs) => _owner.TakeMessage(this, buffer, offset, count, nowMs);

    public void OnTooLarge(byte[] buffer, int offset, int count, long nowMs) => _owner.TakeTooLarge(this, buffer, offset, count, nowMs);

    public void OnSettings(long nowMs) => _owner.TakeSettings(this);

    // The server wants to go: what comes next is a connection of its own.
    public void OnRelease(int holdOffSeconds, long nowMs) => _owner.TakeFailure(this);

    public void OnFailed(CoapStreamFailure reason, long nowMs) => _owner.TakeFailure(this);
}
