using System.Text;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Looking at a value instead of sending it: for attributes, Discover, and to tell whether it changed.
public sealed partial class ValueWriter
{
    private const int ChunkChars = 16;

    private readonly int[] _instances;
    private byte[]? _chunk;

    /// <summary>Makes a writer; a client has one and reuses it.</summary>
    /// <param name="maxResourceInstances">How many ids of resource instances <see cref="InstanceIdAt"/> keeps.</param>
    internal ValueWriter(int maxResourceInstances) => _instances = new int[maxResourceInstances];

    /// <summary>After a probe: number of instances of the resource, when all were asked for; attribute <c>dim</c>.</summary>
    internal int InstanceCount { get; private set; }

    /// <summary>After a probe: the number that was given last; true is 1, false 0. Meaningful where <see cref="IsNumeric"/>.</summary>
    internal double Number { get; private set; }

    /// <summary>After a probe: a hash over all values and ids of resource instances that were asked for.</summary>
    internal int Hash { get; private set; }

    /// <summary>True where the resource holds numbers, which gt, lt and st compare.</summary>
    internal bool IsNumeric => _type == DataType.Integer || _type == DataType.Unsigned || _type == DataType.Float;

    /// <summary>After a probe: id of the resource instance at a position, ascending; -1 beyond the last one that was kept.</summary>
    internal int InstanceIdAt(int position) =>
        position < InstanceCount && position < _instances.Length ? _instances[position] : -1;

    /// <summary>The values that are taken are only looked at. <see cref="End"/> follows, after the handler answered.</summary>
    /// <param name="word">Definition of the resource.</param>
    /// <param name="resourceInstance">The one resource instance that is asked for, or -1 for all.</param>
    internal void BeginProbe(int word, int resourceInstance)
    {
        _payload = null;
        InstanceCount = 0;
        Number = 0;
        Hash = 17;
        Begin(word, resourceInstance);
    }

    private void Count(int resourceInstance)
    {
        if (_payload != null)
            return;
        if (InstanceCount < _instances.Length)
            _instances[InstanceCount] = resourceInstance;
        InstanceCount++;
        if (_only < 0)
            Hash = Hash * 31 + resourceInstance;
    }

    private Outcome Probe(double number, long bits)
    {
        Number = number;
        Hash = Hash * 31 + (int)(bits ^ bits >> 32);
        return Outcome.Ok;
    }

    private Outcome ProbeText(string value)
    {
        // In pieces, because the length in bytes is not known before; a pair of surrogates cut in two does no harm to a hash.
        _chunk ??= new byte[ChunkChars * 3];
        int length = value.Length;
        for (int at = 0; at < length; at += ChunkChars)
        {
            int chars = length - at < ChunkChars ? length - at : ChunkChars;
            ProbeBytes(_chunk, 0, Encoding.UTF8.GetBytes(value, at, chars, _chunk, 0));
        }

        return Outcome.Ok;
    }

    // FNV-1a.
    private Outcome ProbeBytes(byte[] buffer, int offset, int count)
    {
        int hash = Hash * 31;
        for (int end = offset + count; offset < end; offset++)
            hash = (hash ^ buffer[offset]) * 16777619;
        Hash = hash;
        return Outcome.Ok;
    }
}
