using System;
using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>
/// Bytes on the air, by bearer and direction. Overhead is an estimate of everything below the payload but above the radio's own layers:
/// short message 28 bytes a part (CP and RP headers with the service centre's address 14, header of a SUBMIT or DELIVER to an eleven digit
/// number 14) and its user data header; non-IP packet 6 bytes (ESM DATA TRANSPORT); UDP 28 bytes (IPv4 and UDP); TCP 40 bytes a segment
/// (IPv4 and TCP), without the segments that carry nothing.
/// </summary>
public sealed class TrafficCounters
{
    private readonly TrafficCount[] _counts = new TrafficCount[8];

    /// <summary>What was counted since the start.</summary>
    /// <param name="bearer">Bearer.</param>
    /// <param name="direction">Direction.</param>
    public TrafficCount this[Bearer bearer, AirDirection direction]
    {
        get
        {
            lock (_counts)
            {
                return _counts[Index(bearer, direction)];
            }
        }
    }

    /// <summary>Payload and overhead over all bearers and both directions.</summary>
    public long TotalBytes
    {
        get
        {
            lock (_counts)
            {
                return _counts.Sum(c => c.TotalBytes);
            }
        }
    }

    /// <summary>A copy that stands still.</summary>
    public TrafficCounters Snapshot()
    {
        var copy = new TrafficCounters();
        lock (_counts)
        {
            Array.Copy(_counts, copy._counts, _counts.Length);
        }
        return copy;
    }

    /// <summary>What came since a snapshot was taken.</summary>
    /// <param name="earlier">The snapshot.</param>
    public TrafficCounters Since(TrafficCounters earlier)
    {
        TrafficCounters difference = Snapshot();
        for (int i = 0; i < _counts.Length; i++)
        {
            TrafficCount now = difference._counts[i], then = earlier._counts[i];
            difference._counts[i] = new TrafficCount(now.Messages - then.Messages, now.PayloadBytes - then.PayloadBytes, now.OverheadBytes - then.OverheadBytes);
        }
        return difference;
    }

    /// <summary>Such as <c>sms up 1 message 42+28 bytes</c>; bearers without traffic are left out.</summary>
    public override string ToString()
    {
        string[] lines = [.. from bearer in Enum.GetValues<Bearer>()
                             from direction in Enum.GetValues<AirDirection>()
                             let count = this[bearer, direction]
                             where count.Messages > 0
                             select $"{Name(bearer)} {(direction == AirDirection.Up ? "up" : "down")} {count.Messages} message{(count.Messages == 1 ? "" : "s")} {count.PayloadBytes}+{count.OverheadBytes} bytes"];
        return lines.Length == 0 ? "no traffic" : string.Join(", ", lines);
    }

    internal void Add(Bearer bearer, AirDirection direction, int payload, int header = 0)
    {
        int overhead = header + bearer switch { Bearer.Sms => 28, Bearer.NonIp => 6, Bearer.Udp => 28, _ => 40 };
        lock (_counts)
        {
            TrafficCount c = _counts[Index(bearer, direction)];
            _counts[Index(bearer, direction)] = new TrafficCount(c.Messages + 1, c.PayloadBytes + payload, c.OverheadBytes + overhead);
        }
    }

    private static string Name(Bearer bearer) => bearer switch { Bearer.Sms => "sms", Bearer.NonIp => "nidd", Bearer.Udp => "udp", _ => "tcp" };

    private static int Index(Bearer bearer, AirDirection direction) => ((int)bearer * 2) + (int)direction;
}
