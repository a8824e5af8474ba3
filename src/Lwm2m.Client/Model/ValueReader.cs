using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// Gives a <see cref="Lwm2mObject.Write"/> handler the value that a server sent. Return what the method answered: a value that
/// cannot be read is <see cref="Outcome.BadRequest"/>, one that is too long <see cref="Outcome.RequestEntityTooLarge"/>.
/// <code>protected override Outcome Write(int instance, int resource, ValueReader value) => value.GetBoolean(out _on);</code>
/// </summary>
public sealed class ValueReader
{
    private readonly byte[] _scratch;
    private PayloadReader? _source;
    private int _head;

    /// <summary>Room for one value, for whoever reads it while no handler does.</summary>
    internal byte[] Scratch => _scratch;

    /// <summary>Makes a reader; a client has one and reuses it.</summary>
    /// <param name="scratchBytes">Values up to this length are compared without allocating.</param>
    internal ValueReader(int scratchBytes = 256) => _scratch = new byte[scratchBytes];

    /// <summary>The instance of the resource that is written, or -1 for a resource without instances.</summary>
    public int ResourceInstance => _source!.ResourceInstanceId;

    /// <summary>Length in bytes of a text or opaque value; an upper bound where the format escapes or encodes it.</summary>
    public int Length => _source!.ValueLength;

    /// <summary>Takes a whole number.</summary>
    public Outcome GetInteger(out long value) => From(_source!.GetInteger(out value));

    /// <summary>Takes a whole number that is not negative.</summary>
    public Outcome GetUnsigned(out ulong value) => From(_source!.GetUnsigned(out value));

    /// <summary>Takes a number.</summary>
    public Outcome GetFloat(out double value) => From(_source!.GetFloat(out value));

    /// <summary>Takes a truth value.</summary>
    public Outcome GetBoolean(out bool value) => From(_source!.GetBoolean(out value));

    /// <summary>Takes a text as a new string; empty on failure.</summary>
    public Outcome GetString(out string value)
    {
        Outcome outcome = From(_source!.GetString(out string? text));
        value = text ?? "";
        return outcome;
    }

    /// <summary>Takes a text as UTF-8, without allocating.</summary>
    /// <param name="into">Where to copy it.</param>
    /// <param name="offset">Its first byte there.</param>
    /// <param name="limit">Index after the last byte that may be written.</param>
    /// <param name="length">Its length in bytes.</param>
    public Outcome GetUtf8(byte[] into, int offset, int limit, out int length) => From(_source!.GetUtf8(into, offset, limit, out length));

    /// <summary>Takes bytes.</summary>
    /// <param name="into">Where to copy them.</param>
    /// <param name="offset">The first one there.</param>
    /// <param name="limit">Index after the last byte that may be written.</param>
    /// <param name="length">How many there are.</param>
    public Outcome GetOpaque(byte[] into, int offset, int limit, out int length) => From(_source!.GetOpaque(into, offset, limit, out length));

    /// <summary>Takes a time, in seconds since 1970-01-01T00:00:00Z.</summary>
    public Outcome GetTime(out long unixSeconds) => From(_source!.GetTime(out unixSeconds));

    /// <summary>Takes a link to an object instance; 65535 and 65535 link to nothing.</summary>
    public Outcome GetObjectLink(out int objectId, out int instanceId) => From(_source!.GetObjectLink(out objectId, out instanceId));

    /// <summary>Takes a text in link format as a new string; empty on failure.</summary>
    public Outcome GetCoreLink(out string value) => GetString(out value);

    /// <summary>Values of the request so far that need a place of their own, counted by <see cref="StoredObject"/>'s check.</summary>
    internal int PlacesNeeded { get; set; }

    /// <summary>Counts the place of a multiple resource itself, once for all of its instances that follow one another.</summary>
    internal void NeedHead(int instance, int resource)
    {
        int key = instance << 16 | resource;
        if (_head == key)
            return;
        _head = key;
        PlacesNeeded++;
    }

    /// <summary>Binds the reader to a payload; once for each pass over the payload of a request.</summary>
    internal void Begin(PayloadReader source)
    {
        _source = source;
        PlacesNeeded = 0;
        _head = -1;
    }

    /// <summary>Whether the value of the present record has the type of a resource and lies in its range. Stores nothing.</summary>
    internal Outcome Check(int word, ObjectDefinition definition)
    {
        PayloadReader source = _source!;
        switch (Resource.Type(word))
        {
            case DataType.Integer:
                return InRange(source.GetInteger(out long integer), definition.InRangeOf(word, integer));
            case DataType.Unsigned:
                FormatStatus status = source.GetUnsigned(out ulong unsigned);
                // A range ends at 2^63 - 1; without one all of 64 bits is valid.
                return InRange(status, unsigned <= long.MaxValue ? definition.InRangeOf(word, (long)unsigned) : Resource.Range(word) == 0);
            case DataType.Float:
                // NaN and infinity are legal CBOR and TLV; a resource has no use for them, and text cannot say them.
                return InRange(source.GetFloat(out double number), number - number == 0 && definition.InRangeOf(word, number));
            case DataType.Boolean:
                return From(source.GetBoolean(out _));
            case DataType.Time:
                return InRange(source.GetTime(out long time), definition.InRangeOf(word, time));
            case DataType.ObjectLink:
                return From(source.GetObjectLink(out _, out _));
            case DataType.String:
            case DataType.CoreLink:
            case DataType.Opaque:
                return CheckLength(word, definition);
            default:
                return Outcome.MethodNotAllowed;
        }
    }

    /// <summary>The text or opaque value, in a buffer that is valid until the next call and may be longer than the value.</summary>
    internal Outcome GetBytes(DataType type, int limit, out byte[] buffer, out int length)
    {
        PayloadReader source = _source!;
        buffer = _scratch;
        if (source.ValueLength > buffer.Length)
        {
            // Length is an upper bound: what looks somewhat too long may still fit, but nobody allocates what never can.
            if (source.ValueLength / 6 > limit)
            {
                length = 0;
                return Outcome.RequestEntityTooLarge;
            }

            buffer = new byte[source.ValueLength];
        }

        return From(type == DataType.Opaque
            ? source.GetOpaque(buffer, 0, buffer.Length, out length)
            : source.GetUtf8(buffer, 0, buffer.Length, out length));
    }

    private Outcome CheckLength(int word, ObjectDefinition definition)
    {
        DataType type = Resource.Type(word);
        FormatStatus status = _source!.Check(type);
        if (status != FormatStatus.Ok)
            return From(status);
        bool ranged = Resource.Range(word) != 0;
        if (!ranged && _source.ValueLength <= definition.MaxStringBytes)
            return Outcome.Ok;
        // Only now is the exact length worth a copy.
        Outcome outcome = GetBytes(type, definition.MaxLengthOf(word), out _, out int length);
        if (outcome == Outcome.Ok && !definition.IsLengthAllowed(word, length))
            outcome = Outcome.RequestEntityTooLarge;
        return ranged && outcome == Outcome.RequestEntityTooLarge ? Outcome.BadRequest : outcome;
    }

    private static Outcome InRange(FormatStatus status, bool inRange) =>
        status == FormatStatus.Ok && !inRange ? Outcome.BadRequest : From(status);

    private static Outcome From(FormatStatus status) =>
        status == FormatStatus.Ok ? Outcome.Ok
        : status == FormatStatus.TooLong ? Outcome.RequestEntityTooLarge
        : Outcome.BadRequest;
}
