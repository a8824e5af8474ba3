using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>
/// One connection: from the look-up of the name to its end. Two loops serve it, one read and one write at a time, which allocate nothing
/// of their own; what they find is left here and the runner is woken. <see cref="Take"/>, <see cref="Taken"/>, <see cref="Write"/> and
/// <see cref="Finish"/> are the runner's.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It outlives its owner for its last bytes, and disposes of everything in End.")]
internal sealed partial class TcpConnection
{
    /// <summary>How long a connection that we end may take to carry its last bytes.</summary>
    private const int LingerMs = 2000;

    private readonly TcpSettings _settings;
    private readonly ServerUri _uri;
    private readonly int _localPort;
    private readonly byte[] _in;
    private readonly AsyncSignal _taken = new();
    private readonly CancellationTokenSource _stop = new();
    private Socket? _socket;
    private Stream? _stream;
    private int _inCount;
    private int _isConnected;
    private int _hasEnded;
    private int _isFinishing;

    public TcpConnection(ServerUri uri, int localPort, TcpSettings settings)
    {
        _uri = uri;
        _localPort = localPort;
        _settings = settings;
        _in = new byte[settings.InBytes];
        _filling = new byte[settings.OutBytes];
        _flying = new byte[settings.OutBytes];
        _ = Task.Run(RunAsync);
    }

    public bool IsConnected => Volatile.Read(ref _isConnected) == 1;

    /// <summary>True when nothing more will come; <see cref="Failure"/> says why. What was read before is still there to be taken.</summary>
    public bool HasEnded => Volatile.Read(ref _hasEnded) == 1;

    public LinkFailure Failure { get; private set; } = LinkFailure.Closed;

    public byte[] In => _in;

    public int LocalPort => IsConnected && _socket!.LocalEndPoint is IPEndPoint local ? local.Port : 0;

    /// <summary>Number of bytes in <see cref="In"/>; 0 for none. <see cref="Taken"/> follows when they are used up.</summary>
    public int Take() => Volatile.Read(ref _inCount);

    /// <summary>Lets the next bytes be read: on this thread if they are there already, so that <see cref="Take"/> shows them at once.</summary>
    public void Taken()
    {
        if (Interlocked.Exchange(ref _inCount, 0) > 0)
            _taken.Set();
    }

    /// <summary>Whether the system would reach the server from another address now.</summary>
    public bool HasMoved() => IsConnected && !HasEnded && LocalAddress.HasMoved(_socket!);

    /// <summary>Ends the connection when what was written is out, or after a while. Nothing of it is of interest any more.</summary>
    public void Finish()
    {
        if (Interlocked.Exchange(ref _isFinishing, 1) == 1)
            return;
        if (!IsConnected)
        {
            _stop.Cancel();
            return;
        }

        _stop.CancelAfter(LingerMs);
        WakeWriter();
        Taken();
    }

    private async Task RunAsync()
    {
        try
        {
            LinkFailure? failure = await ConnectAsync().ConfigureAwait(false);
            if (failure == null)
            {
                Volatile.Write(ref _isConnected, 1);
                _settings.Wake();
                _ = WriteAsync();
                await ReadAsync().ConfigureAwait(false);
            }
            else
            {
                Failure = failure.Value;
            }
        }
        catch (Exception problem)
        {
            // Whatever it is, the connection is gone, and a link that nobody tells about would wait for ever. A server may refuse our certificate
            // after the handshake (RFC 8446 4.4.2.4).
            if (problem is AuthenticationException || problem.InnerException is AuthenticationException)
                Failure = LinkFailure.SecurityFailed;
        }

        End();
    }

