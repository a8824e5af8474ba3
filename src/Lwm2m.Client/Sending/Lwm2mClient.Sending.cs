using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Send (Core 6.4.6, LwM2M 1.1): the client tells values by its own choice. What the application asks for is captured at the call and
// waits in a queue of its own, apart from notifications, until each server has confirmed it.
public sealed partial class Lwm2mClient
{
    // How many values of one resource are recorded at most; their common room is the other limit.
    private const long MostRecorded = 1000;

    // In place of a path: what was recorded.
    private const long NoPath = ObservedPath.All;

    private int _lastSendId;

    /// <summary>
    /// Sends the present values of some paths to one server or all, as one message in SenML CBOR. They are captured now, kept until the
    /// server confirms them with 2.04, and sent again after growing pauses where it does not; in queue mode the client wakes for them. May be
    /// called from any thread and from handlers and <see cref="Listener"/>.
    /// </summary>
    /// <param name="shortServerId">The server, or 0 for all that are registered and not muted.</param>
    /// <param name="paths">Paths of objects, instances, resources or resource instances such as <c>/3303/0/5700</c>.</param>
    /// <param name="id">Names the message in <see cref="ClientListener.OnSent"/> and <see cref="ClientListener.OnSendFailed"/>; 0 where it was refused.</param>
    /// <returns><see cref="Outcome.Ok"/> when it is on its way; otherwise nothing is, and: <see cref="Outcome.NotFound"/> for a server or path that
    /// is not there; <see cref="Outcome.MethodNotAllowed"/> for a resource that cannot be read; <see cref="Outcome.Forbidden"/> where the server
    /// does not want to be sent anything (/1/x/23, which is so until it says otherwise) or speaks LwM2M 1.0; <see cref="Outcome.Unauthorized"/>
    /// where it may not read the path; <see cref="Outcome.PreconditionFailed"/> before the registration; <see cref="Outcome.ServiceUnavailable"/>
    /// while the queue is full; <see cref="Outcome.RequestEntityTooLarge"/> where the values would not fit into an empty one.</returns>
    /// <exception cref="ArgumentException">A path is none, or there is no path.</exception>
    public Outcome Send(int shortServerId, string[] paths, out int id)
    {
        if (paths.Length == 0)
            throw new ArgumentException("There is no path to send.", nameof(paths));
        for (int index = 0; index < paths.Length; index++)
            ObservedPath.Parse(paths[index]);
        return Sending.Queue(this, shortServerId, paths, NoPath, out id);
    }

    /// <summary>Sends the present values of one path; see <see cref="Send(int, string[], out int)"/>.</summary>
    /// <param name="shortServerId">The server, or 0 for all that are registered and not muted.</param>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">Object instance, or -1 for all.</param>
    /// <param name="resourceId">Resource, or -1 for all that can be read.</param>
    /// <param name="resourceInstanceId">Resource instance, or -1 for the whole resource.</param>
    /// <param name="id">Names the message in the events; 0 where it was refused.</param>
    /// <returns>As the other overload.</returns>
    public Outcome Send(int shortServerId, int objectId, int instanceId, int resourceId, int resourceInstanceId, out int id)
    {
        id = 0;
        return (uint)objectId <= Resource.MaxId
            ? Sending.Queue(this, shortServerId, null, ObservedPath.Pack(objectId, instanceId, resourceId, resourceInstanceId), out id)
            : Outcome.NotFound;
    }

    /// <summary>
    /// Keeps the present value of a resource with the time of day, for <see cref="SendRecorded"/>. The values share their room with those
    /// that are kept for absent servers (<see cref="Limits.SampleBytes"/>); where it is full, the oldest gives way.
    /// </summary>
    /// <param name="objectId">Object.</param>
    /// <param name="instanceId">Object instance.</param>
    /// <param name="resourceId">Resource.</param>
    /// <param name="resourceInstanceId">Resource instance, or -1 for the whole resource.</param>
    /// <returns><see cref="Outcome.Ok"/>; <see cref="Outcome.NotFound"/> where there is no such value;
    /// <see cref="Outcome.MethodNotAllowed"/> where it cannot be read; <see cref="Outcome.RequestEntityTooLarge"/> where it is longer than
    /// <see cref="Limits.ValueScratchBytes"/> or the room.</returns>
    public Outcome Record(int objectId, int instanceId, int resourceId, int resourceInstanceId = -1)
    {
        lock (Gate)
        {
            long path = ObservedPath.Pack(objectId, instanceId, resourceId, resourceInstanceId);
            Outcome outcome = Sending.FindSendable(this, path, out Lwm2mObject? found, out int word);
            if (outcome != Outcome.Ok)
                return outcome;
            if (word < 0)
                return Outcome.BadRequest;
            try
            {
                return Samples.Sample(this, Sending.SendFormats(this), Sending.SendValues(this), ObservationTable.Recorded, found!, word, path, MostRecorded, _wallClock.UnixMs)
                    ? Outcome.Ok
                    : Outcome.RequestEntityTooLarge;
            }
            catch (Exception thrown)
            {
                _heard?.OnHandlerError(null, thrown);
                return Outcome.InternalError;
            }
        }
    }

    /// <summary>Keeps the present value of a resource with the time of day; see the other overload.</summary>
    /// <param name="path">Path of a resource or resource instance such as <c>/3303/0/5700</c>.</param>
    /// <exception cref="ArgumentException">The path is none.</exception>
    public Outcome Record(string path)
    {
        long packed = ObservedPath.Parse(path);
        return Record(ObservedPath.ObjectId(packed), ObservedPath.InstanceId(packed), ObservedPath.ResourceId(packed), ObservedPath.ResourceInstanceId(packed));
    }

    /// <summary>
    /// Sends the recorded values as one message, each with its time, oldest first. They are forgotten when it is on its way. Where the time
    /// of day was never set, the message says how long ago each value was taken.
    /// </summary>
    /// <param name="shortServerId">The server, or 0 for all that are registered and not muted.</param>
    /// <param name="id">Names the message in the events; 0 where it was refused.</param>
    /// <returns>As <see cref="Send(int, string[], out int)"/>; <see cref="Outcome.NotFound"/> also where nothing was recorded.</returns>
    public Outcome SendRecorded(int shortServerId, out int id)
    {
        lock (Gate)
        {
            id = 0;
            if (_observations.NextSample(ObservationTable.Recorded, 0) < 0)
                return Outcome.NotFound;
            Outcome outcome = Sending.Queue(this, shortServerId, null, NoPath, out id);
            if (outcome == Outcome.Ok)
                _observations.RemoveSamples(ObservationTable.Recorded, false);
            return outcome;
        }
    }
}
