namespace Lwm2m.Client;

/// <summary>What the table of observations asks of the engine; tests put a fake in its place.</summary>
internal interface IObservationHost
{
    /// <summary>
    /// Looks at the present value of a resource or resource instance: as a number (a Boolean as 0 or 1), which means something where
    /// it is one, and as a hash over the value or values; two that differ have changed. False where there is nothing to read.
    /// </summary>
    bool ReadValue(int objectId, int instanceId, int resourceId, int resourceInstanceId, out double number, out int hash);

    /// <summary>The attributes in force, defaults of the Server object included; these alone where all ids are -1.</summary>
    void Resolve(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId, AttributeSet into);

    /// <summary>Builds and sends a notification.</summary>
    NotifyResult Notify(int slot, bool confirmable, long nowMs);

    /// <summary>A notification is due and its server away: keeps what it would say, as far as it is to be kept (/1/x/6, hqmax).</summary>
    KeepResult Keep(int slot, long nowMs);

    /// <summary>How long to leave a server alone that did not acknowledge this many notifications in a row, in milliseconds.</summary>
    long PauseMs(int failures);
}
