using System;
using Lwm2m.Client;

namespace Lwm2m.Simulation;

/// <summary>What the client tells: kept for the log, and checked against what it promised.</summary>
internal sealed class DeviceListener : ClientListener
{
    private readonly Device _device;
    private int _observations;

    public DeviceListener(Device device) => _device = device;

    public override void OnStateChanged(ServerAccount server, RegistrationState before)
    {
        long own = _device.BeginOwn();
        _device.StateChanged(server, before);
        _device.EndOwn(own);
    }

    public override void OnRegistrationFailed(ServerAccount server, long retryInMs)
    {
        long own = _device.BeginOwn();
        _device.RegistrationFailed(server, retryInMs);
        _device.EndOwn(own);
    }

    public override void OnBootstrapFailed(BootstrapFailure reason, int code, long retryInMs) => _device.BootstrapFailed(reason, code, retryInMs);

    public override void OnBootstrapStateChanged(BootstrapState state, BootstrapState before) => _device.BootstrapStateChanged(state, before);

    public override void OnUpdated(ServerAccount server) => _device.Note("updated", server);

    public override void OnWritten(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) => _device.Changed();

    public override void OnCreated(ServerAccount server, int objectId, int instanceId) => _device.Changed();

    public override void OnDeleted(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) => _device.Changed();

    public override void OnBootstrapped() => _device.Ledger.Bootstrapped();

    public override void OnSent(ServerAccount server, int id) => _device.Sent(server, id, true);

    public override void OnSendFailed(ServerAccount server, int id, int code) => _device.Sent(server, id, false);

    public override void OnStorageFailed(string record, StorageFailure failure) => _device.StorageFailed(record, failure);

    public override void OnObserved(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        _observations++;

    public override void OnObservationCancelled(ServerAccount server, int objectId, int instanceId, int resourceId, int resourceInstanceId) =>
        _observations--;

    public override void OnHandlerError(ServerAccount? server, Exception thrown) => _device.World.Break("a handler threw: " + thrown);
}
