using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// Takes the value of a resource from a <see cref="Lwm2mObject.Read"/> handler and passes it on without keeping it: into the
/// payload of an answer, or into a comparison. Numbers are converted to the type of the resource's definition. A value of a wrong
/// type, or one too many, is answered <see cref="Outcome.InternalError"/>: return what the method answered.
/// <code>protected override Outcome Read(int instance, int resource, ValueWriter value) => value.Float(_celsius);</code>
/// </summary>
public sealed partial class ValueWriter
{
    // A single value is awaited; it was taken; an instance is awaited; its value is awaited; its value was not asked for.
    private const int Single = 0;
    private const int Taken = 1;
    private const int Multiple = 2;
    private const int InInstance = 3;
    private const int InSkipped = 4;

    private PayloadWriter? _payload;
    private DataType _type;
    private int _resource;
    private int _state;
    private int _only;
    private bool _headed;
    private bool _misused;
    private int _last;

    /// <summary>The one resource instance that is asked for, or -1 for all. A handler may save itself the others; they are left out anyway.</summary>
    public int ResourceInstance => _only;

    /// <summary>Type of the resource in its definition.</summary>
    public DataType Type => _type;

    /// <summary>True when the value goes to a server; false when the client only looks at it, to tell whether it changed.</summary>
    public bool IsSent => _payload != null && !IsLocal;

    /// <summary>True for the writer of <see cref="Lwm2mClient.Read"/>, whose payloads stay in the device.</summary>
    internal bool IsLocal { get; set; }

    /// <summary>True when the resource has instances by definition.</summary>
    public bool IsMultiple { get; private set; }

    /// <summary>Starts one instance of a resource; its value follows. Only for resources that are multiple by definition.</summary>
    /// <param name="resourceInstance">Id of the resource instance, ascending.</param>
    public Outcome Instance(int resourceInstance)
    {
        if (_state != Multiple && _state != InSkipped || resourceInstance <= _last || resourceInstance > Resource.MaxId)
            return Misused();
        _last = resourceInstance;
        Count(resourceInstance);
        if (_only >= 0 && _only != resourceInstance)
        {
            _state = InSkipped;
            return Outcome.Ok;
        }

        _state = InInstance;
        if (_payload == null)
            return Outcome.Ok;
        if (!_headed)
        {
            _headed = true;
            _payload.Multiple(_resource);
        }

        _payload.ResourceInstance(resourceInstance);
        return Outcome.Ok;
    }

    /// <summary>Gives a whole number, for a resource of type Integer, Unsigned, Float or Time.</summary>
    public Outcome Integer(long value)
    {
        if (_type != DataType.Integer)
            return IntegerAs(value);
        if (!Open())
            return Skipped();
        if (_payload == null)
            return Probe(value, value);
        _payload.Integer(value);
        return Outcome.Ok;
    }

    /// <summary>Gives a whole number that is not negative, for a resource of type Unsigned, Integer, Float or Time.</summary>
    public Outcome Unsigned(ulong value)
    {
        if (_type == DataType.Float)
            return Float(value);
        if (_type != DataType.Unsigned)
            return value <= long.MaxValue ? Integer((long)value) : Misused();
        if (!Open())
            return Skipped();
        if (_payload == null)
            return Probe(value, (long)value);
        _payload.Unsigned(value);
        return Outcome.Ok;
    }

    /// <summary>Gives a number, for a resource of type Float; a whole one also for Integer, Unsigned and Time.</summary>
    public Outcome Float(double value)
    {
        if (_type != DataType.Float)
            return FloatAs(value);
        if (!Open())
            return Skipped();
        if (_payload == null)
            return Probe(value, BitConverter.DoubleToInt64Bits(value));
        _payload.Float(value);
        return Outcome.Ok;
    }

    /// <summary>Gives a truth value, for a resource of type Boolean.</summary>
    public Outcome Boolean(bool value)
    {
        if (_type != DataType.Boolean)
            return Misused();
        if (!Open())
            return Skipped();
        if (_payload == null)
            return Probe(value ? 1 : 0, value ? 1 : 0);
        _payload.Boolean(value);
        return Outcome.Ok;
    }

    /// <summary>Gives a text, for a resource of type String or Corelnk.</summary>
    public Outcome String(string value)
    {
        if (_type != DataType.String && _type != DataType.CoreLink)
            return Misused();
        if (!Open())
            return Skipped();
        if (_payload == null)
            return ProbeText(value);
        if (_type == DataType.String)
            _payload.String(value);
        else
            _payload.CoreLink(value);
        return Outcome.Ok;
    }

    /// <summary>Gives a text that is UTF-8 already, for a resource of type String or Corelnk.</summary>
    /// <param name="buffer">Holds the text.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length in bytes.</param>
    public Outcome Utf8(byte[] buffer, int offset, int count)
    {
        if (_type != DataType.String && _type != DataType.CoreLink)
            return Misused();
        if (!Open())
            return Skipped();
        if (_payload == null)
            return ProbeBytes(buffer, offset, count);
        _payload.Utf8(buffer, offset, count);
        return Outcome.Ok;
    }

