using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

// What keeps the server going: datagrams, the timer, and the queue of events. Everything else runs under the gate.
public sealed partial class LocalServer : ICoapOutput
{
    /// <summary>Over UDP; connections have their own.</summary>
    private const int MaxDatagramBytes = 1500;

    private readonly AsyncLocal<bool> _isTelling = new();

    private static long Now => Environment.TickCount64;

    bool ICoapOutput.Send(CoapPeer peer, byte[] buffer, int offset, int count) =>
        Send((Remote)peer.Tag!, buffer, offset, count);

    private bool Send(Remote remote, byte[] buffer, int offset, int count)
    {
        if (Faults.TakeSent())
            return true;
        if (remote.Connection != null)
            return remote.Connection.Stream.Send(buffer, offset, count);
        try
        {
            _socket.SendTo(buffer.AsSpan(offset, count), SocketFlags.None, remote.EndPoint);
            return true;
        }
        catch (SocketException problem)
        {
            _options.Log?.Invoke($"Cannot send to {remote.EndPoint}: {problem.Message}");
            return false;
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[65536];
        var any = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult result =
                    await _socket.ReceiveFromAsync(buffer.AsMemory(), SocketFlags.None, any, _stop.Token).ConfigureAwait(false);
                if (!Faults.TakeReceived())
                    Receive((IPEndPoint)result.RemoteEndPoint, buffer, result.ReceivedBytes);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // Windows reports here that an earlier datagram was refused; there is nothing to do about it.
            }
        }
    }

    private void Receive(IPEndPoint from, byte[] buffer, int count)
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                return;
            long now = Now;
            Remote? remote = RemoteOf(from);
            if (remote == null)
            {
                _options.Log?.Invoke($"No room for {from}: all {_options.MaxClients} places are registered.");
                return;
            }
            SetHeard(remote, now);
            _endpoint.Receive(remote.Peer, buffer, 0, count, now);
            Settle();
        }
    }

    private Remote? RemoteOf(IPEndPoint address)
    {
        if (_remotes.TryGetValue(address, out Remote? known))
            return known;
        CoapPeer? peer = PeerWith(MaxDatagramBytes);
        if (peer == null)
            return null;
        var remote = new Remote(address, peer);
        peer.Tag = remote;
        _remotes.Add(address, remote);
        return remote;
    }

    private CoapPeer? PeerWith(int maxMessageBytes)
    {
        CoapPeer? peer = _endpoint.AddPeer(0, maxMessageBytes);
        if (peer == null)
        {
            Remote? oldest = _remotes.Values
                .Where(r => r.Current == null && r.Waiting.Count == 0 && _byLocation.Values.All(b => b.Remote != r) && _bootstraps.Values.All(b => b.Remote != r))
                .MinBy(r => r.LastHeardMs);
            if (oldest == null)
                return null;
            _remotes.Remove(oldest.EndPoint);
            _endpoint.RemovePeer(oldest.Peer, Now);
            peer = _endpoint.AddPeer(0, maxMessageBytes);
        }
        return peer;
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            if (!_stop.IsCancellationRequested)
                Settle();
        }
    }

    /// <summary>After each change: what is due, what can go out now, and when to look again.</summary>
    private void Settle()
    {
        long now = Now;
        _endpoint.Poll(now);
        long due = Math.Min(ExpireRegistrations(now), PollConnections(now));
        foreach (Remote remote in _remotes.Values)
            StartNext(remote, now);
        foreach (Connection connection in _connections)
            StartNext(connection.Remote, now);
        due = Math.Min(due, _endpoint.Poll(now));
        _timer.Change(due == long.MaxValue ? Timeout.Infinite : (int)Math.Clamp(due - now, 0, int.MaxValue), Timeout.Infinite);
    }

    private void Post(Action tell) => _events.Writer.TryWrite(tell);

    private async Task TellAsync()
    {
        _isTelling.Value = true;
        await foreach (Action tell in _events.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                tell();
            }
            catch (Exception problem)
            {
                // Somebody's handler failed; the others still want to hear.
                _options.Log?.Invoke($"A handler failed: {problem}");
            }
        }
    }
}
