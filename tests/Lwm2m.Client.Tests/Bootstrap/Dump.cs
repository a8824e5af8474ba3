using System;
using System.Collections.Generic;
using System.Text;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Bootstrap;

/// <summary>Every value of a client, hidden ones included, as text: to see that two states are the same to the byte.</summary>
public static class Dump
{
    public static string Of(Lwm2mClient client)
    {
        var text = new StringBuilder();
        var formats = new PayloadFormats(new FormatLimits());
        var values = new ValueWriter(64) { IsLocal = true };
        var buffer = new byte[4096];
        foreach (int objectId in new[] { 0, 1, 2, 3, 21, 3303, 3311 })
        {
            Lwm2mObject? found = client.Find(objectId);
            for (int position = 0; found != null && position < found.InstanceCount; position++)
                Append(text, formats, values, buffer, found, found.InstanceAt(position));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, PayloadFormats formats, ValueWriter values, byte[] buffer, Lwm2mObject found, int instance)
    {
        int objectId = found.Definition.ObjectId;
        PayloadWriter writer = formats.Writer(ContentFormat.Tlv)!;
        writer.Begin(buffer, 0, buffer.Length, objectId, instance, -1, -1);
        writer.Instance(objectId, instance);
        for (int place = 0; place < found.Definition.Count; place++)
        {
            int word = found.Definition.At(place);
            bool isClock = objectId == ObjectIds.Device && Resource.Id(word) == DeviceResource.CurrentTime;
            if (Resource.IsExecutable(word) || isClock || !found.Has(instance, Resource.Id(word)))
                continue;
            values.BeginPayload(writer, word, -1);
            values.End(found.Read(instance, Resource.Id(word), values));
        }

        writer.End();
        text.Append('/').Append(objectId).Append('/').Append(instance).Append(' ')
            .AppendLine(Convert.ToHexString(buffer, 0, writer.Length));
    }
}
