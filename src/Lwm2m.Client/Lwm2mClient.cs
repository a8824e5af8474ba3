using System;
using Lwm2m.Coap;
using Lwm2m.Formats;
using Lwm2m.Transport;

namespace Lwm2m.Client;

/// <summary>
/// An LwM2M client: hand it objects and server accounts, run it, and forget it. It registers, serves the servers' requests,
/// notifies, updates, and comes back by itself when a server or the network was away.
/// <para>The engine owns no socket, thread or clock: a runner calls <see cref="LinkUp"/>, <see cref="Received"/> and
/// <see cref="Poll"/>, and everything goes out through an <see cref="ITransport"/>. All verbs may be called from any thread;
/// they take <see cref="Gate"/>, do little, and leave the work to the runner.</para>
/// </summary>
public sealed partial class Lwm2mClient : ILinkEvents
{
    // What is needed of the options later; the options and limits themselves are not kept, which on a board is 300 bytes.
    private readonly LwM2MVersion _highestVersion;
    private readonly int _localPort;
    private readonly int _firstRetrySeconds;
    private readonly int _longestRetrySeconds;
    private readonly IWallClock _wallClock;
    private readonly bool _queueMode;
    private readonly string? _smsNumber;
    private readonly string? _profileId;
    private readonly string _profileLinks;
    private readonly int _deviceValues;
    private readonly CoapEndpoint _coap;
    private readonly PayloadFormats _formats;
    private readonly ObjectRegistry _objects = new ObjectRegistry();
    private readonly ServerAccount[] _accounts;
    private readonly SessionLayer? _sessions;
    private ITransport[] _transports = new ITransport[0];
    private int _accountCount;
    private bool _started;
    private bool _stopping;
    private bool _restarting;
    private GuardedListener? _heard;

    // Something is to be done for an account at the next Poll, whatever the timers say.
    private bool _accountWork;
    private long _accountsDueMs = long.MaxValue;

    /// <summary>Makes a client. All its buffers and tables are allocated here, as <see cref="ClientOptions.Limits"/> says.</summary>
    /// <param name="options">Endpoint name, limits, timers.</param>
    /// <param name="random">Source of message ids, tokens and jitter; the platform's own generator when null.</param>
    public Lwm2mClient(ClientOptions options, IRandom? random = null)
    {
        Endpoint = options.Endpoint;
        _highestVersion = options.HighestVersion;
        _localPort = options.LocalPort;
        _firstRetrySeconds = options.FirstRetrySeconds;
        _longestRetrySeconds = options.LongestRetrySeconds;
        _queueMode = options.QueueMode;
        _awakeMs = options.AwakeMs;
        _wakesToNotify = options.WakesToNotify;
        _power = options.Power;
        _smsNumber = options.SmsNumber;
        _profileId = options.ProfileId;
        _profileLinks = options.ProfileLinks;
        _wallClock = options.WallClock ?? new SystemWallClock();
        if (options.Smartcard != null)
            _card = new CardProvisioning(this, options.Smartcard);
        Limits limits = options.Limits;
        limits.Coap.MaxPeers = limits.Servers + 1;
        limits.Coap.AckTimeoutMs = options.AckTimeoutMs;
        limits.Coap.MaxRetransmit = options.MaxRetransmit;
        _random = random ?? new PlatformRandom();
        _link = new EngineLink(this);
        _coap = new CoapEndpoint(limits.Coap, _link, _link, _random);
        _formats = new PayloadFormats(limits.Formats);
        _links = _formats.Links;
        _accounts = new ServerAccount[limits.Servers];
        _linkTransports = new ITransport?[limits.Servers + 1];
        for (int index = 0; index < _accounts.Length; index++)
            _accounts[index] = new ServerAccount(index, limits.LocationBytes);
        _values = new ValueWriter(limits.ResourceInstances);
        _value = new ValueReader(limits.ValueScratchBytes);
        _paths = new long[limits.CompositePaths];
        _attributes = new AttributeTable(limits.AttributePlaces);
        _observations = new ObservationTable(limits.Observations, limits.Servers, new ObservationHost(this), options.ThresholdsBothWays, _inForce, limits.SampleBytes);
        _trace = options.Trace;
        _sends = new byte[limits.SendQueueBytes];
        _deviceValues = limits.DeviceValues;
        Security = new SecurityObject(limits.AccountValues);
        Servers = new ServerObject(limits.AccountValues);
        if (options.Sessions != null)
            _sessions = new SessionLayer(this, options.Sessions, limits.Servers + 1);
        if (options.Storage != null)
            _store = new StoredState(this, options.Storage, limits.StorageBytes, limits.Servers);
        Servers.Actions = new ServerActions(this);
        Add(Security);
        Add(Servers);
        if (limits.Servers == 1)
            return;
        _access = new AccessControlObject(limits.AccessControls, _accounts);
        Add(_access);
    }

