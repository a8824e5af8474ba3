using System;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Notification storing (/1/x/6, attribute hqmax): values kept with their times while a server is away, and told when it is back. In a class of
// its own, since a type has 255 methods on the board.
public sealed partial class Lwm2mClient
{
    private static class Samples
    {
        // A message of samples is no larger than this where it has more than one: it goes in one block.
        private const int SampleMessageBytes = 512;

        // SenML takes smaller times as relative to now (RFC 8428 4.5.3).
        private const long FirstAbsoluteMs = (1L << 28) * 1000;

        public static KeepResult Keep(Lwm2mClient client, int slot, long nowMs)
        {
            ServerAccount account = client._accounts[client._observations.Server(slot)];
            bool isWoken = client._wakesToNotify && client.WakeFor(account);
            bool isStoring = client.Servers.GetBoolean(account.ServerInstance, ServerResource.NotificationStoring, out bool stores) != Outcome.Ok || stores;
            if (!isStoring)
                return account.IsAwake || isWoken ? KeepResult.Latest : KeepResult.Dropped;
            KeepResult kept;
            try
            {
                kept = TakeSamples(client, account, slot, nowMs);
            }
            catch (Exception thrown)
            {
                client._heard?.OnHandlerError(account, thrown);
                kept = KeepResult.Latest;
            }

            // Whoever set pmax without hqmax counts on a notification by now.
            if (kept == KeepResult.Latest && client._observations.IsOverdue(slot, nowMs))
                client.WakeFor(account);
            return kept;
        }

        // Part by part: each resource has the hqmax that it inherits.
        private static KeepResult TakeSamples(Lwm2mClient client, ServerAccount account, int slot, long nowMs)
        {
            int objectId = client._observations.ObjectId(slot);
            int instanceId = client._observations.InstanceId(slot);
            if (!client.Point(objectId, instanceId, client._observations.ResourceId(slot), client._observations.ResourceInstanceId(slot), out Lwm2mObject? found, out int word))
                return KeepResult.Latest;
            long most = client._observations.Hqmax(slot);
            if (word >= 0)
                return most > 0 && Sample(client, client._formats, client._values, slot, found!, word, client._path.Packed, most, nowMs) ? KeepResult.Sampled : KeepResult.Latest;

            bool isAny = false;
            bool isAll = true;
            for (int index = 0; index < found!.InstanceCount; index++)
            {
                int instance = found.InstanceAt(index);
                if ((instanceId < 0 || instance == instanceId) && client.MayAccess(account, objectId, instance, AccessRights.Read))
                    SampleInstance(client, account, slot, found, instance, nowMs, ref isAny, ref isAll);
            }

            return !isAny ? KeepResult.Latest : isAll ? KeepResult.Sampled : KeepResult.SampledPartly;
        }

        private static void SampleInstance(Lwm2mClient client, ServerAccount account, int slot, Lwm2mObject found, int instance, long nowMs, ref bool isAny, ref bool isAll)
        {
            ObjectDefinition definition = found.Definition;
            for (int index = 0; index < definition.Count; index++)
            {
                int word = definition.At(index);
                int resource = Resource.Id(word);
                if ((Resource.Ops(word) & Operations.Read) == 0 || !found.Has(instance, resource))
                    continue;
                long most = client._observations.Hqmax(slot);
                if (!client._observations.HasOwnAttributes(slot))
                {
                    client.ResolveAttributes(account, definition.ObjectId, instance, resource, -1, client._inForce);
                    most = (client._inForce.Mask & AttributeSet.QueueBit) != 0 ? client._inForce.Hqmax : 0;
                }

                if (most > 0 && Sample(client, client._formats, client._values, slot, found, word, ObservedPath.Pack(definition.ObjectId, instance, resource, -1), most, nowMs))
                    isAny = true;
                else
                    isAll = false;
            }
        }

        // False where the value cannot be read, or is too long to be kept.
        public static bool Sample(Lwm2mClient client, PayloadFormats formats, ValueWriter values, int owner, Lwm2mObject found, int word, long path, long most, long nowMs)
        {
            PayloadWriter writer = formats.Writer(ContentFormat.Tlv)!;
            int instance = ObservedPath.InstanceId(path);
            int resource = ObservedPath.ResourceId(path);
            int resourceInstance = ObservedPath.ResourceInstanceId(path);
            byte[] samples = client._observations.Samples;
            do
            {
                int at = client._observations.OpenSample(owner, path, most);
                if (at < 0)
                    continue;
                int limit = at + client._value.Scratch.Length < samples.Length ? at + client._value.Scratch.Length : samples.Length;
                writer.Begin(samples, at, limit, ObservedPath.ObjectId(path), instance, resource, resourceInstance);
                writer.Instance(ObservedPath.ObjectId(path), instance);
                values.BeginPayload(writer, word, resourceInstance);
                if (values.End(found.Read(instance, resource, values)) != Outcome.Ok)
                    return false;
                FormatStatus status = writer.End();
                if (status == FormatStatus.Ok)
                {
                    client._observations.CloseSample(owner, path, nowMs, writer.Length);
                    return true;
                }

                // Too long in any case.
                if (status != FormatStatus.BufferFull || limit < samples.Length)
                    return false;
            }
            while (client._observations.DropSample());
            return false;
        }

