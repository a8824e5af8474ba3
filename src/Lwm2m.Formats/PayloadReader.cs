namespace Lwm2m.Formats;

/// <summary>
/// Reads one payload record by record, forward only: <see cref="Begin"/>, then <see cref="Next"/> until it gives anything but
/// <see cref="FormatStatus.Ok"/>. The getters read the value of the record and may be called again, for other types too. A reader can
/// be begun anew at any time; it keeps no reference to what it gave out.
/// </summary>
public abstract class PayloadReader
{
    internal readonly Input In;

    private protected PayloadReader(Input input) => In = input;

    /// <summary>The content format that is read, see <see cref="Formats.ContentFormat"/>.</summary>
    public abstract int ContentFormat { get; }

    /// <summary>Object id of the record, or -1.</summary>
    public int ObjectId => (int)(In.Path >> 48) - 1;

    /// <summary>Object instance id of the record, or -1; -1 above a resource leaves the choice to the receiver (Create).</summary>
    public int InstanceId => (int)((In.Path >> 32) & 0xFFFF) - 1;

    /// <summary>Resource id of the record, or -1.</summary>
    public int ResourceId => (int)((In.Path >> 16) & 0xFFFF) - 1;

    /// <summary>Resource instance id of the record, or -1.</summary>
    public int ResourceInstanceId => (int)(In.Path & 0xFFFF) - 1;

    /// <summary>What the record says.</summary>
    public RecordKind Kind => In.Kind;

    /// <summary>What the payload itself says of the type of the value.</summary>
    public WireKind Wire => In.Wire;

    /// <summary>True for a resource instance that came inside a container of its resource (TLV, LwM2M CBOR).</summary>
    public bool FromMultiple => In.FromMultiple;

    /// <summary>True when the record tells its time.</summary>
    public bool HasTime => In.HasTime;

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z; relative to now when below 2^28 seconds (RFC 8428 4.5.3).</summary>
    public long TimeMs => In.TimeMs;

    /// <summary>Length in bytes of a text or opaque value; an upper bound where the format escapes or encodes it (JSON, text).</summary>
    public int ValueLength => In.ValueLength;

    /// <summary>Index in the buffer of the gateway prefix of the record's path (LwM2M CBOR), where there is one.</summary>
    public int PrefixOffset => In.PrefixOffset;

    /// <summary>Length in bytes of the gateway prefix; 0 without one.</summary>
    public int PrefixLength => In.PrefixLength;

    /// <summary>Starts to read a payload that came with a request for a path; an absent id is -1.</summary>
    /// <param name="buffer">Holds the payload; not changed, and not held after the next <see cref="Begin"/>.</param>
    /// <param name="offset">Index of its first byte.</param>
    /// <param name="count">Its length.</param>
    /// <param name="objectId">Object id of the request's path, or -1.</param>
    /// <param name="instanceId">Object instance id, or -1.</param>
    /// <param name="resourceId">Resource id, or -1.</param>
    /// <param name="resourceInstanceId">Resource instance id, or -1.</param>
    /// <returns><see cref="FormatStatus.Ok"/>, or why nothing can be read; <see cref="Next"/> then says the same.</returns>
    public FormatStatus Begin(byte[] buffer, int offset, int count, int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        int level = PathIds.Level(objectId, instanceId, resourceId, resourceInstanceId);
        In.Begin(buffer, offset, count, level, PathIds.Pack(objectId, instanceId, resourceId, resourceInstanceId));
        return In.Status = Open();
    }

    /// <summary>
    /// Goes to the next record. <see cref="FormatStatus.WrongPath"/> and <see cref="FormatStatus.NotAPath"/> concern this record
    /// alone; every other error ends the reading.
    /// </summary>
    /// <returns><see cref="FormatStatus.Ok"/>, <see cref="FormatStatus.End"/> or an error.</returns>
    public FormatStatus Next()
    {
        Input i = In;
        if (i.Status != FormatStatus.Ok)
            return i.Status;
        do
        {
            FormatStatus status = Step();
            if (status == FormatStatus.Ok || status == FormatStatus.NotAPath)
                status = i.Admit(this, status);
            if (status == FormatStatus.NotAPath)
                return status;
            if (status != FormatStatus.Ok)
            {
                i.ClearRecord();
                return i.Status = status;
            }
        }
        while (i.Kind == RecordKind.None);
        return i.InRequest ? FormatStatus.Ok : FormatStatus.WrongPath;
    }

    /// <summary>Tells whether the value can be read as a type, without taking it.</summary>
    /// <param name="type">The type.</param>
    /// <returns><see cref="FormatStatus.Ok"/>, or what the getter of that type would say.</returns>
    public FormatStatus Check(DataType type)
    {
        switch (type)
        {
            case DataType.String:
            case DataType.CoreLink:
                return CheckText();
            case DataType.Integer:
                return GetInteger(out _);
            case DataType.Unsigned:
                return GetUnsigned(out _);
            case DataType.Float:
                return GetFloat(out _);
            case DataType.Boolean:
                return GetBoolean(out _);
            case DataType.Opaque:
                return CheckOpaque();
            case DataType.Time:
                return GetTime(out _);
            case DataType.ObjectLink:
                return GetObjectLink(out _, out _);
            default:
                return FormatStatus.WrongType;
        }
    }

