using Lwm2m.Coap;

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

    // An infinite pause (MAX_VALUE in /1/x/19) is a day: this client never gives up for good.
    private const long DayMs = 86_400_000;

    private readonly ITransport?[] _linkTransports;

    private void PollAccounts(long nowMs)
    {
        _accountWork = false;
        _accountsDueMs = long.MaxValue;
        if (_restarting)
            Forget(nowMs);
        for (int index = 0; index < _accountCount; index++)
        {
            ServerAccount account = _accounts[index];
            PollAccount(account, nowMs);
            if (account.DueMs < _accountsDueMs)
                _accountsDueMs = account.DueMs;
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
                && account.State == RegistrationState.Registered && _coap.CanSend(account.Peer!);
        if (wanted)
            Fire(account, RegistrationEvent.UpdateWanted, nowMs);
    }

    private void Fire(ServerAccount account, RegistrationEvent happened, long nowMs)
    {
        RegistrationState before = account.State;
        RegistrationAction action = RegistrationTable.Action(before, happened);
        if (action == RegistrationAction.Ignore)
            return;
        account.State = RegistrationTable.Next(before, happened);
        account.DueMs = long.MaxValue;
        Perform(account, action, nowMs);
        if (account.DueMs < _accountsDueMs)
            _accountsDueMs = account.DueMs;
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
    }

    private void OpenLink(ServerAccount account, long nowMs)
    {
        CloseLink(account, nowMs);
        ServerUri? uri = ServerUri.TryParse(account.Uri);
        ITransport? transport = uri == null ? null : TransportFor(uri);
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
        int localPort = _localPort == 0 ? 0 : _localPort + account.Index;
        transport.Open(account.Index, uri!, localPort);
    }

    private ITransport? TransportFor(ServerUri uri)
    {
        for (int index = 0; index < _transports.Length; index++)
            if (_transports[index].CanOpen(uri))
                return _transports[index];
        return null;
    }

    private void CloseLink(ServerAccount account, long nowMs)
    {
        _coap.ResetPeer(account.Peer!, nowMs);
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
            account.Version = _highestVersion;
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
        account.Attempts = 0;
        account.LastFailure = RegistrationFailure.None;
        account.LastFailureCode = 0;
        account.UnderWay = 0;
        StartLifetime(account);
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

    private void Pause(ServerAccount account, long nowMs)
    {
        account.Pending |= account.UnderWay;
        account.UnderWay = 0;
        CloseLink(account, nowMs);
        account.Attempts++;
        long pauseMs = PauseMs(account);
        account.DueMs = nowMs + pauseMs;
        // What was pending goes with the next Register as a whole.
        account.Pending &= ~ServerAccount.PendingUpdateMask;
        _heard?.OnRegistrationFailed(account, pauseMs);
    }

    // Core 6.2.1.2: timer * 2^(attempt - 1), /1/x/17 attempts a sequence, /1/x/19 between sequences. Where the server object
    // sets no timer, our own growing pause, spread by a quarter so that a fleet does not come back in one instant.
    private long PauseMs(ServerAccount account)
    {
        int instance = account.ServerInstance;
        if (Servers.GetUnsigned(instance, ServerResource.CommunicationRetryTimer, out ulong timer) == Outcome.Ok && timer > 0)
        {
            if (Servers.GetUnsigned(instance, ServerResource.CommunicationRetryCount, out ulong count) != Outcome.Ok || count == 0)
                count = 5;
            int attempt = account.Attempts;
            if ((ulong)attempt >= count)
            {
                account.Attempts = 0;
                if (Servers.GetUnsigned(instance, ServerResource.CommunicationSequenceDelayTimer, out ulong delay) != Outcome.Ok)
                    return DayMs;
                return Capped(delay);
            }

            return Grown(Capped(timer), attempt, DayMs);
        }

        long pause = Grown(_firstRetrySeconds * 1000L, account.Attempts, _longestRetrySeconds * 1000L);
        int quarter = (int)(pause / 4);
        return quarter == 0 ? pause : pause + (_random.Next() & 0x7FFFFFFF) % quarter;
    }

    private static long Capped(ulong seconds) => seconds < (ulong)(DayMs / 1000) ? (long)seconds * 1000 : DayMs;

    private static long Grown(long firstMs, int attempt, long longestMs)
    {
        long pause = firstMs;
        for (int doubled = 1; doubled < attempt && pause < longestMs; doubled++)
            pause *= 2;
        return pause < longestMs ? pause : longestMs;
    }

    internal Outcome Command(int serverInstance, int pending)
    {
        for (int index = 0; index < _accountCount; index++)
        {
            if (_accounts[index].ServerInstance != serverInstance)
                continue;
            _accounts[index].Pending |= pending;
            _accountWork = true;
            return Outcome.Ok;
        }

        return Outcome.NotFound;
    }

    private void Forget(long nowMs)
    {
        _restarting = false;
        SwitchOff(nowMs);
        MakeAccounts();
    }

    // The run is over, whether or not the servers answered the good-bye.
    private void Abandon(long nowMs)
    {
        lock (Gate)
        {
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
