using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Read-Composite, and the payloads of Observe-Composite and its notifications (Core 6.3.9, 6.4.4): several paths in one message. What is
// not there, cannot be read or is none of the server's business is left out without a word; no single failure fails the whole.
public sealed partial class Lwm2mClient
{
    // The paths of the request under way, or of the notification.
    private readonly long[] _paths;
    private int _pathCount;

    // What was written last of the answer, and whether any instance was asked for, and any of them granted.
    private long _written;
    private bool _isAnyThere;
    private bool _isAnyGranted;

    private Outcome ReadComposite(ServerAccount account, CoapMessage request, CoapResponse response, long nowMs)
    {
        Outcome outcome = TakePaths(request);
        if (outcome != Outcome.Ok)
            return outcome;
        int format = request.Accept == ContentFormat.None ? ContentFormat.SenmlCbor : request.Accept;
        if (format != ContentFormat.SenmlCbor && format != ContentFormat.SenmlJson && format != ContentFormat.Lwm2mCbor)
            return Outcome.NotAcceptable;
        int observe = request.Observe;
        int slot = -1;
        if (observe == 0)
        {
            outcome = ObserveComposite(account, request, format, nowMs, out slot);
            if (outcome != Outcome.Ok)
                return outcome;
        }

        outcome = WritePaths(account, format, response);
        if (outcome != Outcome.Ok)
        {
            if (slot >= 0)
                _observations.Remove(slot);
            return outcome;
        }

        response.Code = CoapCode.Content;
        response.ContentFormat = format;
        if (observe == 1)
            CancelObservation(account, request);
        else if (slot >= 0)
            AnswerObserved(account, response, slot);
        return Outcome.Ok;
    }

    private Outcome TakePaths(CoapMessage request)
    {
        int format = request.ContentFormat;
        if (format < 0)
            return Refuse(Outcome.BadRequest, "Content-Format is missing");
        if (format != ContentFormat.SenmlCbor && format != ContentFormat.SenmlJson
            && format != ContentFormat.SenmlEtchCbor && format != ContentFormat.SenmlEtchJson)
            return Outcome.UnsupportedContentFormat;
        PayloadReader reader = _formats.Reader(format)!;
        _pathCount = 0;
        FormatStatus status = Rewind(reader, request);
        while (status == FormatStatus.Ok && (status = reader.Next()) == FormatStatus.Ok)
        {
            if (reader.Kind != RecordKind.PathOnly)
                return Refuse(Outcome.BadRequest, "a path to be read has a value");
            if (_pathCount == _paths.Length)
                return Refuse(Outcome.RequestEntityTooLarge, "more paths than this device takes at a time");
            _paths[_pathCount++] = ObservedPath.Pack(reader.ObjectId, reader.InstanceId, reader.ResourceId, reader.ResourceInstanceId);
        }

        if (status != FormatStatus.End)
            return RefuseFormat(status);
        return _pathCount > 0 ? Outcome.Ok : Refuse(Outcome.BadRequest, "there is no path");
    }

    private Outcome WritePaths(ServerAccount account, int format, CoapResponse response)
    {
        PayloadWriter writer = _formats.Writer(format)!;
        // Maps of LwM2M CBOR know each object instance once.
        if (format == ContentFormat.Lwm2mCbor)
            SortPaths();
        int offset = response.PayloadOffset;
        writer.Begin(response.Payload, offset, offset + response.PayloadCapacity, -1, -1, -1, -1);
        _written = ObservedPath.All;
        _isAnyThere = false;
        _isAnyGranted = false;
        for (int index = 0; index < _pathCount; index++)
        {
            if (IsCovered(index))
                continue;
            Outcome outcome = WritePath(account, _paths[index], writer);
            if (outcome != Outcome.Ok)
                return outcome;
        }

        if (writer.End() != FormatStatus.Ok)
            return Refuse(Outcome.InternalError, "the answer is larger than this device's limit");
        response.PayloadLength = writer.Length;
        return _isAnyThere && !_isAnyGranted ? Outcome.Unauthorized : Outcome.Ok;
    }

