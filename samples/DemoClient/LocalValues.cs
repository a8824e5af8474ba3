using System;
using System.Text.Json;
using Lwm2m.Client;
using Lwm2m.Formats;

namespace Lwm2m.Samples.DemoClient;

/// <summary>
/// Values of the client as JSON: numbers, texts and truth values by type, opaque ones in Base64, links as <c>"66:0"</c>, a
/// resource with instances as an object such as <c>{"0":"a","3":"b"}</c>. What has no value is null.
/// </summary>
internal sealed class LocalValues(Lwm2mClient client)
{
    private const int MostInstances = 1024;
    private const int LargestPayload = 1 << 20;

    private readonly PayloadReader _reader = new PayloadFormats(new FormatLimits { MaxRecords = MostInstances }).Reader(ContentFormat.Tlv)!;
    private byte[] _payload = new byte[4096];
    private byte[] _bytes = new byte[4096];

    /// <summary>True when the resource or resource instance is there and has a value.</summary>
    public bool Has(ResourcePath path) => Read(path, out _) == Outcome.Ok;

    /// <summary>Writes the value of a resource or resource instance.</summary>
    public void Write(ResourcePath path, Utf8JsonWriter json)
    {
        if (Read(path, out int length) != Outcome.Ok
            || _reader.Begin(_payload, 0, length, path.ObjectId, path.InstanceId, path.ResourceId, path.ResourceInstanceId) != FormatStatus.Ok)
        {
            json.WriteNullValue();
            return;
        }

        int word = client.Find(path.ObjectId)!.Definition.Find(path.ResourceId);
        DataType type = Resource.Type(word);
        if (!Resource.IsMultiple(word) || path.Level == 4)
        {
            if (_reader.Next() == FormatStatus.Ok)
                WriteRecord(type, json);
            else
                json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        Span<char> name = stackalloc char[5];
        while (_reader.Next() == FormatStatus.Ok)
        {
            if (_reader.Kind != RecordKind.Value)
                continue;
            _reader.ResourceInstanceId.TryFormat(name, out int count);
            json.WritePropertyName(name[..count]);
            WriteRecord(type, json);
        }

        json.WriteEndObject();
    }

    private Outcome Read(ResourcePath path, out int length)
    {
        while (true)
        {
            Outcome outcome = client.Read(path.ObjectId, path.InstanceId, path.ResourceId, path.ResourceInstanceId,
                ContentFormat.Tlv, _payload, 0, _payload.Length, out length);
            if (outcome != Outcome.RequestEntityTooLarge || _payload.Length >= LargestPayload)
                return outcome;
            _payload = new byte[_payload.Length * 4];
            _bytes = new byte[_payload.Length];
        }
    }

    private void WriteRecord(DataType type, Utf8JsonWriter json)
    {
        switch (type)
        {
            case DataType.Integer:
                _reader.GetInteger(out long integer);
                json.WriteNumberValue(integer);
                break;
            case DataType.Time:
                _reader.GetTime(out long time);
                json.WriteNumberValue(time);
                break;
            case DataType.Unsigned:
                _reader.GetUnsigned(out ulong unsigned);
                json.WriteNumberValue(unsigned);
                break;
            case DataType.Float:
                _reader.GetFloat(out double number);
                // JSON has no name for these.
                if (double.IsFinite(number))
                    json.WriteNumberValue(number);
                else
                    json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case DataType.Boolean:
                _reader.GetBoolean(out bool truth);
                json.WriteBooleanValue(truth);
                break;
            case DataType.Opaque:
                _reader.GetOpaque(_bytes, 0, _bytes.Length, out int bytes);
                json.WriteBase64StringValue(_bytes.AsSpan(0, bytes));
                break;
            case DataType.ObjectLink:
                _reader.GetObjectLink(out int objectId, out int instanceId);
                json.WriteStringValue($"{objectId}:{instanceId}");
                break;
            default:
                _reader.GetUtf8(_bytes, 0, _bytes.Length, out int chars);
                json.WriteStringValue(_bytes.AsSpan(0, chars));
                break;
        }
    }
}