    /// <summary>The lock that guards the engine. The runner holds it while it calls the engine, so handlers run under it.
    /// Hold it to change several values as one step; never wait inside it for another thread that uses the client.</summary>
    public object Gate { get; } = new object();

    /// <summary>Endpoint client name.</summary>
    public string Endpoint { get; }

    /// <summary>The Security object (/0): addresses and keys. No server can read it.</summary>
    public SecurityObject Security { get; }

    /// <summary>The Server object (/1): lifetimes, bindings and defaults.</summary>
    public ServerObject Servers { get; }

    /// <summary>The Access Control object (/2): which server may do what. It counts, and servers see it, only while there are several
    /// server accounts; null where <see cref="Limits.Servers"/> is 1.</summary>
    public AccessControlObject? AccessControl => _access;

    /// <summary>Who hears of registrations, writes, executions and failures; null for nobody. What it throws goes to its own
    /// <see cref="ClientListener.OnHandlerError"/> and no further.</summary>
    public ClientListener? Listener
    {
        get => _heard?.Guarded;
        set => _heard = value == null ? null : new GuardedListener(value);
    }

    /// <summary>Number of server accounts; they exist from <see cref="Start"/> on.</summary>
    public int AccountCount => _accountCount;

    /// <summary>The account with the given place, 0 to <see cref="AccountCount"/> - 1.</summary>
    public ServerAccount Account(int index)
    {
        if (index < 0 || index >= _accountCount)
            throw new ArgumentOutOfRangeException(nameof(index));
        return _accounts[index];
    }

    /// <summary>True when the client was stopped and has left every server.</summary>
    public bool IsStopped
    {
        get
        {
            for (int index = 0; index < _accountCount; index++)
                if (_accounts[index].State != RegistrationState.Off)
                    return false;
            return !_started && BootstrapState == BootstrapState.Off;
        }
    }

    /// <summary>Adds an object with its instances. Before <see cref="Start"/> only.</summary>
    /// <exception cref="ArgumentException">An object with this id is there already.</exception>
    /// <exception cref="InvalidOperationException">The client was started.</exception>
    public void Add(Lwm2mObject added)
    {
        lock (Gate)
        {
            if (_started)
                throw new InvalidOperationException("Object /" + added.Definition.ObjectId + " must be added before the client starts.");
            _objects.Add(added);
            added.Listener = _link;
            if (added is DeviceObject device)
                device.Clock ??= _wallClock;
        }
    }

