using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// What Send tells, captured at the call straight into the queue.
public sealed partial class Lwm2mClient
{
    private static partial class Sending
    {
        // Recorded values where there are no paths.
        public static Outcome Queue(Lwm2mClient client, int shortServerId, string[]? paths, long path, out int id)
        {
            id = 0;
            Outcome outcome = Outcome.NotFound;
            lock (client.Gate)
            {
                int before = client._sendEnd;
                int next = client._lastSendId + 1;
                for (int index = 0; index < client._accountCount; index++)
                {
                    ServerAccount account = client._accounts[index];
                    if (shortServerId != 0 && account.ShortServerId != shortServerId)
                        continue;
                    Outcome queued = Queue(client, account, paths, path, next);
                    if (queued == Outcome.ServiceUnavailable || queued == Outcome.RequestEntityTooLarge)
                    {
                        // All of them or none.
                        client._sendEnd = before;
                        return queued;
                    }

                    if (outcome != Outcome.Ok)
                        outcome = queued;
                }

                if (outcome != Outcome.Ok)
                    return outcome;
                client._lastSendId = next == int.MaxValue ? 0 : next;
                id = next;
            }

            client.Wake();
            return outcome;
        }

        private static Outcome Queue(Lwm2mClient client, ServerAccount account, string[]? paths, long path, int id)
        {
            if (!account.IsRegistered)
                return Outcome.PreconditionFailed;
            if (IsMuted(client, account))
                return Outcome.Forbidden;
            int at = client._sendEnd + SendHead;
            if (at > client._sends.Length)
                return Outcome.ServiceUnavailable;
            PayloadWriter writer = SendFormats(client).Writer(ContentFormat.SenmlCbor)!;
            writer.Begin(client._sends, at, client._sends.Length, -1, -1, -1, -1);
            Outcome outcome;
            try
            {
                outcome = paths != null ? WriteSent(client, account, paths, writer)
                    : path == NoPath ? WriteRecorded(client, account, writer) : WriteSent(client, account, path, writer, SendValues(client));
            }
            catch (Exception thrown)
            {
                client._heard?.OnHandlerError(account, thrown);
                outcome = Outcome.InternalError;
            }

            if (outcome != Outcome.Ok)
                return outcome;
            FormatStatus status = writer.End();
            if (status == FormatStatus.BufferFull)
                return at == SendHead ? Outcome.RequestEntityTooLarge : Outcome.ServiceUnavailable;
            if (status != FormatStatus.Ok)
                return Outcome.InternalError;
            KeepSend(client, account.ShortServerId, id, writer.Length);
            account.SendDueMs = 0;
            client.WakeFor(account);
            return Outcome.Ok;
        }

        private static Outcome WriteSent(Lwm2mClient client, ServerAccount account, string[] paths, PayloadWriter writer)
        {
            ValueWriter values = SendValues(client);
            for (int index = 0; index < paths.Length; index++)
            {
                Outcome outcome = WriteSent(client, account, ObservedPath.Parse(paths[index]), writer, values);
                if (outcome != Outcome.Ok)
                    return outcome;
            }

            return Outcome.Ok;
        }

        private static Outcome WriteSent(Lwm2mClient client, ServerAccount account, long path, PayloadWriter writer, ValueWriter values)
        {
            Outcome outcome = FindSendable(client, path, out Lwm2mObject? found, out int word);
            if (outcome != Outcome.Ok)
                return outcome;
            int instanceId = ObservedPath.InstanceId(path);
            for (int position = 0; position < found!.InstanceCount; position++)
            {
                int instance = found.InstanceAt(position);
                if (instanceId >= 0 && instance != instanceId)
                    continue;
                outcome = MaySend(client, account, found, instance) ? WriteSent(found, instance, word, ObservedPath.ResourceInstanceId(path), writer, values)
                    : instanceId < 0 ? Outcome.Ok : Outcome.Unauthorized;
                if (outcome != Outcome.Ok)
                    return outcome;
            }

            return Outcome.Ok;
        }

