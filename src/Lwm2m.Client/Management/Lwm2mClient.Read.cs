using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Read (Core 6.3.1) and the payloads of Observe and Notify, which are the same.
public sealed partial class Lwm2mClient
{
    private Outcome ReadOrObserve(ServerAccount account, Lwm2mObject found, CoapMessage request, CoapResponse response, long nowMs)
    {
        Outcome outcome = CheckTarget(account, found, Operations.Read, AccessRights.Read, false, out int word);
        if (outcome != Outcome.Ok)
            return outcome;
        int format = AnswerFormat(account, request.Accept, word);
        if (format < 0)
            return Outcome.NotAcceptable;

        int observe = request.Observe;
        if (observe == 0)
            _observations.ReadAhead(_path.Packed);
        outcome = WriteValues(account, found, word, format, response);
        if (outcome != Outcome.Ok)
            return outcome;
        response.Code = CoapCode.Content;
        response.ContentFormat = format;
        if (observe < 0)
            return Outcome.Ok;
        if (observe == 0)
            return Observe(account, request, response, word, format, nowMs);
        if (observe == 1)
            CancelObservation(account, request);
        return Outcome.Ok;
    }

    /// <summary>
    /// The format to answer in: what Accept asks for where it suits the level, else the client's own choice; -1 for 4.06.
    /// </summary>
    private int AnswerFormat(ServerAccount account, int accept, int word)
    {
        bool single = _path.Level == 4 || (_path.Level == 3 && !Resource.IsMultiple(word));
        switch (accept)
        {
            case ContentFormat.None:
                if (single)
                    return Resource.Type(word) == DataType.Opaque ? ContentFormat.OctetStream : ContentFormat.PlainText;
                return account.Version == LwM2MVersion.V10 ? ContentFormat.Tlv : ContentFormat.SenmlCbor;
            case ContentFormat.PlainText:
            case ContentFormat.Cbor:
                return single ? accept : -1;
            case ContentFormat.OctetStream:
                return single && Resource.Type(word) == DataType.Opaque ? accept : -1;
            case ContentFormat.Tlv:
            case ContentFormat.SenmlJson:
            case ContentFormat.SenmlCbor:
            case ContentFormat.Lwm2mCbor:
                return accept;
            case ContentFormat.OmaJson:
                // A 1.1 client must not send it (Core 1.1 7.4.5).
                return account.Version == LwM2MVersion.V10 ? accept : -1;
            default:
                // The numbers from before their registration (1541 to 1544) are read, and never written.
                return -1;
        }
    }

    // Without an account it is the bootstrap server that reads, for which there are no rights.
    private Outcome WriteValues(ServerAccount? account, Lwm2mObject found, int word, int format, CoapResponse response)
    {
        PayloadWriter writer = _formats.Writer(format)!;
        int offset = response.PayloadOffset;
        writer.Begin(response.Payload, offset, offset + response.PayloadCapacity,
            _path.ObjectId, _path.InstanceId, _path.ResourceId, _path.ResourceInstanceId);
        Outcome outcome = WriteLevel(account, found, word, writer);
        if (outcome != Outcome.Ok)
            return outcome;
        if (writer.End() != FormatStatus.Ok)
            return Refuse(Outcome.InternalError, "the answer is larger than this device's limit");

        response.PayloadLength = writer.Length;
        return Outcome.Ok;
    }

    private Outcome WriteLevel(ServerAccount? account, Lwm2mObject found, int word, PayloadWriter writer)
    {
        if (_path.Level == 1)
        {
            for (int index = 0; index < found.InstanceCount; index++)
            {
                // An instance that the server has no right to read is left out (Core 8.2).
                int instanceId = found.InstanceAt(index);
                if (account != null && !MayAccess(account, _path.ObjectId, instanceId, AccessRights.Read))
                    continue;
                Outcome outcome = WriteInstance(found, instanceId, writer);
                if (outcome != Outcome.Ok)
                    return outcome;
            }

            return Outcome.Ok;
        }

        if (_path.Level == 2)
            return WriteInstance(found, _path.InstanceId, writer);

        writer.Instance(_path.ObjectId, _path.InstanceId);
        _values.BeginPayload(writer, word, _path.ResourceInstanceId);
        // A resource may be empty where it has many instances; a single value, or the one instance asked for, must be there.
        return _values.End(found.Read(_path.InstanceId, _path.ResourceId, _values));
    }

    // Resources that cannot be read are left out (Core 6.3.1).
    private Outcome WriteInstance(Lwm2mObject found, int instanceId, PayloadWriter writer)
    {
        ObjectDefinition definition = found.Definition;
        writer.Instance(definition.ObjectId, instanceId);
        for (int index = 0; index < definition.Count; index++)
        {
            int word = definition.At(index);
            if ((Resource.Ops(word) & Operations.Read) == 0 || !found.Has(instanceId, Resource.Id(word)))
                continue;
            _values.BeginPayload(writer, word, -1);
            Outcome read = _values.End(found.Read(instanceId, Resource.Id(word), _values));
            if (read != Outcome.Ok && read != Outcome.NotFound)
                return read;
        }

        return Outcome.Ok;
    }
}
