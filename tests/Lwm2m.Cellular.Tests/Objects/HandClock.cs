using Lwm2m.Transport;

namespace Lwm2m.Cellular.Tests.Objects;

/// <summary>A clock that is moved by hand.</summary>
internal sealed class HandClock : IClock
{
    public long NowMs { get; set; } = 1_000_000;
}
