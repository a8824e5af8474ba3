using System;

namespace Lwm2m.Client;

// What a bootstrap server, or a smartcard, has changed so far, and how it was before.
public sealed partial class Lwm2mClient
{
    internal sealed partial class Provisioning
    {
        /// <summary>For each object by its position in the registry: its instances before, and its snapshot; null where nothing was changed.</summary>
        public readonly object?[] Before;

        /// <summary>One bit for each account (modulo 32) that was written to.</summary>
        public int Accounts;

        private readonly Lwm2mClient _client;

        public Provisioning(Lwm2mClient client)
        {
            _client = client;
            Before = new object?[client._objects.Count * 2];
        }

        // Before the first change to an object: what it looks like now.
        public void Touch(Lwm2mObject found)
        {
            object?[] before = Before;
            int place = _client._objects.Position(found.Definition.ObjectId) * 2;
            if (before[place] != null)
                return;
            before[place + 1] = found.Snapshot();
            before[place] = found.Instances;
        }

        public bool IsTouched(int objectId) =>
            Before[_client._objects.Position(objectId) * 2] != null;

        public void PutBack()
        {
            for (int position = 0; position < _client._objects.Count; position++)
                PutBack(_client._objects.At(position), Before[position * 2 + 1]);
        }

        public void PutBack(Lwm2mObject found, object? snapshot)
        {
            if (snapshot == null)
                return;
            try
            {
                found.Restore(snapshot);
            }
            catch (Exception thrown)
            {
                _client._heard?.OnHandlerError(null, thrown);
            }
        }
    }
}
