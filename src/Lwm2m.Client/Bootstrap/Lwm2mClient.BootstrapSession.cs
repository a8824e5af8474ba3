using System;

namespace Lwm2m.Client;

// What a bootstrap changes is kept when it finishes and taken back when it does not: snapshots of the objects that it touches.
public sealed partial class Lwm2mClient
{
    // From here on nobody else is answered, notified or registered at.
    private Provisioning Hold() => _changes ??= new Provisioning(this);

    private void RollBack()
    {
        Provisioning? changes = _changes;
        if (changes == null)
            return;
        changes.PutBack();
        _changes = null;
    }

    private void CompleteBootstrap(BootstrapServer bootstrap, long nowMs)
    {
        Provisioning? changes = _changes;
        _changes = null;
        bootstrap.ChangedAccounts = changes == null ? 0 : changes.Accounts;
        bootstrap.Attempts = 0;
        bootstrap.Failure = BootstrapFailure.None;
        bootstrap.FailureCode = 0;
        bootstrap.Wishes = BootstrapServer.WishRebuild;
        bootstrap.SecurityInstance = Security.BootstrapInstance();
        StampBootstrap();
        PlanPurge(bootstrap, nowMs);
        if (changes != null)
            TellWhatChanged(changes.Before);
        Unsaved(StorageRecords.Accounts | StorageRecords.AccessControl | StorageRecords.Attributes | StorageRecords.Objects
            | StorageRecords.Observations | StorageRecords.Registrations);
        _heard?.OnBootstrapped();
    }

    // /1/x/12, where the Server object has room for it.
    private void StampBootstrap()
    {
        long unixMs = _wallClock.UnixMs;
        for (int position = 0; position < Servers.InstanceCount; position++)
            Servers.SetIfRoom(Servers.InstanceAt(position), ServerResource.LastBootstrapped, unixMs / 1000);
    }

    private void TellWhatChanged(object?[] before)
    {
        for (int position = 0; position < _objects.Count; position++)
        {
            int[]? instances = (int[]?)before[position * 2];
            if (instances != null)
                TellWhatChanged(_objects.At(position), instances);
        }
    }

    private void TellWhatChanged(Lwm2mObject changed, int[] before)
    {
        int objectId = changed.Definition.ObjectId;
        for (int position = 0; position < changed.InstanceCount; position++)
        {
            int instance = changed.InstanceAt(position);
            if (IsAmong(before, instance))
                KeepWritten(changed, instance);
            else
                KeepCreated(changed, instance);
        }

        for (int index = 0; index < before.Length; index++)
        {
            if (changed.HasInstance(before[index]))
                continue;
            bool wasCreated = WasCreated(objectId, before[index]);
            InstancesChanged(objectId, before[index]);
            KeepDeleted(changed, before[index], wasCreated);
        }

        if (changed.Instances != before)
            InstancesChanged(objectId, -1);
        for (int position = 0; position < changed.InstanceCount; position++)
            ValueChanged(objectId, changed.InstanceAt(position), -1, -1);
    }

    private static bool IsAmong(int[] instances, int wanted)
    {
        for (int index = 0; index < instances.Length; index++)
            if (instances[index] == wanted)
                return true;
        return false;
    }

    // The time of /0/x/12 runs from the end of a bootstrap. After a reboot it runs anew: how much of it was over is not known.
    private void PlanPurge(BootstrapServer bootstrap, long nowMs)
    {
        long seconds = bootstrap.SecurityInstance < 0 ? 0 : Security.AccountTimeoutSeconds(bootstrap.SecurityInstance);
        bootstrap.PurgeMs = seconds == 0 ? long.MaxValue : nowMs + seconds * 1000;
    }

    private void PurgeBootstrapAccount(long nowMs)
    {
        BootstrapServer bootstrap = _bootstrap!;
        bootstrap.PurgeMs = long.MaxValue;
        FireBootstrap(BootstrapEvent.Stop, nowMs);
        int instance = bootstrap.SecurityInstance;
        if (instance < 0)
            return;
        Lwm2mObject? keys = Security.GetLink(instance, SecurityResource.OscoreSecurityMode, out int linkedObject, out int linkedInstance) == Outcome.Ok
            ? _objects.Find(linkedObject)
            : null;
        if (keys != null)
            keys.BootstrapDelete(linkedInstance);
        Security.RemoveInstance(instance);
        bootstrap.SecurityInstance = -1;
        Unsaved(StorageRecords.Accounts);
    }
}
