namespace Lwm2m.Client;

// The device's network changed under the client.
public sealed partial class Lwm2mClient
{
    private bool _networkChanged;

    /// <summary>
    /// Tells the client that the device's address or network changed, as after a new lease or another access point. It opens its links
    /// anew and registers, since servers reach it under the old address no more (Core 6.2.1); where it waits for its next attempt, that
    /// comes at once. On .NET <see cref="Lwm2m.Transport.UdpTransport"/> notices changed addresses by itself.
    /// </summary>
    public void NetworkChanged()
    {
        lock (Gate)
        {
            _networkChanged = true;
            _accountWork = true;
        }

        Wake();
    }

    private void ReopenLinks(long nowMs)
    {
        _networkChanged = false;
        BootstrapNetworkChanged(nowMs);
        for (int index = 0; index < _accountCount; index++)
        {
            ServerAccount account = _accounts[index];
            if (account.State == RegistrationState.Connecting || account.State == RegistrationState.Registering)
            {
                // Counts as no failure: the attempt starts over.
                account.State = RegistrationState.Waiting;
                account.DueMs = nowMs;
            }
            else if (account.State == RegistrationState.Waiting)
            {
                account.DueMs = nowMs;
            }
            else if (account.IsRegistered)
            {
                Fire(account, RegistrationEvent.LinkLost, nowMs);
            }
        }
    }
}
