namespace Lwm2m.Client;

/// <summary>The records of a client's storage, as bits: which of them no longer hold what the client knows. They are written in this
/// order: that a registration is given up is stored before the loss of its observations, so that a power cut in between leaves none that goes on
/// without them. Observations of a registration that is gone are harmless.</summary>
internal static class StorageRecords
{
    /// <summary>Accounts: /0, /1 and /21.</summary>
    public const int Accounts = 1;

    /// <summary>Access control: /2.</summary>
    public const int AccessControl = 2;

    /// <summary>Attributes attached by Write-Attributes.</summary>
    public const int Attributes = 4;

    /// <summary>Object instances that servers created, and objects that are kept as a whole.</summary>
    public const int Objects = 8;

    /// <summary>Where each registration lives, and from which local port.</summary>
    public const int Registrations = 16;

    /// <summary>Observations: token, path, parameters.</summary>
    public const int Observations = 32;

    /// <summary>The bit after the last one.</summary>
    public const int End = 64;

    /// <summary>The name of a record in the storage.</summary>
    public static string Name(int record) => record switch
    {
        Accounts => "accounts",
        AccessControl => "access",
        Attributes => "attributes",
        Objects => "objects",
        Observations => "observations",
        _ => "registrations"
    };
}
