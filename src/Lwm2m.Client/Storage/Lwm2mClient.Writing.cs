using Lwm2m.Formats;

namespace Lwm2m.Client;

// What goes into each record.
public sealed partial class Lwm2mClient
{
    /// <summary>Writes and reads the records of the client. A type of its own, since one of the board has 255 methods at most.</summary>
    private sealed partial class StoredState : ClientStorage
    {
        private readonly Lwm2mClient _client;

        public StoredState(Lwm2mClient client, IStorage storage, int bufferBytes, int servers)
            : base(storage, bufferBytes, servers) => _client = client;

        public void WriteRecord(int record)
        {
            SealedRecord to = Stream;
            switch (record)
            {
                case StorageRecords.Accounts:
                    WriteInstances(ObjectIds.Security, to);
                    WriteInstances(ObjectIds.Server, to);
                    WriteInstances(ObjectIds.Oscore, to);
                    break;
                case StorageRecords.AccessControl:
                    WriteAccess(to);
                    break;
                case StorageRecords.Attributes:
                    WriteAttributeList(to);
                    break;
                case StorageRecords.Objects:
                    WriteMarked(to);
                    break;
                case StorageRecords.Observations:
                    WriteObservations(to);
                    break;
                default:
                    WriteRegistrations(to);
                    break;
            }
        }

        private void WriteAccess(SealedRecord to)
        {
            int[] entries = _client._access == null ? new int[0] : _client._access.Export();
            to.Number(entries.Length);
            for (int index = 0; index < entries.Length; index++)
                to.Number(entries[index]);
        }

        private void WriteInstances(int objectId, SealedRecord to)
        {
            if (_client._objects.Find(objectId) is not StoredObject found)
                return;
            to.Number(objectId + 1);
            for (int position = 0; position < found.InstanceCount; position++)
            {
                int instanceId = found.InstanceAt(position);
                to.Number(instanceId + 1);
                found.Export(instanceId, false, to);
            }

            to.Number(0);
        }

        private void WriteMarked(SealedRecord to)
        {
            for (int index = 0; index < MarkCount; index++)
            {
                int kind = KindAt(index);
                int instanceId = InstanceAt(index);
                StoredObject? found = _client._objects.Find(ObjectAt(index)) as StoredObject;
                if (found == null || kind != Deleted && !found.HasInstance(instanceId))
                    continue;
                to.Number(kind);
                to.Number(found.Definition.ObjectId);
                to.Number(instanceId);
                if (kind != Deleted)
                    found.Export(instanceId, kind == Written, to);
            }
        }

        private void WriteAttributeList(SealedRecord to)
        {
            for (int slot = 0; slot < _client._attributes.Capacity; slot++)
            {
                if (!_client._attributes.IsUsed(slot))
                    continue;
                to.Number(_client._accounts[_client._attributes.Server(slot)].ShortServerId);
                to.Bits(_client._attributes.Path(slot));
                _client._attributes.Attached(slot, _client._asked);
                _client._asked.WriteTo(to);
            }
        }

        private void WriteObservations(SealedRecord to)
        {
            for (int slot = 0; slot < _client._observations.Capacity; slot++)
            {
                if (!_client._observations.IsUsed(slot) || _client._observations.IsMember(slot))
                    continue;
                to.Number(_client._accounts[_client._observations.Server(slot)].ShortServerId);
                to.Bytes(_client._token, 0, _client._observations.Token(slot, _client._token));
                to.Bits(_client._observations.Path(slot));
                to.Byte((_client._observations.IsSingleValue(slot) ? ObservedSingle : 0) | (_client._observations.Own(slot, _client._asked) ? ObservedOwn : 0));
                to.Number(_client._observations.ContentFormat(slot));
                to.Number(_client._observations.CacheKey(slot));
                to.Number(_client._observations.LastSequence(slot));
                if (_client._observations.HasOwn(slot))
                    _client._asked.WriteTo(to);
                if (_client._observations.IsComposite(slot))
                    WriteMembers(slot, to);
            }
        }

        private void WriteMembers(int slot, SealedRecord to)
        {
            _client.TakeMembers(slot);
            to.Number(_client._pathCount);
            for (int index = 0; index < _client._pathCount; index++)
                to.Bits(_client._paths[index]);
        }
    }
}
