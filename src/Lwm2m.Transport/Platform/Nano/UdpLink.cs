using System.Net;
using System.Net.Sockets;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// One link of <see cref="UdpTransport"/>. Requests to open and close are only noted; the pump carries them out, because a
/// socket must not be closed while the runner's thread polls it.
/// </summary>
internal sealed class UdpLink
{
    public const int Closed = 0;
    public const int CloseRequested = 1;
    public const int OpenRequested = 2;
    public const int Up = 3;

    /// <summary>A socket that fails so often in a row is beyond repair.</summary>
    private const int MaxErrors = 8;

    public int State;
    public Socket? Socket;

    /// <summary>Where to open it; forgotten then, since it is as large as the link.</summary>
    public ServerUri? Uri;
    public int LocalPort;

    private int _errors;
    private bool _heard;
    private string? _lastHost;
    private IPAddress? _lastAddress;

    public bool IsBroken => _errors > MaxErrors;

    public int BoundPort
    {
        get
        {
            IPEndPoint? local = State == Up ? Socket!.LocalEndPoint as IPEndPoint : null;
            return local == null ? 0 : local.Port;
        }
    }

    /// <summary>Opens the socket. A name is looked up here, for which the firmware stops all threads.</summary>
    /// <returns>A <see cref="LinkFailure"/>, or -1 when the link is up.</returns>
    public int Open()
    {
        CloseSocket();
        State = Closed;
        ServerUri uri = Uri!;
        Uri = null;
        string host = uri.Host;
        IPAddress[]? addresses = NameLookup.Find(uri);
        if (addresses == null || addresses.Length == 0)
            return (int)LinkFailure.NameNotFound;

        int first = FirstToTry(addresses, host);
        int error = 0;
        for (int i = 0; i < addresses.Length; i++)
        {
            IPAddress address = addresses[(first + i) % addresses.Length];
            // To be remembered only where there is another one to choose.
            _lastAddress = addresses.Length > 1 ? address : null;
            error = TryConnect(address, uri.Port);
            if (error == 0)
            {
                _errors = 0;
                State = Up;
                return -1;
            }
        }
        return error == (int)SocketError.AddressAlreadyInUse ? (int)LinkFailure.LocalPortInUse : (int)LinkFailure.Unreachable;
    }

    public bool Send(byte[] buffer, int offset, int count)
    {
        if (State != Up)
            return false;
        try
        {
            return Socket!.Send(buffer, offset, count, SocketFlags.None) == count;
        }
        catch (SocketException)
        {
            // No buffer or no network now: the datagram is dropped, and CoAP repeats it.
            return false;
        }
    }

    /// <summary>The number of bytes of a datagram; -1 when there was none, -2 for a network error that closes nothing.</summary>
    public int Receive(byte[] buffer)
    {
        try
        {
            // An exception costs a hundred times what a question costs.
            if (!Socket!.Poll(0, SelectMode.SelectRead))
                return -1;
            int count = Socket.Receive(buffer, 0, buffer.Length, SocketFlags.None);
            _heard = true;
            _errors = 0;
            return count;
        }
        catch (SocketException)
        {
            _errors++;
            return -2;
        }
    }

    /// <summary>Waits for a datagram; other threads run meanwhile.</summary>
    public bool WaitReadable(int timeoutMs)
    {
        try
        {
            return Socket!.Poll(timeoutMs * 1000, SelectMode.SelectRead);
        }
        catch (SocketException)
        {
            // The receive that follows counts it.
            return true;
        }
    }

    public void CloseSocket()
    {
        if (Socket == null)
            return;
        Socket.Close();
        Socket = null;
    }

    /// <summary>The address that was heard from last time, else the one after it.</summary>
    private int FirstToTry(IPAddress[] addresses, string host)
    {
        int first = 0;
        if (_lastAddress is not null && _lastHost == host)
        {
            for (int i = 0; i < addresses.Length; i++)
            {
                if (!addresses[i].Equals(_lastAddress))
                    continue;
                first = _heard ? i : (i + 1) % addresses.Length;
                break;
            }
        }
        _lastHost = addresses.Length > 1 ? host : null;
        _heard = false;
        return first;
    }

    /// <summary>0, or the error.</summary>
    private int TryConnect(IPAddress address, int port)
    {
        try
        {
            Socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            if (LocalPort != 0)
            {
                IPAddress any = address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
                Socket.Bind(new IPEndPoint(any, LocalPort));
            }
            Socket.Connect(new IPEndPoint(address, port));
            return 0;
        }
        catch (SocketException problem)
        {
            CloseSocket();
            return problem.ErrorCode == 0 ? -1 : problem.ErrorCode;
        }
    }
}
