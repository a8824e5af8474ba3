using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>A transport as the engine sees it where there are sessions: what it sends goes through the link's session, if it has one.</summary>
internal sealed class SessionTransport : ITransport
{
    private readonly SessionLayer _layer;
    private readonly ITransport _carrier;

    public SessionTransport(SessionLayer layer, ITransport carrier)
    {
        _layer = layer;
        _carrier = carrier;
    }

    public char Binding => _carrier.Binding;

    public bool IsReliable => _carrier.IsReliable;

    public IPump Source => _carrier.Source;

    public int AckTimeoutMs => _carrier.AckTimeoutMs;

    public int MaxRetransmit => _carrier.MaxRetransmit;

    public bool CanOpen(int link, ServerUri uri) => _carrier.CanOpen(link, uri) || _layer.CanSecure(link, uri, _carrier);

    public void Open(int link, ServerUri uri, int localPort) => _layer.Open(link, uri, localPort, _carrier);

    public bool Send(int link, byte[] buffer, int offset, int count)
    {
        SessionLink? secured = _layer.At(link);
        return secured == null ? _carrier.Send(link, buffer, offset, count) : secured.Send(buffer, offset, count);
    }

    public void Close(int link) => _layer.Close(link, _carrier);

    public int LocalPort(int link) => _carrier.LocalPort(link);

    public int MaxDatagramBytes(int link)
    {
        SessionLink? secured = _layer.At(link);
        return secured == null ? _carrier.MaxDatagramBytes(link) : _carrier.MaxDatagramBytes(link) - secured.OverheadBytes;
    }

    public bool TakesBlocks(int link) => _carrier.TakesBlocks(link);

    public bool IsHeldBack(int link) => _carrier.IsHeldBack(link);
}
