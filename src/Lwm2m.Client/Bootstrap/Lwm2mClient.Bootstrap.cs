using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Client;

// The bootstrap machine: events in, the actions of BootstrapTable out (Core 6.1).
public sealed partial class Lwm2mClient
{
    private const int ContextBootstrap = 1;

    // MAX_TRANSMIT_WAIT: as long may a Bootstrap-Finish be repeated whose answer was lost.
    private const int FinishedMs = 93_000;

    // Null where there never was a bootstrap account.
    private BootstrapServer? _bootstrap;

    // What the session has changed; null while that is nothing.
    private Provisioning? _changes;

    /// <summary>Where the client stands with its bootstrap server.</summary>
    public BootstrapState BootstrapState => _bootstrap == null ? BootstrapState.Off : _bootstrap.State;

    /// <summary>True where there is the account of a bootstrap server, from <see cref="Start"/> on.</summary>
    public bool HasBootstrapServer => _bootstrap != null && _bootstrap.SecurityInstance >= 0;

    // The link behind those of the servers.
    private int BootstrapLink => _accounts.Length;

    // A bootstrap server is changing objects: nobody else may see the half of it, and nothing of it may be saved.
    private bool IsBootstrapping => _changes != null;

    /// <summary>Adds the account of a bootstrap server without security. With it alone the client starts too: it is given its servers.
    /// Before <see cref="Start"/> only.</summary>
    /// <param name="uri">For example <c>coap://bootstrap.example:5683</c>.</param>
    /// <param name="holdOffSeconds">How long the client waits before a bootstrap that it decides on itself (/0/x/11).</param>
    /// <exception cref="System.ArgumentException">The URI cannot be read, or there is a bootstrap account already.</exception>
    public void AddBootstrapServer(string uri, int holdOffSeconds = 0)
    {
        if (ServerUri.TryParse(uri) == null)
            throw new System.ArgumentException("'" + uri + "' is no server URI such as coap://host:5683.", nameof(uri));
        lock (Gate)
        {
            if (_started)
                throw new System.InvalidOperationException("Bootstrap server " + uri + " must be added before the client starts.");
            Security.AddBootstrapAccount(uri, holdOffSeconds);
        }
    }

    /// <summary>Asks the bootstrap server for a bootstrap now, without hold-off; a pause between two attempts is cut short.</summary>
    /// <returns>False when there is no bootstrap account, or the client was not started.</returns>
    public bool Bootstrap()
    {
        lock (Gate)
        {
            if (!_started || !HasBootstrapServer)
                return false;
            _bootstrap!.Wishes |= BootstrapServer.WishAsked;
            _accountWork = true;
        }

        Wake();
        return true;
    }

    // The registration machine is at its end: a bootstrap may help, after the hold-off time.
    private bool WantBootstrap(long nowMs)
    {
        if (!HasBootstrapServer)
            return false;
        FireBootstrap(BootstrapEvent.Wanted, nowMs);
        return true;
    }

    // A registration succeeded: with none left that failed for good there is no need of a bootstrap any more.
    private void Regained(long nowMs)
    {
        BootstrapServer? bootstrap = _bootstrap;
        if (bootstrap == null || (bootstrap.Wishes & BootstrapServer.WishInsisted) != 0)
            return;
        for (int index = 0; index < _accountCount; index++)
            if ((_accounts[index].Flags & ServerAccount.FinallyFailed) != 0)
                return;
        FireBootstrap(BootstrapEvent.Regained, nowMs);
    }

    private void PollBootstrap(BootstrapServer bootstrap, long nowMs)
    {
        if (_stopping)
        {
            FireBootstrap(BootstrapEvent.Stop, nowMs);
            return;
        }

        if ((bootstrap.Wishes & BootstrapServer.WishAsked) != 0)
        {
            bootstrap.Wishes = bootstrap.Wishes & ~BootstrapServer.WishAsked | BootstrapServer.WishInsisted;
            FireBootstrap(BootstrapEvent.Asked, nowMs);
        }
        else if (_accountCount == 0 && bootstrap.State == BootstrapState.Off && HasBootstrapServer && (bootstrap.Wishes & BootstrapServer.WishRebuild) == 0)
        {
            FireBootstrap(BootstrapEvent.Wanted, nowMs);
        }

        if (nowMs >= bootstrap.DueMs)
        {
            bootstrap.DueMs = long.MaxValue;
            FireBootstrap(BootstrapEvent.Due, nowMs);
        }

        if (nowMs >= bootstrap.PurgeMs && _changes == null && bootstrap.State != BootstrapState.InSession)
            PurgeBootstrapAccount(nowMs);
        if ((bootstrap.Wishes & BootstrapServer.WishRebuild) != 0)
        {
            bootstrap.Wishes &= ~BootstrapServer.WishRebuild;
            RebuildAccounts(bootstrap.ChangedAccounts, nowMs);
        }

        if (bootstrap.DueMs < _accountsDueMs)
            _accountsDueMs = bootstrap.DueMs;
        if (bootstrap.PurgeMs < _accountsDueMs)
            _accountsDueMs = bootstrap.PurgeMs;
    }

    private void FireBootstrap(BootstrapEvent happened, long nowMs)
    {
        BootstrapServer bootstrap = _bootstrap!;
        BootstrapState before = bootstrap.State;
        BootstrapAction action = BootstrapTable.Action(before, happened);
        if (action == BootstrapAction.Ignore)
            return;
        bootstrap.State = BootstrapTable.Next(before, happened);
        bootstrap.DueMs = long.MaxValue;
        _accountWork = true;
        PerformBootstrap(bootstrap, action, nowMs);
        if (bootstrap.State != before)
            _heard?.OnBootstrapStateChanged(bootstrap.State, before);
    }

