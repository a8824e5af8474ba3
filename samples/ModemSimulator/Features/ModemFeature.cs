namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A group of commands and what belongs to them.</summary>
internal abstract class ModemFeature(SimulatedModem modem)
{
    protected SimulatedModem Modem => modem;

    protected SimulationLoop Loop => modem.Loop;

    /// <summary>Forgets what a start forgets.</summary>
    public virtual void Reset()
    {
    }

    /// <summary>The device lost its registration by its own will: contexts and sockets are gone.</summary>
    public virtual void OnDetached()
    {
    }

    /// <summary>A packet came over a non-IP context.</summary>
    /// <returns>Whether it was for this feature.</returns>
    public virtual bool OnNonIp(PacketContext context, byte[] data) => false;
}