    // Whether another path of the list brings it along.
    private bool IsCovered(int index)
    {
        long path = _paths[index];
        for (int other = 0; other < _pathCount; other++)
        {
            long above = _paths[other];
            if (above != path && ObservedPath.Overlap(above, path) && ObservedPath.Depth(above) < ObservedPath.Depth(path))
                return true;
        }

        return false;
    }

    private void SortPaths()
    {
        for (int next = 1; next < _pathCount; next++)
        {
            long path = _paths[next];
            int at = next;
            // Unsigned: what has no further levels comes behind what has.
            for (; at > 0 && (ulong)_paths[at - 1] > (ulong)path; at--)
                _paths[at] = _paths[at - 1];
            _paths[at] = path;
        }
    }

    private Outcome WritePath(ServerAccount account, long path, PayloadWriter writer)
    {
        if (path != ObservedPath.All)
            return WriteBelow(account, _objects.Find(ObservedPath.ObjectId(path)), path, writer);
        for (int position = 0; position < _objects.Count; position++)
        {
            Lwm2mObject found = _objects.At(position);
            Outcome outcome = WriteBelow(account, found, ObservedPath.Pack(found.Definition.ObjectId, -1, -1, -1), writer);
            if (outcome != Outcome.Ok)
                return outcome;
        }

        return Outcome.Ok;
    }

    private Outcome WriteBelow(ServerAccount account, Lwm2mObject? found, long path, PayloadWriter writer)
    {
        int objectId = ObservedPath.ObjectId(path);
        if (found == null || IsHidden(objectId) || (objectId == ObjectIds.AccessControl && IsAccessHidden))
            return Outcome.Ok;
        int instanceId = ObservedPath.InstanceId(path);
        if (instanceId >= 0)
            return found.HasInstance(instanceId) ? WritePart(account, found, instanceId, path, writer) : Outcome.Ok;
        for (int index = 0; index < found.InstanceCount; index++)
        {
            Outcome outcome = WritePart(account, found, found.InstanceAt(index), path, writer);
            if (outcome != Outcome.Ok)
                return outcome;
        }

        return Outcome.Ok;
    }

    private Outcome WritePart(ServerAccount account, Lwm2mObject found, int instanceId, long path, PayloadWriter writer)
    {
        _isAnyThere = true;
        int objectId = found.Definition.ObjectId;
        if (!MayAccess(account, objectId, instanceId, AccessRights.Read))
            return Outcome.Ok;
        _isAnyGranted = true;
        int resourceId = ObservedPath.ResourceId(path);
        if (resourceId < 0)
        {
            _written = ObservedPath.All;
            return WriteInstance(found, instanceId, writer);
        }

        int word = found.Definition.Find(resourceId);
        int resourceInstanceId = ObservedPath.ResourceInstanceId(path);
        if (word < 0 || (Resource.Ops(word) & Operations.Read) == 0 || !found.Has(instanceId, resourceId)
            || (resourceInstanceId >= 0 && (!Resource.IsMultiple(word) || !HasResourceInstance(found, word, instanceId, resourceInstanceId))))
            return Outcome.Ok;
        // Maps know each resource once, too.
        long resource = ObservedPath.Pack(objectId, instanceId, resourceId, -1);
        if (ObservedPath.ToInstance(resource) != ObservedPath.ToInstance(_written))
            writer.Instance(objectId, instanceId);
        if (resource == _written)
            _values.ContinuePayload(writer, word, resourceInstanceId);
        else
            _values.BeginPayload(writer, word, resourceInstanceId);
        _written = resource;
        Outcome outcome = _values.End(found.Read(instanceId, resourceId, _values));
        return outcome == Outcome.NotFound ? Outcome.Ok : outcome;
    }
}
