using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>
/// A socket of the modem, which is one of this machine and reaches loopback addresses alone. The local port that a host asks for is not
/// used: any free one is, so that several devices can ask for the same.
/// </summary>
internal sealed class ModemSocket : IDisposable
{
    private readonly SimulatedModem _modem;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<IPEndPoint, string> _names = [];
    private readonly Dictionary<(string Host, int Port), IServerLink> _links = [];
    private bool _isDisposed;

    public ModemSocket(SimulatedModem modem, bool isTcp)
    {
        _modem = modem;
        IsTcp = isTcp;
        _socket = new Socket(AddressFamily.InterNetwork, isTcp ? SocketType.Stream : SocketType.Dgram, isTcp ? ProtocolType.Tcp : ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (!isTcp)
            _ = Task.Run(ReceiveDatagramsAsync);
    }

    public bool IsTcp { get; }

    public int LocalPort => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Bytes came.</summary>
    public Action<Datagram>? Received { get; set; }

    /// <summary>The other end closed, or nobody was there.</summary>
    public Action? Closed { get; set; }

    private Bearer Bearer => IsTcp ? Bearer.Tcp : Bearer.Udp;

    /// <summary>Where a name leads on this machine; null where it leads nowhere.</summary>
    public static IPAddress? Resolve(CellularNetwork network, string host)
    {
        if (network.HasUdpServer(host))
            return IPAddress.Loopback;
        if (network.Options.Hosts.TryGetValue(host, out IPAddress? address))
            return address;
        return IPAddress.TryParse(host, out address) && IPAddress.IsLoopback(address) ? address : null;
    }

    /// <summary>Connects a stream.</summary>
    public void Connect(string host, int port, Action<bool> done)
    {
        if (!_modem.Radio.Uplink() || Resolve(_modem.Network, host) is not { } address)
        {
            _modem.Loop.Post(() => done(false));
            return;
        }
        var server = new IPEndPoint(address, port);
        _names[server] = host;
        _ = Task.Run(() => ConnectAsync(server, done));
    }

    /// <summary>Sends a datagram.</summary>
    /// <returns>False when there is no network, or no such host.</returns>
    public bool Send(byte[] data, string host, int port)
    {
        if (!_modem.Radio.Uplink() || Resolve(_modem.Network, host) is not { } address || port is < 1 or > 65535)
            return false;
        if (_modem.Network.FindUdpServer(host, port) is { } factory)
        {
            if (!_links.TryGetValue((host, port), out IServerLink? link))
                _links[(host, port)] = link = factory(_modem.Number, answer => _modem.Loop.Run(() => Take(answer, host, port)));
            Transmit(data, () => link.Send(data));
            return true;
        }
        var server = new IPEndPoint(address, port);
        _names[server] = host;
        Transmit(data, () => _socket.SendTo(data, server));
        return true;
    }

    /// <summary>Sends on a stream.</summary>
    public bool Send(byte[] data)
    {
        if (!_modem.Radio.Uplink() || !_socket.Connected)
            return false;
        Transmit(data, () => _socket.Send(data));
        return true;
    }

    public void Dispose()
    {
        _isDisposed = true;
        _stop.Cancel();
        _socket.Dispose();
        foreach (IServerLink link in _links.Values)
            link.Dispose();
    }

    private void Transmit(byte[] data, Action send)
    {
        _modem.Network.Count(_modem, Bearer, AirDirection.Up, data.Length);
        _modem.Loop.After(_modem.Network.Options.PacketDelay, () =>
        {
            if (_isDisposed || (!IsTcp && _modem.Network.Chance(_modem.Network.Options.UdpLoss)))
                return;
            try
            {
                send();
            }
            catch (SocketException)
            {
                // Nobody listens there.
            }
        });
    }

    private async Task ConnectAsync(IPEndPoint server, Action<bool> done)
    {
        bool isConnected = false;
        try
        {
            await _socket.ConnectAsync(server, _stop.Token).ConfigureAwait(false);
            _socket.NoDelay = true;
            isConnected = true;
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Refused.
        }
        _modem.Loop.Run(() =>
        {
            if (!_isDisposed)
                done(isConnected);
        });
        if (isConnected)
            await ReceiveStreamAsync(server).ConfigureAwait(false);
    }

    private async Task ReceiveStreamAsync(IPEndPoint server)
    {
        byte[] buffer = new byte[1460];
        try
        {
            while (await _socket.ReceiveAsync(buffer, SocketFlags.None, _stop.Token).ConfigureAwait(false) is > 0 and { } count)
                Take(buffer.AsSpan(0, count).ToArray(), server);
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Closed.
        }
        _modem.Loop.Run(() =>
        {
            if (!_isDisposed)
                _modem.Radio.Page(() => Closed?.Invoke());
        });
    }

    private async Task ReceiveDatagramsAsync()
    {
        byte[] buffer = new byte[65536];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult result =
                    await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token).ConfigureAwait(false);
                Take(buffer.AsSpan(0, result.ReceivedBytes).ToArray(), (IPEndPoint)result.RemoteEndPoint);
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

    // A modem reports an address; where the host gave one for this machine, that one.
    private void Take(byte[] data, IPEndPoint from) => _modem.Loop.Run(() =>
        Take(data, _names.TryGetValue(from, out string? name) && IPAddress.TryParse(name, out _) ? name : from.Address.ToString(), from.Port));

    private void Take(byte[] data, string host, int port)
    {
        if (_isDisposed || (!IsTcp && _modem.Network.Chance(_modem.Network.Options.UdpLoss)))
            return;
        _modem.Loop.After(_modem.Network.Options.PacketDelay, () => _modem.Radio.Page(() =>
        {
            if (_isDisposed)
                return;
            _modem.Network.Count(_modem, Bearer, AirDirection.Down, data.Length);
            Received?.Invoke(new Datagram(data, host, port));
        }));
    }
}