        // As many samples of an observation as go into one message, in SenML, which has times. Answers the place behind the last one; 0
        // where none could be written, which then are gone.
        public static int WriteSamples(Lwm2mClient client, int slot, CoapResponse into, ref int format, long nowMs)
        {
            int chosen = format == ContentFormat.SenmlJson ? ContentFormat.SenmlJson : ContentFormat.SenmlCbor;
            PayloadWriter writer = client._formats.Writer(chosen)!;
            int room = into.PayloadCapacity < SampleMessageBytes ? into.PayloadCapacity : SampleMessageBytes;
            int first;
            while ((first = client._observations.NextSample(slot, 0)) >= 0)
            {
                // The end of the payload needs a byte or two.
                int until = WriteSamples(client, slot, writer, into, room - 4, int.MaxValue, nowMs);
                if (writer.Status != FormatStatus.Ok && until > first)
                    until = WriteSamples(client, slot, writer, into, room, until, nowMs);
                else if (writer.Status != FormatStatus.Ok)
                    until = WriteSamples(client, slot, writer, into, into.PayloadCapacity, client._observations.AfterSample(first), nowMs);
                if (writer.Status == FormatStatus.Ok && until > first)
                {
                    into.PayloadLength = writer.Length;
                    format = chosen;
                    return until;
                }

                // One that does not fit alone will never go.
                client._observations.RemoveSample(first);
            }

            return 0;
        }

        // Answers the place behind the last sample that fitted.
        private static int WriteSamples(Lwm2mClient client, int slot, PayloadWriter writer, CoapResponse into, int room, int until, long nowMs)
        {
            int offset = into.PayloadOffset;
            writer.Begin(into.Payload, offset, offset + room, client._observations.ObjectId(slot), client._observations.InstanceId(slot),
                client._observations.ResourceId(slot), client._observations.ResourceInstanceId(slot));
            int fitted = WriteSamples(client, slot, writer, until, nowMs);
            writer.End();
            return fitted;
        }

        private static int WriteSamples(Lwm2mClient client, int owner, PayloadWriter writer, int until, long nowMs)
        {
            int fitted = 0;
            long instance = -1;
            for (int at = client._observations.NextSample(owner, 0); at >= 0 && at < until; at = client._observations.NextSample(owner, fitted))
            {
                long path = client._observations.SamplePathAt(at);
                if (ObservedPath.ToInstance(path) != instance)
                    writer.Instance(ObservedPath.ObjectId(path), ObservedPath.InstanceId(path));
                instance = ObservedPath.ToInstance(path);
                writer.AtTime(SampleTime(client._wallClock.UnixMs, client._observations.SampleTimeMs(at), nowMs));
                WriteSample(client, client._formats, at, path, writer);
                if (writer.Status != FormatStatus.Ok)
                    return fitted;
                fitted = client._observations.AfterSample(at);
            }

            return fitted;
        }

        // A wall clock that was never set counts from 1970: times before 1978 are told as "so long ago". One that was set since then leaves no
        // way to tell.
        public static long SampleTime(long unixMs, long takenMs, long nowMs)
        {
            long agoMs = nowMs - takenMs;
            if (unixMs - agoMs >= FirstAbsoluteMs)
                return unixMs - agoMs;
            return agoMs < FirstAbsoluteMs ? -agoMs : 0;
        }

        public static void WriteSample(Lwm2mClient client, PayloadFormats formats, int at, long path, PayloadWriter writer)
        {
            Lwm2mObject? found = client._objects.Find(ObservedPath.ObjectId(path));
            int resource = ObservedPath.ResourceId(path);
            int word = found == null ? -1 : found.Definition.Find(resource);
            if (word < 0)
                return;
            PayloadReader reader = formats.Reader(ContentFormat.Tlv)!;
            FormatStatus status = reader.Begin(client._observations.Samples, at + ObservationTable.SampleHead, client._observations.SampleValueLength(at),
                ObservedPath.ObjectId(path), ObservedPath.InstanceId(path), resource, ObservedPath.ResourceInstanceId(path));
            bool isHeaded = false;
            while (status == FormatStatus.Ok && (status = reader.Next()) == FormatStatus.Ok)
            {
                if (reader.Kind != RecordKind.Value)
                    continue;
                if (!Resource.IsMultiple(word))
                {
                    writer.Resource(resource);
                }
                else
                {
                    if (!isHeaded)
                        writer.Multiple(resource);
                    isHeaded = true;
                    writer.ResourceInstance(reader.ResourceInstanceId);
                }

                reader.CopyValue(Resource.Type(word), writer, client._value.Scratch);
            }
        }
    }
}
