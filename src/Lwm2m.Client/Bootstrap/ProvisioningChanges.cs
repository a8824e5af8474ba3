namespace Lwm2m.Client;

/// <summary>What a bootstrap server, or a smartcard, has changed so far, and how it was before.</summary>
internal sealed class ProvisioningChanges
{
    /// <summary>For each object by its position in the registry: its instances before, and its snapshot; null where nothing was changed.</summary>
    public readonly object?[] Before;

    /// <summary>One bit for each account (modulo 32) that was written to.</summary>
    public int Accounts;

    public ProvisioningChanges(int objects) => Before = new object?[objects * 2];
}
