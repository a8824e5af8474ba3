using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// A write of several values is all or nothing, also when the object refuses the third of them. The old values are kept as
// TLV where the answer's payload will not be: an answer to a Write has none. No buffer of its own is needed.
public sealed partial class Lwm2mClient
{
    // A resource that can be written but not read cannot be put back; such objects check in Validate.
    private bool KeepForUndo(Lwm2mObject found, CoapResponse response, bool replace, out int length)
    {
        PayloadWriter writer = _formats.Writer(ContentFormat.Tlv)!;
        writer.Begin(response.Payload, response.PayloadOffset, response.PayloadOffset + response.PayloadCapacity,
            _path.ObjectId, _path.InstanceId, -1, -1);
        writer.Instance(_path.ObjectId, _path.InstanceId);
        ObjectDefinition definition = found.Definition;
        for (int place = 0; place < definition.Count; place++)
        {
            int word = definition.At(place);
            if (!IsTouched(found, place, word, replace) || !found.Has(_path.InstanceId, Resource.Id(word))
                || (Resource.Ops(word) & Operations.Read) == 0)
                continue;
            _values.BeginPayload(writer, word, -1);
            _values.End(found.Read(_path.InstanceId, Resource.Id(word), _values));
        }

        bool kept = writer.End() == FormatStatus.Ok;
        length = writer.Length;
        return kept;
    }

    private bool IsTouched(Lwm2mObject found, int place, int word, bool replace) =>
        (Resource.Ops(word) & Operations.Write) != 0 && (IsNamed(place) || (replace && IsReplaced(found, place, word)));

    private void Undo(Lwm2mObject found, CoapResponse response, int length, bool replace)
    {
        ObjectDefinition definition = found.Definition;
        for (int place = 0; place < definition.Count; place++)
        {
            int word = definition.At(place);
            bool readable = (Resource.Ops(word) & Operations.Read) != 0;
            if (readable && IsTouched(found, place, word, replace) && (Resource.IsMultiple(word) || !Resource.IsMandatory(word)))
                found.Clear(_path.InstanceId, Resource.Id(word));
        }

        PayloadReader reader = _formats.Reader(ContentFormat.Tlv)!;
        reader.Begin(response.Payload, response.PayloadOffset, length, _path.ObjectId, _path.InstanceId, -1, -1);
        _value.Begin(reader);
        while (reader.Next() == FormatStatus.Ok)
            ApplyRecord(found, _path.InstanceId, reader);
    }
}
