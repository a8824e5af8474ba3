using System;

namespace Lwm2m.Client;

// Access control (Core 8.1, 8.2): with one server account every right is granted, with several what object 2 says.
public sealed partial class Lwm2mClient
{
    // Null where there can be one server only.
    private readonly AccessControlObject? _access;

    // Whether a server may do this to an object instance, or create one: AccessControlObject.ObjectLevel, AccessRights.Create.
    private bool MayAccess(ServerAccount account, int objectId, int instanceId, AccessRights right) =>
        _accountCount == 1 || _access!.Allows(account.Index, objectId, instanceId, (int)right);

    // Whether what is observed may still be told to its observer; of an object what it may read is picked out later.
    private bool MayReport(ServerAccount account, int slot)
    {
        if (_accountCount == 1)
            return true;
        int instanceId = _observations.InstanceId(slot);
        if (instanceId < 0)
            return true;
        // One that is gone ends with a 4.04 instead.
        int objectId = _observations.ObjectId(slot);
        Lwm2mObject? found = _objects.Find(objectId);
        return found == null || !found.HasInstance(instanceId) || MayAccess(account, objectId, instanceId, AccessRights.Read);
    }

    // A single server neither needs the object nor is told of it, unless a bootstrap server made entries.
    private bool IsAccessHidden => _accountCount < 2 && (_access == null || _access.InstanceCount == 0);

    // The accounts are new. Without any entry the client makes them itself: with several servers object 2 must be there unless all
    // of them may do everything (Core 8.1, 1.2), and here none has the other's /1 instance.
    private void ControlAccess()
    {
        AccessControlObject? control = _access;
        if (_accountCount < 2)
            return;
        if (control!.InstanceCount == 0)
            control.IsOpen = true;
        for (int position = 0; position < _objects.Count && control.IsOpen; position++)
            OpenObject(control, _objects.At(position));
        control.Recompute();
    }

    // Creation and deletion by the device itself, or deletion by a server: the entries follow (Core 8.1.2).
    private void FollowInstances(AccessControlObject control, int objectId, int removedInstance)
    {
        if (objectId == ObjectIds.AccessControl)
            Unsaved(StorageRecords.AccessControl);
        else if (removedInstance >= 0)
            control.Remove(objectId, removedInstance);
        else if (control.IsOpen && control.InstanceCount > 0)
            OpenObject(control, _objects.Find(objectId)!);
    }

    // What has no entry gets one that is open to all servers; a server's own /1 instance is open to it alone. There being no room
    // is the application's mistake at the start; later the instance stays closed.
    private void OpenObject(AccessControlObject control, Lwm2mObject opened)
    {
        int objectId = opened.Definition.ObjectId;
        if (objectId == ObjectIds.AccessControl || IsHidden(objectId))
            return;
        if (CanCreate(opened))
            Open(control, objectId, AccessControlObject.ObjectLevel, AccessControlObject.Everyone, AccessRights.Create);
        for (int index = 0; index < opened.InstanceCount; index++)
        {
            int instanceId = opened.InstanceAt(index);
            int server = objectId == ObjectIds.Server ? Servers.ShortServerId(instanceId) : AccessControlObject.Everyone;
            Open(control, objectId, instanceId, server, AccessRights.Full);
        }
    }

    private void Open(AccessControlObject control, int objectId, int instanceId, int server, AccessRights rights)
    {
        if (control.OwnerOf(objectId, instanceId) >= 0)
            return;
        if (control.FreeCount == 0 && !_started)
            throw new InvalidOperationException("With several servers each object instance needs an entry in object 2: Limits.AccessControls, "
                + control.InstanceCount + ", is too low.");
        control.Put(objectId, instanceId, server == AccessControlObject.Everyone ? AccessControlObject.BootstrapOnly : server, server, rights);
    }

    private static bool CanCreate(Lwm2mObject asked)
    {
        ObjectDefinition definition = asked.Definition;
        if (definition.IsSingle || definition.ObjectId == ObjectIds.Server)
            return false;
        return asked is not StoredObject stored || stored.AllowCreate;
    }

    // What a server creates is its own (Core 8.1.2).
    private static void Own(AccessControlObject control, ServerAccount creator, int objectId, int instanceId) =>
        control.Put(objectId, instanceId, creator.ShortServerId, creator.ShortServerId, AccessRights.Full);

    // Who lost the right to read must not be notified any more: the observation ends, with a 4.01.
    private void EndForbidden(AccessControlObject control)
    {
        control.HasChanged = false;
        if (_accountCount > 1)
            _observations.EndForbidden(control);
    }
}
