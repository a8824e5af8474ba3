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
        return Queue(shortServerId, paths, NoPath, out id);
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
            ? Queue(shortServerId, null, ObservedPath.Pack(objectId, instanceId, resourceId, resourceInstanceId), out id)
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
            Outcome outcome = FindSendable(path, out Lwm2mObject? found, out int word);
            if (outcome != Outcome.Ok)
                return outcome;
            if (word < 0)
                return Outcome.BadRequest;
            try
            {
                return Sample(SendFormats(), SendValues(), ObservationTable.Recorded, found!, word, path, MostRecorded, _wallClock.UnixMs)
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
            Outcome outcome = Queue(shortServerId, null, NoPath, out id);
            if (outcome == Outcome.Ok)
                _observations.RemoveSamples(ObservationTable.Recorded, false);
            return outcome;
        }
    }

    // Recorded values where there are no paths.
    private Outcome Queue(int shortServerId, string[]? paths, long path, out int id)
    {
        id = 0;
        Outcome outcome = Outcome.NotFound;
        lock (Gate)
        {
            int before = _sendEnd;
            int next = _lastSendId + 1;
            for (int index = 0; index < _accountCount; index++)
            {
                ServerAccount account = _accounts[index];
                if (shortServerId != 0 && account.ShortServerId != shortServerId)
                    continue;
                Outcome queued = Queue(account, paths, path, next);
                if (queued == Outcome.ServiceUnavailable || queued == Outcome.RequestEntityTooLarge)
                {
                    // All of them or none.
                    _sendEnd = before;
                    return queued;
                }

                if (outcome != Outcome.Ok)
                    outcome = queued;
            }

            if (outcome != Outcome.Ok)
                return outcome;
            _lastSendId = next == int.MaxValue ? 0 : next;
            id = next;
        }

        Wake();
        return outcome;
    }

    private Outcome Queue(ServerAccount account, string[]? paths, long path, int id)
    {
        if (!account.IsRegistered && account.State != RegistrationState.Asleep)
            return Outcome.PreconditionFailed;
        if (IsMuted(account))
            return Outcome.Forbidden;
        int at = _sendEnd + SendHead;
        if (at > _sends.Length)
            return Outcome.ServiceUnavailable;
        PayloadWriter writer = SendFormats().Writer(ContentFormat.SenmlCbor)!;
        writer.Begin(_sends, at, _sends.Length, -1, -1, -1, -1);
        Outcome outcome;
        try
        {
            outcome = paths != null ? WriteSent(account, paths, writer)
                : path == NoPath ? WriteRecorded(account, writer) : WriteSent(account, path, writer, SendValues());
        }
        catch (Exception thrown)
        {
            _heard?.OnHandlerError(account, thrown);
            outcome = Outcome.InternalError;
        }

        if (outcome != Outcome.Ok)
            return outcome;
        FormatStatus status = writer.End();
        if (status == FormatStatus.BufferFull)
            return at == SendHead ? Outcome.RequestEntityTooLarge : Outcome.ServiceUnavailable;
        if (status != FormatStatus.Ok)
            return Outcome.InternalError;
        KeepSend(account.ShortServerId, id, writer.Length);
        account.SendDueMs = 0;
        if (account.State == RegistrationState.Asleep)
            WakeFor(account);
        return Outcome.Ok;
    }

    private Outcome WriteSent(ServerAccount account, string[] paths, PayloadWriter writer)
    {
        ValueWriter values = SendValues();
        for (int index = 0; index < paths.Length; index++)
        {
            Outcome outcome = WriteSent(account, ObservedPath.Parse(paths[index]), writer, values);
            if (outcome != Outcome.Ok)
                return outcome;
        }

        return Outcome.Ok;
    }

    private Outcome WriteSent(ServerAccount account, long path, PayloadWriter writer, ValueWriter values)
    {
        Outcome outcome = FindSendable(path, out Lwm2mObject? found, out int word);
        if (outcome != Outcome.Ok)
            return outcome;
        int instanceId = ObservedPath.InstanceId(path);
        for (int position = 0; position < found!.InstanceCount; position++)
        {
            int instance = found.InstanceAt(position);
            if (instanceId >= 0 && instance != instanceId)
                continue;
            outcome = MaySend(account, found, instance) ? WriteSent(found, instance, word, ObservedPath.ResourceInstanceId(path), writer, values)
                : instanceId < 0 ? Outcome.Ok : Outcome.Unauthorized;
            if (outcome != Outcome.Ok)
                return outcome;
        }

        return Outcome.Ok;
    }

    private static Outcome WriteSent(Lwm2mObject found, int instance, int word, int resourceInstance, PayloadWriter writer, ValueWriter values)
    {
        ObjectDefinition definition = found.Definition;
        writer.Instance(definition.ObjectId, instance);
        if (word >= 0)
        {
            values.BeginPayload(writer, word, resourceInstance);
            return values.End(found.Read(instance, Resource.Id(word), values));
        }

        for (int index = 0; index < definition.Count; index++)
        {
            word = definition.At(index);
            if ((Resource.Ops(word) & Operations.Read) == 0 || !found.Has(instance, Resource.Id(word)))
                continue;
            values.BeginPayload(writer, word, -1);
            Outcome outcome = values.End(found.Read(instance, Resource.Id(word), values));
            if (outcome != Outcome.Ok && outcome != Outcome.NotFound)
                return outcome;
        }

        return Outcome.Ok;
    }

    // Values of what the server may not read, or what is gone, are passed over.
    private Outcome WriteRecorded(ServerAccount account, PayloadWriter writer)
    {
        long nowMs = _wallClock.UnixMs;
        Outcome outcome = Outcome.NotFound;
        for (int at = _observations.NextSample(ObservationTable.Recorded, 0); at >= 0;
            at = _observations.NextSample(ObservationTable.Recorded, _observations.AfterSample(at)))
        {
            long path = _observations.SamplePathAt(at);
            Outcome found = FindSendable(path, out Lwm2mObject? sendable, out _);
            if (found == Outcome.Ok && !MaySend(account, sendable!, ObservedPath.InstanceId(path)))
                found = Outcome.Unauthorized;
            if (found != Outcome.Ok)
            {
                if (outcome != Outcome.Ok)
                    outcome = found;
                continue;
            }

            outcome = Outcome.Ok;
            writer.Instance(ObservedPath.ObjectId(path), ObservedPath.InstanceId(path));
            writer.AtTime(SampleTime(nowMs, _observations.SampleTimeMs(at), nowMs));
            WriteSample(SendFormats(), at, path, writer);
        }

        return outcome;
    }

    // What is in no registration cannot be sent.
    private Outcome FindSendable(long path, out Lwm2mObject? found, out int word)
    {
        word = -1;
        int objectId = ObservedPath.ObjectId(path);
        found = IsHidden(objectId) ? null : _objects.Find(objectId);
        int instance = ObservedPath.InstanceId(path);
        if (found == null || (instance >= 0 && !found.HasInstance(instance)))
            return Outcome.NotFound;
        int resource = ObservedPath.ResourceId(path);
        if (resource < 0)
            return Outcome.Ok;
        word = found.Definition.Find(resource);
        if (word < 0 || instance < 0)
            return Outcome.NotFound;
        if ((Resource.Ops(word) & Operations.Read) == 0 || (ObservedPath.ResourceInstanceId(path) >= 0 && !Resource.IsMultiple(word)))
            return Outcome.MethodNotAllowed;
        return found.Has(instance, resource) ? Outcome.Ok : Outcome.NotFound;
    }

    // Absent means muted (Core, resource /1/x/23); LwM2M 1.0 has no Send.
    private bool IsMuted(ServerAccount account) => account.Version == LwM2MVersion.V10
        || Servers.GetBoolean(account.ServerInstance, ServerResource.MuteSend, out bool muted) != Outcome.Ok || muted;

    // Called from a handler, the engine's own writers may be in the middle of an answer.
    private PayloadFormats SendFormats() => _inEngine ? _localFormats ??= new PayloadFormats(new FormatLimits()) : _formats;

    private ValueWriter SendValues()
    {
        if (!_inEngine)
            return _values;
        _localValues ??= new ValueWriter(0);
        _localValues.IsLocal = false;
        return _localValues;
    }
}
