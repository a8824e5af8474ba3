using Lwm2m.Coap;

namespace Lwm2m.Simulation;

/// <summary>An LwM2M server, small and deterministic: it registers the client, manages and observes it.</summary>
internal sealed partial class Server : Node
{
    public Server(World world, int index)
        : base(world, index, "s" + (index + 1))
    {
        MaxVersion = Dice.Pick(0, 1, 1, 2, 2, 2);
    }

    /// <summary>The highest LwM2M version it accepts: 1.0 plus this.</summary>
    public int MaxVersion { get; }

    protected override void Restarted()
    {
        // Whether the client did what was asked of it is not known.
        if (_current?.Observation != null)
            Observations.Remove(_current.Observation);
        _current = null;
        Next();
    }

    protected override bool Needs(int address) => address == Registration?.Address;
}
