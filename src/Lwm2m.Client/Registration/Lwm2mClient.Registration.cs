using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Client;

// The registration machine of each server account: events in, the actions of RegistrationTable out (Core 6.2).
public sealed partial class Lwm2mClient
{
    private const int ContextRegister = 1;
    private const int ContextUpdate = 2;
    private const int ContextDeregister = 3;

    // The largest one goes with observations: ContextNotification + slot.
    private const int ContextNotification = 16;

    // Name look-up and connecting may take this long.
    private const int ConnectTimeoutMs = 60_000;

    // MAX_TRANSMIT_WAIT of RFC 7252 4.8.2: an Update sent this long before the lifetime ends is still in time if all goes badly.
    private const int UpdateMarginSeconds = 93;

    private readonly ITransport?[] _linkTransports;

    private void PollAccounts(long nowMs)
    {
        _accountWork = false;
        _accountsDueMs = long.MaxValue;
        if (_restarting)
            Forget(nowMs);
        if (_started && _store != null && _store.Stage == ClientStorage.Objects)
            _store.LoadRegistrations(nowMs);
        if (_bootstrap != null)
            PollBootstrap(_bootstrap, nowMs);
        if (_card != null)
            _card.Poll(nowMs);
        // Nothing is told to servers while a bootstrap is half done; its end brings us here again.
        if (IsBootstrapping)
            return;
        if (_networkChanged)
            ReopenLinks(nowMs);
        for (int index = 0; index < _accountCount; index++)
        {
            ServerAccount account = _accounts[index];
            PollAccount(account, nowMs);
            Plan(account, nowMs);
        }

        if (_stopping)
            _started = false;
    }

    private void PollAccount(ServerAccount account, long nowMs)
    {
        if (_stopping)
        {
            if (account.State != RegistrationState.Off && account.State != RegistrationState.Deregistering)
                Fire(account, RegistrationEvent.Stop, nowMs);
        }
        else if (_started && account.State == RegistrationState.Off)
        {
            Fire(account, RegistrationEvent.Start, nowMs);
        }

        if (account.State == RegistrationState.Held && account.DueMs == long.MaxValue && IsTurnOf(account))
            account.DueMs = nowMs + InitialDelayMs(account);

        if (nowMs >= account.DueMs && (account.State != RegistrationState.Registered || _coap.CanSend(account.Peer!)))
        {
            account.DueMs = long.MaxValue;
            Fire(account, RegistrationEvent.Due, nowMs);
        }

        if ((account.Pending & ServerAccount.PendingDisable) != 0)
        {
            account.Pending &= ~ServerAccount.PendingDisable;
            Fire(account, RegistrationEvent.Disable, nowMs);
        }

        // NSTART 1 (RFC 7252 4.7): while a notification is unacknowledged the Update waits; its end brings us here again.
        // While the client waits for its next attempt, only the application's own wish cuts the pause short.
        bool wanted = account.State == RegistrationState.Waiting
            ? (account.Pending & ServerAccount.PendingKeepAlive) != 0
            : (account.Pending & ServerAccount.PendingUpdateMask) != 0
                && (account.State == RegistrationState.Registered || account.State == RegistrationState.Asleep) && _coap.CanSend(account.Peer!);
        if (wanted)
            Fire(account, RegistrationEvent.UpdateWanted, nowMs);
        else if (account.Pending != 0)
            PollWishes(account, nowMs);
        if (account.State == RegistrationState.Registered && nowMs >= QuietMs(account) && _coap.CanSend(account.Peer!))
            Fire(account, RegistrationEvent.Quiet, nowMs);
    }

    // A server asked for another transport (/1/x/8 with argument 0): the link is given up for one there.
    private void PollWishes(ServerAccount account, long nowMs)
    {
        if ((account.Pending & ServerAccount.PendingReconnect) == 0)
            return;
        account.Pending &= ~ServerAccount.PendingReconnect;
        Fire(account, RegistrationEvent.LinkLost, nowMs);
    }

    private void Plan(ServerAccount account, long nowMs)
    {
        long due = account.DueMs;
        // What is over waits for the end of an exchange, which brings us here again.
        if (account.State == RegistrationState.Registered && due <= nowMs)
            due = long.MaxValue;
        if (account.State == RegistrationState.Registered && (account.Flags & ServerAccount.QueueMode) != 0)
        {
            long quiet = QuietMs(account);
            if (quiet > nowMs && quiet < due)
                due = quiet;
        }

        if (due < _accountsDueMs)
            _accountsDueMs = due;
    }

