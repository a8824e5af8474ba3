using System;
using System.Collections.Generic;
using System.Text;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Model;

/// <summary>Plays the client for one object: the passes of a request over real payload readers and writers, without a network.</summary>
internal sealed class Bench : IChangeListener
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly PayloadFormats _formats = new(new FormatLimits());
    private readonly ExecuteArguments _arguments = new();

    public Bench(Lwm2mObject tested)
    {
        Tested = tested;
        tested.Listener = this;
    }

    public Lwm2mObject Tested { get; }

    public ValueWriter Values { get; } = new(8);

    public ValueReader Reader { get; } = new();

    /// <summary>Everything that the object told its client, oldest first: a path, or "instances".</summary>
    public List<string> Heard { get; } = [];

    public void OnChanged(int objectId, int instanceId, int resourceId, int resourceInstanceId)
    {
        string path = $"/{objectId}/{instanceId}";
        if (resourceId >= 0)
            path += $"/{resourceId}";
        if (resourceInstanceId >= 0)
            path += $"/{resourceInstanceId}";
        Heard.Add(path);
    }

    public void OnInstancesChanged(int objectId, int removedInstance) => Heard.Add("instances");

    /// <summary>GET in plain text: the text, or the outcome in brackets.</summary>
    public string Text(int instance, int resource, int resourceInstance = -1)
    {
        Outcome outcome = Encode(ContentFormat.PlainText, instance, resource, resourceInstance, out int length);
        return outcome == Outcome.Ok ? Encoding.UTF8.GetString(_buffer, 0, length) : $"[{outcome}]";
    }

    /// <summary>GET in TLV: hexadecimal, or the outcome in brackets.</summary>
    public string Tlv(int instance, int resource, int resourceInstance = -1)
    {
        Outcome outcome = Encode(ContentFormat.Tlv, instance, resource, resourceInstance, out int length);
        return outcome == Outcome.Ok ? Convert.ToHexString(_buffer, 0, length) : $"[{outcome}]";
    }

    public Outcome Encode(int format, int instance, int resource, int resourceInstance, out int length)
    {
        PayloadWriter writer = _formats.Writer(format)!;
        writer.Begin(_buffer, 0, _buffer.Length, Tested.Definition.ObjectId, instance, resource, resourceInstance);
        Values.BeginPayload(writer, Tested.Definition.Find(resource), resourceInstance);
        Outcome outcome = Values.End(Tested.Read(instance, resource, Values));
        FormatStatus status = writer.End();
        length = writer.Length;
        return outcome == Outcome.Ok && status != FormatStatus.Ok ? Outcome.InternalError : outcome;
    }

    public Outcome Probe(int instance, int resource, int resourceInstance = -1)
    {
        Values.BeginProbe(Tested.Definition.Find(resource), resourceInstance);
        return Values.End(Tested.Read(instance, resource, Values));
    }

    /// <summary>PUT of one value in plain text.</summary>
    public Outcome PutText(int instance, int resource, string text, int resourceInstance = -1) =>
        Put(ContentFormat.PlainText, Encoding.UTF8.GetBytes(text), instance, resource, resourceInstance);

    /// <summary>PUT of TLV records below a resource or, with resource -1, below an instance.</summary>
    public Outcome PutTlv(int instance, int resource, string hex, int resourceInstance = -1) =>
        Put(ContentFormat.Tlv, Convert.FromHexString(hex), instance, resource, resourceInstance);

    public Outcome Put(int format, byte[] payload, int instance, int resource, int resourceInstance)
    {
        Outcome outcome = Pass(format, payload, instance, resource, resourceInstance, store: false);
        return outcome == Outcome.Ok ? Pass(format, payload, instance, resource, resourceInstance, store: true) : outcome;
    }

    public Outcome Post(int instance, int resource, string arguments = "")
    {
        byte[] payload = Encoding.UTF8.GetBytes(arguments);
        Outcome outcome = _arguments.Parse(payload, 0, payload.Length);
        if (outcome == Outcome.Ok)
            outcome = Tested.Execute(instance, resource, _arguments);
        if (outcome == Outcome.Ok)
            Tested.Executed(instance, resource);
        return outcome;
    }

    private Outcome Pass(int format, byte[] payload, int instance, int resource, int resourceInstance, bool store)
    {
        PayloadReader source = _formats.Reader(format)!;
        source.Begin(payload, 0, payload.Length, Tested.Definition.ObjectId, instance, resource, resourceInstance);
        Reader.Begin(source);
        FormatStatus status;
        while ((status = source.Next()) == FormatStatus.Ok)
        {
            int word = Tested.Definition.Find(source.ResourceId);
            Outcome outcome;
            if (store)
                outcome = source.Kind == RecordKind.EmptyMultiple
                    ? Tested.Clear(instance, source.ResourceId)
                    : Tested.Write(instance, source.ResourceId, Reader);
            else if (source.Kind == RecordKind.EmptyMultiple)
                outcome = Outcome.Ok;
            else
            {
                outcome = Reader.Check(word, Tested.Definition);
                if (outcome == Outcome.Ok)
                    outcome = Tested.Validate(instance, source.ResourceId, Reader);
            }

            if (outcome != Outcome.Ok)
                return outcome;
        }

        return status == FormatStatus.End ? Outcome.Ok : Outcome.BadRequest;
    }
}
