using Lwm2m.Formats;

namespace Lwm2m.Client;

// Instances and values into a record of the client's storage, and back. Each value tells its type, so that a record can be read
// by a firmware whose objects have changed since: what does not suit any more is passed over.
public partial class StoredObject
{
    private const int MultipleBit = 0x80;

    /// <summary>
    /// Whether the client's storage keeps what servers do to this object, where it has one (<see cref="ClientOptions.Storage"/>): the
    /// instances that they create, with their values, those that they delete, and the values that they write. Default: as
    /// <see cref="AllowCreate"/>. Values that the application sets itself are not kept for their own sake.
    /// </summary>
    public bool IsKept
    {
        get => (_marks & (IsKeptSet | IsKeptTrue)) == (IsKeptSet | IsKeptTrue) || (_marks & IsKeptSet) == 0 && AllowCreate;
        set => _marks = _marks & ~IsKeptTrue | IsKeptSet | (value ? IsKeptTrue : 0);
    }

    /// <summary>Writes the values of an instance: all of them, or those that servers can write.</summary>
    internal void Export(int instance, bool isWritableOnly, SealedRecord to)
    {
        lock (_values)
        {
            for (int position = 0; position < Definition.Count; position++)
            {
                int word = Definition.At(position);
                if (Resource.IsExecutable(word) || isWritableOnly && !Resource.IsWritable(word))
                    continue;
                int place = _values.Find(instance, Resource.Id(word), ValueTable.NoInstance);
                if (place == 0)
                    continue;
                to.Number(Resource.Id(word) + 1);
                bool isMultiple = Resource.IsMultiple(word);
                to.Byte((int)Resource.Type(word) | (isMultiple ? MultipleBit : 0));
                if (!isMultiple)
                {
                    Export(place, word, to);
                    continue;
                }

                to.Number(_values.CountOf(place));
                while ((place = _values.Next(place)) != 0)
                {
                    to.Number(_values.InstanceOf(place));
                    Export(place, word, to);
                }
            }
        }

        to.Number(0);
    }

    private void Export(int place, int word, SealedRecord to)
    {
        if (IsText(word))
        {
            byte[] bytes = _values.Bytes(place)!;
            to.Bytes(bytes, 0, bytes.Length);
        }
        else if (Resource.Type(word) == DataType.Float)
            to.Bits(_values.Number(place));
        else
            to.Number(_values.Number(place));
    }

    /// <summary>Takes away the values of an instance that servers can write: those of a record take their place.</summary>
    internal void Empty(int instance)
    {
        for (int position = 0; position < Definition.Count; position++)
        {
            int word = Definition.At(position);
            if (Resource.IsWritable(word) && (Resource.IsMultiple(word) || !Resource.IsMandatory(word)))
                Discard(instance, Resource.Id(word));
        }
    }

    /// <summary>Reads what <see cref="Export(int, bool, SealedRecord)"/> wrote; into nothing where there is no such object or instance.</summary>
    internal static void Import(StoredObject? into, int instance, SealedRecord from)
    {
        int resource;
        while ((resource = from.ReadNumber(0, Resource.MaxId + 1) - 1) >= 0 && !from.Failed)
        {
            int kind = from.ReadByte();
            DataType type = (DataType)(kind & ~MultipleBit);
            bool isMultiple = (kind & MultipleBit) != 0;
            int word = into == null ? -1 : into.Definition.Find(resource);
            bool suits = word >= 0 && Resource.Type(word) == type && Resource.IsMultiple(word) == isMultiple;
            int count = isMultiple ? from.ReadNumber(0, from.Remaining) : 1;
            if (suits && isMultiple && count == 0 && into!.PutEmpty(instance, resource, out _))
                into.OnStored(instance, resource, -1);
            for (int index = 0; index < count && !from.Failed; index++)
            {
                int resourceInstance = isMultiple ? from.ReadNumber(0, Resource.MaxId) : -1;
                Import(suits ? into : null, instance, resource, resourceInstance, type, word, from);
            }
        }
    }

    private static void Import(StoredObject? into, int instance, int resource, int resourceInstance, DataType type, int word, SealedRecord from)
    {
        if (type == DataType.String || type == DataType.Opaque || type == DataType.CoreLink)
        {
            byte[] bytes = from.ReadBytes();
            if (into == null || from.Failed || !into.Definition.IsLengthAllowed(word, bytes.Length)
                || into.PutBytes(instance, resource, resourceInstance, bytes, bytes.Length, out _) != Outcome.Ok)
                return;
        }
        else
        {
            long bits = type == DataType.Float ? from.ReadBits() : from.ReadNumber();
            if (into == null || from.Failed || !into.IsAllowed(word, type, bits)
                || into.PutNumber(instance, resource, resourceInstance, bits, out _) != Outcome.Ok)
                return;
        }

        into.OnStored(instance, resource, resourceInstance);
    }

    private bool IsAllowed(int word, DataType type, long bits)
    {
        switch (type)
        {
            case DataType.Integer:
            case DataType.Time:
                return Definition.InRangeOf(word, bits);
            case DataType.Unsigned:
                return bits < 0 ? Resource.Range(word) == 0 : Definition.InRangeOf(word, bits);
            case DataType.Float:
                return Definition.InRangeOf(word, System.BitConverter.Int64BitsToDouble(bits));
            default:
                return true;
        }
    }

    /// <summary>Makes an instance that a record holds, as when a server created it.</summary>
    internal bool Recreate(int instance)
    {
        if (InstanceCount >= Definition.MaxInstances || Definition.IsSingle && instance != 0)
            return false;
        AddInstance(instance);
        OnCreated(instance);
        return true;
    }
}
