using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Lwm2m.Formats.Tests;

/// <summary>One record as a test says it: a path, and a value of .NET that tells its type.</summary>
internal sealed record Item(int Object, int Instance, int Resource, int ResourceInstance, object? Value, long? TimeMs = null)
{
    /// <summary>An object instance without resources.</summary>
    public static readonly object EmptyInstance = new EmptyMark("empty instance");

    /// <summary>A multiple-instance resource without instances.</summary>
    public static readonly object EmptyMultiple = new EmptyMark("empty multiple");

    /// <summary>A path of a composite read.</summary>
    public static readonly object PathOnly = new EmptyMark("path only");

    public static Item At(string path, object? value, long? timeMs = null)
    {
        int[] ids = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(id => id == "x" ? 7 : int.Parse(id, CultureInfo.InvariantCulture)).ToArray();
        return new Item(Id(ids, 0), Id(ids, 1), Id(ids, 2), Id(ids, 3), value, timeMs);
    }

    public string Path => string.Concat(new[] { Object, Instance, Resource, ResourceInstance }.TakeWhile(id => id >= 0).Select(id => "/" + id));

    public static DataType TypeOf(object? value) => value switch
    {
        string => DataType.String,
        long => DataType.Integer,
        ulong => DataType.Unsigned,
        double => DataType.Float,
        bool => DataType.Boolean,
        byte[] => DataType.Opaque,
        UnixTime => DataType.Time,
        ObjectLink => DataType.ObjectLink,
        CoreLink => DataType.CoreLink,
        _ => DataType.None,
    };

    public static string Text(object? value) => value switch
    {
        null => "null",
        byte[] bytes => "h'" + Convert.ToHexString(bytes) + "'",
        double d => d.ToString("R", CultureInfo.InvariantCulture) + (BitConverter.DoubleToInt64Bits(d) == long.MinValue ? "-" : ""),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>Writes items, which are in order, as a client would.</summary>
    public static FormatStatus Write(PayloadWriter writer, IEnumerable<Item> items, bool objectStart = true)
    {
        (int o, int i, int r) = (-2, -2, -2);
        foreach (Item item in items)
        {
            if (item.Value == (object)PathOnly)
            {
                writer.Path(item.Object, item.Instance, item.Resource, item.ResourceInstance);
                continue;
            }
            if (objectStart && (item.Object, item.Instance) != (o, i))
                writer.Instance(item.Object, item.Instance);
            if ((item.Object, item.Instance) != (o, i))
                r = -2;
            (o, i) = (item.Object, item.Instance);
            if (item.Value == (object)EmptyInstance)
                continue;
            if (item.Value == (object)EmptyMultiple)
            {
                writer.Multiple(item.Resource);
                continue;
            }
            if (item.TimeMs is long time)
                writer.AtTime(time);
            if (item.ResourceInstance < 0)
                writer.Resource(item.Resource);
            else
            {
                if (r != item.Resource)
                    writer.Multiple(item.Resource);
                writer.ResourceInstance(item.ResourceInstance);
            }
            r = item.Resource;
            WriteValue(writer, item.Value);
        }
        return writer.End();
    }

    public static void WriteValue(PayloadWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.Null(); break;
            case string s: writer.String(s); break;
            case long n: writer.Integer(n); break;
            case ulong n: writer.Unsigned(n); break;
            case double d: writer.Float(d); break;
            case bool b: writer.Boolean(b); break;
            case byte[] b: writer.Opaque(b, 0, b.Length); break;
            case UnixTime t: writer.Time(t.Seconds); break;
            case ObjectLink l: writer.ObjectLink(l.ObjectId, l.InstanceId); break;
            case CoreLink l: writer.CoreLink(l.Text); break;
            default: throw new ArgumentException(value.GetType().Name);
        }
    }

    /// <summary>Reads a value of the type that another value has.</summary>
    public static FormatStatus ReadValue(PayloadReader reader, DataType type, out object? value)
    {
        value = null;
        FormatStatus status;
        switch (type)
        {
            case DataType.String:
                status = reader.GetString(out string? text);
                value = text;
                break;
            case DataType.Integer:
                status = reader.GetInteger(out long integer);
                value = integer;
                break;
            case DataType.Unsigned:
                status = reader.GetUnsigned(out ulong unsigned);
                value = unsigned;
                break;
            case DataType.Float:
                status = reader.GetFloat(out double real);
                value = real;
                break;
            case DataType.Boolean:
                status = reader.GetBoolean(out bool boolean);
                value = boolean;
                break;
            case DataType.Opaque:
                byte[] bytes = new byte[reader.ValueLength + 1];
                status = reader.GetOpaque(bytes, 0, bytes.Length, out int length);
                value = bytes[..length];
                break;
            case DataType.Time:
                status = reader.GetTime(out long seconds);
                value = new UnixTime(seconds);
                break;
            case DataType.ObjectLink:
                status = reader.GetObjectLink(out int objectId, out int instanceId);
                value = new ObjectLink(objectId, instanceId);
                break;
            case DataType.CoreLink:
                status = reader.GetCoreLink(out string? link);
                value = link is null ? null : new CoreLink(link);
                break;
            default:
                return FormatStatus.WrongType;
        }
        return status;
    }

    public static bool Same(object? a, object? b) => (a, b) switch
    {
        (byte[] x, byte[] y) => x.AsSpan().SequenceEqual(y),
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        _ => Equals(a, b),
    };

    public override string ToString() => $"{Path}={Text(Value)}" + (TimeMs is null ? "" : $"@{TimeMs}");

    private static int Id(int[] ids, int index) => index < ids.Length ? ids[index] : -1;

    private sealed record EmptyMark(string Name);
}
