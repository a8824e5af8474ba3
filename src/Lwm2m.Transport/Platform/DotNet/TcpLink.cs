using System;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>One link of <see cref="TcpTransport"/>: a <see cref="StreamLink"/> and the connection that it has at present.</summary>
internal sealed class TcpLink : ICoapStreamOutput
{
    /// <summary>Bytes handed to the engine before it is seen whether its answers find room, and the most requests in them.</summary>
    private const int SliceBytes = 2 * MessagesPerSlice;

    internal const int MessagesPerSlice = 8;

    /// <summary>Buffers taken from one link before the others, and the engine's timers, have their turn.</summary>
    private const int BuffersPerRound = 8;

    private readonly int _number;
    private readonly int _roomBytes;
    private readonly TcpSettings _settings;
    private readonly StreamLink _link;
    private ServerUri? _requested;
    private int _localPort;
    private TcpConnection? _connection;
    private bool _isGreeted;
    private int _used;

    public TcpLink(int number, int maxMessageBytes, int keepAliveMs, TcpSettings settings)
    {
        _number = number;
        _roomBytes = settings.OutBytes / 2;
        _settings = settings;
        _link = new StreamLink(number, maxMessageBytes, this) { KeepAliveMs = keepAliveMs };
    }

    public bool TakesBlocks => _link.TakesBlocks;

    public int MaxDatagramBytes => _link.MaxDatagramBytes;

    public int LocalPort => _link.IsUp && _connection != null ? _connection.LocalPort : 0;

    public long DueMs => _link.DueMs;

    public void RequestOpen(ServerUri uri, int localPort)
    {
        Close();
        _requested = uri;
        _localPort = localPort;
    }

    public void Close()
    {
        _requested = null;
        _link.Close();
        Drop();
    }

    public bool Send(byte[] buffer, int offset, int count) => _link.Send(buffer, offset, count);

    bool ICoapStreamOutput.Write(byte[] buffer, int offset, int count) => _connection != null && _connection.Write(buffer, offset, count);

    /// <summary>The device has another address by now: the connection is dead, whatever the system still thinks of it.</summary>
    public void CheckAddress(ILinkEvents events, long nowMs)
    {
        if (_connection == null || !_connection.HasMoved())
            return;
        Drop();
        _link.Lost(events, LinkFailure.AddressChanged, nowMs);
    }

    /// <returns>True when there is more to take in at once.</returns>
    public bool Pump(ILinkEvents events, long nowMs)
    {
        if (_requested != null)
        {
            _connection = new TcpConnection(_requested, _localPort, _settings);
            _requested = null;
            _isGreeted = false;
            _used = 0;
            return false;
        }

        TcpConnection? connection = _connection;
        bool more = connection != null && Pump(connection, events, nowMs);
        _link.Poll(events, nowMs);
        // The stream had enough of it: broken rules, silence, or a release.
        if (_connection != null && _isGreeted && !_link.IsOpen)
            Drop();
        return more;
    }

    private bool Pump(TcpConnection connection, ILinkEvents events, long nowMs)
    {
        // Asked first: what came before the end is taken in before it.
        bool hasEnded = connection.HasEnded;
        if (!_isGreeted)
        {
            if (!connection.IsConnected)
            {
                if (hasEnded)
                {
                    _connection = null;
                    events.LinkDown(_number, connection.Failure, nowMs);
                }

                return false;
            }

            _isGreeted = true;
            _link.Connected(events, nowMs);
        }

        if (connection.TakeRelief())
            events.Recovered(nowMs);
        for (int round = 0; round < BuffersPerRound && _connection == connection; round++)
        {
            int count = connection.Take();
            if (count == 0)
            {
                if (!hasEnded)
                    return false;
                Drop();
                _link.Lost(events, connection.Failure, nowMs);
                return false;
            }

            // Who sends requests and does not take the answers is not listened to: TCP tells him to wait.
            while (_used < count && connection.HasRoom(_roomBytes) && _link.IsOpen)
            {
                int slice = Math.Min(SliceBytes, count - _used);
                int from = _used;
                _used += slice;
                _link.Received(events, connection.In, from, slice, nowMs);
                if (_connection != connection)
                    return false;
            }

            if (_used < count)
                return false;
            _used = 0;
            connection.Taken();
        }

        return _connection == connection && connection.Take() > 0;
    }

    private void Drop()
    {
        _connection?.Finish();
        _connection = null;
    }
}
