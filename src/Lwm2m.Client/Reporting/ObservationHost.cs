namespace Lwm2m.Client;

/// <summary>What the table of observations asks of the engine: current values, attributes, and to send.</summary>
internal sealed class ObservationHost : IObservationHost
{
    private readonly Lwm2mClient _client;

    public ObservationHost(Lwm2mClient client) => _client = client;

    public bool ReadValue(int objectId, int instanceId, int resourceId, int resourceInstanceId, out double number, out int hash) =>
        _client.ProbeValue(objectId, instanceId, resourceId, resourceInstanceId, out number, out hash);

    public void Resolve(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId, AttributeSet into) =>
        _client.ResolveFor(server, objectId, instanceId, resourceId, resourceInstanceId, into);

    public KeepResult Keep(int slot, long nowMs) => _client.KeepNotification(slot, nowMs);

    public long PauseMs(int failures) => _client.NotificationPauseMs(failures);

    public NotifyResult Notify(int slot, bool confirmable, long nowMs) => _client.Notify(slot, confirmable, nowMs);
}
