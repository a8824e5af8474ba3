using System;
using System.Text;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Setting and getting values, for the application and for the runner.
public partial class StoredObject
{
    /// <summary>Sets a whole number: Integer, Unsigned, Float or Time.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">There is no such instance or resource, or the value does not suit its type or range.</exception>
    /// <exception cref="InvalidOperationException">The object holds as many values as it can.</exception>
    public void Set(int instance, int resource, long value) => SetNumber(instance, resource, -1, value);

    /// <summary>Sets a whole number that is not negative: Unsigned, Integer, Float or Time.</summary>
    /// <inheritdoc cref="Set(int, int, long)"/>
    public void Set(int instance, int resource, ulong value) => SetNumber(instance, resource, -1, value);

    /// <summary>Sets a number: Float, or a whole one for the other types.</summary>
    /// <inheritdoc cref="Set(int, int, long)"/>
    public void Set(int instance, int resource, double value) => SetNumber(instance, resource, -1, value);

    /// <summary>Sets a truth value.</summary>
    /// <inheritdoc cref="Set(int, int, long)"/>
    public void Set(int instance, int resource, bool value) => SetBoolean(instance, resource, -1, value);

    /// <summary>Sets a text: String or Corelnk.</summary>
    /// <inheritdoc cref="Set(int, int, long)"/>
    public void Set(int instance, int resource, string value) => SetString(instance, resource, -1, value);

    /// <summary>Sets bytes. They are copied.</summary>
    /// <inheritdoc cref="Set(int, int, long)"/>
    public void Set(int instance, int resource, byte[] value) => SetOpaque(instance, resource, -1, value);

    /// <summary>Sets a time.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="unixSeconds">Seconds since 1970-01-01T00:00:00Z.</param>
    /// <inheritdoc cref="Set(int, int, long)"/>
    public void SetTime(int instance, int resource, long unixSeconds) => SetNumber(instance, resource, -1, unixSeconds);

    /// <summary>Sets a link to an object instance; 65535 and 65535 link to nothing.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="linkedObject">Object id, 0..65535.</param>
    /// <param name="linkedInstance">Object instance id, 0..65535.</param>
    /// <inheritdoc cref="Set(int, int, long)"/>
    public void SetLink(int instance, int resource, int linkedObject, int linkedInstance) =>
        SetObjectLink(instance, resource, -1, linkedObject, linkedInstance);

    /// <summary>Sets a whole number in one instance of a multiple resource.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="resourceInstance">Resource instance, 0..65534.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">There is no such instance or resource, or the value does not suit its type or range.</exception>
    /// <exception cref="InvalidOperationException">The object holds as many values as it can.</exception>
    public void SetInstance(int instance, int resource, int resourceInstance, long value) =>
        SetNumber(instance, resource, Checked(instance, resource, resourceInstance), value);

    /// <summary>Sets a whole number that is not negative in one instance of a multiple resource.</summary>
    /// <inheritdoc cref="SetInstance(int, int, int, long)"/>
    public void SetInstance(int instance, int resource, int resourceInstance, ulong value) =>
        SetNumber(instance, resource, Checked(instance, resource, resourceInstance), value);

    /// <summary>Sets a number in one instance of a multiple resource.</summary>
    /// <inheritdoc cref="SetInstance(int, int, int, long)"/>
    public void SetInstance(int instance, int resource, int resourceInstance, double value) =>
        SetNumber(instance, resource, Checked(instance, resource, resourceInstance), value);

    /// <summary>Sets a truth value in one instance of a multiple resource.</summary>
    /// <inheritdoc cref="SetInstance(int, int, int, long)"/>
    public void SetInstance(int instance, int resource, int resourceInstance, bool value) =>
        SetBoolean(instance, resource, Checked(instance, resource, resourceInstance), value);

    /// <summary>Sets a text in one instance of a multiple resource.</summary>
    /// <inheritdoc cref="SetInstance(int, int, int, long)"/>
    public void SetInstance(int instance, int resource, int resourceInstance, string value) =>
        SetString(instance, resource, Checked(instance, resource, resourceInstance), value);

    /// <summary>Sets bytes in one instance of a multiple resource. They are copied.</summary>
    /// <inheritdoc cref="SetInstance(int, int, int, long)"/>
    public void SetInstance(int instance, int resource, int resourceInstance, byte[] value) =>
        SetOpaque(instance, resource, Checked(instance, resource, resourceInstance), value);

