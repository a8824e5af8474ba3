using Lwm2m.Formats;

namespace Lwm2m.Client;

// Bootstrap from a smartcard, the first of all ways (Core 6.1.4): what it holds stands in for the factory's accounts while it is there.
// It is not stored, but read anew at each start.
public sealed partial class Lwm2mClient
{
    // How often an empty slot is looked at while there is no server to register at.
    private const int CardIntervalMs = 60_000;

    // Null where there is no reader.
    private readonly CardProvisioning? _card;

    // At the start, before accounts are made of objects 0 and 1.
    private void ReadCard()
    {
        CardProvisioning? card = _card;
        if (card == null)
            return;
        int hash = LookAtCard(card);
        if (hash != SmartcardReader.Unknown && hash != card.Hash)
            ApplyCard(card, hash);
    }

    // Before each Register and Update: another card, or none, is another set of servers.
    private bool HasCardChanged()
    {
        CardProvisioning? card = _card;
        if (card == null)
            return false;
        int hash = LookAtCard(card);
        if (hash == SmartcardReader.Unknown || hash == card.Hash)
            return false;
        card.IsSwapped = true;
        _accountWork = true;
        return true;
    }

    private void PollCard(CardProvisioning card, long nowMs)
    {
        if (IsBootstrapping || _stopping || !_started)
            return;
        if (nowMs >= card.DueMs)
        {
            card.DueMs = long.MaxValue;
            HasCardChanged();
        }

        if (card.IsSwapped)
            SwapCard(card, nowMs);
        if (_accountCount > 0)
            card.DueMs = long.MaxValue;
        else if (card.DueMs == long.MaxValue)
            card.DueMs = nowMs + CardIntervalMs;
        if (card.DueMs < _accountsDueMs)
            _accountsDueMs = card.DueMs;
    }

    private void SwapCard(CardProvisioning card, long nowMs)
    {
        card.IsSwapped = false;
        int hash = LookAtCard(card);
        if (hash == SmartcardReader.Unknown || hash == card.Hash)
            return;
        ProvisioningChanges? old = card.Changes;
        object?[] before = new object?[_objects.Count * 2];
        for (int position = 0; position < _objects.Count; position++)
            before[position * 2] = _objects.At(position).Instances;
        ApplyCard(card, hash);
        for (int position = 0; position < _objects.Count; position++)
            if (!IsTouched(old, _objects.At(position).Definition.ObjectId) && !IsTouched(card.Changes, _objects.At(position).Definition.ObjectId))
                before[position * 2] = null;
        TellWhatChanged(before);
        Unsaved(StorageRecords.Accounts | StorageRecords.AccessControl | StorageRecords.Attributes | StorageRecords.Objects
            | StorageRecords.Observations | StorageRecords.Registrations);
        // All of them: what was registered by the old card is not by the new one.
        RebuildAccounts(-1, nowMs);
    }

    private int LookAtCard(CardProvisioning card)
    {
        try
        {
            return card.Reader.Hash();
        }
        catch (System.Exception thrown)
        {
            _heard?.OnHandlerError(null, thrown);
            return SmartcardReader.Unknown;
        }
    }

    // First back to how it was without the card.
    private void ApplyCard(CardProvisioning card, int hash)
    {
        if (card.Changes != null)
            PutBack(card.Changes);
        card.Changes = null;
        card.Hash = hash;
        if (hash == SmartcardReader.None)
            return;
        ProvisioningChanges changes = new ProvisioningChanges(_objects.Count);
        bool applied = false;
        try
        {
            byte[]? content = card.Reader.Content();
            applied = content != null && WriteCard(changes, content) && Security.InstanceCount > 0 && FindInconsistency(false) == null;
        }
        catch (System.Exception thrown)
        {
            _heard?.OnHandlerError(null, thrown);
        }

        if (applied)
        {
            card.Changes = changes;
            _heard?.OnBootstrapped();
            return;
        }

        PutBack(changes);
        _heard?.OnBootstrapFailed(BootstrapFailure.BadCard, 0, 0);
    }

    // EF(LwM2M_Bootstrap) (Core 1.1, appendix G): how many objects, how many bytes, and for each object its id, its version (one byte 0 for
    // 1.0, else major and minor), a length and that many bytes of TLV, its instances. All of it big endian.
    private bool WriteCard(ProvisioningChanges changes, byte[] content)
    {
        int objects = content[0] << 8 | content[1];
        int at = 4;
        for (int index = 0; index < objects; index++)
        {
            if (at + 5 > content.Length)
                return false;
            Lwm2mObject? found = _objects.Find(content[at] << 8 | content[at + 1]);
            at += content[at + 2] == 0 ? 3 : 4;
            if (found == null || at + 2 > content.Length)
                return false;
            int length = content[at] << 8 | content[at + 1];
            at += 2;
            if (at + length > content.Length)
                return false;
            if (!IsTouched(changes, found.Definition.ObjectId))
            {
                Touch(changes, found);
                DeleteFactoryInstances(changes, found);
            }

            _path.Set(found.Definition.ObjectId, -1, -1, -1);
            if (WriteForBootstrap(changes, found, _formats.Reader(ContentFormat.Tlv)!, content, at, length) != Outcome.Ok)
                return false;
            at += length;
        }

        return at == content.Length;
    }

    // The card's accounts stand in for all others, a bootstrap server's too.
    private void DeleteFactoryInstances(ProvisioningChanges changes, Lwm2mObject found)
    {
        int[] instances = found.Instances;
        for (int index = 0; index < instances.Length; index++)
            if (found == Security || !IsSpared(found, instances[index]))
                DeleteInstance(changes, found, instances[index], false);
    }
}
