using System;

namespace Lwm2m.Client;

/// <summary>
/// An object of the device: derive from it, answer Read, Write and Execute, and add it to the client. The methods marked as hooks
/// are called by the client's runner only, one at a time; an exception thrown in one is answered 5.00 and reported.
/// Where values only have to be kept, derive from <see cref="StoredObject"/> instead.
/// <para>Objects may be added to one client only.</para>
/// </summary>
public abstract class Lwm2mObject
{
    // Ascending; replaced as a whole, so that the runner can walk it while another thread adds an instance.
    private int[] _instances;

    /// <summary>Makes an object without instances.</summary>
    /// <param name="definition">Its definition.</param>
    protected Lwm2mObject(ObjectDefinition definition)
    {
        Definition = definition;
        _instances = new int[0];
    }

    /// <summary>What the object consists of.</summary>
    public ObjectDefinition Definition { get; }

    /// <summary>Number of instances.</summary>
    public int InstanceCount => _instances.Length;

    /// <summary>The ids as they are now, ascending; not to be changed.</summary>
    internal int[] Instances => _instances;

    /// <summary>Who hears of changes; null until the object is added to a client.</summary>
    internal IChangeListener? Listener { get; set; }

    /// <summary>The id of the instance at a position in ascending order, or -1 at and beyond <see cref="InstanceCount"/>.</summary>
    /// <param name="position">0 to <see cref="InstanceCount"/> - 1.</param>
    public int InstanceAt(int position)
    {
        int[] instances = _instances;
        return position < instances.Length ? instances[position] : -1;
    }

    /// <summary>True when there is an instance with this id.</summary>
    public bool HasInstance(int instance)
    {
        int[] instances = _instances;
        int last = instances.Length - 1;
        if (last < 0)
            return false;
        int first = instances[0];
        // Most objects number their instances without gaps: no search.
        if (instances[last] - first == last)
            return instance >= first && instance <= instances[last];
        return Search(instances, instance) >= 0;
    }

