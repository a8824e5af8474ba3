using Lwm2m.Formats;

namespace Lwm2m.Client;

// The application's own look at its values, by path and in any format: for logs, consoles and displays.
public sealed partial class Lwm2mClient
{
    // Made at the first use: a device that never looks pays nothing for them.
    private PayloadFormats? _localFormats;
    private ValueWriter? _localValues;

    /// <summary>
    /// Reads a resource or resource instance as a payload, whatever servers may do with it. May be called from any thread and
    /// from handlers and <see cref="Listener"/>.
    /// </summary>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">Object instance.</param>
    /// <param name="resourceId">Resource.</param>
    /// <param name="resourceInstanceId">Resource instance, or -1 for the whole resource.</param>
    /// <param name="contentFormat">Format of the payload, see <see cref="ContentFormat"/>.</param>
    /// <param name="into">Where the payload is written.</param>
    /// <param name="offset">Index of its first byte.</param>
    /// <param name="limit">Index after the last byte that may be written.</param>
    /// <param name="length">Length of the payload in bytes; 0 on failure.</param>
    /// <returns><see cref="Outcome.Ok"/>; <see cref="Outcome.NotFound"/> where there is no such value;
    /// <see cref="Outcome.MethodNotAllowed"/> for an executable resource; <see cref="Outcome.NotAcceptable"/> for a format that is
    /// not written; <see cref="Outcome.RequestEntityTooLarge"/> where the payload does not fit or the format cannot carry it; or
    /// what the object's handler answered.</returns>
    public Outcome Read(int objectId, int instanceId, int resourceId, int resourceInstanceId, int contentFormat,
        byte[] into, int offset, int limit, out int length)
    {
        length = 0;
        Lwm2mObject? found = _objects.Find(objectId);
        if (found == null || !found.HasInstance(instanceId))
            return Outcome.NotFound;
        int word = found.Definition.Find(resourceId);
        if (word < 0)
            return Outcome.NotFound;
        if (Resource.IsExecutable(word))
            return Outcome.MethodNotAllowed;
        if (!found.Has(instanceId, resourceId))
            return Outcome.NotFound;

        lock (Gate)
        {
            _localFormats ??= new PayloadFormats(new FormatLimits());
            _localValues ??= new ValueWriter(0);
            _localValues.IsLocal = true;
            PayloadWriter? writer = _localFormats.Writer(contentFormat);
            if (writer == null)
                return Outcome.NotAcceptable;
            writer.Begin(into, offset, limit, objectId, instanceId, resourceId, resourceInstanceId);
            writer.Instance(objectId, instanceId);
            _localValues.BeginPayload(writer, word, resourceInstanceId);
            Outcome outcome = _localValues.End(found.Read(instanceId, resourceId, _localValues));
            if (outcome != Outcome.Ok)
                return outcome;
            if (writer.End() != FormatStatus.Ok)
                return Outcome.RequestEntityTooLarge;
            length = writer.Length;
            return Outcome.Ok;
        }
    }
}
