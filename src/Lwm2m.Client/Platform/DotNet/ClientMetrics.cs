using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;

namespace Lwm2m.Client;

/// <summary>
/// What a client counts, as instruments of <c>System.Diagnostics.Metrics</c>: meter <c>Lwm2m.Client</c>, each value tagged with the Short Server ID
/// (<c>ssid</c>). All instruments are observable ones: without a listener the client does no more than count.
/// <see cref="Lwm2mClient.RunAsync"/> makes one by itself; make one where the client is driven in another way.
/// </summary>
public sealed class ClientMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Lwm2m.Client";

    private readonly Lwm2mClient _client;
    private readonly Meter _meter = new Meter(MeterName);

    /// <summary>Publishes the instruments of a client until it is disposed.</summary>
    /// <param name="client">Whose counters are read, under its <see cref="Lwm2mClient.Gate"/>.</param>
    public ClientMetrics(Lwm2mClient client)
    {
        _client = client;
        client.StartCounting();
        Counter("lwm2m.client.registrations", "{registration}", "Registers that a server confirmed", ServerAccount.Registrations);
        Counter("lwm2m.client.failures", "{attempt}", "attempts to register that failed", ServerAccount.Failures);
        Counter("lwm2m.client.notifications", "{notification}", "notifications sent", ServerAccount.Notifications);
        Counter("lwm2m.client.retransmissions", "{message}", "messages sent again because no acknowledgement came", ServerAccount.Retransmissions);
        Counter("lwm2m.client.io.sent", "By", "bytes sent in CoAP messages", ServerAccount.BytesSent);
        Counter("lwm2m.client.io.received", "By", "bytes received in CoAP messages", ServerAccount.BytesReceived);
        _meter.CreateObservableGauge("lwm2m.client.queue.depth", () => Read(_client.SendsQueued), "{message}", "messages of Send that wait for their server");
    }

    /// <summary>Takes the instruments away.</summary>
    public void Dispose() => _meter.Dispose();

    private void Counter(string name, string unit, string description, int what) =>
        _meter.CreateObservableCounter(name, () => Read(account => account.Counters![what]), unit, description);

    private List<Measurement<long>> Read(Func<ServerAccount, long> read)
    {
        var values = new List<Measurement<long>>();
        lock (_client.Gate)
        {
            for (int index = 0; index < _client.AccountCount; index++)
            {
                ServerAccount account = _client.Account(index);
                values.Add(new Measurement<long>(read(account), new KeyValuePair<string, object?>("ssid", account.ShortServerId)));
            }
        }

        return values;
    }
}