    private void PerformBootstrap(BootstrapServer bootstrap, BootstrapAction action, long nowMs)
    {
        switch (action)
        {
            case BootstrapAction.HoldOff:
                CloseBootstrapLink(bootstrap, nowMs);
                bootstrap.DueMs = nowMs + Capped((ulong)Security.HoldOffSeconds(bootstrap.SecurityInstance));
                break;
            case BootstrapAction.Open:
                OpenBootstrapLink(bootstrap, nowMs);
                break;
            case BootstrapAction.FetchPack:
                SendPackRequest(bootstrap, nowMs);
                break;
            case BootstrapAction.Request:
                SendBootstrapRequest(bootstrap, _highestVersion != LwM2MVersion.V10, nowMs);
                break;
            case BootstrapAction.RequestPlain:
                SendBootstrapRequest(bootstrap, false, nowMs);
                break;
            case BootstrapAction.BeginSession:
                bootstrap.FailureCode = 0;
                bootstrap.Failure = BootstrapFailure.NoFinish;
                bootstrap.DueMs = nowMs + bootstrap.SessionMs;
                break;
            case BootstrapAction.Complete:
                bootstrap.DueMs = nowMs + FinishedMs;
                CompleteBootstrap(bootstrap, nowMs);
                break;
            case BootstrapAction.Pause:
                PauseBootstrap(bootstrap, nowMs);
                break;
            default:
                RollBack();
                CloseBootstrapLink(bootstrap, nowMs);
                break;
        }
    }

    private void OpenBootstrapLink(BootstrapServer bootstrap, long nowMs)
    {
        CloseBootstrapLink(bootstrap, nowMs);
        ServerUri? uri = ServerUri.TryParse(Security.Uri(bootstrap.SecurityInstance));
        ITransport? transport = Bearers.For(this, BootstrapLink, uri, null, (char)0);
        if (transport == null)
        {
            bootstrap.Failure = BootstrapFailure.BadUri;
            bootstrap.FailureCode = 0;
            bootstrap.State = BootstrapState.Waiting;
            PauseBootstrap(bootstrap, nowMs);
            return;
        }

        _linkTransports[BootstrapLink] = transport;
        bootstrap.DueMs = nowMs + ConnectTimeoutMs;
        bootstrap.Failure = BootstrapFailure.Unreachable;
        bootstrap.FailureCode = 0;
        transport.Open(BootstrapLink, uri!, _localPort == 0 || transport.IsReliable ? 0 : _localPort + BootstrapLink);
    }

    private void CloseBootstrapLink(BootstrapServer bootstrap, long nowMs)
    {
        _coap.ResetPeer(bootstrap.Peer, nowMs);
        ITransport? transport = _linkTransports[BootstrapLink];
        if (transport == null)
            return;
        _linkTransports[BootstrapLink] = null;
        transport.Close(BootstrapLink);
    }

    private void PauseBootstrap(BootstrapServer bootstrap, long nowMs)
    {
        RollBack();
        CloseBootstrapLink(bootstrap, nowMs);
        bootstrap.Attempts++;
        long pauseMs = OwnPauseMs(bootstrap.Attempts);
        bootstrap.DueMs = nowMs + pauseMs;
        _heard?.OnBootstrapFailed(bootstrap.Failure, bootstrap.FailureCode, pauseMs);
    }

    private void BootstrapLinkUp(long nowMs)
    {
        if (_bootstrap == null)
            return;
        Bearers.Tune(this, BootstrapLink, _bootstrap.Peer);
        FireBootstrap(_highestVersion == LwM2MVersion.V12 ? BootstrapEvent.LinkUpForPack : BootstrapEvent.LinkUp, nowMs);
    }

    private void BootstrapLinkDown(LinkFailure reason, long nowMs)
    {
        BootstrapServer? bootstrap = _bootstrap;
        if (bootstrap == null)
            return;
        bootstrap.FailureCode = 0;
        bootstrap.Failure = reason switch
        {
            LinkFailure.NameNotFound => BootstrapFailure.NameNotFound,
            LinkFailure.Unreachable => BootstrapFailure.Unreachable,
            LinkFailure.LocalPortInUse => BootstrapFailure.LocalPortInUse,
            LinkFailure.SecurityFailed => BootstrapFailure.SecurityFailed,
            LinkFailure.Refused => BootstrapFailure.ConnectionRefused,
            _ => BootstrapFailure.LinkLost
        };
        FireBootstrap(BootstrapEvent.LinkLost, nowMs);
    }

    private void BootstrapNetworkChanged(long nowMs)
    {
        BootstrapServer? bootstrap = _bootstrap;
        if (bootstrap == null || bootstrap.State == BootstrapState.HoldingOff)
            return;
        bootstrap.Failure = BootstrapFailure.LinkLost;
        bootstrap.FailureCode = 0;
        FireBootstrap(BootstrapEvent.LinkLost, nowMs);
        if (bootstrap.State == BootstrapState.Waiting)
            bootstrap.DueMs = nowMs;
    }

    private void BootstrapReceived(byte[] buffer, int offset, int count, long nowMs)
    {
        if (_bootstrap == null || _linkTransports[BootstrapLink] == null)
            return;
        _nowMs = nowMs;
        _coap.Receive(_bootstrap.Peer, buffer, offset, count, nowMs);
    }

    private void SwitchOffBootstrap(long nowMs)
    {
        if (_bootstrap == null)
            return;
        FireBootstrap(BootstrapEvent.Stop, nowMs);
        _bootstrap.Wishes = 0;
        _bootstrap.Attempts = 0;
    }
}
