using System;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// A server's request: which operation it is, and the checks that all of them share, in the order of Core 8.2:
// object, level of the path, instance, access right, resource, operation, payload.
public sealed partial class Lwm2mClient
{
    private readonly RequestPath _path = new RequestPath();
    private readonly ValueWriter _values;
    private readonly ValueReader _value;
    private readonly ExecuteArguments _arguments = new ExecuteArguments();
    private readonly LinkWriter _links;

    // What was wrong with the request under way, for the person who reads the answer (RFC 7252 5.5.2).
    private string? _diagnostic;
    private Lwm2mObject? _executed;
    private int _executedInstance;
    private int _executedResource;

    private void Serve(ServerAccount account, CoapMessage request, CoapResponse response, long nowMs)
    {
        // Requests are ignored until the registration is complete (Core 6.2.1), once the client left, and while a bootstrap server is
        // at work.
        if ((account.State != RegistrationState.Registered && !account.IsRegistered) || _changes != null)
        {
            response.Ignored = true;
            return;
        }

        Outcome outcome;
        FlushExecuted();
        _diagnostic = null;
        try
        {
            outcome = Dispatch(account, request, response, nowMs);
        }
        catch (Exception thrown)
        {
            // An application's handler failed: this request gets 5.00, the client lives on.
            _heard?.OnHandlerError(account, thrown);
            outcome = Outcome.InternalError;
        }

        if (outcome == Outcome.Ok && _unsaved != 0 && !Save())
            outcome = Unkept();
        if (outcome != Outcome.Ok)
            Refuse(response, outcome);
    }

    private void Refuse(CoapResponse response, Outcome outcome)
    {
        response.Code = (int)outcome;
        response.ContentFormat = -1;
        response.ObserveSequence = -1;
        response.PayloadLength = 0;
        if (_diagnostic != null)
            response.Diagnostic(_diagnostic);
    }

    private Outcome Dispatch(ServerAccount account, CoapMessage request, CoapResponse response, long nowMs)
    {
        Outcome outcome = _path.Parse(request);
        if (outcome != Outcome.Ok)
            return outcome;
        if (_path.Level == 0)
            return request.Code == CoapCode.Fetch ? ReadComposite(account, request, response, nowMs)
                : request.Code == CoapCode.IPatch ? WriteComposite(account, request, response)
                : Outcome.MethodNotAllowed;
        int objectId = _path.ObjectId;
        if (objectId <= ObjectIds.AccessControl || objectId == ObjectIds.Oscore || objectId == ObjectIds.Cose)
        {
            if (IsHidden(objectId))
                return Outcome.Unauthorized;
            if (objectId == ObjectIds.AccessControl && IsAccessHidden)
                return Outcome.NotFound;
        }

        Lwm2mObject? found = _objects.Find(objectId);
        if (found == null)
            return Outcome.NotFound;

        switch (request.Code)
        {
            case CoapCode.Get:
                return request.Accept == ContentFormat.LinkFormat
                    ? Discover(account, found, request, response)
                    : ReadOrObserve(account, found, request, response, nowMs);
            case CoapCode.Put:
                return request.ContentFormat < 0 && request.PayloadLength == 0
                    ? WriteAttributes(account, found, request, response)
                    : Write(account, found, request, response, true);
            case CoapCode.Post:
                return Post(account, found, request, response);
            case CoapCode.Delete:
                return Delete(account, found, response);
            default:
                return Outcome.MethodNotAllowed;
        }
    }

    private Outcome Refuse(Outcome outcome, string why)
    {
        _diagnostic = why;
        return outcome;
    }

    private Outcome Unkept() => Refuse(Outcome.ServiceUnavailable, "the device's storage does not take it");

    private Outcome Post(ServerAccount account, Lwm2mObject found, CoapMessage request, CoapResponse response)
    {
        switch (_path.Level)
        {
            case 1:
                return Create(account, found, request, response);
            case 2:
                return Write(account, found, request, response, false);
            case 3:
                // A structured payload on a multi-instance resource is a partial write (1.2), anything else an Execute.
                int word = found.Definition.Find(_path.ResourceId);
                return word >= 0 && Resource.IsMultiple(word) && IsStructured(request.ContentFormat)
                    ? Write(account, found, request, response, false)
                    : Execute(account, found, request, response);
            default:
                return Outcome.MethodNotAllowed;
        }
    }

    private static bool IsStructured(int contentFormat) =>
        contentFormat > ContentFormat.Cbor && contentFormat != ContentFormat.LegacyText && contentFormat != ContentFormat.LegacyOpaque;

    /// <summary>
    /// The checks for an operation on <see cref="_path"/>: instance there (4.04), right granted (4.01), resource there (4.04),
    /// operation supported (4.05). <paramref name="word"/> is the definition of the resource, or -1 above that level.
    /// </summary>
    private Outcome CheckTarget(ServerAccount account, Lwm2mObject found, Operations wanted, AccessRights right, bool mayBeAbsent, out int word)
    {
        word = -1;
        RequestPath path = _path;
        int level = path.Level;
        if (level < 2)
            return Outcome.Ok;
        if (!found.HasInstance(path.InstanceId))
            return Outcome.NotFound;
        // MayAccess, without the call where there is one server.
        if (_accountCount > 1 && !_access!.Allows(account.Index, path.ObjectId, path.InstanceId, (int)right))
            return Outcome.Unauthorized;
        if (level < 3)
            return Outcome.Ok;

        word = found.Definition.Find(path.ResourceId);
        if (word < 0)
            return Outcome.NotFound;
        Operations operations = Resource.Ops(word);
        bool supported = (operations & wanted) != 0;
        // What cannot be read or written at all is refused as such, there or not; an absent one that could be is not found.
        if ((operations != Operations.Execute || wanted == Operations.Execute) && !mayBeAbsent && !found.Has(path.InstanceId, path.ResourceId))
            return Outcome.NotFound;
        if (!supported)
            return Outcome.MethodNotAllowed;
        if (level == 4 && !Resource.IsMultiple(word))
            return Outcome.MethodNotAllowed;
        return Outcome.Ok;
    }

