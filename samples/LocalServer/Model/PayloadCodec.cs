using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

/// <summary>Turns records into bodies and back. Not safe for several threads.</summary>
internal sealed class PayloadCodec
{
    // The years 1 to 9999.
    private const long LeastTimeMs = -62135596800000;
    private const long LargestTimeMs = 253402300799999;

    private readonly PayloadFormats _formats = new(new FormatLimits { MaxDepth = 16, MaxRecords = 4096, MaxStringBytes = 65536 });
    private readonly LinkReader _links;
    private byte[] _scratch = new byte[1024];
    private (int ObjectId, int InstanceId) _writtenInstance;
    private int _writtenMultiple;

    public PayloadCodec()
    {
        _links = new LinkReader(_formats.Numbers);
    }

    /// <summary>Reads a body as far as it goes; what is wrong with the rest is in the status.</summary>
    public DecodedPayload Decode(Lwm2mPath path, int contentFormat, byte[] payload, string root = "")
    {
        if (contentFormat == ContentFormat.LinkFormat)
            return DecodeLinks(payload, root);
        PayloadReader? reader = contentFormat < 0 ? null : _formats.Reader(contentFormat);
        if (reader == null)
            return payload.Length == 0 ? DecodedPayload.Nothing : DecodedPayload.Nothing with { Status = FormatStatus.Unsupported };

        var records = new List<ResourceRecord>();
        FormatStatus status = reader.Begin(payload, 0, payload.Length, path.ObjectId, path.InstanceId, path.ResourceId, path.ResourceInstanceId);
        while (status == FormatStatus.Ok && (status = reader.Next()) == FormatStatus.Ok)
        {
            var at = new Lwm2mPath(reader.ObjectId, reader.InstanceId, reader.ResourceId, reader.ResourceInstanceId);
            object? value = null;
            if (reader.Kind == RecordKind.Value)
                status = ReadValue(reader, ResourceTypes.Of(at.ObjectId, at.ResourceId), out value);
            records.Add(new ResourceRecord(at, value) { Time = TimeOf(reader) });
        }
        return new DecodedPayload(records, [], status);
    }

    /// <summary>Writes the content of one resource, or of an object instance.</summary>
    /// <param name="path">The path of the request.</param>
    /// <param name="contentFormat">The format.</param>
    /// <param name="records">The values; paths at or below <paramref name="path"/>. An instance id of -1 leaves the choice to the client.</param>
    /// <exception cref="ArgumentException">The format cannot say it.</exception>
    public byte[] Encode(Lwm2mPath path, int contentFormat, IEnumerable<ResourceRecord> records)
    {
        PayloadWriter writer = WriterOf(contentFormat);
        List<ResourceRecord> sorted = records.OrderBy(r => r.Path).ToList();
        for (int size = 1024; ; size *= 2)
        {
            var buffer = new byte[size];
            writer.Begin(buffer, 0, size, path.ObjectId, path.InstanceId, path.ResourceId, path.ResourceInstanceId);
            foreach (ResourceRecord record in sorted)
                WriteRecord(writer, path, record, sorted);
            FormatStatus status = writer.End();
            if (status == FormatStatus.Ok)
                return buffer[..writer.Length];
            if (status != FormatStatus.BufferFull || size > 1 << 20)
                throw new ArgumentException($"{status}: content format {contentFormat} cannot say {string.Join(", ", sorted)} for {path}.");
        }
    }

    /// <summary>Writes paths without values: the body of a Read-Composite or Observe-Composite.</summary>
    /// <param name="contentFormat">SenML or SenML-ETCH.</param>
    /// <param name="paths">The paths, in the order of the body.</param>
    /// <exception cref="ArgumentException">The format cannot say it.</exception>
    public byte[] EncodePaths(int contentFormat, IReadOnlyList<Lwm2mPath> paths)
    {
        PayloadWriter writer = WriterOf(contentFormat);
        // A path has 24 characters at most; its names and quotes are less than that.
        var buffer = new byte[64 + (48 * paths.Count)];
        writer.Begin(buffer, 0, buffer.Length, -1, -1, -1, -1);
        foreach (Lwm2mPath path in paths)
            writer.Path(path.ObjectId, path.InstanceId, path.ResourceId, path.ResourceInstanceId);
        FormatStatus status = writer.End();
        return status == FormatStatus.Ok
            ? buffer[..writer.Length]
            : throw new ArgumentException($"{status}: content format {contentFormat} cannot list {string.Join(", ", paths)}.");
    }

    private PayloadWriter WriterOf(int contentFormat) =>
        _formats.Writer(contentFormat) ?? throw new ArgumentException($"Content format {contentFormat} cannot be written.", nameof(contentFormat));

