using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

/// <summary>
/// A small LwM2M server for the desk: takes registrations over UDP, TCP and TLS, operates on the clients, and bootstraps them. It has no
/// security but TLS, and keeps nothing. Any thread may use it; events and handlers of notifications are called one after the other, on a thread
/// of the pool, and may call everything.
/// </summary>
public sealed partial class LocalServer : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly LocalServerOptions _options;
    private readonly CoapEndpoint _endpoint;
    private readonly Socket _socket;
    private readonly Timer _timer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<Action> _events = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<IPEndPoint, Remote> _remotes = new();
    private readonly PayloadCodec _codec = new();
    private readonly Task _receiving;
    private readonly Task _telling;

    private LocalServer(LocalServerOptions options)
    {
        _options = options;
        _endpoint = new CoapEndpoint(options.ToLimits(), this, this, new SystemRandom());
        _timer = new Timer(_ => OnTimer());
        _socket = new Socket(options.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.Bind(new IPEndPoint(options.Address, options.Port));
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        try
        {
            Listen();
        }
        catch
        {
            CloseListeners();
            _socket.Dispose();
            throw;
        }
        _plans["*"] = BootstrapPlan.For(new BootstrapAccount(Uri));
        _receiving = Task.Run(ReceiveAsync);
        _telling = Task.Run(TellAsync);
    }

    /// <summary>A client registered.</summary>
    public event EventHandler<RegistrationEventArgs>? Registered;

    /// <summary>A client updated its registration.</summary>
    public event EventHandler<RegistrationEventArgs>? Updated;

    /// <summary>A registration ended, for whatever reason.</summary>
    public event EventHandler<RegistrationEventArgs>? Deregistered;

    /// <summary>Where the server listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What a client on this machine is to be told, such as <c>coap://127.0.0.1:5683</c>.</summary>
    public string Uri => "coap://" + Reachable(EndPoint);

    /// <summary>Trouble on demand.</summary>
    public Faults Faults { get; } = new();

    /// <summary>All registrations at this moment, by endpoint name.</summary>
    public IReadOnlyList<Registration> Registrations
    {
        get
        {
            lock (_gate)
            {
                return _byLocation.Values.OrderBy(r => r.Endpoint, StringComparer.Ordinal).ToList();
            }
        }
    }

    /// <summary>Starts a server.</summary>
    /// <param name="options">Without them it listens on 127.0.0.1:5683.</param>
    /// <exception cref="SocketException">Address or port cannot be used.</exception>
    public static LocalServer Start(LocalServerOptions? options = null) => new(options ?? new LocalServerOptions());

    /// <summary>The registration of an endpoint; null when there is none.</summary>
    /// <param name="endpoint">Endpoint name.</param>
    public Registration? Find(string endpoint)
    {
        lock (_gate)
        {
            return _byLocation.Values.FirstOrDefault(r => r.Endpoint == endpoint);
        }
    }

    /// <summary>Waits until an endpoint is registered; completes at once when it is.</summary>
    /// <param name="endpoint">Endpoint name.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Registration> WaitForRegistrationAsync(string endpoint, CancellationToken stop = default)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (Find(endpoint) is { } registration)
                    return registration;
                changed = _nextRegistration.Task;
            }
            await changed.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets a registration, as a server that was started anew would: the client's next Update gets 4.04.</summary>
    /// <param name="registration">The registration.</param>
    public void Forget(Registration registration)
    {
        lock (_gate)
        {
            End(registration, RegistrationEnd.Forgotten);
            Settle();
        }
    }

    /// <summary>Closes the socket and ends all that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                return;
            foreach (Registration registration in _byLocation.Values.ToList())
                End(registration, RegistrationEnd.Forgotten);
            foreach (BootstrapSession session in _bootstraps.Values)
                session.Stop.Cancel();
            foreach (Remote remote in _remotes.Values)
                _endpoint.RemovePeer(remote.Peer, Now);
            foreach (Connection connection in _connections)
            {
                _endpoint.RemovePeer(connection.Remote.Peer, Now);
                connection.Dispose();
            }
            _stop.Cancel();
        }
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _receiving.ConfigureAwait(false);
        await Task.WhenAll(_accepting).ConfigureAwait(false);
        CloseListeners();
        _socket.Dispose();
        _events.Writer.Complete();
        // A handler may be what disposes the server: it must not wait for itself.
        if (!_isTelling.Value)
            await _telling.ConfigureAwait(false);
        _stop.Dispose();
    }
}
