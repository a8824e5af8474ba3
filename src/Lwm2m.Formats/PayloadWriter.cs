namespace Lwm2m.Formats;

/// <summary>
/// Writes the content of objects into one payload, forward only: <see cref="Begin"/>, then for each object instance
/// <see cref="Instance"/>, for each resource <see cref="Resource"/> and a value, or <see cref="Multiple"/> and for each of its
/// instances <see cref="ResourceInstance"/> and a value, then <see cref="End"/>. Ids come in ascending order within their parent.
/// The first error stays in <see cref="Status"/>; what is called after it does nothing.
/// </summary>
public abstract class PayloadWriter
{
    internal readonly Output Out;

    private protected PayloadWriter(Output output) => Out = output;

    /// <summary>The content format of what is written, see <see cref="Formats.ContentFormat"/>.</summary>
    public abstract int ContentFormat { get; }

    /// <summary>Bytes written since <see cref="Begin"/>; final after <see cref="End"/>.</summary>
    public int Length => Out.Position - Out.Start;

    /// <summary>The first error since <see cref="Begin"/>, or <see cref="FormatStatus.Ok"/>.</summary>
    public FormatStatus Status => Out.Status;

    /// <summary>Starts a payload for the path of a request; an absent id is -1, and so are all ids of a composite request.</summary>
    /// <param name="buffer">Where the payload is written.</param>
    /// <param name="offset">Index of its first byte.</param>
    /// <param name="limit">Index after the last byte that may be written.</param>
    /// <param name="objectId">Object id of the request's path, or -1.</param>
    /// <param name="instanceId">Object instance id, or -1.</param>
    /// <param name="resourceId">Resource id, or -1.</param>
    /// <param name="resourceInstanceId">Resource instance id, or -1.</param>
    public void Begin(byte[] buffer, int offset, int limit, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        Out.Begin(buffer, offset, limit, objectId, instanceId, resourceId, resourceInstanceId);
        Open();
    }

    /// <summary>
    /// An object instance starts; it may stay empty. Optional where the path of the request names the instance. An
    /// <paramref name="instanceId"/> of -1 leaves the choice to the receiver (Create); SenML cannot say that.
    /// </summary>
    /// <param name="objectId">The object's id.</param>
    /// <param name="instanceId">The instance's id, or -1.</param>
    public virtual void Instance(int objectId, int instanceId)
    {
        Output o = Out;
        if (o.Level == 0)
            o.ObjectId = objectId;
        if (o.Level < 2)
            o.InstanceId = instanceId;
        if (objectId != o.ObjectId || instanceId != o.InstanceId)
            o.Fail(FormatStatus.WrongPath);
        if ((uint)objectId >= PathIds.Reserved || (uint)(instanceId + 1) > PathIds.Reserved)
            o.Fail(FormatStatus.OutOfRange);
        o.EndResource();
    }

    /// <summary>A resource with a single value starts; the value follows.</summary>
    /// <param name="id">The resource's id.</param>
    public virtual void Resource(int id)
    {
        if (!Enter(id))
            return;
        Out.InMultiple = false;
        Out.Pending = true;
    }

    /// <summary>A multiple-instance resource starts; it may have no instances.</summary>
    /// <param name="id">The resource's id.</param>
    public virtual void Multiple(int id)
    {
        if (!Enter(id))
            return;
        Out.InMultiple = true;
        Out.Pending = false;
    }

    /// <summary>An instance of the multiple-instance resource starts; its value follows.</summary>
    /// <param name="id">The resource instance's id.</param>
    public virtual void ResourceInstance(int id)
    {
        Output o = Out;
        if (!o.InMultiple || (o.Level == 4 && id != o.ResourceInstanceId))
            o.Fail(FormatStatus.WrongPath);
        if ((uint)id >= PathIds.Reserved)
            o.Fail(FormatStatus.OutOfRange);
        o.ResourceInstanceId = id;
        o.Pending = true;
    }