    /// <summary>The lowest id that no instance has.</summary>
    public int FreeInstanceId()
    {
        int[] instances = _instances;
        int low = 0;
        int high = instances.Length;
        // Up to the first gap, ids equal positions.
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (instances[middle] == middle)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>
    /// Tells the client that a resource has a new value: it notifies the servers that observe it. Not needed for what a
    /// server's own Write changed. May be called from any thread.
    /// </summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    public void Changed(int instance, int resource) => Listener?.OnChanged(Definition.ObjectId, instance, resource, -1);

    /// <summary>Tells the client that one instance of a resource has a new value. May be called from any thread.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="resourceInstance">Resource instance.</param>
    public void Changed(int instance, int resource, int resourceInstance) =>
        Listener?.OnChanged(Definition.ObjectId, instance, resource, resourceInstance);

    /// <summary>Tells the client that any value of an object instance may have changed. May be called from any thread.</summary>
    /// <param name="instance">Object instance.</param>
    public void Changed(int instance) => Listener?.OnChanged(Definition.ObjectId, instance, -1, -1);

    /// <summary>Adds an instance; the client announces it with its next Update.</summary>
    /// <param name="instance">Its id, 0..65534.</param>
    /// <exception cref="ArgumentException">The id is out of range or taken.</exception>
    /// <exception cref="InvalidOperationException">There are <see cref="ObjectDefinition.MaxInstances"/> already.</exception>
    protected void AddInstance(int instance)
    {
        Insert(instance);
        InstancesChanged();
    }

    /// <summary>Removes an instance; the client announces it with its next Update.</summary>
    /// <param name="instance">Its id.</param>
    /// <returns>False when there was no such instance.</returns>
    protected bool RemoveInstance(int instance)
    {
        if (!Extract(instance))
            return false;
        InstanceRemoved(instance);
        return true;
    }

    /// <summary>Tells the client that instances came or went: it sends an Update with the new list.</summary>
    protected void InstancesChanged() => Listener?.OnInstancesChanged(Definition.ObjectId, -1);

    private protected void InstanceRemoved(int instance) => Listener?.OnInstancesChanged(Definition.ObjectId, instance);

    /// <summary>Hook: whether an instance has a resource of its definition at present. Default true.</summary>
    /// <param name="instance">Object instance; it exists.</param>
    /// <param name="resource">Resource; it is defined.</param>
    protected internal virtual bool Has(int instance, int resource) => true;

    /// <summary>
    /// Hook: hands the value of a resource to a writer. For a resource with instances, call
    /// <see cref="ValueWriter.Instance"/> before each value, in ascending order.
    /// </summary>
    /// <param name="instance">Object instance; it exists.</param>
    /// <param name="resource">Resource; it is defined and not executable.</param>
    /// <param name="value">Takes the value; valid during the call only.</param>
    /// <returns>What the writer's method answered, or why there is no value.</returns>
    protected internal abstract Outcome Read(int instance, int resource, ValueWriter value);

    /// <summary>
    /// Hook: takes a new value. Type and range were checked and <see cref="Validate"/> agreed before. For a resource with
    /// instances it is called once for each, <see cref="ValueReader.ResourceInstance"/> names it.
    /// </summary>
    /// <param name="instance">Object instance; it exists.</param>
    /// <param name="resource">Resource; it is defined and may be written.</param>
    /// <param name="value">Gives the value; valid during the call only.</param>
    /// <returns>What the reader's method answered. Default <see cref="Outcome.MethodNotAllowed"/>.</returns>
    protected internal virtual Outcome Write(int instance, int resource, ValueReader value) => Outcome.MethodNotAllowed;

    /// <summary>
    /// Hook: whether a value may be written, beyond type and range. It is asked for every value of a request before the first
    /// one is written: writes are all or nothing (Core 8.2.3). Must change nothing. Default <see cref="Outcome.Ok"/>.
    /// </summary>
    /// <param name="instance">Object instance; -1 in a Create, whose instance does not exist yet.</param>
    /// <param name="resource">Resource; it is defined and may be written.</param>
    /// <param name="value">Gives the value; valid during the call only.</param>
    protected internal virtual Outcome Validate(int instance, int resource, ValueReader value) => Outcome.Ok;

    /// <summary>Hook: executes a resource. Tell of values that change by it through <see cref="Changed(int, int)"/>.</summary>
    /// <param name="instance">Object instance; it exists.</param>
    /// <param name="resource">Resource; it is defined and executable.</param>
    /// <param name="arguments">The arguments; valid during the call only.</param>
    /// <returns>Default <see cref="Outcome.MethodNotAllowed"/>.</returns>
    protected internal virtual Outcome Execute(int instance, int resource, ExecuteArguments arguments) => Outcome.MethodNotAllowed;

    /// <summary>Hook: the answer to an <see cref="Execute"/> that succeeded was handed to the transport. The place for what the
    /// server must not wait for, such as a reboot. Default: nothing.</summary>
    /// <param name="instance">Object instance.</param>
    /// <param name="resource">Resource.</param>
    protected internal virtual void Executed(int instance, int resource)
    {
    }

    /// <summary>Hook: a server creates an instance. Call <see cref="AddInstance"/>. The values of the request are written next;
    /// when one is refused or a mandatory resource is missing after them, <see cref="Delete"/> takes the instance back.</summary>
    /// <param name="instance">Its id; free.</param>
    /// <returns>Default <see cref="Outcome.MethodNotAllowed"/>.</returns>
    protected internal virtual Outcome Create(int instance) => Outcome.MethodNotAllowed;

    /// <summary>Hook: a server deletes an instance. Call <see cref="RemoveInstance"/>.</summary>
    /// <param name="instance">Its id; it exists.</param>
    /// <returns>Default <see cref="Outcome.MethodNotAllowed"/>.</returns>
    protected internal virtual Outcome Delete(int instance) => Outcome.MethodNotAllowed;

    /// <summary>
    /// Hook: a server replaces an object instance and left this writable resource out, or replaces a resource with instances,
    /// whose new values follow (Core 8.2.3). Default: <see cref="Outcome.Ok"/>, and the resource keeps its value.
    /// </summary>
    /// <param name="instance">Object instance; it exists.</param>
    /// <param name="resource">Resource; it is defined and may be written.</param>
    protected internal virtual Outcome Clear(int instance, int resource) => Outcome.Ok;

    /// <summary>Hook: a server removes one instance of a resource (LwM2M 1.2).</summary>
    /// <param name="instance">Object instance; it exists.</param>
    /// <param name="resource">Resource; it is defined and may be written.</param>
    /// <param name="resourceInstance">Resource instance.</param>
    /// <returns>Default <see cref="Outcome.MethodNotAllowed"/>.</returns>
    protected internal virtual Outcome ClearInstance(int instance, int resource, int resourceInstance) => Outcome.MethodNotAllowed;

    /// <summary>Hook: whether an instance is part of the device, such as a soldered sensor: a bootstrap server's Delete spares it
    /// (Core 6.1.7.6). Default false.</summary>
    /// <param name="instance">Object instance; it exists.</param>
    protected internal virtual bool IsStatic(int instance) => false;

    /// <summary>Hook: everything that writes, Create and Delete can change, to be handed to <see cref="Restore"/> when a bootstrap fails.
    /// Asked before a bootstrap server's first change, and before each of its commands. Default null: the object cannot go back.</summary>
    protected internal virtual object? Snapshot() => null;

    /// <summary>Hook: goes back to the state of a snapshot, which may be needed again. Default: nothing.</summary>
    /// <param name="snapshot">What <see cref="Snapshot"/> gave.</param>
    protected internal virtual void Restore(object snapshot)
    {
    }

    /// <summary>A bootstrap server creates an instance, whatever servers may do.</summary>
    internal virtual Outcome BootstrapCreate(int instance) => Create(instance);

    /// <summary>A bootstrap server deletes an instance, whatever servers may do.</summary>
    internal virtual Outcome BootstrapDelete(int instance) => Delete(instance);

    /// <summary>A bootstrap server writes a whole instance: those values go that a former bootstrap wrote.</summary>
    internal virtual void BootstrapClear(int instance)
    {
    }

    private protected void PutBack(int[] instances) => _instances = instances;

    // Without telling the client: a derived class may hold a lock.
    private protected void Insert(int instance)
    {
        if (instance < 0 || instance > Resource.MaxId || Definition.IsSingle && instance != 0)
            throw new ArgumentException("/" + Definition.ObjectId + "/" + instance + ": the instance id is out of range.", nameof(instance));
        int[] instances = _instances;
        if (HasInstance(instance))
            throw new ArgumentException("/" + Definition.ObjectId + "/" + instance + " exists already.", nameof(instance));
        if (instances.Length >= Definition.MaxInstances)
            throw new InvalidOperationException("/" + Definition.ObjectId + "/" + instance + " is one instance too many: MaxInstances is " + Definition.MaxInstances + ".");

        int position = ~Search(instances, instance);
        int[] grown = new int[instances.Length + 1];
        Array.Copy(instances, 0, grown, 0, position);
        grown[position] = instance;
        Array.Copy(instances, position, grown, position + 1, instances.Length - position);
        _instances = grown;
    }

    private protected bool Extract(int instance)
    {
        int[] instances = _instances;
        int position = Search(instances, instance);
        if (position < 0)
            return false;
        int[] rest = new int[instances.Length - 1];
        Array.Copy(instances, 0, rest, 0, position);
        Array.Copy(instances, position + 1, rest, position, rest.Length - position);
        _instances = rest;
        return true;
    }

    private protected int PositionOf(int instance) => Search(_instances, instance);

    // Position, or the complement of where it would go.
    private static int Search(int[] instances, int instance)
    {
        int low = 0;
        int high = instances.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int found = instances[middle];
            if (found == instance)
                return middle;
            if (found < instance)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }
}
