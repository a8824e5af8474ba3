using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Write-Composite (Core 6.3.10): values of several objects and instances, all or nothing. As with a Write, the first pass over the payload
// checks everything and changes nothing, the second hands the values over; where an object refuses one then, the old values, which are
// kept where the answer's payload will not be, are put back.
public sealed partial class Lwm2mClient
{
    private Outcome WriteComposite(ServerAccount account, CoapMessage request, CoapResponse response)
    {
        int format = request.ContentFormat;
        if (format < 0)
            return Refuse(Outcome.BadRequest, "Content-Format is missing");
        if (format != ContentFormat.SenmlCbor && format != ContentFormat.SenmlJson && format != ContentFormat.SenmlEtchCbor
            && format != ContentFormat.SenmlEtchJson && format != ContentFormat.Lwm2mCbor)
            return Outcome.UnsupportedContentFormat;
        PayloadReader reader = _formats.Reader(format)!;
        // Null removes a resource instance in the formats that were made for it (RFC 8790); LwM2M CBOR is taken at its word.
        bool mayRemove = format != ContentFormat.SenmlCbor && format != ContentFormat.SenmlJson;
        Outcome outcome = CheckComposite(account, reader, request, mayRemove, out int records);
        if (outcome != Outcome.Ok)
            return outcome;
        int undoLength = 0;
        bool undoable = records > 1 || _store != null;
        if (undoable && !KeepComposite(response, out undoLength))
            return Refuse(Outcome.ServiceUnavailable, "the old values are too large to be kept while the new ones are written");

        bool applied = false;
        try
        {
            outcome = ApplyComposite(reader, request);
            applied = outcome == Outcome.Ok;
            if (applied && _store != null && !SaveComposite())
            {
                applied = false;
                outcome = Unkept();
            }
        }
        finally
        {
            if (!applied && undoable)
                UndoComposite(response, undoLength);
        }

        if (!applied)
            return outcome;
        TellComposite(account, reader, request);
        response.Code = CoapCode.Changed;
        return Outcome.Ok;
    }

    private static FormatStatus RewindRoot(PayloadReader reader, CoapMessage request) =>
        reader.Begin(request.PayloadBuffer, request.PayloadOffset, request.PayloadLength, -1, -1, -1, -1);

    // Leaves the resources that are to be written in _paths.
    private Outcome CheckComposite(ServerAccount account, PayloadReader reader, CoapMessage request, bool mayRemove, out int records)
    {
        records = 0;
        _pathCount = 0;
        Lwm2mObject? last = null;
        FormatStatus status = RewindRoot(reader, request);
        while (status == FormatStatus.Ok && (status = reader.Next()) == FormatStatus.Ok)
        {
            Lwm2mObject? found = _objects.Find(reader.ObjectId);
            // The places that values need are counted for each object apart.
            if (found != last)
                _value.Begin(reader);
            last = found;
            records++;
            Outcome outcome = CheckCompositeRecord(account, found, reader, mayRemove);
            if (outcome != Outcome.Ok)
                return outcome;
        }

        if (status != FormatStatus.End)
            return RefuseFormat(status);
        return _pathCount > 0 ? Outcome.Ok : Refuse(Outcome.BadRequest, "the payload has no value");
    }

    private Outcome CheckCompositeRecord(ServerAccount account, Lwm2mObject? found, PayloadReader reader, bool mayRemove)
    {
        int objectId = reader.ObjectId;
        int instanceId = reader.InstanceId;
        int resourceId = reader.ResourceId;
        if (resourceId < 0)
            return Refuse(Outcome.BadRequest, "a value stands above resource level");
        if (IsHidden(objectId))
            return Outcome.Unauthorized;
        if (found == null || (objectId == ObjectIds.AccessControl && IsAccessHidden) || !found.HasInstance(instanceId))
            return Outcome.NotFound;
        if (!MayAccess(account, objectId, instanceId, AccessRights.Write))
            return Outcome.Unauthorized;
        int word = found.Definition.Find(resourceId);
        if (word < 0)
            return Outcome.NotFound;
        if (!TakePath(ObservedPath.Pack(objectId, instanceId, resourceId, -1)))
            return Refuse(Outcome.RequestEntityTooLarge, "more resources than this device writes at a time");
        // The path of the record, for the checks that a Write has in common.
        _path.Set(objectId, instanceId, resourceId, -1);
        if (reader.Kind != RecordKind.Null)
            return CheckRecord(found, reader, false);

        if ((Resource.Ops(word) & Operations.Write) == 0)
            return Outcome.MethodNotAllowed;
        if (!mayRemove || reader.ResourceInstanceId < 0)
            return Refuse(Outcome.BadRequest, "null removes a resource instance, in SenML-ETCH");
        bool isThere = Resource.IsMultiple(word) && found.Has(instanceId, resourceId)
            && HasResourceInstance(found, word, instanceId, reader.ResourceInstanceId);
        return isThere ? Outcome.Ok : Outcome.NotFound;
    }

