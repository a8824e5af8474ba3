using System.Collections.Generic;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

/// <summary>What a body holds.</summary>
internal sealed record DecodedPayload(IReadOnlyList<ResourceRecord> Records, IReadOnlyList<LinkEntry> Links, FormatStatus Status)
{
    public static readonly DecodedPayload Nothing = new([], [], FormatStatus.End);
}
