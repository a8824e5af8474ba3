using System;
using System.Text;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// What setting a value and taking a written one have in common.
public partial class StoredObject
{
    // Stores what a server or a console sent. Its type and range are checked already.
    private Outcome Store(int instance, int resource, ValueReader value, out bool changed)
    {
        changed = false;
        int word = Definition.Find(resource);
        int resourceInstance = value.ResourceInstance;
        if (Resource.IsMultiple(word) != resourceInstance >= 0)
            return Outcome.BadRequest;
        DataType type = Resource.Type(word);
        Outcome outcome;
        if (IsText(word))
        {
            outcome = value.GetBytes(type, Definition.MaxLengthOf(word), out byte[] buffer, out int length);
            return outcome == Outcome.Ok ? PutBytes(instance, resource, resourceInstance, buffer, length, out changed) : outcome;
        }

        outcome = Bits(type, value, out long bits);
        return outcome == Outcome.Ok ? PutNumber(instance, resource, resourceInstance, bits, out changed) : outcome;
    }

    private static Outcome Bits(DataType type, ValueReader value, out long bits)
    {
        Outcome outcome;
        switch (type)
        {
            case DataType.Integer:
                return value.GetInteger(out bits);
            case DataType.Time:
                return value.GetTime(out bits);
            case DataType.Unsigned:
                outcome = value.GetUnsigned(out ulong unsigned);
                bits = (long)unsigned;
                return outcome;
            case DataType.Float:
                outcome = value.GetFloat(out double number);
                bits = BitConverter.DoubleToInt64Bits(number);
                return outcome;
            case DataType.Boolean:
                outcome = value.GetBoolean(out bool truth);
                bits = truth ? 1 : 0;
                return outcome;
            case DataType.ObjectLink:
                outcome = value.GetObjectLink(out int linkedObject, out int linkedInstance);
                bits = (long)linkedObject << 16 | (uint)linkedInstance;
                return outcome;
            default:
                bits = 0;
                return Outcome.MethodNotAllowed;
        }
    }

    private void SetNumber(int instance, int resource, int resourceInstance, long value)
    {
        int word = WordOf(instance, resource, resourceInstance);
        DataType type = Resource.Type(word);
        if (type == DataType.Float)
        {
            SetNumber(instance, resource, resourceInstance, (double)value);
            return;
        }

        bool suits = type == DataType.Integer || type == DataType.Time || type == DataType.Unsigned && value >= 0;
        if (!suits || !Definition.InRangeOf(word, value))
            throw Unsuited(instance, resource, value.ToString());
        SetBits(instance, resource, resourceInstance, value);
    }

    private void SetNumber(int instance, int resource, int resourceInstance, ulong value)
    {
        if (value <= long.MaxValue)
        {
            SetNumber(instance, resource, resourceInstance, (long)value);
            return;
        }

        int word = WordOf(instance, resource, resourceInstance);
        if (Resource.Type(word) == DataType.Float)
            SetNumber(instance, resource, resourceInstance, (double)value);
        else if (Resource.Type(word) == DataType.Unsigned && Resource.Range(word) == 0)
            SetBits(instance, resource, resourceInstance, (long)value);
        else
            throw Unsuited(instance, resource, value.ToString());
    }

    private void SetNumber(int instance, int resource, int resourceInstance, double value)
    {
        int word = WordOf(instance, resource, resourceInstance);
        if (Resource.Type(word) == DataType.Float)
        {
            if (!Definition.InRangeOf(word, value))
                throw Unsuited(instance, resource, "number");
            SetBits(instance, resource, resourceInstance, BitConverter.DoubleToInt64Bits(value));
            return;
        }

        // 2^63 and above, and NaN, fit no long.
        if (!(value >= -9223372036854775808d && value < 9223372036854775808d) || (double)(long)value != value)
            throw Unsuited(instance, resource, "fraction");
        SetNumber(instance, resource, resourceInstance, (long)value);
    }

    private void SetBoolean(int instance, int resource, int resourceInstance, bool value)
    {
        if (Resource.Type(WordOf(instance, resource, resourceInstance)) != DataType.Boolean)
            throw Unsuited(instance, resource, "truth value");
        SetBits(instance, resource, resourceInstance, value ? 1 : 0);
    }

