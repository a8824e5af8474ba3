using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Create (Core 6.3.7).
public sealed partial class Lwm2mClient
{
    // The object reports its new instance itself, before it is known whether it will stay.
    private bool _creating;

    private Outcome Create(ServerAccount account, Lwm2mObject found, CoapMessage request, CoapResponse response)
    {
        ObjectDefinition definition = found.Definition;
        if (definition.IsSingle && found.InstanceCount > 0)
            return Outcome.MethodNotAllowed;
        if (!MayAccess(account, definition.ObjectId, AccessControlObject.ObjectLevel, AccessRights.Create))
            return Outcome.Unauthorized;
        PayloadReader? reader = null;
        int wanted = -1;
        if (request.PayloadLength > 0 || request.ContentFormat >= 0)
        {
            Outcome outcome = ReaderFor(request, -1, out reader);
            if (outcome == Outcome.Ok)
                outcome = CheckRecords(found, reader!, request, true, out _);
            if (outcome == Outcome.Ok)
                outcome = InstanceToCreate(reader!, request, out wanted);
            if (outcome != Outcome.Ok)
                return outcome;
        }

        if (wanted >= 0 && found.HasInstance(wanted))
            return Refuse(Outcome.BadRequest, "the instance exists");
        if (wanted >= 0 && definition.IsSingle && wanted != 0)
            return Refuse(Outcome.BadRequest, "the object has instance 0 only");
        int instanceId = wanted >= 0 ? wanted : found.FreeInstanceId();
        if (found.InstanceCount >= definition.MaxInstances)
            return Refuse(Outcome.ServiceUnavailable, "the object has no room for another instance");
        if (_accountCount > 1 && _access!.FreeCount == 0)
            return Refuse(Outcome.ServiceUnavailable, "there is no room for the access control of another instance");
        Outcome created = CreateFilled(found, instanceId, reader, request);
        if (created != Outcome.Ok)
            return created;
        if (_accountCount > 1)
            Own(_access!, account, definition.ObjectId, instanceId);
        InstancesChanged(definition.ObjectId, -1);
        response.Code = CoapCode.Created;
        // The location is needed only where the client chose the id, and helps everywhere.
        response.AddLocationPath(definition.ObjectId);
        response.AddLocationPath(instanceId);
        _heard?.OnCreated(account, definition.ObjectId, instanceId);
        return Outcome.Ok;
    }

    // An instance that cannot be completed is taken back, and no server hears of it.
    private Outcome CreateFilled(Lwm2mObject found, int instanceId, PayloadReader? reader, CoapMessage request)
    {
        Outcome outcome = Outcome.InternalError;
        bool exists = false;
        _creating = true;
        try
        {
            outcome = found.Create(instanceId);
            exists = outcome == Outcome.Ok;
            if (!exists)
                return outcome;
            outcome = Outcome.InternalError;
            outcome = Fill(found, instanceId, reader, request);
            if (outcome == Outcome.Ok)
            {
                KeepCreated(found, instanceId);
                if (!Save())
                    outcome = Unkept();
            }

            return outcome;
        }
        finally
        {
            if (exists && outcome != Outcome.Ok)
                found.Delete(instanceId);
            _creating = false;
        }
    }

    // All records belong to one new instance. -1: the client chooses (TLV without a wrapper, or id 65535 in LwM2M CBOR, 1.2.1).
    private Outcome InstanceToCreate(PayloadReader reader, CoapMessage request, out int instanceId)
    {
        instanceId = -1;
        bool first = true;
        Rewind(reader, request);
        while (reader.Next() == FormatStatus.Ok)
        {
            if (!first && reader.InstanceId != instanceId)
                return Refuse(Outcome.BadRequest, "the payload holds more than one instance");
            first = false;
            instanceId = reader.InstanceId;
        }

        if (instanceId == 65535)
            instanceId = -1;
        return Outcome.Ok;
    }

    private Outcome Fill(Lwm2mObject found, int instanceId, PayloadReader? reader, CoapMessage request)
    {
        if (reader != null)
        {
            _value.Begin(reader);
            Rewind(reader, request);
            while (reader.Next() == FormatStatus.Ok)
            {
                Outcome outcome = ApplyRecord(found, instanceId, reader);
                if (outcome != Outcome.Ok)
                    return outcome;
            }
        }

        ObjectDefinition definition = found.Definition;
        for (int place = 0; place < definition.Count; place++)
        {
            int word = definition.At(place);
            if (Resource.IsMandatory(word) && (Resource.Ops(word) & Operations.ReadWrite) != 0 && !found.Has(instanceId, Resource.Id(word)))
                return Refuse(Outcome.BadRequest, "a mandatory resource is missing");
        }

        return Outcome.Ok;
    }
}