    private Outcome Execute(ServerAccount account, Lwm2mObject found, CoapMessage request, CoapResponse response)
    {
        Outcome outcome = CheckTarget(account, found, Operations.Execute, AccessRights.Execute, false, out _);
        if (outcome != Outcome.Ok)
            return outcome;
        int format = request.ContentFormat;
        if (format != ContentFormat.None && format != ContentFormat.PlainText && format != ContentFormat.LegacyText)
            return Outcome.UnsupportedContentFormat;

        outcome = ParseArguments(request);
        if (outcome != Outcome.Ok)
            return outcome;
        outcome = found.Execute(_path.InstanceId, _path.ResourceId, _arguments);
        if (outcome != Outcome.Ok)
            return outcome;
        response.Code = CoapCode.Changed;
        // What an Execute does to values that are kept is kept like a Write.
        if (_store != null && RecordOf(found) == StorageRecords.Objects)
            KeepWritten(found, _path.InstanceId);
        _executed = found;
        _executedInstance = _path.InstanceId;
        _executedResource = _path.ResourceId;
        _heard?.OnExecuted(account, _path.ObjectId, _path.InstanceId, _path.ResourceId, _arguments);
        return Outcome.Ok;
    }

    // What follows an Execute once its answer is out, such as a reboot.
    private void FlushExecuted()
    {
        Lwm2mObject? executed = _executed;
        if (executed == null)
            return;
        _executed = null;
        try
        {
            executed.Executed(_executedInstance, _executedResource);
        }
        catch (Exception thrown)
        {
            _heard?.OnHandlerError(null, thrown);
        }
    }

    // The SMS trigger example of Transport 6.6.1 carries its argument as a query, "?0=U"; the rule is a payload.
    private Outcome ParseArguments(CoapMessage request)
    {
        if (request.PayloadLength > 0 || request.QueryCount == 0)
            return _arguments.Parse(request.PayloadBuffer, request.PayloadOffset, request.PayloadLength);
        int at = request.Query(0, out int length);
        _arguments.Clear();
        return _arguments.AddQuery(request.Buffer, at, length);
    }

    private Outcome Delete(ServerAccount account, Lwm2mObject found, CoapResponse response)
    {
        if (_path.Level == 4)
            return DeleteResourceInstance(account, found, response);
        if (_path.Level != 2 || found.Definition.IsSingle)
            return Outcome.MethodNotAllowed;
        int instanceId = _path.InstanceId;
        if (!found.HasInstance(instanceId))
            return Outcome.NotFound;
        if (!MayAccess(account, _path.ObjectId, instanceId, AccessRights.Delete))
            return Outcome.Unauthorized;
        bool wasCreated = WasCreated(_path.ObjectId, instanceId);
        Outcome outcome = found.Delete(instanceId);
        if (outcome != Outcome.Ok)
            return outcome;
        KeepDeleted(found, instanceId, wasCreated);
        response.Code = CoapCode.Deleted;
        _heard?.OnDeleted(account, _path.ObjectId, instanceId, -1, -1);
        return Outcome.Ok;
    }

    // LwM2M 1.2 (Core 6.3.8).
    private Outcome DeleteResourceInstance(ServerAccount account, Lwm2mObject found, CoapResponse response)
    {
        // The owner of an entry of object 2 changes its list; the entry itself is never a server's to delete.
        AccessRights right = _path.ObjectId == ObjectIds.AccessControl ? AccessRights.Write : AccessRights.Delete;
        Outcome outcome = CheckTarget(account, found, Operations.Write, right, false, out int word);
        if (outcome != Outcome.Ok)
            return outcome;
        if (!HasResourceInstance(found, word, _path.InstanceId, _path.ResourceInstanceId))
            return Outcome.NotFound;
        outcome = found.ClearInstance(_path.InstanceId, _path.ResourceId, _path.ResourceInstanceId);
        if (outcome != Outcome.Ok)
            return outcome;
        KeepWritten(found, _path.InstanceId);
        ValueChanged(_path.ObjectId, _path.InstanceId, _path.ResourceId, -1);
        response.Code = CoapCode.Deleted;
        _heard?.OnDeleted(account, _path.ObjectId, _path.InstanceId, _path.ResourceId, _path.ResourceInstanceId);
        return Outcome.Ok;
    }

    private bool HasResourceInstance(Lwm2mObject found, int word, int instanceId, int resourceInstanceId)
    {
        _values.BeginProbe(word, resourceInstanceId);
        return _values.End(found.Read(instanceId, Resource.Id(word), _values)) == Outcome.Ok;
    }
}
