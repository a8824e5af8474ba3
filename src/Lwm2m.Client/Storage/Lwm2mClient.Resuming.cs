using Lwm2m.Formats;
using Lwm2m.Transport;

namespace Lwm2m.Client;

// Registrations and their observations over a restart. A registration is bound to the address that it was made from: a server that
// is told by an Update from the same port knows its client again, and goes on to get its notifications (Core 6.2.2). Where the
// port, the observations or the lifetime are lost, the client registers.
public sealed partial class Lwm2mClient
{
    private sealed partial class StoredState
    {
        private const int KeptFlags = ServerAccount.QueueMode | ServerAccount.NeedsWholeList;

        private void WriteRegistrations(SealedRecord to)
        {
            for (int index = 0; index < _client._accountCount; index++)
            {
                ServerAccount account = _client._accounts[index];
                if (!account.IsRegistered && !IsInherited(index) || account.LocationLength == 0)
                    continue;
                to.Number(account.ShortServerId);
                to.Number(Identity(account));
                to.Bytes(account.Location, 0, account.LocationLength);
                to.Byte((int)account.Version);
                to.Number(account.Flags & KeptFlags);
                to.Number(Port(index));
                to.Number(EndMs(index));
                to.Number(SinceMs(index));
                to.Number(Hash(index));
            }
        }

        // At the first Poll after the start, and after a restart of the client alone.
        public void LoadRegistrations(long nowMs)
        {
            Stage = Loaded;
            if (!IsIntact(StorageRecords.Registrations))
                return;
            SealedRecord from = Stream;
            while (from.Remaining > 0 && !from.Failed)
                ReadRegistration(from);
            if (from.Failed)
                SetAside(StorageRecords.Registrations);
            if (from.Failed || !LoadObservations(nowMs))
                for (int index = 0; index < _client._accountCount; index++)
                    GiveUp(index);
        }

        private void ReadRegistration(SealedRecord from)
        {
            ServerAccount? account = AccountWith(from.ReadNumber(0, Resource.MaxId));
            int identity = (int)from.ReadNumber();
            byte[] location = from.ReadBytes();
            LwM2MVersion version = (LwM2MVersion)from.ReadByte();
            int flags = (int)from.ReadNumber() & KeptFlags;
            int port = from.ReadNumber(0, 65535);
            long endMs = from.ReadNumber();
            long sinceMs = from.ReadNumber();
            int hash = (int)from.ReadNumber();
            // Another name or another address: another registration.
            if (from.Failed || account == null || identity != Identity(account) || version > _client._highestVersion || !account.SetLocation(location))
                return;
            account.Version = version;
            account.Flags |= flags;
            SetRegistration(account.Index, port, endMs, sinceMs, hash);
            SetInherited(account.Index, true);
        }

        private bool LoadObservations(long nowMs)
        {
            if (!IsIntact(StorageRecords.Observations))
                return false;
            SealedRecord from = Stream;
            while (from.Remaining > 0 && !from.Failed)
            {
                ServerAccount? account = AccountWith(from.ReadNumber(0, Resource.MaxId));
                byte[] token = from.ReadBytes();
                long path = from.ReadBits();
                int how = from.ReadByte();
                int format = from.ReadNumber(0, 65535);
                int cacheKey = (int)from.ReadNumber();
                int sequence = from.ReadNumber(0, 0xFFFFFF);
                AttributeSet? own = null;
                if ((how & ObservedOwn) != 0)
                {
                    own = _client._asked;
                    own.ReadFrom(from);
                }

                bool isComposite = path == ObservedPath.All;
                bool isWhole = !isComposite || ReadMembers(from);
                if (from.Failed || account == null || token.Length > _client._token.Length || !IsInherited(account.Index))
                    continue;
                int slot = !isWhole ? -1 : isComposite
                    ? _client._observations.ObserveComposite(account.Index, token, 0, token.Length, _client._paths, _client._pathCount,
                        _client.SingleValues(), format, cacheKey, own, nowMs)
                    : _client._observations.Observe(account.Index, token, 0, token.Length, path, (how & ObservedSingle) != 0, format, cacheKey, own, nowMs);
                if (slot < 0)
                    GiveUp(account.Index);
                else
                    _client._observations.Inherit(slot, sequence);
            }

            if (from.Failed)
                SetAside(StorageRecords.Observations);
            // The sequences have jumped: were they not stored, the next restart would jump to the same place.
            _client._unsaved |= StorageRecords.Observations;
            return !from.Failed;
        }

