namespace Lwm2m.Samples.ModemSimulator;

/// <summary>What crossed the air.</summary>
/// <param name="Messages">Packets, or short messages: each part of a long one counts.</param>
/// <param name="PayloadBytes">CoAP bytes; of short messages the user data without its header.</param>
/// <param name="OverheadBytes">An estimate of what the layers below add; see <see cref="TrafficCounters"/>.</param>
public readonly record struct TrafficCount(long Messages, long PayloadBytes, long OverheadBytes)
{
    /// <summary>Payload and overhead.</summary>
    public long TotalBytes => PayloadBytes + OverheadBytes;
}
