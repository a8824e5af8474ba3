using System.Collections.Generic;
using System.Linq;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Puts the parts of long messages together, whatever their order. A part that came before is passed over.</summary>
internal sealed class Reassembly
{
    private readonly Dictionary<(string From, int Reference, int Total), byte[]?[]> _parts = [];

    /// <summary>Takes a message.</summary>
    /// <returns>The whole; null while parts are missing.</returns>
    public byte[]? Add(ShortMessage message)
    {
        UserDataHeader header = UserDataHeader.Read(message);
        if (header.Reference < 0)
            return message.Payload;
        var key = (PhoneNumber.Normalise(message.From), header.Reference, header.Total);
        if (!_parts.TryGetValue(key, out byte[]?[]? parts))
            _parts[key] = parts = new byte[header.Total][];
        parts[header.Sequence - 1] ??= message.Payload;
        if (parts.Any(p => p == null))
            return null;
        _parts.Remove(key);
        return [.. parts.SelectMany(p => p!)];
    }
}
