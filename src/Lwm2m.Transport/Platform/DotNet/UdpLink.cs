using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// One link of <see cref="UdpTransport"/>. Requests to open and close are only noted; the pump carries them out, because a
/// socket must not be disposed while the runner waits for it. A name is looked up on the thread pool meanwhile.
/// </summary>
internal sealed class UdpLink : IDisposable
{
    /// <summary>Enough for a burst while the runtime collects garbage; the kernel trims it to what it allows.</summary>
    private const int ReceiveBufferBytes = 512 * 1024;

    private readonly WakeSocket _wake;
    private readonly Func<string, Task<IPAddress[]>> _resolve;
    private State _state;
    private ServerUri? _uri;
    private int _localPort;
    private NameLookup? _lookup;
    private bool _heard;
    private string? _lastHost;
    private IPAddress? _lastAddress;

    public UdpLink(WakeSocket wake, Func<string, Task<IPAddress[]>> resolve)
    {
        _wake = wake;
        _resolve = resolve;
    }

    private enum State
    {
        Closed,
        CloseRequested,
        OpenRequested,
        LookingUp,
        Up,
    }

    /// <summary>The socket, also while a requested close is not yet carried out.</summary>
    public Socket? Socket { get; private set; }

    public bool IsUp => _state == State.Up;

    public bool HasWork => _state switch
    {
        State.CloseRequested or State.OpenRequested => true,
        State.LookingUp => _lookup!.IsComplete,
        _ => false,
    };

    public int LocalPort => _state == State.Up ? ((IPEndPoint)Socket!.LocalEndPoint!).Port : 0;

    public void RequestOpen(ServerUri uri, int localPort)
    {
        _uri = uri;
        _localPort = localPort;
        _state = State.OpenRequested;
    }

    public bool RequestClose()
    {
        if (_state is State.Closed or State.CloseRequested)
            return false;
        _state = State.CloseRequested;
        return true;
    }

    public void Fail() => RequestClose();

    /// <summary>Carries out what was requested as far as it goes without waiting.</summary>
    /// <returns>Why the link cannot open, if that turned out now.</returns>
    public LinkFailure? Advance()
    {
        switch (_state)
        {
            case State.CloseRequested:
                CloseSocket();
                _state = State.Closed;
                return null;

            case State.OpenRequested:
                CloseSocket();
                if (_uri!.IsLiteral && IPAddress.TryParse(_uri.Host, out IPAddress? literal))
                    return Connect(new[] { literal });
                _lookup = NameLookup.Start(_uri.Host, _resolve, _wake);
                _state = State.LookingUp;
                return null;

            case State.LookingUp when _lookup!.IsComplete:
                IPAddress[] addresses = _lookup.Addresses;
                _lookup = null;
                if (addresses.Length > 0)
                    return Connect(addresses);
                _state = State.Closed;
                return LinkFailure.NameNotFound;

            default:
                return null;
        }
    }

    /// <summary>
    /// Sends without waiting. On a connected socket an ICMP error of an earlier datagram is reported by the next call,
    /// whose own datagram is then not sent: so it is tried again.
    /// </summary>
    public bool Send(byte[] buffer, int offset, int count)
    {
        if (_state != State.Up)
            return false;
        Socket!.Send(buffer, offset, count, SocketFlags.None, out SocketError error);
        if (IsNetworkHint(error))
            Socket.Send(buffer, offset, count, SocketFlags.None, out error);
        return error == SocketError.Success;
    }

    public int Receive(byte[] buffer, out SocketError error)
    {
        int count = Socket!.Receive(buffer, 0, buffer.Length, SocketFlags.None, out error);
        if (error == SocketError.Success)
            _heard = true;
        return count;
    }

    /// <summary>Whether the system would send to the server from another address now: what the server answers to the old one is lost.</summary>
    public bool HasMoved() => _state == State.Up && LocalAddress.HasMoved(Socket!);

    /// <summary>
    /// True for what ICMP or a passing state of the network tells about a datagram that is gone. UDP has no connection
    /// that this could close: the server may be starting again, and CoAP's retransmission covers it.
    /// </summary>
    public static bool IsNetworkHint(SocketError error) => error
        is SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.HostUnreachable or SocketError.HostDown
        or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.NetworkReset or SocketError.TimedOut
        or SocketError.AccessDenied or SocketError.ProtocolOption or SocketError.MessageSize;

    public void Dispose()
    {
        CloseSocket();
        _state = State.Closed;
    }

    /// <summary>
    /// Takes the address that was heard from last time, else the one after it. Addresses that have no route at all are
    /// passed over at once; only when none has one is the link down.
    /// </summary>
    private LinkFailure? Connect(IPAddress[] addresses)
    {
        int first = 0;
        if (_lastAddress != null && _lastHost == _uri!.Host)
        {
            int last = Array.IndexOf(addresses, _lastAddress);
            if (last >= 0)
                first = _heard ? last : (last + 1) % addresses.Length;
        }
        _lastHost = _uri!.Host;
        _heard = false;
        SocketError error = SocketError.Success;
        for (int i = 0; i < addresses.Length; i++)
        {
            _lastAddress = addresses[(first + i) % addresses.Length];
            if (!TryConnect(_lastAddress, out error))
                continue;
            _state = State.Up;
            return null;
        }
        _state = State.Closed;
        return Failure(error);
    }

    private bool TryConnect(IPAddress address, out SocketError error)
    {
        error = SocketError.Success;
        try
        {
            Socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            Socket.ReceiveBufferSize = ReceiveBufferBytes;
            if (_localPort != 0)
            {
                IPAddress any = address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
                Socket.Bind(new IPEndPoint(any, _localPort));
            }
            Socket.Connect(new IPEndPoint(address, _uri!.Port));
            Socket.Blocking = false;
            return true;
        }
        catch (SocketException problem)
        {
            CloseSocket();
            error = problem.SocketErrorCode;
            return false;
        }
    }

    private static LinkFailure Failure(SocketError error)
    {
        switch (error)
        {
            case SocketError.AddressAlreadyInUse:
                return LinkFailure.LocalPortInUse;
            case SocketError.ConnectionRefused:
                return LinkFailure.Refused;
            case SocketError.NetworkUnreachable:
            case SocketError.NetworkDown:
            case SocketError.HostUnreachable:
            case SocketError.HostDown:
            case SocketError.AddressNotAvailable:
            case SocketError.AddressFamilyNotSupported:
            case SocketError.ProtocolFamilyNotSupported:
            case SocketError.InvalidArgument: // A link-local address without a zone.
                return LinkFailure.Unreachable;
            default:
                return LinkFailure.Other;
        }
    }

    private void CloseSocket()
    {
        Socket?.Dispose();
        Socket = null;
    }
}
