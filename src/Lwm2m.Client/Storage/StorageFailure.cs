namespace Lwm2m.Client;

/// <summary>What went wrong with a record of the client's storage.</summary>
public enum StorageFailure
{
    /// <summary>The record could not be read or made no sense: it was set aside, and what left the factory takes its place.</summary>
    Corrupt = 0,

    /// <summary>The record could not be written, for example because the medium is full: the version before stands. The client tries again from time
    /// to time.</summary>
    NotWritten = 1
}