    /// <summary>A path without a value, as the body of a composite read has; only SenML has these.</summary>
    /// <param name="objectId">Object id, or -1 for the root.</param>
    /// <param name="instanceId">Object instance id, or -1.</param>
    /// <param name="resourceId">Resource id, or -1.</param>
    /// <param name="resourceInstanceId">Resource instance id, or -1.</param>
    public virtual void Path(int objectId, int instanceId, int resourceId, int resourceInstanceId) => Out.Fail(FormatStatus.Unsupported);

    /// <summary>The time of the records that follow; only SenML and OMA JSON have it.</summary>
    /// <param name="unixMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
    public virtual void AtTime(long unixMs) => Out.Fail(FormatStatus.Unsupported);

    /// <summary>Writes a value of type Integer.</summary>
    /// <param name="value">The value.</param>
    public abstract void Integer(long value);

    /// <summary>Writes a value of type Unsigned.</summary>
    /// <param name="value">The value.</param>
    public abstract void Unsigned(ulong value);

    /// <summary>Writes a value of type Float, in the smallest form that is exact. Text and JSON cannot say infinity or NaN.</summary>
    /// <param name="value">The value.</param>
    public abstract void Float(double value);

    /// <summary>Writes a value of type Boolean.</summary>
    /// <param name="value">The value.</param>
    public abstract void Boolean(bool value);

    /// <summary>Writes a value of type String.</summary>
    /// <param name="value">The text.</param>
    public abstract void String(string value);

    /// <summary>Writes a value of type String that is UTF-8 already.</summary>
    /// <param name="buffer">Holds the text.</param>
    /// <param name="offset">Index of its first byte.</param>
    /// <param name="count">Its length in bytes.</param>
    public abstract void Utf8(byte[] buffer, int offset, int count);

    /// <summary>Writes a value of type Opaque.</summary>
    /// <param name="buffer">Holds the bytes.</param>
    /// <param name="offset">Index of the first.</param>
    /// <param name="count">How many.</param>
    public abstract void Opaque(byte[] buffer, int offset, int count);

    /// <summary>Writes a value of type Time.</summary>
    /// <param name="unixSeconds">Seconds since 1970-01-01T00:00:00Z.</param>
    public virtual void Time(long unixSeconds) => Integer(unixSeconds);

    /// <summary>Writes a value of type Objlnk.</summary>
    /// <param name="objectId">Object id, 0 to 65535.</param>
    /// <param name="instanceId">Object instance id, 0 to 65535; 65535:65535 points nowhere.</param>
    public abstract void ObjectLink(int objectId, int instanceId);

    /// <summary>Writes a value of type Corelnk.</summary>
    /// <param name="value">Text in link format.</param>
    public virtual void CoreLink(string value) => String(value);

    /// <summary>Writes null, which removes a resource instance in a composite write.</summary>
    public virtual void Null() => Out.Fail(FormatStatus.Unsupported);

    /// <summary>Completes the payload.</summary>
    /// <returns><see cref="FormatStatus.Ok"/>, or the first error.</returns>
    public abstract FormatStatus End();

    private protected abstract void Open();

    /// <summary>The checks that every format shares when a resource starts.</summary>
    private protected bool Enter(int id)
    {
        Output o = Out;
        if (o.Status != FormatStatus.Ok)
            return false;
        if (o.Level > 2 ? id != o.ResourceId : o.ObjectId < 0)
            return o.Fail(FormatStatus.WrongPath);
        if ((uint)id >= PathIds.Reserved)
            return o.Fail(FormatStatus.OutOfRange);
        o.ResourceId = id;
        if (o.Level < 4)
            o.ResourceInstanceId = -1;
        return true;
    }

    /// <summary>True when a value may be written now; it then counts as written.</summary>
    private protected bool Take()
    {
        Output o = Out;
        if (o.Status != FormatStatus.Ok)
            return false;
        if (!o.Pending)
            return o.Fail(FormatStatus.WrongPath);
        o.Pending = false;
        return true;
    }
}