    private void Fire(ServerAccount account, RegistrationEvent happened, long nowMs)
    {
        RegistrationState before = account.State;
        RegistrationAction action = RegistrationTable.Action(before, happened);
        if (action == RegistrationAction.Ignore)
            return;
        account.State = RegistrationTable.Next(before, happened);
        account.DueMs = long.MaxValue;
        if (account.State == RegistrationState.Connecting || account.State == RegistrationState.Registering)
            account.Flags &= ~ServerAccount.Sleeping;
        Perform(account, action, nowMs);
        _store?.KeepRegistration(account, before, action);
        Plan(account, nowMs);
        if (account.State != before)
            TellState(account, before);
    }

    private void Perform(ServerAccount account, RegistrationAction action, long nowMs)
    {
        switch (action)
        {
            case RegistrationAction.Reopen:
                _observations.RemoveServer(account.Index);
                OpenLink(account, nowMs);
                break;
            case RegistrationAction.Open:
                OpenLink(account, nowMs);
                break;
            case RegistrationAction.Renew:
                _observations.RemoveServer(account.Index);
                SendRegister(account, nowMs);
                break;
            case RegistrationAction.Register:
                SendRegister(account, nowMs);
                break;
            case RegistrationAction.StepDown:
                StepDown(account, nowMs);
                break;
            case RegistrationAction.Confirm:
                Confirm(account);
                break;
            case RegistrationAction.Confirmed:
                StartLifetime(account);
                account.UnderWay = 0;
                account.Flags &= ~ServerAccount.Sleeping;
                _heard?.OnUpdated(account);
                break;
            case RegistrationAction.Update:
                SendUpdate(account, nowMs);
                break;
            case RegistrationAction.Pause:
                Pause(account, nowMs);
                break;
            case RegistrationAction.Deregister:
                SendDeregister(account, nowMs);
                break;
            case RegistrationAction.Close:
                CloseLink(account, nowMs);
                break;
            case RegistrationAction.Hold:
                if (IsTurnOf(account))
                    account.DueMs = nowMs + InitialDelayMs(account);
                break;
            case RegistrationAction.Rest:
                account.Pending &= ~ServerAccount.PendingSleep;
                account.Flags |= ServerAccount.Sleeping;
                StartLifetime(account);
                break;
            default:
                CloseLink(account, nowMs);
                account.DueMs = nowMs + Servers.DisableTimeoutSeconds(account.ServerInstance) * 1000L;
                break;
        }
    }

    private void TellState(ServerAccount account, RegistrationState before)
    {
        GuardedListener? listener = _heard;
        if (listener == null)
            return;
        listener.OnStateChanged(account, before);
        if (before == RegistrationState.Registering && account.State == RegistrationState.Registered)
            listener.OnRegistered(account);
        else if ((before == RegistrationState.Deregistering && account.State == RegistrationState.Off)
            || (before == RegistrationState.Disabling && account.State == RegistrationState.Disabled))
            listener.OnDeregistered(account);
        if (account.State == RegistrationState.Asleep)
            listener.OnSleeping(account);
        else if (before == RegistrationState.Asleep)
            listener.OnAwake(account);
    }

    private void OpenLink(ServerAccount account, long nowMs)
    {
        CloseLink(account, nowMs);
        ServerUri? uri = ServerUri.TryParse(account.Uri);
        ITransport? transport = Bearers.For(this, account.Index, uri, account, Bearers.Wanted(this, account));
        if (transport == null)
        {
            account.LastFailure = RegistrationFailure.BadUri;
            account.LastFailureCode = 0;
            account.State = RegistrationState.Waiting;
            Pause(account, nowMs);
            return;
        }

        _linkTransports[account.Index] = transport;
        account.DueMs = nowMs + ConnectTimeoutMs;
        int localPort = transport.IsReliable ? 0 : _localPort != 0 ? _localPort + account.Index : _store == null ? 0 : _store.PortOf(account);
        // From another port nothing is repeated; from the same one, a command that the server repeats must not be run again.
        if (localPort == 0)
            _coap.ResetPeer(account.Peer!, nowMs);
        transport.Open(account.Index, uri!, localPort);
    }

