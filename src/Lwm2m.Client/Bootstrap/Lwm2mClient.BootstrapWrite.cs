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
        Provisioning changes = Hold();
        changes.Touch(found);
        object? before = found.Snapshot();
        bool written = false;
        try
        {
            outcome = changes.Write(found, reader!, request.PayloadBuffer, request.PayloadOffset, request.PayloadLength);
            written = outcome == Outcome.Ok;
        }
        finally
        {
            if (!written)
                changes.PutBack(found, before);
        }

        if (written)
            response.Code = CoapCode.Changed;
        return outcome;
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
            applied = reader != null && Hold().WritePack(reader, answer) && AccountCheck.FindInconsistency(Security, Servers, _objects, _accounts.Length, true) == null;
        }
        catch (System.Exception thrown)
        {
            _heard?.OnHandlerError(null, thrown);
        }

        if (!applied)
            RollBack();
        return applied;
    }

}
