namespace Lwm2m.Client;

// What a Bootstrap-Delete takes, and what it spares (Core 6.1.7.6).
public sealed partial class Lwm2mClient
{
    internal sealed partial class Provisioning
    {
        public void DeleteInstances(Lwm2mObject found, bool cascades)
        {
            // The array is replaced at each change, never changed.
            int[] instances = found.Instances;
            for (int index = 0; index < instances.Length; index++)
                if (found.HasInstance(instances[index]) && !IsSpared(found, instances[index]))
                    DeleteInstance(found, instances[index], cascades);
        }

        public Outcome DeleteInstance(Lwm2mObject found, int instance, bool cascades)
        {
            Touch(found);
            int objectId = found.Definition.ObjectId;
            NoteAccount(objectId, instance);
            if (objectId == ObjectIds.Security && cascades)
                DeleteWhatBelongsTo(_client.Security.ShortServerId(instance));
            return found.BootstrapDelete(instance);
        }

        // A Bootstrap-Delete spares the bootstrap server's own account with its keys, the Device object (Core 6.1.7.6), and what the
        // application says is part of the device.
        public bool IsSpared(Lwm2mObject found, int instance)
        {
            int objectId = found.Definition.ObjectId;
            if (objectId == ObjectIds.Security)
                return _client.Security.IsBootstrap(instance);
            if (objectId == ObjectIds.Device || found.IsStatic(instance))
                return true;
            int account = _client.Security.BootstrapInstance();
            if (account < 0 || objectId < ObjectIds.Oscore)
                return false;
            if (IsLinked(_client.Security, account, SecurityResource.OscoreSecurityMode, -1, objectId, instance)
                || IsLinked(_client.Security, account, SecurityResource.MqttServer, -1, objectId, instance))
                return true;
            int at = -1;
            while ((at = _client.Security.NextInstance(account, SecurityResource.Cose, at)) >= 0)
                if (IsLinked(_client.Security, account, SecurityResource.Cose, at, objectId, instance))
                    return true;
            return false;
        }

        // Without its Security instance a server is none of the client's any more (Core 6.1.7.6, "unbootstrapping"): its Server instance
        // goes with it, and what nobody else can reach. Its observations, its rights and what it owned follow when the accounts are made anew.
        private void DeleteWhatBelongsTo(int shortServerId)
        {
            AccessControlObject? access = _client._accountCount > 1 ? _client._access : null;
            for (int position = 0; access != null && position < access.InstanceCount; position++)
            {
                if (!access.IsOnlyFor(shortServerId, position, out int objectId, out int instanceId))
                    continue;
                Lwm2mObject? found = _client._objects.Find(objectId);
                if (found != null && found != _client.Servers && found.HasInstance(instanceId) && !IsSpared(found, instanceId))
                    DeleteInstance(found, instanceId, false);
            }

            int server = _client.Servers.InstanceOf(shortServerId);
            if (server >= 0)
                DeleteInstance(_client.Servers, server, false);
        }

        // The account that an instance of /0, /1 or /21 is part of registers anew, when all is done.
        private void NoteAccount(int objectId, int instance)
        {
            for (int index = 0; index < _client._accountCount; index++)
            {
                ServerAccount account = _client._accounts[index];
                if ((objectId == ObjectIds.Security && account.SecurityInstance == instance)
                    || (objectId == ObjectIds.Server && account.ServerInstance == instance)
                    || (objectId == ObjectIds.Oscore && IsLinked(_client.Security, account.SecurityInstance, SecurityResource.OscoreSecurityMode, -1, objectId, instance)))
                    Accounts |= 1 << (index & 31);
            }
        }

        // The card's accounts stand in for all others, a bootstrap server's too.
        public void DeleteFactoryInstances(Lwm2mObject found)
        {
            int[] instances = found.Instances;
            for (int index = 0; index < instances.Length; index++)
                if (found == _client.Security || !IsSpared(found, instances[index]))
                    DeleteInstance(found, instances[index], false);
        }
    }
}
