using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Information reporting (Core 6.4): Write-Attributes, Observe, Notify, Cancel.
public sealed partial class Lwm2mClient
{
    private readonly AttributeTable _attributes;
    private readonly ObservationTable _observations;

    // What the request under way names or is shown, and what is in force: a set costs 156 bytes on the board, two serve all.
    private readonly AttributeSet _asked = new AttributeSet();
    private readonly AttributeSet _inForce = new AttributeSet();
    private readonly byte[] _token = new byte[8];

    private Outcome WriteAttributes(ServerAccount account, Lwm2mObject found, CoapMessage request, CoapResponse response)
    {
        Outcome outcome = CheckTarget(account, found, Operations.Read, AccessRights.Read, false, out int word);
        if (outcome != Outcome.Ok)
            return outcome;
        if (_path.Level == 4 && !HasResourceInstance(found, word, _path.InstanceId, _path.ResourceInstanceId))
            return Outcome.NotFound;
        if (request.QueryCount == 0)
            return Refuse(Outcome.BadRequest, "neither a payload nor attributes");
        outcome = ParseAttributes(request);
        if (outcome != Outcome.Ok)
            return Refuse(outcome, "an attribute is unknown or has no proper value");
        DataType type = word < 0 ? DataType.None : Resource.Type(word);
        if (_store != null)
            _attributes.Attached(account.Index, _path.ObjectId, _path.InstanceId, _path.ResourceId, _path.ResourceInstanceId, _inForce);
        outcome = _attributes.Write(account.Index, _path.ObjectId, _path.InstanceId, _path.ResourceId, _path.ResourceInstanceId,
            _asked, type);
        if (outcome != Outcome.Ok)
            return Refuse(outcome, outcome == Outcome.ServiceUnavailable ? "no room for more attributes" : "the attributes contradict each other or the resource");
        if (_store != null && !SaveAttributes(account, type))
            return Unkept();
        _observations.AttributesChanged(account.Index, _path.Packed);
        response.Code = CoapCode.Changed;
        return Outcome.Ok;
    }

    private Outcome ParseAttributes(CoapMessage request)
    {
        _asked.Clear();
        for (int index = 0; index < request.QueryCount; index++)
        {
            int at = request.Query(index, out int length);
            Outcome outcome = _asked.ParseQuery(_formats.Numbers, request.Buffer, at, length);
            if (outcome != Outcome.Ok)
                return outcome;
        }

        return Outcome.Ok;
    }

    // The values are in the answer already: with no room for one more observation it goes out without Observe (RFC 7641 4.1).
    private Outcome Observe(ServerAccount account, CoapMessage request, CoapResponse response, int word, int format, long nowMs)
    {
        AttributeSet? own = null;
        if (request.QueryCount > 0)
        {
            // Attributes of the request (1.2) stand in for all attached ones.
            Outcome outcome = ParseAttributes(request);
            if (outcome == Outcome.Ok)
                outcome = _asked.Validate(_path.Level, word < 0 ? DataType.None : Resource.Type(word));
            if (outcome != Outcome.Ok)
                return Refuse(outcome, "an attribute is unknown or has no proper value");
            own = _asked;
        }

        bool single = _path.Level == 4 || (_path.Level == 3 && !Resource.IsMultiple(word));
        bool isRefresh = _store != null && own == null && IsRefresh(account, request, format);
        int slot = _observations.Observe(account.Index, request.Buffer, request.TokenOffset, request.TokenLength,
            _path.Packed, single, format, request.CacheKey(), own, nowMs);
        if (slot < 0)
            return Outcome.Ok;
        if (_store != null && !SaveObservation(slot, isRefresh))
            return Outcome.Ok;
        response.ObserveSequence = _observations.NextSequence(slot);
        _heard?.OnObserved(account, _path.ObjectId, _path.InstanceId, _path.ResourceId, _path.ResourceInstanceId);
        return Outcome.Ok;
    }

    // By token alone, whatever the path says (RFC 7641 3.6).
    private void CancelObservation(ServerAccount account, CoapMessage request)
    {
        int slot = _observations.Find(account.Index, request.Buffer, request.TokenOffset, request.TokenLength);
        if (slot < 0)
            return;
        CancelObservation(slot);
        // The answer to a Read is no place for a failure of the storage: an observation that comes back is cancelled by its first
        // notification.
        Save();
    }

