using Lwm2m.Client;

namespace Lwm2m.Cellular;

/// <summary>Brings triggers to a client.</summary>
public sealed class ClientTriggers : ITriggerSink
{
    private readonly Lwm2mClient _client;

    /// <summary>Makes the way to a client.</summary>
    /// <param name="client">The client.</param>
    public ClientTriggers(Lwm2mClient client) => _client = client;

    /// <inheritdoc/>
    public bool Triggered(byte[] buffer, int offset, int count, long nowMs) => _client.Triggered(buffer, offset, count, nowMs);
}
