using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

// Clients over TCP and TLS (RFC 8323): each connection has a peer of its own, and what was asked over it dies with it.
public sealed partial class LocalServer
{
    private const int SmsAckTimeoutMs = 180_000;
    private const int NonIpAckTimeoutMs = 20_000;

    /// <summary>Leads to blocks of 512 bytes.</summary>
    private const int NonIpMessageBytes = 640;

    private readonly List<Connection> _connections = [];
    private readonly List<Task> _accepting = [];
    private readonly List<Socket> _listeners = [];

    /// <summary>What a client on this machine is to be told to come over TCP, such as <c>coap+tcp://127.0.0.1:5683</c>; null where nothing listens.</summary>
    public string? TcpUri { get; private set; }

    /// <summary>The same for TLS, with <c>coaps+tcp</c>.</summary>
    public string? TlsUri { get; private set; }

    /// <summary>Cuts all connections over TCP and TLS, as a fault of the network does.</summary>
    public void CutConnections()
    {
        lock (_gate)
        {
            foreach (Connection connection in _connections)
                connection.Dispose();
        }
    }

    internal void Tell(string trouble) => _options.Log?.Invoke(trouble);

    internal void Begin(Connection connection)
    {
        lock (_gate)
        {
            // A peer that was not heard of has base values (RFC 8323 5.3).
            _endpoint.SetBearer(connection.Remote.Peer, true, false, CoapStream.BaseMaxMessageBytes, 0, -1);
            connection.Stream.Start(Now);
            Settle();
        }
    }

    internal void SetBearer(Connection connection)
    {
        connection.Remote.Peer.TakesBlocks = connection.Stream.PeerTakesBlocks;
        connection.Remote.Peer.MaxMessageBytes = connection.Stream.PeerMaxMessageBytes;
    }

    /// <summary>Bytes of a connection.</summary>
    internal void Take(Connection connection, byte[] buffer, int count)
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                return;
            connection.Stream.Received(buffer, 0, count, Now);
            Settle();
        }
    }

    /// <summary>A message among them.</summary>
    internal void Take(Connection connection, byte[] buffer, int offset, int count, long nowMs)
    {
        if (Faults.TakeReceived())
            return;
        SetHeard(connection.Remote, nowMs);
        _endpoint.Receive(connection.Remote.Peer, buffer, offset, count, nowMs);
    }

    internal void TakeTooLarge(Connection connection, byte[] buffer, int offset, int count, long nowMs) =>
        _endpoint.ReceiveTooLarge(connection.Remote.Peer, buffer, offset, count, nowMs);

    /// <summary>The connection is over. Its registrations live on until their lifetime ends or the client registers anew.</summary>
    internal void Lose(Connection connection)
    {
        lock (_gate)
        {
            if (!_connections.Remove(connection) || _stop.IsCancellationRequested)
                return;
            connection.Stream.Stop();
            Remote remote = connection.Remote;
            remote.IsLost = true;
            _endpoint.RemovePeer(remote.Peer, Now);
            TakeForAsleep(remote, Now);
            foreach (Registration registration in _byLocation.Values.Where(r => r.Remote == remote))
            {
                DropObservations(registration);
                if (!registration.QueueMode)
                    DropWaiting(registration);
            }
            foreach (BootstrapSession session in _bootstraps.Values.Where(s => s.Remote == remote))
                _ = session.Stop.CancelAsync();
            Settle();
        }
    }

    /// <summary>
    /// What the client's bearer asks for, as its binding names it: behind a message centre nothing is repeated and answers take minutes
    /// (Transport 6.6.2); over a non-IP bearer they take half a minute, and messages are small.
    /// </summary>
    private void SetPace(Registration registration)
    {
        string letters = registration.Binding.Replace("Q", "", StringComparison.Ordinal);
        char bearer = letters == "S" ? 'S' : letters.StartsWith('N') ? 'N' : 'U';
        // A peer must not be changed in the middle of an exchange where nothing changed.
        if (registration.Remote.Connection != null || registration.Remote.Bearer == bearer)
            return;
        registration.Remote.Bearer = bearer;
        CoapPeer peer = registration.Remote.Peer;
        if (bearer == 'S')
            _endpoint.SetBearer(peer, false, true, MaxDatagramBytes, SmsAckTimeoutMs, 0);
        else if (bearer == 'N')
            _endpoint.SetBearer(peer, false, true, NonIpMessageBytes, NonIpAckTimeoutMs, -1);
        else
            _endpoint.SetBearer(peer, false, true, MaxDatagramBytes, 0, -1);
    }

    private void Listen()
    {
        if (_options.TcpPort is { } tcp)
            TcpUri = "coap+tcp://" + Listen(tcp, null);
        if (_options.TlsPort is { } tls)
            TlsUri = "coaps+tcp://" + Listen(tls, TlsOptions());
    }

    private IPEndPoint Listen(int port, SslServerAuthenticationOptions? tls)
    {
        var listener = new Socket(_options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listeners.Add(listener);
        listener.Bind(new IPEndPoint(_options.Address, port));
        listener.Listen();
        _accepting.Add(Task.Run(() => AcceptAsync(listener, tls)));
        return Reachable((IPEndPoint)listener.LocalEndPoint!);
    }

    private SslServerAuthenticationOptions TlsOptions()
    {
        var tls = new SslServerAuthenticationOptions
        {
            ServerCertificate = _options.Certificate ?? throw new ArgumentException("TLS needs a certificate with its key."),
            ApplicationProtocols = [new SslApplicationProtocol("coap")],
        };
        if (_options.Trust == null)
            return tls;
        tls.ClientCertificateRequired = true;
        tls.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        tls.CertificateChainPolicy.CustomTrustStore.AddRange(_options.Trust);
        return tls;
    }

    private async Task AcceptAsync(Socket listener, SslServerAuthenticationOptions? tls)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                socket.NoDelay = true;
                Serve(socket, tls);
            }
            catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // That client was gone before it was taken.
            }
        }
    }

    private void Serve(Socket socket, SslServerAuthenticationOptions? tls)
    {
        Connection connection;
        lock (_gate)
        {
            CoapPeer? peer = _stop.IsCancellationRequested ? null : PeerWith(_endpoint.MaxMessageBytes);
            if (peer == null)
            {
                Tell($"No room for {socket.RemoteEndPoint}: all {_options.MaxClients} places are taken.");
                socket.Dispose();
                return;
            }
            connection = new Connection(this, socket, tls, _endpoint.MaxMessageBytes, peer);
            _connections.Add(connection);
        }
        _ = Task.Run(connection.RunAsync);
    }

    private long PollConnections(long nowMs)
    {
        long due = long.MaxValue;
        foreach (Connection connection in _connections.ToArray())
            due = Math.Min(due, connection.Stream.Poll(nowMs));
        return due;
    }

    private void CloseListeners()
    {
        foreach (Socket listener in _listeners)
            listener.Dispose();
    }

    private static IPEndPoint Reachable(IPEndPoint at)
    {
        if (at.Address.Equals(IPAddress.Any))
            return new IPEndPoint(IPAddress.Loopback, at.Port);
        return at.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, at.Port) : at;
    }
}
