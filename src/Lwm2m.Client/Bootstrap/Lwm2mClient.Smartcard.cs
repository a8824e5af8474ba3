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
        Provisioning? old = card.Changes;
        object?[] before = new object?[_objects.Count * 2];
        for (int position = 0; position < _objects.Count; position++)
            before[position * 2] = _objects.At(position).Instances;
        ApplyCard(card, hash);
        for (int position = 0; position < _objects.Count; position++)
        {
            bool wasTouched = old != null && old.Before[position * 2] != null;
            bool isTouched = card.Changes != null && card.Changes.Before[position * 2] != null;
            if (!wasTouched && !isTouched)
                before[position * 2] = null;
        }

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
            card.Changes.PutBack();
        card.Changes = null;
        card.Hash = hash;
        if (hash == SmartcardReader.None)
            return;
        Provisioning changes = new Provisioning(this);
        bool applied = false;
        try
        {
            byte[]? content = card.Reader.Content();
            applied = content != null && changes.WriteCard(content) && Security.InstanceCount > 0 && AccountCheck.FindInconsistency(Security, Servers, _objects, _accounts.Length, false) == null;
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

        changes.PutBack();
        _heard?.OnBootstrapFailed(BootstrapFailure.BadCard, 0, 0);
    }

}