    private void CloseLink(ServerAccount account, long nowMs)
    {
        _coap.ResetPeer(account.Peer!, nowMs, true);
        ITransport? transport = _linkTransports[account.Index];
        if (transport == null)
            return;
        _linkTransports[account.Index] = null;
        transport.Close(account.Index);
    }

    private void StepDown(ServerAccount account, long nowMs)
    {
        if (account.Version == LwM2MVersion.V10)
        {
            account.Version = FirstVersion(account);
            account.LastFailure = RegistrationFailure.VersionNotSupported;
            account.State = RegistrationState.Waiting;
            Pause(account, nowMs);
            return;
        }

        account.Version--;
        SendRegister(account, nowMs);
    }

    private void Confirm(ServerAccount account)
    {
        account.Count(ServerAccount.Registrations, 1);
        account.Attempts = 0;
        account.Flags &= ~(ServerAccount.FinallyFailed | ServerAccount.Sleeping);
        account.LastFailure = RegistrationFailure.None;
        account.LastFailureCode = 0;
        account.UnderWay = 0;
        StartLifetime(account);
        Regained(_nowMs);
        // Its success may be what another server waits for.
        _accountWork = true;
    }

    // Lifetime 0 is infinite: nothing is due. A short one is refreshed at its half, a long one in time for a whole round of
    // retransmissions. The text leaves the moment open.
    private void StartLifetime(ServerAccount account)
    {
        long lifetime = Servers.LifetimeSeconds(account.ServerInstance);
        if (lifetime <= 0)
            account.DueMs = long.MaxValue;
        else if (lifetime < 2 * UpdateMarginSeconds)
            account.DueMs = account.SentMs + lifetime * 500;
        else
            account.DueMs = account.SentMs + (lifetime - UpdateMarginSeconds) * 1000;
    }

    internal Outcome Command(int serverInstance, int pending)
    {
        ServerAccount? account = AccountOf(serverInstance);
        if (account == null)
            return Outcome.NotFound;
        account.Pending |= pending;
        _accountWork = true;
        return Outcome.Ok;
    }

    // Argument 0 names a binding of /1/x/7 that the client supports: it goes over to it at once (Core, resource /1/x/8).
    internal Outcome UpdateTriggered(int serverInstance, ExecuteArguments arguments)
    {
        for (int position = 0; position < arguments.Count; position++)
        {
            if (arguments.Digit(position) != 0 || !arguments.HasValue(position))
                continue;
            string wanted = arguments.GetValue(position);
            ServerAccount? account = AccountOf(serverInstance);
            if (account == null || wanted.Length != 1 || Servers.Binding(serverInstance).IndexOf(wanted[0]) < 0 || !Bearers.CanUse(this, account, wanted[0]))
                return Outcome.BadRequest;
            ITransport? current = _linkTransports[account.Index];
            if (current != null && current.Binding == wanted[0])
                break;
            account.AskedTransport = wanted[0];
            return Command(serverInstance, ServerAccount.PendingReconnect);
        }

        return Command(serverInstance, ServerAccount.PendingKeepAlive);
    }

    private ServerAccount? AccountOf(int serverInstance)
    {
        for (int index = 0; index < _accountCount; index++)
            if (_accounts[index].ServerInstance == serverInstance)
                return _accounts[index];
        return null;
    }

    private void Forget(long nowMs)
    {
        _restarting = false;
        SwitchOffBootstrap(nowMs);
        SwitchOff(nowMs);
        MakeAccounts();
        // What it had at its servers is in the storage, as after a reboot of the device.
        if (_store != null)
            _store.Stage = ClientStorage.Objects;
    }

    // The run is over, whether or not the servers answered the good-bye.
    private void Abandon(long nowMs)
    {
        lock (Gate)
        {
            SwitchOffBootstrap(nowMs);
            SwitchOff(nowMs);
            _started = false;
            _stopping = false;
        }
    }

    private void SwitchOff(long nowMs)
    {
        for (int index = 0; index < _accountCount; index++)
        {
            ServerAccount account = _accounts[index];
            RegistrationState before = account.State;
            if (before == RegistrationState.Off)
                continue;
            _observations.RemoveServer(index);
            CloseLink(account, nowMs);
            account.State = RegistrationState.Off;
            account.DueMs = long.MaxValue;
            account.Pending = 0;
            account.UnderWay = 0;
            TellState(account, before);
        }
    }
}