    /// <summary>Sets a link in one instance of a multiple resource.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="resourceInstance">Resource instance, 0..65534.</param>
    /// <param name="linkedObject">Object id, 0..65535.</param>
    /// <param name="linkedInstance">Object instance id, 0..65535.</param>
    /// <inheritdoc cref="SetInstance(int, int, int, long)"/>
    public void SetInstanceLink(int instance, int resource, int resourceInstance, int linkedObject, int linkedInstance) =>
        SetObjectLink(instance, resource, Checked(instance, resource, resourceInstance), linkedObject, linkedInstance);

    /// <summary>Makes a multiple resource empty: present, without instances.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <exception cref="ArgumentException">There is no such instance or multiple resource.</exception>
    /// <exception cref="InvalidOperationException">The object holds as many values as it can.</exception>
    public void SetEmpty(int instance, int resource)
    {
        WordOf(instance, resource, 0);
        if (!PutEmpty(instance, resource, out bool changed))
            throw Full(instance, resource);
        Tell(instance, resource, -1, changed);
    }

    /// <summary>
    /// Sets a value from its form in plain text (Core, appendix C): <c>21.5</c>, <c>1</c> for true, Base64 for bytes, <c>3:0</c> for a
    /// link. For consoles and configuration files; allocates.
    /// </summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource; servers need not be able to write it.</param>
    /// <param name="resourceInstance">Resource instance; -1 for a single resource.</param>
    /// <param name="text">The value in plain text.</param>
    /// <returns><see cref="Outcome.Ok"/>, or why it was not set.</returns>
    public Outcome SetText(int instance, int resource, int resourceInstance, string text)
    {
        int word = Definition.Find(resource);
        if (word < 0 || !HasInstance(instance))
            return Outcome.NotFound;
        byte[] payload = Encoding.UTF8.GetBytes(text);
        FormatLimits limits = new FormatLimits { MaxRecords = 8 };
        PayloadReader source = new PayloadFormats(limits).Reader(ContentFormat.PlainText)!;
        source.Begin(payload, 0, payload.Length, Definition.ObjectId, instance, resource, resourceInstance);
        if (source.Next() != FormatStatus.Ok)
            return Outcome.BadRequest;
        ValueReader value = new ValueReader();
        value.Begin(source);
        Outcome outcome = value.Check(word, Definition);
        if (outcome != Outcome.Ok)
            return outcome;
        outcome = Store(instance, resource, value, out bool changed);
        if (outcome == Outcome.Ok)
            Tell(instance, resource, resourceInstance, changed);
        return outcome;
    }

    /// <summary>Removes a resource with its value or all its instances.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <returns>False when it had no value.</returns>
    public bool Remove(int instance, int resource)
    {
        if (!Discard(instance, resource))
            return false;
        Tell(instance, resource, -1, true);
        return true;
    }

    /// <summary>Removes one instance of a resource.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="resourceInstance">Resource instance.</param>
    /// <returns>False when there was no such resource instance.</returns>
    public bool Remove(int instance, int resource, int resourceInstance)
    {
        if (!DiscardInstance(instance, resource, resourceInstance))
            return false;
        Tell(instance, resource, resourceInstance, true);
        return true;
    }

    /// <summary>True when the resource, or the instance of it, is there; of an executable one that it has a value is never true.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="resourceInstance">Resource instance; -1 for the resource itself.</param>
    public bool IsSet(int instance, int resource, int resourceInstance = -1)
    {
        lock (_values)
            return _values.Find(instance, resource, resourceInstance) != 0;
    }

    /// <summary>The instance of a multiple resource that follows another one, or -1 after the last. Start with -1.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="after">A resource instance that is there, or -1 for the first one.</param>
    public int NextInstance(int instance, int resource, int after)
    {
        if (!Resource.IsMultiple(DefinedOrNone(resource)))
            return -1;
        lock (_values)
        {
            int place = _values.Find(instance, resource, after);
            int next = place == 0 ? 0 : _values.Next(place);
            return next == 0 ? -1 : _values.InstanceOf(next);
        }
    }

    /// <summary>Number of instances of a multiple resource; 0 when it is empty or absent.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    public int CountInstances(int instance, int resource)
    {
        if (!Resource.IsMultiple(DefinedOrNone(resource)))
            return 0;
        lock (_values)
        {
            int head = _values.Find(instance, resource, ValueTable.NoInstance);
            return head == 0 ? 0 : _values.CountOf(head);
        }
    }

