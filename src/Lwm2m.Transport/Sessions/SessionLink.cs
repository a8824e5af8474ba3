namespace Lwm2m.Transport;

/// <summary>One session, and the link that it secures.</summary>
internal sealed class SessionLink : ISessionLink
{
    private readonly SessionLayer _layer;
    private readonly int _link;
    private readonly ISecureSession _session;
    private readonly ITransport _transport;
    private bool _isBegun;
    private bool _isOver;
    private long _nowMs;

    public SessionLink(SessionLayer layer, int link, ISecureSession session, ITransport transport)
    {
        _layer = layer;
        _link = link;
        _session = session;
        _transport = transport;
    }

    public int MaxBytes => _transport.MaxDatagramBytes(_link);

    public int OverheadBytes => _session.OverheadBytes;

    public void Begin(long nowMs)
    {
        _nowMs = nowMs;
        _isBegun = true;
        _session.Begin(this, nowMs);
    }

    public void Received(byte[] buffer, int offset, int count, long nowMs)
    {
        _nowMs = nowMs;
        if (_isBegun)
            _session.Received(buffer, offset, count, nowMs);
    }

    public bool Send(byte[] buffer, int offset, int count) => _isBegun && _session.Send(buffer, offset, count);

    public long Poll(long nowMs)
    {
        _nowMs = nowMs;
        return _isBegun ? _session.Poll(nowMs) : long.MaxValue;
    }

    public void End()
    {
        if (_isBegun)
            _session.End();
        _isOver = true;
    }

    public bool Transmit(byte[] buffer, int offset, int count) => !_isOver && _transport.Send(_link, buffer, offset, count);

    public void Deliver(byte[] buffer, int offset, int count)
    {
        if (!_isOver)
            _layer.Deliver(_link, buffer, offset, count, _nowMs);
    }

    public void Ready()
    {
        if (!_isOver)
            _layer.Ready(_link, _nowMs);
    }

    public void Failed(LinkFailure reason)
    {
        if (!_isOver)
            _layer.Fail(_link, reason, _transport, _nowMs);
    }
}
