using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>One link of <see cref="TcpTransport"/>: a <see cref="StreamLink"/> and the socket that it has at present.</summary>
internal sealed class TcpLink : ICoapStreamOutput
{
    /// <summary>Reads from one link before the others, and the engine's timers, have their turn.</summary>
    private const int ReadsPerRound = 8;

    /// <summary>How long the firmware may take to send, or to complete a record of TLS. What takes longer is a lost connection.</summary>
    private const int IoTimeoutMs = 5000;

    private readonly int _number;
    private readonly TcpTransport _transport;
    private readonly StreamLink _link;
    private ServerUri? _requested;
    private int _localPort;
    private Socket? _socket;
    private SslStream? _secured;
    private bool _isBroken;
    private bool _wasRefused;

    public TcpLink(int number, TcpTransport transport, int maxMessageBytes, int keepAliveMs)
    {
        _number = number;
        _transport = transport;
        _link = new StreamLink(number, maxMessageBytes, this);
        _link.KeepAliveMs = keepAliveMs;
    }

    public bool TakesBlocks => _link.TakesBlocks;

    public int MaxDatagramBytes => _link.MaxDatagramBytes;

    public bool HasSocket => _socket != null;

    public bool IsRequested => _requested != null;

    public long DueMs => _link.DueMs;

    public int BoundPort
    {
        get
        {
            IPEndPoint? local = _link.IsUp && _socket != null ? _socket.LocalEndPoint as IPEndPoint : null;
            return local == null ? 0 : local.Port;
        }
    }

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
        CloseSocket();
    }

    public bool Send(byte[] buffer, int offset, int count) => _link.Send(buffer, offset, count);

    public bool Write(byte[] buffer, int offset, int count)
    {
        if (_socket == null || _isBroken)
            return false;
        try
        {
            if (!_socket.Poll(0, SelectMode.SelectWrite))
            {
                _wasRefused = true;
                return false;
            }

            if (_secured != null)
            {
                _secured.Write(buffer, offset, count);
                return true;
            }

            while (count > 0)
            {
                int sent = _socket.Send(buffer, offset, count, SocketFlags.None);
                offset += sent;
                count -= sent;
            }

            return true;
        }
        catch (Exception)
        {
            // Part of it may be out, and with that the connection is out of step: the pump tells it.
            _isBroken = true;
            return false;
        }
    }

    /// <returns>True when there is more to take in at once.</returns>
    public bool Pump(ILinkEvents events, long nowMs)
    {
        if (_requested != null)
        {
            ServerUri uri = _requested;
            _requested = null;
            int failure = Open(uri);
            if (failure >= 0)
                events.LinkDown(_number, (LinkFailure)failure, nowMs);
            else
                _link.Connected(events, nowMs);
            return true;
        }

        bool more = _socket != null && Drain(events, nowMs);
        _link.Poll(events, nowMs);
        if (!_link.IsOpen)
            CloseSocket();
        return more;
    }

    private bool Drain(ILinkEvents events, long nowMs)
    {
        Socket? socket = _socket;
        if (_wasRefused && IsWritable())
        {
            _wasRefused = false;
            events.Recovered(nowMs);
        }

        byte[] buffer = _transport.Buffer;
        for (int round = 0; round < ReadsPerRound && _socket == socket && _link.IsOpen; round++)
        {
            int count = _isBroken ? 0 : Read(buffer);
            if (count < 0)
                return false;
            if (count == 0)
            {
                CloseSocket();
                _link.Lost(events, LinkFailure.Closed, nowMs);
                return false;
            }

            _link.Received(events, buffer, 0, count, nowMs);
        }

        return _socket != null;
    }

    /// <summary>The number of bytes; 0 at the end of the connection, -1 when there are none now.</summary>
    private int Read(byte[] buffer)
    {
        try
        {
            if (_secured != null)
                return _secured.DataAvailable || _socket!.Poll(0, SelectMode.SelectRead) ? _secured.Read(buffer, 0, buffer.Length) : -1;
            return _socket!.Poll(0, SelectMode.SelectRead) ? _socket.Receive(buffer, 0, buffer.Length, SocketFlags.None) : -1;
        }
        catch (SocketException problem)
        {
            return problem.ErrorCode == (int)SocketError.WouldBlock || problem.ErrorCode == (int)SocketError.TimedOut ? -1 : 0;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    private bool IsWritable()
    {
        try
        {
            return _socket!.Poll(0, SelectMode.SelectWrite);
        }
        catch (SocketException)
        {
            _isBroken = true;
            return false;
        }
    }

    /// <summary>Connects, and agrees on TLS: the firmware waits for both, and so does the client.</summary>
    /// <returns>A <see cref="LinkFailure"/>, or -1 when there is a connection.</returns>
    private int Open(ServerUri uri)
    {
        IPAddress[]? addresses = NameLookup.Find(uri);
        int failure = (int)LinkFailure.NameNotFound;
        for (int index = 0; addresses != null && index < addresses.Length; index++)
        {
            int one = TryConnect(addresses[index], uri.Port);
            if (one < 0 && uri.IsSecure)
                one = TrySecure(uri.Host);
            if (one < 0)
                return one;
            CloseSocket();
            // Of several reasons the one that somebody has to look at.
            if (failure != (int)LinkFailure.SecurityFailed)
                failure = one;
        }

        return failure;
    }

    private int TryConnect(IPAddress address, int port)
    {
        try
        {
            _isBroken = false;
            _wasRefused = false;
            Socket socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            _socket = socket;
            socket.SendTimeout = IoTimeoutMs;
            socket.ReceiveTimeout = IoTimeoutMs;
            if (_localPort != 0)
                socket.Bind(new IPEndPoint(address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, _localPort));
            socket.Connect(new IPEndPoint(address, port));
            return -1;
        }
        catch (SocketException problem)
        {
            if (problem.ErrorCode == (int)SocketError.ConnectionRefused)
                return (int)LinkFailure.Refused;
            return problem.ErrorCode == (int)SocketError.AddressAlreadyInUse ? (int)LinkFailure.LocalPortInUse : (int)LinkFailure.Unreachable;
        }
    }

    private int TrySecure(string host)
    {
        try
        {
            _secured = new SslStream(_socket!);
            // By the firmware's source only this value makes it check anything: with VerifyPeer every certificate passes.
            _secured.SslVerification = SslVerification.CertificateRequired;
            X509Certificate2? own = _transport.Own;
            X509Certificate? trust = _transport.Trust;
            if (trust != null)
                _secured.AuthenticateAsClient(host, own, trust, SslProtocols.Tls12);
            else
                _secured.AuthenticateAsClient(host, own, SslProtocols.Tls12);
            return -1;
        }
        catch (Exception)
        {
            // The firmware does not tell what was wrong.
            return (int)LinkFailure.SecurityFailed;
        }
    }

    private void CloseSocket()
    {
        if (_secured != null)
            _secured.Dispose();
        if (_socket != null)
            _socket.Close();
        _secured = null;
        _socket = null;
    }
}
