using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A UDP socket of its own for a device, so that the server can tell devices apart by their port.</summary>
public sealed class UdpServerLink : IServerLink
{
    private readonly Socket _socket;
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _stop = new();

    private UdpServerLink(IPEndPoint server, Action<byte[]> received)
    {
        _server = server;
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(server.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0));
        _ = Task.Run(() => ReceiveAsync(received));
    }

    /// <summary>Links to a server.</summary>
    /// <param name="server">Where it listens; loopback.</param>
    /// <exception cref="ArgumentException">It is not on this machine.</exception>
    public static ServerLinkFactory To(IPEndPoint server)
    {
        if (!IPAddress.IsLoopback(server.Address))
            throw new ArgumentException($"{server} is not on this machine: a simulated network reaches loopback addresses only.", nameof(server));
        return (_, received) => new UdpServerLink(server, received);
    }

    /// <inheritdoc/>
    public void Send(byte[] datagram)
    {
        try
        {
            _socket.SendTo(datagram, _server);
        }
        catch (SocketException)
        {
            // Nobody listens there: lost, as on every network.
        }
        catch (ObjectDisposedException)
        {
            // Sent while the network was being taken down.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
    }

    private async Task ReceiveAsync(Action<byte[]> received)
    {
        byte[] buffer = new byte[65536];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult result = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, _server, _stop.Token).ConfigureAwait(false);
                received(buffer.AsSpan(0, result.ReceivedBytes).ToArray());
            }
            catch (SocketException)
            {
                // An ICMP answer to what was sent earlier.
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
