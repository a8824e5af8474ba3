using Lwm2m.Formats;

namespace Lwm2m.Client;

// Bootstrap from a smartcard, the first of all ways (Core 6.1.4): what it holds stands in for the factory's accounts while it is there.
// It is not stored, but read anew at each start.
public sealed partial class Lwm2mClient
{
    // Null where there is no reader.
    private readonly CardProvisioning? _card;

    private sealed class CardProvisioning
    {
        // How often an empty slot is looked at while there is no server to register at.
        private const int IntervalMs = 60_000;

        /// <summary>What the card replaced; null while nothing comes from it.</summary>
        public Provisioning? Changes;

        private readonly Lwm2mClient _client;
        private readonly SmartcardReader _reader;

        // Hash of the file that was applied.
        private int _hash;

        // Another file was seen: it is applied at the next Poll.
        private bool _isSwapped;

        // When to look again although nobody is to be registered at.
        private long _dueMs = long.MaxValue;

        public CardProvisioning(Lwm2mClient client, ISmartcard card)
        {
            _client = client;
            _reader = new SmartcardReader(card);
        }

        // At the start, before accounts are made of objects 0 and 1.
        public void Read()
        {
            int hash = Look();
            if (hash != SmartcardReader.Unknown && hash != _hash)
                Apply(hash);
        }

        // Before each Register and Update: another card, or none, is another set of servers.
        public bool HasChanged()
        {
            int hash = Look();
            if (hash == SmartcardReader.Unknown || hash == _hash)
                return false;
            _isSwapped = true;
            _client._accountWork = true;
            return true;
        }

        public void Poll(long nowMs)
        {
            if (_client.IsBootstrapping || _client._stopping || !_client._started)
                return;
            if (nowMs >= _dueMs)
            {
                _dueMs = long.MaxValue;
                HasChanged();
            }

            if (_isSwapped)
                Swap(nowMs);
            if (_client._accountCount > 0)
                _dueMs = long.MaxValue;
            else if (_dueMs == long.MaxValue)
                _dueMs = nowMs + IntervalMs;
            if (_dueMs < _client._accountsDueMs)
                _client._accountsDueMs = _dueMs;
        }

        private void Swap(long nowMs)
        {
            _isSwapped = false;
            int hash = Look();
            if (hash == SmartcardReader.Unknown || hash == _hash)
                return;
            Provisioning? old = Changes;
            object?[] before = new object?[_client._objects.Count * 2];
            for (int position = 0; position < _client._objects.Count; position++)
                before[position * 2] = _client._objects.At(position).Instances;
            Apply(hash);
            for (int position = 0; position < _client._objects.Count; position++)
            {
                bool wasTouched = old != null && old.Before[position * 2] != null;
                bool isTouched = Changes != null && Changes.Before[position * 2] != null;
                if (!wasTouched && !isTouched)
                    before[position * 2] = null;
            }

            _client.TellWhatChanged(before);
            _client.Unsaved(StorageRecords.Accounts | StorageRecords.AccessControl | StorageRecords.Attributes | StorageRecords.Objects
                | StorageRecords.Observations | StorageRecords.Registrations);
            // All of them: what was registered by the old card is not by the new one.
            _client.RebuildAccounts(-1, nowMs);
        }

        private int Look()
        {
            try
            {
                return _reader.Hash();
            }
            catch (System.Exception thrown)
            {
                _client._heard?.OnHandlerError(null, thrown);
                return SmartcardReader.Unknown;
            }
        }

        // First back to how it was without the card.
        private void Apply(int hash)
        {
            if (Changes != null)
                Changes.PutBack();
            Changes = null;
            _hash = hash;
            if (hash == SmartcardReader.None)
                return;
            Provisioning changes = new Provisioning(_client);
            bool applied = false;
            try
            {
                byte[]? content = _reader.Content();
                applied = content != null && changes.WriteCard(content) && _client.Security.InstanceCount > 0 && AccountCheck.FindInconsistency(_client.Security, _client.Servers, _client._objects, _client._accounts.Length, false) == null;
            }
            catch (System.Exception thrown)
            {
                _client._heard?.OnHandlerError(null, thrown);
            }

            if (applied)
            {
                Changes = changes;
                _client._heard?.OnBootstrapped();
                return;
            }

            changes.PutBack();
            _client._heard?.OnBootstrapFailed(BootstrapFailure.BadCard, 0, 0);
        }
    }
}