    /// <summary>Gives bytes, for a resource of type Opaque.</summary>
    /// <param name="buffer">Holds the bytes.</param>
    /// <param name="offset">The first one.</param>
    /// <param name="count">How many.</param>
    public Outcome Opaque(byte[] buffer, int offset, int count)
    {
        if (_type != DataType.Opaque)
            return Misused();
        if (!Open())
            return Skipped();
        if (_payload == null)
            return ProbeBytes(buffer, offset, count);
        _payload.Opaque(buffer, offset, count);
        return Outcome.Ok;
    }

    /// <summary>Gives a time, for a resource of type Time.</summary>
    /// <param name="unixSeconds">Seconds since 1970-01-01T00:00:00Z.</param>
    public Outcome Time(long unixSeconds)
    {
        if (_type != DataType.Time)
            return Misused();
        if (!Open())
            return Skipped();
        if (_payload == null)
            return Probe(unixSeconds, unixSeconds);
        _payload.Time(unixSeconds);
        return Outcome.Ok;
    }

    /// <summary>Gives a link to an object instance, for a resource of type Objlnk. 65535 and 65535 link to nothing.</summary>
    /// <param name="objectId">Object id, 0..65535.</param>
    /// <param name="instanceId">Object instance id, 0..65535.</param>
    public Outcome ObjectLink(int objectId, int instanceId)
    {
        if (_type != DataType.ObjectLink)
            return Misused();
        if (!Open())
            return Skipped();
        if (_payload == null)
            return Probe(0, (long)objectId << 16 | (uint)instanceId);
        _payload.ObjectLink(objectId, instanceId);
        return Outcome.Ok;
    }

    /// <summary>Gives a text in link format, for a resource of type Corelnk.</summary>
    public Outcome CoreLink(string value) => String(value);

    /// <summary>The values that are taken go into a payload. <see cref="End"/> follows, after the handler answered.</summary>
    /// <param name="target">A payload that is begun and, where its path needs it, within an instance.</param>
    /// <param name="word">Definition of the resource.</param>
    /// <param name="resourceInstance">The one resource instance that is asked for, or -1 for all.</param>
    internal void BeginPayload(PayloadWriter target, int word, int resourceInstance)
    {
        _payload = target;
        Begin(word, resourceInstance);
    }

    /// <summary>As <see cref="BeginPayload"/>, for one more instance of the resource that was written last.</summary>
    internal void ContinuePayload(PayloadWriter target, int word, int resourceInstance)
    {
        BeginPayload(target, word, resourceInstance);
        _headed = true;
    }

    /// <summary>Completes what the handler wrote.</summary>
    /// <param name="answer">What the handler answered.</param>
    /// <returns>The answer; or <see cref="Outcome.NotFound"/> when a value was asked for and none came, and
    /// <see cref="Outcome.InternalError"/> when the handler used the writer wrongly. Whether the payload had room tells its own status.</returns>
    internal Outcome End(Outcome answer)
    {
        if (answer != Outcome.Ok)
            return answer;
        if (_misused || _state == InInstance)
            return Outcome.InternalError;
        if (_state == Taken)
            return Outcome.Ok;
        if (_state == Single || _only >= 0 && !_headed)
            return Outcome.NotFound;
        if (!_headed && _payload != null)
            _payload.Multiple(_resource);
        return Outcome.Ok;
    }

    private void Begin(int word, int resourceInstance)
    {
        _resource = word & 0xFFFF;
        _type = Resource.Type(word);
        _only = resourceInstance;
        IsMultiple = Resource.IsMultiple(word);
        _state = IsMultiple ? Multiple : Single;
        _last = -1;
        _headed = false;
        _misused = false;
    }

    // True when a value is wanted now.
    private bool Open()
    {
        if (_state == Single)
        {
            _state = Taken;
            if (_payload != null)
                _payload.Resource(_resource);
            return true;
        }

        if (_state == InInstance)
        {
            _state = Multiple;
            _headed = true;
            return true;
        }

        if (_state != InSkipped)
            _misused = true;
        else
            _state = Multiple;
        return false;
    }

    private Outcome Skipped() => _misused ? Outcome.InternalError : Outcome.Ok;

    private Outcome Misused()
    {
        _misused = true;
        return Outcome.InternalError;
    }

    private Outcome IntegerAs(long value)
    {
        if (_type == DataType.Float)
            return Float(value);
        if (_type == DataType.Time)
            return Time(value);
        return _type == DataType.Unsigned && value >= 0 ? Unsigned((ulong)value) : Misused();
    }

    private Outcome FloatAs(double value)
    {
        // 2^63 and above, and NaN, fit no long.
        bool fits = value >= -9223372036854775808d && value < 9223372036854775808d;
        if (fits && (_type == DataType.Integer || _type == DataType.Unsigned || _type == DataType.Time) && (double)(long)value == value)
            return IntegerAsInteger((long)value);
        return Misused();
    }

    private Outcome IntegerAsInteger(long value) => _type == DataType.Integer ? Integer(value) : IntegerAs(value);
}
