using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Client;

// Queue mode (Core 6.5): the client is awake for a while after each message, then silent until an Update is due or the
// application wakes it. Asleep there is no answer and no Reset; what comes in meanwhile is dropped.
public sealed partial class Lwm2mClient
{
    private readonly int _awakeMs;
    private readonly bool _wakesToNotify;
    private readonly IPower? _power;
    private long _sleepUntilMs;

    // A trigger comes outside of every link, as a short message: a parser of its own, made where one comes.
    private CoapMessage? _trigger;

    /// <summary>Lets the client sleep as soon as no exchange is under way, without waiting for the end of the awake window.</summary>
    /// <returns>False when no registration in queue mode is awake.</returns>
    public bool Sleep()
    {
        bool any = false;
        lock (Gate)
        {
            for (int index = 0; index < _accountCount; index++)
            {
                ServerAccount account = _accounts[index];
                if (!account.IsInQueueMode || !account.IsRegistered || account.State == RegistrationState.Asleep)
                    continue;
                account.Pending |= ServerAccount.PendingSleep;
                any = true;
            }

            _accountWork |= any;
        }

        Wake();
        return any;
    }

    /// <summary>Wakes the client: each server that it sleeps for gets an Update, and then what was kept for it.</summary>
    /// <returns>False when it did not sleep.</returns>
    public bool WakeUp()
    {
        bool any = false;
        lock (Gate)
        {
            for (int index = 0; index < _accountCount; index++)
                any |= WakeFor(_accounts[index]);
        }

        Wake();
        return any;
    }

    /// <summary>
    /// A message came by a way that is no link, such as a short message: the Registration Update Trigger (Execute /1/x/8) or the
    /// Bootstrap-Request Trigger (Execute /1/x/9) of a server (Core 6.2.2, Transport 6.6.1). It is obeyed where the server may do so
    /// (/1/x/21), also while the client sleeps, and never answered. Everything else is passed over.
    /// </summary>
    /// <param name="buffer">Holds a CoAP message.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length in bytes.</param>
    /// <param name="nowMs">Monotonic time in milliseconds.</param>
    /// <param name="serverInstance">The instance of /1 that may be named: that of the server which sent the message; -1 where it is not known.</param>
    /// <returns>True when it was a trigger and is obeyed.</returns>
    public bool Triggered(byte[] buffer, int offset, int count, long nowMs, int serverInstance = -1)
    {
        lock (Gate)
        {
            CoapMessage message = _trigger ??= new CoapMessage();
            if (message.Parse(buffer, offset, count) != CoapParseStatus.Ok || message.Code != CoapCode.Post || _path.Parse(message) != Outcome.Ok
                || _path.Level != 3 || _path.ObjectId != ObjectIds.Server || (serverInstance >= 0 && serverInstance != _path.InstanceId))
                return false;
            for (int index = 0; index < _accountCount; index++)
            {
                ServerAccount account = _accounts[index];
                if (account.ServerInstance != _path.InstanceId || account.State == RegistrationState.Disabled || !MayTrigger(account))
                    continue;
                if (_path.ResourceId == ServerResource.BootstrapTrigger)
                    return Bootstrap();
                if (_path.ResourceId != ServerResource.RegistrationUpdateTrigger)
                    return false;
                if (ParseArguments(message) != Outcome.Ok || UpdateTriggered(account.ServerInstance, _arguments) != Outcome.Ok)
                    return false;
                Wake();
                return true;
            }

            return false;
        }
    }

    // Whose own way are short messages may say anything by them; /1/x/21 is for those that are served over another one (Core 6.2.2).
    private bool MayTrigger(ServerAccount account) =>
        (_linkTransports[account.Index] is ITransport way && way.Binding == 'S') || Servers.GetBoolean(account.ServerInstance, ServerResource.Trigger, out bool may) == Outcome.Ok && may;

    private bool WakeFor(ServerAccount account)
    {
        if (account.State != RegistrationState.Asleep)
            return false;
        account.Pending |= ServerAccount.PendingKeepAlive;
        _accountWork = true;
        return true;
    }

    // When the awake window ends; never where there is none.
    private long QuietMs(ServerAccount account)
    {
        if ((account.Flags & ServerAccount.QueueMode) == 0)
            return long.MaxValue;
        return (account.Pending & ServerAccount.PendingSleep) != 0 ? 0 : account.ActivityMs + _awakeMs;
    }

    // Every account rests: registered and asleep, disabled, or between two attempts.
    private void TellPower(long dueMs, long nowMs)
    {
        long until = IsAtRest() ? dueMs : 0;
        if (until == _sleepUntilMs)
            return;
        _sleepUntilMs = until;
        if (until > nowMs)
            _power!.MaySleep(until == long.MaxValue ? until : until - nowMs);
    }

    private bool IsAtRest()
    {
        if (!_started || _accountWork || (BootstrapState >= BootstrapState.Connecting && BootstrapState <= BootstrapState.InSession))
            return false;
        for (int index = 0; index < _accountCount; index++)
        {
            RegistrationState state = _accounts[index].State;
            if (state != RegistrationState.Asleep && state != RegistrationState.Disabled && state != RegistrationState.Waiting && state != RegistrationState.Held)
                return false;
        }

        return true;
    }
}