    private void SetObjectLink(int instance, int resource, int resourceInstance, int linkedObject, int linkedInstance)
    {
        bool valid = linkedObject >= 0 && linkedObject <= 65535 && linkedInstance >= 0 && linkedInstance <= 65535;
        if (Resource.Type(WordOf(instance, resource, resourceInstance)) != DataType.ObjectLink || !valid)
            throw Unsuited(instance, resource, linkedObject + ":" + linkedInstance);
        SetBits(instance, resource, resourceInstance, (long)linkedObject << 16 | (uint)linkedInstance);
    }

    private void SetString(int instance, int resource, int resourceInstance, string value)
    {
        int word = WordOf(instance, resource, resourceInstance);
        DataType type = Resource.Type(word);
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        if (type != DataType.String && type != DataType.CoreLink || !Definition.IsLengthAllowed(word, bytes.Length))
            throw Unsuited(instance, resource, "text of " + bytes.Length + " bytes");
        SetBytes(instance, resource, resourceInstance, bytes);
    }

    private void SetOpaque(int instance, int resource, int resourceInstance, byte[] value)
    {
        int word = WordOf(instance, resource, resourceInstance);
        if (Resource.Type(word) != DataType.Opaque || !Definition.IsLengthAllowed(word, value.Length))
            throw Unsuited(instance, resource, "opaque value of " + value.Length + " bytes");
        SetBytes(instance, resource, resourceInstance, value);
    }

    private void SetBits(int instance, int resource, int resourceInstance, long bits)
    {
        if (PutNumber(instance, resource, resourceInstance, bits, out bool changed) != Outcome.Ok)
            throw Full(instance, resource);
        Tell(instance, resource, resourceInstance, changed);
    }

    private void SetBytes(int instance, int resource, int resourceInstance, byte[] bytes)
    {
        if (PutBytes(instance, resource, resourceInstance, bytes, bytes.Length, out bool changed) != Outcome.Ok)
            throw Full(instance, resource);
        Tell(instance, resource, resourceInstance, changed);
    }

    private Outcome PutNumber(int instance, int resource, int resourceInstance, long bits, out bool changed)
    {
        lock (_values)
        {
            int place = Obtain(instance, resource, resourceInstance, out changed);
            if (place == 0)
                return Outcome.ServiceUnavailable;
            if (!changed && _values.Number(place) == bits)
                return Outcome.Ok;
            changed = true;
            _values.SetNumber(place, bits);
            return Outcome.Ok;
        }
    }

    private Outcome PutBytes(int instance, int resource, int resourceInstance, byte[] buffer, int length, out bool changed)
    {
        lock (_values)
        {
            int place = Obtain(instance, resource, resourceInstance, out changed);
            if (place == 0)
                return Outcome.ServiceUnavailable;
            byte[]? kept = _values.Bytes(place);
            if (kept != null && kept.Length == length)
            {
                int at = 0;
                while (at < length && kept[at] == buffer[at])
                    at++;
                if (at == length)
                    return Outcome.Ok;
            }
            else
            {
                kept = new byte[length];
                _values.SetBytes(place, kept);
            }

            changed = true;
            Array.Copy(buffer, 0, kept, 0, length);
            return Outcome.Ok;
        }
    }

    // The place of a value, taken now when there was none; 0 when the table is full, or the instance is gone meanwhile.
    private int Obtain(int instance, int resource, int resourceInstance, out bool added)
    {
        added = false;
        int place = _values.Find(instance, resource, resourceInstance);
        if (place != 0 || !HasInstance(instance))
            return place;
        if (resourceInstance < 0)
        {
            place = _values.Add(instance, resource);
            added = place != 0;
            return place;
        }

        int head = _values.Find(instance, resource, ValueTable.NoInstance);
        int needed = head == 0 ? 2 : 1;
        if (_values.FreeCount < needed)
            return 0;
        if (head == 0)
            head = _values.Add(instance, resource);
        added = true;
        return _values.AddInstance(head, resourceInstance);
    }

