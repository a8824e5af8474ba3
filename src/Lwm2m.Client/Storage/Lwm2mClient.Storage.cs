namespace Lwm2m.Client;

// What survives a power cut: when it is written, and what becomes of a change that cannot be. A change that a server is told of is in
// the storage before. Where the storage refuses, a Write, a Create and a Write-Attributes are undone and answered 5.03, an Observe is
// answered as a plain Read; a Delete stands, is answered 5.03 nevertheless, and is written later.
public sealed partial class Lwm2mClient
{
    // How soon a record that could not be written is tried again.
    private const int StorageRetryMs = 60_000;

    // Null where nothing is kept.
    private readonly StoredState? _store;
    private int _unsaved;

    /// <summary>Something changed that these records hold: they are written before the answer to the request at hand goes out, or
    /// at the end of the Poll.</summary>
    private void Unsaved(int records)
    {
        if (_store != null)
            _unsaved |= records;
    }

    /// <summary>Writes the records that are unsaved. False when the storage did not take one of them: it is tried again later.</summary>
    private bool Save()
    {
        StoredState? store = _store;
        int records = _unsaved;
        // The half of a bootstrap is not stored: after a power cut all is as it was before.
        if (store == null || records == 0 || IsBootstrapping)
            return true;
        _unsaved = 0;
        // What a smartcard brought is read from it again.
        if (_card != null && _card.Changes != null)
            records &= ~StorageRecords.Accounts;
        int failed = 0;
        for (int record = 1; record < StorageRecords.End; record <<= 1)
        {
            if ((records & record) == 0)
                continue;
            // Not before it is stored whose they are.
            if (record == StorageRecords.Observations && (failed & StorageRecords.Registrations) != 0)
            {
                failed |= record;
                continue;
            }

            store.Overdue &= ~record;
            store.Stream.Begin(StorageRecords.Name(record));
            store.WriteRecord(record);
            if (store.Stream.End())
                continue;
            failed |= record;
            _heard?.OnStorageFailed(StorageRecords.Name(record), StorageFailure.NotWritten);
        }

        if (failed == 0)
            return true;
        store.Overdue |= failed;
        store.RetryMs = _nowMs + StorageRetryMs;
        return false;
    }

    // The end of a Poll: what changed outside of requests, and what could not be written before.
    private long PollStorage(StoredState store, long dueMs, long nowMs)
    {
        // The end of the session brings us here again.
        if (IsBootstrapping)
            return dueMs;
        if (store.Overdue != 0 && nowMs >= store.RetryMs)
            _unsaved |= store.Overdue;
        Save();
        return store.Overdue != 0 && store.RetryMs < dueMs ? store.RetryMs : dueMs;
    }

    /// <summary>The application, or the client itself, set a value: those of accounts are kept whoever sets them.</summary>
    private void KeepSet(int objectId)
    {
        if (_started && (objectId == ObjectIds.Server || objectId == ObjectIds.Security))
            Unsaved(StorageRecords.Accounts);
    }

    // The record that holds what servers do to an object; 0 where none does.
    private static int RecordOf(Lwm2mObject found)
    {
        switch (found.Definition.ObjectId)
        {
            case ObjectIds.Security:
            case ObjectIds.Server:
            case ObjectIds.Oscore:
                return StorageRecords.Accounts;
            case ObjectIds.AccessControl:
                return StorageRecords.AccessControl;
            default:
                return found is StoredObject stored && stored.IsKept ? StorageRecords.Objects : 0;
        }
    }

    /// <summary>A server changed values of an instance, by Write or otherwise.</summary>
    private void KeepWritten(Lwm2mObject found, int instanceId)
    {
        if (_store == null)
            return;
        int record = RecordOf(found);
        _unsaved |= record;
        if (record == StorageRecords.Objects && _store.Marked(found.Definition.ObjectId, instanceId) == 0)
            _store.Mark(found.Definition.ObjectId, instanceId, ClientStorage.Written);
    }

    /// <summary>A server created an instance.</summary>
    private void KeepCreated(Lwm2mObject found, int instanceId)
    {
        if (_store == null)
            return;
        int record = RecordOf(found);
        _unsaved |= record;
        if (record == StorageRecords.Objects)
            _store.Mark(found.Definition.ObjectId, instanceId, ClientStorage.Created);
    }

    /// <summary>A server deleted an instance that it had not created itself, or had.</summary>
    private void KeepDeleted(Lwm2mObject found, int instanceId, bool wasCreated)
    {
        if (_store == null)
            return;
        int record = RecordOf(found);
        _unsaved |= record;
        if (record == StorageRecords.Objects && !wasCreated)
            _store.Mark(found.Definition.ObjectId, instanceId, ClientStorage.Deleted);
    }

    private bool WasCreated(int objectId, int instanceId) => _store != null && _store.Marked(objectId, instanceId) == ClientStorage.Created;

    // An instance is gone, whoever removed it: what is known of it goes along.
    private void ForgetInstance(int objectId, int instanceId)
    {
        if (_store == null || !_started || _store.Marked(objectId, instanceId) == 0)
            return;
        _store.Mark(objectId, instanceId, 0);
        _unsaved |= StorageRecords.Objects;
    }

    // What was attached before is in _inForce.
    private bool SaveAttributes(ServerAccount account, Formats.DataType type)
    {
        int written = _asked.Mask;
        Unsaved(StorageRecords.Attributes);
        if (Save())
            return true;
        _inForce.ClearMask = written & ~_inForce.Mask;
        _attributes.Write(account.Index, _path.ObjectId, _path.InstanceId, _path.ResourceId, _path.ResourceInstanceId, _inForce, type);
        return false;
    }

    // An observation that would not survive a power cut is none: the server sees that its answer is not the first of many.
    private bool SaveObservation(int slot, bool isRefresh)
    {
        if (isRefresh)
            return true;
        Unsaved(StorageRecords.Observations);
        if (Save())
            return true;
        _observations.Remove(slot);
        return false;
    }

    // Servers repeat an Observe from time to time: nothing of it is new.
    private bool IsRefresh(ServerAccount account, Coap.CoapMessage request, int format)
    {
        int slot = _observations.Find(account.Index, request.Buffer, request.TokenOffset, request.TokenLength);
        return slot >= 0 && _observations.Path(slot) == _path.Packed && _observations.ContentFormat(slot) == format
            && _observations.CacheKey(slot) == request.CacheKey() && !_observations.HasOwn(slot);
    }
}
