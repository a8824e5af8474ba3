using System.Collections.Generic;

namespace Lwm2m.Samples;

/// <summary>What a client sent by itself (Send, LwM2M 1.1).</summary>
/// <param name="ContentFormat">Content-Format: SenML JSON, SenML CBOR or LwM2M CBOR.</param>
/// <param name="Payload">The body as it came, whole.</param>
/// <param name="Records">The values in the order of the body; one path may come several times, each with its <see cref="ResourceRecord.Time"/>.</param>
public sealed record SentData(int ContentFormat, byte[] Payload, IReadOnlyList<ResourceRecord> Records);
