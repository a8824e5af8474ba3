using System.Collections.Generic;
using Lwm2m.Client;

namespace Lwm2m.Simulation;

/// <summary>
/// What must be there after a power cut: every change that a server was told of. What was under way at the cut may be there or not;
/// so each value afterwards is the one of the last acknowledgement, or the one that the client had at the cut.
/// </summary>
internal sealed class Ledger
{
    private const int Exists = -1;

    private static readonly int[] KeptOfServer =
    {
        ServerResource.ShortServerId, ServerResource.Lifetime, ServerResource.DefaultMinimumPeriod, ServerResource.DisableTimeout,
        ServerResource.DefaultNotificationMode,
    };

    private static readonly int[] KeptOfProbe = { Probe.Setpoint, Probe.Mark };

    private readonly Device _device;
    private Dictionary<(int Object, int Instance, int Resource), long> _acknowledged = new();
    private Dictionary<(int Object, int Instance, int Resource), long> _atCut = new();
    private Dictionary<(int Object, int Instance, int Resource), long> _provisioned = new();

    public Ledger(Device device) => _device = device;

    /// <summary>Attributes that were acknowledged: by server, path and name.</summary>
    public Dictionary<(int Server, string Path, string Name), string> Attributes { get; } = new();

    /// <summary>The device is as the factory made it, or forgot everything.</summary>
    public void StartAnew()
    {
        _acknowledged = Memory();
        _provisioned.Clear();
        Attributes.Clear();
    }

    /// <summary>A server was told that it changed the object; -1 where it may be all of them.</summary>
    public void Acknowledged(int objectId)
    {
        Dictionary<(int Object, int Instance, int Resource), long> now = Memory();
        foreach ((int Object, int Instance, int Resource) key in new List<(int, int, int)>(_acknowledged.Keys))
            if (objectId < 0 || key.Object == objectId)
                _acknowledged.Remove(key);
        foreach ((int Object, int Instance, int Resource) key in new List<(int, int, int)>(_provisioned.Keys))
            if (objectId < 0 || key.Object == objectId)
                _provisioned.Remove(key);
        foreach (((int Object, int Instance, int Resource) key, long value) in now)
            if (objectId < 0 || key.Object == objectId)
                _acknowledged[key] = value;
    }

    /// <summary>A bootstrap is done. One by pack is acknowledged to nobody: afterwards it may be there or not.</summary>
    public void Bootstrapped()
    {
        _provisioned = Memory();
        Attributes.Clear();
    }

    /// <summary>The power is gone at this moment.</summary>
    public void Cut() => _atCut = Memory();

    /// <summary>The client is back with what storage held.</summary>
    public void Check()
    {
        Dictionary<(int Object, int Instance, int Resource), long> now = Memory();
        var keys = new HashSet<(int Object, int Instance, int Resource)>(now.Keys);
        keys.UnionWith(_acknowledged.Keys);
        foreach ((int Object, int Instance, int Resource) key in keys)
        {
            long? value = Get(now, key);
            if (value != Get(_acknowledged, key) && value != Get(_atCut, key) && (value == null || value != Get(_provisioned, key)))
                _device.World.Break($"after the power cut /{key.Object}/{key.Instance}/{key.Resource} is {Text(value)}; "
                    + $"{Text(Get(_acknowledged, key))} was acknowledged, {Text(Get(_atCut, key))} is what it was at the cut");
        }

        _acknowledged = now;
        _provisioned.Clear();
    }

    private static long? Get(Dictionary<(int Object, int Instance, int Resource), long> from, (int Object, int Instance, int Resource) key) =>
        from.TryGetValue(key, out long value) ? value : null;

    private static string Text(long? value) => value == null ? "nothing" : MessageText.Number(value.Value);

    private Dictionary<(int Object, int Instance, int Resource), long> Memory()
    {
        var memory = new Dictionary<(int Object, int Instance, int Resource), long>();
        Add(memory, _device.Client.Servers, KeptOfServer);
        Add(memory, _device.Probe, KeptOfProbe);
        return memory;
    }

    private static void Add(Dictionary<(int Object, int Instance, int Resource), long> memory, StoredObject from, int[] resources)
    {
        for (int position = 0; position < from.InstanceCount; position++)
        {
            int instance = from.InstanceAt(position);
            memory[(from.Definition.ObjectId, instance, Exists)] = 1;
            foreach (int resource in resources)
                if (from.GetInteger(instance, resource, out long value) == Outcome.Ok)
                    memory[(from.Definition.ObjectId, instance, resource)] = value;
        }
    }
}