    // Makes a multiple resource present and empty; false when the table is full.
    private bool PutEmpty(int instance, int resource, out bool changed)
    {
        lock (_values)
        {
            int head = _values.Find(instance, resource, ValueTable.NoInstance);
            changed = head == 0 || _values.CountOf(head) != 0;
            if (head == 0)
                head = _values.Add(instance, resource);
            if (head == 0)
                return false;
            _values.Empty(head, IsText(Definition.Find(resource)));
            return true;
        }
    }

    private bool Discard(int instance, int resource)
    {
        int word = DefinedOrNone(resource);
        lock (_values)
        {
            int place = _values.Find(instance, resource, ValueTable.NoInstance);
            if (place == 0)
                return false;
            _values.Remove(place, Resource.IsMultiple(word), IsText(word));
            return true;
        }
    }

    private bool DiscardInstance(int instance, int resource, int resourceInstance)
    {
        if (resourceInstance < 0)
            return false;
        lock (_values)
        {
            int place = _values.Find(instance, resource, resourceInstance);
            if (place == 0)
                return false;
            int head = _values.Find(instance, resource, ValueTable.NoInstance);
            _values.RemoveInstance(head, place, IsText(DefinedOrNone(resource)));
            return true;
        }
    }

    private Outcome GetNumber(int instance, int resource, int resourceInstance, DataType type, DataType orType, out long bits)
    {
        bits = 0;
        int word = DefinedOrNone(resource);
        DataType defined = Resource.Type(word);
        if (defined != type && defined != orType || Resource.IsMultiple(word) != resourceInstance >= 0)
            return Outcome.BadRequest;
        lock (_values)
        {
            int place = _values.Find(instance, resource, resourceInstance);
            if (place == 0)
                return Outcome.NotFound;
            bits = _values.Number(place);
            return Outcome.Ok;
        }
    }

    private byte[]? BytesAt(int instance, int resource, int resourceInstance)
    {
        int place = _values.Find(instance, resource, resourceInstance);
        return place == 0 ? null : _values.Bytes(place);
    }

    // Kept as bytes, not as a number.
    private static bool IsText(int word)
    {
        DataType type = Resource.Type(word);
        return type == DataType.String || type == DataType.Opaque || type == DataType.CoreLink;
    }

    // The definition of a resource; one without type, operations and instances when it is not defined.
    private int DefinedOrNone(int resource)
    {
        int word = Definition.Find(resource);
        return word < 0 ? 0 : word;
    }

    private void Tell(int instance, int resource, int resourceInstance, bool changed)
    {
        OnStored(instance, resource, resourceInstance);
        if (changed)
            Changed(instance, resource, resourceInstance);
    }

    private int WordOf(int instance, int resource, int resourceInstance)
    {
        int word = Definition.Find(resource);
        if (word < 0)
            throw new ArgumentException("/" + Definition.ObjectId + " has no resource " + resource + ".", nameof(resource));
        if (!HasInstance(instance))
            throw new ArgumentException("/" + Definition.ObjectId + "/" + instance + " does not exist.", nameof(instance));
        if (Resource.IsMultiple(word) != resourceInstance >= 0)
            throw new ArgumentException(Path(instance, resource) + (resourceInstance < 0 ? " is" : " is not") + " a multiple resource.", nameof(resource));
        return word;
    }

    private int Checked(int instance, int resource, int resourceInstance)
    {
        if (resourceInstance < 0 || resourceInstance > Resource.MaxId)
            throw new ArgumentException(Path(instance, resource) + "/" + resourceInstance + ": the resource instance is not in 0..65534.", nameof(resourceInstance));
        return resourceInstance;
    }

    private ArgumentException Unsuited(int instance, int resource, string value) =>
        new ArgumentException(Path(instance, resource) + " cannot be the " + value + ": wrong type or out of range.");

    private InvalidOperationException Full(int instance, int resource) =>
        new InvalidOperationException(Path(instance, resource) + " is one value too many: give the object a larger capacity.");

    private string Path(int instance, int resource) => "/" + Definition.ObjectId + "/" + instance + "/" + resource;
}