    /// <summary>Below 2^28 seconds a time is relative to now (RFC 8428 4.5.3).</summary>
    private static DateTimeOffset? TimeOf(PayloadReader reader)
    {
        if (!reader.HasTime)
            return null;
        const long RelativeMs = (1L << 28) * 1000;
        long ms = reader.TimeMs;
        if (ms < RelativeMs)
            ms += DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ms, LeastTimeMs, LargestTimeMs));
    }

    private void WriteRecord(PayloadWriter writer, Lwm2mPath request, ResourceRecord record, List<ResourceRecord> all)
    {
        Lwm2mPath path = record.Path;
        bool first = ReferenceEquals(record, all[0]);
        if (first || (path.ObjectId, path.InstanceId) != _writtenInstance)
        {
            if (request.Level < 3)
                writer.Instance(path.ObjectId, path.InstanceId);
            _writtenInstance = (path.ObjectId, path.InstanceId);
            _writtenMultiple = -1;
        }
        if (path.ResourceId < 0)
            return;
        if (path.ResourceInstanceId < 0 && record.Value != null)
        {
            writer.Resource(path.ResourceId);
        }
        else
        {
            if (path.ResourceId != _writtenMultiple)
                writer.Multiple(path.ResourceId);
            _writtenMultiple = path.ResourceId;
            if (path.ResourceInstanceId < 0)
                return;
            writer.ResourceInstance(path.ResourceInstanceId);
        }
        if (record.Value == null)
        {
            writer.Null();
            return;
        }
        WriteValue(writer, ResourceTypes.Of(path.ObjectId, path.ResourceId), record.Value);
    }

    /// <summary>Writes a value as the type of the resource where that is known: 17 for a Float is written as a float.</summary>
    private static void WriteValue(PayloadWriter writer, DataType? type, object value)
    {
        switch (value)
        {
            case string text:
                writer.String(text);
                break;
            case bool flag:
                writer.Boolean(flag);
                break;
            case byte[] bytes:
                writer.Opaque(bytes, 0, bytes.Length);
                break;
            case ObjectLink link:
                writer.ObjectLink(link.ObjectId, link.InstanceId);
                break;
            case DateTimeOffset time:
                writer.Time(time.ToUnixTimeSeconds());
                break;
            case DateTime time:
                writer.Time(new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeSeconds());
                break;
            case float or double:
                writer.Float(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case IConvertible when type == DataType.Float:
                writer.Float(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case IConvertible when type == DataType.Time:
                writer.Time(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                writer.Unsigned(number);
                break;
            case IConvertible when type == DataType.Unsigned:
                writer.Unsigned(Convert.ToUInt64(value, CultureInfo.InvariantCulture));
                break;
            case IConvertible:
                writer.Integer(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} is no value of a resource.");
        }
    }

    private FormatStatus ReadValue(PayloadReader reader, DataType? known, out object? value)
    {
        value = null;
        DataType type = known ?? TypeOf(reader.Wire);
        FormatStatus status = ReadAs(reader, type, out value);
        // A value of another type than the registry says is still worth showing.
        return status == FormatStatus.Ok || known == null ? status : ReadAs(reader, TypeOf(reader.Wire), out value);
    }

    private FormatStatus ReadAs(PayloadReader reader, DataType type, out object? value)
    {
        FormatStatus status;
        value = null;
        switch (type)
        {
            case DataType.Integer:
                status = reader.GetInteger(out long integer);
                value = integer;
                return status;
            case DataType.Unsigned:
                status = reader.GetUnsigned(out ulong unsigned);
                value = unsigned;
                return status;
            case DataType.Float:
                status = reader.GetFloat(out double number);
                value = number;
                return status;
            case DataType.Boolean:
                status = reader.GetBoolean(out bool flag);
                value = flag;
                return status;
            case DataType.Time:
                status = reader.GetTime(out long seconds);
                if (status == FormatStatus.Ok && seconds is < LeastTimeMs / 1000 or > LargestTimeMs / 1000)
                    return FormatStatus.OutOfRange;
                value = status == FormatStatus.Ok ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
                return status;
            case DataType.ObjectLink:
                status = reader.GetObjectLink(out int objectId, out int instanceId);
                value = new ObjectLink(objectId, instanceId);
                return status;
            case DataType.Opaque:
                if (_scratch.Length < reader.ValueLength)
                    _scratch = new byte[reader.ValueLength];
                status = reader.GetOpaque(_scratch, 0, _scratch.Length, out int length);
                value = status == FormatStatus.Ok ? _scratch[..length] : null;
                return status;
            default:
                status = reader.GetString(out string? text);
                value = text;
                return status;
        }
    }

    private static DataType TypeOf(WireKind wire) => wire switch
    {
        WireKind.Raw or WireKind.Opaque => DataType.Opaque,
        WireKind.Integer => DataType.Integer,
        WireKind.Float or WireKind.Number => DataType.Float,
        WireKind.Boolean => DataType.Boolean,
        WireKind.Time => DataType.Time,
        WireKind.ObjectLink => DataType.ObjectLink,
        _ => DataType.String,
    };

    private DecodedPayload DecodeLinks(byte[] payload, string root)
    {
        var links = new List<LinkEntry>();
        _links.Begin(payload, 0, payload.Length, root);
        FormatStatus status;
        while ((status = _links.Next()) == FormatStatus.Ok)
        {
            string target = Encoding.UTF8.GetString(payload, _links.TargetOffset, _links.TargetLength);
            Lwm2mPath? path = _links.IsPath
                ? new Lwm2mPath(_links.ObjectId, _links.InstanceId, _links.ResourceId, _links.ResourceInstanceId)
                : (Lwm2mPath?)null;
            var attributes = new List<KeyValuePair<string, string>>();
            while (_links.NextAttribute() == FormatStatus.Ok)
            {
                string name = Encoding.UTF8.GetString(payload, _links.NameOffset, _links.NameLength);
                attributes.Add(new(name, _links.GetText(out string? value) == FormatStatus.Ok ? value! : ""));
            }
            links.Add(new LinkEntry(target, path, attributes));
        }
        return new DecodedPayload([], links, status);
    }
}
