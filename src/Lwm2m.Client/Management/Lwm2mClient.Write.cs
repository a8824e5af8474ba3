using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Write, replace and partial (Core 6.3.3). Two passes over the payload: the first checks everything and changes nothing,
// the second hands the values to the object. If the object itself refuses one then, what was written before is put back.
public sealed partial class Lwm2mClient
{
    // Which resources of the object the payload names, one bit a place in its definition. 256 resources an object.
    private readonly byte[] _named = new byte[32];

    private Outcome Write(ServerAccount account, Lwm2mObject found, CoapMessage request, CoapResponse response, bool replace)
    {
        if (_path.Level < 2)
            return Outcome.MethodNotAllowed;
        Outcome outcome = CheckTarget(account, found, Operations.Write, AccessRights.Write, _path.Level == 3, out int word);
        if (outcome != Outcome.Ok)
            return outcome;
        if (_path.Level == 4 && !HasResourceInstance(found, word, _path.InstanceId, _path.ResourceInstanceId))
            return Outcome.NotFound;
        outcome = ReaderFor(request, word, out PayloadReader? reader);
        if (outcome != Outcome.Ok)
            return outcome;

        outcome = CheckRecords(found, reader!, request, false, out int records);
        if (outcome != Outcome.Ok)
            return outcome;
        bool severals = records > 1 || (replace && _path.Level < 4);
        bool isKept = _store != null && RecordOf(found) != 0;
        int undoLength = 0;
        bool undoable = (severals || isKept) && UndoLog.Keep(this, found, response, replace, out undoLength);
        if (severals && !undoable)
            return Refuse(Outcome.ServiceUnavailable, "the old values are too large to be kept while the new ones are written");
        bool applied = false;
        try
        {
            outcome = Apply(found, reader!, request, replace);
            applied = outcome == Outcome.Ok;
            if (applied && isKept)
            {
                KeepWritten(found, _path.InstanceId);
                applied = Save();
                if (!applied)
                    outcome = Unkept();
            }
        }
        finally
        {
            if (!applied && undoable)
                UndoLog.PutBack(this, found, response, undoLength, replace);
        }

        if (!applied)
            return outcome;

        TellWritten(account, found, reader!, request);
        response.Code = CoapCode.Changed;
        return Outcome.Ok;
    }

    /// <summary>The reader for the payload's format; 4.00 where the option is missing, 4.15 where the format does not suit the level.</summary>
    private Outcome ReaderFor(CoapMessage request, int word, out PayloadReader? reader)
    {
        reader = null;
        int format = request.ContentFormat;
        if (format < 0)
            return Refuse(Outcome.BadRequest, "Content-Format is missing");
        bool single = _path.Level == 4 || (_path.Level == 3 && !Resource.IsMultiple(word));
        switch (format)
        {
            case ContentFormat.PlainText:
            case ContentFormat.LegacyText:
            case ContentFormat.Cbor:
                if (!single)
                    return Outcome.UnsupportedContentFormat;
                break;
            case ContentFormat.OctetStream:
            case ContentFormat.LegacyOpaque:
                if (!single || Resource.Type(word) != DataType.Opaque)
                    return Outcome.UnsupportedContentFormat;
                break;
            case ContentFormat.LinkFormat:
            case ContentFormat.SenmlEtchCbor:
            case ContentFormat.SenmlEtchJson:
                return Outcome.UnsupportedContentFormat;
        }

        reader = _formats.Reader(format);
        return reader == null ? Outcome.UnsupportedContentFormat : Outcome.Ok;
    }

    private FormatStatus Rewind(PayloadReader reader, CoapMessage request) =>
        reader.Begin(request.PayloadBuffer, request.PayloadOffset, request.PayloadLength,
            _path.ObjectId, _path.InstanceId, _path.ResourceId, _path.ResourceInstanceId);

    // First pass: every record is on the path, writable, of the right type and in range. Unknown resources are passed over.
    // A Create may carry read-only values, which are ignored (Core 6.3.7).
    private Outcome CheckRecords(Lwm2mObject found, PayloadReader reader, CoapMessage request, bool creating, out int records)
    {
        records = 0;
        System.Array.Clear(_named, 0, _named.Length);
        _value.Begin(reader);
        FormatStatus status = Rewind(reader, request);
        while (status == FormatStatus.Ok)
        {
            status = reader.Next();
            if (status != FormatStatus.Ok)
                break;
            Outcome outcome = CheckRecord(found, reader, creating);
            if (outcome != Outcome.Ok)
                return outcome;
            records++;
        }

        if (status == FormatStatus.End)
            return records > 0 || _path.Level < 3 ? Outcome.Ok : Refuse(Outcome.BadRequest, "the payload has no value");
        return RefuseFormat(status);
    }

    private Outcome RefuseFormat(FormatStatus status)
    {
        switch (status)
        {
            case FormatStatus.WrongPath:
                return Refuse(Outcome.BadRequest, "the payload leaves the path of the request");
            case FormatStatus.TooLong:
                return Refuse(Outcome.BadRequest, "a value is longer than this device's limit");
            case FormatStatus.OutOfRange:
                return Refuse(Outcome.BadRequest, "a number is out of range");
            default:
                return Refuse(Outcome.BadRequest, "the payload is malformed");
        }
    }

