using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Values are written whether or not they, or their instance, exist, and whatever servers may do with them (Core 6.1.7.5).
public sealed partial class Lwm2mClient
{
    internal sealed partial class Provisioning
    {
        public Outcome Write(Lwm2mObject found, PayloadReader reader, byte[] payload, int offset, int length)
        {
            Outcome outcome = _client._path.Level == 1 ? Outcome.Ok : Prepare(found, _client._path.InstanceId, _client._path.Level == 2);
            FormatStatus status = reader.Begin(payload, offset, length, _client._path.ObjectId, _client._path.InstanceId, _client._path.ResourceId, -1);
            int last = _client._path.InstanceId;
            int records = 0;
            for (; outcome == Outcome.Ok && status == FormatStatus.Ok; records++)
            {
                status = reader.Next();
                if (status != FormatStatus.Ok)
                    break;
                outcome = PrepareRecord(found, reader, ref last);
            }

            if (outcome != Outcome.Ok)
                return outcome;
            if (status != FormatStatus.End)
                return _client.RefuseFormat(status);
            if (records == 0 && _client._path.Level == 3)
                return _client.Refuse(Outcome.BadRequest, "the payload has no value");

            reader.Begin(payload, offset, length, _client._path.ObjectId, _client._path.InstanceId, _client._path.ResourceId, -1);
            while (outcome == Outcome.Ok && reader.Next() == FormatStatus.Ok)
                outcome = WriteRecord(found, reader);
            return outcome;
        }

        // First pass: instances are made or emptied, before any of their values is written.
        private Outcome PrepareRecord(Lwm2mObject found, PayloadReader reader, ref int last)
        {
            int instance = InstanceOf(found, reader);
            if (instance < 0)
                return _client.Refuse(Outcome.BadRequest, "the payload does not say which instance");
            if (instance != last)
            {
                last = instance;
                Outcome outcome = Prepare(found, instance, true);
                if (outcome != Outcome.Ok)
                    return outcome;
            }

            // A resource with instances is written as a whole.
            int word = reader.ResourceId < 0 ? -1 : found.Definition.Find(reader.ResourceId);
            bool isList = word >= 0 && Resource.IsMultiple(word) && (reader.Kind == RecordKind.Value || reader.Kind == RecordKind.EmptyMultiple);
            return isList && found.Has(instance, reader.ResourceId) ? found.Clear(instance, reader.ResourceId) : Outcome.Ok;
        }

        private Outcome Prepare(Lwm2mObject found, int instance, bool whole)
        {
            if (instance > Resource.MaxId || (found.Definition.IsSingle && instance != 0))
                return _client.Refuse(Outcome.BadRequest, "the object cannot have this instance");
            NoteAccount(found.Definition.ObjectId, instance);
            if (found.HasInstance(instance))
            {
                if (whole)
                    found.BootstrapClear(instance);
                return Outcome.Ok;
            }

            if (found.InstanceCount >= found.Definition.MaxInstances)
                return _client.Refuse(Outcome.ServiceUnavailable, "the object has no room for another instance");
            Outcome outcome = found.BootstrapCreate(instance);
            return outcome == Outcome.Ok ? outcome : _client.Refuse(Outcome.BadRequest, "the instance cannot be created");
        }

        // TLV on an object may leave the wrapper out where there is one instance at most.
        private static int InstanceOf(Lwm2mObject found, PayloadReader reader) =>
            reader.InstanceId < 0 && found.Definition.IsSingle ? 0 : reader.InstanceId;

        private Outcome WriteRecord(Lwm2mObject found, PayloadReader reader)
        {
            RecordKind kind = reader.Kind;
            if (kind == RecordKind.EmptyInstance)
                return Outcome.Ok;
            if (kind == RecordKind.Null || kind == RecordKind.PathOnly)
                return _client.Refuse(Outcome.BadRequest, "a record has no value");
            if (reader.ResourceId < 0)
                return _client.Refuse(Outcome.BadRequest, "a value stands above resource level");
            int word = found.Definition.Find(reader.ResourceId);
            // Optional resources that the client does not know are passed over.
            if (word < 0)
                return Outcome.Ok;
            if (Resource.IsExecutable(word))
                return _client.Refuse(Outcome.BadRequest, "an executable resource has no value");
            bool multiple = kind == RecordKind.EmptyMultiple || reader.ResourceInstanceId >= 0;
            if (multiple != Resource.IsMultiple(word))
                return _client.Refuse(Outcome.BadRequest, multiple ? "the resource has no instances" : "the resource needs an instance id");

            int instance = InstanceOf(found, reader);
            if (kind == RecordKind.EmptyMultiple)
                return found.Clear(instance, reader.ResourceId);
            _client._value.Begin(reader);
            Outcome outcome = _client._value.Check(word, found.Definition);
            if (outcome != Outcome.Ok)
                return _client.Refuse(outcome, "a value has the wrong type or is out of range");
            outcome = found.Validate(instance, reader.ResourceId, _client._value);
            if (outcome == Outcome.Ok)
                outcome = found.Write(instance, reader.ResourceId, _client._value);
            if (outcome == Outcome.ServiceUnavailable)
                return _client.Refuse(outcome, "the object has no room for another value");
            return outcome == Outcome.Ok ? outcome : _client.Refuse(Outcome.BadRequest, "the object refuses a value");
        }

        public bool WritePack(PayloadReader reader, CoapMessage answer)
        {
            FormatStatus status = _client.Rewind(reader, answer);
            Lwm2mObject? found = null;
            int last = -1;
            while (status == FormatStatus.Ok && (status = reader.Next()) == FormatStatus.Ok)
            {
                if (found == null || reader.ObjectId != found.Definition.ObjectId)
                {
                    found = _client._objects.Find(reader.ObjectId);
                    if (found == null)
                        return false;
                    last = -1;
                    if (!IsTouched(reader.ObjectId))
                    {
                        Touch(found);
                        DeleteInstances(found, false);
                    }
                }

                if (PrepareRecord(found, reader, ref last) != Outcome.Ok)
                    return false;
            }

            if (status != FormatStatus.End)
                return false;
            _client.Rewind(reader, answer);
            while (reader.Next() == FormatStatus.Ok)
                if (WriteRecord(_client._objects.Find(reader.ObjectId)!, reader) != Outcome.Ok)
                    return false;
            return true;
        }

        // EF(LwM2M_Bootstrap) (Core 1.1, appendix G): how many objects, how many bytes, and for each object its id, its version (one byte 0 for
        // 1.0, else major and minor), a length and that many bytes of TLV, its instances. All of it big endian.
        public bool WriteCard(byte[] content)
        {
            int objects = content[0] << 8 | content[1];
            int at = 4;
            for (int index = 0; index < objects; index++)
            {
                if (at + 5 > content.Length)
                    return false;
                Lwm2mObject? found = _client._objects.Find(content[at] << 8 | content[at + 1]);
                at += content[at + 2] == 0 ? 3 : 4;
                if (found == null || at + 2 > content.Length)
                    return false;
                int length = content[at] << 8 | content[at + 1];
                at += 2;
                if (at + length > content.Length)
                    return false;
                if (!IsTouched(found.Definition.ObjectId))
                {
                    Touch(found);
                    DeleteFactoryInstances(found);
                }

                _client._path.Set(found.Definition.ObjectId, -1, -1, -1);
                if (Write(found, _client._formats.Reader(ContentFormat.Tlv)!, content, at, length) != Outcome.Ok)
                    return false;
                at += length;
            }

            return at == content.Length;
        }
    }
}
