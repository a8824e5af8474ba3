using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>What a <see cref="MeterListener"/> sees of a client.</summary>
public class ClientMetricsTests
{
    [Test]
    public void Listener_sees_the_counters_of_each_server()
    {
        var sensor = new StoredObject(new ObjectDefinition(3303, "1.0", Resource.ReadOnly(5700, DataType.Float, mandatory: true)));
        sensor.AddInstance(0);
        sensor.Set(0, 5700, 1.0);
        var bed = new Bed(setUp: c => c.Add(sensor), lifetime: 0);
        bed.Client.Servers.Set(0, ServerResource.MuteSend, false);
        using var metrics = new ClientMetrics(bed.Client);
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == ClientMetrics.MeterName)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags[0].Key == "ssid" && Equals(tags[0].Value, 1))
                seen[instrument.Name] = value;
        });
        listener.Start();

        bed.Client.Start();
        bed.Poll();
        bed.AdvanceSeconds(4);
        bed.All();
        bed.Answer("ACK 2.01 location=rd/1");
        bed.Ask("CON GET /3303/0/5700 observe=0 accept=0");
        sensor.Set(0, 5700, 2.0);
        bed.Poll();
        bed.Client.Send(0, new[] { "/3303/0/5700" }, out _);
        listener.RecordObservableInstruments();

        ServerAccount account = bed.Client.Account(0);
        Assert.That(seen, Is.EquivalentTo(new Dictionary<string, long>
        {
            ["lwm2m.client.registrations"] = 1,
            ["lwm2m.client.failures"] = 0,
            ["lwm2m.client.notifications"] = 1,
            ["lwm2m.client.retransmissions"] = 1,
            ["lwm2m.client.io.sent"] = account.Counters![ServerAccount.BytesSent],
            ["lwm2m.client.io.received"] = account.Counters![ServerAccount.BytesReceived],
            ["lwm2m.client.queue.depth"] = 1
        }));
        Assert.That(account.Counters![ServerAccount.BytesSent], Is.GreaterThan(account.Counters![ServerAccount.BytesReceived]).And.GreaterThan(100));
    }

    [Test]
    public void Failed_attempts_are_counted()
    {
        var bed = new Bed();
        using var metrics = new ClientMetrics(bed.Client);
        bed.Client.Start();
        bed.Poll();
        bed.Next();
        bed.Answer("ACK 4.03");
        Assert.That(bed.Client.Account(0).Counters![ServerAccount.Failures], Is.EqualTo(1));
        Assert.That(bed.Client.Account(0).Counters![ServerAccount.Registrations], Is.Zero);
    }
}
