namespace Lwm2m.Client.Tests.Conformance;

/// <summary>A wall clock that stands at the time of the specification's examples: 2013-05-02T10:40:15Z.</summary>
public sealed class FixedClock : IWallClock
{
    public long UnixMs => 1_367_491_215_000;
}