    private async Task ReadAsync()
    {
        Stream stream = _stream!;
        while (true)
        {
            int count = await stream.ReadAsync(_in, _stop.Token).ConfigureAwait(false);
            if (count == 0)
                return;
            // What comes after the end was decided is read, so that the peer gets no reset ahead of our last bytes.
            if (Volatile.Read(ref _isFinishing) == 1)
                continue;
            Interlocked.Exchange(ref _inCount, count);
            if (Volatile.Read(ref _isFinishing) == 1 && Interlocked.CompareExchange(ref _inCount, 0, count) == count)
                continue;
            _settings.Wake();
            await _taken.WaitAsync().ConfigureAwait(false);
        }
    }

    private void End()
    {
        Volatile.Write(ref _hasEnded, 1);
        _stop.Cancel();
        _stream?.Dispose();
        _socket?.Dispose();
        WakeWriter();
        _settings.Wake();
    }

    /// <summary>Looks the name up and tries all its addresses.</summary>
    /// <returns>Why there is no connection; null when there is one.</returns>
    private async Task<LinkFailure?> ConnectAsync()
    {
        IPAddress[] addresses;
        if (_uri.IsLiteral && IPAddress.TryParse(_uri.Host, out IPAddress? literal))
            addresses = new[] { literal };
        else
            addresses = await LookUpAsync().ConfigureAwait(false);
        LinkFailure failure = LinkFailure.NameNotFound;
        foreach (IPAddress address in addresses)
        {
            if (Volatile.Read(ref _isFinishing) == 1)
                return LinkFailure.Closed;
            LinkFailure? one = await TryAsync(address).ConfigureAwait(false);
            if (one == null)
                return null;
            _stream?.Dispose();
            _socket?.Dispose();
            // Of several reasons the one that somebody has to look at.
            if (failure != LinkFailure.SecurityFailed)
                failure = one.Value;
        }

        return failure;
    }

    private async Task<IPAddress[]> LookUpAsync()
    {
        try
        {
            return await _settings.Resolve(_uri.Host).WaitAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // No such name, no name server, or whatever a resolver of the application throws: nothing was found, and the next Open
            // asks again. A link that waits for ever would be worse than a lost reason.
            return Array.Empty<IPAddress>();
        }
    }

    private async Task<LinkFailure?> TryAsync(IPAddress address)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(_settings.ConnectTimeoutMs);
        try
        {
            _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (_localPort != 0)
                _socket.Bind(new IPEndPoint(address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, _localPort));
            await _socket.ConnectAsync(new IPEndPoint(address, _uri.Port), limit.Token).ConfigureAwait(false);
        }
        catch (SocketException problem)
        {
            return _localPort != 0 && problem.SocketErrorCode == SocketError.AddressNotAvailable
                ? LinkFailure.LocalPortInUse
                : FailureOf(problem.SocketErrorCode);
        }
        catch (OperationCanceledException)
        {
            return LinkFailure.Unreachable;
        }

        _stream = new NetworkStream(_socket, ownsSocket: true);
        return _uri.IsSecure ? await SecureAsync(limit).ConfigureAwait(false) : null;
    }

    private async Task<LinkFailure?> SecureAsync(CancellationTokenSource limit)
    {
        limit.CancelAfter(_settings.ConnectTimeoutMs);
        var secured = new SslStream(_stream!, leaveInnerStreamOpen: false);
        _stream = secured;
        try
        {
            await secured.AuthenticateAsClientAsync(_settings.TlsFor(_uri), limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (AuthenticationException)
        {
            return LinkFailure.SecurityFailed;
        }
        catch (Exception problem) when (problem is IOException or SocketException or OperationCanceledException)
        {
            // Gone or silent in the middle of it: nothing is said about certificates.
            return LinkFailure.Closed;
        }
    }

    private static LinkFailure FailureOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => LinkFailure.Refused,
        SocketError.AddressAlreadyInUse or SocketError.AccessDenied => LinkFailure.LocalPortInUse,
        SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostUnreachable or SocketError.HostDown
            or SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported
            or SocketError.InvalidArgument or SocketError.TimedOut => LinkFailure.Unreachable,
        _ => LinkFailure.Other,
    };
}