        private static Outcome WriteSent(Lwm2mObject found, int instance, int word, int resourceInstance, PayloadWriter writer, ValueWriter values)
        {
            ObjectDefinition definition = found.Definition;
            writer.Instance(definition.ObjectId, instance);
            if (word >= 0)
            {
                values.BeginPayload(writer, word, resourceInstance);
                return values.End(found.Read(instance, Resource.Id(word), values));
            }

            for (int index = 0; index < definition.Count; index++)
            {
                word = definition.At(index);
                if ((Resource.Ops(word) & Operations.Read) == 0 || !found.Has(instance, Resource.Id(word)))
                    continue;
                values.BeginPayload(writer, word, -1);
                Outcome outcome = values.End(found.Read(instance, Resource.Id(word), values));
                if (outcome != Outcome.Ok && outcome != Outcome.NotFound)
                    return outcome;
            }

            return Outcome.Ok;
        }

        // Values of what the server may not read, or what is gone, are passed over.
        private static Outcome WriteRecorded(Lwm2mClient client, ServerAccount account, PayloadWriter writer)
        {
            long nowMs = client._wallClock.UnixMs;
            Outcome outcome = Outcome.NotFound;
            for (int at = client._observations.NextSample(ObservationTable.Recorded, 0); at >= 0;
                at = client._observations.NextSample(ObservationTable.Recorded, client._observations.AfterSample(at)))
            {
                long path = client._observations.SamplePathAt(at);
                Outcome found = FindSendable(client, path, out Lwm2mObject? sendable, out _);
                if (found == Outcome.Ok && !MaySend(client, account, sendable!, ObservedPath.InstanceId(path)))
                    found = Outcome.Unauthorized;
                if (found != Outcome.Ok)
                {
                    if (outcome != Outcome.Ok)
                        outcome = found;
                    continue;
                }

                outcome = Outcome.Ok;
                writer.Instance(ObservedPath.ObjectId(path), ObservedPath.InstanceId(path));
                writer.AtTime(Samples.SampleTime(nowMs, client._observations.SampleTimeMs(at), nowMs));
                Samples.WriteSample(client, SendFormats(client), at, path, writer);
            }

            return outcome;
        }

        // What is in no registration cannot be sent.
        public static Outcome FindSendable(Lwm2mClient client, long path, out Lwm2mObject? found, out int word)
        {
            word = -1;
            int objectId = ObservedPath.ObjectId(path);
            found = IsHidden(objectId) ? null : client._objects.Find(objectId);
            int instance = ObservedPath.InstanceId(path);
            if (found == null || (instance >= 0 && !found.HasInstance(instance)))
                return Outcome.NotFound;
            int resource = ObservedPath.ResourceId(path);
            if (resource < 0)
                return Outcome.Ok;
            word = found.Definition.Find(resource);
            if (word < 0 || instance < 0)
                return Outcome.NotFound;
            if ((Resource.Ops(word) & Operations.Read) == 0 || (ObservedPath.ResourceInstanceId(path) >= 0 && !Resource.IsMultiple(word)))
                return Outcome.MethodNotAllowed;
            return found.Has(instance, resource) ? Outcome.Ok : Outcome.NotFound;
        }

        // Absent means muted (Core, resource /1/x/23); LwM2M 1.0 has no Send.
        private static bool IsMuted(Lwm2mClient client, ServerAccount account) => account.Version == LwM2MVersion.V10
            || client.Servers.GetBoolean(account.ServerInstance, ServerResource.MuteSend, out bool muted) != Outcome.Ok || muted;

        // Called from a handler, the engine's own writers may be in the middle of an answer.
        public static PayloadFormats SendFormats(Lwm2mClient client) => client._inEngine ? client._localFormats ??= new PayloadFormats(new FormatLimits()) : client._formats;

        public static ValueWriter SendValues(Lwm2mClient client)
        {
            if (!client._inEngine)
                return client._values;
            client._localValues ??= new ValueWriter(0);
            client._localValues.IsLocal = false;
            return client._localValues;
        }
    }
}