    private bool TakePath(long path)
    {
        // Most records of one resource follow one another.
        for (int index = _pathCount - 1; index >= 0; index--)
            if (_paths[index] == path)
                return true;
        if (_pathCount == _paths.Length)
            return false;
        _paths[_pathCount++] = path;
        return true;
    }

    // A resource that can be written but not read cannot be put back; such objects check in Validate.
    private bool KeepComposite(CoapResponse response, out int length)
    {
        PayloadWriter writer = _formats.Writer(ContentFormat.SenmlCbor)!;
        writer.Begin(response.Payload, response.PayloadOffset, response.PayloadOffset + response.PayloadCapacity, -1, -1, -1, -1);
        for (int index = 0; index < _pathCount; index++)
        {
            Lwm2mObject found = PointAt(index, out int instanceId, out int word);
            if (!Resource.IsReadable(word) || !found.Has(instanceId, Resource.Id(word)))
                continue;
            writer.Instance(found.Definition.ObjectId, instanceId);
            _values.BeginPayload(writer, word, -1);
            _values.End(found.Read(instanceId, Resource.Id(word), _values));
        }

        bool kept = writer.End() == FormatStatus.Ok;
        length = writer.Length;
        return kept;
    }

    private Lwm2mObject PointAt(int index, out int instanceId, out int word)
    {
        long path = _paths[index];
        Lwm2mObject found = _objects.Find(ObservedPath.ObjectId(path))!;
        instanceId = ObservedPath.InstanceId(path);
        word = found.Definition.Find(ObservedPath.ResourceId(path));
        return found;
    }

    private Outcome ApplyComposite(PayloadReader reader, CoapMessage request)
    {
        _value.Begin(reader);
        FormatStatus status = RewindRoot(reader, request);
        Outcome outcome = status == FormatStatus.Ok ? Outcome.Ok : RefuseFormat(status);
        while (outcome == Outcome.Ok && reader.Next() == FormatStatus.Ok)
        {
            Lwm2mObject found = _objects.Find(reader.ObjectId)!;
            outcome = reader.Kind == RecordKind.Null
                ? found.ClearInstance(reader.InstanceId, reader.ResourceId, reader.ResourceInstanceId)
                : ApplyRecord(found, reader.InstanceId, reader);
        }

        return outcome;
    }

    private bool SaveComposite()
    {
        for (int index = 0; index < _pathCount; index++)
            KeepWritten(PointAt(index, out int instanceId, out _), instanceId);
        return Save();
    }

    private void UndoComposite(CoapResponse response, int length)
    {
        for (int index = 0; index < _pathCount; index++)
        {
            Lwm2mObject found = PointAt(index, out int instanceId, out int word);
            if (Resource.IsReadable(word) && (Resource.IsMultiple(word) || !Resource.IsMandatory(word)))
                found.Clear(instanceId, Resource.Id(word));
        }

        PayloadReader reader = _formats.Reader(ContentFormat.SenmlCbor)!;
        reader.Begin(response.Payload, response.PayloadOffset, length, -1, -1, -1, -1);
        _value.Begin(reader);
        while (reader.Next() == FormatStatus.Ok)
            ApplyRecord(_objects.Find(reader.ObjectId)!, reader.InstanceId, reader);
    }

    private void TellComposite(ServerAccount account, PayloadReader reader, CoapMessage request)
    {
        RewindRoot(reader, request);
        while (reader.Next() == FormatStatus.Ok)
        {
            int objectId = reader.ObjectId;
            int instanceId = reader.InstanceId;
            int resourceId = reader.ResourceId;
            int resourceInstanceId = reader.ResourceInstanceId;
            bool isRemoved = reader.Kind == RecordKind.Null;
            // A resource that lost an instance changed as a whole.
            ValueChanged(objectId, instanceId, resourceId, isRemoved ? -1 : resourceInstanceId);
            if (isRemoved)
                _heard?.OnDeleted(account, objectId, instanceId, resourceId, resourceInstanceId);
            else
                _heard?.OnWritten(account, objectId, instanceId, resourceId, resourceInstanceId);
        }
    }
}