    private Outcome CheckRecord(Lwm2mObject found, PayloadReader reader, bool creating)
    {
        RecordKind kind = reader.Kind;
        if (kind == RecordKind.EmptyInstance)
            return Outcome.Ok;
        if (kind == RecordKind.Null || kind == RecordKind.PathOnly)
            return Refuse(Outcome.BadRequest, "a record has no value");
        if (reader.ResourceId < 0)
            return Refuse(Outcome.BadRequest, "a value stands above resource level");

        int place = found.Definition.Position(reader.ResourceId);
        if (place < 0)
            return _path.Level < 3 ? Outcome.Ok : Outcome.NotFound;
        int word = found.Definition.At(place);
        if ((Resource.Ops(word) & Operations.Write) == 0)
            return creating ? Outcome.Ok : Refuse(Outcome.MethodNotAllowed, "a resource in the payload is not writable");
        bool multiple = kind == RecordKind.EmptyMultiple || reader.ResourceInstanceId >= 0;
        if (multiple != Resource.IsMultiple(word))
            return Refuse(Outcome.BadRequest, multiple ? "the resource has no instances" : "the resource needs an instance id");
        _named[place >> 3] |= (byte)(1 << (place & 7));
        if (kind == RecordKind.EmptyMultiple)
            return Outcome.Ok;

        Outcome outcome = _value.Check(word, found.Definition);
        if (outcome != Outcome.Ok)
            return Refuse(outcome, "a value has the wrong type or is out of range");
        if (Resource.Type(word) == DataType.ObjectLink && !IsLinkTarget())
            return Refuse(Outcome.BadRequest, "the object link points nowhere");
        return found.Validate(creating ? -1 : _path.InstanceId, reader.ResourceId, _value);
    }

    // Null, an object of this client, or one of its instances (Core, table of data types).
    private bool IsLinkTarget()
    {
        if (_value.GetObjectLink(out int objectId, out int instanceId) != Outcome.Ok)
            return false;
        if (objectId == 65535)
            return instanceId == 65535;
        Lwm2mObject? target = _objects.Find(objectId);
        return target != null && (instanceId == 65535 || target.HasInstance(instanceId));
    }

    private bool IsNamed(int place) => (_named[place >> 3] & (1 << (place & 7))) != 0;

    private Outcome Apply(Lwm2mObject found, PayloadReader reader, CoapMessage request, bool replace)
    {
        if (replace)
        {
            Outcome cleared = ClearForReplace(found);
            if (cleared != Outcome.Ok)
                return cleared;
        }

        _value.Begin(reader);
        FormatStatus status = Rewind(reader, request);
        Outcome outcome = status == FormatStatus.Ok ? Outcome.Ok : RefuseFormat(status);
        while (outcome == Outcome.Ok && reader.Next() == FormatStatus.Ok)
            outcome = ApplyRecord(found, _path.InstanceId, reader);
        return outcome;
    }

    private Outcome ApplyRecord(Lwm2mObject found, int instanceId, PayloadReader reader)
    {
        RecordKind kind = reader.Kind;
        if (kind != RecordKind.Value && kind != RecordKind.EmptyMultiple)
            return Outcome.Ok;
        int word = found.Definition.Find(reader.ResourceId);
        if (word < 0 || (Resource.Ops(word) & Operations.Write) == 0)
            return Outcome.Ok;
        // An array without elements: there, and empty.
        if (kind == RecordKind.EmptyMultiple)
            return found.Clear(instanceId, reader.ResourceId);
        return found.Write(instanceId, reader.ResourceId, _value);
    }

    // Replace: what the payload does not name goes back to its initial state where that is possible, and a multi-instance
    // resource starts from nothing. A mandatory resource that is not named keeps its value: there is nothing to put instead.
    private Outcome ClearForReplace(Lwm2mObject found)
    {
        ObjectDefinition definition = found.Definition;
        for (int place = 0; place < definition.Count; place++)
        {
            int word = definition.At(place);
            if (!IsReplaced(found, place, word))
                continue;
            Outcome outcome = found.Clear(_path.InstanceId, Resource.Id(word));
            if (outcome != Outcome.Ok)
                return outcome;
        }

        return Outcome.Ok;
    }

    private bool IsReplaced(Lwm2mObject found, int place, int word)
    {
        if ((Resource.Ops(word) & Operations.Write) == 0 || !found.Has(_path.InstanceId, Resource.Id(word)))
            return false;
        if (_path.Level >= 3 && Resource.Id(word) != _path.ResourceId)
            return false;
        if (_path.Level == 4)
            return false;
        return IsNamed(place) ? Resource.IsMultiple(word) : !Resource.IsMandatory(word);
    }

    // One event and one change a resource: a multi-instance one that came with ten instances was still written once,
    // but a single instance of it, addressed or merged, is told by its own path.
    private void TellWritten(ServerAccount account, Lwm2mObject found, PayloadReader reader, CoapMessage request)
    {
        int instanceId = _path.InstanceId;
        int last = -1;
        Rewind(reader, request);
        while (reader.Next() == FormatStatus.Ok)
        {
            int resourceId = reader.ResourceId;
            if (resourceId == last || reader.Kind == RecordKind.EmptyInstance)
                continue;
            int word = found.Definition.Find(resourceId);
            if (word < 0 || (Resource.Ops(word) & Operations.Write) == 0)
                continue;
            last = resourceId;
            int resourceInstanceId = _path.Level == 4 ? _path.ResourceInstanceId : -1;
            ValueChanged(_path.ObjectId, instanceId, resourceId, resourceInstanceId);
            _heard?.OnWritten(account, _path.ObjectId, instanceId, resourceId, resourceInstanceId);
        }

        if (_path.Level == 2)
            ValueChanged(_path.ObjectId, instanceId, -1, -1);
    }
}
