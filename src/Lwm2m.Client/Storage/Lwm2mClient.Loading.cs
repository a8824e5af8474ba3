using Lwm2m.Formats;

namespace Lwm2m.Client;

// What the storage held at the start, back into the client. What it holds wins over what left the factory.
public sealed partial class Lwm2mClient
{
    private sealed partial class StoredState
    {
        // How an observation was stored.
        private const int ObservedSingle = 1;
        private const int ObservedOwn = 2;

        // Before the accounts are made: they come from it.
        public void LoadObjects()
        {
            Stage = Objects;
            if (!LoadInstances(StorageRecords.Accounts))
                _client._unsaved |= StorageRecords.Accounts;
            LoadAccess(Stream);
            if (!IsIntact(StorageRecords.Objects))
                return;
            bool makesSense = ReadMarked(false);
            Stream.Rewind();
            if (makesSense)
                ReadMarked(true);
            else
                SetAside(StorageRecords.Objects);
        }

        private void LoadAccess(SealedRecord from)
        {
            if (_client._access == null || !IsIntact(StorageRecords.AccessControl))
                return;
            // A number takes one byte at least.
            int[] entries = new int[from.ReadNumber(0, from.Remaining)];
            for (int index = 0; index < entries.Length && !from.Failed; index++)
                entries[index] = from.ReadNumber(0, 65535);
            if (from.Failed || from.Remaining > 0 || !(entries.Length == 0 || _client._access.TryImport(entries)))
                SetAside(StorageRecords.AccessControl);
        }

        // When the accounts are made: they are told apart by their place.
        public void LoadAttributes()
        {
            if (!IsIntact(StorageRecords.Attributes))
                return;
            SealedRecord from = Stream;
            while (from.Remaining > 0 && !from.Failed)
            {
                ServerAccount? account = AccountWith(from.ReadNumber(0, Resource.MaxId));
                long path = from.ReadBits();
                _client._asked.ReadFrom(from);
                if (from.Failed || account == null)
                    continue;
                Lwm2mObject? found = _client._objects.Find(ObservedPath.ObjectId(path));
                int instanceId = ObservedPath.InstanceId(path);
                if (found == null || instanceId >= 0 && !found.HasInstance(instanceId))
                    continue;
                int word = found.Definition.Find(ObservedPath.ResourceId(path));
                _client._attributes.Write(account.Index, ObservedPath.ObjectId(path), instanceId, ObservedPath.ResourceId(path),
                    ObservedPath.ResourceInstanceId(path), _client._asked, word < 0 ? Formats.DataType.None : Resource.Type(word));
            }

            if (from.Failed)
                SetAside(StorageRecords.Attributes);
        }

        // Whether there is such a record, and its checksum is right.
        private bool IsIntact(int record)
        {
            int status = Stream.Open(StorageRecords.Name(record));
            if (status == StorageStatus.Corrupt)
                SetAside(record);
            return status == 0;
        }

        private void SetAside(int record)
        {
            Storage.SetAside(StorageRecords.Name(record));
            _client._heard?.OnStorageFailed(StorageRecords.Name(record), StorageFailure.Corrupt);
        }

        // A record of whole objects. False where there is none that can be used.
        private bool LoadInstances(int record)
        {
            if (!IsIntact(record))
                return false;
            // Once to see that it makes sense, and once in earnest.
            if (!ReadInstances(record, false, out bool hasInstances))
            {
                SetAside(record);
                return false;
            }

            if (record == StorageRecords.Accounts && !hasInstances)
                return false;
            Stream.Rewind();
            return ReadInstances(record, true, out _);
        }

        private bool ReadInstances(int record, bool inEarnest, out bool hasInstances)
        {
            SealedRecord from = Stream;
            hasInstances = false;
            while (from.Remaining > 0 && !from.Failed)
            {
                int objectId = from.ReadNumber(1, Resource.MaxId + 1) - 1;
                StoredObject? into = inEarnest ? _client._objects.Find(objectId) as StoredObject : null;
                if (into != null && RecordOf(into) != record)
                    into = null;
                while (into != null && into.InstanceCount > 0)
                    into.RemoveInstance(into.InstanceAt(into.InstanceCount - 1));
                int instanceId;
                while ((instanceId = from.ReadNumber(0, Resource.MaxId + 1) - 1) >= 0 && !from.Failed)
                {
                    hasInstances |= objectId == ObjectIds.Security;
                    StoredObject? owner = into != null && into.InstanceCount < into.Definition.MaxInstances && !into.HasInstance(instanceId) ? into : null;
                    owner?.AddInstance(instanceId);
                    StoredObject.Import(owner, instanceId, from);
                }
            }

            return !from.Failed;
        }

        private bool ReadMarked(bool inEarnest)
        {
            SealedRecord from = Stream;
            while (from.Remaining > 0 && !from.Failed)
            {
                int kind = from.ReadNumber(Created, Written);
                int objectId = from.ReadNumber(0, Resource.MaxId);
                int instanceId = from.ReadNumber(0, Resource.MaxId);
                StoredObject? into = inEarnest ? _client._objects.Find(objectId) as StoredObject : null;
                // The object, or its being kept, is a matter of this firmware.
                if (into != null && (!into.IsKept || RecordOf(into) != StorageRecords.Objects))
                    into = null;
                if (into != null && !Restore(into, instanceId, kind))
                    into = null;
                if (into != null)
                    Mark(objectId, instanceId, kind);
                if (kind != Deleted)
                    StoredObject.Import(into, instanceId, from);
            }

            return !from.Failed;
        }

        private static bool Restore(StoredObject into, int instanceId, int kind)
        {
            switch (kind)
            {
                case Created:
                    // One of the application's with the same id was deleted before.
                    into.RemoveInstance(instanceId);
                    return into.Recreate(instanceId);
                case Deleted:
                    into.RemoveInstance(instanceId);
                    return true;
                default:
                    if (!into.HasInstance(instanceId))
                        return false;
                    into.Empty(instanceId);
                    return true;
            }
        }

        private ServerAccount? AccountWith(int shortServerId)
        {
            for (int index = 0; index < _client._accountCount; index++)
                if (_client._accounts[index].ShortServerId == shortServerId)
                    return _client._accounts[index];
            return null;
        }
    }
}
