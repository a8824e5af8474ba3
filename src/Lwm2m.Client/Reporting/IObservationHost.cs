namespace Lwm2m.Client;

/// <summary>What the table of observations asks of the engine; tests put a fake in its place.</summary>
internal interface IObservationHost
{
    /// <summary>The present value as a number; a Boolean is 0 or 1. False where it is none.</summary>
    bool ReadNumber(int objectId, int instanceId, int resourceId, int resourceInstanceId, out double value);

    /// <summary>A hash over the present value or values; two that differ have changed.</summary>
    int ReadHash(int objectId, int instanceId, int resourceId, int resourceInstanceId);

    /// <summary>The attributes in force, defaults of the Server object included.</summary>
    void Resolve(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId, AttributeSet into);

    /// <summary>Builds and sends a notification.</summary>
    NotifyResult Notify(int slot, bool confirmable, long nowMs);
}
