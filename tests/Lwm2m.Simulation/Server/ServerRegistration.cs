namespace Lwm2m.Simulation;

/// <summary>What a server knows of the client that registered.</summary>
internal sealed class ServerRegistration
{
    public ServerRegistration(int number, int address, bool queueMode)
    {
        Number = number;
        Address = address;
        IsQueueMode = queueMode;
    }

    /// <summary>Its location is /rd/number.</summary>
    public int Number { get; }

    public int Address { get; set; }

    public bool IsQueueMode { get; set; }

    /// <summary>When it ends without an Update.</summary>
    public long ExpiresMs { get; set; }
}
