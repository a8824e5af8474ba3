using System;
using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// An object that keeps its values itself: set them, and servers can read, write and observe them. Derive from it to act on
/// what servers write (<see cref="OnWritten"/>) or execute.
/// <para>Values may be set and read from any thread; a lock of the object's own guards them, and no hook is called under it.
/// The number of values is fixed at construction. Numbers are kept without boxing; writing and reading them allocates nothing,
/// and a text only where its length changed.</para>
/// </summary>
public partial class StoredObject : Lwm2mObject
{
    private const int ServersCreateIt = 1;
    private const int BootstrapSparesIt = 2;
    private const int IsKeptSet = 4;
    private const int IsKeptTrue = 8;

    private readonly ValueTable _values;
    private int _marks;

    /// <summary>Makes an object without instances and values.</summary>
    /// <param name="definition">Its definition.</param>
    /// <param name="capacity">How many values it holds, all instances together: one for each single resource that is set; one, and
    /// one for each of its instances, for a multiple one. 0 (default) is room for all resources of an object with one instance, of
    /// four instances otherwise, with four instances of each multiple resource. A server that writes one more gets 5.03.</param>
    /// <exception cref="ArgumentException">The capacity is negative or above 65535.</exception>
    public StoredObject(ObjectDefinition definition, int capacity = 0)
        : base(definition)
    {
        if (capacity < 0 || capacity > 65535)
            throw new ArgumentException("/" + definition.ObjectId + ": a capacity of " + capacity + " values is not in 0..65535.", nameof(capacity));
        _values = new ValueTable(capacity == 0 ? RoomFor(definition) : capacity);
        AllowCreate = !definition.IsSingle;
    }

    /// <summary>Whether servers may create and delete instances (4.05 otherwise). Default true, except for objects with a single instance.</summary>
    public bool AllowCreate
    {
        get => (_marks & ServersCreateIt) != 0;
        set => _marks = value ? _marks | ServersCreateIt : _marks & ~ServersCreateIt;
    }

    /// <summary>Adds an instance without values; the client announces it with its next Update.</summary>
    /// <param name="instance">Its id, 0..65534.</param>
    /// <exception cref="ArgumentException">The id is out of range or taken.</exception>
    /// <exception cref="InvalidOperationException">There are <see cref="ObjectDefinition.MaxInstances"/> already.</exception>
    public new void AddInstance(int instance)
    {
        lock (_values)
            Insert(instance);
        InstancesChanged();
    }

    /// <summary>Removes an instance and its values; the client announces it with its next Update.</summary>
    /// <param name="instance">Its id.</param>
    /// <returns>False when there was no such instance.</returns>
    public new bool RemoveInstance(int instance)
    {
        lock (_values)
        {
            if (!Extract(instance))
                return false;
            RemoveValues(instance);
        }

        InstanceRemoved(instance);
        return true;
    }

    /// <summary>Whether a bootstrap server may delete the instances. False where they are part of the device, such as soldered sensors
    /// (see <see cref="IsStatic"/>). Default true.</summary>
    public bool AllowBootstrapDelete
    {
        get => (_marks & BootstrapSparesIt) == 0;
        set => _marks = value ? _marks & ~BootstrapSparesIt : _marks | BootstrapSparesIt;
    }

    /// <summary>Called when a value was stored or removed, be it the same as before: by <c>Set</c>, on the caller's thread, or by a
    /// server's Write, on the runner's. Other values may be set here.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="resourceInstance">Resource instance; -1 for a single resource, and when all instances were removed.</param>
    protected virtual void OnStored(int instance, int resource, int resourceInstance)
    {
    }

    /// <summary>Called by the runner when a server wrote a value, after <see cref="OnStored"/>. Values may be set here.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="resourceInstance">Resource instance; -1 for a single resource, and when all instances were removed.</param>
    protected virtual void OnWritten(int instance, int resource, int resourceInstance)
    {
    }

    /// <summary>Called by the runner when a server creates an instance, before its values are written: the place for the values
    /// that the device provides, such as mandatory ones that servers cannot write.</summary>
    /// <param name="instance">The new instance.</param>
    protected virtual void OnCreated(int instance)
    {
    }

    /// <summary>Called by the runner when a server deleted an instance, or its creation was taken back.</summary>
    /// <param name="instance">The instance; it is gone.</param>
    protected virtual void OnDeleted(int instance)
    {
    }

    /// <inheritdoc/>
    protected internal override bool Has(int instance, int resource)
    {
        lock (_values)
            if (_values.Find(instance, resource, ValueTable.NoInstance) != 0)
                return true;
        return Resource.IsExecutable(Definition.Find(resource));
    }

