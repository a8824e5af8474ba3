using System.Threading;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A non-IP access point, and what it counted.</summary>
public sealed class NonIpApn
{
    private int _overRate, _overMtu;

    internal NonIpApn(string name, ServerLinkFactory server, NonIpApnOptions options)
    {
        Name = name;
        Server = server;
        Options = options;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What is allowed; may be changed at any time.</summary>
    public NonIpApnOptions Options { get; }

    /// <summary>Uplink packets dropped because the rate was used up.</summary>
    public int OverRate => Volatile.Read(ref _overRate);

    /// <summary>Packets dropped because they were longer than the MTU, both ways.</summary>
    public int OverMtu => Volatile.Read(ref _overMtu);

    internal ServerLinkFactory Server { get; }

    internal void CountOverRate() => Interlocked.Increment(ref _overRate);

    internal void CountOverMtu() => Interlocked.Increment(ref _overMtu);
}
