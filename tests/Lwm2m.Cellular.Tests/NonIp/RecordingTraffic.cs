using System.Collections.Generic;

namespace Lwm2m.Cellular.Tests.NonIp;

/// <summary>Keeps what is counted.</summary>
internal sealed class RecordingTraffic : ITrafficListener
{
    public List<string> Heard { get; } = [];

    public void Sent(char binding, int bytes) => Heard.Add($"sent {binding} {bytes}");

    public void Received(char binding, int bytes) => Heard.Add($"received {binding} {bytes}");
}
