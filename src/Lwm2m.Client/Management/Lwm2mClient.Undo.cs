using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// A write of several values is all or nothing, also when the object refuses the third of them. The old values are kept as
// TLV where the answer's payload will not be: an answer to a Write has none. No buffer of its own is needed.
public sealed partial class Lwm2mClient
{
    private static class UndoLog
    {
        // A resource that can be written but not read cannot be put back; such objects check in Validate.
        public static bool Keep(Lwm2mClient client, Lwm2mObject found, CoapResponse response, bool replace, out int length)
        {
            PayloadWriter writer = client._formats.Writer(ContentFormat.Tlv)!;
            writer.Begin(response.Payload, response.PayloadOffset, response.PayloadOffset + response.PayloadCapacity,
                client._path.ObjectId, client._path.InstanceId, -1, -1);
            writer.Instance(client._path.ObjectId, client._path.InstanceId);
            ObjectDefinition definition = found.Definition;
            for (int place = 0; place < definition.Count; place++)
            {
                int word = definition.At(place);
                if (!IsTouched(client, found, place, word, replace) || !found.Has(client._path.InstanceId, Resource.Id(word))
                    || (Resource.Ops(word) & Operations.Read) == 0)
                    continue;
                client._values.BeginPayload(writer, word, -1);
                client._values.End(found.Read(client._path.InstanceId, Resource.Id(word), client._values));
            }

            bool kept = writer.End() == FormatStatus.Ok;
            length = writer.Length;
            return kept;
        }

        private static bool IsTouched(Lwm2mClient client, Lwm2mObject found, int place, int word, bool replace) =>
            (Resource.Ops(word) & Operations.Write) != 0 && (client.IsNamed(place) || (replace && client.IsReplaced(found, place, word)));

        public static void PutBack(Lwm2mClient client, Lwm2mObject found, CoapResponse response, int length, bool replace)
        {
            ObjectDefinition definition = found.Definition;
            for (int place = 0; place < definition.Count; place++)
            {
                int word = definition.At(place);
                bool readable = (Resource.Ops(word) & Operations.Read) != 0;
                if (readable && IsTouched(client, found, place, word, replace) && (Resource.IsMultiple(word) || !Resource.IsMandatory(word)))
                    found.Clear(client._path.InstanceId, Resource.Id(word));
            }

            PayloadReader reader = client._formats.Reader(ContentFormat.Tlv)!;
            reader.Begin(response.Payload, response.PayloadOffset, length, client._path.ObjectId, client._path.InstanceId, -1, -1);
            client._value.Begin(reader);
            while (reader.Next() == FormatStatus.Ok)
                client.ApplyRecord(found, client._path.InstanceId, reader);
        }
    }
}
