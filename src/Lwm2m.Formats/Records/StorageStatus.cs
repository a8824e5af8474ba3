namespace Lwm2m.Formats;

/// <summary>What <see cref="IStorage.Read"/> answers in place of a number of bytes.</summary>
public static class StorageStatus
{
    /// <summary>There is no such record.</summary>
    public const int None = -1;

    /// <summary>There is a record of this name, and it cannot be read.</summary>
    public const int Corrupt = -2;
}