    /// <inheritdoc/>
    protected internal override Outcome Read(int instance, int resource, ValueWriter value)
    {
        lock (_values)
        {
            int place = _values.Find(instance, resource, ValueTable.NoInstance);
            if (place == 0)
                return Outcome.NotFound;
            if (!value.IsMultiple)
                return Give(place, value);
            if (value.ResourceInstance >= 0)
            {
                place = _values.Find(instance, resource, value.ResourceInstance);
                if (place == 0)
                    return Outcome.NotFound;
                value.Instance(value.ResourceInstance);
                return Give(place, value);
            }

            while ((place = _values.Next(place)) != 0)
            {
                value.Instance(_values.InstanceOf(place));
                Outcome outcome = Give(place, value);
                if (outcome != Outcome.Ok)
                    return outcome;
            }

            return Outcome.Ok;
        }
    }

    /// <inheritdoc/>
    protected internal override Outcome Validate(int instance, int resource, ValueReader value)
    {
        bool multiple = Resource.IsMultiple(Definition.Find(resource));
        int resourceInstance = value.ResourceInstance;
        if (multiple != resourceInstance >= 0)
            return Outcome.BadRequest;
        lock (_values)
        {
            if (_values.Find(instance, resource, resourceInstance) != 0)
                return Outcome.Ok;
            value.PlacesNeeded++;
            if (multiple && _values.Find(instance, resource, ValueTable.NoInstance) == 0)
                value.NeedHead(instance, resource);
            return value.PlacesNeeded <= _values.FreeCount ? Outcome.Ok : Outcome.ServiceUnavailable;
        }
    }

    /// <inheritdoc/>
    protected internal override Outcome Write(int instance, int resource, ValueReader value)
    {
        Outcome outcome = Store(instance, resource, value, out _);
        if (outcome != Outcome.Ok)
            return outcome;
        int resourceInstance = value.ResourceInstance;
        OnStored(instance, resource, resourceInstance);
        OnWritten(instance, resource, resourceInstance);
        return Outcome.Ok;
    }

    /// <inheritdoc/>
    protected internal override Outcome Create(int instance)
    {
        if (!AllowCreate || Definition.IsSingle)
            return Outcome.MethodNotAllowed;
        if (InstanceCount >= Definition.MaxInstances)
            return Outcome.ServiceUnavailable;
        AddInstance(instance);
        OnCreated(instance);
        return Outcome.Ok;
    }

    /// <inheritdoc/>
    protected internal override Outcome Delete(int instance)
    {
        if (!AllowCreate || Definition.IsSingle)
            return Outcome.MethodNotAllowed;
        if (!RemoveInstance(instance))
            return Outcome.NotFound;
        OnDeleted(instance);
        return Outcome.Ok;
    }

    /// <inheritdoc/>
    /// <remarks>An optional single resource is removed, a mandatory one keeps its value; of a multiple one all instances are
    /// removed, which leaves it empty.</remarks>
    protected internal override Outcome Clear(int instance, int resource)
    {
        int word = Definition.Find(resource);
        if (Resource.IsMultiple(word))
        {
            if (!PutEmpty(instance, resource, out _))
                return Outcome.ServiceUnavailable;
        }
        else if (Resource.IsMandatory(word) || !Discard(instance, resource))
            return Outcome.Ok;

        OnStored(instance, resource, -1);
        OnWritten(instance, resource, -1);
        return Outcome.Ok;
    }

    /// <inheritdoc/>
    protected internal override Outcome ClearInstance(int instance, int resource, int resourceInstance)
    {
        if (!DiscardInstance(instance, resource, resourceInstance))
            return Outcome.NotFound;
        OnStored(instance, resource, resourceInstance);
        OnWritten(instance, resource, resourceInstance);
        return Outcome.Ok;
    }

    private Outcome Give(int place, ValueWriter value)
    {
        switch (value.Type)
        {
            case DataType.Integer:
                return value.Integer(_values.Number(place));
            case DataType.Float:
                return value.Float(BitConverter.Int64BitsToDouble(_values.Number(place)));
            case DataType.Boolean:
                return value.Boolean(_values.Number(place) != 0);
            case DataType.Unsigned:
                return value.Unsigned((ulong)_values.Number(place));
            case DataType.Time:
                return value.Time(_values.Number(place));
            case DataType.ObjectLink:
                int link = (int)_values.Number(place);
                return value.ObjectLink(link >> 16 & 0xFFFF, link & 0xFFFF);
            case DataType.Opaque:
                byte[] opaque = _values.Bytes(place)!;
                return value.Opaque(opaque, 0, opaque.Length);
            default:
                byte[] text = _values.Bytes(place)!;
                return value.Utf8(text, 0, text.Length);
        }
    }

    private static int RoomFor(ObjectDefinition definition)
    {
        int room = 0;
        for (int position = 0; position < definition.Count; position++)
        {
            int word = definition.At(position);
            if (!Resource.IsExecutable(word))
                room += Resource.IsMultiple(word) ? 5 : 1;
        }

        return definition.IsSingle ? room : room * (definition.MaxInstances < 4 ? definition.MaxInstances : 4);
    }
}