        // The paths of a composite observation. False where they are more than fit.
        private bool ReadMembers(SealedRecord from)
        {
            _client._pathCount = 0;
            int count = from.ReadNumber(0, from.Remaining);
            for (int index = 0; index < count && !from.Failed; index++)
            {
                long path = from.ReadBits();
                if (_client._pathCount < _client._paths.Length)
                    _client._paths[_client._pathCount++] = path;
            }

            return _client._pathCount == count;
        }

        // The link is up: whether the registration from before the restart lives, so that an Update will do.
        public bool CanResume(ServerAccount account)
        {
            int index = account.Index;
            if (!IsInherited(index))
                return false;
            ITransport? transport = _client._linkTransports[index];
            if (transport == null || transport.IsReliable || transport.LocalPort(index) != Port(index) || IsOver(index))
            {
                GiveUp(index);
                return false;
            }

            // What changed while nobody could tell goes with the Update.
            if (Hash(index) != Told(account))
                account.Pending |= ServerAccount.PendingLifetime | ServerAccount.PendingBinding | ServerAccount.PendingObjects;
            return true;
        }

        // The port from before the restart is taken: any other will do for a Register.
        public bool IsPortLost(ServerAccount account, LinkFailure reason)
        {
            if (reason != LinkFailure.LocalPortInUse || _client._localPort != 0 || !IsInherited(account.Index))
                return false;
            GiveUp(account.Index);
            return account.State == RegistrationState.Connecting;
        }

        /// <summary>The local port that the registration from before the restart was made from; 0 where there is none.</summary>
        public int PortOf(ServerAccount account) => IsInherited(account.Index) ? Port(account.Index) : 0;

        private void GiveUp(int index)
        {
            if (!IsInherited(index))
                return;
            SetInherited(index, false);
            _client._observations.RemoveServer(index);
            _client._unsaved |= StorageRecords.Observations | StorageRecords.Registrations;
        }

        // A clock that was set back, or starts anew with the device, knows nothing: then the server says whether the registration lives.
        private bool IsOver(int index)
        {
            long nowMs = _client._wallClock.UnixMs;
            return EndMs(index) != 0 && nowMs >= SinceMs(index) && nowMs >= EndMs(index);
        }

        // The machine went from one state to another, or a server confirmed an Update.
        public void KeepRegistration(ServerAccount account, RegistrationState before, RegistrationAction action)
        {
            int index = account.Index;
            if (action == RegistrationAction.Confirm || action == RegistrationAction.Confirmed)
            {
                long nowMs = _client._wallClock.UnixMs;
                long lifetime = _client.Servers.LifetimeSeconds(account.ServerInstance);
                bool knowsAll = (account.Pending & (ServerAccount.PendingLifetime | ServerAccount.PendingBinding | ServerAccount.PendingObjects)) == 0;
                ITransport? transport = _client._linkTransports[index];
                SetRegistration(index, transport == null ? 0 : transport.LocalPort(index), lifetime <= 0 ? 0 : nowMs + lifetime * 1000,
                    nowMs, knowsAll ? Told(account) : 0);
                SetInherited(index, false);
                _client._unsaved |= action == RegistrationAction.Confirm ? StorageRecords.Observations | StorageRecords.Registrations : StorageRecords.Registrations;
                return;
            }

            bool wasRegistered = before == RegistrationState.Registered || before == RegistrationState.Updating || before == RegistrationState.Asleep;
            if (!wasRegistered || account.IsRegistered)
                return;
            SetInherited(index, false);
            _client._unsaved |= StorageRecords.Observations | StorageRecords.Registrations;
        }

        // Whose registration it is, and where.
        private int Identity(ServerAccount account) => Hash(Hash(17, _client.Endpoint), account.Uri);

        // What a Register tells of: lifetime, binding, and which instances there are. Never 0.
        private int Told(ServerAccount account)
        {
            // Read as a notification would compare it: a text of its own at each Update would be garbage.
            int binding = _client.Probe(ObjectIds.Server, account.ServerInstance, ServerResource.Binding, -1) ? _client._values.Hash : 0;
            int hash = (int)_client.Servers.LifetimeSeconds(account.ServerInstance) * 31 + binding;
            for (int position = 0; position < _client._objects.Count; position++)
            {
                Lwm2mObject listed = _client._objects.At(position);
                if (IsHidden(listed.Definition.ObjectId))
                    continue;
                hash = hash * 31 + listed.Definition.ObjectId;
                for (int index = 0; index < listed.InstanceCount; index++)
                    hash = hash * 31 + listed.InstanceAt(index) + 1;
            }

            return hash == 0 ? 1 : hash;
        }

        private static int Hash(int hash, string text)
        {
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
            return Crc32.Add(hash, bytes, 0, bytes.Length);
        }
    }
}