    /// <summary>Gets an Integer or Time.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="value">The value; 0 on failure.</param>
    /// <param name="resourceInstance">Resource instance; -1 for a single resource.</param>
    /// <returns><see cref="Outcome.Ok"/>; <see cref="Outcome.NotFound"/> when it has no value; <see cref="Outcome.BadRequest"/> when it is of another type.</returns>
    public Outcome GetInteger(int instance, int resource, out long value, int resourceInstance = -1) =>
        GetNumber(instance, resource, resourceInstance, DataType.Integer, DataType.Time, out value);

    /// <summary>Gets an Unsigned.</summary>
    /// <inheritdoc cref="GetInteger"/>
    public Outcome GetUnsigned(int instance, int resource, out ulong value, int resourceInstance = -1)
    {
        Outcome outcome = GetNumber(instance, resource, resourceInstance, DataType.Unsigned, DataType.Unsigned, out long bits);
        value = (ulong)bits;
        return outcome;
    }

    /// <summary>Gets a Float.</summary>
    /// <inheritdoc cref="GetInteger"/>
    public Outcome GetFloat(int instance, int resource, out double value, int resourceInstance = -1)
    {
        Outcome outcome = GetNumber(instance, resource, resourceInstance, DataType.Float, DataType.Float, out long bits);
        value = BitConverter.Int64BitsToDouble(bits);
        return outcome;
    }

    /// <summary>Gets a Boolean.</summary>
    /// <inheritdoc cref="GetInteger"/>
    public Outcome GetBoolean(int instance, int resource, out bool value, int resourceInstance = -1)
    {
        Outcome outcome = GetNumber(instance, resource, resourceInstance, DataType.Boolean, DataType.Boolean, out long bits);
        value = bits != 0;
        return outcome;
    }

    /// <summary>Gets a Time, in seconds since 1970-01-01T00:00:00Z.</summary>
    /// <inheritdoc cref="GetInteger"/>
    public Outcome GetTime(int instance, int resource, out long value, int resourceInstance = -1) =>
        GetInteger(instance, resource, out value, resourceInstance);

    /// <summary>Gets an Objlnk.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="linkedObject">Object id; 65535 links to nothing.</param>
    /// <param name="linkedInstance">Object instance id.</param>
    /// <param name="resourceInstance">Resource instance; -1 for a single resource.</param>
    /// <returns>As <see cref="GetInteger"/>.</returns>
    public Outcome GetLink(int instance, int resource, out int linkedObject, out int linkedInstance, int resourceInstance = -1)
    {
        Outcome outcome = GetNumber(instance, resource, resourceInstance, DataType.ObjectLink, DataType.ObjectLink, out long bits);
        linkedObject = (int)(bits >> 16) & 0xFFFF;
        linkedInstance = (int)bits & 0xFFFF;
        return outcome;
    }

    /// <summary>Gets a String or Corelnk, as a new string.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="value">The text; empty on failure.</param>
    /// <param name="resourceInstance">Resource instance; -1 for a single resource.</param>
    /// <returns>As <see cref="GetInteger"/>.</returns>
    public Outcome GetString(int instance, int resource, out string value, int resourceInstance = -1)
    {
        value = "";
        DataType type = Resource.Type(DefinedOrNone(resource));
        if (type != DataType.String && type != DataType.CoreLink)
            return Outcome.BadRequest;
        lock (_values)
        {
            byte[]? bytes = BytesAt(instance, resource, resourceInstance);
            if (bytes == null)
                return Outcome.NotFound;
            value = Encoding.UTF8.GetString(bytes, 0, bytes.Length);
            return Outcome.Ok;
        }
    }

    /// <summary>Gets an Opaque, as a copy.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="value">The bytes; empty on failure.</param>
    /// <param name="resourceInstance">Resource instance; -1 for a single resource.</param>
    /// <returns>As <see cref="GetInteger"/>.</returns>
    public Outcome GetOpaque(int instance, int resource, out byte[] value, int resourceInstance = -1)
    {
        value = new byte[0];
        if (Resource.Type(DefinedOrNone(resource)) != DataType.Opaque)
            return Outcome.BadRequest;
        lock (_values)
        {
            byte[]? bytes = BytesAt(instance, resource, resourceInstance);
            if (bytes == null)
                return Outcome.NotFound;
            value = new byte[bytes.Length];
            Array.Copy(bytes, 0, value, 0, bytes.Length);
            return Outcome.Ok;
        }
    }
}