    /// <summary>Adds a server account without security: one Security and one Server instance. Before <see cref="Start"/> only.</summary>
    /// <param name="uri">For example <c>coap://leshan.example:5683</c> (the default port is 5683), <c>coap+tcp://leshan.example</c>,
    /// <c>tel:+491701234567</c> for short messages (the number is also the one that they are taken from, /0/x/9), or
    /// <c>coap+nidd://apn</c>.</param>
    /// <param name="shortServerId">Short Server ID, 1..65534.</param>
    /// <param name="lifetimeSeconds">Lifetime of the registration in seconds; 0 is infinite.</param>
    /// <param name="binding">Letters of the bindings that the server may use (/1/x/7); null for the one that goes with the URI.</param>
    /// <exception cref="ArgumentException">The URI cannot be read, or the id is out of range or taken.</exception>
    public void AddServer(string uri, int shortServerId = 1, int lifetimeSeconds = 86400, string? binding = null)
    {
        ServerUri? parsed = ServerUri.TryParse(uri);
        if (parsed == null)
            throw new ArgumentException("'" + uri + "' is no server URI such as coap://host:5683.", nameof(uri));
        lock (Gate)
        {
            if (_started)
                throw new InvalidOperationException("Server " + uri + " must be added before the client starts.");
            if (Servers.InstanceCount == _accounts.Length)
                throw new ArgumentException("Server " + uri + " is one too many: Limits.Servers is " + _accounts.Length + ".");
            Security.AddAccount(uri, shortServerId);
            Servers.AddServer(shortServerId, lifetimeSeconds, binding ?? Bearers.Natural(parsed));
        }
    }

    /// <summary>
    /// Gives the client a way to reach servers. Of those that can open a server's URI, the one is used whose letter comes first in the
    /// server's bindings (/1/x/7); /1/x/22 and an argument of /1/x/8 name another one. Before the client runs only.
    /// </summary>
    /// <param name="transport">For example a <see cref="UdpTransport"/>.</param>
    public void UseTransport(ITransport transport)
    {
        if (_sessions != null)
            transport = _sessions.Over(transport);
        ITransport[] grown = new ITransport[_transports.Length + 1];
        Array.Copy(_transports, 0, grown, 0, _transports.Length);
        grown[_transports.Length] = transport;
        _transports = grown;
    }

    /// <summary>The object with this id, or null.</summary>
    public Lwm2mObject? Find(int objectId) => _objects.Find(objectId);

    /// <summary>Starts: at the next <see cref="Poll"/> the client connects to its servers and registers.</summary>
    /// <exception cref="InvalidOperationException">There is no server account, object 3 is missing and cannot be made, or there are
    /// several servers and <see cref="Limits.AccessControls"/> has no room for all object instances.</exception>
    public void Start()
    {
        lock (Gate)
        {
            if (_started)
                return;
            if (_objects.Find(ObjectIds.Device) == null)
                Add(new DeviceObject(capacity: _deviceValues));
            if (_objects.Find(ObjectIds.Device) is DeviceObject device)
                device.Binding = Bearers.AllLetters(this);
            bool isFirst = _store != null && _store.Stage == ClientStorage.New;
            if (isFirst)
                _store!.LoadObjects();
            if (_card != null)
                _card.Read();
            MakeAccounts();
            if (isFirst)
                _store!.LoadAttributes();
            if (_accountCount == 0 && !HasBootstrapServer)
                throw new InvalidOperationException("The client has no server account: call AddServer or AddBootstrapServer first.");
            _started = true;
            _stopping = false;
            _accountWork = true;
        }

        Wake();
    }

    /// <summary>Stops: the client de-registers from every server. <see cref="IsStopped"/> tells when it is done.</summary>
    public void Stop()
    {
        lock (Gate)
        {
            _stopping = true;
            _accountWork = true;
        }

        Wake();
    }

    /// <summary>Starts over without leaving: drops every link, observation and exchange and registers anew, as after a reboot.</summary>
    public void Restart()
    {
        lock (Gate)
        {
            _restarting = true;
            _accountWork = true;
        }

        Wake();
    }

    /// <summary>Sends an Update to one server, or registers there at once where the client waits for its next attempt.</summary>
    /// <param name="shortServerId">The server, or 0 for all of them.</param>
    /// <returns>False when there is no such server.</returns>
    public bool Update(int shortServerId = 0)
    {
        bool found = false;
        lock (Gate)
        {
            for (int index = 0; index < _accountCount; index++)
            {
                ServerAccount account = _accounts[index];
                if (shortServerId != 0 && account.ShortServerId != shortServerId)
                    continue;
                found = true;
                account.Pending |= ServerAccount.PendingKeepAlive;
                _accountWork = true;
            }
        }

        Wake();
        return found;
    }
}
