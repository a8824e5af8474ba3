using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// The seam of the secure session: stands between pumps and engine, and between the engine and its transports. A link with a session goes
/// through it, both ways; all others pass. So each bearer carries secured messages and knows nothing of it.
/// </summary>
public sealed class SessionLayer : ILinkEvents
{
    private readonly ILinkEvents _engine;
    private readonly ISessionSource _source;
    private readonly SessionLink?[] _links;

    /// <summary>Makes the layer; no session is open.</summary>
    /// <param name="engine">The engine above.</param>
    /// <param name="source">Who makes sessions.</param>
    /// <param name="maxLinks">Number of links.</param>
    public SessionLayer(ILinkEvents engine, ISessionSource source, int maxLinks)
    {
        _engine = engine;
        _source = source;
        _links = new SessionLink?[maxLinks];
    }

    /// <summary>A transport as the engine is to see it: with sessions.</summary>
    /// <param name="transport">The transport that carries the bytes.</param>
    public ITransport Over(ITransport transport) => new SessionTransport(this, transport);

    /// <inheritdoc/>
    public void LinkUp(int link, long nowMs)
    {
        SessionLink? secured = _links[link];
        if (secured == null)
            _engine.LinkUp(link, nowMs);
        else
            secured.Begin(nowMs);
    }

    /// <inheritdoc/>
    public void LinkDown(int link, LinkFailure reason, long nowMs)
    {
        Drop(link);
        _engine.LinkDown(link, reason, nowMs);
    }

    /// <inheritdoc/>
    public void Received(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        SessionLink? secured = _links[link];
        if (secured == null)
            _engine.Received(link, buffer, offset, count, nowMs);
        else
            secured.Received(buffer, offset, count, nowMs);
    }

    /// <summary>Passed on where there is no session: what is protected cannot be told by its head.</summary>
    /// <inheritdoc/>
    public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs)
    {
        if (_links[link] == null)
            _engine.ReceivedTooLarge(link, buffer, offset, count, nowMs);
    }

    /// <inheritdoc/>
    public void Recovered(long nowMs) => _engine.Recovered(nowMs);

    /// <inheritdoc/>
    public long Poll(long nowMs)
    {
        long due = long.MaxValue;
        for (int link = 0; link < _links.Length; link++)
        {
            SessionLink? secured = _links[link];
            if (secured == null)
                continue;
            long one = secured.Poll(nowMs);
            if (one < due)
                due = one;
        }

        long engine = _engine.Poll(nowMs);
        return engine < due ? engine : due;
    }

    /// <summary>True where a link to this server would get a session over a transport that knows nothing of it.</summary>
    internal bool CanSecure(int link, ServerUri uri, ITransport transport)
    {
        ServerUri? plain = uri.WithoutSecurity();
        return plain != null && transport.CanOpen(link, plain) && _source.SessionFor(link, uri) != null;
    }

    internal void Open(int link, ServerUri uri, int localPort, ITransport transport)
    {
        Drop(link);
        ISecureSession? session = _source.SessionFor(link, uri);
        if (session != null)
            _links[link] = new SessionLink(this, link, session, transport);
        bool isPlain = session == null || transport.CanOpen(link, uri);
        transport.Open(link, isPlain ? uri : uri.WithoutSecurity()!, localPort);
    }

    internal void Close(int link, ITransport transport)
    {
        Drop(link);
        transport.Close(link);
    }

    internal SessionLink? At(int link) => _links[link];

    internal void Ready(int link, long nowMs) => _engine.LinkUp(link, nowMs);

    internal void Deliver(int link, byte[] buffer, int offset, int count, long nowMs) => _engine.Received(link, buffer, offset, count, nowMs);

    internal void Fail(int link, LinkFailure reason, ITransport transport, long nowMs)
    {
        Close(link, transport);
        _engine.LinkDown(link, reason, nowMs);
    }

    private void Drop(int link)
    {
        SessionLink? secured = _links[link];
        _links[link] = null;
        secured?.End();
    }
}
