namespace Lwm2m.Client;

// What a bootstrap server does to the values, and how it is taken back.
public partial class StoredObject
{
    /// <summary>Called when a bootstrap failed and the values are those from before it. The place to read anew what a derived class
    /// keeps besides them.</summary>
    protected virtual void OnRestored()
    {
    }

    /// <inheritdoc/>
    protected internal override bool IsStatic(int instance) => !AllowBootstrapDelete;

    /// <inheritdoc/>
    protected internal override object? Snapshot()
    {
        lock (_values)
            return new object[] { _values.Copy(), Instances };
    }

    /// <inheritdoc/>
    protected internal override void Restore(object snapshot)
    {
        object[] kept = (object[])snapshot;
        lock (_values)
        {
            _values.CopyFrom((ValueTable)kept[0]);
            PutBack((int[])kept[1]);
        }

        OnRestored();
    }

    internal override Outcome BootstrapCreate(int instance)
    {
        AddInstance(instance);
        OnCreated(instance);
        return Outcome.Ok;
    }

    internal override Outcome BootstrapDelete(int instance)
    {
        if (!RemoveInstance(instance))
            return Outcome.NotFound;
        OnDeleted(instance);
        return Outcome.Ok;
    }

    // Accounts, rights and keys are the bootstrap server's, and what it does not write does not exist (Core 6.1.7.5). The values of
    // any other object are the device's as well.
    internal override void BootstrapClear(int instance)
    {
        int objectId = Definition.ObjectId;
        if (objectId > ObjectIds.AccessControl && objectId != ObjectIds.Oscore && objectId != ObjectIds.Cose && objectId != ObjectIds.MqttServer)
            return;
        lock (_values)
            RemoveValues(instance);
    }

    /// <summary>Sets a number if there is room for it; nothing throws.</summary>
    internal void SetIfRoom(int instance, int resource, long bits)
    {
        if (HasInstance(instance) && PutNumber(instance, resource, -1, bits, out bool changed) == Outcome.Ok)
            Tell(instance, resource, -1, changed);
    }

    private void RemoveValues(int instance)
    {
        for (int position = Definition.Count - 1; position >= 0; position--)
        {
            int word = Definition.At(position);
            int place = _values.Find(instance, Resource.Id(word), ValueTable.NoInstance);
            if (place != 0)
                _values.Remove(place, Resource.IsMultiple(word), IsText(word));
        }
    }
}
