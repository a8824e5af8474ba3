using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Bootstrap-Write and the Bootstrap-Pack (Core 6.1.7.5, 6.1.7.8): values are written whether or not they, or their instance, exist, and
// whatever servers may do with them. Each command takes effect as a whole or not at all.
public sealed partial class Lwm2mClient
{
    private Outcome BootstrapWrite(BootstrapServer bootstrap, CoapMessage request, CoapResponse response)
    {
        if (_path.Level == 0 || _path.Level == 4)
            return Refuse(Outcome.BadRequest, "only objects, instances and resources can be written");
        Lwm2mObject? found = _objects.Find(_path.ObjectId);
        if (found == null)
            return Refuse(Outcome.BadRequest, "this device has no such object");
        int word = -1;
        if (_path.Level == 3)
        {
            word = found.Definition.Find(_path.ResourceId);
            if (word < 0 || Resource.IsExecutable(word))
                return Refuse(Outcome.BadRequest, "the object has no such resource with a value");
        }

        Outcome outcome = ReaderFor(request, word, out PayloadReader? reader);
        if (outcome != Outcome.Ok)
            return outcome;
        ProvisioningChanges changes = Hold(bootstrap);
        Touch(changes, found);
        object? before = found.Snapshot();
        bool written = false;
        try
        {
            outcome = WriteForBootstrap(changes, found, reader!, request.PayloadBuffer, request.PayloadOffset, request.PayloadLength);
            written = outcome == Outcome.Ok;
        }
        finally
        {
            if (!written)
                PutBack(found, before);
        }

        if (written)
            response.Code = CoapCode.Changed;
        return outcome;
    }

    private Outcome WriteForBootstrap(ProvisioningChanges changes, Lwm2mObject found, PayloadReader reader, byte[] payload, int offset, int length)
    {
        Outcome outcome = _path.Level == 1 ? Outcome.Ok : Prepare(changes, found, _path.InstanceId, _path.Level == 2);
        FormatStatus status = reader.Begin(payload, offset, length, _path.ObjectId, _path.InstanceId, _path.ResourceId, -1);
        int last = _path.InstanceId;
        int records = 0;
        for (; outcome == Outcome.Ok && status == FormatStatus.Ok; records++)
        {
            status = reader.Next();
            if (status != FormatStatus.Ok)
                break;
            outcome = PrepareRecord(changes, found, reader, ref last);
        }

        if (outcome != Outcome.Ok)
            return outcome;
        if (status != FormatStatus.End)
            return RefuseFormat(status);
        if (records == 0 && _path.Level == 3)
            return Refuse(Outcome.BadRequest, "the payload has no value");

        reader.Begin(payload, offset, length, _path.ObjectId, _path.InstanceId, _path.ResourceId, -1);
        while (outcome == Outcome.Ok && reader.Next() == FormatStatus.Ok)
            outcome = WriteRecordForBootstrap(found, reader);
        return outcome;
    }

    // First pass: instances are made or emptied, before any of their values is written.
    private Outcome PrepareRecord(ProvisioningChanges changes, Lwm2mObject found, PayloadReader reader, ref int last)
    {
        int instance = InstanceOf(found, reader);
        if (instance < 0)
            return Refuse(Outcome.BadRequest, "the payload does not say which instance");
        if (instance != last)
        {
            last = instance;
            Outcome outcome = Prepare(changes, found, instance, true);
            if (outcome != Outcome.Ok)
                return outcome;
        }

        // A resource with instances is written as a whole.
        int word = reader.ResourceId < 0 ? -1 : found.Definition.Find(reader.ResourceId);
        bool isList = word >= 0 && Resource.IsMultiple(word) && (reader.Kind == RecordKind.Value || reader.Kind == RecordKind.EmptyMultiple);
        return isList && found.Has(instance, reader.ResourceId) ? found.Clear(instance, reader.ResourceId) : Outcome.Ok;
    }

    private Outcome Prepare(ProvisioningChanges changes, Lwm2mObject found, int instance, bool whole)
    {
        if (instance > Resource.MaxId || (found.Definition.IsSingle && instance != 0))
            return Refuse(Outcome.BadRequest, "the object cannot have this instance");
        NoteAccount(changes, found.Definition.ObjectId, instance);
        if (found.HasInstance(instance))
        {
            if (whole)
                found.BootstrapClear(instance);
            return Outcome.Ok;
        }

        if (found.InstanceCount >= found.Definition.MaxInstances)
            return Refuse(Outcome.ServiceUnavailable, "the object has no room for another instance");
        Outcome outcome = found.BootstrapCreate(instance);
        return outcome == Outcome.Ok ? outcome : Refuse(Outcome.BadRequest, "the instance cannot be created");
    }

