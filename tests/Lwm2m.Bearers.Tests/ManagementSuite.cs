namespace Lwm2m.Bearers.Tests;

/// <summary>What a server does with a device, the same over every bearer. A bearer adds a fixture that makes its bench.</summary>
public abstract partial class ManagementSuite : BearerTest
{
    /// <summary>How long the server takes a client in queue mode for awake; a little less than the client is.</summary>
    public const int ServerAwakeMs = 1300;

    private const int AwakeMs = 1500;
}