    private void NotificationReset(ServerAccount account, int messageId)
    {
        int slot = _observations.FindByMessageId(account.Index, messageId);
        if (slot >= 0)
            CancelObservation(slot);
    }

    // A notification that nobody acknowledged keeps its observation and is owed again; one that was reset ends it
    // (RFC 7641 3.6, 4.5).
    private void NotificationFailed(ServerAccount account, int slot, CoapFailure reason, long nowMs)
    {
        if (reason == CoapFailure.Timeout)
        {
            _observations.Unacknowledged(slot, account.Index, true, nowMs);
            return;
        }

        if (reason != CoapFailure.Reset)
            _observations.Unacknowledged(slot, account.Index, false, nowMs);
        else if (_observations.IsSender(slot, account.Index))
            CancelObservation(slot);
        _observations.Ready(account.Index);
    }

    private void CancelObservation(int slot)
    {
        if (!_observations.IsUsed(slot))
            return;
        TellCancelled(_accounts[_observations.Server(slot)], slot);
        _observations.Remove(slot);
        Unsaved(StorageRecords.Observations);
    }

    private void ValueChanged(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        lock (Gate)
        {
            if (objectId == ObjectIds.Server)
                ServerValueChanged(instanceId, resourceId);
            else if (objectId == ObjectIds.AccessControl)
                Unsaved(StorageRecords.AccessControl);
            _observations.Changed(objectId, instanceId, resourceId, resourceInstanceId);
        }

        Wake();
    }

    // The registration lives by the values of the Server object: a new lifetime or binding is told with an Update (Core 6.2.2).
    private void ServerValueChanged(int instanceId, int resourceId)
    {
        for (int index = 0; index < _accountCount; index++)
        {
            ServerAccount account = _accounts[index];
            if (account.ServerInstance != instanceId)
                continue;
            if (resourceId == ServerResource.Lifetime)
                account.Pending |= ServerAccount.PendingLifetime;
            else if (resourceId == ServerResource.Binding)
                account.Pending |= ServerAccount.PendingBinding;
            else if (resourceId != -1)
                _observations.AttributesChanged(index, -1);
            _accountWork = true;
        }
    }

    // The servers hear of it with the next Update (Core 6.2.2), who observes the object with a notification. What was attached
    // to an instance that is gone goes with it; what is observed in it finds out when it is read, and ends with a 4.04
    // (RFC 7641 4.2).
    private void InstancesChanged(int objectId, int removedInstance)
    {
        lock (Gate)
        {
            // What a bootstrap changes counts when it succeeds.
            if (_changes != null && _changes.IsTouched(objectId))
                return;
            if (removedInstance >= 0)
            {
                if (_attributes.RemoveInstance(objectId, removedInstance))
                    Unsaved(StorageRecords.Attributes);
                ForgetInstance(objectId, removedInstance);
                _observations.EndWithin(objectId, removedInstance);
            }

            if (_creating)
                return;
            if (_access != null)
                FollowInstances(_access, objectId, removedInstance);
            _observations.Changed(objectId, -1, -1, -1);
            for (int index = 0; index < _accountCount; index++)
                _accounts[index].Pending |= ServerAccount.PendingObjects;
            _accountWork = true;
        }

        Wake();
    }

    // Attributes in force on a path: the lowest level that sets one wins; /1/x/2, 3 and 26 stand below all (Core 7.3.2).
    private void ResolveAttributes(ServerAccount account, int objectId, int instanceId, int resourceId, int resourceInstanceId, AttributeSet into)
    {
        int server = account.ServerInstance;
        if (Servers.GetInteger(server, ServerResource.DefaultMinimumPeriod, out long minimum) != Outcome.Ok)
            minimum = -1;
        if (Servers.GetInteger(server, ServerResource.DefaultMaximumPeriod, out long maximum) != Outcome.Ok)
            maximum = -1;
        if (Servers.GetInteger(server, ServerResource.DefaultNotificationMode, out long mode) != Outcome.Ok)
            mode = -1;
        _attributes.Resolve(account.Index, objectId, instanceId, resourceId, resourceInstanceId, minimum, maximum, (int)mode, into);
    }
}
