using System;
using Lwm2m.Coap;

namespace Lwm2m.Client;

// What a notification is made of: the observed path read anew, in the format of the first answer (RFC 7641 4.2).
public sealed partial class Lwm2mClient
{
    /// <summary>What the table of observations asks of the engine: current values, attributes, and to send.</summary>
    private sealed class ObservationHost : IObservationHost
    {
        private readonly Lwm2mClient _client;

        public ObservationHost(Lwm2mClient client) => _client = client;

        public NotifyResult Notify(int slot, bool confirmable, long nowMs)
        {
            ServerAccount account = _client._accounts[_client._observations.Server(slot)];
            if (!account.IsAwake)
                return NotifyResult.Offline;
            if (_client.IsHeldBack(account))
                return NotifyResult.Busy;
            confirmable &= !account.Peer!.IsReliable;
            // Known before anything is read and written, which would be in vain (NSTART, RFC 7252 4.7).
            if (confirmable && !_client._coap.CanSend(account.Peer!))
                return NotifyResult.Busy;
            CoapResponse? notification = _client._coap.BeginNotification(account.Peer!);
            if (notification == null)
                return NotifyResult.Busy;

            Outcome outcome;
            int format = _client._observations.ContentFormat(slot);
            int samples = 0;
            _client._diagnostic = null;
            try
            {
                bool may = _client.MayReport(account, slot);
                if (may && _client._observations.HasStored(slot))
                    samples = Samples.WriteSamples(_client, slot, notification, ref format, nowMs);
                outcome = samples > 0 ? Outcome.Ok : may ? ReadObserved(account, slot, notification) : Outcome.Unauthorized;
            }
            catch (Exception thrown)
            {
                _client._heard?.OnHandlerError(account, thrown);
                outcome = Outcome.InternalError;
            }

            int length = _client._observations.Token(slot, _client._token);
            if (outcome != Outcome.Ok)
            {
                // An error ends the observation and carries no Observe option (RFC 7641 4.2).
                notification.Code = (int)outcome;
                notification.PayloadLength = 0;
                _client._coap.SendNotification(notification, _client._token, 0, length, false, 0, nowMs);
                _client.CancelObservation(slot);
                return NotifyResult.Failed;
            }

            notification.Code = CoapCode.Content;
            notification.CacheKey = _client._observations.CacheKey(slot);
            notification.ContentFormat = format;
            int sequence = _client._observations.NextSequence(slot);
            notification.ObserveSequence = sequence;
            if (ObservationTable.IsToStore(sequence))
                _client.Unsaved(StorageRecords.Observations);
            _client._isRefused = false;
            int messageId = _client._coap.SendNotification(notification, _client._token, 0, length, confirmable, ContextNotification + slot, nowMs);
            if (messageId < 0)
                return NotifyResult.Busy;
            // A CON is sent again by the CoAP layer.
            if (_client._isRefused && !confirmable)
                return NotifyResult.Refused;
            _client._observations.Sent(slot, messageId, confirmable);
            account.Count(ServerAccount.Notifications, 1);
            if (samples > 0)
                _client._observations.SendSamples(slot, samples);
            return NotifyResult.Sent;
        }

        public KeepResult Keep(int slot, long nowMs) => Samples.Keep(_client, slot, nowMs);

        public long PauseMs(int failures) => _client.NotificationPauseMs(failures);

        private Outcome ReadObserved(ServerAccount account, int slot, CoapResponse into)
        {
            if (_client._observations.IsComposite(slot))
                return _client.ReadComposite(account, slot, into);
            if (!_client.Point(_client._observations.ObjectId(slot), _client._observations.InstanceId(slot), _client._observations.ResourceId(slot),
                _client._observations.ResourceInstanceId(slot), out Lwm2mObject? found, out int word))
                return Outcome.NotFound;
            return _client.WriteValues(account, found!, word, _client._observations.ContentFormat(slot), into);
        }

        public bool ReadValue(int objectId, int instanceId, int resourceId, int resourceInstanceId, out double number, out int hash)
        {
            bool isRead = _client.Probe(objectId, instanceId, resourceId, resourceInstanceId);
            number = isRead ? _client._values.Number : 0;
            hash = isRead ? _client._values.Hash : 0;
            return isRead;
        }

        public void Resolve(int server, int objectId, int instanceId, int resourceId, int resourceInstanceId, AttributeSet into)
        {
            _client.ResolveAttributes(_client._accounts[server], objectId, instanceId, resourceId, resourceInstanceId, into);
            // One part that asks for it makes the whole confirmable (Core 7.3.2, con).
            if (resourceInstanceId >= 0 || objectId < 0 || !_client._attributes.IsAnyConfirmable(server, ObservedPath.Pack(objectId, instanceId, resourceId, -1)))
                return;
            into.Mask |= AttributeSet.ConfirmableBit;
            into.Con = 1;
        }
    }

    private long NotificationPauseMs(int failures) => Grown(_firstRetrySeconds * 1000L, failures, _longestRetrySeconds * 1000L);

    private bool Probe(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        if (resourceId < 0 || !Point(objectId, instanceId, resourceId, resourceInstanceId, out Lwm2mObject? found, out int word))
            return false;
        _values.BeginProbe(word, resourceInstanceId);
        try
        {
            return _values.End(found!.Read(instanceId, resourceId, _values)) == Outcome.Ok;
        }
        catch (Exception)
        {
            // The notification that follows reads again, and reports it.
            return false;
        }
    }

    // Sets the path as a request for it would, and finds what it points at.
    private bool Point(int objectId, int instanceId, int resourceId, int resourceInstanceId, out Lwm2mObject? found, out int word)
    {
        _path.Set(objectId, instanceId, resourceId, resourceInstanceId);
        word = -1;
        found = _objects.Find(objectId);
        if (found == null || (instanceId >= 0 && !found.HasInstance(instanceId)))
            return false;
        if (resourceId < 0)
            return true;
        word = found.Definition.Find(resourceId);
        return word >= 0 && (Resource.Ops(word) & Operations.Read) != 0 && found.Has(instanceId, resourceId);
    }
}