    /// <summary>The value as Integer.</summary>
    /// <param name="value">The value.</param>
    /// <returns><see cref="FormatStatus.Ok"/> or an error.</returns>
    public abstract FormatStatus GetInteger(out long value);

    /// <summary>The value as Unsigned.</summary>
    /// <param name="value">The value.</param>
    /// <returns><see cref="FormatStatus.Ok"/> or an error.</returns>
    public abstract FormatStatus GetUnsigned(out ulong value);

    /// <summary>The value as Float; binary formats can bring infinity and NaN.</summary>
    /// <param name="value">The value.</param>
    /// <returns><see cref="FormatStatus.Ok"/> or an error.</returns>
    public abstract FormatStatus GetFloat(out double value);

    /// <summary>The value as Boolean.</summary>
    /// <param name="value">The value.</param>
    /// <returns><see cref="FormatStatus.Ok"/> or an error.</returns>
    public abstract FormatStatus GetBoolean(out bool value);

    /// <summary>The value as a new string; the only getter that allocates.</summary>
    /// <param name="value">The text.</param>
    /// <returns>
    /// <see cref="FormatStatus.Ok"/> or an error; <see cref="FormatStatus.TooLong"/> over <see
    /// cref="FormatLimits.MaxStringBytes"/>.
    /// </returns>
    public abstract FormatStatus GetString(out string? value);

    /// <summary>The value of type String as UTF-8.</summary>
    /// <param name="into">Where to copy it.</param>
    /// <param name="offset">Index of its first byte there.</param>
    /// <param name="limit">Index after the last byte that may be written.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns><see cref="FormatStatus.Ok"/> or an error; <see cref="FormatStatus.TooLong"/> when it does not fit.</returns>
    public abstract FormatStatus GetUtf8(byte[] into, int offset, int limit, out int length);

    /// <summary>The value as Opaque.</summary>
    /// <param name="into">Where to copy it.</param>
    /// <param name="offset">Index of its first byte there.</param>
    /// <param name="limit">Index after the last byte that may be written.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns><see cref="FormatStatus.Ok"/> or an error; <see cref="FormatStatus.TooLong"/> when it does not fit.</returns>
    public abstract FormatStatus GetOpaque(byte[] into, int offset, int limit, out int length);

    /// <summary>The value as Time.</summary>
    /// <param name="unixSeconds">Seconds since 1970-01-01T00:00:00Z.</param>
    /// <returns><see cref="FormatStatus.Ok"/> or an error.</returns>
    public virtual FormatStatus GetTime(out long unixSeconds) => GetInteger(out unixSeconds);

    /// <summary>The value as Objlnk.</summary>
    /// <param name="objectId">Object id, 0 to 65535.</param>
    /// <param name="instanceId">Object instance id, 0 to 65535.</param>
    /// <returns><see cref="FormatStatus.Ok"/> or an error.</returns>
    public abstract FormatStatus GetObjectLink(out int objectId, out int instanceId);

    /// <summary>The value as Corelnk, as a new string.</summary>
    /// <param name="value">Text in link format.</param>
    /// <returns><see cref="FormatStatus.Ok"/> or an error.</returns>
    public FormatStatus GetCoreLink(out string? value) => GetString(out value);

    /// <summary>Writes the value as it is into another payload, whose resource is begun.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="into">The other payload.</param>
    /// <param name="scratch">Room for a text or bytes; longer ones become empty.</param>
    public void CopyValue(DataType type, PayloadWriter into, byte[] scratch)
    {
        switch (type)
        {
            case DataType.Integer:
                GetInteger(out long integer);
                into.Integer(integer);
                break;
            case DataType.Unsigned:
                GetUnsigned(out ulong unsigned);
                into.Unsigned(unsigned);
                break;
            case DataType.Float:
                GetFloat(out double number);
                into.Float(number);
                break;
            case DataType.Boolean:
                GetBoolean(out bool flag);
                into.Boolean(flag);
                break;
            case DataType.Time:
                GetTime(out long seconds);
                into.Time(seconds);
                break;
            case DataType.ObjectLink:
                GetObjectLink(out int objectId, out int instanceId);
                into.ObjectLink(objectId, instanceId);
                break;
            case DataType.Opaque:
                GetOpaque(scratch, 0, scratch.Length, out int bytes);
                into.Opaque(scratch, 0, bytes);
                break;
            default:
                GetUtf8(scratch, 0, scratch.Length, out int length);
                into.Utf8(scratch, 0, length);
                break;
        }
    }

    /// <summary>Prepares for the first record.</summary>
    private protected abstract FormatStatus Open();

    /// <summary>Goes to the next entry of the payload, which is no record when its kind is <see cref="RecordKind.None"/>.</summary>
    internal abstract FormatStatus Step();

    private protected abstract FormatStatus CheckText();

    private protected abstract FormatStatus CheckOpaque();

    /// <summary>Back to the start, to read the same records again.</summary>
    internal void Restart()
    {
        In.Rewind();
        In.Status = Open();
    }
}
