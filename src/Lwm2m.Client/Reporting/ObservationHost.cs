namespace Lwm2m.Client;

/// <summary>What the table of observations asks of the engine: current values, attributes, and to send.</summary>
internal sealed class ObservationHost : IObservationHost
{
    private readonly Lwm2mClient _client;

    public ObservationHost(Lwm2mClient client) => _client = client;

    public bool ReadNumber(int objectId, int instanceId, int resourceId, int resourceInstanceId, out double value) =>
        _client.ProbeNumber(objectId, instanceId, resourceId, resourceInstanceId, out value);

    public int ReadHash(int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        _client.ProbeHash(objectId, instanceId, resourceId, resourceInstanceId);

    public void Resolve(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId, AttributeSet into) =>
        _client.ResolveFor(server, objectId, instanceId, resourceId, resourceInstanceId, into);

    public NotifyResult Notify(int slot, bool confirmable, long nowMs) => _client.Notify(slot, confirmable, nowMs);
}