    // TLV on an object may leave the wrapper out where there is one instance at most.
    private static int InstanceOf(Lwm2mObject found, PayloadReader reader) =>
        reader.InstanceId < 0 && found.Definition.IsSingle ? 0 : reader.InstanceId;

    private Outcome WriteRecordForBootstrap(Lwm2mObject found, PayloadReader reader)
    {
        RecordKind kind = reader.Kind;
        if (kind == RecordKind.EmptyInstance)
            return Outcome.Ok;
        if (kind == RecordKind.Null || kind == RecordKind.PathOnly)
            return Refuse(Outcome.BadRequest, "a record has no value");
        if (reader.ResourceId < 0)
            return Refuse(Outcome.BadRequest, "a value stands above resource level");
        int word = found.Definition.Find(reader.ResourceId);
        // Optional resources that the client does not know are passed over.
        if (word < 0)
            return Outcome.Ok;
        if (Resource.IsExecutable(word))
            return Refuse(Outcome.BadRequest, "an executable resource has no value");
        bool multiple = kind == RecordKind.EmptyMultiple || reader.ResourceInstanceId >= 0;
        if (multiple != Resource.IsMultiple(word))
            return Refuse(Outcome.BadRequest, multiple ? "the resource has no instances" : "the resource needs an instance id");

        int instance = InstanceOf(found, reader);
        if (kind == RecordKind.EmptyMultiple)
            return found.Clear(instance, reader.ResourceId);
        _value.Begin(reader);
        Outcome outcome = _value.Check(word, found.Definition);
        if (outcome != Outcome.Ok)
            return Refuse(outcome, "a value has the wrong type or is out of range");
        outcome = found.Validate(instance, reader.ResourceId, _value);
        if (outcome == Outcome.Ok)
            outcome = found.Write(instance, reader.ResourceId, _value);
        if (outcome == Outcome.ServiceUnavailable)
            return Refuse(outcome, "the object has no room for another value");
        return outcome == Outcome.Ok ? outcome : Refuse(Outcome.BadRequest, "the object refuses a value");
    }

    // All instances of each object in the Pack are replaced; objects that are not in it stay as they are. False, and all is as it was:
    // the Pack is malformed or inconsistent, and the server is to be asked by a Bootstrap-Request.
    private bool ApplyPack(BootstrapServer bootstrap, CoapMessage answer)
    {
        int format = answer.ContentFormat;
        PayloadReader? reader = format == ContentFormat.SenmlCbor || format == ContentFormat.SenmlJson || format == ContentFormat.Lwm2mCbor
            ? _formats.Reader(format)
            : null;
        bool applied = false;
        try
        {
            _path.Clear();
            applied = reader != null && WritePack(Hold(bootstrap), reader, answer) && FindInconsistency() == null;
        }
        catch (System.Exception thrown)
        {
            _heard?.OnHandlerError(null, thrown);
        }

        if (!applied)
            RollBack(bootstrap);
        return applied;
    }

    private bool WritePack(ProvisioningChanges changes, PayloadReader reader, CoapMessage answer)
    {
        FormatStatus status = Rewind(reader, answer);
        Lwm2mObject? found = null;
        int last = -1;
        while (status == FormatStatus.Ok && (status = reader.Next()) == FormatStatus.Ok)
        {
            if (found == null || reader.ObjectId != found.Definition.ObjectId)
            {
                found = _objects.Find(reader.ObjectId);
                if (found == null)
                    return false;
                last = -1;
                if (!IsTouched(changes, reader.ObjectId))
                {
                    Touch(changes, found);
                    DeleteInstances(changes, found, false);
                }
            }

            if (PrepareRecord(changes, found, reader, ref last) != Outcome.Ok)
                return false;
        }

        if (status != FormatStatus.End)
            return false;
        Rewind(reader, answer);
        while (reader.Next() == FormatStatus.Ok)
            if (WriteRecordForBootstrap(_objects.Find(reader.ObjectId)!, reader) != Outcome.Ok)
                return false;
        return true;
    }
}
